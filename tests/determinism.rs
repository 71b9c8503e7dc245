//! Equal sources give equal bytes, however a site is built; a new story changes what shows it and
//! nothing else.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use support::TestSite;
use support::links::BuiltSite;

const ORIGIN: &str = "https://news.example.org";
const SAMPLE: [&str; 4] = ["site.toml", "content", "templates", "static"];

/// Fails with the names of the files that differ, not with their bytes.
#[track_caller]
fn assert_equal(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(changed(one, other), BTreeSet::new());
}

/// The files that are new, gone or different.
fn changed(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let all: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differs = |path: &&&String| one.get(**path) != other.get(**path);
    all.iter().filter(differs).map(|path| (**path).clone()).collect()
}

#[test]
fn two_builds_give_the_same_bytes() {
    let site = TestSite::of_repository(&SAMPLE);
    site.build(&["--output", "one"]).succeeded();
    site.build(&["--output", "two"]).succeeded();
    assert_equal(&site.tree("one"), &site.tree("two"));
}

#[test]
fn the_number_of_threads_does_not_show() {
    let site = TestSite::of_repository(&SAMPLE);
    for jobs in ["1", "2", "4"] {
        site.build(&["--jobs", jobs, "--output", jobs]).succeeded();
    }
    assert_equal(&site.tree("1"), &site.tree("2"));
    assert_equal(&site.tree("1"), &site.tree("4"));
}

#[test]
fn the_same_problems_are_reported_with_any_number_of_threads() {
    let site = TestSite::new("");
    for number in 0..40 {
        site.put(
            &format!("content/ua/{number}.md"),
            format!("+++\ntitle = 'x'\ndate = 2025-12-01\ntags = ['t{number}']\n+++\n[a](no.md) [b](x:y)\n"),
        );
    }
    let reports = ["1", "2", "4"].map(|jobs| site.build(&["--jobs", jobs]).stderr);
    assert_eq!(reports[0], reports[1]);
    assert_eq!(reports[0], reports[2]);
}

#[test]
fn the_day_of_the_build_does_not_show() {
    let site = TestSite::of_repository(&SAMPLE);
    site.build(&["--now", "2026-01-15T12:00:00Z", "--output", "one"]).succeeded();
    // Before the model article's `pinned_until`: of the clock, pages show only what that decides.
    site.build(&["--now", "2029-07-01T00:00:00Z", "--output", "two"]).succeeded();
    assert_equal(&site.tree("one"), &site.tree("two"));
}

#[test]
fn the_folder_of_the_site_does_not_show() {
    let (one, two) = (TestSite::of_repository(&SAMPLE), TestSite::of_repository(&SAMPLE));
    one.build(&[]).succeeded();
    two.build(&[]).succeeded();
    assert_equal(&one.tree("public"), &two.tree("public"));
}

#[test]
fn building_step_by_step_equals_building_at_once() {
    let site = TestSite::of_repository(&SAMPLE);
    let story = "content/en/2025/12/late-maize-elevator.md";
    let text = site.text(story);
    site.remove(story);
    site.build(&["--output", "step-by-step"]).succeeded();
    site.put(story, text.replace("title = \"", "title = \"First: "));
    site.build(&["--output", "step-by-step"]).succeeded();
    site.put(story, text);
    site.build(&["--output", "step-by-step"]).succeeded();
    site.build(&["--output", "at-once"]).succeeded();
    assert_equal(&site.tree("step-by-step"), &site.tree("at-once"));
}

/// The lines of a full page that a newest story may not change. It may change the «Новіші» link,
/// when the page that follows has just become full, and the switcher, when another language gets its
/// first story of the list.
fn unexpected_lines(old: &[u8], new: &[u8]) -> Vec<String> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (old, new) = (text(old), text(new));
    let is_allowed = |line: &str| line.contains("rel=\"prev\"") || line.contains("hreflang=");
    let rest = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !is_allowed(line)).map(str::to_owned).collect()
    };
    let (old, new) = (rest(&old), rest(&new));
    if old.len() != new.len() {
        return new;
    }
    old.iter().zip(new).filter(|(old, new)| *old != new).map(|(_, new)| new).collect()
}

#[test]
fn a_story_of_a_new_month_changes_no_full_page_of_the_sample_site() {
    let site = TestSite::of_repository(&SAMPLE);
    let per_page =
        site.text("site.toml").lines().find(|l| l.starts_with("per_page")).map(str::to_owned);
    site.edit("site.toml", &per_page.unwrap(), "per_page = 1");
    site.build(&[]).succeeded();
    let before = site.tree("public");
    for code in CODES {
        let text = "+++\ntitle = 'New'\ndate = 2026-01-10\nsection = 'politics'\ntags = ['florida']\n+++\nText.\n";
        site.put(&format!("content/{code}/2026/01/new.md"), text);
    }
    site.build(&[]).succeeded();
    let after = site.tree("public");
    let mut n_full_pages = 0;
    for (path, old) in before.iter().filter(|(path, _)| path.contains("/page/")) {
        assert_eq!(unexpected_lines(old, &after[path]), [""; 0], "{path}");
        n_full_pages += 1;
    }
    assert!(n_full_pages > 60, "{n_full_pages}");
}

