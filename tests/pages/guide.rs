//! The guides for those who write (docs/writing.md) tell them what works.

use crate::support::TestSite;

/// The guides, by the language in which they are written.
const GUIDES: [(&str, &str); 3] = [
    ("en", include_str!("../../docs/writing.md")),
    ("ua", include_str!("../../docs/writing.ua.md")),
    ("ru", include_str!("../../docs/writing.ru.md")),
];

/// What stands between ```` ```markdown ```` and ```` ``` ````.
fn examples(guide: &str) -> Vec<&str> {
    guide.split("```markdown\n").skip(1).map(|rest| rest.split("\n```").next().unwrap()).collect()
}

/// Headings, examples, lists and tables, without their words.
fn outline(guide: &str) -> Vec<&str> {
    let mark = |line: &str| {
        ["# ", "## ", "```", "* ", "|"].into_iter().find(|mark| line.starts_with(mark))
    };
    guide.lines().filter_map(mark).collect()
}

#[test]
fn the_examples_of_the_guides_are_articles_without_a_warning() {
    let site = TestSite::of_repository(&["site.toml", "content", "static", "templates"]);
    site.copy_of_repository("static/pictures/night-bakery.jpg", "static/pictures/pass.jpg");
    site.put("static/price-list.pdf", "%PDF-1.4");
    for (code, guide) in GUIDES {
        let examples = examples(guide);
        assert_eq!(examples.len(), 6, "{code}");
        site.put(&format!("content/{code}/2025/12/first-snow.md"), examples.join("\n\n"));
    }
    site.build(&["--strict"]).succeeded();
    let page = site.page("/ua/2025/12/first-snow/");
    assert_eq!(page.texts(".text .credit"), ["(Фото: Тарас Вільховий)"]);
    assert_eq!(page.texts(".text .task").len(), 2);
    assert_eq!(page.texts(".text th").len(), 2);
    assert_eq!(page.texts(".text .footnotes li").len(), 1);
}

#[test]
fn the_guides_say_the_same_in_all_languages() {
    let [english, ukrainian, russian] = GUIDES.map(|(_, guide)| outline(guide));
    assert_eq!(english, ukrainian);
    assert_eq!(english, russian);
}
