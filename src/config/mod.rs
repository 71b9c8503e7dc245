//! `site.toml` → [`Config`]: everything a newsroom decides once, checked and complete.
//!
//! In: the text of `site.toml`. Out: a [`Config`], or every problem in the file at its place.

mod article;
mod extras;
mod feeds;
mod front;
mod headers;
mod hosting;
mod language;
mod publisher;
mod sitemaps;
mod url_pattern;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use url::Url;
use xxhash_rust::xxh3::xxh3_64;

pub use article::ArticlePage;
pub use extras::{Extras, IconSource, SecurityTxt, WebManifest};
pub use feeds::{FeedContent, FeedFormat, Feeds};
pub use front::{FrontPage, NamedSection};
pub use headers::{DIRECTIVES, Headers};
pub use hosting::{Host, Hosting, RedirectFormat};
pub use language::{Dates, Language, LanguageId, Law};
use language::{code_meant, read_default_language, read_languages, read_typography};
pub use publisher::{Named, Publisher};
pub use sitemaps::Sitemaps;
pub use url_pattern::{Placeholder, UrlPattern};

use crate::diagnostic::{Diagnostic, Source, has_errors, nearest};
use crate::locale;
use crate::markdown::RawHtml;
use crate::table::{Document, Fields};
use url_pattern::Rules;

/// The name of the configuration file in the site's root.
pub const FILE: &str = "site.toml";

/// The whole configuration; the languages are data, none is special but the default one.
#[derive(Debug)]
pub struct Config {
    /// Folder that holds `site.toml`, `content/`, `templates/` and `static/`.
    pub root: PathBuf,
    /// Where the site will stand.
    pub base_url: BaseUrl,
    /// Where `site.toml` says that it stands: a preview and `--base-url` replace only the above.
    home_url: BaseUrl,
    /// In the order of the switcher, indexed by [`LanguageId`].
    pub languages: Vec<Language>,
    /// The language of `/` and of `x-default`.
    pub default_language: LanguageId,
    /// Zone of dates without an offset, and of all dates shown.
    pub time_zone: TimeZone,
    /// Items on a full page of a listing.
    pub per_page: NonZeroUsize,
    /// What front pages are made of.
    pub front: FrontPage,
    /// Who publishes the site.
    pub publisher: Publisher,
    /// What article pages are made of.
    pub article: ArticlePage,
    /// Which feeds there are, and what stands in them.
    pub feeds: Feeds,
    /// Where the switcher leads when a story has no edition in a language.
    pub missing_edition: MissingEdition,
    /// URL pattern per kind of page.
    pub urls: Urls,
    /// What an article's part of its address is made of, unless it names its `slug`.
    pub slug_from: SlugFrom,
    /// The script of what addresses are made of.
    pub url_style: UrlStyle,
    /// Which sitemaps are made.
    pub sitemaps: Sitemaps,
    /// What happens to raw HTML in Markdown.
    pub raw_html: RawHtml,
    /// Where the site will stand, and what that asks for.
    pub hosting: Hosting,
    /// What hosts tell browsers beside the pages.
    pub headers: Headers,
    /// What is made beside the pages on request.
    pub extras: Extras,
    /// `[extra]`: free data for templates.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// Of everything above: the text of `site.toml`, and what replaces its `base_url`.
    pub hash: u64,
    /// Of the text of `site.toml` alone.
    pub file_hash: u64,
}

impl Config {
    /// The language with this id.
    #[must_use]
    pub fn language(&self, id: LanguageId) -> &Language {
        self.languages.get(id.index()).expect("a LanguageId comes from this Config")
    }

