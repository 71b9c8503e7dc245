//! The words of the interface, «Читайте також», from Fluent files: `templates/strings/<code>.ftl`.
//!
//! In: one file per language, in the order of the site's languages. Out: [`Strings`], which gives
//! the text of a message for a language and its arguments, with the plural forms and the numbers of
//! that language.

mod forms;
mod problem;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::resolver::ResolverError;
use fluent_bundle::resolver::errors::ReferenceKind;
use fluent_bundle::types::{FluentNumber, FluentValue};
use fluent_bundle::{FluentArgs, FluentError, FluentResource};
use fluent_syntax::ast;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

use problem::{definitions, missing_strings, reason, syntax_error};

use super::{FractionDigits, Grouping, LanguageTag, LanguageTagError, NumberFormat};
use crate::diagnostic::{Diagnostic, Place, Reported, Source, nearest};

/// The strings of one language, as they stand in its file.
#[derive(Debug, Clone, Copy)]
pub struct StringsFile<'a> {
    /// The language, for plural forms and numbers.
    pub tag: &'a LanguageTag,
    /// The file, `templates/strings/ua.ftl`, and its text; a byte order mark and CRLF are accepted.
    pub source: Source<'a>,
}

/// The interface strings of all languages. Languages are named by their place in the slice given to
/// [`Strings::parse`]; a key is the name of a message, `read-more`, or of its attribute,
/// `search.placeholder`.
pub struct Strings {
    languages: Vec<Language>,
    default_language: usize,
    /// Of all languages together.
    keys: BTreeSet<String>,
}

/// What a message is filled with.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument<'a> {
    /// Inserted as it is, not escaped.
    Text(Cow<'a, str>),
    /// Chooses a plural form, and is written with the language's separators; exact up to 2⁵³.
    Integer(i64),
    /// The same; has a plural form of its own in Slavic languages («1,5 новини»).
    Decimal(f64),
}

