//! Routes: every page the site has, and its one URL. A URL is made only here.
//!
//! Paths are decoded and begin with `/`; [`super::Site::url`] percent-encodes them and puts the base
//! path in front. A path that ends in `/` is published as `index.html` in that folder.

use std::borrow::Cow;
use std::fmt::Write as _;

use jiff::Zoned;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

use super::Site;
use super::host_file::HostFile;
use super::listing::{ListingId, PageNumber};
use super::sitemap::SitemapId;
use crate::config::{FeedFormat, LanguageId, Placeholder, UrlPattern};
use crate::content::{ContentFile, EditionId, EditionKind, TermKind};

/// Anything rendered that becomes one output file: a page, or a file for machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// `/`: the front page of the default language once more.
    Root,
    /// The front page of a language.
    Front(LanguageId),
    /// An article.
    Article(EditionId),
    /// A standalone page.
    Standalone(EditionId),
    /// A page of a listing.
    Listing(ListingId, PageNumber),
    /// The index of tags of a language.
    Tags(LanguageId),
    /// The newest headlines of a language by themselves, for other pages to load.
    Fresh(LanguageId),
    /// What a host shows for an unknown address below a language's folder.
    NotFound(LanguageId),
    /// What a host shows for any other unknown address.
    RootNotFound,
    /// An old address of an edition: its n-th alias.
    Alias(EditionId, u32),
    /// A file for those that serve or visit the site.
    HostFile(HostFile),
    /// A list of pages for search engines.
    Sitemap(SitemapId),
    /// The newest articles of a listing, for programs that follow it.
    Feed(ListingId, FeedFormat),
}

impl Route {
    /// Whether it is HTML, for people; else it is for machines.
    #[must_use]
    pub fn is_page(self) -> bool {
        !matches!(self, Self::HostFile(_) | Self::Sitemap(_) | Self::Feed(..))
    }

    /// The media type of its bytes, with their character set.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::HostFile(file) => file.media_type(),
            Self::Sitemap(_) => "application/xml; charset=utf-8",
            Self::Feed(_, format) => format.media_type_with_charset(),
            _ => "text/html; charset=utf-8",
        }
    }
}

/// What stands in a path segment without percent-encoding: RFC 3986's `pchar`, less the characters
/// that HTML, shells or Markdown would trip over.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Bytes of most paths, none of which is [`ENCODED`].
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() | matches!(byte, b'/' | b'-' | b'.' | b'_')
}

/// Percent-encodes a decoded path.
#[must_use]
pub fn encode(path: &str) -> Cow<'_, str> {
    utf8_percent_encode(path, ENCODED).into()
}

/// The path below the output folder that a URL path is published at.
#[must_use]
pub fn output_path(path: &str) -> String {
    let path = path.strip_prefix('/').unwrap_or(path);
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

/// The URL path of a file below the output folder: the other way round.
#[must_use]
pub fn url_path(output: &str) -> String {
    match output.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{output}"),
    }
}

/// What two addresses have in common that some file system or host takes for the same: Unicode form
/// and case.
pub(super) fn address_key(output_path: &str) -> u128 {
    if output_path.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return xxhash_rust::xxh3::xxh3_128(output_path.as_bytes());
    }
    let folded: String = output_path.nfc().flat_map(char::to_lowercase).nfc().collect();
    xxhash_rust::xxh3::xxh3_128(folded.as_bytes())
}

/// A hash of a page's path, by which a later build knows the page again.
#[must_use]
pub fn address_of(path: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(path.as_bytes())
}

impl Site {
    /// The decoded path of a page.
    #[must_use]
    pub fn path(&self, route: Route) -> String {
        let config = &self.config;
        let code = |language| config.language(language).code.as_str();
        match route {
            Route::Root => "/".to_owned(),
            Route::Front(language) => format!("/{}/", code(language)),
            Route::Article(id) | Route::Standalone(id) => self.edition_path(id),
            Route::Listing(id, number) => {
                let mut path = self.listing_path(id);
                if let PageNumber::Numbered(number) = number {
                    write!(path, "page/{number}/").expect("writing to a String never fails");
                }
                path
            }
            Route::Tags(language) => {
                let pattern = config.urls.tags.as_ref().expect("no route where switched off");
                pattern.expand(|_, path| path.push_str(code(language)))
            }
            Route::Fresh(language) => {
                let pattern = config.urls.fresh.as_ref().expect("no route where switched off");
                pattern.expand(|_, path| path.push_str(code(language)))
            }
            Route::HostFile(file) => file.path().to_owned(),
            Route::Sitemap(id) => self.sitemap_path(id),
            Route::Feed(id, format) => {
                // The feed of all articles is there also where no page lists them.
                let mut path = match id {
                    ListingId::News(language) => format!("/{}/", code(language)),
                    ListingId::Term(..) | ListingId::Month(..) => self.listing_path(id),
                };
                path.push_str(format.file_name());
                path
            }
            Route::NotFound(language) => format!("/{}/404.html", code(language)),
            Route::RootNotFound => "/404.html".to_owned(),
            Route::Alias(id, index) => {
                let alias = &self.edition(id).aliases[index as usize];
                let last = alias.rsplit('/').next().unwrap_or("");
                if last.is_empty() || last.contains('.') {
                    alias.to_string()
                } else {
                    format!("{alias}/")
                }
            }
        }
    }

