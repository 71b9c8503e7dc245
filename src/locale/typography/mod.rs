//! Typography: plain text → the same words with the marks and spaces of their language.
//!
//! Quotation marks that nest, the dash of a sentence, no-break spaces where a line must not end, one
//! form of apostrophe, dashes in ranges, the ellipsis. Letters and digits are never touched, and text
//! that is right already stays as it is: setting twice is setting once. The tables of languages stand
//! in `rules`; text in a language without rules is not touched at all.
//!
//! A [`Typesetter`] goes over the text of one paragraph piece by piece, because quotation marks open
//! and close across emphasis and links: `*«слово»*`. Code, addresses and raw HTML it never sees
//! ([`Typesetter::skip`]), but for addresses in running text, which it knows by their look.

mod place;
mod rules;

use std::borrow::Cow;

use super::{DateFormat, LanguageTag, is_apostrophe};
use place::{Place, is_between_plain_words, is_cyrillic, is_letter, is_space, starts_with_word};
use rules::Rules;

const NO_BREAK_SPACE: char = '\u{a0}';

/// What a newsroom wants where languages leave the choice: `[typography]` of `site.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypographyStyle {
    /// The apostrophe within Cyrillic words.
    pub apostrophe: char,
    /// What stands in a range, such as 5–6.
    pub range_dash: char,
}

impl TypographyStyle {
    /// What most newspapers print.
    pub const USUAL: Self = Self { apostrophe: '\u{2019}', range_dash: '–' };
}

/// The typography of one language.
#[derive(Debug, Clone)]
pub struct Typography {
    is_on: bool,
    /// `None`: the text stays as it was typed.
    rules: Option<&'static Rules>,
    style: TypographyStyle,
    /// The names of the months as they stand behind a day, which must not stand without it.
    months: Vec<String>,
}

/// [`Typography::off`].
static OFF: Typography =
    Typography { is_on: false, rules: None, style: TypographyStyle::USUAL, months: Vec::new() };

impl Typography {
    /// Text stays as it was typed.
    #[must_use]
    pub fn off() -> &'static Self {
        &OFF
    }

    /// The typography of a language: none if nothing is known of it.
    #[must_use]
    pub fn new(tag: &LanguageTag, style: TypographyStyle) -> Self {
        let rules = rules::of(tag.language());
        let months = if rules.is_some() { months(tag) } else { Vec::new() };
        Self { is_on: true, rules, style, months }
    }

    /// The typography of a part in another language.
    #[must_use]
    pub fn of_part(&self, tag: &LanguageTag) -> Self {
        if self.is_on { Self::new(tag, self.style) } else { OFF.clone() }
    }

    /// A text of CLDR, «пʼятниця», with the apostrophe of the texts around it.
    #[must_use]
    pub fn with_own_apostrophe(&self, text: String) -> String {
        if self.rules.is_some() && text.contains('\u{2bc}') {
            text.replace('\u{2bc}', self.style.apostrophe.encode_utf8(&mut [0; 4]))
        } else {
            text
        }
    }

    /// A whole text that stands alone, such as a headline.
    #[must_use]
    pub fn set<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.rules.is_none() {
            return Cow::Borrowed(text);
        }
        let mut typesetter = Typesetter::new(self.into());
        typesetter.rewrite(text, "");
        if typesetter.has_changes { Cow::Owned(typesetter.buffer) } else { Cow::Borrowed(text) }
    }
}

impl<'t> From<&'t Typography> for Cow<'t, Typography> {
    fn from(typography: &'t Typography) -> Self {
        Self::Borrowed(typography)
    }
}

impl From<Typography> for Cow<'_, Typography> {
    fn from(typography: Typography) -> Self {
        Self::Owned(typography)
    }
}

/// «січня», «лютого», …: names alone, as CLDR writes them behind a day.
fn months(tag: &LanguageTag) -> Vec<String> {
    let Ok(format) = DateFormat::new(tag, "MMMM") else { return Vec::new() };
    let name = |month| {
        let day = jiff::civil::date(2025, month, 1).to_zoned(jiff::tz::TimeZone::UTC);
        format.format(&day.expect("within jiff's range"))
    };
    (1..=12).map(name).collect()
}

