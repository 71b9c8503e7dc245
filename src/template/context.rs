//! What each kind of page gives its template: typed here, documented here, and from here written
//! into `docs/templates.md` (a test fails when the two disagree).

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use tera::Value;

pub use super::value::{Date, Extra, Html, Shared, TemplateValue};

/// A field of a documented type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What templates write.
    pub name: &'static str,
    /// The name of its type.
    pub type_name: String,
    /// One sentence.
    pub doc: String,
}

/// A documented type: its name, a sentence, its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeDoc {
    /// `Card`.
    pub name: &'static str,
    /// One sentence.
    pub doc: String,
    /// In order.
    pub fields: Vec<Field>,
}

/// Fields on their way into a map of Tera: through serde, which passes values on and hashes each name
/// once, where `Value::from(map)` builds the map a second time.
struct NamedValues<const N: usize>([(&'static str, Value); N]);

impl<const N: usize> Serialize for NamedValues<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("", N)?;
        for (name, value) in &self.0 {
            fields.serialize_field(name, value)?;
        }
        fields.end()
    }
}

/// A type whose fields the manual lists.
trait Documented {
    fn documentation() -> TypeDoc;
}

macro_rules! documented {
    ($(
        $(#[doc = $doc:literal])+
        pub struct $name:ident $(<$life:lifetime>)? {
            $( $(#[doc = $field_doc:literal])+ $field:ident : $type:ty, )+
        }
    )+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug)]
            pub struct $name $(<$life>)? {
                $( $(#[doc = $field_doc])+ pub $field: $type, )+
            }

            impl $(<$life>)? Documented for $name $(<$life>)? {
                fn documentation() -> TypeDoc {
                    TypeDoc {
                        name: stringify!($name),
                        doc: [$($doc),+].join("").trim().to_owned(),
                        fields: vec![$(
                            Field {
                                name: stringify!($field),
                                type_name: <$type as TemplateValue>::type_name(),
                                doc: [$($field_doc),+].join("").trim().to_owned(),
                            }
                        ),+],
                    }
                }
            }

            impl $(<$life>)? TemplateValue for $name $(<$life>)? {
                fn type_name() -> String {
                    stringify!($name).to_owned()
                }
                fn into_value(self) -> Value {
                    Value::from_serializable(&NamedValues([
                        $( (stringify!($field), self.$field.into_value()) ),+
                    ]))
                }
            }
        )+

        /// Every documented type, in the order of this file.
        #[must_use]
        pub fn documentation() -> Vec<TypeDoc> {
            vec![$( <$name as Documented>::documentation() ),+]
        }
    };
}

documented! {
    /// `site`: the same on every page of a language.
    pub struct SiteInfo<'a> {
        /// The site's title in the page's language.
        title: &'a str,
        /// Where the site stands, without a slash at the end: `https://news.example.org`.
        base_url: String,
        /// All languages, in the order of the switcher.
        languages: Vec<Shared<LanguageInfo<'a>>>,
        /// The site as an icon.
        icons: Icons<'a>,
        /// `[extra]` of `site.toml`.
        extra: Extra<'a>,
    }

    /// The site as an icon: what `[output]` of `site.toml` asks for. Root-relative URLs.
    pub struct Icons<'a> {
        /// A drawing: an SVG.
        drawn: Option<String>,
        /// `favicon.ico`, with 16, 32 and 48 dots.
        favicon: Option<String>,
        /// A PNG of 192 dots.
        medium: Option<String>,
        /// For the screen of an iPhone.
        apple_touch: Option<String>,
        /// The web app manifest.
        manifest: Option<String>,
        /// `theme_color` of the manifest.
        theme_color: Option<&'a str>,
    }

    /// `language`: the language of the page.
    pub struct LanguageInfo<'a> {
        /// Its folder and first URL segment: `ua`.
        code: &'a str,
        /// Its BCP 47 tag for `lang` and `hreflang`: `uk`.
        tag: &'a str,
        /// Its own name: «Українська».
        name: &'a str,
        /// Its short name: «УКР».
        label: &'a str,
        /// As Open Graph writes it: `uk_UA`.
        locale: &'a str,
        /// Its front page.
        url: String,
        /// Whether `/` shows this language.
        is_default: bool,
    }

    /// `page`: what every page knows of itself.
    pub struct PageInfo<'a> {
        /// `front`, `article`, `standalone`, `news`, `section`, `tag`, `author`, `month`, `tags`,
        /// `fresh` or `404`.
        kind: &'static str,
        /// Its URL, root-relative.
        url: String,
        /// Its absolute URL for `<link rel="canonical">`; on `/` that of the front page.
        canonical: String,
        /// One or two plain sentences for `<meta name="description">`.
        description: Option<String>,
        /// Whether search engines may list it; the 404 pages are not to be listed.
        is_indexed: bool,
        /// The picture that social networks show: its own, else the one that stands for the whole site.
        share_image: Option<ShareImage<'a>>,
        /// The `hreflang` links: itself, its counterparts, and `x-default`.
        alternates: Vec<Alternate<'a>>,
        /// One entry per language, in order.
        switcher: Vec<SwitcherEntry<'a>>,
        /// Style sheets in `static/` that the components in its text need.
        styles: Vec<String>,
        /// Scripts, as `styles`.
        scripts: Vec<String>,
        /// The feeds to announce: those of the page's own section, tag or author, if there are any,
        /// then those of its language.
        feeds: Vec<Shared<FeedLink>>,
    }

    /// A feed, for `<link rel="alternate">`.
    pub struct FeedLink {
        /// What it is called: «Вісник» or «Вісник: Політика».
        title: String,
        /// `Atom`, `RSS` or `JSON`.
        format: &'static str,
        /// For `type`: `application/atom+xml`.
        media_type: &'static str,
        /// Its URL, root-relative.
        url: String,
    }

    /// A picture for social networks and messengers: of a format that they show.
    pub struct ShareImage<'a> {
        /// Absolute URL.
        url: String,
        /// For those who cannot see it; empty when it only decorates.
        alt: &'a str,
        /// `image/jpeg`.
        media_type: &'static str,
        /// In pixels, when known.
        width: Option<usize>,
        /// In pixels, when known.
        height: Option<usize>,
    }

    /// One `<link rel="alternate" hreflang>`.
    pub struct Alternate<'a> {
        /// A BCP 47 tag or `x-default`.
        hreflang: &'a str,
        /// Absolute URL.
        url: String,
    }

    /// One language of the switcher.
    pub struct SwitcherEntry<'a> {
        /// The language it leads to.
        language: Shared<LanguageInfo<'a>>,
        /// Where it leads, root-relative.
        url: String,
        /// Whether it is this page.
        is_current: bool,
        /// Whether the page does not exist in that language; `url` is then the nearest useful page.
        is_missing: bool,
    }

    /// A section, tag or author in the page's language.
    pub struct Term<'a> {
        /// Its identity, the same in all languages.
        id: &'a str,
        /// `section`, `tag` or `author`.
        kind: &'static str,
        /// Its name.
        name: &'a str,
        /// One or two sentences.
        description: Option<&'a str>,
        /// Its listing, root-relative; none where it has no page.
        url: Option<String>,
        /// An author's own page elsewhere.
        website: Option<&'a str>,
        /// An author's picture.
        photo: Option<String>,
    }

    /// A term with the number of its articles.
    pub struct TermEntry<'a> {
        /// The term.
        term: Shared<Term<'a>>,
        /// Public articles of the language that have it.
        n_articles: usize,
    }

    /// A picture.
    pub struct Image<'a> {
        /// Root-relative URL.
        url: String,
        /// For those who cannot see it; empty when it only decorates.
        alt: &'a str,
        /// What it shows.
        caption: Option<&'a str>,
        /// Who made it.
        credit: Option<&'a str>,
        /// Whether it shows something like the event, not the event.
        is_illustrative: bool,
        /// In pixels, when known.
        width: Option<usize>,
        /// In pixels, when known.
        height: Option<usize>,
    }

    /// What lists show of an article.
    pub struct Card<'a> {
        /// Headline.
        title: &'a str,
        /// Root-relative URL.
        url: String,
        /// First publication.
        published: Date,
        /// Last substantial change.
        updated: Option<Date>,
        /// The lead, as plain text.
        summary: &'a str,
        /// Its section.
        section: Option<Shared<Term<'a>>>,
        /// In the order written.
        authors: Vec<Shared<Term<'a>>>,
        /// Lead picture.
        image: Option<Image<'a>>,
        /// Its language: another than the page's where `story()` fell back to the original.
        language: Shared<LanguageInfo<'a>>,
    }

    /// `front`, on front pages. Above the sections no story stands twice; `[front]` of `site.toml` says
    /// how many there are.
    pub struct Front<'a> {
        /// Breaking news, newest first: at most three. They stand nowhere else above the sections.
        breaking: Vec<Shared<Card<'a>>>,
        /// The story at the top: the newest pinned one, else the newest with a picture, else the newest.
        lead: Option<Shared<Card<'a>>>,
        /// The newest that share a tag with the lead, newest first: at most three.
        related: Vec<Shared<Card<'a>>>,
        /// The newest others, newest first.
        secondary: Vec<Shared<Card<'a>>>,
        /// The newest of all the rest, newest first: the ribbon of latest news.
        latest: Vec<Shared<Card<'a>>>,
        /// The sections that have more than what stands above the latest news.
        sections: Vec<FrontSection<'a>>,
        /// The day of the newest story, for the masthead.
        day: Option<Date>,
    }

    /// The block of a section on a front page.
    pub struct FrontSection<'a> {
        /// The section.
        section: Shared<Term<'a>>,
        /// The newest of the block with a picture, else the newest.
        lead: Shared<Card<'a>>,
        /// The others, newest first.
        cards: Vec<Shared<Card<'a>>>,
    }

    /// `article`, on article pages.
    pub struct Article<'a> {
        /// What joins its editions.
        key: &'a str,
        /// Headline.
        title: &'a str,
        /// The lead, as plain text.
        summary: &'a str,
        /// Whether the summary was written by an editor; else it is the beginning of the text.
        has_own_summary: bool,
        /// The text.
        content: Html,
        /// First publication.
        published: Date,
        /// Last substantial change.
        updated: Option<Date>,
        /// First publication for machines: with a time and an offset, also when the article gives no time.
        published_at: Date,
        /// The latest of publication, changes and corrections, for machines.
        modified_at: Date,
        /// `news`, `analysis`, `opinion`, `reportage` or `explainer`.
        genre: &'static str,
        /// From when on it is withdrawn.
        unpublish_at: Option<Date>,
        /// Its section.
        section: Option<Shared<Term<'a>>>,
        /// In the order written.
        tags: Vec<Shared<Term<'a>>>,
        /// In the order written.
        authors: Vec<Shared<Term<'a>>>,
        /// Lead picture.
        image: Option<Image<'a>>,
        /// Reports it rests on.
        sources: Vec<NewsSource<'a>>,
        /// Mistakes that were mended after publication, in the order written.
        corrections: Vec<Correction<'a>>,
        /// The other editions of the story, in the order of the languages.
        translations: Vec<Translation<'a>>,
        /// Languages in which the story has no edition.
        missing: Vec<Shared<LanguageInfo<'a>>>,
        /// What matters most, for readers in a hurry: plain texts.
        key_points: Vec<&'a str>,
        /// Stories to read also: those that the article names, then older ones that share its tags.
        related: Vec<Related<'a>>,
        /// How long reading takes, in whole minutes; at least 1.
        reading_minutes: usize,
        /// Whether it is breaking news now.
        is_breaking: bool,
        /// The language it was written in, when the newsroom says so.
        original: Option<Shared<LanguageInfo<'a>>>,
        /// The archive page of its month; none where archives are switched off.
        month_url: Option<String>,
        /// `[extra]` of its front matter.
        extra: Extra<'a>,
    }

    /// Somebody else's report that an article rests on.
    pub struct NewsSource<'a> {
        /// `Reuters`.
        name: &'a str,
        /// Where it can be read.
        url: Option<&'a str>,
    }

    /// A mistake that was mended after publication.
    pub struct Correction<'a> {
        /// When.
        date: Date,
        /// What was wrong, and what is right: plain text.
        text: &'a str,
    }

    /// Another edition of the story.
    pub struct Translation<'a> {
        /// Its language.
        language: Shared<LanguageInfo<'a>>,
        /// Its headline.
        title: &'a str,
        /// Root-relative URL.
        url: String,
    }

    /// A story to read also.
    pub struct Related<'a> {
        /// Its language: another than the page's where it has no edition in that.
        language: Shared<LanguageInfo<'a>>,
        /// Its headline.
        title: &'a str,
        /// Root-relative URL.
        url: String,
    }

    /// The articles of one day: what the filter `by_day` gives.
    pub struct Day<'a> {
        /// The day, without a time.
        day: Date,
        /// Its articles, in the order of the list.
        cards: Vec<Shared<Card<'a>>>,
    }

    /// The terms under one letter: what the filter `by_letter` gives.
    pub struct Letter<'a> {
        /// The letter: «Ґ».
        letter: String,
        /// Its terms, in the order of the list.
        entries: Vec<Shared<TermEntry<'a>>>,
    }

    /// `listing`, on lists of news and on the pages of sections, tags, authors and months.
    pub struct Listing<'a> {
        /// The name of the section, tag, author or month; none on the list of all news.
        title: Option<String>,
        /// Its section, tag or author.
        term: Option<Shared<Term<'a>>>,
        /// Newest first.
        cards: Vec<Shared<Card<'a>>>,
        /// The number of this page, counted from the oldest; none on the newest.
        number: Option<usize>,
        /// How many articles the whole listing has; only on its newest page, which is the only one
        /// that a new story changes.
        n_articles: Option<usize>,
        /// Tags that often stand beside this one in the articles of this page, most often first; only
        /// on the newest page of a tag.
        related: Vec<Shared<Term<'a>>>,
        /// The page with newer articles.
        newer_url: Option<String>,
        /// The page with older articles.
        older_url: Option<String>,
    }

    /// `archive`, on the newest page of a month; none on its numbered pages, which a new month must not
    /// change.
    pub struct Archive {
        /// The year, four digits.
        year: String,
        /// The months of the year that have articles, oldest first.
        months: Vec<MonthLink>,
        /// The archive's other years, oldest first: a link to the first month of each.
        years: Vec<YearLink>,
    }

    /// A month of the archive.
    pub struct MonthLink {
        /// «Грудень 2025».
        title: String,
        /// Root-relative URL.
        url: String,
        /// Whether it is this page's month.
        is_current: bool,
        /// How many articles it has; none for the newest month, whose number grows with every story.
        n_articles: Option<usize>,
    }

    /// A year of the archive.
    pub struct YearLink {
        /// Four digits.
        year: String,
        /// Root-relative URL of its first month with articles.
        url: String,
    }

    /// `standalone`, on standalone pages.
    pub struct Standalone<'a> {
        /// Headline.
        title: &'a str,
        /// The text.
        content: Html,
        /// Lead picture.
        image: Option<Image<'a>>,
        /// Last substantial change.
        updated: Option<Date>,
        /// `[extra]` of its front matter.
        extra: Extra<'a>,
    }
}