    fn edition_path(&self, id: EditionId) -> String {
        let edition = self.edition(id);
        let config = &self.config;
        let (pattern, own) = match edition.kind {
            EditionKind::Article => (&config.urls.article, &*edition.path),
            EditionKind::Standalone => (
                config.urls.page.as_ref().expect("no route where switched off"),
                edition.path.strip_prefix("pages/").unwrap_or(&edition.path),
            ),
        };
        let (folder, name) = own.rsplit_once('/').map_or((None, own), |(f, name)| (Some(f), name));
        let slug = edition.slug.as_deref().unwrap_or(name);
        let date = std::cell::OnceCell::new();
        let day = || -> &Zoned {
            date.get_or_init(|| {
                let published = edition.published.expect("only articles have a date in their URL");
                published.in_zone(&config.time_zone)
            })
        };
        pattern.expand(|placeholder, path| match placeholder {
            Placeholder::Language => path.push_str(&config.language(edition.language).code),
            Placeholder::Path => {
                if let Some(folder) = folder {
                    path.push_str(folder);
                    path.push('/');
                }
                path.push_str(slug);
            }
            Placeholder::Slug => path.push_str(slug),
            Placeholder::Section => {
                if let Some(section) = edition.section {
                    let section = self.content.vocabulary.sections.get(section);
                    path.push_str(&section.slugs[edition.language.index()]);
                }
            }
            Placeholder::Year => path.push_str(&format!("{:04}", day().year())),
            Placeholder::Month => path.push_str(&format!("{:02}", day().month())),
            Placeholder::Day => path.push_str(&format!("{:02}", day().day())),
        })
    }

    /// The pattern of a listing's URL, unless pages of its kind are switched off.
    pub(super) fn listing_pattern(&self, id: ListingId) -> Option<&UrlPattern> {
        let urls = &self.config.urls;
        let pattern = match id {
            ListingId::News(_) => &urls.news,
            ListingId::Term(_, TermKind::Section, _) => &urls.section,
            ListingId::Term(_, TermKind::Tag, _) => &urls.tag,
            ListingId::Term(_, TermKind::Author, _) => &urls.author,
            ListingId::Month(..) => &urls.month,
        };
        pattern.as_ref()
    }

    /// Whether a listing has pages: a declared section always, other terms where used.
    #[must_use]
    pub fn has_listing(&self, id: ListingId) -> bool {
        self.listing_pattern(id).is_some() && self.listings.contains_key(&id)
    }

    fn listing_path(&self, id: ListingId) -> String {
        let config = &self.config;
        let language = id.language();
        let pattern = self.listing_pattern(id).expect("no route where switched off");
        pattern.expand(|placeholder, path| {
            let write = match (placeholder, id) {
                (Placeholder::Slug, ListingId::Term(_, kind, term)) => {
                    let term = self.content.vocabulary.of(kind).get(term);
                    write!(path, "{}", term.slugs[language.index()])
                }
                (Placeholder::Year, ListingId::Month(_, month)) => {
                    write!(path, "{:04}", month.year)
                }
                (Placeholder::Month, ListingId::Month(_, month)) => {
                    write!(path, "{:02}", month.month)
                }
                _ => write!(path, "{}", config.language(language).code),
            };
            write.expect("writing to a String never fails");
        })
    }

    /// A hash of a page's path, by which a later build knows the page again.
    #[must_use]
    pub fn address(&self, route: Route) -> u64 {
        match route {
            Route::Article(id) | Route::Standalone(id) => self.routes.edition_addresses[id.index()],
            _ => address_of(&self.path(route)),
        }
    }

    /// Root-relative, percent-encoded, with the base path in front: what `href` takes.
    #[must_use]
    pub fn url(&self, route: Route) -> String {
        self.url_of_path(&self.path(route))
    }

