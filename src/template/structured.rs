//! What a page says of itself in structured data: `structured_data()` of templates. It is made when a
//! template asks for it, since not every theme does.
//!
//! Whatever is shown here is among the page's inputs (`render/inputs.rs`) or is asked like a query.

use std::borrow::Cow;

use super::Answers;
use super::query::Query;
use super::sharing::PublicPicture;
use crate::config::LanguageId;
use crate::content::{EditionId, Genre, Moment, TermId, TermKind};
use crate::schema::{
    Article, ArticleType, Author, BreadcrumbList, CorrectionComment, CreativeWork, Graph,
    ImageObject, ItemList, ListItem, MainEntity, NewsMediaOrganization, Node, PageType, Person,
    Reference, WebPage, WebSite,
};
use crate::site::{ListingId, PageNumber, PageRole, Route, paginate};

/// The names of the pages that the theme names.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PageNames<'a> {
    /// The list of all news.
    pub(super) news: Option<&'a str>,
    /// The index of tags.
    pub(super) tags: Option<&'a str>,
}

/// A page on the way from the front page to a page, and its URL.
type Step<'a> = (Cow<'a, str>, String);

/// The script element that describes a page; empty for pages that search engines leave out.
pub(super) fn of_page(
    answers: &Answers,
    route: Route,
    names: PageNames<'_>,
) -> Result<String, String> {
    let language = answers.site.language_of(route);
    let root_url = answers.site.absolute_url(Route::Root);
    let describe = Describe { answers, language, names, root_url };
    let nodes = match route {
        Route::Root | Route::Front(_) => describe.front(),
        Route::Article(id) => describe.article(id),
        Route::Standalone(id) => describe.standalone(id),
        Route::Listing(id, number) => describe.listing(id, number),
        Route::Tags(_) => describe.tags()?,
        Route::Fresh(_)
        | Route::NotFound(_)
        | Route::RootNotFound
        | Route::Alias(..)
        | Route::HostFile(_)
        | Route::Sitemap(_)
        | Route::Feed(..) => return Ok(String::new()),
    };
    Ok(Graph::of(nodes).to_html())
}

/// How much is said of the publisher.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// What search engines want beside an article.
    Brief,
    Full,
}

struct Describe<'a> {
    answers: &'a Answers,
    language: LanguageId,
    names: PageNames<'a>,
    root_url: String,
}

