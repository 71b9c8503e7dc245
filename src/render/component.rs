//! Components in the text of an article: their arguments become what templates know, and the theme
//! shows them.

use tera::Map;
use tera::Value as Given;

use super::links::{AskedLink, Links, hash_of};
use crate::component::{Component, Picture, Value};
use crate::content::{self, EditionId, EditionKind};
use crate::diagnostic::{Severity, nearest};
use crate::markdown::{NotShown, Problem};
use crate::template::context::{Related, TemplateValue};
use crate::template::{ComponentFailure, Sitting};

/// Files of `static/` that the components of a text need, in the order in which they are first needed.
#[derive(Debug, Default)]
pub(super) struct Needed {
    pub(super) styles: Vec<String>,
    pub(super) scripts: Vec<String>,
}

impl Needed {
    fn add(&mut self, component: &Component) {
        let Self { styles, scripts } = self;
        for (own, all) in [(&component.styles, styles), (&component.scripts, scripts)] {
            for file in own {
                if !all.contains(file) {
                    all.push(file.clone());
                }
            }
        }
    }
}

impl Links<'_> {
    /// What the theme makes of a component.
    pub(super) fn show(
        &self,
        sitting: &Sitting,
        component: &Component,
        arguments: Vec<(String, Value)>,
        body: Option<&str>,
    ) -> Result<String, NotShown> {
        self.needed.borrow_mut().add(component);
        let arguments = arguments.into_iter().map(|(name, value)| (name, self.given(value)));
        let page = self.site.path(self.site.route_of(self.edition));
        sitting.fill_component(component, arguments.collect(), body, &page).map_err(|failure| {
            match failure {
                ComponentFailure::Refused(message) => NotShown::Refused(Problem {
                    severity: Severity::Error,
                    id: "component-refused",
                    message: format!("the component `{}` says: {message}", component.name),
                    help: Some("change its arguments".to_owned()),
                }),
                ComponentFailure::Template(diagnostics) => NotShown::Broken(diagnostics),
            }
        })
    }

    /// A value as templates know it.
    fn given(&self, value: Value) -> Given {
        match value {
            Value::None => Given::none(),
            Value::Text(text) => text.into(),
            Value::Html(html) => Given::safe_string(&html),
            Value::Integer(number) => number.into(),
            Value::Float(number) => number.into(),
            Value::Bool(truth) => truth.into(),
            Value::List(items) => {
                items.into_iter().map(|item| self.given(item)).collect::<Vec<_>>().into()
            }
            Value::Table(fields) => {
                let fields =
                    fields.into_iter().map(|(name, value)| (name.into(), self.given(value)));
                fields.collect::<Map>().into()
            }
            Value::Picture(picture) => self.picture(picture),
            Value::Story(key) => self.find_story(&key).map(|id| self.related(id)).ok().into_value(),
        }
    }

    fn picture(&self, picture: Picture) -> Given {
        let picture = content::Picture {
            src: picture.src.into(),
            alt: picture.alt.into(),
            caption: picture.caption.map(Into::into),
            credit: picture.credit.map(Into::into),
            is_illustrative: picture.is_illustrative,
            is_anonymous: false,
        };
        self.answers.picture(self.edition, &picture).into_value()
    }

    fn related(&self, id: EditionId) -> Related<'_> {
        Related {
            language: self.answers.language(self.site.edition(id).language),
            title: &self.site.edition(id).title,
            url: self.site.url(self.site.route_of(id)),
        }
    }

    /// Whether a component may show a story.
    pub(super) fn ask_story(&self, key: &str) -> Result<(), Problem> {
        self.record(AskedLink::Story(key.into()), self.story_hash(key));
        self.find_story(key).map(|_| ())
    }

    /// The hash of what a component shows of a story.
    pub(super) fn story_hash(&self, key: &str) -> u64 {
        let site = self.site;
        hash_of(&self.find_story(key).map(|id| {
            let edition = site.edition(id);
            (edition.language, &edition.title, site.url(site.route_of(id)))
        }))
    }

    /// The edition of a story for readers of this one.
    fn find_story(&self, key: &str) -> Result<EditionId, Problem> {
        let site = self.site;
        let own = site.edition(self.edition).language;
        let story = site.story(EditionKind::Article, key);
        if story.is_some_and(|story| std::ptr::eq(story, site.story_of(self.edition))) {
            return Err(Problem {
                severity: Severity::Warning,
                id: "related-to-itself",
                message: "an article names itself among those to read also".to_owned(),
                help: Some("remove it".to_owned()),
            });
        }
        if let Some(id) = story.and_then(|story| site.edition_for(story, own)) {
            return Ok(id);
        }
        // It may be one of the articles that are left out because of their own errors.
        if story.is_some() || !site.content.broken.is_empty() {
            return Err(Problem {
                severity: Severity::Warning,
                id: "unpublished-story",
                message: format!(
                    "the story `{}` is not public now, so it is left out",
                    key.escape_debug()
                ),
                help: Some("it will stand here when it is published".to_owned()),
            });
        }
        let keys = site.stories.iter().filter(|story| story.kind == EditionKind::Article);
        let help = match nearest(key, keys.map(|story| &*story.key)) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "name a story by the path of its file below the language's folder, without \
                     `.md`, or by its `story`"
                .to_owned(),
        };
        Err(Problem {
            severity: Severity::Error,
            id: "unknown-story",
            message: format!("there is no story `{}`", key.escape_debug()),
            help: Some(help),
        })
    }
}