/// Why there is no text. Its `Display` is a message: lower case, no full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextError {
    /// Neither the language nor the default one has the key.
    UnknownKey {
        /// The key.
        key: String,
        /// The key that was probably meant.
        nearest: Option<String>,
    },
    /// The message wants an argument that was not given.
    MissingArgument {
        /// The key.
        key: String,
        /// The argument's name, without `$`.
        argument: String,
    },
    /// The message refers to something that does not exist, or to itself.
    Broken {
        /// The key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// One file, read.
struct Parsed {
    language: Language,
    /// Where each message and each term is defined, by its name without the term's hyphen.
    definitions: BTreeMap<String, Place>,
    /// What each key's text is made of.
    shapes: BTreeMap<String, forms::Shape>,
    /// What is wrong with it.
    diagnostics: Vec<Diagnostic>,
}

/// One language's messages.
struct Language {
    bundle: FluentBundle<FluentResource>,
    texts: BTreeMap<String, Text>,
}

/// What a key stands for.
enum Text {
    /// The same for all arguments, so most calls neither format nor allocate.
    Constant(Box<str>),
    /// To be formatted by the bundle.
    Pattern,
}

impl Strings {
    /// Reads the files, one per language. Reports syntax errors, messages that are defined twice or
    /// refer to what does not exist, and, as warnings, keys that only another language has, plural
    /// forms that are missing, and arguments that have another name than elsewhere.
    ///
    /// `default_language` is the place of the language whose text is shown where another has none.
    #[must_use]
    pub fn parse(files: &[StringsFile<'_>], default_language: usize) -> Reported<Self> {
        let parsed: Vec<Parsed> = files.iter().map(Parsed::new).collect();
        let keys: BTreeSet<String> =
            parsed.iter().flat_map(|file| file.language.texts.keys().cloned()).collect();
        let mut diagnostics = missing_strings(files, &parsed, &keys);
        diagnostics.extend(forms::check(files, &parsed, default_language));
        let mut languages = Vec::with_capacity(parsed.len());
        for file in parsed {
            diagnostics.extend(file.diagnostics);
            languages.push(file.language);
        }
        Reported { value: Self { languages, default_language, keys }, diagnostics }
    }

    /// The text of `key` in a language, or else in the default language; borrowed where the message
    /// has nothing to fill in. Arguments that the message does not use are ignored.
    ///
    /// # Errors
    /// An unknown key, an argument that is missing, a message that refers to what does not exist.
    pub fn text(
        &self,
        language: usize,
        key: &str,
        arguments: &[(&str, Argument<'_>)],
    ) -> Result<Cow<'_, str>, TextError> {
        [language, self.default_language]
            .into_iter()
            .filter_map(|index| self.languages.get(index))
            .find_map(|language| language.text(key, arguments))
            .unwrap_or_else(|| {
                let nearest = nearest(key, self.keys()).map(str::to_owned);
                Err(TextError::UnknownKey { key: key.to_owned(), nearest })
            })
    }

    /// All keys that any language has, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(String::as_str)
    }
}

impl Parsed {
    fn new(file: &StringsFile<'_>) -> Self {
        let text = normalized(file.source.text);
        let source = Source::new(file.source.file, &text);
        let (definitions, mut diagnostics) = definitions(&source);

        let (resource, errors) = match FluentResource::try_new(text.to_string()) {
            Ok(resource) => (resource, Vec::new()),
            Err(partial) => partial,
        };
        diagnostics.extend(errors.iter().map(|error| syntax_error(&source, error)));
        let is_sound = diagnostics.is_empty();
        let keys: BTreeSet<String> = resource.entries().flat_map(keys_of).collect();
        let shapes = forms::shapes(&resource);
        let mut language = Language { bundle: bundle(file.tag, resource), texts: BTreeMap::new() };
        for key in keys {
            let (text, problem) = language.prepare(&key);
            // Behind another error anything may be undefined.
            if let Some(reason) = problem.filter(|_| is_sound) {
                let (message, _) = split_key(&key);
                let place = definitions.get(message).cloned();
                diagnostics.push(
                    Diagnostic::error(
                        "strings-reference",
                        format!("`{key}` cannot be shown: {reason}"),
                    )
                    .at_place(source.file, place, "")
                    .help("check the names in braces: `{ message }`, `{ -term }`, `{ $argument }`"),
                );
            }
            language.texts.insert(key, text);
        }
        Self { language, definitions, shapes, diagnostics }
    }
}

impl Language {
    /// Formats a key without arguments: what succeeds is a constant, and what fails for another
    /// reason than an argument is wrong in the file.
    fn prepare(&self, key: &str) -> (Text, Option<String>) {
        let mut errors = Vec::new();
        let text = self.format(key, &FluentArgs::new(), &mut errors);
        let text = match text {
            Some(text) if errors.is_empty() => Text::Constant(text.into()),
            _ => Text::Pattern,
        };
        let problem = errors.iter().find(|error| missing_argument(error).is_none());
        (text, problem.map(reason))
    }

    fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// `None` if the language does not have the key.
    fn text(
        &self,
        key: &str,
        arguments: &[(&str, Argument<'_>)],
    ) -> Option<Result<Cow<'_, str>, TextError>> {
        if let Text::Constant(text) = self.texts.get(key)? {
            return Some(Ok(Cow::Borrowed(text)));
        }
        let arguments: FluentArgs<'_> =
            arguments.iter().map(|(name, argument)| (*name, argument.value())).collect();
        let mut errors = Vec::new();
        let text = self.format(key, &arguments, &mut errors)?;
        Some(match errors.first() {
            None => Ok(Cow::Owned(text)),
            Some(error) => {
                let key = key.to_owned();
                Err(match missing_argument(error) {
                    Some(argument) => {
                        TextError::MissingArgument { key, argument: argument.to_owned() }
                    }
                    None => TextError::Broken { key, reason: reason(error) },
                })
            }
        })
    }

    fn format(
        &self,
        key: &str,
        arguments: &FluentArgs<'_>,
        errors: &mut Vec<FluentError>,
    ) -> Option<String> {
        let (message, attribute) = split_key(key);
        let message = self.bundle.get_message(message)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        Some(self.bundle.format_pattern(pattern, Some(arguments), errors).into_owned())
    }
}

impl Argument<'_> {
    fn value(&self) -> FluentValue<'_> {
        match self {
            Self::Text(text) => FluentValue::String(Cow::Borrowed(text)),
            Self::Integer(number) => FluentValue::from(number),
            Self::Decimal(number) => FluentValue::from(number),
        }
    }
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<i64> for Argument<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<f64> for Argument<'_> {
    fn from(number: f64) -> Self {
        Self::Decimal(number)
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey { key, nearest: None } => write!(f, "no string is named `{key}`"),
            Self::UnknownKey { key, nearest: Some(nearest) } => {
                write!(f, "no string is named `{key}`; did you mean `{nearest}`?")
            }
            Self::MissingArgument { key, argument } => {
                write!(f, "the string `{key}` needs the argument `{argument}`")
            }
            Self::Broken { key, reason } => write!(f, "`{key}` cannot be shown: {reason}"),
        }
    }
}

