//! A place in a text: what stands around it, and whether a line may end there.

use super::rules::{LONGEST_ABBREVIATION, LONGEST_SHORT_WORD, Rules};
use super::{NO_BREAK_SPACE, is_apostrophe};

/// A character in a piece of text, and what stands around it.
pub(super) struct Place<'p> {
    /// Before the piece.
    pub(super) tail: &'p str,
    /// In the piece.
    pub(super) before: &'p str,
    pub(super) after: &'p str,
    /// Behind the piece.
    pub(super) following: &'p str,
    /// In bytes of the piece.
    pub(super) index: usize,
}

impl Place<'_> {
    /// From here towards the beginning.
    pub(super) fn back(&self) -> impl Iterator<Item = char> {
        self.before.chars().rev().chain(self.tail.chars().rev())
    }

    /// From here towards the end.
    pub(super) fn ahead(&self) -> impl Iterator<Item = char> + Clone {
        self.after.chars().chain(self.following.chars())
    }

    pub(super) fn is_in_word(&self) -> bool {
        self.back().next().is_some_and(is_letter) && self.ahead().next().is_some_and(is_letter)
    }

    /// Whether no line may end at this space.
    pub(super) fn is_bound(&self, rules: &Rules, months: &[String]) -> bool {
        let Some(previous) = self.back().next().filter(|c| !is_space(*c)) else { return false };
        let next = self.ahead().next();
        match next {
            Some(next) if is_space(next) => return false,
            Some('-' | '–' | '—') if self.is_before_dash(rules) => return true,
            _ => {}
        }
        let ahead = || self.ahead();
        if is_letter(previous) {
            return self.is_behind_short_word(rules)
                || rules.stays_with_previous.iter().any(|word| starts_with_word(ahead(), word))
                || (is_roman(previous)
                    && rules.centuries.iter().any(|word| starts_with_word(ahead(), word))
                    && self.is_behind_roman_numeral())
                || self.is_between_surname_and_initials();
        }
        match previous {
            '0'..='9' => {
                next.is_some_and(|c| c.is_ascii_digit()) && self.is_between_thousands()
                    || rules.units.iter().any(|unit| starts_with_word(ahead(), unit))
                    || months.iter().any(|month| starts_with_word(ahead(), month))
            }
            '.' => self.is_behind_abbreviation(rules),
            '№' | '§' => next.is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        }
    }

    /// A dash, or hyphens that will become one, with a space or nothing behind it.
    fn is_before_dash(&self, rules: &Rules) -> bool {
        let mut ahead = self.ahead();
        let Some(dash) = ahead.next() else { return false };
        if dash != '-' {
            return ahead.next().is_none_or(is_space);
        }
        let Some((n, behind)) = ahead.enumerate().find(|(_, c)| *c != '-') else { return false };
        let is_between_digits = self.back().next().is_some_and(|c| c.is_ascii_digit())
            && self.ahead().nth(n + 2).is_some_and(|c| c.is_ascii_digit());
        n <= 2 && is_space(behind) && !is_between_digits && rules.dash.is_some()
    }

    fn is_behind_short_word(&self, rules: &Rules) -> bool {
        let Some((word, before)) = last_word(self.back(), LONGEST_SHORT_WORD) else { return false };
        let begins = before.is_none_or(|c| {
            is_space(c) || matches!(c, '(' | '[' | '«' | '»' | '„' | '“' | '”' | '"' | '—' | '–')
        });
        begins && {
            let is_small = word.chars().all(|c| !is_capital(c));
            let word = if is_small { word } else { word.to_lowercase() };
            rules.stays_with_next.contains(&&*word)
        }
    }

    /// A Roman numeral; in Cyrillic it is often typed with І and Х.
    fn is_behind_roman_numeral(&self) -> bool {
        self.back().find(|c| !is_roman(*c)).is_none_or(|c| !is_letter(c))
    }

    /// «Шевченко Т. Г.», where nothing follows that the initials could belong to.
    fn is_between_surname_and_initials(&self) -> bool {
        let mut ahead = self.ahead().filter(|c| !is_space(*c)).peekable();
        let mut n = 0;
        while ahead.peek().is_some_and(|c| is_capital(*c)) {
            ahead.next();
            if ahead.next() != Some('.') {
                return false;
            }
            n += 1;
        }
        let is_letter_of_name = |c: &char| is_letter(*c) || is_apostrophe(*c);
        (1..=2).contains(&n)
            && self.back().take(2).all(|c| is_letter(c) && !is_capital(c))
            && self.back().take_while(is_letter_of_name).last().is_some_and(is_capital)
    }

    /// Behind «м.» before a name or number, «Т.» before a name, «т.» before «д.».
    fn is_behind_abbreviation(&self, rules: &Rules) -> bool {
        let mut ahead = self.ahead();
        let Some(next) = ahead.next() else { return false };
        let mut back = self.back().skip(1);
        let Some(last) = back.next().filter(|c| is_letter(*c)) else { return false };
        let is_single = back.next().is_none_or(|c| !is_letter(c) && !is_apostrophe(c));
        if is_single && is_capital(last) && is_capital(next) {
            return true;
        }
        if is_single && !is_capital(last) && is_small(next) {
            // «т. д.», «т. ін.»
            let end = ahead.find(|c| !is_letter(*c));
            let n_letters = self.ahead().take_while(|c| is_letter(*c)).count();
            return n_letters <= 2 && end == Some('.');
        }
        if !is_capital(next) && !next.is_ascii_digit() {
            return false;
        }
        let word = last_word(self.back().skip(1), LONGEST_ABBREVIATION);
        word.is_some_and(|(word, before)| {
            before.is_none_or(|c| !c.is_alphanumeric() && !is_apostrophe(c))
                && rules.before_name.contains(&&*word)
        })
    }

    /// `1 234`: up to three digits before, three behind.
    fn is_between_thousands(&self) -> bool {
        let n_before = self.back().take_while(char::is_ascii_digit).count();
        let n_behind = self.ahead().take_while(char::is_ascii_digit).count();
        let before = self.back().nth(n_before);
        (1..=3).contains(&n_before)
            && n_behind == 3
            && before.is_none_or(|c| {
                !is_letter(c) && !matches!(c, '.' | '…' | ',' | ':' | '-' | '–' | '—' | '/')
            })
    }

    /// `5-6`, `2014-2022`, `2014-15`, and nothing around that makes a code or a date of it.
    pub(super) fn is_in_range(&self) -> bool {
        let mut first = [0_u8; 4];
        let n_first = digits(self.back(), &mut first);
        first[..n_first.min(4)].reverse();
        let mut second = [0_u8; 4];
        let n_second = digits(self.ahead(), &mut second);
        if !(1..=4).contains(&n_first) || !(1..=4).contains(&n_second) {
            return false;
        }
        let before = self.back().nth(n_first);
        let mut behind = self.ahead().skip(n_second);
        let begins = before.is_none_or(|c| {
            is_space(c) || matches!(c, '(' | '[' | '«' | '„' | '“' | '"' | '$' | '€' | '£' | '~')
        });
        let ends = match behind.next() {
            None => true,
            Some('.' | ',' | ':') => behind.next().is_none_or(|c| !c.is_alphanumeric()),
            Some(c) => !c.is_alphanumeric() && !matches!(c, '-' | '–' | '/' | '_' | '\'' | '’'),
        };
        let (first, second) = (&first[..n_first], &second[..n_second]);
        let is_code = [first, second].iter().any(|digits| digits.len() > 1 && digits[0] == 0);
        let ascends = match (n_first, n_second) {
            (4, 2) => first[2..] < *second,
            (n, m) if n == m => first < second,
            (n, m) => n < m,
        };
        begins && ends && !is_code && ascends
    }
}