impl<'a> Describe<'a> {
    fn front(&self) -> Vec<Node<'a>> {
        let url = self.url(Route::Front(self.language));
        let site = WebSite {
            id: website_id(&url),
            url,
            name: &self.answers.site.config.language(self.language).title,
            in_language: self.tag(),
            publisher: Reference { id: self.publisher_id() },
        };
        vec![Node::Site(site), self.publisher(Detail::Full)]
    }

    fn article(&self, id: EditionId) -> Vec<Node<'a>> {
        let site = &*self.answers.site;
        let edition = site.edition(id);
        let url = self.url(Route::Article(id));
        let published = edition.published.expect("an article without a date is an error before");
        let modified = edition.last_change().unwrap_or(published);
        let author = edition.authors.iter().map(|id| Author::Person(self.author(*id)));
        let mut author: Vec<Author<'_>> = author.collect();
        if author.is_empty() {
            author.push(Author::Publisher(Reference { id: self.publisher_id() }));
        }
        let (translation_of_work, work_translation) = self.translations(id);
        let article = Article {
            article_type: match edition.genre {
                Genre::News => ArticleType::NewsArticle,
                Genre::Analysis => ArticleType::AnalysisNewsArticle,
                Genre::Opinion => ArticleType::OpinionNewsArticle,
                Genre::Reportage => ArticleType::ReportageNewsArticle,
                Genre::Explainer => ArticleType::BackgroundNewsArticle,
            },
            id: article_id(&url),
            main_entity_of_page: url.clone(),
            headline: &edition.title,
            description: &edition.summary,
            image: self.pictures(id),
            date_published: self.instant(published),
            date_modified: self.instant(modified),
            author,
            publisher: Reference { id: self.publisher_id() },
            article_section: edition.section.map(|id| self.term_name(TermKind::Section, id)),
            keywords: edition.tags.iter().map(|id| self.term_name(TermKind::Tag, *id)).collect(),
            in_language: self.tag(),
            is_accessible_for_free: true,
            citation: edition
                .sources
                .iter()
                .map(|source| CreativeWork { name: &source.name, url: source.url.as_deref() })
                .collect(),
            correction: edition
                .corrections
                .iter()
                .map(|correction| CorrectionComment {
                    text: &correction.text,
                    date_published: self.instant(correction.date),
                })
                .collect(),
            translation_of_work,
            work_translation,
            url: url.clone(),
        };
        let section =
            edition.section.and_then(|section| self.term_step(TermKind::Section, section));
        let way = section.into_iter().chain([(Cow::from(&*edition.title), url)]);
        let nodes = [
            Some(Node::Article(Box::new(article))),
            self.breadcrumbs(way),
            Some(self.publisher(Detail::Brief)),
        ];
        nodes.into_iter().flatten().collect()
    }

    /// What an edition is a translation of, and what its translations are. Where nobody says which one
    /// is the original, or where it is not public, all of them are translations of each other.
    fn translations(&self, id: EditionId) -> (Option<Reference>, Vec<Reference>) {
        let site = &*self.answers.site;
        let story = site.story_of(id);
        let reference = |id| Reference { id: article_id(&site.absolute_url(Route::Article(id))) };
        let original = story.original.and_then(|language| site.public_edition(story, language));
        match original {
            Some(original) if original != id => (Some(reference(original)), Vec::new()),
            _ => {
                let languages = site.config.language_ids();
                let editions =
                    languages.filter_map(|language| site.public_edition(story, language));
                (None, editions.filter(|other| *other != id).map(reference).collect())
            }
        }
    }

    fn author(&self, id: TermId) -> Person<'a> {
        let author = self.answers.site.content.vocabulary.authors.get(id);
        let page = self.term_url(TermKind::Author, id);
        Person {
            id: page.as_deref().map(person_id),
            name: author.name(self.language),
            url: page.or_else(|| author.url.as_deref().map(str::to_owned)),
            description: None,
            image: None,
            same_as: Vec::new(),
        }
    }

    fn standalone(&self, id: EditionId) -> Vec<Node<'a>> {
        let site = &*self.answers.site;
        let edition = site.edition(id);
        let url = self.url(Route::Standalone(id));
        let page_type = match site.page_role(id) {
            Some(PageRole::About) => PageType::AboutPage,
            Some(PageRole::Contacts) => PageType::ContactPage,
            None => PageType::WebPage,
        };
        let page = WebPage {
            description: Some(&*edition.summary).filter(|summary| !summary.is_empty()),
            date_modified: edition.last_change().map(|moment| self.instant(moment)),
            primary_image_of_page: self
                .answers
                .pictures_of(id)
                .into_iter()
                .next()
                .map(image_object),
            ..self.page(page_type, Some(Cow::from(&*edition.title)), url.clone())
        };
        self.with_way(page, [(Cow::from(&*edition.title), url)])
    }

    fn listing(&self, id: ListingId, number: PageNumber) -> Vec<Node<'a>> {
        let site = &*self.answers.site;
        let url = self.url(Route::Listing(id, number));
        let root = self.url(Route::Listing(id, PageNumber::Root));
        let name: Option<Cow<'a, str>> = match id {
            ListingId::News(_) => self.names.news.map(Cow::from),
            ListingId::Term(_, kind, term) => Some(self.term_name(kind, term).into()),
            ListingId::Month(language, month) => {
                Some(self.answers.month_title(language, month).into())
            }
        };
        let index = match id {
            ListingId::Term(_, TermKind::Tag, _) => self.tags_step(),
            _ => None,
        };
        let own = name.clone().map(|name| (name, root));
        let page = match id {
            ListingId::Term(_, TermKind::Author, author) => WebPage {
                main_entity: Some(MainEntity::Person(self.profile(author))),
                ..self.page(PageType::ProfilePage, name, url)
            },
            _ => {
                let articles = paginate(site.listing(id), site.config.per_page).items(number);
                let urls = articles.iter().rev().map(|id| (None, self.url(Route::Article(*id))));
                WebPage {
                    main_entity: item_list(urls),
                    description: self.description(id),
                    ..self.page(PageType::CollectionPage, name, url)
                }
            }
        };
        self.with_way(page, index.into_iter().chain(own))
    }

    /// The index of tags, with the tags in the order of the language's alphabet.
    fn tags(&self) -> Result<Vec<Node<'a>>, String> {
        let url = self.url(Route::Tags(self.language));
        // Asked like a query, so that the page is rendered anew when other tags are in use.
        self.answers.ask(Query::Terms(self.language, TermKind::Tag))?;
        let entries = self.answers.terms_in_order(TermKind::Tag, self.language).into_iter();
        let entries = entries.filter_map(|entry| {
            let name = Cow::from(self.term_name(TermKind::Tag, entry.id));
            Some((Some(name), self.term_url(TermKind::Tag, entry.id)?))
        });
        let page = WebPage {
            main_entity: item_list(entries),
            ..self.page(PageType::CollectionPage, self.names.tags.map(Cow::from), url)
        };
        Ok(self.with_way(page, self.tags_step()))
    }

    /// What search engines are told of an author on the author's own page.
    fn profile(&self, id: TermId) -> Person<'a> {
        let site = &*self.answers.site;
        let author = site.content.vocabulary.authors.get(id);
        Person {
            description: author.descriptions[self.language.index()].as_deref(),
            image: author.photo.as_deref().map(|photo| self.answers.absolute(photo)),
            same_as: author.url.as_deref().into_iter().collect(),
            ..self.author(id)
        }
    }

    fn page(&self, page_type: PageType, name: Option<Cow<'a, str>>, url: String) -> WebPage<'a> {
        WebPage {
            page_type,
            id: url.clone(),
            url,
            name,
            description: None,
            in_language: self.tag(),
            is_part_of: Reference { id: website_id(&self.url(Route::Front(self.language))) },
            date_modified: None,
            primary_image_of_page: None,
            main_entity: None,
        }
    }

    /// A page, the way to it from the front page, and who publishes it.
    fn with_way(
        &self,
        page: WebPage<'a>,
        way: impl IntoIterator<Item = Step<'a>>,
    ) -> Vec<Node<'a>> {
        let breadcrumbs = self.breadcrumbs(way);
        let publisher = self.publisher(Detail::Brief);
        [Some(Node::Page(page)), breadcrumbs, Some(publisher)].into_iter().flatten().collect()
    }

    /// The way from the front page; none when it has no other steps.
    fn breadcrumbs(&self, way: impl IntoIterator<Item = Step<'a>>) -> Option<Node<'a>> {
        let front = self.url(Route::Front(self.language));
        let title = &*self.answers.site.config.language(self.language).title;
        let steps = [(Cow::from(title), front)].into_iter().chain(way);
        let item = |((name, url), position)| ListItem {
            position,
            name: Some(name),
            url: None,
            item: Some(url),
        };
        let steps: Vec<ListItem<'_>> = steps.zip(1..).map(item).collect();
        let list = BreadcrumbList { item_list_element: steps };
        (list.item_list_element.len() > 1).then_some(Node::Breadcrumbs(list))
    }

    fn term_step(&self, kind: TermKind, id: TermId) -> Option<Step<'a>> {
        Some((self.term_name(kind, id).into(), self.term_url(kind, id)?))
    }

    fn tags_step(&self) -> Option<Step<'a>> {
        let is_there = self.answers.site.config.urls.tags.is_some();
        let name = self.names.tags.filter(|_| is_there)?;
        Some((name.into(), self.url(Route::Tags(self.language))))
    }

    fn publisher(&self, detail: Detail) -> Node<'a> {
        let site = &*self.answers.site;
        let publisher = &site.config.publisher;
        let principles = site.publisher_page(&publisher.principles, self.language);
        let is_full = detail == Detail::Full;
        Node::Publisher(NewsMediaOrganization {
            id: self.publisher_id(),
            name: &publisher.names[self.language.index()],
            url: publisher.url.clone().unwrap_or_else(|| self.root_url.clone()),
            logo: self.answers.logo(self.language).map(image_object),
            same_as: if is_full { &publisher.same_as } else { &[] },
            publishing_principles: principles.filter(|_| is_full).map(|page| self.url(page)),
        })
    }

    /// The pictures of an article, or else the one that stands for the whole site.
    fn pictures(&self, id: EditionId) -> Vec<ImageObject<'a>> {
        let own = self.answers.pictures_of(id);
        let of_site = || self.answers.picture_of_site(self.language).into_iter().collect();
        let pictures = if own.is_empty() { of_site() } else { own };
        pictures.into_iter().map(image_object).collect()
    }

    fn description(&self, id: ListingId) -> Option<&'a str> {
        let ListingId::Term(_, kind, term) = id else { return None };
        let term = self.answers.site.content.vocabulary.of(kind).get(term);
        term.descriptions[self.language.index()].as_deref()
    }

    fn term_name(&self, kind: TermKind, id: TermId) -> &'a str {
        self.answers.site.content.vocabulary.of(kind).get(id).name(self.language)
    }

    fn term_url(&self, kind: TermKind, id: TermId) -> Option<String> {
        let listing = ListingId::Term(self.language, kind, id);
        let has_page = self.answers.site.has_listing(listing);
        has_page.then(|| self.url(Route::Listing(listing, PageNumber::Root)))
    }

    fn url(&self, route: Route) -> String {
        self.answers.site.absolute_url(route)
    }

    fn publisher_id(&self) -> String {
        format!("{}#publisher", self.root_url)
    }

    fn tag(&self) -> &'a str {
        self.answers.site.config.language(self.language).tag.as_str()
    }

    /// A moment with its time and offset: a bare day begins at midnight.
    fn instant(&self, moment: Moment) -> String {
        self.answers.instant(moment).0
    }
}

/// What stands for an article, as opposed to its page.
fn article_id(url: &str) -> String {
    format!("{url}#article")
}

fn person_id(url: &str) -> String {
    format!("{url}#person")
}

fn website_id(front_url: &str) -> String {
    format!("{front_url}#website")
}

fn image_object(picture: PublicPicture<'_>) -> ImageObject<'_> {
    ImageObject {
        content_url: picture.url.clone(),
        url: picture.url,
        width: picture.size.map(|size| size.width.to_string()),
        height: picture.size.map(|size| size.height.to_string()),
        caption: picture.caption,
        credit_text: picture.credit,
    }
}

/// What a page lists; nothing when that is nothing.
fn item_list<'a>(
    items: impl Iterator<Item = (Option<Cow<'a, str>>, String)>,
) -> Option<MainEntity<'a>> {
    let item = |((name, url), position)| ListItem { position, name, url: Some(url), item: None };
    let items: Vec<ListItem<'_>> = items.zip(1..).map(item).collect();
    (!items.is_empty()).then_some(MainEntity::List(ItemList { item_list_element: items }))
}