    /// The language with this code.
    #[must_use]
    pub fn language_of(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.code == code)
    }

    /// The code that was probably meant: a language's tag was written, or a slip of the finger.
    #[must_use]
    pub fn code_meant(&self, written: &str) -> Option<&str> {
        code_meant(&self.languages, written)
    }

    /// All language ids, in order.
    pub fn language_ids(&self) -> impl Iterator<Item = LanguageId> + use<> {
        let n = u8::try_from(self.languages.len()).expect("Config::parse allows 255 languages");
        (0..n).map(LanguageId)
    }

    /// What stands behind the site's address, when an absolute URL begins with it: `/ua/x/?y#z`.
    #[must_use]
    pub fn below_own<'u>(&self, url: &'u str) -> Option<&'u str> {
        self.home_url.below(url).or_else(|| self.base_url.below(url))
    }

    /// What stands behind the path that the site has on its host, when a path begins with it.
    #[must_use]
    pub fn below_own_path<'u>(&self, path: &'u str) -> Option<&'u str> {
        let bases = [&self.home_url, &self.base_url];
        bases
            .into_iter()
            .filter(|base| !base.path.is_empty())
            .find_map(|base| base.below_path(path))
    }

    /// A text in a language as one part of an address; empty if it has neither letters nor digits.
    #[must_use]
    pub fn slug(&self, text: &str, language: LanguageId) -> String {
        match self.url_style {
            UrlStyle::Ascii => locale::slug(text, &self.language(language).tag),
            UrlStyle::Unicode => locale::unicode_slug(text),
        }
    }

    /// The languages' codes, for messages.
    #[must_use]
    pub fn codes(&self) -> String {
        let codes: Vec<String> =
            self.languages.iter().map(|language| format!("`{}`", language.code)).collect();
        codes.join(", ")
    }
}

/// Where the site will stand: `https://news.example.org` and a path below it, `""` or `/project`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme and host, without a slash at the end.
    pub origin: String,
    /// Prefix of every root-relative URL, without a slash at the end.
    pub path: String,
}

impl BaseUrl {
    /// Parses an absolute http(s) URL.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .ok_or_else(|| format!("`{text}` does not begin with `https://` or `http://`"))?;
        let bad = |character: char| {
            character.is_control() || character.is_whitespace() || "\\?#\"'<>@".contains(character)
        };
        if let Some(character) = text.chars().find(|character| bad(*character)) {
            return Err(format!("`{text}` contains `{}`", character.escape_debug()));
        }
        let (host, path) = match rest.split_once('/') {
            Some((host, path)) => (host, path.trim_end_matches('/')),
            None => (rest, ""),
        };
        if host.is_empty() {
            return Err(format!("`{text}` has no host"));
        }
        if path.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(format!("the path of `{text}` has a dotted part"));
        }
        let scheme_len = text.len() - rest.len();
        let origin = text.get(..scheme_len + host.len()).unwrap_or(text).to_lowercase();
        // As it stands in links: `https://example.org/вісник` too. What is encoded stays so.
        let path = utf8_percent_encode(path, percent_encoding::CONTROLS);
        let path = path.to_string();
        let path = if path.is_empty() { path } else { format!("/{path}") };
        Ok(Self { origin, path })
    }

    /// What stands behind this URL in one that begins with it, be it `http` or `https`: `/ua/x/?y#z`.
    fn below<'u>(&self, url: &'u str) -> Option<&'u str> {
        let (scheme, rest) = url.split_once("://")?;
        let usual_port = match scheme.to_ascii_lowercase().as_str() {
            "https" => ":443",
            "http" => ":80",
            _ => return None,
        };
        let (host, path) = rest.split_at(rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len()));
        let host = host.to_lowercase();
        let host = host.strip_suffix(usual_port).unwrap_or(&host);
        let (_, own_host) = self.origin.split_once("://")?;
        let is_own = is_same_host(host, own_host.strip_suffix(usual_port).unwrap_or(own_host));
        is_own.then(|| self.below_path(path)).flatten()
    }

    /// What stands behind the path of this URL in one that begins with it.
    fn below_path<'u>(&self, path: &'u str) -> Option<&'u str> {
        let mut rest = path;
        for own in self.path.split('/').skip(1) {
            rest = rest.strip_prefix('/')?;
            let (segment, behind) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
            let is_own = percent_decode_str(segment).eq(percent_decode_str(own));
            rest = is_own.then_some(behind)?;
        }
        (rest.is_empty() || rest.starts_with(['/', '?', '#'])).then_some(rest)
    }

    /// The host alone, as the domain name system has it: `xn--b1amgkt9j.xn--j1amh` for `вісник.укр`.
    #[must_use]
    pub fn host(&self) -> String {
        let url = Url::parse(&self.origin).ok();
        let host = url.as_ref().and_then(Url::host_str);
        // What no browser could read stays as it is written.
        host.unwrap_or_else(|| self.origin.rsplit('/').next().unwrap_or_default()).to_owned()
    }
}