/// Reads digits into `into`, and gives how many there are, counting to one more than it holds.
fn digits(characters: impl Iterator<Item = char>, into: &mut [u8; 4]) -> usize {
    let mut n = 0;
    for digit in characters.map_while(|c| c.to_digit(10)).take(into.len() + 1) {
        if let Some(slot) = into.get_mut(n) {
            *slot = u8::try_from(digit).unwrap_or_default();
        }
        n += 1;
    }
    n
}

/// Whether a space stands between two words that no rule joins, by the bytes around it alone: so do
/// most of a text's spaces. Saying no costs only time. The tests are joined by `&` and `|`, because
/// words are of all lengths, and branches would be guessed wrong half of the time.
pub(super) fn is_between_plain_words(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).and_then(|before| before.last_chunk::<6>());
    let after = bytes.get(at + 1..).and_then(|after| after.first_chunk::<5>());
    let (Some(&[a, _, c, d, e, f]), Some(&[v, w, x, _, z])) = (before, after) else { return false };
    let is_cyrillic = |byte: u8| byte & 0xfe == 0xd0;
    let is_latin = |byte: u8| byte.wrapping_sub(b'a') < 26;
    // The ends of І and Х, which may be numerals.
    let is_roman = (f == 0x86) | (f == 0xa5);
    let is_behind_word = (is_cyrillic(a) & is_cyrillic(c) & is_cyrillic(e) & !is_roman)
        | (is_latin(d) & is_latin(e) & is_latin(f))
        | (f == b',')
        | (f == b':')
        | (f == b';');
    // A word of three letters is no particle, no initial and no unit.
    let is_before_word = (is_cyrillic(v) & is_cyrillic(x) & is_cyrillic(z))
        | (is_latin(v) & is_latin(w) & is_latin(x));
    is_behind_word & is_before_word
}

