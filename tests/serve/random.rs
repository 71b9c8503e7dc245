//! After any edits in any order, what is served equals what a build makes, less the script.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use visti::asset::Assets;
use visti::cache::{Recall, Store};
use visti::config::Config;
use visti::content::{Content, ContentFolder, Doubts};
use visti::diagnostic::sorted;
use visti::site::{Drafts, Scheduled, Site, View};
use visti::sources::Sources;

use crate::support::TestSite;
use crate::support::preview::{Preview, without_script};

/// How many edits there are, and how many between two comparisons: quickly one after the other, so that
/// a few are one change.
const N_EDITS: usize = 200;
const N_TOGETHER: usize = 10;

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
}

/// What an article says, each thing as a small number.
#[derive(Debug, Clone, Default)]
struct Article {
    number: usize,
    language: &'static str,
    says: [usize; N_THINGS],
}

/// Title, text, day, section, tags, author, draft, pin, update, slug, old address, picture, breaking
/// news, embargo, withdrawal.
const N_THINGS: usize = 15;

impl Article {
    fn text(&self) -> String {
        let Self { number, language, says } = self;
        let [title, text, day, section, tags, author, draft, pin, update, slug, alias, picture, ..] =
            *says;
        let [.., breaking, embargo, withdrawal] = *says;
        // Past and future are the same for the clock and for `NOW`.
        let is_withheld = embargo % 5 == 2;
        let until = if withdrawal % 2 == 0 || is_withheld { "2999-02-01" } else { "2026-01-30" };
        let tags: Vec<&str> = TAGS
            .into_iter()
            .zip(0..)
            .filter(|(_, bit)| tags >> bit & 1 == 1)
            .map(|x| x.0)
            .collect();
        let when = |is_so: bool, line: String| if is_so { line } else { String::new() };
        let lines = [
            format!("title = 'Story {number}, {title}'"),
            format!("date = 2025-{:02}-{:02}", 1 + day % 12, 1 + day % 27),
            format!("section = '{}'", SECTIONS[section % 3]),
            format!("tags = {tags:?}"),
            when(author % 3 > 0, format!("authors = ['{}']", ["olena", "Хтось"][author % 2])),
            when(draft % 6 == 1, "draft = true".to_owned()),
            when(pin % 5 == 1, "pinned_until = 2999-01-01".to_owned()),
            when(embargo % 5 == 1, "publish_at = 2025-12-30".to_owned()),
            when(is_withheld, "publish_at = 2999-01-01".to_owned()),
            when(withdrawal % 4 < 2, format!("unpublish_at = {until}")),
            when(breaking % 5 == 1, "breaking_until = 2999-01-01".to_owned()),
            when(update % 4 == 1, "updated = 2026-01-02".to_owned()),
            when(slug % 4 == 1, format!("slug = 'slug-{number}-{}'", slug % 3)),
            when(alias % 4 == 1, format!("aliases = ['/old/{language}/{number}/']")),
            when(
                picture % 3 == 1,
                "image = { src = '/pictures/lead.svg', alt = 'A drawing' }".to_owned(),
            ),
        ];
        let front_matter = lines.join("\n");
        let body = when(picture % 3 == 1, "![drawing](/pictures/lead.svg)\n".to_owned());
        let picture =
            "pictures = [{ src = '/pictures/lead.svg', alt = 'A drawing', credit = 'X' }]";
        let components = when(
            text % 3 == 1,
            format!(
                "```quote\nperson = 'Mayor {text}'\n+++\n*Yes.*\n```\n\n```gallery\n{picture}\n```\n"
            ),
        );
        format!("+++\n{front_matter}\n+++\nText {text}.\n\n{body}\n{components}")
    }
}

struct Newsroom {
    site: TestSite,
    numbers: Numbers,
    /// By their files.
    articles: BTreeMap<String, Article>,
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

    /// Writes an article that is new, or another in place of one.
    fn write_article(&mut self) {
        let numbers = &mut self.numbers;
        let language = LANGUAGES[numbers.below(3)];
        let number = numbers.below(14);
        let folder = ["2025/12", "2026/01", "special/reports"][number % 3];
        let end = if number.is_multiple_of(5) { "/index.md" } else { ".md" };
        let file = format!("content/{language}/{folder}/story-{number}{end}");
        let says = std::array::from_fn(|_| numbers.below(100));
        let article = Article { number, language, says };
        self.site.put(&file, article.text());
        self.articles.insert(file, article);
    }

    /// Changes one thing that an article says.
    fn change_article(&mut self) {
        let Some(file) = self.any_article() else { return };
        let (thing, value) = (self.numbers.below(N_THINGS), self.numbers.below(100));
        let article = self.articles.get_mut(&file).unwrap();
        article.says[thing] = value;
        self.site.put(&file, article.text());
    }

    fn any_article(&mut self) -> Option<String> {
        let at = self.numbers.below(self.articles.len().max(1));
        self.articles.keys().nth(at).cloned()
    }

