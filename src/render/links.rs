//! Where the links and pictures in an article's text lead: to the edition in the page's language,
//! else to the original, marked.

use std::borrow::Cow;
use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::Xxh3;

use super::component::Needed;
use super::credit;
use crate::component::{Component, Components, Value};
use crate::content::{ContentFile, EditionId, EditionKind};
use crate::diagnostic::{Severity, nearest};
use crate::locale::{self, Typography};
use crate::markdown::{
    Author, Credit, ImageChoice, ImageTarget, LinkTarget, NotShown, Problem, Resolver, STORY, Word,
};
use crate::picture::Format;
use crate::site::{Route, Site, Story, resolve};
use crate::template::pictures::{Choice, colour_text};
use crate::template::{Answers, Sitting, UsedPicture};

/// Answers for the text of one edition.
pub(super) struct Links<'a> {
    pub(super) site: &'a Site,
    pub(super) answers: &'a Answers,
    pub(super) edition: EditionId,
    /// Folder of its file, relative to the root.
    folder: String,
    /// What the text asked so far, with the hashes of the answers.
    asked: RefCell<Vec<(AskedLink, u64)>>,
    /// What shows components; without a theme there are none.
    sitting: Option<&'a Sitting>,
    /// What the components that were shown so far need.
    pub(super) needed: RefCell<Needed>,
}

/// A link or picture in a text, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AskedLink {
    /// `[…](…)`
    Link(Box<str>),
    /// `![…](…)`
    Picture(Box<str>),
    /// The key of a story, in a component.
    Story(Box<str>),
}

impl<'a> Links<'a> {
    pub(super) fn new(site: &'a Site, answers: &'a Answers, edition: EditionId) -> Self {
        let folder = site.edition(edition).folder(&site.config);
        let (asked, needed) = (RefCell::default(), RefCell::default());
        Self { site, answers, edition, folder, asked, sitting: None, needed }
    }

    /// The same for a text whose components the theme shows.
    pub(super) fn with_components(self, sitting: Option<&'a Sitting>) -> Self {
        Self { sitting, ..self }
    }

    /// What the text asked, each once, and what its components need.
    pub(super) fn finish(self) -> (Vec<(AskedLink, u64)>, Needed) {
        (self.asked.into_inner(), self.needed.into_inner())
    }

    /// The hash of where a link or picture leads today.
    pub(super) fn answer(&self, asked: &AskedLink) -> u64 {
        match asked {
            AskedLink::Link(destination) => hash_of(&self.find_link(destination)),
            AskedLink::Picture(destination) => hash_of(&self.find_picture(destination)),
            AskedLink::Story(key) => self.story_hash(key),
        }
    }

    pub(super) fn record(&self, asked: AskedLink, answer: u64) {
        let mut all = self.asked.borrow_mut();
        if !all.iter().any(|(known, _)| *known == asked) {
            all.push((asked, answer));
        }
    }

    fn find_link(&self, destination: &str) -> Result<LinkTarget, Problem> {
        if let Some(named) = destination.strip_prefix(STORY) {
            let (key, rest) = split(named);
            return self.story(&key, rest);
        }
        let destination = self.without_own_address(destination);
        let (path, rest) = split(&destination);
        if path.is_empty() {
            let own = self.site.route_of(self.edition);
            return Ok(LinkTarget::Url(format!("{}{rest}", self.site.url(own))));
        }
        if path.ends_with(".md") { self.article(&path, rest) } else { self.internal(&path, rest) }
    }

    /// The picture that a destination names.
    pub(super) fn used_picture(&self, destination: &str) -> Option<UsedPicture> {
        self.answers.text_picture(self.edition, &self.picture_path(destination))
    }