/// Sets the text of one paragraph after another, each in pieces.
#[derive(Debug)]
pub struct Typesetter<'t> {
    typography: Cow<'t, Typography>,
    /// The marks of the quotations that are open, as they were typed.
    open: Vec<char>,
    /// Whether a straight single quote opened something.
    single_is_open: bool,
    /// Where in the piece the text behind an opening mark begins.
    behind_opening: Option<usize>,
    /// The end of the text before this piece, as far as rules look back.
    tail: String,
    /// Whether the word that `tail` ends with belongs to an address.
    tail_is_address: bool,
    /// The piece as it was set.
    buffer: String,
    has_changes: bool,
}

/// How far rules look back across pieces, in bytes: a surname of 16 Cyrillic letters.
const TAIL_LEN: usize = 32;

/// What code and pictures are for the text around them: a word.
const OBJECT: char = '\u{fffc}';

impl<'t> Typesetter<'t> {
    /// Before the first paragraph.
    #[must_use]
    pub fn new(typography: Cow<'t, Typography>) -> Self {
        Self {
            typography,
            open: Vec::new(),
            single_is_open: false,
            behind_opening: None,
            tail: String::new(),
            tail_is_address: false,
            buffer: String::new(),
            has_changes: false,
        }
    }

    /// Begins a paragraph, heading, table cell or the like.
    pub fn start_block(&mut self) {
        self.open.clear();
        self.single_is_open = false;
        self.behind_opening = None;
        self.tail.clear();
        self.tail_is_address = false;
    }

    /// The text as it is to be printed. `following` is what stands behind it in the same paragraph, as
    /// far as it is known: a word is enough.
    pub fn set<'a>(&'a mut self, text: &'a str, following: &str) -> &'a str {
        if self.typography.rules.is_none() {
            return text;
        }
        self.rewrite(text, following);
        self.remember(text);
        if self.has_changes { &self.buffer } else { text }
    }

    /// A line ends here, and nothing of it stays with the next.
    pub fn break_line(&mut self) {
        self.behind_opening = None;
        self.tail.push('\n');
        self.tail_is_address = false;
    }

    /// Something stands here that is not touched: code, a picture, an address, a part in another
    /// language. For the text around it is a word.
    pub fn skip(&mut self) {
        self.behind_opening = None;
        self.tail.clear();
        self.tail.push(OBJECT);
        self.tail_is_address = false;
    }

    /// Sets `text` into the buffer, unless nothing changes.
    fn rewrite(&mut self, text: &str, following: &str) {
        self.buffer.clear();
        self.has_changes = false;
        let Some(rules) = self.typography.rules else { return };
        let bytes = text.as_bytes();
        let mut copied = 0;
        let mut done = 0;
        for at in Places::new(bytes) {
            // The second of two hyphens has been seen with the first.
            if at < done || (bytes[at] == b' ' && is_between_plain_words(bytes, at)) {
                continue;
            }
            let (before, from_here) = text.split_at(at);
            let Some(character) = from_here.chars().next() else { break };
            let n_equal = match character {
                '-' | '.' => from_here.chars().take_while(|other| *other == character).count(),
                _ => character.len_utf8(),
            };
            let after = from_here.split_at(n_equal).1;
            let tail = std::mem::take(&mut self.tail);
            let place = Place { tail: &tail, before, after, following, index: at };
            let new = match character {
                ' ' | '\n' => {
                    place.is_bound(rules, &self.typography.months).then_some(NO_BREAK_SPACE)
                }
                '-' => self.at_hyphens(n_equal, &place, rules),
                '.' => (n_equal == 3 && !self.is_address(&place)).then_some('…'),
                _ if is_apostrophe(character) => self.at_apostrophe(character, &place, rules),
                _ => self.at_quote(character, &place, rules),
            };
            self.tail = tail;
            if let Some(new) =
                new.filter(|new| n_equal != character.len_utf8() || *new != character)
            {
                self.buffer.push_str(text.split_at(at).0.split_at(copied).1);
                self.buffer.push(new);
                copied = at + n_equal;
                self.has_changes = true;
            }
            done = at + n_equal;
        }
        if self.has_changes {
            self.buffer.push_str(text.split_at(copied).1);
        }
    }

