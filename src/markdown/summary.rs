//! The summary of an article that has none: the plain text of its first paragraph.

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::component::lone_embed;
use super::escape::is_ignored;
use super::{attributes, options, part};
use crate::locale::{Typesetter, Typography};

/// How long a summary may be, in characters. Search engines and messengers show about 160 to 300.
const MAX_CHARS: usize = 240;
/// A sentence's end before this is too early: better to cut within the next sentence.
const MIN_SENTENCE_CHARS: usize = 100;

/// The text of the first paragraph that has any, without markup, images, HTML and footnote marks,
/// cut to at most 240 characters: behind a sentence, else behind a word and with `…`. Paragraphs of
/// the article itself come before those in quotations and lists. Empty when there is no paragraph.
#[must_use]
pub fn summary(body: &str, typography: &Typography) -> String {
    let parts = part::find(body);
    let mut typesetters = vec![Typesetter::new(typography.into())];
    let mut in_container = None;
    let mut depth = 0_usize;
    let mut footnote_depth = 0_usize;
    let mut image_depth = 0_usize;
    let mut text = String::new();
    let mut mark = 0..0;
    let mut is_address = false;
    let mut events = Parser::new_ext(body, options()).into_offset_iter().peekable();
    while let Some((event, range)) = events.next() {
        let following = match events.peek() {
            Some((Event::Text(text), _)) => &**text,
            _ => "",
        };
        let typesetter = typesetters.last_mut().expect("the page's own is never taken away");
        match event {
            // A video, not words.
            Event::Start(Tag::Paragraph) if body.get(range.clone()).is_some_and(is_embed) => {
                while events.next_if(|(event, _)| *event != Event::End(TagEnd::Paragraph)).is_some()
                {
                }
                text.clear();
            }
            Event::Start(Tag::Paragraph) => {
                text.clear();
                typesetter.start_block();
            }
            Event::End(TagEnd::Paragraph) if footnote_depth == 0 => {
                let words = words(&text);
                if words.is_empty() {
                    continue;
                }
                if depth == 0 {
                    return cut(&words);
                }
                in_container.get_or_insert(words);
            }
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => depth -= 1,
            Event::Start(Tag::FootnoteDefinition(_)) => footnote_depth += 1,
            Event::End(TagEnd::FootnoteDefinition) => footnote_depth -= 1,
            Event::Start(Tag::Image { .. }) => image_depth += 1,
            Event::End(TagEnd::Image) => {
                image_depth -= 1;
                let len = attributes::len(body.get(range.end..).unwrap_or(""));
                mark = range.end..range.end + len;
            }
            _ if image_depth > 0 => {}
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                is_address = true;
            }
            Event::End(TagEnd::Link) => is_address = false,
            Event::Text(address) if is_address => {
                text.push_str(&address);
                typesetter.skip();
            }
            Event::Text(piece) => {
                if let Some(part) = parts.iter().find(|part| part.open == range.start) {
                    let own = match part::typography_of(part.tag, typography) {
                        Ok((_, own)) => own.into(),
                        Err(_) => typography.into(),
                    };
                    typesetters.push(Typesetter::new(own));
                } else if let Some(part) = parts.iter().find(|part| part.close == range.start) {
                    mark = part.mark.clone();
                    typesetters.pop();
                } else if mark.contains(&range.start) {
                    let rest = piece.get(mark.end - range.start..).unwrap_or("");
                    text.push_str(typesetter.set(rest, following));
                } else if depth == 0 || part::mark_alone(&piece).is_none() {
                    text.push_str(typesetter.set(&piece, following));
                }
            }
            Event::Code(code) => {
                text.push_str(&code);
                typesetter.skip();
            }
            Event::SoftBreak => text.push_str(typesetter.set(" ", following)),
            Event::HardBreak => {
                text.push(' ');
                typesetter.break_line();
            }
            _ => {}
        }
    }
    in_container.map_or_else(String::new, |text| cut(&text))
}

fn is_embed(paragraph: &str) -> bool {
    lone_embed(paragraph).is_some()
}

/// One space between words. No-break spaces stay.
fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().filter(|c| !is_ignored(*c)));
    }
    words
}

fn cut(text: &str) -> String {
    let Some((limit, _)) = text.char_indices().nth(MAX_CHARS) else { return text.to_owned() };
    let mut sentence_end = None;
    let mut word_end = None;
    for (at, _) in text.match_indices(' ').take_while(|(at, _)| *at <= limit) {
        let before = text.split_at(at).0;
        if ends_sentence(before) && before.chars().count() >= MIN_SENTENCE_CHARS {
            sentence_end = Some(before);
        }
        // The ellipsis needs a place, too.
        if at < limit {
            word_end = Some(before);
        }
    }
    if let Some(sentences) = sentence_end {
        return sentences.to_owned();
    }
    let whole_words = word_end.map_or_else(
        || text.chars().take(MAX_CHARS - 1).collect(),
        |text| text.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_closing(c)).to_owned(),
    );
    whole_words + "…"
}

/// Whether the text ends with a sentence. A full stop behind a short word may belong to
/// an abbreviation (`м. Київ`, `вул.`, `В. о.`, `Dr.`) and does not count.
fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(is_closing);
    match text.strip_suffix('.') {
        Some(before) => {
            before.chars().rev().take_while(|c| c.is_alphanumeric()).take(4).count() == 4
        }
        None => text.ends_with(['!', '?', '…']),
    }
}

fn is_closing(character: char) -> bool {
    matches!(character, '»' | '”' | '“' | '"' | ')' | ']' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(body: &str) -> String {
        super::summary(body, Typography::off())
    }

    #[test]
    fn the_first_paragraph_loses_its_markup() {
        assert_eq!(
            summary(
                "# Заголовок\n\n![Фото](a.jpg \"Підпис\")\n\n<div>html</div>\n\n> Цитата.\n\nПерше *речення* з\n\
                 [посиланням](x.md),  `кодом`[^1] <b>і</b> &amp;\u{1} ![картинкою](b.jpg).\n\nДруге.\n\n[^1]: Примітка."
            ),
            "Перше речення з посиланням, кодом і & ."
        );
    }

    #[test]
    fn what_is_said_of_a_picture_is_not_part_of_the_summary() {
        assert_eq!(summary("![a](a.jpg){credit=\"*AFP* &amp; co\"}\n\nПерше."), "Перше.");
        assert_eq!(summary("![a](a.jpg){credit=\"AFP\"} Перше {друге}."), "Перше {друге}.");
    }

    #[test]
    fn a_quotation_serves_when_there_is_nothing_else() {
        assert_eq!(summary("![a](b)\n\n> Цитата.\n\n## Кінець"), "Цитата.");
        assert_eq!(summary("[^1]: Примітка.\n\n## x[^1]"), "");
        assert_eq!(summary(""), "");
    }

    #[test]
    fn a_long_paragraph_ends_with_a_sentence_if_it_can() {
        let sentence = "Верховна Рада ухвалила закон про державний бюджет на наступний рік у другому читанні та в цілому. ";
        assert_eq!(summary(&sentence.repeat(5)), sentence.repeat(2).trim_end());
    }

    #[test]
    fn else_it_ends_with_a_word_and_an_ellipsis() {
        let text = "Про це повідомили у м. Київ, ".repeat(20);
        let got = summary(&text);
        assert!(
            got.ends_with("у м. Київ…") || got.ends_with("це…") || got.ends_with("повідомили…"),
            "{got}"
        );
        assert!(got.chars().count() <= MAX_CHARS, "{got}");
        assert_eq!(summary(&"ї".repeat(500)).chars().count(), MAX_CHARS);
    }
}