    /// The path of a picture: from the folder of the text, or with a slash from `static/`, however the
    /// site's own address is written in front of it.
    fn picture_path<'d>(&self, destination: &'d str) -> Cow<'d, str> {
        let below = self.without_own_address(destination);
        let path = match &below {
            Cow::Borrowed(below) => split(below).0,
            Cow::Owned(below) => Cow::Owned(split(below).0.into_owned()),
        };
        if self.site.picture(self.edition, &path).is_none()
            && let Some(below) = self.site.config.below_own_path(&path)
        {
            return Cow::Owned(below.to_owned());
        }
        path
    }

    fn find_picture(&self, destination: &str) -> Result<ImageTarget, Problem> {
        let src = self.picture_path(destination);
        match self.site.picture(self.edition, &src) {
            Some((file, url_path)) => Ok(self.image_target(&file, &url_path, &src)),
            None => Err(Problem {
                severity: Severity::Error,
                id: "missing-picture",
                message: format!("the picture `{src}` does not exist"),
                help: Some(match nearest(src.trim_start_matches('/'), self.site.assets.paths()) {
                    Some(known) => format!("did you mean `/{known}`?"),
                    None => {
                        "a path with a leading slash is in `static/`, any other beside the article"
                            .to_owned()
                    }
                }),
            }),
        }
    }

    fn image_target(&self, file: &str, url_path: &str, src: &str) -> ImageTarget {
        let answers = self.answers;
        let size = answers.picture_size(file).map(|size| (size.width, size.height));
        let as_it_is = || ImageTarget { url: self.site.url_of_path(url_path), size, choice: None };
        let Some(pictures) = &self.site.config.pictures else { return as_it_is() };
        let Some(used) = answers.text_picture(self.edition, src) else { return as_it_is() };
        let Some(offer) = answers.offer(&used) else { return as_it_is() };
        let Choice { src, srcset, sources } = answers.choice(&offer, &offer.series[0]);
        let source = |(format, srcset): (Format, String)| (format.media_type(), srcset);
        let colour = offer.facts.raster.as_ref().and_then(|(_, raster)| raster.colour);
        let choice = ImageChoice {
            sources: sources.into_iter().map(source).collect(),
            srcset,
            sizes: pictures.sizes.to_string(),
            colour: colour.map(colour_text),
        };
        ImageTarget { url: src, size, choice: Some(choice.into()) }
    }

    /// `https://news.example.org/ua/x/` as `/ua/x/`, if that is this site.
    fn without_own_address<'d>(&self, destination: &'d str) -> Cow<'d, str> {
        match self.site.config.below_own(destination) {
            Some(below) if below.starts_with('/') => Cow::Borrowed(below),
            Some(below) => Cow::Owned(format!("/{below}")),
            None => Cow::Borrowed(destination),
        }
    }

    /// A link that names a story by its key, or by the path of one of its files.
    fn story(&self, key: &str, fragment: &str) -> Result<LinkTarget, Problem> {
        let site = self.site;
        if let Some(story) = site.story(EditionKind::Article, key) {
            return self.edition_of_story(story, fragment);
        }
        let mut languages = site.config.language_ids();
        let at_path = languages.find_map(|language| site.edition_at(language, key));
        if let Some(id) = at_path.filter(|id| site.edition(*id).kind == EditionKind::Article) {
            return self.edition_of_story(site.story_of(id), fragment);
        }
        // Which key a broken article would have, nobody knows.
        if !site.content.broken.is_empty() {
            return Err(left_out(format!("there is no story `{key}`, so the link is left out")));
        }
        let stories = site.stories.iter().filter(|story| story.kind == EditionKind::Article);
        let keys = || stories.clone().map(|story| &*story.key);
        let last = |key: &'a str| key.rsplit('/').next().unwrap_or(key);
        let near = nearest(key, keys()).or_else(|| {
            let wanted = key.rsplit('/').next().unwrap_or(key).trim_end_matches(".md");
            let name = nearest(wanted, keys().map(last))?;
            keys().find(|key| last(key) == name)
        });
        Err(Problem {
            severity: Severity::Error,
            id: "broken-link",
            message: format!("there is no story `{key}`"),
            help: Some(match near {
                Some(known) => format!("did you mean `{STORY}{known}`?"),
                None => {
                    "name a story by the path of its file below the language's folder, without \
                         `.md`, or by its `story`"
                        .to_owned()
                }
            }),
        })
    }

    /// The edition of a story in the page's language, else the original, marked.
    fn edition_of_story(&self, story: &Story, fragment: &str) -> Result<LinkTarget, Problem> {
        let site = self.site;
        let own = site.edition(self.edition).language;
        let Some(id) = site.edition_for(story, own) else {
            return Err(unpublished(&story.key));
        };
        let url = format!("{}{fragment}", site.url(site.route_of(id)));
        let target = site.config.language(site.edition(id).language);
        if target.id == own {
            return Ok(LinkTarget::Url(url));
        }
        Ok(LinkTarget::OtherLanguage {
            url,
            tag: target.tag.as_str().to_owned(),
            label: target.label.clone(),
        })
    }

    /// A link to a Markdown file: relative to this one, or with a slash from the language's folder.
    fn article(&self, path: &str, fragment: &str) -> Result<LinkTarget, Problem> {
        let site = self.site;
        let own = site.edition(self.edition).language;
        let own_code = &site.config.language(own).code;
        let file = match path.strip_prefix('/') {
            // `/ua/2025/12/x.md` names the language too.
            Some(below) => match below.split_once('/') {
                Some((code, _)) if site.config.language_of(code).is_some() => {
                    Some(format!("content/{below}"))
                }
                _ => Some(format!("content/{own_code}/{below}")),
            },
            None => resolve(&self.folder, path),
        };
        let found = file.as_deref().and_then(|file| self.edition_of(file));
        let written = path;
        let Some((language, path)) = found else { return Err(self.broken(written)) };
        // A story is also found where this language has no file: by its path in any other.
        let languages = || std::iter::once(language).chain(site.config.language_ids());
        let edition = languages().find_map(|language| site.edition_at(language, path));
        let Some(edition) = edition else {
            let is_broken =
                |language| site.content.broken.contains(&(language, Box::<str>::from(path)));
            // The file's own error has been reported.
            return if languages().any(is_broken) {
                Ok(LinkTarget::PlainText)
            } else {
                Err(self.broken(written))
            };
        };
        self.edition_of_story(site.story_of(edition), fragment)
    }

    /// Language and path of the edition that a file (relative to the root) would be.
    fn edition_of<'f>(&self, file: &'f str) -> Option<(crate::config::LanguageId, &'f str)> {
        let (code, path) = file.strip_prefix("content/")?.split_once('/')?;
        let language = self.site.config.language_of(code)?;
        let path = path.strip_suffix(".md")?;
        Some((language.id, path.strip_suffix("/index").unwrap_or(path)))
    }

    fn broken(&self, path: &str) -> Problem {
        let site = self.site;
        let last = |path: &'a str| path.rsplit('/').next().unwrap_or(path);
        let wanted = path.trim_end_matches("index.md").trim_end_matches('/');
        let wanted = wanted.rsplit('/').next().unwrap_or(wanted).trim_end_matches(".md");
        let editions = || site.content.editions.iter().map(|edition| &*edition.path);
        let near = nearest(wanted, editions().map(last));
        let help = match near.and_then(|name| editions().find(|path| last(path) == name)) {
            Some(path) => format!("did you mean `/{path}.md`?"),
            None => "link to a file that exists: relative to this one, or `/2025/12/name.md` from \
                     the language's folder"
                .to_owned(),
        };
        Problem {
            severity: Severity::Error,
            id: "broken-link",
            message: format!("there is no article `{path}`"),
            help: Some(help),
        }
    }

    /// A link that names no Markdown file: a page or file of this site by its URL.
    fn internal(&self, path: &str, rest: &str) -> Result<LinkTarget, Problem> {
        let site = self.site;
        let broken = |help: &str| {
            Err(Problem {
                severity: Severity::Error,
                id: "broken-link",
                message: format!("nothing is published at `{path}`"),
                help: Some(help.to_owned()),
            })
        };
        let Some(absolute) = path.strip_prefix('/') else {
            // A file beside the article.
            return match self.file_beside(path) {
                Some(url_path) => {
                    Ok(LinkTarget::Url(format!("{}{rest}", site.url_of_path(&url_path))))
                }
                None => Err(Problem {
                    severity: Severity::Error,
                    id: "broken-link",
                    message: format!("there is no file `{path}` beside this article"),
                    help: Some("link to an article as `name.md`, to a file by its name".to_owned()),
                }),
            };
        };
        let route = site.route_at(path);
        if let Some(Route::Alias(id, _)) = route {
            // Not by way of the old address: that is for those who do not know better.
            return Ok(LinkTarget::Url(format!("{}{rest}", site.url(site.route_of(id)))));
        }
        let is_there = route.is_some() || site.assets.get(absolute).is_some();
        if is_there || self.is_copied(absolute) {
            return Ok(LinkTarget::Url(format!("{}{rest}", site.url_of_path(path))));
        }
        // The path that the site has on its host is put before addresses here; it may be written, too.
        if let Some(below) = site.config.below_own_path(path) {
            return self.internal(if below.is_empty() { "/" } else { below }, rest);
        }
        if let Some(id) = site.unpublished_at(path) {
            return Err(unpublished(&site.story_of(id).key));
        }
        let with_slash = format!("{path}/");
        if site.route_at(&with_slash).is_some() {
            return broken(&format!("did you mean `{with_slash}`?"));
        }
        // What address a broken article would have, nobody knows.
        if !site.content.broken.is_empty() {
            let message = format!("nothing is published at `{path}`, so the link is left out");
            return Err(left_out(message));
        }
        broken("name an article by its file, `/2025/12/name.md`, so that the link follows it")
    }

    fn file_beside(&self, path: &str) -> Option<String> {
        let edition = self.site.edition(self.edition);
        let file = resolve(&self.folder, path)?;
        let code = &self.site.config.language(edition.language).code;
        let below = file.strip_prefix(&format!("content/{code}/"))?;
        let wanted = ContentFile { language: edition.language, path: below.into() };
        let index = self.site.content.files.binary_search(&wanted).ok()?;
        self.site.file_path(self.site.content.files.get(index)?)
    }

    fn is_copied(&self, output: &str) -> bool {
        let copies = &self.site.routes.copies;
        copies.binary_search_by(|copy| copy.output.as_str().cmp(output)).is_ok()
    }
}

