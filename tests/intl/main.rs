//! Our dates, plural forms, numbers and alphabetical order against an independent implementation of
//! CLDR: `Intl` of Node.js, asked by `tests/intl/ask.mjs`. 1 000 random values per language of each.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use visti::diagnostic::Source;
use visti::locale::{
    Argument, Collation, DateFormat, FractionDigits, Grouping, LanguageTag, NumberFormat, Strings,
    StringsFile,
};

const LANGUAGES: [&str; 6] = ["uk", "ru", "en-GB", "pl", "de", "be"];
const N: usize = 1_000;
const ZONE: &str = "Europe/Kyiv";

/// Numbers that are the same in every run: xorshift64*.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}

/// What `Intl` answers to questions, one for each.
fn ask(kind: &str, language: &str, questions: &[Value]) -> Vec<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/intl/ask.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this test needs Node.js 18 or newer in PATH");
    let request =
        json!({ "kind": kind, "language": language, "zone": ZONE, "questions": questions });
    node.stdin.take().unwrap().write_all(request.to_string().as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "node failed");
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), questions.len());
    answers
}

fn tag(language: &str) -> LanguageTag {
    LanguageTag::parse(language).unwrap()
}

#[test]
fn dates_months_and_weekdays_are_those_of_intl_in_the_zone_with_its_daylight_saving() {
    let zone = TimeZone::get(ZONE).unwrap();
    for language in LANGUAGES {
        let formats = ["d MMMM y, HH:mm", "LLLL", "EEEE"]
            .map(|pattern| DateFormat::new(&tag(language), pattern).unwrap());
        let mut random = Random(7);
        // From 1997 on, when Ukraine took up the rules of the European Union, to 2037.
        let moments: Vec<i64> =
            (0..N).map(|_| 852_076_800 + random.below(1_290_000_000).cast_signed()).collect();
        let questions: Vec<Value> = moments.iter().map(|second| json!(second * 1000)).collect();
        for (second, theirs) in moments.iter().zip(ask("dates", language, &questions)) {
            let moment = Timestamp::from_second(*second).unwrap().to_zoned(zone.clone());
            let ours = formats.each_ref().map(|format| format.format(&moment));
            assert_eq!(json!(ours), theirs, "{language} {second}");
        }
    }
}

#[test]
fn plural_forms_are_those_of_intl() {
    let file = "n = { $n ->\n [zero] zero\n [one] one\n [two] two\n [few] few\n [many] many\n *[other] other\n }\n";
    // Fluent's own rules are wrong in Belarusian: docs/languages.md.
    for language in LANGUAGES.into_iter().filter(|language| *language != "be") {
        let tag = tag(language);
        let source = Source::new("test.ftl", file);
        let strings = Strings::parse(&[StringsFile { tag: &tag, source }], 0).value;
        let mut random = Random(11);
        let numbers: Vec<f64> = (0..N)
            .map(|index| match index % 3 {
                0 => random.below(130) as f64,
                1 => random.below(3_000_000) as f64,
                _ => random.below(30_000) as f64 / 10.0,
            })
            .collect();
        let questions: Vec<Value> = numbers.iter().map(|number| json!(number)).collect();
        for (number, theirs) in numbers.iter().zip(ask("plurals", language, &questions)) {
            let ours = strings.text(0, "n", &[("n", Argument::Decimal(*number))]).unwrap();
            assert_eq!(json!(ours), theirs, "{language} {number}");
        }
    }
}

#[test]
fn numbers_are_those_of_intl() {
    // Polish and German: the same data with another `minimumGroupingDigits` in older versions.
    for language in ["uk", "ru", "en-GB", "de", "be"] {
        let format = NumberFormat::new(&tag(language), Grouping::Thousands);
        let mut random = Random(13);
        let numbers: Vec<f64> = (0..N)
            .map(|index| {
                let number = random.below(20_000_000) as f64;
                let scale = [1.0, 10.0, 100.0, 1_000.0][index % 4];
                if index % 5 == 0 { -number / scale } else { number / scale }
            })
            .collect();
        let questions: Vec<Value> = numbers.iter().map(|number| json!(number)).collect();
        for (number, theirs) in numbers.iter().zip(ask("numbers", language, &questions)) {
            let ours = format.decimal(*number, FractionDigits::default());
            assert_eq!(json!(ours), theirs, "{language} {number}");
        }
    }
}

#[test]
fn alphabetical_order_is_that_of_intl() {
    const LETTERS: &str = "абвгґдеєёжзиіїйклмнопрстуфхцчшщьюяыэъўАБВГҐДЕЄЁЖЗИІЇЙabcdezÄßłąéA z-5";
    for language in LANGUAGES {
        let collation = Collation::new(&tag(language));
        let letters: Vec<char> = LETTERS.chars().collect();
        let mut random = Random(17);
        let mut words: Vec<String> = (0..N)
            .map(|_| {
                let n = 1 + random.below(6);
                let letter = |_| letters[random.below(letters.len() as u64) as usize];
                (0..n).map(letter).collect::<String>().trim().to_owned()
            })
            .filter(|word| !word.is_empty())
            .collect();
        words.sort_by(|a, b| collation.compare(a, b));
        words.dedup();
        let pairs: Vec<Value> = words.windows(2).map(|pair| json!(pair)).collect();
        for (pair, order) in words.windows(2).zip(ask("order", language, &pairs)) {
            assert!(order.as_i64().unwrap() <= 0, "{language}: {pair:?}");
        }
    }
}
