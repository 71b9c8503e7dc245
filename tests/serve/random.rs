//! After any edits in any order, what is served equals what a build makes, less the script.

use std::collections::BTreeMap;

use crate::support::TestSite;
use crate::support::preview::{Preview, without_script};

/// How many edits there are, and how many between two comparisons: some quickly one after the other,
/// so that a few are one change.
const N_EDITS: usize = 200;
const N_TOGETHER: usize = 25;

const LANGUAGES: [&str; 3] = ["ua", "en", "ru"];
const SECTIONS: [&str; 3] = ["politics", "economy", "culture"];
const TAGS: [&str; 5] = ["energy", "weather", "Нова тема", "budget", "інше"];

/// Numbers in a row that looks random: splitmix64.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

struct Newsroom {
    site: TestSite,
    numbers: Numbers,
    /// Files of articles, each complete and without errors.
    articles: BTreeMap<String, String>,
    n_edits: usize,
}

impl Newsroom {
    fn new(seed: u64) -> Self {
        let site = TestSite::of_repository(&["templates", "static", "site.toml"]);
        site.edit("site.toml", "per_page = ", "per_page = 3 # ");
        let mut newsroom =
            Self { site, numbers: Numbers(seed), articles: BTreeMap::new(), n_edits: 0 };
        newsroom.write_vocabulary();
        newsroom.site.put("static/pictures/lead.svg", picture(1600));
        for _ in 0..12 {
            newsroom.write_article();
        }
        newsroom
    }

    fn write_vocabulary(&mut self) {
        let mark = self.numbers.below(3);
        let terms = |ids: &[&str]| -> String {
            let term = |id: &&str| {
                format!("[{id}]\nname = {{ ua = '{id} {mark}', en = '{id} en', ru = '{id} ru' }}\n")
            };
            ids.iter().map(term).collect()
        };
        // Which are declared changes, and with it what their places are.
        let tags = match self.numbers.below(3) {
            0 => terms(&["energy", "weather"]),
            1 => terms(&["weather", "energy"]),
            _ => terms(&["budget", "energy", "weather"]),
        };
        self.site.put("content/sections.toml", terms(&SECTIONS));
        self.site.put("content/tags.toml", tags);
        self.site.put("content/authors.toml", terms(&["olena"]));
    }

    /// Writes an article that is new, or one that is there anew.
    fn write_article(&mut self) {
        let numbers = &mut self.numbers;
        let language = LANGUAGES[numbers.below(3)];
        let number = numbers.below(14);
        let folder = ["2025/12", "2026/01", "special/reports"][number % 3];
        let file = if number.is_multiple_of(5) {
            format!("content/{language}/{folder}/story-{number}/index.md")
        } else {
            format!("content/{language}/{folder}/story-{number}.md")
        };
        let day = 1 + numbers.below(27);
        let mut text = format!(
            "+++\ntitle = 'Story {number}, {}'\ndate = 2025-{:02}-{day:02}\nsection = '{}'\n",
            numbers.below(1000),
            1 + numbers.below(12),
            SECTIONS[numbers.below(3)],
        );
        let tags: Vec<&str> = TAGS.into_iter().filter(|_| numbers.one_in(2)).collect();
        text += &format!("tags = {tags:?}\n");
        for (chance, line) in [
            (3, "authors = ['olena']\n"),
            (6, "authors = ['Хтось']\n"),
            (8, "draft = true\n"),
            (6, "pinned_until = 2999-01-01\n"),
            (4, "updated = 2026-01-02\n"),
        ] {
            let is_author = line.starts_with("authors") && text.contains("authors");
            if numbers.one_in(chance) && !is_author {
                text += line;
            }
        }
        if numbers.one_in(4) {
            text += &format!("slug = 'slug-{number}-{}'\n", numbers.below(3));
            text += &format!("aliases = ['/old/{language}/{number}/']\n");
        }
        let has_picture = numbers.one_in(3);
        if has_picture {
            text += "image = { src = '/pictures/lead.svg', alt = 'A drawing' }\n";
        }
        text += &format!("+++\nText {}.\n", numbers.below(1000));
        if has_picture {
            text += "\n![drawing](/pictures/lead.svg)\n";
        }
        self.site.put(&file, &text);
        self.articles.insert(file, text);
    }

    fn any_article(&mut self) -> Option<String> {
        let at = self.numbers.below(self.articles.len().max(1));
        self.articles.keys().nth(at).cloned()
    }