    /// Keeps the end of a piece for the next.
    fn remember(&mut self, text: &str) {
        self.behind_opening = self.behind_opening.filter(|at| *at == text.len()).map(|_| 0);
        let (is_whole, word) = match text.rfind(is_space) {
            Some(space) => (true, text.split_at(space).1),
            None => (false, text),
        };
        self.tail_is_address = looks_like_address(word) || (!is_whole && self.tail_is_address);
        let kept = TAIL_LEN.saturating_sub(text.len());
        if let Some(start) = self.tail.len().checked_sub(kept) {
            let start = (start..).find(|at| self.tail.is_char_boundary(*at));
            self.tail.drain(..start.expect("the end is a boundary"));
        }
        let start = text.len().saturating_sub(TAIL_LEN);
        let start = (start..).find(|at| text.is_char_boundary(*at));
        self.tail.push_str(text.split_at(start.expect("the end is a boundary")).1);
    }

    /// Whether the word around a place belongs to a web address or an e-mail address.
    fn is_address(&self, place: &Place<'_>) -> bool {
        let (is_whole, start) = match place.before.rfind(is_space) {
            Some(space) => (true, place.before.split_at(space).1),
            None => (false, place.before),
        };
        let end = place.after.split(is_space).next().unwrap_or_default();
        (!is_whole && self.tail_is_address) || looks_like_address(start) || looks_like_address(end)
    }

    /// One to three hyphens: a dash between spaces, or a range.
    fn at_hyphens(&self, n: usize, place: &Place<'_>, rules: &Rules) -> Option<char> {
        let mut back = place.back();
        let (previous, next) = (back.next()?, place.ahead().next()?);
        if is_space(previous) && is_space(next) && n <= 3 {
            // `10 - 12` may be a difference.
            let is_between_digits = back.next().is_some_and(|c| c.is_ascii_digit())
                && place.ahead().nth(1).is_some_and(|c| c.is_ascii_digit());
            return rules.dash.filter(|_| !is_between_digits);
        }
        (n == 1 && place.is_in_range() && !self.is_address(place))
            .then_some(self.typography.style.range_dash)
    }

    fn at_apostrophe(&mut self, typed: char, place: &Place<'_>, rules: &Rules) -> Option<char> {
        let (previous, next) = (place.back().next(), place.ahead().next());
        if place.is_in_word() {
            if typed == self.typography.style.apostrophe || self.is_address(place) {
                return None;
            }
            let is_cyrillic = [previous, next].into_iter().flatten().all(is_cyrillic);
            return match typed {
                _ if is_cyrillic => Some(self.typography.style.apostrophe),
                '\'' => Some('\u{2019}'),
                _ => None,
            };
        }
        // Only where the closing mark is the apostrophe too can the two be confused without harm.
        let (opening, closing) = rules.quotes[1];
        if typed == opening {
            self.behind_opening = Some(place.index + typed.len_utf8());
        }
        if typed != '\'' || closing != '\u{2019}' {
            return None;
        }
        if self.may_open(previous, place.index) {
            if next.is_none_or(is_space) {
                return None;
            }
            let is_elided = next.is_some_and(|c| c.is_ascii_digit())
                || rules.elided.iter().any(|word| starts_with_word(place.ahead(), word));
            if is_elided {
                return Some(closing);
            }
            self.single_is_open = true;
            self.behind_opening = Some(place.index + typed.len_utf8());
            return Some(opening);
        }
        // Feet and minutes: 6'2".
        if previous.is_some_and(|c| c.is_ascii_digit()) && !self.single_is_open {
            return next.is_some_and(is_letter).then_some(closing);
        }
        self.single_is_open = false;
        Some(closing)
    }

    /// A quotation mark of two strokes, whatever its form.
    fn at_quote(&mut self, typed: char, place: &Place<'_>, rules: &Rules) -> Option<char> {
        let [outer, inner] = rules.quotes;
        // Within a word a straight mark says nothing, and a single one would be an apostrophe.
        if (typed == '"' || is_apostrophe(inner.1)) && place.is_in_word() {
            return None;
        }
        let opens = typed == outer.0 || typed == inner.0;
        let closes = typed == outer.1 || typed == inner.1;
        let is_opening = match (typed, opens, closes) {
            (_, true, false) => true,
            (_, false, true) if typed == '“' => {
                // In «„…“» it closes, but who is used to English types “…”.
                let level = if typed == outer.1 { 1 } else { 2 };
                let is_open = self.open.len() >= level;
                !is_open && self.opens(place)?
            }
            (_, false, true) => false,
            ('"', ..) | (_, true, true) => self.opens(place)?,
            ('“', false, false) => true,
            ('”', false, false) => false,
            // Another language's marks, or no quotation mark at all.
            _ => return None,
        };
        if is_opening {
            let (opening, _) = if self.open.is_empty() { outer } else { inner };
            self.open.push(typed);
            self.behind_opening = Some(place.index + typed.len_utf8());
            return Some(opening);
        }
        let mut closed = self.open.pop()?;
        // «Роман „Тихий Дон»: two marks that fall together are written once.
        while typed == outer.1 && closed == inner.0 && inner.0 != outer.0 {
            let Some(next) = self.open.pop() else { break };
            closed = next;
        }
        Some(if self.open.is_empty() { outer.1 } else { inner.1 })
    }

