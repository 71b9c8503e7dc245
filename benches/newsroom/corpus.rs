//! A newsroom that never was: any number of stories in three languages, the same ones at every run.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use crate::words::{self, Language};

/// What was generated.
pub(crate) struct Corpus {
    pub(crate) n_stories: u32,
    pub(crate) n_articles: u32,
    /// Size of the articles.
    pub(crate) n_bytes: u64,
}

/// First and last day of the archive, in days since 1 January 1970: ten years up to 20 December 2025.
const FIRST_DAY: u64 = 16_789;
const LAST_DAY: u64 = 20_442;
const N_PICTURES: u64 = 40;
const N_AUTHORS: u64 = 40;

/// The look of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// The same pages as a comparable site of another generator, `benches/newsroom/templates`.
    Plain,
    /// The default theme of this repository.
    Default,
}

impl Theme {
    /// Its folder in the repository, and what belongs to it there.
    fn files(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Plain => ("benches/newsroom", &["templates"]),
            Self::Default => ("", &["templates", "static"]),
        }
    }
}

/// Writes a site with `n_stories` stories into a new or empty folder.
pub(crate) fn generate(root: &Path, n_stories: u32, theme: Theme) -> io::Result<Corpus> {
    if root.is_dir() && std::fs::read_dir(root)?.next().is_some() {
        return Err(io::Error::other(format!("{} is not empty", root.display())));
    }
    copy_theme(root, theme)?;
    write(&root.join("content/sections.toml"), &sections())?;
    write(&root.join("content/tags.toml"), &tags())?;
    write(&root.join("content/authors.toml"), &authors())?;
    if theme == Theme::Plain {
        let style = "body { font: 1em/1.5 serif; max-width: 70ch; margin: auto }\n";
        write(&root.join("static/style.css"), style)?;
    }
    for number in 0..N_PICTURES {
        write(&root.join(format!("static/pictures/{number}.svg")), &picture(number))?;
    }
    let mut corpus = Corpus { n_stories, n_articles: 0, n_bytes: 0 };
    for index in 0..n_stories {
        let story = Story::new(index, n_stories);
        for language in words::LANGUAGES.iter().filter(|language| story.is_in(language)) {
            let text = story.edition(language, n_stories);
            write(&story.file(root, language), &text)?;
            corpus.n_articles += 1;
            corpus.n_bytes += text.len() as u64;
        }
    }
    Ok(corpus)
}

/// Adds a paragraph to an article in the middle of the archive, another one for every `n`.
pub(crate) fn edit(root: &Path, n_stories: u32, n: usize) -> io::Result<()> {
    let story = Story::new(n_stories / 2, n_stories);
    let language = &words::LANGUAGES[0];
    let text = story.edition(language, n_stories);
    write(&story.file(root, language), &format!("{text}\nEdit {n}.\n"))
}

/// Adds the newest story, in all languages.
pub(crate) fn publish(root: &Path, n_stories: u32) -> io::Result<()> {
    let story = Story { lacks: None, ..Story::new(n_stories, n_stories) };
    for language in &words::LANGUAGES {
        write(&story.file(root, language), &story.edition(language, n_stories))?;
    }
    Ok(())
}

