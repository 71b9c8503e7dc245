//! The arguments of a component: TOML → values that fit what it declares.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Argument, Component, Embed, Leaf, Picture, Shape, Value};
use crate::diagnostic::{Diagnostic, nearest};
use crate::table::{Document, type_name};

/// What texts are worth, which whoever knows the site and Markdown says.
pub trait Leaves {
    /// The value of a text that means something; places are bytes of the file. `None` leaves it out:
    /// the reason has been reported.
    fn leaf(&mut self, leaf: Leaf, written: &str, at: Range<usize>) -> Option<Value>;

    /// A picture with its words. `None` leaves it out.
    fn picture(&mut self, picture: Picture, at: Range<usize>) -> Option<Value>;
}

/// Reads the arguments of a component. What is wrong is reported to the document or by `leaves`; an
/// argument with an error is left out.
pub fn read_arguments(
    document: &Document<'_>,
    component: &Component,
    leaves: &mut impl Leaves,
) -> Vec<(String, Value)> {
    let mut reader = Reader { document, component, leaves };
    reader.fields(document.root(), &component.arguments, "", &document.fence())
}

struct Reader<'r, 's, L> {
    document: &'r Document<'s>,
    component: &'r Component,
    leaves: &'r mut L,
}

/// Stands in a path behind a list's name: what is meant is one of its values.
const ITEM: &str = "[]";

/// A value in a text in TOML.
type Written<'s> = Spanned<DeValue<'s>>;