    /// Whether a mark opens a quotation, by what stands around it; `None` when nothing can be said.
    fn opens(&self, place: &Place<'_>) -> Option<bool> {
        let next = place.ahead().next();
        let previous = place.back().next();
        if self.may_open(previous, place.index) {
            return next.is_none_or(|next| !is_space(next)).then_some(true);
        }
        let is_behind_dash = previous.is_some_and(|c| matches!(c, '-' | '–' | '—'));
        Some(is_behind_dash && next.is_some_and(char::is_alphanumeric))
    }

    fn may_open(&self, previous: Option<char>, index: usize) -> bool {
        self.behind_opening == Some(index)
            || previous.is_none_or(|c| is_space(c) || matches!(c, '(' | '[' | '{' | '/'))
    }
}

fn looks_like_address(word: &str) -> bool {
    let bytes = word.as_bytes();
    memchr::memchr3(b'@', b':', b'w', bytes).is_some()
        && (word.contains('@') || word.contains("://") || word.contains("www."))
}

/// The places at which something may have to change, in order: spaces, and the first bytes of marks.
struct Places<'t> {
    spaces: memchr::Memchr<'t>,
    marks: [memchr::Memchr3<'t>; 3],
    next_space: usize,
    /// The next of each kind of mark; the length of the text where there is none.
    next_marks: [usize; 3],
    /// The least of them.
    next_mark: usize,
    len: usize,
}

impl<'t> Places<'t> {
    fn new(text: &'t [u8]) -> Self {
        let len = text.len();
        let mut spaces = memchr::memchr_iter(b' ', text);
        let mut marks = [
            memchr::memchr3_iter(b'.', b'-', b'"', text),
            // With 0xE2 begin “ ” „ ‘ ’, with 0xC2 « » ´, with 0xCA ʼ.
            memchr::memchr3_iter(0xe2, 0xc2, b'\'', text),
            memchr::memchr3_iter(0xca, b'`', b'\n', text),
        ];
        let next_space = spaces.next().unwrap_or(len);
        let next_marks = marks.each_mut().map(|marks| marks.next().unwrap_or(len));
        let mut places = Self { spaces, marks, next_space, next_marks, next_mark: 0, len };
        places.find_next_mark();
        places
    }

    fn find_next_mark(&mut self) {
        let [a, b, c] = self.next_marks;
        self.next_mark = a.min(b).min(c);
    }
}

