//! What templates can hold: plain values, and how each of them becomes one of Tera's. The types that have
//! fields are in [`super::context`].

use std::marker::PhantomData;

use tera::Value;

/// A type that templates can hold.
pub trait TemplateValue {
    /// Its name in the documentation: `text`, `list of Card`, `Image or none`.
    fn type_name() -> String;
    /// The value itself.
    fn into_value(self) -> Value;
}

impl TemplateValue for String {
    fn type_name() -> String {
        "text".to_owned()
    }
    fn into_value(self) -> Value {
        Value::from(self)
    }
}

impl TemplateValue for &str {
    fn type_name() -> String {
        "text".to_owned()
    }
    fn into_value(self) -> Value {
        Value::from(self)
    }
}

impl TemplateValue for bool {
    fn type_name() -> String {
        "true or false".to_owned()
    }
    fn into_value(self) -> Value {
        Value::from(self)
    }
}

impl TemplateValue for usize {
    fn type_name() -> String {
        "number".to_owned()
    }
    fn into_value(self) -> Value {
        Value::from(self)
    }
}

impl<T: TemplateValue> TemplateValue for Option<T> {
    fn type_name() -> String {
        format!("{} or none", T::type_name())
    }
    fn into_value(self) -> Value {
        self.map_or_else(Value::none, T::into_value)
    }
}

impl<T: TemplateValue> TemplateValue for Vec<T> {
    fn type_name() -> String {
        format!("list of {}", T::type_name())
    }
    fn into_value(self) -> Value {
        Value::from(self.into_iter().map(T::into_value).collect::<Vec<Value>>())
    }
}

/// HTML that is already safe: printed without escaping.
#[derive(Debug)]
pub struct Html(pub String);

impl TemplateValue for Html {
    fn type_name() -> String {
        "HTML".to_owned()
    }
    fn into_value(self) -> Value {
        Value::from(self.0).mark_safe()
    }
}

/// A date as ISO 8601 text in the site's zone, for `datetime="…"` and the `date` filter.
#[derive(Debug, PartialEq, Eq)]
pub struct Date(pub String);

impl Date {
    /// The day alone.
    #[must_use]
    pub fn day(self) -> Self {
        let day = self.0.get(.."2025-12-19".len()).map(str::to_owned);
        Self(day.unwrap_or(self.0))
    }
}

impl TemplateValue for Date {
    fn type_name() -> String {
        "date".to_owned()
    }
    fn into_value(self) -> Value {
        Value::from(self.0)
    }
}

/// Whatever stands in an `[extra]` table.
#[derive(Debug)]
pub struct Extra<'a>(pub Option<&'a serde_json::Map<String, serde_json::Value>>);

impl TemplateValue for Extra<'_> {
    fn type_name() -> String {
        "table".to_owned()
    }
    fn into_value(self) -> Value {
        match self.0 {
            Some(table) => Value::from_serializable(table),
            None => Value::from(tera::Map::default()),
        }
    }
}

/// A value made once and shared by many pages; Tera's values are reference-counted.
#[derive(Debug, Clone)]
pub struct Shared<T> {
    value: Value,
    of: PhantomData<fn() -> T>,
}

impl<T: TemplateValue> Shared<T> {
    /// Makes the value.
    pub fn new(value: T) -> Self {
        Self { value: value.into_value(), of: PhantomData }
    }

    /// Hands out a value that [`Shared::new`] made before.
    pub(super) fn from_value(value: Value) -> Self {
        Self { value, of: PhantomData }
    }
}

impl<T: TemplateValue> TemplateValue for Shared<T> {
    fn type_name() -> String {
        T::type_name()
    }
    fn into_value(self) -> Value {
        self.value
    }
}
