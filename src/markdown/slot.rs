//! Slots: what the theme made of components is trusted, and the text around them is not. So while a text
//! is sanitized as a whole, an element stands in the place of each component, and gives way to it when
//! the text is safe.

use super::sanitize::SLOT_CLASS;

/// What the theme made of the components so far.
pub(super) struct Slots {
    /// What slots begin with. Authors cannot write one: they would have to know the hash of a text that
    /// contains it.
    start: String,
    contents: Vec<String>,
}

/// What slots end with, behind their number.
const END: &str = "\">";

impl Slots {
    /// For a text.
    pub(super) fn new(text: &str) -> Self {
        let key = xxhash_rust::xxh3::xxh3_64(text.as_bytes());
        // A rule ends a paragraph, as a component does.
        Self { start: format!("<hr class=\"{SLOT_CLASS}{key:016x}-"), contents: Vec::new() }
    }

    /// Keeps a component, and gives the element for its place.
    pub(super) fn keep(&mut self, html: String) -> String {
        self.contents.push(html);
        format!("{}{}{END}", self.start, self.contents.len() - 1)
    }

    /// Puts the components into a text that is safe, from `start` on. A slot is a whole element in it or
    /// nothing: in an attribute its quotes, and in a text its brackets would be escaped. The sanitizer
    /// may have moved it, out of a table, or taken it away, with a `<select>`.
    pub(super) fn fill(mut self, html: &mut String, start: usize) {
        if self.contents.is_empty() {
            return;
        }
        let mut filled = String::with_capacity(html.len());
        let (before, mut rest) = html.split_at(start);
        filled.push_str(before);
        while let Some((before, behind)) = rest.split_once(&self.start) {
            filled.push_str(before);
            let (number, behind) = behind.split_once(END).unwrap_or_default();
            let content = number.parse().ok().and_then(|n: usize| self.contents.get_mut(n));
            filled.push_str(&content.map(std::mem::take).unwrap_or_default());
            rest = behind;
        }
        filled.push_str(rest);
        *html = filled;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_stand_once_wherever_their_slots_have_come_to() {
        let mut slots = Slots::new("text");
        let [a, b, c] = ["<a>", "<b>", "<c>"].map(|html| slots.keep(html.to_owned()));
        let mut html = format!("before{b} {a}x{b}y");
        assert!(!html.contains(&c));
        slots.fill(&mut html, "before".len());
        assert_eq!(html, "before<b> <a>xy");
    }
}