impl Iterator for Places<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let (space, mark) = (self.next_space, self.next_mark);
        if space < mark {
            self.next_space = self.spaces.next().unwrap_or(self.len);
            return Some(space);
        }
        if mark == self.len {
            return None;
        }
        for (next, marks) in self.next_marks.iter_mut().zip(&mut self.marks) {
            if *next == mark {
                *next = marks.next().unwrap_or(self.len);
            }
        }
        self.find_next_mark();
        Some(mark)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typography(tag: &str) -> Typography {
        Typography::new(&LanguageTag::parse(tag).unwrap(), TypographyStyle::USUAL)
    }

    /// Sets each text, in which `~` stands for a no-break space.
    fn assert_set(tag: &str, cases: &[(&str, &str)]) {
        let typography = typography(tag);
        for (typed, expected) in cases {
            let set = typography.set(typed).replace(NO_BREAK_SPACE, "~");
            assert_eq!(set, *expected, "{tag}: {typed}");
        }
    }

    #[test]
    fn ukrainian_quotation_marks_nest_however_they_are_typed() {
        assert_set(
            "uk",
            &[
                (r#"Полк "Азов" тримає стрій"#, "Полк «Азов» тримає стрій"),
                (r#""Роман "Тигролови" читають усі""#, "«Роман „Тигролови“ читають усі»"),
                ("«Роман «Тигролови» читають»", "«Роман „Тигролови“ читають»"),
                ("«Роман „Тигролови“ читають»", "«Роман „Тигролови“ читають»"),
                ("“Роман „Тигролови” читають”", "«Роман „Тигролови“ читають»"),
                ("Це „Азов“, або „Азов”", "Це «Азов», або «Азов»"),
                ("«Роман „Тигролови», — каже", "«Роман „Тигролови»,~— каже"),
                (r#"("Азов"), "Азов"!"#, "(«Азов»), «Азов»!"),
                (r#""Я кажу: "сідайте"", — згадує"#, "«Я кажу: „сідайте“»,~— згадує"),
                (r#"слово—"цитата" і відео-"слово""#, "слово—«цитата» і~відео-«слово»"),
                ("«Перший абзац довгої цитати", "«Перший абзац довгої цитати"),
            ],
        );
    }

    #[test]
    fn marks_of_which_nothing_can_be_said_stay() {
        assert_set(
            "uk",
            &[
                (r#"екран 27" чи ні"#, r#"екран 27" чи~ні"#),
                (r#"лапка " посередині"#, r#"лапка " посередині"#),
                ("закрита» й закрита”", "закрита» й~закрита”"),
                ("'Азов' і мар' ", "'Азов' і~мар' "),
            ],
        );
        assert_set("en", &[("«Азов» and „Азов“", "«Азов» and „Азов“"), (r#"6'2""#, r#"6'2""#)]);
        let unknown = r#"a "b" - c... 5-6 'x' в Києві"#;
        assert_set("ka", &[(unknown, unknown)]);
        assert_eq!(Typography::off().set(unknown), unknown);
    }

    #[test]
    fn an_apostrophe_is_part_of_its_word_and_has_one_form() {
        for apostrophe in ["'", "\u{2019}", "\u{02BC}", "\u{2018}", "`", "\u{00B4}"] {
            let typed = format!("\"З{apostrophe}їзд у Слов{apostrophe}янську\"");
            assert_eq!(typography("uk").set(&typed), "«З’їзд у\u{a0}Слов’янську»");
        }
        let style = TypographyStyle { apostrophe: '\u{02BC}', ..TypographyStyle::USUAL };
        let typography = Typography::new(&LanguageTag::parse("uk").unwrap(), style);
        assert_eq!(typography.set("п'ять п’ять, O'Neil"), "пʼять пʼять, O’Neil");
    }

    #[test]
    fn english_quotation_marks_nest_and_know_elisions() {
        assert_set(
            "en",
            &[
                (r#""Don't go," she said."#, "“Don’t go,” she said."),
                (r#""He said 'yes' twice," I said."#, "“He said ‘yes’ twice,” I said."),
                (r#""He said "yes" twice.""#, "“He said ‘yes’ twice.”"),
                (
                    "The reporters' cars, the '90s, rock 'n' roll",
                    "The reporters’ cars, the ’90s, rock ’n’ roll",
                ),
                (
                    "'Tis said, 'til then: 'a word'.",
                    "'Tis said, ’til then: ‘a word’.".replace("'Tis", "‘Tis").as_str(),
                ),
                ("In 'the 1990s' and the 1990's", "In ‘the 1990s’ and the 1990’s"),
            ],
        );
    }

    #[test]
    fn a_hyphen_between_spaces_is_a_dash_and_no_line_begins_with_one() {
        assert_set(
            "uk",
            &[
                ("Київ - столиця", "Київ~— столиця"),
                ("Київ -- столиця — так", "Київ~— столиця~— так"),
                ("у Флориді – Reuters", "у~Флориді~– Reuters"),
                ("Івано-Франківськ, 10 - 12", "Івано-Франківськ, 10 - 12"),
                ("- Так, — каже", "- Так,~— каже"),
            ],
        );
        assert_set("ru", &[("Киев - столица", "Киев~— столица")]);
        assert_set("en", &[("Kyiv - the capital — yes", "Kyiv~– the capital~— yes")]);
        assert_set("pl", &[("Kijów - stolica — tak", "Kijów - stolica~— tak")]);
    }

    #[test]
    fn short_words_stay_with_what_follows_and_particles_with_what_precedes() {
        assert_set(
            "uk",
            &[
                ("У Києві й на Донбасі", "У~Києві й~на~Донбасі"),
                ("і в «Азові» та (з ним) до ночі", "і~в~«Азові» та~(з~ним) до~ночі"),
                ("Прийшов би він, так же", "Прийшов~би він, так~же"),
                ("вчора була біла ніч", "вчора була біла ніч"),
                ("будь-що мені", "будь-що мені"),
            ],
        );
        assert_set("ru", &[("И к вам не пришел ли он бы", "И~к~вам не~пришел~ли он~бы")]);
        assert_set("en", &[("I am in a room at home", "I am in a room at home")]);
    }

    #[test]
    fn numbers_stay_with_their_units_and_thousands_together() {
        assert_set(
            "uk",
            &[
                ("35 км, 5 %, 412 тисяч гривень", "35~км, 5~%, 412~тисяч гривень"),
                ("19 грудня 2025 р. і 3 лютого", "19~грудня 2025~р. і~3~лютого"),
                ("4 120 відвідувань, 1 234 567", "4~120 відвідувань, 1~234~567"),
                ("у 2025 100 осіб, № 5, § 27", "у~2025 100~осіб, №~5, §~27"),
                ("XIX ст., ХХІ століття", "XIX~ст., ХХІ~століття"),
                ("5 кмітливих", "5 кмітливих"),
            ],
        );
        assert_set("ru", &[("19 декабря, 5 тыс., XX века", "19~декабря, 5~тыс., XX~века")]);
        assert_set("en", &[("19 December, 35 km/h, 5 million", "19~December, 35~km/h, 5~million")]);
    }

    #[test]
    fn initials_stay_with_the_surname_and_abbreviations_with_their_names() {
        assert_set(
            "uk",
            &[
                ("Т. Г. Шевченко та Шевченко Т. Г. пише", "Т.~Г.~Шевченко та~Шевченко~Т.~Г. пише"),
                ("у місті А. Шевченко", "у~місті А.~Шевченко"),
                ("Казав Іван Я. Марченко", "Казав Іван Я.~Марченко"),
                ("м. Київ, вул. Лісова, ст. 27", "м.~Київ, вул.~Лісова, ст.~27"),
                ("і т. д., і т. ін., до н. е.", "і~т.~д., і~т.~ін., до~н.~е."),
                ("акад. Гончаренко, гр. Іваненко", "акад.~Гончаренко, гр.~Іваненко"),
                ("Це дім. Він новий.", "Це дім. Він новий."),
            ],
        );
        assert_set("en", &[("George W. Bush, Mr Smith, p. 5", "George W.~Bush, Mr Smith, p.~5")]);
    }

    #[test]
    fn ranges_get_their_dash_and_codes_do_not() {
        assert_set(
            "uk",
            &[
                ("5-6 днів, 2014-2022, 2014-15", "5–6 днів, 2014–2022, 2014–15"),
                ("(10-15%), 20-30.", "(10–15%), 20–30."),
                ("COVID-19, 044-123-45-67, 2025-12-19", "COVID-19, 044-123-45-67, 2025-12-19"),
                (
                    "05-06, 2-1, 9001-2, 5-6-й, 1,5-2, A4-5",
                    "05-06, 2-1, 9001-2, 5-6-й, 1,5-2, A4-5",
                ),
                ("5-річний, 12-1234567", "5-річний, 12-1234567"),
            ],
        );
        let style = TypographyStyle { range_dash: '-', ..TypographyStyle::USUAL };
        let plain = Typography::new(&LanguageTag::parse("uk").unwrap(), style);
        assert_eq!(plain.set("5-6"), "5-6");
    }

    #[test]
    fn three_full_stops_are_an_ellipsis() {
        assert_set("uk", &[("Так... Ні?.. Ну....", "Так… Ні?.. Ну....")]);
    }

    #[test]
    fn addresses_in_running_text_are_not_touched() {
        let typed = "https://x.ua/a'b/5-6/... www.x.ua/5-6 o'neil@x.ua, o'neil";
        assert_set("en", &[(typed, &typed.replace(", o'neil", ", o’neil"))]);
    }

    #[test]
    fn a_text_that_is_right_is_borrowed() {
        let right = "«З’їзд у\u{a0}Києві»\u{a0}— так… 5–6 днів";
        assert!(matches!(typography("uk").set(right), Cow::Borrowed(_)));
    }

    /// Sets pieces as those of one paragraph; `None` is code.
    fn set_pieces(tag: &str, pieces: &[Option<&str>]) -> String {
        let typography = typography(tag);
        let mut typesetter = Typesetter::new((&typography).into());
        let mut out = String::new();
        for (index, piece) in pieces.iter().enumerate() {
            match piece {
                Some(text) => {
                    let following = pieces.get(index + 1).copied().flatten().unwrap_or("");
                    out.push_str(typesetter.set(text, following));
                }
                None => {
                    typesetter.skip();
                    out.push_str("CODE");
                }
            }
        }
        out.replace(NO_BREAK_SPACE, "~")
    }

    #[test]
    fn marks_pair_and_words_bind_across_pieces() {
        for (pieces, expected) in [
            (vec![Some("\""), Some("слово"), Some("\" і"), Some("\n"), Some("ще")], "«слово» і~ще"),
            (vec![Some("У "), None, Some(" \""), None, Some("\".")], "У~CODE «CODE»."),
            (
                vec![Some("сім"), Some("'"), Some("я - "), Some("5"), Some("\n"), Some("км")],
                "сім’я~— 5~км",
            ),
            (vec![Some("https://x.ua/a_"), Some("5-6")], "https://x.ua/a_5-6"),
            (vec![Some("\"\""), Some("Азов\" так\"")], "«„Азов“ так»"),
        ] {
            assert_eq!(set_pieces("uk", &pieces), expected);
        }
    }

    #[test]
    fn a_new_paragraph_knows_nothing_of_the_last() {
        let typography = typography("uk");
        let mut typesetter = Typesetter::new((&typography).into());
        assert_eq!(typesetter.set("\"А", ""), "«А");
        typesetter.start_block();
        assert_eq!(typesetter.set("\"Б\"", ""), "«Б»");
    }

    fn letters(text: &str) -> String {
        text.chars().filter(|c| c.is_alphanumeric() && !is_apostrophe(*c)).collect()
    }

    fn any_text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "\"",
            "'",
            "«",
            "»",
            "„",
            "“",
            "”",
            "‘",
            "’",
            "ʼ",
            " ",
            " ",
            " ",
            "\u{a0}",
            "-",
            "--",
            "—",
            "–",
            ".",
            "...",
            "…",
            ",",
            "(",
            ")",
            "5",
            "12",
            "2025",
            "000",
            "№",
            "§",
            "%",
            "км",
            "грудня",
            "у",
            "і",
            "не",
            "би",
            "Т.",
            "т.",
            "д.",
            "слово",
            "Слово",
            "сім",
            "я",
            "word",
            "don",
            "t",
            "ст.",
            "XX",
            "https://x.ua/",
            "a@b.ua",
            "\n",
            "/",
            "І",
            "м.",
            "\u{301}",
            "n",
        ]);
        let ours = prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat());
        prop_oneof![any::<String>(), ours]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn setting_twice_is_setting_once(text in any_text(), tag in any_tag()) {
            let typography = typography(tag);
            let once = typography.set(&text).into_owned();
            prop_assert_eq!(typography.set(&once), once.as_str(), "{}", text);
        }

        #[test]
        fn letters_and_digits_are_never_touched(text in any_text(), tag in any_tag()) {
            prop_assert_eq!(letters(&typography(tag).set(&text)), letters(&text));
        }

        #[test]
        fn a_space_that_looks_plain_is_plain(text in any_text(), tag in any_tag()) {
            let typography = typography(tag);
            let rules = typography.rules.unwrap();
            for (at, _) in text.match_indices(' ') {
                let (before, after) = (text.split_at(at).0, text.split_at(at + 1).1);
                let place = Place { tail: "", before, after, following: "", index: at };
                let is_bound = place.is_bound(rules, &typography.months);
                prop_assert!(!is_bound || !is_between_plain_words(text.as_bytes(), at), "{}", at);
            }
        }

        #[test]
        fn cutting_a_text_at_any_word_changes_nothing(text in any_text(), tag in any_tag()) {
            let typography = typography(tag);
            let whole = typography.set(&text).into_owned();
            let mut typesetter = Typesetter::new((&typography).into());
            let mut in_pieces = String::new();
            let mut rest = text.as_str();
            while !rest.is_empty() {
                let end = rest.find(' ').map_or(rest.len(), |space| space + 1);
                let (piece, behind) = rest.split_at(end);
                in_pieces.push_str(typesetter.set(piece, behind));
                rest = behind;
            }
            prop_assert_eq!(in_pieces, whole);
        }
    }

    fn any_tag() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec!["uk", "ru", "en", "de", "pl", "lt"])
    }
}