/// Whether two hosts with their ports are one: `вісник.укр` is `xn--b1amgkt9j.xn--j1amh`.
fn is_same_host(one: &str, other: &str) -> bool {
    let ascii = |host: &str| {
        let url = Url::parse(&format!("http://{host}")).ok()?;
        Some((url.host_str()?.to_owned(), url.port()))
    };
    let is_ascii = one.is_ascii() && other.is_ascii();
    one == other || (!is_ascii && ascii(one).is_some() && ascii(one) == ascii(other))
}

/// Where the switcher leads from a story to a language it has no edition in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingEdition {
    /// To that language's page of the story's section.
    Section,
    /// To that language's front page.
    Home,
    /// Nowhere: the language is left out.
    Hide,
}

/// What an article's part of its address is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlugFrom {
    /// Its file's name, as it is.
    File,
    /// Its headline.
    Title,
}

/// The script of the parts of addresses that are made of headlines and names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlStyle {
    /// Latin letters: «Київ» is `kyiv`.
    Ascii,
    /// As they are written: «Київ» is `київ`.
    Unicode,
}

/// One pattern per kind of page; `None` switches the kind off.
#[derive(Debug)]
pub struct Urls {
    /// Articles.
    pub article: UrlPattern,
    /// Standalone pages.
    pub page: Option<UrlPattern>,
    /// The listing of all news.
    pub news: Option<UrlPattern>,
    /// Listings by section.
    pub section: Option<UrlPattern>,
    /// Listings by tag.
    pub tag: Option<UrlPattern>,
    /// The index of tags.
    pub tags: Option<UrlPattern>,
    /// Listings by author.
    pub author: Option<UrlPattern>,
    /// Listings by month.
    pub month: Option<UrlPattern>,
    /// The newest headlines by themselves, for other pages to load. Off unless it is there.
    pub fresh: Option<UrlPattern>,
}

/// Reads `site.toml`. `root` is where it lies; `base_url` replaces the file's own.
///
/// # Errors
/// Every problem of the file, warnings included, when one of them is an error.
pub fn parse(
    root: PathBuf,
    text: &str,
    base_url: Option<&BaseUrl>,
) -> Result<(Config, Vec<Diagnostic>), Vec<Diagnostic>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = Document::parse(Source::new(FILE, text), 0..text.len());
    let hash = xxh3_64(format!("{base_url:?}\n{text}").as_bytes());
    let config = read(root, &document, base_url, [hash, xxh3_64(text.as_bytes())]);
    let diagnostics = document.into_diagnostics();
    match config {
        Some(config) if !has_errors(&diagnostics) => Ok((config, diagnostics)),
        _ => Err(diagnostics),
    }
}