impl std::error::Error for TextError {}

/// The numbers of a language, kept by its bundle, one for each way of grouping.
struct Numbers(NumberFormat);

impl Memoizable for Numbers {
    type Args = (Grouping,);
    type Error = LanguageTagError;

    fn construct(language: LanguageIdentifier, args: Self::Args) -> Result<Self, Self::Error> {
        let tag = LanguageTag::parse(&language.to_string())?;
        Ok(Self(NumberFormat::new(&tag, args.0)))
    }
}

fn bundle(tag: &LanguageTag, resource: FluentResource) -> FluentBundle<FluentResource> {
    let language = LanguageIdentifier::from_bytes(tag.locale.id.to_string().as_bytes())
        .expect("ICU and unic-langid read the same language identifiers");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Isolation marks are invisible characters around every argument, for right-to-left names in
    // left-to-right text; they would end up in titles, attributes and feeds.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(format_value));
    bundle.add_function("NUMBER", number).expect("the bundle is new");
    // A name that is defined twice keeps its first meaning; `definitions` has reported it.
    bundle.add_resource(resource).ok();
    bundle
}

/// Writes numbers as the language does; other values are written by Fluent.
fn format_value(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, options }) = value else { return None };
    let grouping = if options.use_grouping { Grouping::Thousands } else { Grouping::None };
    let digits = FractionDigits {
        min: options.minimum_fraction_digits.unwrap_or(0),
        max: options.maximum_fraction_digits,
    };
    memoizer.with_try_get((grouping,), |numbers: &Numbers| numbers.0.decimal(*value, digits)).ok()
}

/// Fluent's `NUMBER($n, minimumFractionDigits: 2)`. The built-in one overflows, when it looks for
/// the plural form, if more digits are asked for than a u64 holds.
fn number<'a>(positional: &[FluentValue<'a>], named: &FluentArgs<'_>) -> FluentValue<'a> {
    let Some(FluentValue::Number(number)) = positional.first() else { return FluentValue::Error };
    let mut number = number.clone();
    number.options.merge(named);
    for digits in
        [&mut number.options.minimum_fraction_digits, &mut number.options.maximum_fraction_digits]
    {
        *digits = digits.map(|digits| digits.min(NumberFormat::MAX_FRACTION_DIGITS));
    }
    FluentValue::Number(number)
}