/// The story exists, but not for readers now: an hour of the clock must never break a build.
fn unpublished(story: &str) -> Problem {
    Problem {
        severity: Severity::Warning,
        id: "unpublished-link",
        message: format!("the story `{story}` is not published, so the link is left out"),
        help: Some("publish it, or remove the link".to_owned()),
    }
}

/// There are articles with errors, and the link may lead to one of them.
fn left_out(message: String) -> Problem {
    Problem {
        severity: Severity::Warning,
        id: "unpublished-link",
        message,
        help: Some("mend the articles with errors first: one may belong there".to_owned()),
    }
}

pub(super) fn hash_of(answer: &impl Hash) -> u64 {
    let mut hasher = Xxh3::new();
    answer.hash(&mut hasher);
    hasher.finish()
}

/// Path (decoded), and the rest from `?` or `#` on.
fn split(destination: &str) -> (Cow<'_, str>, &str) {
    let end = destination.find(['?', '#']).unwrap_or(destination.len());
    let (path, rest) = destination.split_at(end);
    let path = percent_decode_str(path).decode_utf8_lossy();
    // Names copied from a folder of macOS come decomposed.
    let path = if path.is_ascii() { path } else { Cow::Owned(path.nfc().collect()) };
    (path, rest)
}

impl Resolver for Links<'_> {
    fn is_own(&self, url: &str) -> bool {
        self.site.config.below_own(url).is_some()
    }

    fn link(&self, destination: &str) -> Result<LinkTarget, Problem> {
        let target = self.find_link(destination);
        self.record(AskedLink::Link(destination.into()), hash_of(&target));
        target
    }

    fn image(&self, destination: &str) -> Result<ImageTarget, Problem> {
        let target = self.find_picture(destination);
        self.record(AskedLink::Picture(destination.into()), hash_of(&target));
        target
    }

    fn credit(&self, credit: Credit<'_>) -> Cow<'_, str> {
        let language = self.site.edition(self.edition).language;
        credit::line(&self.answers.strings, language, credit)
    }

    fn author(&self, destination: &str, caption: &str) -> Author {
        let language = self.site.edition(self.edition).language;
        let used = self.used_picture(destination);
        let name = used.and_then(|used| self.answers.author_in_file(&used.file));
        let is_required = self.site.config.article.require_credits
            && credit::is_photograph(split(destination).0.as_ref());
        match name {
            None if !is_required => Author::Unneeded,
            _ if self.answers.names_author(language, caption) => Author::Unneeded,
            Some(name) => Author::InFile(name),
            None => Author::Missing,
        }
    }

    fn typography(&self) -> &Typography {
        self.site.edition(self.edition).typography(&self.site.config)
    }

    fn heading_slug(&self, text: &str) -> String {
        let language = self.site.edition(self.edition).language;
        locale::slug(text, &self.site.config.language(language).tag)
    }

    fn word(&self, word: Word) -> Cow<'_, str> {
        let key = match word {
            Word::Footnotes => "footnotes",
            Word::BackToReference => "back-to-reference",
            Word::Table => "table",
            Word::TaskDone => "task-done",
            Word::TaskOpen => "task-open",
        };
        let language = self.site.edition(self.edition).language;
        // A theme without these words gets the keys, which name what is missing.
        self.answers.strings.text(language.index(), key, &[]).unwrap_or(Cow::Borrowed(key))
    }

    fn components(&self) -> &Components {
        match self.sitting {
            Some(sitting) => sitting.components(),
            None => Components::none(),
        }
    }

    fn story(&self, key: &str) -> Result<(), Problem> {
        self.ask_story(key)
    }

    fn render_component(
        &self,
        component: &Component,
        arguments: Vec<(String, Value)>,
        body: Option<&str>,
    ) -> Result<String, NotShown> {
        let sitting = self.sitting.expect("without a sitting there are no components");
        self.show(sitting, component, arguments, body)
    }
}