impl<L: Leaves> Reader<'_, '_, L> {
    /// The fields of a table; `path` is its name with a dot, empty at the top.
    fn fields(
        &mut self,
        table: &DeTable<'_>,
        declared: &[Argument],
        path: &str,
        at: &Range<usize>,
    ) -> Vec<(String, Value)> {
        let mut values = Vec::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match declared.iter().find(|argument| argument.name == name) {
                Some(argument) => {
                    let value = self.value(value, &argument.shape, &format!("{path}{name}"));
                    values.extend(value.map(|value| (name.to_owned(), value)));
                }
                None => self.unknown(name, declared, path, self.document.absolute(&key.span())),
            }
        }
        for argument in declared {
            let is_there = table.keys().any(|key| *key.get_ref() == argument.name);
            if argument.is_required && !is_there {
                self.missing(argument, path, at);
            }
        }
        values
    }

    fn value(&mut self, written: &Written<'_>, shape: &Shape, path: &str) -> Option<Value> {
        let at = self.document.absolute(&written.span());
        let value = match (shape, written.get_ref()) {
            (Shape::Leaf(Leaf::Date), DeValue::Datetime(date)) => {
                let day = date.date.filter(|_| date.time.is_none());
                day.map(|day| Value::Text(day.to_string()))
            }
            (Shape::Leaf(Leaf::Video | Leaf::Post), DeValue::String(address)) => {
                return self.embed(shape, address.trim(), path, at);
            }
            (Shape::Leaf(leaf), DeValue::String(text)) if *leaf != Leaf::Date => {
                return self.leaves.leaf(*leaf, text, at);
            }
            (Shape::Integer | Shape::Number, DeValue::Integer(_)) => plain(written.get_ref()),
            (Shape::Number, DeValue::Float(_)) => plain(written.get_ref()),
            (Shape::Bool, DeValue::Boolean(truth)) => Some(Value::Bool(*truth)),
            (Shape::List(of), DeValue::Array(items)) => {
                let path = format!("{path}{ITEM}");
                let items = items.iter().filter_map(|item| self.value(item, of, &path));
                return Some(Value::List(items.collect()));
            }
            (Shape::Table(fields), DeValue::Table(table)) => {
                let path = format!("{path}.");
                let mut values = self.fields(table, fields, &path, &at);
                for field in fields {
                    if !values.iter().any(|(name, _)| *name == field.name) {
                        values.push((field.name.clone(), Value::None));
                    }
                }
                return Some(Value::Table(values));
            }
            (Shape::Picture, DeValue::Table(table)) => return self.picture(table, path, at),
            (Shape::AnyList, DeValue::Array(_)) | (Shape::AnyTable, DeValue::Table(_)) => {
                plain(written.get_ref())
            }
            (Shape::Any, value) => plain(value),
            _ => None,
        };
        if value.is_none() {
            let (wanted, example) = shape.wanted();
            let found = match (shape, written.get_ref()) {
                (Shape::Integer, DeValue::Float(_)) => "a fraction",
                (Shape::Leaf(Leaf::Date), DeValue::Datetime(_)) => "a time",
                (_, value) => type_name(value),
            };
            let message = format!("`{}` must be {wanted}, not {found}", shown(path));
            let help = match path.rsplit('.').next() {
                Some(name) if !name.ends_with(ITEM) => format!("write `{name} = {example}`"),
                _ => format!("write `{example}`"),
            };
            let help = match shape {
                Shape::Integer | Shape::Number | Shape::Bool | Shape::Leaf(Leaf::Date) => {
                    format!("{help}, without quotes")
                }
                _ => help,
            };
            self.document.report(Diagnostic::error("wrong-type", message).help(help), at);
        }
        value
    }

    fn embed(&self, shape: &Shape, address: &str, path: &str, at: Range<usize>) -> Option<Value> {
        let embed = Embed::parse(address);
        let embed = embed.filter(|embed| *shape == Shape::Leaf(embed.player.leaf()));
        if embed.is_none() {
            let (what, help) = match shape {
                Shape::Leaf(Leaf::Post) => {
                    ("a post on Telegram", "write its address as in `https://t.me/channel/123`")
                }
                _ => (
                    "a video on YouTube or Vimeo",
                    "copy the video's address from the browser, such as \
                     `https://www.youtube.com/watch?v=…`",
                ),
            };
            let message = format!("`{}` is not the address of {what}", shown(path));
            self.document.report(Diagnostic::error("bad-embed", message).help(help), at);
        }
        embed.map(Embed::into_value)
    }

    fn picture(&mut self, table: &DeTable<'_>, path: &str, at: Range<usize>) -> Option<Value> {
        let own =
            |name: &str, shape, is_required| Argument { name: name.to_owned(), shape, is_required };
        let words = || Shape::Leaf(Leaf::Text);
        let declared = [
            own("alt", words(), false),
            own("caption", words(), false),
            own("credit", words(), false),
            own("illustrative", Shape::Bool, false),
            own("src", Shape::Leaf(Leaf::PictureFile), true),
        ];
        let mut picture = None;
        let mut words = Picture::default();
        for (name, value) in self.fields(table, &declared, &format!("{path}."), &at) {
            match (name.as_str(), value) {
                ("alt", Value::Text(text)) => words.alt = text.trim().to_owned(),
                ("caption", Value::Text(text)) => words.caption = Some(text),
                ("credit", Value::Text(text)) => words.credit = Some(text),
                ("illustrative", Value::Bool(truth)) => words.is_illustrative = truth,
                ("src", Value::Picture(found)) => picture = Some(found.src),
                _ => {}
            }
        }
        self.leaves.picture(Picture { src: picture?, ..words }, at)
    }

    fn unknown(&self, name: &str, declared: &[Argument], path: &str, at: Range<usize>) {
        let known = || declared.iter().map(|argument| argument.name.as_str());
        let message = format!(
            "the component `{}` has no argument `{}{}`",
            self.component.name,
            shown(path),
            name.escape_debug()
        );
        let help = match nearest(name, known()) {
            Some(known) => format!("did you mean `{known}`?"),
            None if declared.is_empty() => "remove it: there are no arguments".to_owned(),
            None => {
                let known: Vec<String> = known().map(|name| format!("`{name}`")).collect();
                format!("remove it; what may stand here is {}", known.join(", "))
            }
        };
        self.document.report(Diagnostic::error("unknown-argument", message).help(help), at);
    }

    fn missing(&self, argument: &Argument, path: &str, at: &Range<usize>) {
        // After a syntax error it may stand in the part that could not be read.
        if !self.document.is_valid() {
            return;
        }
        let (_, example) = argument.shape.wanted();
        let name = &argument.name;
        let of = &self.component.name;
        let message = format!("the component `{of}` needs `{}{name}`", shown(path));
        let help = match self.component.content {
            super::Content::Arguments => format!("add `{name} = {example}`"),
            super::Content::Markdown | super::Content::Csv => format!(
                "add `{name} = {example}` at the top of the block, and a line `+++` behind the arguments"
            ),
        };
        let diagnostic = Diagnostic::error("missing-argument", message).help(help);
        self.document.report(diagnostic, at.clone());
    }
}

/// A path as it is shown.
fn shown(path: &str) -> String {
    path.replace(ITEM, "")
}

/// A value as it is; dates become texts. `None` for numbers that no computer holds.
fn plain(value: &DeValue<'_>) -> Option<Value> {
    Some(match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => {
            Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok()?)
        }
        DeValue::Float(number) => {
            Value::Float(number.as_str().parse().ok().filter(|number: &f64| number.is_finite())?)
        }
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| plain(item.get_ref())).collect::<Option<_>>()?)
        }
        DeValue::Table(table) => {
            let field = |(key, value): (&Spanned<_>, &Written<'_>)| -> Option<(String, Value)> {
                let key: &std::borrow::Cow<'_, str> = key.get_ref();
                Some((key.to_string(), plain(value.get_ref())?))
            };
            Value::Table(table.iter().map(field).collect::<Option<_>>()?)
        }
    })
}