    fn edit(&mut self) {
        self.n_edits += 1;
        let mark = self.n_edits;
        match self.numbers.below(24) {
            0..9 => self.change_article(),
            9..12 => self.write_article(),
            12 => {
                let Some(file) = self.any_article() else { return };
                self.articles.remove(&file);
                self.site.remove(&file);
            }
            13..15 => {
                // Broken, and mended: at once, or by a later edit.
                let Some(file) = self.any_article() else { return };
                self.site.put(&file, "+++\ntitle = \n");
                if self.numbers.below(2) == 0 {
                    self.site.put(&file, self.articles[&file].text());
                }
            }
            15..17 => self.write_vocabulary(),
            17 => {
                let names = ["base", "article", "components/headline", "components/quote"];
                let name = names[self.numbers.below(names.len())];
                let file = format!("templates/{name}.html");
                let text = self.site.text(&file);
                let (first, rest) = text.split_once('\n').unwrap();
                self.site.put(&file, format!("{first}\n{{# {mark} #}}{rest}"));
            }
            18 => {
                let file = format!("templates/strings/{}.ftl", LANGUAGES[mark % 3]);
                let text = self.site.text(&file);
                let lines = text.lines().filter(|line| !line.starts_with("all-news ="));
                let kept: Vec<&str> = lines.collect();
                self.site.put(&file, format!("{}\nall-news = All {mark}\n", kept.join("\n")));
            }
            19 => {
                let file = ["static/style.css", "static/components.css"][mark % 2];
                self.site.put(file, format!("body {{ margin: {mark}px }}\n"));
            }
            20 => self.site.put("static/pictures/lead.svg", picture(800 + mark)),
            21 => {
                let text = self.site.text("site.toml");
                let lines = text.lines().filter(|line| !line.starts_with("per_page"));
                let kept: Vec<&str> = lines.collect();
                let per_page = 2 + mark % 3;
                self.site.put("site.toml", format!("per_page = {per_page}\n{}\n", kept.join("\n")));
            }
            22 => {
                let folder = "content/ua/special";
                if self.site.root().join(folder).is_dir() {
                    self.site.remove(folder);
                    self.articles.retain(|file, _| !file.starts_with(folder));
                }
            }
            // Saved as it is.
            _ => {
                let Some(file) = self.any_article() else { return };
                self.site.put(&file, self.articles[&file].text());
            }
        }
    }

    /// Every article as it is meant to be.
    fn mend(&self) {
        for (file, article) in &self.articles {
            if self.site.text(file) != article.text() {
                self.site.put(file, article.text());
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

/// What a preview makes of one edit after the other, beside what a build reads and makes.
struct Follower {
    config: Arc<Config>,
    assets: Arc<Assets>,
    folder: ContentFolder,
    site: Site,
    n_shared: usize,
}

const NOW: &str = "2026-02-01T00:00:00Z";

fn read(root: &Path) -> Sources {
    let store = Store::open(root, root, Recall::Nothing, NOW.parse().unwrap());
    let Ok(sources) = Sources::read(root, None, &store) else { panic!("site.toml is sound") };
    sources
}

fn build(config: &Arc<Config>, content: Content, assets: &Arc<Assets>) -> Site {
    let (drafts, scheduled) = (Drafts::Hidden, Scheduled::Hidden);
    let view = View { now: NOW.parse().unwrap(), drafts, scheduled };
    Site::build(config.clone(), content, assets.clone(), view).value
}

impl Follower {
    fn new(root: &Path) -> Self {
        let Sources { config, assets, content: folder, .. } = read(root);
        let assets = assets.value;
        let site = build(&config, folder.content(&config).value, &assets);
        Self { config, assets, folder, site, n_shared: 0 }
    }

    fn follow(&mut self, root: &Path, file: &str) {
        let names = BTreeSet::from([file.to_owned()]);
        let read_again = self.folder.read_again(&names, &self.config, Doubts::Believe);
        assert!(read_again.expect("one article").doubtful.is_empty());
        let content = self.folder.content(&self.config);
        let fresh = read(root);
        let expected = fresh.content.content(&self.config);
        assert_eq!(sorted(content.diagnostics), sorted(expected.diagnostics), "{file}");
        self.site = match self.site.with_words_of(content.value) {
            Ok(site) => {
                self.n_shared += 1;
                site
            }
            Err(content) => build(&self.config, content, &self.assets),
        };
        let expected = build(&self.config, expected.value, &self.assets);
        // All fields, also the private ones.
        assert!(format!("{:?}", self.site) == format!("{expected:?}"), "{file}");
    }
}

#[test]
fn after_every_edit_what_is_shared_equals_what_is_built() {
    let mut newsroom = Newsroom::new(3);
    let root = newsroom.site.root().to_owned();
    let mut follower = Follower::new(&root);
    for _ in 0..300 {
        let Some(file) = newsroom.any_article() else { continue };
        let before = newsroom.articles.clone();
        match newsroom.numbers.below(10) {
            0 => newsroom.write_article(),
            1 => {
                newsroom.articles.remove(&file);
                newsroom.site.remove(&file);
            }
            _ => newsroom.change_article(),
        }
        let now = &newsroom.articles;
        let is_same = |name: &&String| {
            before.get(*name).map(Article::text) == now.get(*name).map(Article::text)
        };
        let changed = before.keys().chain(now.keys()).find(|name| !is_same(name));
        follower.follow(&root, changed.unwrap_or(&file));
    }
    assert!((30..200).contains(&follower.n_shared), "{}", follower.n_shared);
}

#[test]
fn after_any_edits_what_is_served_equals_a_build() {
    for (seed, n_edits) in [(1, N_EDITS / 2), (2, N_EDITS / 2)] {
        let mut newsroom = Newsroom::new(seed);
        let preview = Preview::start(&newsroom.site, &["--watch"]);
        let base_url = format!("http://{}", preview.address);
        let mut before: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        while newsroom.n_edits < n_edits {
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
