//! What a message is made of, against what its language and the other files want: plural forms and
//! arguments.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};

use super::{Parsed, StringsFile, bundle, split_key};
use crate::diagnostic::Diagnostic;
use crate::locale::LanguageTag;

/// CLDR's plural categories.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What a text is made of.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Names of its arguments, without `$`.
    arguments: BTreeSet<String>,
    /// The plural forms of each choice by number.
    choices: Vec<BTreeSet<String>>,
}

/// The shapes of all keys of a file.
pub(super) fn shapes(resource: &FluentResource) -> BTreeMap<String, Shape> {
    let mut shapes = BTreeMap::new();
    for entry in resource.entries() {
        let Entry::Message(message) = entry else { continue };
        let name = message.id.name;
        let value = message.value.iter().map(|pattern| (name.to_owned(), pattern));
        let attributes = message.attributes.iter();
        let attributes = attributes.map(|a| (format!("{name}.{}", a.id.name), &a.value));
        for (key, pattern) in value.chain(attributes) {
            let mut shape = Shape::default();
            shape.add_pattern(pattern);
            shapes.insert(key, shape);
        }
    }
    shapes
}

impl Shape {
    fn add_pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.add_expression(expression);
            }
        }
    }

    fn add_expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.add_inline(inline),
            Expression::Select { selector, variants } => {
                self.add_inline(selector);
                let names = variants.iter().filter_map(|variant| match variant.key {
                    VariantKey::Identifier { name } => Some(name.to_owned()),
                    VariantKey::NumberLiteral { .. } => None,
                });
                let names: BTreeSet<String> = names.collect();
                // Other words choose by something else than a number, and `other` alone by none.
                let is_plural = names.iter().all(|name| CATEGORIES.contains(&name.as_str()))
                    && names.iter().any(|name| name != "other");
                if is_plural {
                    self.choices.push(names);
                }
                variants.iter().for_each(|variant| self.add_pattern(&variant.value));
            }
        }
    }

    fn add_inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.arguments.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|argument| self.add_inline(argument));
            }
            InlineExpression::Placeable { expression } => self.add_expression(expression),
            _ => {}
        }
    }
}

/// The plural forms that whole numbers have in a language: `one few many` in Ukrainian. Asked of Fluent
/// itself, which will choose by them.
fn plural_forms(tag: &LanguageTag) -> BTreeSet<String> {
    let variants: String = CATEGORIES.iter().map(|name| format!("    [{name}] {name}\n")).collect();
    let variants = variants.replace("    [other]", "   *[other]");
    let probe = FluentResource::try_new(format!("probe = {{ $n ->\n{variants}    }}\n"))
        .expect("this is a message");
    let bundle = bundle(tag, probe);
    let message = bundle.get_message("probe").and_then(|message| message.value());
    let pattern = message.expect("this is its text");
    let form = |n: i64| {
        let arguments: FluentArgs<'_> = [("n", n)].into_iter().collect();
        bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    };
    // Enough for the rules of all languages, which look at the last two digits, and at small numbers.
    (0..=30).chain(100..=120).map(form).collect()
}

/// Warns of choices that lack a plural form of their language, and of arguments with a wrong name.
pub(super) fn check(
    files: &[StringsFile<'_>],
    parsed: &[Parsed],
    default_language: usize,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (index, (file, here)) in files.iter().zip(parsed).enumerate() {
        if !here.diagnostics.is_empty() {
            continue;
        }
        let has_choices = here.shapes.values().any(|shape| !shape.choices.is_empty());
        let forms = if has_choices { plural_forms(file.tag) } else { BTreeSet::new() };
        for (key, shape) in &here.shapes {
            let (message, _) = split_key(key);
            let place = || here.definitions.get(message).cloned();
            let missing: BTreeSet<&str> = shape
                .choices
                .iter()
                .flat_map(|given| forms.difference(given).map(String::as_str))
                .collect();
            if let Some(first) = missing.first() {
                let names: Vec<String> = missing.iter().map(|name| format!("`[{name}]`")).collect();
                let names = names.join(", ");
                diagnostics.push(
                    Diagnostic::warning("missing-plural-form", format!("`{key}` lacks {names}"))
                        .at_place(file.source.file, place(), "")
                        .help(format!("write a line such as `[{first}] …` for each")),
                );
            }
            if index != default_language {
                diagnostics.extend(wrong_argument(files, parsed, index, key, shape));
            }
        }
    }
    diagnostics
}

/// A warning when a text has an argument of which no other file knows, and lacks one that another has:
/// whoever calls it will hardly pass both. A text may well do without one: «Виправлення» is singular
/// and plural.
fn wrong_argument(
    files: &[StringsFile<'_>],
    parsed: &[Parsed],
    index: usize,
    key: &str,
    shape: &Shape,
) -> Option<Diagnostic> {
    let others = || (0..parsed.len()).filter(|other| *other != index);
    let of = |other: usize| parsed[other].shapes.get(key).map(|shape| &shape.arguments);
    let is_known =
        |name: &&String| others().any(|other| of(other).is_some_and(|a| a.contains(*name)));
    let unknown = shape.arguments.iter().find(|name| !is_known(name))?;
    let lacking = |other: &usize| of(*other).is_some_and(|a| !a.is_subset(&shape.arguments));
    let other = others().find(lacking)?;
    let known: Vec<String> =
        of(other)?.difference(&shape.arguments).map(|name| format!("`${name}`")).collect();
    let (message, _) = split_key(key);
    let place = |file: usize| parsed[file].definitions.get(message).cloned();
    let problem = format!("`{key}` has the argument `${unknown}` only here");
    Some(
        Diagnostic::warning("string-argument", problem)
            .at_place(files[index].source.file, place(index), "")
            .at_place(
                files[other].source.file,
                place(other),
                format!("here it is {}", known.join(", ")),
            )
            .help(format!("use {}", known.join(", "))),
    )
}