/// Without the byte order mark, and with LF: lines and columns stay the same.
fn normalized(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

/// The keys that an entry gives: `name` if it has a text, and `name.attribute` for each attribute.
fn keys_of(entry: &ast::Entry<&str>) -> Vec<String> {
    let ast::Entry::Message(message) = entry else { return Vec::new() };
    let name = message.id.name;
    let attributes = message.attributes.iter();
    let text = message.value.iter().map(|_| name.to_owned());
    text.chain(attributes.map(|attribute| format!("{name}.{}", attribute.id.name))).collect()
}

fn split_key(key: &str) -> (&str, Option<&str>) {
    key.split_once('.').map_or((key, None), |(message, attribute)| (message, Some(attribute)))
}

/// The name of the argument that an error is about.
fn missing_argument(error: &FluentError) -> Option<&str> {
    match error {
        FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { id })) => {
            Some(id)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::print::{Style, for_people};
    use crate::diagnostic::sorted;
    use proptest::prelude::*;

    const NEWS: &str = "
news = { $n ->
    [one] { $n } новина
    [few] { $n } новини
    [many] { $n } новин
   *[other] { $n } новини
}
";

    /// Parses files in the order given; the first is the default language.
    fn parse(files: &[(&str, &str, &str)]) -> Reported<Strings> {
        let tags: Vec<LanguageTag> =
            files.iter().map(|(_, tag, _)| LanguageTag::parse(tag).unwrap()).collect();
        let names: Vec<String> =
            files.iter().map(|(code, ..)| format!("templates/strings/{code}.ftl")).collect();
        let files: Vec<StringsFile<'_>> = files
            .iter()
            .zip(tags.iter().zip(&names))
            .map(|((.., text), (tag, name))| StringsFile { tag, source: Source::new(name, text) })
            .collect();
        Strings::parse(&files, 0)
    }

    /// One Ukrainian file without problems.
    fn ukrainian(text: &str) -> Strings {
        let reported = parse(&[("ua", "uk", text)]);
        assert_eq!(reported.diagnostics, []);
        reported.value
    }

    fn report(files: &[(&str, &str, &str)]) -> String {
        let diagnostics = sorted(parse(files).diagnostics);
        let texts: Vec<String> =
            diagnostics.iter().map(|problem| for_people(problem, Style::Plain)).collect();
        texts.join("\n\n")
    }

    #[test]
    fn plural_forms_and_numbers_are_those_of_the_language() {
        let russian = NEWS.replace("новина", "новость").replace("новини", "новости");
        let russian = russian.replace("новин\n", "новостей\n");
        let english = "news = { $n ->\n [one] { $n } story\n *[other] { $n } stories\n }\n";
        let reported = parse(&[("ua", "uk", NEWS), ("ru", "ru", &russian), ("en", "en", english)]);
        assert_eq!(reported.diagnostics, []);
        for (number, ukrainian, russian, english) in [
            (0.into(), "0 новин", "0 новостей", "0 stories"),
            (1.into(), "1 новина", "1 новость", "1 story"),
            (2.into(), "2 новини", "2 новости", "2 stories"),
            (5.into(), "5 новин", "5 новостей", "5 stories"),
            (11.into(), "11 новин", "11 новостей", "11 stories"),
            (14.into(), "14 новин", "14 новостей", "14 stories"),
            (21.into(), "21 новина", "21 новость", "21 stories"),
            (111.into(), "111 новин", "111 новостей", "111 stories"),
            (1022.into(), "1\u{a0}022 новини", "1\u{a0}022 новости", "1,022 stories"),
            (Argument::Decimal(1.5), "1,5 новини", "1,5 новости", "1.5 stories"),
            (Argument::Decimal(2.0), "2 новини", "2 новости", "2 stories"),
        ] {
            let arguments = [("n", number)];
            let text = |language| reported.value.text(language, "news", &arguments).unwrap();
            assert_eq!((text(0).as_ref(), text(1).as_ref()), (ukrainian, russian));
            assert_eq!(text(2), english);
        }
    }

    #[test]
    fn a_text_without_arguments_is_borrowed_and_one_with_them_is_filled_in() {
        let strings = ukrainian(
            "-site = Вісті\nabout = Про { -site }\nby = Автор: { $name }\n\
             search = Пошук\n    .placeholder = Слово\n    .title = Шукати «{ $query }»\n\
             year = { NUMBER($year, useGrouping: \"false\") }\n\
             price = { NUMBER($sum, minimumFractionDigits: 99) }\n",
        );
        let text = |key, arguments: &[(&str, Argument<'_>)]| strings.text(0, key, arguments);
        assert!(matches!(text("about", &[]), Ok(Cow::Borrowed("Про Вісті"))));
        assert!(matches!(text("search.placeholder", &[]), Ok(Cow::Borrowed("Слово"))));
        assert_eq!(text("by", &[("name", "О’Ніл".into())]).unwrap(), "Автор: О’Ніл");
        assert_eq!(text("search.title", &[("query", "мир".into())]).unwrap(), "Шукати «мир»");
        assert_eq!(text("year", &[("year", 2025.into())]).unwrap(), "2025");
        assert_eq!(text("price", &[("sum", 1.5.into())]).unwrap(), "1,500000000000000");
        assert_eq!(
            strings.keys().collect::<Vec<_>>(),
            ["about", "by", "price", "search", "search.placeholder", "search.title", "year"]
        );
    }

    #[test]
    fn a_missing_text_falls_back_to_the_default_language() {
        let strings =
            parse(&[("ua", "uk", "more = Далі\nhome = Головна\n"), ("en", "en", "home = Home\n")]);
        assert_eq!(strings.value.text(1, "home", &[]).unwrap(), "Home");
        assert_eq!(strings.value.text(1, "more", &[]).unwrap(), "Далі");
    }

    #[test]
    fn a_text_that_cannot_be_given_says_why() {
        let strings = ukrainian("read-more = Далі\nby = Автор: { $name }\n");
        for (key, message) in [
            ("raed-more", "no string is named `raed-more`; did you mean `read-more`?"),
            ("weather", "no string is named `weather`"),
            ("by", "the string `by` needs the argument `name`"),
            ("by.title", "no string is named `by.title`"),
        ] {
            assert_eq!(strings.text(0, key, &[]).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn every_error_of_every_file_is_reported_at_its_place() {
        insta::assert_snapshot!(report(&[
            (
                "ua",
                "uk",
                "\u{feff}more = Далі\r\nНовини = Новини\r\nby = Автор: { $name\r\nn = { $n ->\r\n  [one] а\r\n}\r\n",
            ),
            ("en", "en", "more = More\nhome =\nmore = Again\nabout = About { -site } }\n"),
        ]), @r#"
        error[strings-syntax]: `home` has no text
         --> templates/strings/en.ftl:2:1
          |
        2 | home =
          | ^^^^^^
          |
          = help: write its text behind `=`

        error[duplicate-string]: `more` is defined twice
         --> templates/strings/en.ftl:3:1
          |
        3 | more = Again
          | ^^^^ the second time
          |
         ::: templates/strings/en.ftl:1:1
          |
        1 | more = More
          | ---- the first time
          |
          = help: remove one of them, or give it another name; a message and a term need different ones

        error[strings-syntax]: a closing brace without an opening one
         --> templates/strings/en.ftl:4:25
          |
        4 | about = About { -site } }
          |                         ^
          |
          = help: write a brace that belongs to the text as `{ "}" }`

        error[strings-syntax]: expected `name = text`
         --> templates/strings/ua.ftl:2:1
          |
        2 | Новини = Новини
          | ^
          |
          = help: name strings with Latin letters, digits and hyphens; indent a line that continues a text

        error[strings-syntax]: expected `}`
         --> templates/strings/ua.ftl:3:20
          |
        3 | by = Автор: { $name
          |                    ^
          |
          = help: close the brace; one that belongs to the text is written `{ "{" }`

        error[strings-syntax]: no form is marked as the default
         --> templates/strings/ua.ftl:6:1
          |
        6 | }
          | ^
          |
          = help: mark the last form with an asterisk: `*[other] …`
        "#);
    }

    #[test]
    fn a_message_and_a_term_cannot_share_a_name() {
        insta::assert_snapshot!(report(&[("ua", "uk", "site = { -site }\n-site = Вісті\n")]), @r#"
        error[duplicate-string]: `-site` is defined twice
         --> templates/strings/ua.ftl:2:1
          |
        2 | -site = Вісті
          | ^^^^^ the second time
          |
         ::: templates/strings/ua.ftl:1:1
          |
        1 | site = { -site }
          | ---- the first time
          |
          = help: remove one of them, or give it another name; a message and a term need different ones
        "#);
    }

    #[test]
    fn a_reference_to_nothing_is_an_error_of_its_file() {
        insta::assert_snapshot!(report(&[
            ("ua", "uk", "a = { b }\nb = { a }\nc =\n    .title = { -site } { $x }\nd = { UPPER($x) }\n"),
        ]), @r#"
        error[strings-reference]: `a` cannot be shown: it refers to itself
         --> templates/strings/ua.ftl:1:1
          |
        1 | a = { b }
          | ^
          |
          = help: check the names in braces: `{ message }`, `{ -term }`, `{ $argument }`

        error[strings-reference]: `b` cannot be shown: it refers to itself
         --> templates/strings/ua.ftl:2:1
          |
        2 | b = { a }
          | ^
          |
          = help: check the names in braces: `{ message }`, `{ -term }`, `{ $argument }`

        error[strings-reference]: `c.title` cannot be shown: it refers to the term `-site`, which does not exist
         --> templates/strings/ua.ftl:3:1
          |
        3 | c =
          | ^
          |
          = help: check the names in braces: `{ message }`, `{ -term }`, `{ $argument }`

        error[strings-reference]: `d` cannot be shown: it refers to the function `UPPER`, which does not exist
         --> templates/strings/ua.ftl:5:1
          |
        5 | d = { UPPER($x) }
          | ^
          |
          = help: check the names in braces: `{ message }`, `{ -term }`, `{ $argument }`
        "#);
    }

    #[test]
    fn a_key_that_only_another_language_has_is_a_warning_naming_the_file_to_add_it_to() {
        insta::assert_snapshot!(report(&[
            ("ua", "uk", "more = Далі\nsearch = Пошук\n    .title = Шукати\n"),
            ("en", "en", "\nmore = More\nsearch = Search\n"),
            ("ru", "ru", ""),
        ]), @r#"
        warning[missing-string]: `search.title` is missing in `templates/strings/en.ftl`
         --> templates/strings/en.ftl
          |
         ::: templates/strings/ua.ftl:2:1
          |
        2 | search = Пошук
          | ------ defined here
          |
          = help: add `.title = …` below `search` in `templates/strings/en.ftl`, indented

        warning[missing-string]: `templates/strings/ru.ftl` lacks 2 strings: `more`, `search`
        --> templates/strings/ru.ftl
         = help: copy them from `templates/strings/ua.ftl` and translate them
        "#);
    }

    #[test]
    fn a_missing_plural_form_and_a_wrong_argument_are_warnings_of_their_file() {
        insta::assert_snapshot!(report(&[
            ("ua", "uk", "by = { $name }\nnews = { $n ->\n  [one] новина\n *[other] новин\n}\nsex = { $s ->\n  [f] вона\n *[m] він\n}\nzero = { $n ->\n  [0] немає\n *[other] { $n }\n}\n"),
            ("en", "en", "by = By { $author }\nnews = { NUMBER($n) ->\n  [one] story\n *[other] stories\n}\nsex = { $s }\nzero = { $n }\n"),
            ("ru", "ru", "by = { $name }\nnews = новости\nsex = { $s }\nzero =\n    { $count ->\n  [one] одна\n  [few] две\n *[many] много\n}\n"),
        ]), @r"
        warning[string-argument]: `by` has the argument `$author` only here
         --> templates/strings/en.ftl:1:1
          |
        1 | by = By { $author }
          | ^^
          |
         ::: templates/strings/ua.ftl:1:1
          |
        1 | by = { $name }
          | -- here it is `$name`
          |
          = help: use `$name`

        warning[string-argument]: `zero` has the argument `$count` only here
          --> templates/strings/ru.ftl:4:1
           |
         4 | zero =
           | ^^^^
           |
          ::: templates/strings/ua.ftl:10:1
           |
        10 | zero = { $n ->
           | ---- here it is `$n`
           |
           = help: use `$n`

        warning[missing-plural-form]: `news` lacks `[few]`, `[many]`
         --> templates/strings/ua.ftl:2:1
          |
        2 | news = { $n ->
          | ^^^^
          |
          = help: write a line such as `[few] …` for each
        ");
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in any_text()) {
            let reported = parse(&[("ua", "uk", &text)]);
            for problem in &reported.diagnostics {
                prop_assert!(!for_people(problem, Style::Plain).is_empty());
            }
            let arguments = [("n", Argument::Decimal(1e300)), ("а", "x".into())];
            for key in reported.value.keys() {
                reported.value.text(0, key, &arguments).ok();
            }
        }
    }

    fn any_text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a",
            "b = ",
            "-c",
            " = ",
            "{ ",
            " }",
            "$n",
            " ->",
            "\n",
            "\r\n",
            "    ",
            "[one] ",
            "*[other] ",
            ".d = ",
            "\"",
            "\\u00e9",
            "\\",
            "Ґанок",
            "1.50",
            "NUMBER(",
            ")",
            ", ",
            ": ",
            "#",
            "-",
            "\u{feff}",
        ]);
        let ours = prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
        prop_oneof![any::<String>(), ours]
    }
}
