//! Publishing one story costs the same in an archive of any size: with the default theme, only its own
//! pages, the newest page of every list that it is on, and what stands beside these change.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;

use support::TestSite;

const LANGUAGES: [&str; 3] = ["ua", "en", "ru"];
const SECTIONS: [&str; 4] = ["politics", "economy", "culture", "science"];
const N_TAGS: usize = 12;

/// A newsroom with so many stories, one an hour, each in three languages.
fn archive_of(n_stories: usize) -> TestSite {
    let site = TestSite::of_repository(&["templates", "site.toml"]);
    for file in [
        "static/style.css",
        "static/fresh.js",
        "static/favicon.svg",
        "static/icon.png",
        "static/share",
    ] {
        site.copy_of_repository(file, file);
    }
    let terms = |ids: &[String]| -> String {
        let term = |id: &String| {
            format!("[{id}]\nname = {{ ua = '{id} ua', en = '{id} en', ru = '{id} ru' }}\n")
        };
        ids.iter().map(term).collect()
    };
    let tags: Vec<String> = (0..N_TAGS).map(|n| format!("tag-{n}")).collect();
    let authors: Vec<String> = (0..5).map(|n| format!("author-{n}")).collect();
    site.put("content/sections.toml", terms(&SECTIONS.map(str::to_owned)));
    site.put("content/tags.toml", terms(&tags));
    site.put("content/authors.toml", terms(&authors));
    (0..n_stories).for_each(|n| put_story(&site, n));
    site
}

fn put_story(site: &TestSite, n: usize) {
    let start: jiff::civil::DateTime = "2024-01-31T08:00".parse().unwrap();
    let date = start.checked_add(jiff::Span::new().hours(i64::try_from(n).unwrap())).unwrap();
    for code in LANGUAGES {
        site.put(
            &format!("content/{code}/{}/story-{n}.md", date.strftime("%Y/%m")),
            format!(
                "+++\ntitle = 'Story {n}'\ndate = {date}\nsection = '{}'\ntags = ['tag-{}', 'tag-{}', \
                 'tag-{}']\nauthors = ['author-{}']\n+++\nText {n}.\n",
                SECTIONS[n % SECTIONS.len()],
                n % N_TAGS,
                (n + 4) % N_TAGS,
                (n * 7 + 1) % N_TAGS,
                n % 5,
            ),
        );
    }
}

/// The paths that change when the next story is published.
fn changed_by_one_story(n_stories: usize) -> BTreeSet<String> {
    let site = archive_of(n_stories);
    site.build(&["--quiet"]).succeeded();
    put_story(&site, n_stories);
    let list = tempfile::NamedTempFile::new().unwrap();
    let file = list.path().to_str().unwrap();
    site.build(&["--quiet", "--changed-list", file]).succeeded();
    let list = std::fs::read_to_string(list.path()).unwrap();
    list.lines().map(|line| line.split_once('\t').unwrap().1.to_owned()).collect()
}

/// Pages of lists that were made or got another link to the next: the lists that rolled over.
fn numbered(changed: &BTreeSet<String>) -> usize {
    changed.iter().filter(|path| path.contains("/page/")).count()
}

#[test]
fn one_story_in_three_languages_changes_as_many_files_in_a_larger_archive() {
    let (small, large) = (changed_by_one_story(60), changed_by_one_story(480));
    for changed in [&small, &large] {
        let lists = LANGUAGES.len() * (1 + 1 + 3 + 1 + 1);
        assert!(numbered(changed) <= 2 * lists, "{changed:#?}");
        assert!(changed.len() - numbered(changed) <= 100, "{changed:#?}");
        let articles = changed.iter().filter(|path| path.contains("/story-")).count();
        assert_eq!(articles, LANGUAGES.len(), "no other article changes: {changed:#?}");
        // Of each language that of the month, that of what always changes, and that of news.
        let sitemaps = changed.iter().filter(|path| path.contains("sitemap-")).count();
        assert!(sitemaps <= 3 * LANGUAGES.len(), "{changed:#?}");
    }
    let kinds = |changed: &BTreeSet<String>| changed.len() - numbered(changed);
    assert_eq!(kinds(&small), kinds(&large), "{small:#?} {large:#?}");
}
