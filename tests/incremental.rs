//! An incremental build equals a clean one, byte for byte, whatever was edited; and it leaves alone
//! what did not change.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use jiff::Timestamp;
use proptest::prelude::*;
use support::pictures::photo;
use support::{TestSite, png};
use visti::build::{Options, Progress, Report, Warnings, WhenBroken, build};
use visti::cache::Recall;
use visti::diagnostic::print;
use visti::output::WhenLocked;
use visti::site::{Drafts, Scheduled, View};

const LANGUAGES: [&str; 3] = ["ua", "en", "ru"];
const TAGS: [&str; 4] = ["energy", "weather", "Нова тема", "budget"];
const SECTIONS: [&str; 3] = ["politics", "economy", "culture"];
const FIRST_NOW: &str = "2026-01-15T12:00:00Z";

/// A component that asks the site.
const NEWEST: &str = "{# Newest. #}
{% component newest(section: string) {\"block\": \"arguments\", \"styles\": [\"newest.css\"]} -%}
{% for card in stories(limit=2, section=section) %}<a href=\"{{ card.url }}\">{{ card.title }}</a>{% endfor %}
{%- endcomponent newest %}
";

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &'static str, _: usize) {}
    fn advance(&self) {}
}

/// Whether files look old enough for their stamps to be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stamps {
    Trusted,
    TooFresh,
}

/// A story whose editions are written anew with each edit.
#[derive(Debug, Clone)]
struct Story {
    path: String,
    title: u8,
    body: u8,
    tags: u8,
    section: u8,
    author: u8,
    day: u8,
    languages: u8,
    is_draft: bool,
    is_pinned: bool,
    /// The day of the month before which it is not published.
    embargo: Option<u8>,
    /// Days until it is withdrawn.
    stands_for: Option<u8>,
    is_breaking: bool,
    related: Option<u8>,
    slug: Option<u8>,
    picture: bool,
    links_to: Option<u8>,
    components: Option<u8>,
}

#[derive(Debug, Clone)]
enum Edit {
    Add(u8, u8, u8),
    Remove(u8),
    Rename(u8, u8),
    Title(u8, u8),
    Body(u8, u8),
    Tags(u8, u8),
    Section(u8, u8),
    Author(u8, u8),
    Day(u8, u8),
    Languages(u8, u8),
    Draft(u8),
    Pin(u8),
    Embargo(u8, u8),
    Withdraw(u8, u8),
    BreakingNews(u8),
    Related(u8, u8),
    Slug(u8, u8),
    Picture(u8),
    SharePicture(u8),
    Standards(u8),
    LinkTo(u8, u8),
    Components(u8, u8),
    Break(u8, Slip),
    Vocabulary(u8),
    Template(u8),
    Words(u8),
    Config(u8),
    Style(u8),
    NewPicture(u8),
    Clock(u8),
    Touch,
    DamageOutput(u8),
    DamageCache(u8),
    Nothing,
}

/// What a journalist may get wrong.
#[derive(Debug, Clone, Copy)]
enum Slip {
    FrontMatter,
    LinkToNoFile,
    LinkToNoUrl,
    ForeignAddress,
    NoPicture,
    WrongArgument,
    NoStory,
}

fn slips() -> impl Strategy<Value = Slip> {
    use Slip::*;
    prop::sample::select(vec![
        FrontMatter,
        LinkToNoFile,
        LinkToNoUrl,
        ForeignAddress,
        NoPicture,
        WrongArgument,
        NoStory,
    ])
}