    /// The same for a decoded path.
    #[must_use]
    pub fn url_of_path(&self, path: &str) -> String {
        let base = &self.config.base_url.path;
        let mut url = String::with_capacity(base.len() + path.len() + 8);
        url.push_str(base);
        if path.bytes().all(is_plain) {
            url.push_str(path);
        } else {
            url.extend(utf8_percent_encode(path, ENCODED));
        }
        url
    }

    /// The absolute URL, for `canonical`, `hreflang` and the world outside.
    #[must_use]
    pub fn absolute_url(&self, route: Route) -> String {
        format!("{}{}", self.config.base_url.origin, self.url(route))
    }

    /// The page at a decoded path, or the old address, also if that is no page of its own.
    #[must_use]
    pub fn route_at(&self, path: &str) -> Option<Route> {
        let table = &self.routes;
        let index = *table.by_path.get(&address_key(&output_path(path)))? as usize;
        let (route, address) = match table.routes.get(index) {
            Some(route) => (*route, table.addresses[index]),
            None => {
                let behind = index.checked_sub(table.routes.len() + table.copies.len())?;
                let old = *table.old_addresses.get(behind)?;
                (old, address_of(&self.path(old)))
            }
        };
        // Its path, but for case and Unicode form.
        (address == address_of(path)).then_some(route)
    }

    /// The edition that would have this path if it were public. Looks at every unpublished edition:
    /// asked only for links that lead nowhere.
    #[must_use]
    pub fn unpublished_at(&self, path: &str) -> Option<EditionId> {
        let has_path = |id: EditionId| match self.edition(id).kind {
            EditionKind::Article => true,
            EditionKind::Standalone => self.config.urls.page.is_some(),
        };
        (0..u32::try_from(self.content.editions.len()).expect("fewer than 2^32 editions"))
            .map(EditionId)
            .filter(|id| !self.is_public(*id) && has_path(*id))
            .find(|id| self.edition_path(*id) == path)
    }

    /// The URL path at which a file beside the articles is published, `None` when it belongs to an
    /// edition that is not public.
    #[must_use]
    pub fn file_path(&self, file: &ContentFile) -> Option<String> {
        let mut folder = &*file.path;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            folder = parent;
            let Some(id) = self.folder_edition(file.language, folder) else { continue };
            if !self.is_public(id) {
                return None;
            }
            let below = file.path.get(folder.len() + 1..).unwrap_or("");
            let mut path = self.path(self.route_of(id));
            if !path.ends_with('/') {
                // `/ua/talks.html` has its pictures in `/ua/talks/`.
                let stem = path.rfind('.').filter(|dot| path.rfind('/').is_none_or(|s| s < *dot));
                path.truncate(stem.unwrap_or(path.len()));
                path.push('/');
            }
            path.push_str(below);
            return Some(path);
        }
        Some(format!("/{}/{}", self.config.language(file.language).code, file.path))
    }

    /// The route of a public edition.
    #[must_use]
    pub fn route_of(&self, id: EditionId) -> Route {
        match self.edition(id).kind {
            EditionKind::Article => Route::Article(id),
            EditionKind::Standalone => Route::Standalone(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_published_as_a_file_or_as_a_folders_index() {
        for (path, file) in [
            ("/", "index.html"),
            ("/ua/", "ua/index.html"),
            ("/ua/talks.html", "ua/talks.html"),
            ("/ua/перемовини/", "ua/перемовини/index.html"),
        ] {
            assert_eq!(output_path(path), file);
            assert_eq!(url_path(file), path);
        }
    }

    #[test]
    fn a_url_has_only_what_stands_in_html_and_markdown_without_trouble() {
        assert_eq!(encode("/ua/a-b_c.d~e/(1),2;3=4+5!*$@:"), "/ua/a-b_c.d~e/(1),2;3=4+5!*$@:");
        assert_eq!(
            encode("/ґ/a b&\"'<>[]{}|^`\\%?#"),
            "/%D2%91/a%20b%26%22%27%3C%3E%5B%5D%7B%7D%7C%5E%60%5C%25%3F%23"
        );
    }

    #[test]
    fn addresses_that_some_host_takes_for_the_same_are_the_same() {
        for (one, other) in [
            ("en/nato/index.html", "en/NATO/index.html"),
            ("ua/й/index.html", "ua/и\u{306}/index.html"),
            ("ua/Й/index.html", "ua/и\u{306}/index.html"),
        ] {
            assert_eq!(address_key(one), address_key(other), "{one} {other}");
        }
        assert_ne!(address_key("ua/й"), address_key("ua/и"));
    }
}