fn read(
    root: PathBuf,
    document: &Document<'_>,
    base_url: Option<&BaseUrl>,
    [hash, file_hash]: [u64; 2],
) -> Option<Config> {
    let fields = document.fields();
    let home_url = read_base_url(&fields);
    let typography = read_typography(&fields);
    let languages = read_languages(&fields, typography);
    let default_language = read_default_language(&fields, &languages);
    let time_zone = read_time_zone(&fields);
    let per_page = read_per_page(&fields);
    let front = front::read(&fields);
    let publisher = publisher::read(&fields, languages.as_deref().unwrap_or_default());
    let article = article::read(&fields);
    let feeds = feeds::read(&fields);
    let missing_edition = read_missing_edition(&fields);
    let slug_from =
        choice(&fields, "slug_from", &[("file", SlugFrom::File), ("title", SlugFrom::Title)]);
    let url_style =
        choice(&fields, "url_style", &[("ascii", UrlStyle::Ascii), ("unicode", UrlStyle::Unicode)]);
    let urls = read_urls(&fields);
    let sitemaps = sitemaps::read(&fields);
    let raw_html = read_raw_html(&fields);
    let output = fields.table("output");
    let hosting = hosting::read(&fields, output.as_ref());
    let headers = headers::read(&fields);
    let extras = output
        .as_ref()
        .map(|output| extras::read(output, hosting.host, home_url.as_ref(), time_zone.as_ref()));
    if let Some(output) = output {
        output.finish();
    }
    let extra = fields.free("extra").unwrap_or_default();
    fields.finish();
    Some(Config {
        root,
        base_url: base_url.cloned().or_else(|| home_url.clone())?,
        home_url: home_url?,
        default_language: default_language?,
        languages: languages?,
        time_zone: time_zone?,
        per_page: per_page?,
        front,
        publisher,
        article,
        feeds,
        missing_edition,
        urls: urls?,
        slug_from,
        url_style,
        sitemaps,
        raw_html,
        hosting,
        headers,
        extras: extras.unwrap_or_default(),
        extra,
        hash,
        file_hash,
    })
}

fn read_base_url(fields: &Fields<'_, '_>) -> Option<BaseUrl> {
    let help = "write the address the site will have: `base_url = \"https://news.example.org\"`";
    let text = fields.required_text("base_url", help)?;
    match BaseUrl::parse(text.value) {
        Ok(base_url) => Some(base_url),
        Err(message) => {
            fields.report(Diagnostic::error("bad-base-url", message).help(help), text.at);
            None
        }
    }
}

fn read_time_zone(fields: &Fields<'_, '_>) -> Option<TimeZone> {
    let help = "write an IANA name such as `timezone = \"Europe/Kyiv\"`";
    let text = fields.required_text("timezone", help)?;
    match TimeZone::get(text.value) {
        Ok(zone) => Some(zone),
        Err(_) => {
            let message = format!("`{}` is not a time zone", text.value);
            // The last of equally near names: `Europe/Kyiv`, not its old name before it.
            let mut names: Vec<_> = jiff::tz::db().available().collect();
            names.sort_unstable_by(|a, b| b.as_str().cmp(a.as_str()));
            let help = match nearest(text.value, names.iter().map(|name| name.as_str())) {
                Some(name) => format!("did you mean `{name}`?"),
                None => help.to_owned(),
            };
            fields.report(Diagnostic::error("bad-timezone", message).help(help), text.at);
            None
        }
    }
}

fn read_per_page(fields: &Fields<'_, '_>) -> Option<NonZeroUsize> {
    const USUAL: i64 = 20;
    let number = fields.integer("per_page");
    let value = number.as_ref().map_or(USUAL, |number| number.value);
    let size = usize::try_from(value).ok().and_then(NonZeroUsize::new);
    if let (None, Some(number)) = (size, number) {
        let diagnostic =
            Diagnostic::error("bad-per-page", "`per_page` must be at least 1").help("20 is usual");
        fields.report(diagnostic, number.at);
    }
    size
}

fn read_missing_edition(fields: &Fields<'_, '_>) -> MissingEdition {
    choice(
        fields,
        "missing_edition",
        &[
            ("section", MissingEdition::Section),
            ("home", MissingEdition::Home),
            ("hide", MissingEdition::Hide),
        ],
    )
}