fn edits() -> impl Strategy<Value = Edit> {
    use Edit::*;
    let two = || (0..8_u8, any::<u8>());
    prop_oneof![
        4 => (0..8_u8, any::<u8>(), 1..8_u8).prop_map(|(a, b, c)| Add(a, b, c)),
        1 => (0..8_u8).prop_map(Remove),
        2 => two().prop_map(|(a, b)| Rename(a, b)),
        2 => two().prop_map(|(a, b)| Title(a, b)),
        2 => two().prop_map(|(a, b)| Body(a, b)),
        2 => two().prop_map(|(a, b)| Tags(a, b)),
        1 => two().prop_map(|(a, b)| Section(a, b)),
        1 => two().prop_map(|(a, b)| Author(a, b)),
        2 => two().prop_map(|(a, b)| Day(a, b)),
        2 => (0..8_u8, 1..8_u8).prop_map(|(a, b)| Languages(a, b)),
        1 => (0..8_u8).prop_map(Draft),
        1 => (0..8_u8).prop_map(Pin),
        1 => two().prop_map(|(a, b)| Embargo(a, b)),
        1 => two().prop_map(|(a, b)| Withdraw(a, b)),
        1 => (0..8_u8).prop_map(BreakingNews),
        2 => two().prop_map(|(a, b)| Related(a, b)),
        1 => two().prop_map(|(a, b)| Slug(a, b)),
        1 => (0..8_u8).prop_map(Picture),
        1 => any::<u8>().prop_map(SharePicture),
        1 => any::<u8>().prop_map(Standards),
        3 => (0..8_u8, 0..8_u8).prop_map(|(a, b)| LinkTo(a, b)),
        3 => (0..8_u8, 0..8_u8).prop_map(|(a, b)| Components(a, b)),
        2 => (0..8_u8, slips()).prop_map(|(a, b)| Break(a, b)),
        2 => any::<u8>().prop_map(Vocabulary),
        1 => any::<u8>().prop_map(Template),
        1 => any::<u8>().prop_map(Words),
        1 => any::<u8>().prop_map(Config),
        1 => any::<u8>().prop_map(Style),
        1 => any::<u8>().prop_map(NewPicture),
        2 => any::<u8>().prop_map(Clock),
        1 => Just(Touch),
        1 => any::<u8>().prop_map(DamageOutput),
        1 => any::<u8>().prop_map(DamageCache),
        1 => Just(Nothing),
    ]
}

/// A site that is edited, and what was edited so far.
struct Newsroom {
    site: TestSite,
    stories: Vec<Story>,
    now: Timestamp,
    stamps: Stamps,
    when_broken: WhenBroken,
}

impl Newsroom {
    fn new(stamps: Stamps, when_broken: WhenBroken) -> Self {
        let site = TestSite::of_repository(&["templates", "site.toml"]);
        for file in [
            "static/style.css",
            "static/fresh.js",
            "static/favicon.svg",
            "static/icon.png",
            "static/share",
            "static/components.css",
            "static/embed.js",
            "static/gallery.js",
        ] {
            site.copy_of_repository(file, file);
        }
        site.put("templates/components/newest.html", NEWEST);
        site.put("static/newest.css", ".newest { margin: 0 }\n");
        site.edit("site.toml", "per_page = ", "per_page = 2 # ");
        site.edit("site.toml", "latest = 7", "latest = 3");
        site.edit("site.toml", "limit = 50", "limit = 3");
        site.edit("site.toml", "content = \"summary\"", "content = \"full\"");
        site.edit("site.toml", "# sections = [", "sections = ['culture', 'politics'] # ");
        // Something is made of pictures, but nothing that takes long.
        site.edit("site.toml", "process = false", "process = true");
        site.edit("site.toml", "formats = [\"avif\", \"webp\"]", "formats = []");
        site.edit("site.toml", "widths = [320, 640, 1024, 1600]", "widths = [16, 32]");
        let formats = "formats = [\"html\", \"netlify\", \"nginx\", \"apache\", \"json\"]";
        site.edit("site.toml", "formats = [\"html\"]", formats);
        let now = FIRST_NOW.parse().unwrap();
        let newsroom = Self { site, stories: Vec::new(), now, stamps, when_broken };
        newsroom.put_vocabulary(0);
        newsroom.put_picture(0);
        for code in LANGUAGES {
            let about = "+++\ntitle = 'About'\n+++\nSee [the news](/ua/news/).\n";
            newsroom.site.put(&format!("content/{code}/pages/about.md"), about);
        }
        newsroom.put_standards(0);
        // Else every comparison would be of nothing with nothing.
        let first = newsroom.build("clean", Recall::Nothing);
        assert!(first.published.is_some(), "{:?}", first.diagnostics);
        newsroom
    }