    fn edit(&mut self) {
        self.n_edits += 1;
        let mark = self.n_edits;
        match self.numbers.below(20) {
            0..8 => self.write_article(),
            8..11 => {
                let Some(file) = self.any_article() else { return };
                self.articles.remove(&file);
                self.site.remove(&file);
            }
            11..13 => {
                // Broken, and mended: at once, or by a later edit.
                let Some(file) = self.any_article() else { return };
                self.site.put(&file, "+++\ntitle = \n");
                if self.numbers.one_in(2) {
                    let text = self.articles[&file].clone();
                    self.site.put(&file, text);
                }
            }
            13 => self.write_vocabulary(),
            14 => {
                let name = ["base", "article", "components/card"][self.numbers.below(3)];
                let file = format!("templates/{name}.html");
                let text = self.site.text(&file);
                let (first, rest) = text.split_once('\n').unwrap();
                self.site.put(&file, format!("{first}\n{{# {mark} #}}{rest}"));
            }
            15 => {
                let file = format!("templates/strings/{}.ftl", LANGUAGES[mark % 3]);
                let text = self.site.text(&file);
                let lines = text.lines().filter(|line| !line.starts_with("all-news ="));
                let kept: Vec<&str> = lines.collect();
                self.site.put(&file, format!("{}\nall-news = All {mark}\n", kept.join("\n")));
            }
            16 => self.site.put("static/style.css", format!("body {{ margin: {mark}px }}\n")),
            17 => self.site.put("static/pictures/lead.svg", picture(800 + mark)),
            18 => {
                let text = self.site.text("site.toml");
                let lines = text.lines().filter(|line| !line.starts_with("per_page"));
                let kept: Vec<&str> = lines.collect();
                let per_page = 2 + mark % 3;
                self.site.put("site.toml", format!("per_page = {per_page}\n{}\n", kept.join("\n")));
            }
            _ => {
                let folder = "content/ua/special";
                if self.site.root().join(folder).is_dir() {
                    self.site.remove(folder);
                    self.articles.retain(|file, _| !file.starts_with(folder));
                }
            }
        }
    }

    /// Every article as it is meant to be.
    fn mend(&self) {
        for (file, text) in &self.articles {
            if self.site.text(file) != *text {
                self.site.put(file, text);
            }
        }
    }
}

fn picture(width: usize) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"900\"/>")
}

/// The first file that is not served as it was built.
fn difference(preview: &Preview, built: &BTreeMap<String, Vec<u8>>) -> Option<String> {
    for (path, bytes) in built.iter().filter(|(path, _)| !path.starts_with(".visti")) {
        let url = format!("/{}", visti::site::encode(path));
        let reply = preview.get(url.strip_suffix("index.html").unwrap_or(&url));
        let sent = match String::from_utf8(reply.body) {
            Ok(text) if path.ends_with(".html") => without_script(&text).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        };
        if reply.status != 200 || sent != *bytes {
            return Some(format!("{path}: {}", reply.status));
        }
    }
    None
}

#[test]
fn after_any_edits_what_is_served_equals_a_build() {
    for seed in [1, 2] {
        let mut newsroom = Newsroom::new(seed);
        let preview = Preview::start(&newsroom.site, &["--watch"]);
        let base_url = format!("http://{}", preview.address);
        let mut before: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        while newsroom.n_edits < N_EDITS / 2 {
            for _ in 0..N_TOGETHER {
                newsroom.edit();
            }
            newsroom.mend();
            let clean = ["--no-cache", "--now", "2026-02-01T00:00:00Z", "--base-url", &*base_url];
            newsroom.site.build(&clean).succeeded();
            let built = newsroom.site.tree("public");
            // Says at the end which file differed, if it comes to that.
            let last = std::cell::RefCell::new(None);
            let is_same = |preview: &Preview| {
                last.replace(difference(preview, &built));
                last.borrow().is_none()
            };
            if !preview.becomes(&is_same) {
                panic!("seed {seed}, {} edits: {last:?}\n{}", newsroom.n_edits, preview.stderr());
            }
            // What is published no more is served no more.
            for gone in before.keys().filter(|path| !built.contains_key(path.as_str())) {
                let url = format!("/{}", visti::site::encode(gone));
                let status = preview.get(url.strip_suffix("index.html").unwrap_or(&url)).status;
                assert_eq!(status, 404, "{gone}, seed {seed}, {} edits", newsroom.n_edits);
            }
            before = built;
        }
    }
}