/// Brings a site into another state, or back: one story instead of another, an edit, another style.
pub(crate) fn rearrange(root: &Path, n_stories: u32, is_there: bool) -> io::Result<()> {
    let one = Story { lacks: None, ..Story::new(n_stories, n_stories) };
    let other = Story {
        lacks: None,
        path: format!("{}-again", one.path),
        ..Story::new(n_stories, n_stories)
    };
    let (shown, hidden) = if is_there { (one, other) } else { (other, one) };
    for language in &words::LANGUAGES {
        write(&shown.file(root, language), &shown.edition(language, n_stories))?;
        match std::fs::remove_file(hidden.file(root, language)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    edit(root, n_stories, usize::from(is_there))?;
    let style = format!("body {{ margin: {}px }}\n", if is_there { 1 } else { 2 });
    write(&root.join("static/style.css"), &style)
}

/// Settings and templates of the site.
fn copy_theme(root: &Path, theme: Theme) -> io::Result<()> {
    let (theme, folders) = theme.files();
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join(theme);
    let mut folders: Vec<std::path::PathBuf> = folders.iter().map(Into::into).collect();
    std::fs::create_dir_all(root)?;
    let settings = std::fs::read_to_string(theme.join("site.toml"))?;
    // Random texts are no translations of each other: a law would be broken by every third of them. And
    // there are no standalone pages.
    let left_out = ["law =", "about =", "contacts =", "principles ="];
    let is_left_out = |line: &&str| left_out.iter().any(|key| line.starts_with(key));
    let kept = settings.split_inclusive('\n').filter(|line| !is_left_out(line));
    write(&root.join("site.toml"), &kept.collect::<String>())?;
    while let Some(folder) = folders.pop() {
        std::fs::create_dir_all(root.join(&folder))?;
        for entry in std::fs::read_dir(theme.join(&folder))? {
            let entry = entry?;
            let below = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(below);
            } else {
                std::fs::copy(entry.path(), root.join(below))?;
            }
        }
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "this writes a site's sources, not its pages")]
pub(crate) fn write(file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(file, text)
}

/// One news event, and what its editions have in common.
struct Story {
    index: u32,
    path: String,
    /// With a time of day between 6 and 23 o'clock: no clock change falls there.
    date: String,
    section: &'static str,
    tags: Vec<String>,
    author: u64,
    picture: u64,
    /// Every story is in the first language; about one in fourteen lacks the second or third.
    lacks: Option<&'static str>,
}

impl Story {
    fn new(index: u32, n_stories: u32) -> Self {
        let mut random = Random::new(u64::from(index), 0);
        let span = LAST_DAY - FIRST_DAY;
        let day = FIRST_DAY + u64::from(index) * span / u64::from(n_stories);
        let (year, month, day) = civil(day);
        let (hour, minute) = (6 + random.below(17), random.below(60));
        let mut tags: Vec<String> = Vec::new();
        for _ in 0..2 + random.below(4) {
            // The smaller of two numbers, so that some tags are much more frequent than others.
            let n = words::SUBJECTS.len() * words::PLACES.len();
            let number = random.below(n as u64).min(random.below(n as u64));
            let (subject, place) = split_tag(number);
            let tag = tag_id(subject, place);
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        let section = random.of(&words::SECTIONS).id;
        let slug = random.words(words::ENGLISH.words, 3).replace(' ', "-");
        Self {
            index,
            path: format!("{year:04}/{month:02}/{slug}-{index}"),
            date: format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"),
            section,
            tags,
            author: random.below(N_AUTHORS),
            picture: random.below(N_PICTURES),
            lacks: match random.below(14) {
                0 => Some("en"),
                1 => Some("ru"),
                _ => None,
            },
        }
    }

    fn file(&self, root: &Path, language: &Language) -> std::path::PathBuf {
        root.join(format!("content/{}/{}.md", language.code, self.path))
    }

    fn is_in(&self, language: &Language) -> bool {
        self.lacks != Some(language.code)
    }

    /// The text of one file.
    fn edition(&self, language: &Language, n_stories: u32) -> String {
        let stream = 1 + language.code.bytes().map(u64::from).sum::<u64>();
        let mut random = Random::new(u64::from(self.index), stream);
        let n_words = 5 + random.below(5);
        let title = capital(&random.words(language.words, n_words));
        let summary = random.sentence(language.words);
        let (alt, caption) = (random.words(language.words, 5), random.sentence(language.words));
        let tags: Vec<String> = self.tags.iter().map(|tag| format!("\"{tag}\"")).collect();
        let mut text = format!(
            "+++\ntitle = \"{title}\"\ndate = {}\nsummary = \"{summary}\"\nsection = \"{}\"\n\
             tags = [{}]\nauthors = [\"author-{}\"]\n\
             image = {{ src = \"/pictures/{}.svg\", alt = \"{alt}\", caption = \"{caption}\", credit = \"{}\" }}\n+++\n",
            self.date,
            self.section,
            tags.join(", "),
            self.author,
            self.picture,
            language.title,
        );
        self.body(language, n_stories, &mut random, &mut text);
        text
    }

    /// 6 to 12 paragraphs, among them headings, a list, links to earlier stories, now and then a
    /// quotation.
    fn body(&self, language: &Language, n_stories: u32, random: &mut Random, text: &mut String) {
        let words = language.words;
        let n_paragraphs = 6 + random.below(7);
        let with_list = 2 + random.below(n_paragraphs - 2);
        for paragraph in 0..n_paragraphs {
            if paragraph > 0 && paragraph % 4 == 0 {
                line(text, &format!("\n## {}", capital(&random.words(words, 4))));
            }
            let mut sentences: Vec<String> =
                (0..3 + random.below(4)).map(|_| random.sentence(words)).collect();
            if paragraph % 3 == 1 && self.index > 0 {
                let other = random.below(u64::from(self.index));
                let other = Story::new(u32::try_from(other).expect("below a u32"), n_stories);
                let linked = format!("[{}](/{}.md)", random.words(words, 4), other.path);
                sentences.push(format!("{} {linked}.", capital(&random.words(words, 3))));
            }
            if paragraph % 5 == 2 {
                let (bold, rest) = (capital(&random.words(words, 2)), random.words(words, 4));
                sentences.push(format!("**{bold}** {rest}."));
            }
            let begin = if random.below(12) == 0 { "\n> " } else { "\n" };
            line(text, &format!("{begin}{}", sentences.join(" ")));
            if paragraph == with_list {
                text.push('\n');
                for _ in 0..3 + random.below(3) {
                    line(text, &format!("- {}", random.words(words, 7)));
                }
            }
        }
    }
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("writing to a String never fails");
}

/// `[id]` and `name = { ua = "…", en = "…", ru = "…" }`.
fn term(id: &str, names: [&str; 3]) -> String {
    let names: Vec<String> = words::LANGUAGES
        .iter()
        .zip(names)
        .map(|(language, name)| format!("{} = \"{name}\"", language.code))
        .collect();
    format!("[{id}]\nname = {{ {} }}\n", names.join(", "))
}

fn sections() -> String {
    words::SECTIONS.iter().map(|section| term(section.id, section.names)).collect()
}

fn tag_id(subject: &words::Name, place: &words::Name) -> String {
    format!("{}-{}", subject.id, place.id)
}

fn split_tag(number: u64) -> (&'static words::Name, &'static words::Name) {
    let number = usize::try_from(number).expect("a few hundred tags");
    let n = words::PLACES.len();
    (&words::SUBJECTS[number / n % words::SUBJECTS.len()], &words::PLACES[number % n])
}

fn tags() -> String {
    (0..(words::SUBJECTS.len() * words::PLACES.len()) as u64)
        .map(|number| {
            let (subject, place) = split_tag(number);
            let name = |at: usize| format!("{}: {}", subject.names[at], place.names[at]);
            let names = [name(0), name(1), name(2)];
            term(&tag_id(subject, place), [&names[0], &names[1], &names[2]])
        })
        .collect()
}

fn authors() -> String {
    (0..N_AUTHORS)
        .map(|number| {
            let at = usize::try_from(number).expect("a few dozen authors");
            let first = &words::FIRST_NAMES[at % words::FIRST_NAMES.len()];
            let last = &words::LAST_NAMES[at / words::FIRST_NAMES.len() % words::LAST_NAMES.len()];
            let name = |at: usize| format!("{} {}", first.names[at], last.names[at]);
            term(&format!("author-{number}"), [&name(0), &name(1), &name(2)])
        })
        .collect()
}

/// A small drawing: a sun over a hill, every time somewhere else.
fn picture(number: u64) -> String {
    let mut random = Random::new(number, 7);
    let (x, y, hill) = (100 + random.below(600), 60 + random.below(150), 200 + random.below(150));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"450\" viewBox=\"0 0 800 450\">\
         <path fill=\"#bcd\" d=\"M0 0h800v450H0z\"/><circle cx=\"{x}\" cy=\"{y}\" r=\"45\" fill=\"#fe9\"/>\
         <path fill=\"#474\" d=\"M0 450Q{x} {hill} 800 450z\"/></svg>\n"
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Year, month and day of a day counted from 1 January 1970.
fn civil(days: u64) -> (u64, u64, u64) {
    // True from 1901 to 2099.
    let is_leap = |year: u64| year.is_multiple_of(4);
    let (mut year, mut rest) = (1970, days);
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if rest < length {
            break;
        }
        rest -= length;
        year += 1;
    }
    let mut month = 1;
    for length in [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    {
        if rest < length {
            break;
        }
        rest -= length;
        month += 1;
    }
    (year, month, rest + 1)
}

/// Numbers that look random and are the same at every run: xorshift64* (Vigna 2016), seeded through
/// splitmix64 so that neighbouring stories have nothing in common.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(index: u64, stream: u64) -> Self {
        let mut x = (index << 8 | stream).wrapping_add(0x9e37_79b9_7f4a_7c15);
        x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        // xorshift never leaves zero.
        Self((x ^ x >> 31) | 1)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % n
    }

    fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let at = usize::try_from(self.below(items.len() as u64)).expect("below a usize");
        &items[at]
    }

    fn words(&mut self, words: &str, n: u64) -> String {
        let words: Vec<&str> = words.split_whitespace().collect();
        let chosen: Vec<&str> = (0..n).map(|_| *self.of(&words)).collect();
        chosen.join(" ")
    }

    fn sentence(&mut self, words: &str) -> String {
        let n = 8 + self.below(11);
        capital(&self.words(words, n)) + "."
    }
}