    fn put_vocabulary(&self, variant: u8) {
        let mut sections = String::new();
        for (index, section) in SECTIONS.iter().enumerate() {
            let renamed = if variant % 3 == 1 && index == 0 { " *" } else { "" };
            sections.push_str(&format!(
                "[{section}]\nname = {{ ua = \"{section} ua{renamed}\", en = \"{section} en\", ru = \"{section} ru\" }}\n"
            ));
        }
        self.site.put("content/sections.toml", sections);
        let mut tags = String::new();
        for (index, tag) in TAGS.iter().take(2 + usize::from(variant % 2)).enumerate() {
            let id = format!("tag-{index}");
            let slug = if variant % 5 == 2 { "slug = \"other\"\n" } else { "" };
            let slug = if index == 0 { slug } else { "" };
            tags.push_str(&format!(
                "[{id}]\nname = {{ ua = \"{tag}\", en = \"{tag} en\", ru = \"{tag} ru\" }}\n{slug}"
            ));
        }
        self.site.put("content/tags.toml", tags);
        let role = if variant % 4 == 3 { "description = \"Редакторка\"\n" } else { "" };
        self.site.put(
            "content/authors.toml",
            format!("[olena]\nname = {{ ua = \"Олена\", en = \"Olena\", ru = \"Елена\" }}\n{role}"),
        );
    }

