//! From a site to the next one of a preview: where only words changed, everything else is shared.

use std::sync::Arc;

use super::Site;
use crate::content::{Content, Edition, Picture};

impl Site {
    /// What [`Site::build`] makes of this site's configuration, files and view with other `content`,
    /// at hardly any cost. Its problems are those of this site, but for their places in files that changed.
    ///
    /// # Errors
    /// The content, when more than words differ, so that a site has to be built of it.
    pub fn with_words_of(&self, content: Content) -> Result<Self, Content> {
        let own = &self.content;
        // Where a law is obeyed, the model compares the lengths of texts.
        let has_law = self.config.languages.iter().any(|language| language.law.is_some());
        let is_same = |(own, other): (&Arc<Edition>, &Arc<Edition>)| {
            let is_as_long = own.n_letters == other.n_letters;
            Arc::ptr_eq(own, other)
                || (differ_in_words_only(own, other) && (is_as_long || !has_law))
        };
        let differs_in_words_only = own.editions.len() == content.editions.len()
            && own.editions.iter().zip(&content.editions).all(is_same)
            && own.vocabulary == content.vocabulary
            && own.files == content.files
            && own.broken == content.broken;
        if !differs_in_words_only {
            return Err(content);
        }
        Ok(Self {
            config: self.config.clone(),
            content,
            assets: self.assets.clone(),
            stories: self.stories.clone(),
            listings: self.listings.clone(),
            routes: self.routes.clone(),
            next_change: self.next_change,
            next_due: self.next_due,
            front_sections: self.front_sections.clone(),
            story_of: self.story_of.clone(),
            is_public: self.is_public.clone(),
            is_pinned: self.is_pinned.clone(),
            is_breaking: self.is_breaking.clone(),
            older_alike: self.older_alike.clone(),
            sitemaps: self.sitemaps.clone(),
        })
    }
}

/// Whether stories, lists and addresses are the same with either of two editions.
fn differ_in_words_only(one: &Edition, other: &Edition) -> bool {
    // Every field is named here, so that a new one is put on the right side.
    let Edition {
        kind,
        language,
        path,
        is_folder,
        story,
        published,
        genre,
        publish_at,
        unpublish_at,
        section,
        tags,
        authors,
        slug,
        is_draft,
        image,
        related,
        pinned_until,
        breaking_until,
        aliases,
        original,
        // Shown on pages, and asked for by nobody who makes the model.
        title: _,
        summary: _,
        has_own_summary: _,
        updated: _,
        sources: _,
        corrections: _,
        key_points: _,
        extra: _,
        has_typography: _,
        translated_from: _,
        n_letters: _,
        body_start: _,
        hash: _,
    } = one;
    fn src(image: &Option<Box<Picture>>) -> Option<&str> {
        image.as_deref().map(|picture| &*picture.src)
    }
    *kind == other.kind
        && *language == other.language
        && *path == other.path
        && *is_folder == other.is_folder
        && *story == other.story
        && *published == other.published
        && *genre == other.genre
        && *publish_at == other.publish_at
        && *unpublish_at == other.unpublish_at
        && *section == other.section
        && *tags == other.tags
        && *authors == other.authors
        && *slug == other.slug
        && *is_draft == other.is_draft
        && src(image) == src(&other.image)
        && *related == other.related
        && *pinned_until == other.pinned_until
        && *breaking_until == other.breaking_until
        && *aliases == other.aliases
        && *original == other.original
}