/// A story of a random site.
#[derive(Debug, Clone)]
struct Story {
    /// For each of the three languages, whether it has an edition and whether that is a draft.
    editions: [Option<bool>; 3],
    /// Days and hours after 2025-01-01.
    day: u16,
    hour: u8,
    section: Option<bool>,
    tags: BTreeSet<u8>,
    original: Option<u8>,
    /// The story that it links to, by number; there may be none.
    link: u8,
    has_own_name: bool,
}

fn story() -> impl Strategy<Value = Story> {
    (
        any::<[Option<bool>; 3]>(),
        0u16..400,
        0u8..24,
        any::<Option<bool>>(),
        proptest::collection::btree_set(0u8..4, 0..3),
        proptest::option::of(0u8..3),
        any::<u8>(),
        any::<bool>(),
    )
        .prop_map(|(editions, day, hour, section, tags, original, link, has_own_name)| Story {
            editions,
            day,
            hour,
            section,
            tags,
            original,
            link,
            has_own_name,
        })
}

const CODES: [&str; 3] = ["ua", "en", "ru"];

/// Writes the Markdown files of the stories.
fn write(site: &TestSite, stories: &[Story]) {
    for (number, story) in stories.iter().enumerate() {
        write_story(site, number, story, stories);
    }
}

fn write_story(site: &TestSite, number: usize, story: &Story, stories: &[Story]) {
    let day = jiff::civil::date(2025, 1, 1) + jiff::Span::new().days(story.day);
    // A link is made only to a story that has an edition at all, published or not.
    let target = usize::from(story.link) % stories.len();
    let link = stories[target].editions.iter().position(Option::is_some).map(|language| {
        let name = name(target, &stories[target], language);
        format!("[link](/{}/{name}.md)\n", CODES[language])
    });
    for (language, is_draft) in story.editions.iter().enumerate() {
        let Some(is_draft) = is_draft else { continue };
        let mut text = format!("+++\ntitle = 'Story {number} in {}'\n", CODES[language]);
        text += &format!("date = {day}T{:02}:00:00Z\ndraft = {is_draft}\n", story.hour);
        text += &format!("story = 'story-{number}'\ntags = [");
        for tag in &story.tags {
            text += &format!("'tag{tag}', ");
        }
        text += "]\n";
        if let Some(is_politics) = story.section {
            text += &format!("section = '{}'\n", if is_politics { "politics" } else { "culture" });
        }
        if let Some(original) = story.original {
            text += &format!("original = '{}'\n", CODES[usize::from(original)]);
        }
        text += &format!("+++\nText.\n\n## Part\n\n{}", link.as_deref().unwrap_or_default());
        site.put(
            &format!("content/{}/{}.md", CODES[language], name(number, story, language)),
            text,
        );
    }
}

/// The path of an edition, which may differ by language.
fn name(number: usize, story: &Story, language: usize) -> String {
    if story.has_own_name {
        format!("{}-{number}", ["novyna", "story", "novost"][language])
    } else {
        format!("2025/story-{number}")
    }
}

/// Declares the four tags, so that random sites are built without warnings about them.
fn declare_tags(site: &TestSite) {
    let tags = (0..4).map(|tag| format!("[tag{tag}]\nname = 'Tag {tag}'\n"));
    site.put("content/tags.toml", tags.collect::<String>());
}

proptest! {
    // A case runs the program once or twice, which takes tenths of a second.
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 64, ..ProptestConfig::default() })]

    #[test]
    fn every_site_has_whole_links_and_reciprocal_hreflang(
        stories in proptest::collection::vec(story(), 1..12)
    ) {
        let site = TestSite::new("");
        declare_tags(&site);
        write(&site, &stories);
        site.build(&[]).succeeded();
        let built = BuiltSite::parse(ORIGIN, &site.tree("public"));
        prop_assert_eq!(built.broken_links(), Vec::<String>::new());
        prop_assert_eq!(built.broken_hreflangs(), Vec::<String>::new());
    }

    #[test]
    fn a_newest_story_changes_no_full_page_and_no_other_article(
        stories in proptest::collection::vec(story(), 1..12),
        mut newest in story(),
    ) {
        newest.day = 500;
        let site = TestSite::new("");
        declare_tags(&site);
        write(&site, &stories);
        site.build(&["--now", "2027-01-01T00:00:00Z"]).succeeded();
        let before = site.tree("public");

        let number = stories.len();
        let all: Vec<Story> = stories.into_iter().chain([newest]).collect();
        write_story(&site, number, &all[number], &all);
        site.build(&["--now", "2027-01-01T00:00:00Z"]).succeeded();
        let after = site.tree("public");

        for path in changed(&before, &after) {
            let (Some(old), Some(new)) = (before.get(&path), after.get(&path)) else { continue };
            let is_own = path.contains(&format!("-{number}/"));
            let is_article = path.contains("story-") || path.contains("nov");
            prop_assert!(is_own || !is_article, "{} is another article", path);
            if path.contains("/page/") {
                prop_assert_eq!(unexpected_lines(old, new), Vec::<String>::new(), "{}", path);
            }
        }
    }
}