    fn put_picture(&self, variant: u8) {
        let (width, height) = if variant.is_multiple_of(2) { (1600, 900) } else { (1200, 800) };
        // Feeds say how many bytes it has.
        let comment = "<!-- -->".repeat(usize::from(variant % 3));
        let svg = if variant % 7 == 6 {
            "not a picture".to_owned()
        } else {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"/>{comment}"
            )
        };
        self.site.put("static/pictures/lead.svg", svg);
        let photo = if variant % 5 == 4 {
            b"\xff\xd8\xff\xe0 not a photograph".to_vec()
        } else {
            photo(20 + u32::from(variant % 3), 16, [variant, 100, 200])
        };
        self.site.put("static/pictures/photo.jpg", photo);
        self.site.put("static/pictures/lead.png", png(width, height));
    }

    /// The publisher's pictures, which every page tells the sizes of.
    fn put_share_pictures(&self, variant: u8) {
        let code = LANGUAGES[usize::from(variant) % 3];
        let size = 1200 + u32::from(variant % 4);
        self.site.put(&format!("static/share/{code}.png"), png(size, 630));
        self.site.put("static/share/logo.png", png(size, size));
    }

    /// The page that front pages name as the publisher's principles: here or there, or nowhere.
    fn put_standards(&self, variant: u8) {
        for (index, code) in LANGUAGES.iter().enumerate() {
            let is_draft = variant & (1 << index) != 0;
            let slug = if variant.is_multiple_of(3) { "standards" } else { "how-we-work" };
            let text = format!(
                "+++\ntitle = 'Standards'\nslug = '{slug}'\ndraft = {is_draft}\n+++\nText.\n"
            );
            self.site.put(&format!("content/{code}/pages/standards.md"), text);
        }
    }

    fn put_story(&self, story: &Story) {
        for (index, code) in LANGUAGES.iter().enumerate() {
            let file = format!("content/{code}/{}.md", story.path);
            if story.languages & (1 << index) == 0 {
                if self.site.root().join(&file).exists() {
                    self.site.remove(&file);
                }
                continue;
            }
            self.site.put(&file, self.text_of(story));
        }
    }

    fn text_of(&self, story: &Story) -> String {
        let tags: Vec<&str> = (0..TAGS.len())
            .filter(|bit| story.tags & (1 << bit) != 0)
            .map(|index| TAGS[index])
            .collect();
        let mut text = format!(
            "+++\ntitle = 'Story {} of {}'\ndate = 2026-01-{:02}\nsection = '{}'\ntags = {tags:?}\n",
            story.title,
            story.path,
            1 + story.day % 27,
            SECTIONS[usize::from(story.section) % SECTIONS.len()],
        );
        text.push_str(match story.author % 3 {
            0 => "",
            1 => "authors = ['olena']\n",
            _ => "authors = ['Somebody Else']\n",
        });
        if story.is_draft {
            text.push_str("draft = true\n");
        }
        if story.is_pinned {
            text.push_str("pinned_until = 2026-01-20\n");
        }
        if story.is_breaking {
            text.push_str("breaking_until = 2026-01-18\nkey_points = ['Urgent']\n");
        }
        if let Some(target) = story.related.and_then(|at| self.stories.get(usize::from(at))) {
            text.push_str(&format!("related = ['{}']\n", target.path));
        }
        let mut due = 1 + story.day % 27;
        if let Some(day) = story.embargo {
            text.push_str(&format!("publish_at = 2026-01-{day:02}T06:00:00\n"));
            due = due.max(day);
        }
        if let Some(days) = story.stands_for {
            let last = jiff::civil::date(2026, 1, due.cast_signed());
            let until = last + jiff::Span::new().days(days.max(1));
            text.push_str(&format!("unpublish_at = {until}T12:30:00\n"));
        }
        if let Some(slug) = story.slug {
            text.push_str(&format!("slug = 'slug-{}-{slug}'\n", story.path.replace('/', "-")));
            text.push_str(&format!("aliases = ['/old/{}/']\n", story.path));
        }
        if story.picture {
            let is_photo = story.body.is_multiple_of(2);
            let file = if is_photo { "photo.jpg" } else { "lead.svg" };
            let focus = f32::from(story.title % 3) / 2.0;
            text.push_str(&format!(
                "image = {{ src = '/pictures/{file}', alt = 'A picture', focus = [{focus:.1}, 0.5] }}\n"
            ));
        }
        text.push_str(match story.body % 5 {
            1 => "genre = 'opinion'\noriginal = 'en'\n",
            2 => "original = 'ru'\ncorrections = [{ date = 2026-02-01, text = 'It was so.' }]\n",
            _ => "",
        });
        text.push_str(&format!("+++\nText {}.\n\n", story.body));
        if let Some(target) = story.links_to.and_then(|at| self.stories.get(usize::from(at))) {
            let path = &target.path;
            text.push_str(&match story.body % 3 {
                0 => format!("[read also](/{path}.md)\n\n"),
                1 => format!("[read also](story:{path}#background)\n\n"),
                _ => format!("<a href=\"story:{path}\">read <b>also</b></a>\n\n"),
            });
        }
        if let Some(at) = story.components {
            let target = self.stories.get(usize::from(at)).map_or(&story.path, |to| &to.path);
            text.push_str(&format!(
                "```newest\nsection = '{}'\n```\n\n```read-also\nstories = ['{target}']\n```\n\n\
                 ```quote\nperson = 'Mayor {at}'\n+++\n[as here](/{target}.md)\n```\n\n\
                 ```gallery\npictures = [{{ src = '/pictures/lead.svg', alt = 'A', credit = 'B' }}]\n```\n\n",
                SECTIONS[usize::from(at) % SECTIONS.len()],
            ));
        }
        if story.picture {
            text.push_str(match story.body % 3 {
                0 => "![drawing](/pictures/lead.svg \"A drawing\"){credit=\"AFP\"}\n",
                1 => "![drawing](https://news.example.org/pictures/lead.svg)\n",
                _ => "<img src=\"/pictures/lead.svg\" alt=\"drawing\">\n",
            });
        }
        if story.body % 3 == 1 {
            text.push_str("\n![photograph](/pictures/photo.jpg)\n");
        }
        text
    }

    fn remove_files(&self, story: &Story) {
        for code in LANGUAGES {
            let file = format!("content/{code}/{}.md", story.path);
            if self.site.root().join(&file).exists() {
                self.site.remove(&file);
            }
        }
    }

    /// Changes a story and writes its files anew.
    fn change(&mut self, at: u8, change: impl FnOnce(&mut Story)) {
        let Some(at) = usize::from(at).checked_rem(self.stories.len()) else { return };
        self.remove_files(&self.stories[at]);
        change(&mut self.stories[at]);
        // Links follow a renamed story, as an editor would make them.
        for story in &self.stories {
            let leads_to = story.links_to.or(story.related).or(story.components);
            let is_changed = leads_to.is_some() || story.path == self.stories[at].path;
            if is_changed {
                self.put_story(story);
            }
        }
    }

    fn apply(&mut self, edit: &Edit) {
        let site = &self.site;
        match *edit {
            Edit::Add(month, title, languages) => {
                let path = format!("2026/{:02}/story-{title}", 1 + month % 3);
                if self.stories.iter().any(|story| story.path == path) {
                    return;
                }
                let story = Story {
                    path,
                    title,
                    body: 0,
                    tags: title % 16,
                    section: month,
                    author: title,
                    day: title % 20,
                    languages,
                    is_draft: false,
                    is_pinned: false,
                    embargo: None,
                    stands_for: None,
                    is_breaking: false,
                    related: None,
                    slug: None,
                    picture: title.is_multiple_of(2),
                    links_to: None,
                    components: None,
                };
                self.put_story(&story);
                self.stories.push(story);
            }
            Edit::Remove(at) => {
                let Some(at) = usize::from(at).checked_rem(self.stories.len()) else { return };
                // A link to nothing is an error; the newsroom takes it out.
                let removed = self.stories.remove(at);
                self.remove_files(&removed);
                for story in &mut self.stories {
                    (story.links_to, story.related, story.components) = (None, None, None);
                }
                self.stories.iter().for_each(|story| self.put_story(story));
            }
            Edit::Rename(at, name) => {
                let path = format!("2026/02/renamed-{name}");
                if self.stories.iter().all(|story| story.path != path) {
                    self.change(at, |story| story.path = path);
                }
            }
            Edit::Title(at, title) => self.change(at, |story| story.title = title),
            Edit::Body(at, body) => self.change(at, |story| story.body = body),
            Edit::Tags(at, tags) => self.change(at, |story| story.tags = tags % 16),
            Edit::Section(at, section) => self.change(at, |story| story.section = section),
            Edit::Author(at, author) => self.change(at, |story| story.author = author),
            Edit::Day(at, day) => self.change(at, |story| story.day = day),
            Edit::Languages(at, languages) => self.change(at, |story| story.languages = languages),
            Edit::Draft(at) => self.change(at, |story| story.is_draft = !story.is_draft),
            Edit::Pin(at) => self.change(at, |story| story.is_pinned = !story.is_pinned),
            Edit::Embargo(at, day) => {
                self.change(at, |story| story.embargo = (day % 3 != 0).then_some(1 + day % 27));
            }
            Edit::Withdraw(at, days) => {
                self.change(at, |story| story.stands_for = (days % 3 != 0).then_some(days % 9));
            }
            Edit::BreakingNews(at) => {
                self.change(at, |story| story.is_breaking = !story.is_breaking);
            }
            Edit::Related(at, to) => self.change(at, |story| story.related = Some(to)),
            Edit::Slug(at, slug) => {
                self.change(at, |story| story.slug = (slug % 3 != 0).then_some(slug % 4));
            }
            Edit::Picture(at) => self.change(at, |story| story.picture = !story.picture),
            Edit::LinkTo(at, to) => self.change(at, |story| story.links_to = Some(to)),
            Edit::Components(at, to) => self.change(at, |story| story.components = Some(to)),
            Edit::Break(at, slip) => {
                let Some(story) = self.stories.get(usize::from(at)) else { return };
                let text = self.text_of(story);
                let text = match slip {
                    Slip::FrontMatter => "+++\ntitle = \n+++\n".to_owned(),
                    Slip::LinkToNoFile => text + "\n[nothing](/2026/01/nothing.md)\n",
                    Slip::LinkToNoUrl => text + "\n[nothing](/ua/2026/01/nothing/)\n",
                    Slip::ForeignAddress => {
                        text.replacen("tags =", "aliases = ['/ua/']\ntags =", 1)
                    }
                    Slip::NoPicture => text + "\n![nothing](/pictures/nothing.svg)\n",
                    Slip::WrongArgument => text + "\n```factbox\ntitle = 1\n+++\nx\n```\n",
                    Slip::NoStory => text + "\n```read-also\nstories = ['nothing']\n```\n",
                };
                site.put(&format!("content/ua/{}.md", story.path), text);
            }
            Edit::Vocabulary(variant) => self.put_vocabulary(variant),
            Edit::Template(variant) => {
                let names = [
                    "base",
                    "components/headline",
                    "article",
                    "components/quote",
                    "components/newest",
                ];
                let name = names[usize::from(variant) % names.len()];
                let file = format!("templates/{name}.html");
                let text = site.text(&file);
                let (first, rest) = text.split_once('\n').unwrap();
                site.put(&file, format!("{first}\n{{# {variant} #}}{rest}"));
            }
            Edit::Words(variant) => {
                let code = LANGUAGES[usize::from(variant) % 3];
                let file = format!("templates/strings/{code}.ftl");
                let text = site.text(&file);
                let kept = text.lines().filter(|line| !line.starts_with("all-news ="));
                let kept: Vec<&str> = kept.collect();
                site.put(&file, format!("{}\nall-news = All {variant}\n", kept.join("\n")));
            }
            Edit::Config(variant) => {
                let text = site.text("site.toml");
                let kept: Vec<&str> = text
                    .lines()
                    .filter(|line| {
                        !line.starts_with("per_page") && !line.starts_with("missing_edition")
                    })
                    .collect();
                let kept = kept.join("\n");
                let (content, other) = match variant % 4 {
                    0 => ("summary", "full"),
                    _ => ("full", "summary"),
                };
                let kept = kept.replace(
                    &format!("content = \"{other}\""),
                    &format!("content = \"{content}\""),
                );
                // Old addresses are pages, or lines in files alone.
                let (from, to) = if variant.is_multiple_of(4) {
                    ("formats = [\"html\", ", "formats = [")
                } else {
                    ("formats = [\"netlify\"", "formats = [\"html\", \"netlify\"")
                };
                let kept = kept.replace(from, to);
                let missing = ["section", "home", "hide"][usize::from(variant) % 3];
                let per_page = 2 + variant % 2;
                site.put(
                    "site.toml",
                    format!("per_page = {per_page}\nmissing_edition = '{missing}'\n{kept}\n"),
                );
            }
            Edit::Style(variant) => {
                let name = ["style", "components", "newest"][usize::from(variant) % 3];
                site.put(
                    &format!("static/{name}.css"),
                    format!("body {{ margin: {variant}px }}\n"),
                );
            }
            Edit::NewPicture(variant) => {
                self.put_picture(variant);
                let side = if variant.is_multiple_of(2) { 512 } else { 600 };
                site.put("static/icon.png", icon_of(side));
            }
            Edit::SharePicture(variant) => self.put_share_pictures(variant),
            Edit::Standards(variant) => self.put_standards(variant),
            Edit::Clock(days) => {
                let start: Timestamp = FIRST_NOW.parse().unwrap();
                let hours = i64::from(days % 20) * 24 - 240 + i64::from(days / 20);
                let hours = jiff::SignedDuration::from_hours(hours);
                self.now = start.checked_add(hours).unwrap();
            }
            // As they are: a broken one stays broken.
            Edit::Touch => {
                for (path, file) in files_of(&site.root().join("content")) {
                    site.put(&format!("content/{path}"), file.bytes);
                }
            }
            Edit::DamageOutput(which) => {
                let files = files_of(&site.root().join("public"));
                let Some(at) = usize::from(which).checked_rem(files.len()) else { return };
                let path = files.keys().nth(at).unwrap();
                if !path.starts_with(".visti") {
                    site.remove(&format!("public/{path}"));
                }
            }
            Edit::DamageCache(which) => {
                let files = files_of(&site.root().join(".visti"));
                let Some(at) = usize::from(which).checked_rem(files.len()) else { return };
                let path = files.keys().nth(at).unwrap();
                if path.contains('/') {
                    let half = fs::read(site.root().join(".visti").join(path)).unwrap();
                    site.put(&format!(".visti/{path}"), &half[..half.len() / 2]);
                }
            }
            Edit::Nothing => {}
        }
    }

    fn build(&self, output: &str, recall: Recall) -> Report {
        let hour = match self.stamps {
            Stamps::Trusted => jiff::SignedDuration::from_hours(1),
            Stamps::TooFresh => jiff::SignedDuration::ZERO,
        };
        let started = Timestamp::try_from(SystemTime::UNIX_EPOCH.max(clock())).unwrap() + hour;
        let options = Options {
            root: self.site.root().to_owned(),
            output: Some(self.site.root().join(output)),
            base_url: None,
            view: View { now: self.now, drafts: Drafts::Hidden, scheduled: Scheduled::Hidden },
            warnings: Warnings::Allowed,
            when_broken: self.when_broken,
            when_locked: WhenLocked::Fail,
            home: None,
            recall,
            started,
            explain: None,
            changed_list: None,
        };
        build(&options, &Silent)
    }

    /// Builds on top of what is there, and cleanly elsewhere, and compares.
    fn check(&self, last_edit: &Edit) {
        let before = files_of(&self.site.root().join("public"));
        let incremental = self.build("public", Recall::Everything);
        let clean_folder = self.site.root().join("clean");
        if clean_folder.exists() {
            fs::remove_dir_all(&clean_folder).unwrap();
        }
        let clean = self.build("clean", Recall::Nothing);
        assert_eq!(report(&incremental), report(&clean), "after {last_edit:?}");
        let after = files_of(&self.site.root().join("public"));
        let Some(published) = &incremental.published else {
            assert_eq!(self.when_broken, WhenBroken::Fail, "after {last_edit:?}");
            assert_eq!(before, after, "a failed build leaves what is published as it was");
            return;
        };
        let expected = files_of(&clean_folder);
        for path in after.keys().chain(expected.keys()) {
            let of = |files: &Files| {
                let file = files.get(path)?;
                Some(String::from_utf8_lossy(&file.bytes).into_owned())
            };
            assert_eq!(of(&after), of(&expected), "{path} after {last_edit:?}");
        }
        let is_rewritten = |path: &String| match (before.get(path), after.get(path)) {
            (Some(before), Some(after)) => {
                before.bytes == after.bytes && before.modified != after.modified
            }
            _ => false,
        };
        // Our own account of the folder is written whenever something in it was.
        let pages = after.keys().filter(|path| !path.starts_with(".visti"));
        let rewritten: Vec<&String> = pages.filter(|path| is_rewritten(path)).collect();
        assert!(rewritten.is_empty(), "rewritten as they were: {rewritten:?} after {last_edit:?}");
        if matches!(last_edit, Edit::Nothing | Edit::Touch) && !before.is_empty() {
            assert_eq!(published.output.n_written, 0);
        }
    }
}