fn read_raw_html(fields: &Fields<'_, '_>) -> RawHtml {
    const CHOICES: [(&str, RawHtml); 3] =
        [("sanitize", RawHtml::Sanitize), ("escape", RawHtml::Escape), ("allow", RawHtml::Allow)];
    let Some(table) = fields.table("markdown") else { return RawHtml::Sanitize };
    let chosen = choice(&table, "html", &CHOICES);
    table.finish();
    chosen
}

/// One of a few words; absent is the first.
fn choice<T: Copy>(fields: &Fields<'_, '_>, key: &'static str, choices: &[(&'static str, T)]) -> T {
    let (_, usual) = *choices.first().expect("a choice has choices");
    let Some(text) = fields.text(key) else { return usual };
    if let Some((_, chosen)) = choices.iter().find(|(word, _)| *word == text.value) {
        return *chosen;
    }
    let words: Vec<String> = choices.iter().map(|(word, _)| format!("`{word}`")).collect();
    let message = format!("`{}` cannot be `{}`", fields.path_of(key), text.value);
    let diagnostic =
        Diagnostic::error("bad-choice", message).help(format!("use {}", words.join(" or ")));
    fields.report(diagnostic, text.at);
    usual
}

fn read_urls(fields: &Fields<'_, '_>) -> Option<Urls> {
    use Placeholder::{Day, Month, Path, Section, Slug, Year};
    const LISTING: Rules = Rules { allowed: &[Slug], needed: &[&[Slug]], is_folder: true };
    const SINGLE: Rules = Rules { allowed: &[], needed: &[], is_folder: true };
    const MONTH: Rules =
        Rules { allowed: &[Year, Month], needed: &[&[Year], &[Month]], is_folder: true };
    const ARTICLE: Rules = Rules {
        allowed: &[Path, Slug, Section, Year, Month, Day],
        needed: &[&[Path, Slug]],
        is_folder: false,
    };
    const PAGE: Rules =
        Rules { allowed: &[Path, Slug], needed: &[&[Path, Slug]], is_folder: false };

    let table = fields.table("urls");
    // `Some(None)` is switched off, `None` is an error that has been reported.
    let pattern = |key: &'static str, usual: &str, rules: Rules| -> Option<Option<UrlPattern>> {
        let Some(table) = &table else {
            return Some(UrlPattern::parse(usual, rules).ok());
        };
        if table.is_false(key) {
            return Some(None);
        }
        let own = table.text(key);
        let text = own.as_ref().map_or(usual, |text| text.value);
        match (UrlPattern::parse(text, rules), own) {
            (Ok(pattern), _) => Some(Some(pattern)),
            (Err((message, help)), own) => {
                let at = own.map_or(table.at(), |text| text.at);
                table.report(Diagnostic::error("bad-url-pattern", message).help(help), at);
                None
            }
        }
    };
    let article = pattern("article", "/{language}/{path}/", ARTICLE);
    let page = pattern("page", "/{language}/{path}/", PAGE);
    let news = pattern("news", "/{language}/news/", SINGLE);
    let section = pattern("section", "/{language}/sections/{slug}/", LISTING);
    let tag = pattern("tag", "/{language}/tags/{slug}/", LISTING);
    let tags = pattern("tags", "/{language}/tags/", SINGLE);
    let author = pattern("author", "/{language}/authors/{slug}/", LISTING);
    let month = pattern("month", "/{language}/archive/{year}-{month}/", MONTH);
    let has_fresh = table.as_ref().is_some_and(|table| table.has("fresh"));
    let fresh = if has_fresh { pattern("fresh", "", SINGLE) } else { Some(None) };
    let article = match article? {
        Some(pattern) => pattern,
        None => {
            let at = table.as_ref().map_or(0..0, Fields::at);
            let diagnostic =
                Diagnostic::error("bad-url-pattern", "articles cannot be switched off")
                    .help("remove `article = false`");
            fields.report(diagnostic, at);
            return None;
        }
    };
    if let Some(table) = table {
        table.finish();
    }
    Some(Urls {
        article,
        page: page?,
        news: news?,
        section: section?,
        tag: tag?,
        tags: tags?,
        author: author?,
        month: month?,
        fresh: fresh?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_an_origin_and_a_path() {
        for (text, origin, path) in [
            ("https://news.example.org", "https://news.example.org", ""),
            ("https://News.Example.org/", "https://news.example.org", ""),
            (" http://localhost:8000 ", "http://localhost:8000", ""),
            ("https://example.org/herald/", "https://example.org", "/herald"),
            ("https://example.org/a/b", "https://example.org", "/a/b"),
            ("https://example.org/ґ", "https://example.org", "/%D2%91"),
            ("https://example.org/%D2%91", "https://example.org", "/%D2%91"),
        ] {
            let expected = BaseUrl { origin: origin.to_owned(), path: path.to_owned() };
            assert_eq!(BaseUrl::parse(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn an_absolute_url_of_the_site_is_known_whatever_its_scheme_and_spelling() {
        let site = BaseUrl::parse("https://News.example.org").unwrap();
        for (url, below) in [
            ("https://news.example.org/ua/x/?a#b", Some("/ua/x/?a#b")),
            ("http://news.example.org/ua/", Some("/ua/")),
            ("HTTPS://NEWS.example.ORG", Some("")),
            ("https://news.example.org:443/ua/", Some("/ua/")),
            ("https://news.example.org#b", Some("#b")),
            ("http://news.example.org:443/ua/", None),
            ("https://news.example.org:8000/", None),
            ("https://user@news.example.org/", None),
            ("https://news.example.org.evil.net/", None),
            ("https://news.example.orgevil/", None),
            ("https://news.example.org\\@evil.net/", None),
            ("ftp://news.example.org/", None),
            ("mailto:news@news.example.org", None),
            ("/ua/x/", None),
        ] {
            assert_eq!(site.below(url), below, "{url}");
        }
        let cyrillic = BaseUrl::parse("https://Вісник.укр").unwrap();
        assert_eq!(cyrillic.below("https://вісник.укр/ua/"), Some("/ua/"));
        assert_eq!(cyrillic.below("https://xn--b1amgkt9j.xn--j1amh/ua/"), Some("/ua/"));
        assert_eq!(cyrillic.below("https://вісник.укр.evil.net/ua/"), None);
        let project = BaseUrl::parse("https://example.github.io/ґ/herald/").unwrap();
        for (url, below) in [
            ("https://example.github.io/ґ/herald/ua/?a", Some("/ua/?a")),
            ("https://example.github.io/%D2%91/herald/ua/%2F", Some("/ua/%2F")),
            ("https://example.github.io/%d2%91/herald", Some("")),
            ("https://example.github.io/ґ/heralds/ua/", None),
            ("https://example.github.io/", None),
        ] {
            assert_eq!(project.below(url), below, "{url}");
        }
    }

    #[test]
    fn a_host_is_what_the_domain_name_system_has() {
        for (text, host) in [
            ("https://News.example.org:8443/herald", "news.example.org"),
            ("https://вісник.укр", "xn--b1amgkt9j.xn--j1amh"),
            ("http://127.0.0.1:8000", "127.0.0.1"),
        ] {
            assert_eq!(BaseUrl::parse(text).unwrap().host(), host, "{text}");
        }
    }

    #[test]
    fn what_is_no_base_url_is_refused() {
        for text in [
            "",
            "news.example.org",
            "//news.example.org",
            "ftp://news.example.org",
            "https://",
            "https:///path",
            "https://user@news.example.org",
            "https://news.example.org/?page",
            "https://news.example.org/#top",
            "https://news.example.org/a b",
            "https://news.example.org/../etc",
            "javascript:alert(1)",
        ] {
            assert!(BaseUrl::parse(text).is_err(), "{text}");
        }
    }
}