/// The word that a text ends with, unless it has more than so many letters, and what stands before it.
fn last_word(
    mut back: impl Iterator<Item = char>,
    longest: usize,
) -> Option<(String, Option<char>)> {
    let mut letters = ['\0'; LONGEST_ABBREVIATION];
    let mut n = 0;
    let before = loop {
        match back.next() {
            Some(letter) if is_letter(letter) => {
                *letters.get_mut(..longest)?.get_mut(n)? = letter;
                n += 1;
            }
            before => break before,
        }
    };
    Some((letters.get(..n)?.iter().rev().collect(), before))
}

/// Whether a text begins with a word, and the word ends there.
pub(super) fn starts_with_word(mut text: impl Iterator<Item = char>, word: &str) -> bool {
    word.chars().all(|wanted| text.next() == Some(wanted))
        && match text.next() {
            Some(c) if is_apostrophe(c) => text.next().is_none_or(|c| !is_letter(c)),
            next => next.is_none_or(|c| !c.is_alphanumeric()),
        }
}

pub(super) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\n' | NO_BREAK_SPACE | '\u{202f}' | '\t')
}

pub(super) fn is_cyrillic(character: char) -> bool {
    matches!(character, '\u{400}'..='\u{52f}')
}

pub(super) fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic()
        || is_cyrillic(character)
        || (!character.is_ascii() && character.is_alphabetic() && !is_apostrophe(character))
}

fn is_capital(character: char) -> bool {
    match character {
        'А'..='Я' | 'Ѐ'..='Џ' => true,
        'а'..='я' | 'ѐ'..='џ' => false,
        _ if character.is_ascii() => character.is_ascii_uppercase(),
        _ => character.is_uppercase(),
    }
}

fn is_small(character: char) -> bool {
    is_letter(character) && !is_capital(character)
}

fn is_roman(character: char) -> bool {
    matches!(character, 'I' | 'V' | 'X' | 'L' | 'C' | 'І' | 'Х')
}