/// A white icon of so many dots.
fn icon_of(side: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::GrayImage::from_pixel(side, side, image::Luma([255]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[expect(clippy::disallowed_methods, reason = "what main.rs does for the program")]
fn clock() -> SystemTime {
    SystemTime::now()
}

#[derive(PartialEq, Eq, Debug)]
struct File {
    bytes: Vec<u8>,
    modified: SystemTime,
}

type Files = BTreeMap<String, File>;

fn files_of(folder: &Path) -> Files {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            let path = path.to_str().unwrap().replace('\\', "/");
            let modified = entry.metadata().unwrap().modified().unwrap();
            (path, File { bytes: fs::read(entry.path()).unwrap(), modified })
        })
        .collect()
}

fn report(report: &Report) -> (bool, Vec<String>) {
    let shown = |diagnostic| print::for_people(diagnostic, print::Style::Plain);
    // What has vanished since the last build, a clean one cannot know.
    let said = report.diagnostics.iter().filter(|diagnostic| diagnostic.id != "vanished-url");
    (report.published.is_some(), said.map(shown).collect())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: option_env!("VISTI_CASES").and_then(|n| n.parse().ok()).unwrap_or(12),
        max_shrink_iters: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn after_any_edits_an_incremental_build_equals_a_clean_one(
        start in prop::collection::vec((0..8_u8, any::<u8>(), 1..8_u8), 1..6),
        edits in prop::collection::vec(edits(), 1..14),
        are_trusted in any::<bool>(),
        skips_broken in any::<bool>(),
    ) {
        let stamps = if are_trusted { Stamps::Trusted } else { Stamps::TooFresh };
        let when_broken = if skips_broken { WhenBroken::LeaveOut } else { WhenBroken::Fail };
        let mut newsroom = Newsroom::new(stamps, when_broken);
        for (month, title, languages) in start {
            newsroom.apply(&Edit::Add(month, title, languages));
        }
        newsroom.check(&Edit::DamageCache(0));
        for edit in edits {
            newsroom.apply(&edit);
            newsroom.check(&edit);
        }
    }
}
