//! Markdown → safe HTML. In: the body of an article. Out: HTML for the page, and what is wrong with
//! the body, each problem at its place in the file.
//!
//! The language is CommonMark with tables, footnotes, strikethrough, task lists, `{#id}` behind headings,
//! `{lang=…}` behind parts and `{credit=…}` behind images; docs/markdown.md lists the differences.
//! This module knows no site: where a link leads, how large an image is and what the interface
//! calls a footnote it asks through [`Resolver`].
//!
//! Safe means: whatever the body says, the page gets no element, attribute or link scheme outside
//! the allow-list of `sanitize`, and every attribute we write is escaped here (the holes of
//! Hugo's renderer were attributes: CVE-2024-32875, CVE-2024-55601, CVE-2026-35166). Only
//! [`RawHtml::Allow`] lifts that, and only for what the author wrote as HTML.
//!
//! What the HTML looks like, for those who write style sheets:
//!
//! * an image alone in its paragraph is `figure > img + figcaption`, its title the caption, and behind
//!   that `span.credit`;
//! * a table is `div.table[role=region][tabindex=0] > table`, so that it can scroll in its own box;
//!   columns are aligned by the classes `align-left`, `align-center`, `align-right`;
//! * an item of a task list is `li.task > span.task-mark[role=img]`;
//! * a footnote is `sup.footnote-reference > a`, and at the end `section.footnotes > ol > li` with
//!   back-links `a.footnote-back`;
//! * a link that leads elsewhere is `a[rel=noopener]`; those within the site have no scheme and host;
//! * a link to a text in another language is
//!   `a[hreflang=uk] > … span.language-mark[lang=uk]`. The mark stands inside the link, because
//!   a list of links, as screen readers offer it, reads out nothing else.

mod attributes;
mod component;
mod escape;
mod footnote;
mod heading;
mod image;
mod link;
mod part;
mod raw_address;
mod raw_html;
mod sanitize;
mod slot;
mod summary;
mod table;
mod task;
mod writer;

pub use component::NotShown;
pub use summary::summary;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Options, Parser};

use crate::component::{Component, Components, Value};
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::locale::Typography;

/// What becomes of HTML inside Markdown: `markdown.html` in `site.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RawHtml {
    /// Elements and attributes of the allow-list stay, the rest goes, with a warning that names it.
    #[default]
    Sanitize,
    /// Tags are printed as text; comments go.
    Escape,
    /// Everything stays as it is written, scripts too: for sites whose authors are all trusted.
    Allow,
}

/// What a link to a story begins with that names it by its key: `[…](story:2025/12/talks)`.
pub const STORY: &str = "story:";

/// What Markdown needs to know of the site.
///
/// Destinations come as they are written, with entities decoded and without what browsers ignore
/// (control characters, spaces around): percent-encoding, `?query` and `#fragment` are still there.
/// URLs that are returned are trusted: they are escaped, but their scheme is not looked at.
pub trait Resolver {
    /// Whether an absolute `http` or `https` URL leads to this site: then it is asked for as if it
    /// had no scheme.
    fn is_own(&self, url: &str) -> bool;

    /// What a link leads to that has no scheme and is not a mere `#fragment`, that is the site's own
    /// by [`Resolver::is_own`], or that begins with [`STORY`].
    ///
    /// # Errors
    /// A [`Problem`] is reported at the link, and the link becomes plain text.
    fn link(&self, destination: &str) -> Result<LinkTarget, Problem>;

    /// The image that a destination without a scheme, or an own one, names.
    ///
    /// # Errors
    /// A [`Problem`] is reported at the image, and its alternative text takes its place.
    fn image(&self, destination: &str) -> Result<ImageTarget, Problem>;

    /// Who made a picture, as the interface says it: "Photo: AFP". Empty when there is nothing to say.
    fn credit(&self, credit: Credit<'_>) -> Cow<'_, str>;

    /// Who made an image of which the article names nobody, and says only this caption. Absolute URLs
    /// come here, too.
    fn author(&self, destination: &str, caption: &str) -> Author;

    /// The id of a heading with this text, lower-case ASCII words joined by hyphens. It need not be
    /// unique (a second one gets `-2`), and may be empty (then it is `section`).
    fn heading_slug(&self, text: &str) -> String;

    /// How the page's text is set.
    fn typography(&self) -> &Typography;

    /// A word of the interface, in the language of the page.
    fn word(&self, word: Word) -> Cow<'_, str>;

    /// The components of the theme: none, unless it has some.
    fn components(&self) -> &Components {
        Components::none()
    }

    /// Whether there is a story with this key, for a component that shows it.
    ///
    /// # Errors
    /// A [`Problem`] is reported at the key, and it is left out.
    fn story(&self, key: &str) -> Result<(), Problem> {
        let message = format!("there is no story `{}`", key.escape_debug());
        Err(Problem { severity: Severity::Error, id: "unknown-story", message, help: None })
    }

    /// What the theme makes of one of its [`Resolver::components`]; `body` is safe HTML. It is trusted.
    ///
    /// # Errors
    /// Why nothing is shown.
    fn render_component(
        &self,
        _component: &Component,
        _arguments: Vec<(String, Value)>,
        _body: Option<&str>,
    ) -> Result<String, NotShown> {
        unreachable!("only a component of `components` is rendered")
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LinkTarget {
    /// To this URL of the site.
    Url(String),
    /// To this URL elsewhere on the web.
    Elsewhere(String),
    /// To a text in another language, which is marked.
    OtherLanguage {
        /// Where it is.
        url: String,
        /// BCP 47 tag of its language, for `hreflang`: `uk`.
        tag: String,
        /// The language's short name for readers: `УКР`.
        label: String,
    },
    /// Nowhere, and that is in order: only the text is printed.
    PlainText,
}

/// An image as it is published.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ImageTarget {
    /// Where it is.
    pub url: String,
    /// Width and height in pixels, when known: the page then does not jump while it loads.
    pub size: Option<(u32, u32)>,
    /// More files of the same picture, which browsers may choose from.
    pub choice: Option<Box<ImageChoice>>,
}

/// Files of one picture in several formats and widths.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ImageChoice {
    /// Better formats than that of [`ImageTarget::url`], as media types, each with its `srcset`.
    pub sources: Vec<(&'static str, String)>,
    /// In the format of [`ImageTarget::url`].
    pub srcset: String,
    /// How wide the picture will be: `sizes` of HTML.
    pub sizes: String,
    /// What stands in its place while it loads: `#8a7f6b`.
    pub colour: Option<String>,
}

/// Who made an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit<'c> {
    /// The author or agency; may be empty.
    pub by: &'c str,
    /// Whether it shows something like the event, not the event.
    pub is_illustrative: bool,
}

/// Who made an image of which the article names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// Whom the file itself names.
    InFile(String),
    /// Nobody need be named, or the caption does it.
    Unneeded,
    /// Readers ought to learn it, and do not.
    Missing,
}

/// Why a link or an image leads nowhere; it becomes a [`Diagnostic`] at its place in the file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Problem {
    /// Error or warning.
    pub severity: Severity,
    /// Stable name: `broken-link`.
    pub id: &'static str,
    /// What is wrong: lower case, no full stop, the user's own words in backticks.
    pub message: String,
    /// What to do, in the imperative.
    pub help: Option<String>,
}

/// Words of the interface that stand in an article's HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    /// Label of the footnotes' section: "Footnotes".
    Footnotes,
    /// Label of the link from a footnote back to the text, a number follows: "Back to reference".
    BackToReference,
    /// Label of a table's scrolling box; from the second on a number follows: "Table".
    Table,
    /// A box of a task list that is ticked: "Done".
    TaskDone,
    /// One that is not: "Not done".
    TaskOpen,
}

/// A converter, made once and shared by all threads.
#[derive(Debug)]
pub struct Markdown {
    raw_html: RawHtml,
    sanitizer: ammonia::Builder<'static>,
}

impl Markdown {
    /// A converter that treats HTML inside Markdown like this.
    #[must_use]
    pub fn new(raw_html: RawHtml) -> Self {
        Self { raw_html, sanitizer: sanitize::sanitizer() }
    }

    /// Appends the HTML of `body`, a range of bytes of `source.text`, to `out`, and gives what is
    /// wrong in it, in no particular order. The HTML ends with a line break, or is empty.
    ///
    /// Warnings of its own: `link-scheme`, `empty-link`, `missing-anchor`, `missing-alt`,
    /// `missing-credit`, `picture-attributes`, `heading-level`, `heading-attributes`, `heading-id`, `empty-heading`, `unused-footnote`,
    /// `missing-footnote`, `unsafe-html`, `unclosed-comment`, `part-language`, and those of `component`.
    /// All others are the resolver's.
    ///
    /// # Panics
    /// When `body` is not a range of whole characters of the text.
    pub fn to_html(
        &self,
        source: &Source<'_>,
        body: Range<usize>,
        resolver: &impl Resolver,
        out: &mut String,
    ) -> Vec<Diagnostic> {
        let text = source.text.get(body.clone()).expect("the body is a range of the text");
        writer::Writer::new(self, source, body.start, text, resolver, out)
            .write(Parser::new_ext(text, options()).into_offset_iter())
    }
}

/// The Markdown we read. Not smart punctuation: quotation marks are a matter of language, and
/// pulldown-cmark's are English.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
}

#[cfg(test)]
mod testing {
    use std::sync::LazyLock;

    use super::*;
    use crate::component::{Argument, Content, Leaf, Shape};
    use crate::diagnostic::sorted;
    use crate::locale::{LanguageTag, TypographyStyle};

    /// A site with a handful of addresses, in Ukrainian; its texts are printed as they are typed.
    pub(super) struct TestSite;

    /// The same site with the typography of a language.
    struct SetSite(Typography);

    impl Resolver for TestSite {
        fn is_own(&self, url: &str) -> bool {
            url.starts_with("https://own.ua/")
        }

        fn link(&self, destination: &str) -> Result<LinkTarget, Problem> {
            let name = destination.trim_start_matches("https://own.ua/").trim_start_matches(STORY);
            let name = name.trim_end_matches(".md");
            match name {
                "plain" => Ok(LinkTarget::PlainText),
                "broken" => Err(missing("broken-link", destination)),
                "foreign" => Ok(LinkTarget::OtherLanguage {
                    url: "/ua/foreign/".to_owned(),
                    tag: "uk".to_owned(),
                    label: "УКР".to_owned(),
                }),
                _ => Ok(LinkTarget::Url(format!("/ua/{name}/"))),
            }
        }

        fn image(&self, destination: &str) -> Result<ImageTarget, Problem> {
            match destination {
                "missing.jpg" => Err(missing("missing-image", destination)),
                _ => Ok(ImageTarget {
                    url: format!("/img/{destination}"),
                    size: Some((640, 480)),
                    choice: None,
                }),
            }
        }

        fn credit(&self, credit: Credit<'_>) -> Cow<'_, str> {
            let kind = if credit.is_illustrative { "Ілюстрація" } else { "Фото" };
            match credit.by {
                "" if credit.is_illustrative => kind.into(),
                "" => "".into(),
                by => format!("{kind}: {by}").into(),
            }
        }

        fn author(&self, destination: &str, caption: &str) -> Author {
            match destination {
                _ if caption.contains("Фото:") => Author::Unneeded,
                "signed.jpg" => Author::InFile("AFP \"Ф\" <x>".to_owned()),
                _ if destination.ends_with(".jpg") => Author::Missing,
                _ => Author::Unneeded,
            }
        }

        fn typography(&self) -> &Typography {
            Typography::off()
        }

        fn heading_slug(&self, text: &str) -> String {
            let words: Vec<_> = text
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_ascii_lowercase)
                .collect();
            words.join("-")
        }

        fn word(&self, word: Word) -> Cow<'_, str> {
            match word {
                Word::Footnotes => "Примітки".into(),
                Word::BackToReference => "Назад до посилання".into(),
                Word::Table => "Таблиця".into(),
                Word::TaskDone => "Зроблено".into(),
                Word::TaskOpen => "Не зроблено".into(),
            }
        }
    }

    impl Resolver for SetSite {
        fn is_own(&self, url: &str) -> bool {
            TestSite.is_own(url)
        }

        fn link(&self, destination: &str) -> Result<LinkTarget, Problem> {
            TestSite.link(destination)
        }

        fn image(&self, destination: &str) -> Result<ImageTarget, Problem> {
            TestSite.image(destination)
        }

        fn credit(&self, credit: Credit<'_>) -> Cow<'_, str> {
            TestSite.credit(credit)
        }

        fn author(&self, destination: &str, caption: &str) -> Author {
            TestSite.author(destination, caption)
        }

        fn typography(&self) -> &Typography {
            &self.0
        }

        fn heading_slug(&self, text: &str) -> String {
            TestSite.heading_slug(text)
        }

        fn word(&self, _: Word) -> Cow<'_, str> {
            "…".into()
        }
    }

    fn missing(id: &'static str, destination: &str) -> Problem {
        let message = format!("`{destination}` does not exist");
        Problem { severity: Severity::Error, id, message, help: None }
    }

    pub(super) fn html(markdown: &str) -> String {
        html_with(RawHtml::Sanitize, markdown)
    }

    pub(super) fn html_with(raw_html: RawHtml, markdown: &str) -> String {
        html_of(raw_html, markdown, &TestSite)
    }

    /// With the typography of a language.
    pub(super) fn html_in(tag: &str, markdown: &str) -> String {
        let tag = LanguageTag::parse(tag).unwrap();
        let site = SetSite(Typography::new(&tag, TypographyStyle::USUAL));
        html_of(RawHtml::Sanitize, markdown, &site)
    }

    pub(super) fn html_of(raw_html: RawHtml, markdown: &str, site: &impl Resolver) -> String {
        let mut out = String::new();
        let source = Source::new("a.md", markdown);
        Markdown::new(raw_html).to_html(&source, 0..markdown.len(), site, &mut out);
        out
    }

    /// A site that says of everything what the article says of it.
    pub(super) struct Echo;

    impl Resolver for Echo {
        fn is_own(&self, url: &str) -> bool {
            url.len().is_multiple_of(2)
        }

        fn link(&self, destination: &str) -> Result<LinkTarget, Problem> {
            let text = destination.trim_start_matches(STORY).to_owned();
            match destination.len() % 3 {
                0 => Ok(LinkTarget::OtherLanguage {
                    url: text.clone(),
                    tag: text.clone(),
                    label: text,
                }),
                1 => Err(missing("broken-link", destination)),
                _ => Ok(LinkTarget::Url(text)),
            }
        }

        fn image(&self, destination: &str) -> Result<ImageTarget, Problem> {
            Ok(ImageTarget { url: destination.to_owned(), size: None, choice: None })
        }

        fn credit(&self, credit: Credit<'_>) -> Cow<'_, str> {
            credit.by.to_owned().into()
        }

        fn author(&self, destination: &str, _: &str) -> Author {
            match destination.len() % 3 {
                0 => Author::InFile(destination.to_owned()),
                1 => Author::Missing,
                _ => Author::Unneeded,
            }
        }

        fn typography(&self) -> &Typography {
            Typography::off()
        }

        fn heading_slug(&self, text: &str) -> String {
            text.to_owned()
        }

        fn word(&self, _: Word) -> Cow<'_, str> {
            "\"><script>'".into()
        }

        fn components(&self) -> &Components {
            theme()
        }

        fn render_component(
            &self,
            component: &Component,
            arguments: Vec<(String, Value)>,
            body: Option<&str>,
        ) -> Result<String, NotShown> {
            Ok(themed(component, &arguments, body))
        }
    }

    /// A theme with a quotation that has a text, a note that has only arguments, and a video.
    pub(super) fn theme() -> &'static Components {
        static THEME: LazyLock<Components> = LazyLock::new(|| {
            let component = |name: &str, content, argument: (&str, Leaf), embeds: bool| Component {
                name: name.to_owned(),
                template_name: name.to_owned(),
                content,
                arguments: vec![Argument {
                    name: argument.0.to_owned(),
                    shape: Shape::Leaf(argument.1),
                    is_required: embeds,
                }],
                embeds: embeds.then(|| argument.0.to_owned()),
                styles: Vec::new(),
                scripts: Vec::new(),
            };
            Components::new(vec![
                component("quote", Content::Markdown, ("person", Leaf::Text), false),
                component("note", Content::Arguments, ("text", Leaf::Markdown), false),
                component("video", Content::Arguments, ("url", Leaf::Video), true),
            ])
        });
        &THEME
    }

    /// What that theme makes of a component: texts are escaped, HTML stands as it is.
    pub(super) fn themed(
        component: &Component,
        arguments: &[(String, Value)],
        body: Option<&str>,
    ) -> String {
        let mut html = format!("<section class=\"language-{}\">", component.name);
        for (_, value) in arguments {
            match value {
                Value::Text(text) => escape::push_text(&mut html, text),
                Value::Html(text) => html.push_str(text),
                other => escape::push_text(&mut html, &format!("{other:?}")),
            }
        }
        html.push_str(body.unwrap_or_default());
        html.push_str("</section>\n");
        html
    }

    /// What is wrong with the Markdown as the body of a file in which it begins on line 4.
    pub(super) fn problems(markdown: &str) -> String {
        let front_matter = "+++\nдата\n+++\n";
        let text = format!("{front_matter}{markdown}");
        let diagnostics = Markdown::new(RawHtml::Sanitize).to_html(
            &Source::new("a.md", &text),
            front_matter.len()..text.len(),
            &TestSite,
            &mut String::new(),
        );
        let lines: Vec<_> = sorted(diagnostics)
            .into_iter()
            .map(|Diagnostic { severity, id, message, labels, help }| {
                let place = labels[0].place.clone().expect("a place");
                let help = help.map(|help| format!("\n  {help}")).unwrap_or_default();
                let severity = severity.name();
                format!("{}:{} {severity}[{id}] {message}{help}", place.line, place.column)
            })
            .collect();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use scraper::Html;

    use super::testing::*;
    use super::*;

    #[test]
    fn common_mark_becomes_plain_html() {
        insta::assert_snapshot!(
            html("Рядок *один*  \nдва **три** ~~ні~~ `a<b`\n\n> цитата\n\n3. три\n4. чотири\n   - x\n\n---\n\n```rust,\"x onclick\nlet «a» = \"<b>\";\n```\n"),
            @r#"
        <p>Рядок <em>один</em><br>
        два <strong>три</strong> <del>ні</del> <code>a&lt;b</code></p>
        <blockquote>
        <p>цитата</p>
        </blockquote>
        <ol start="3">
        <li>три</li>
        <li>чотири
        <ul>
        <li>x</li>
        </ul>
        </li>
        </ol>
        <hr>
        <pre tabindex="0"><code class="language-rust">let «a» = "&lt;b&gt;";
        </code></pre>
        "#
        );
    }

    #[test]
    fn line_ends_of_all_systems_give_the_same_html() {
        let unix = "## A\n\nb\nc\n\n```\nd\n\ne\n```\n\n<div>\nf\n</div>\n\n| a |\n|---|\n| b |\n\n[^1]: x\n\ny[^1]\n";
        assert_eq!(html(unix), html(&unix.replace('\n', "\r\n")));
    }

    #[test]
    fn html_is_appended_and_only_the_new_part_is_sanitized() {
        let mut out = "<h1>Ours</h1>".to_owned();
        let text = "skip <h1>x</h1>";
        let markdown = Markdown::new(RawHtml::Sanitize);
        markdown.to_html(&Source::new("a.md", text), 5..text.len(), &TestSite, &mut out);
        assert_eq!(out, "<h1>Ours</h1>x\n");
    }

    #[test]
    fn quotation_marks_pair_across_emphasis_links_and_lines() {
        insta::assert_snapshot!(
            html_in("uk", "\"*Так*, - сказав [\"Мер\"](x.md) у\nКиєві\".\n\n- **\"а\"** і *\"б\"*\n- \"в\n\n| \"г\" | 5-6 |\n|---|---|\n| \"ґ | д\" |\n\n## \"Е\" - є\n\n![\"alt\"](a.jpg \"Фото: О. Гнатюк\")"),
            @r#"
        <p>«<em>Так</em>, — сказав <a href="/ua/x/">„Мер“</a> у Києві».</p>
        <ul>
        <li><strong>«а»</strong> і <em>«б»</em></li>
        <li>«в</li>
        </ul>
        <div class="table" role="region" tabindex="0" aria-label="…">
        <table>
        <thead>
        <tr><th scope="col">«г»</th><th scope="col">5–6</th></tr>
        </thead>
        <tbody>
        <tr><td>«ґ</td><td>д"</td></tr>
        </tbody>
        </table>
        </div>
        <h2 id="section">«Е» — є</h2>
        <figure>
        <img src="/img/a.jpg" alt="&quot;alt&quot;" width="640" height="480" loading="lazy" decoding="async">
        <figcaption>Фото: О. Гнатюк</figcaption>
        </figure>
        "#
        );
    }

    #[test]
    fn code_addresses_and_html_keep_every_character() {
        insta::assert_snapshot!(
            html_in("uk", "`\"a\" - 5-6...` <https://x.ua/a'b/5-6...> https://x.ua/5-6... <code>\"a\" - 5-6</code> \"б\"\n\n```\n\"a\" - 5-6...\n```\n\n<div>\"a\" - б</div>\n\n[5-6](x-5-6.md \"5-6\")"),
            @r#"
            <p><code>"a" - 5-6...</code> <a href="https://x.ua/a'b/5-6..." rel="noopener">https://x.ua/a'b/5-6...</a> https://x.ua/5-6... <code>"a" - 5-6</code> «б»</p>
            <pre tabindex="0"><code>"a" - 5-6...
            </code></pre>
            <div>"a" - б</div>
            <p><a href="/ua/x-5-6/" title="5-6">5–6</a></p>
            "#
        );
    }

    #[test]
    fn one_converter_serves_all_threads() {
        fn is_shared<T: Send + Sync>() {}
        is_shared::<Markdown>();
    }

    #[test]
    fn depth_does_not_exhaust_the_stack() {
        for piece in ["> ", "- ", "*a **b ", "[", "![", "<div>", "<b>", "[^1]: ", "1. > "] {
            let markdown = piece.repeat(5_000) + "x";
            for raw_html in [RawHtml::Sanitize, RawHtml::Escape] {
                html_with(raw_html, &markdown);
            }
            assert!(summary(&markdown, Typography::off()).chars().count() <= 240);
        }
    }

    /// What attackers, careless people and fuzzers write.
    fn any_markdown() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<String>(),
            "[ \\n#*_~`>\\[\\]()!<>|:\"'&;^{}=+.\\\\-]{1,8}",
            "[а-яґєіїА-Я ]{1,6}",
            prop::sample::select(vec![
                "\n\n",
                "\n",
                "    ",
                "> ",
                "- ",
                "1. ",
                "## ",
                "# x {#a onclick=b .c}\n",
                "***",
                "\0",
                "\u{1}",
                "\u{85}",
                "[a](",
                "![a](",
                "javascript:alert(1)",
                "java\nscript:",
                "&#106;avascript&colon;x",
                "data:text/html,x",
                "//x.ua",
                "/\\x.ua",
                "java&#9;script&colon;x",
                "java\0script:",
                "\u{a0}javascript:",
                "javascript%3Ax",
                "story:x",
                "{credit=\"<b>*a* `b`\"}",
                "![a](b){credit=\"x\" illustrative=true alt='\"'}",
                "{credit='",
                "<img srcset=\"a.jpg 1x, javascript:x 2x\">",
                "<a href=story:x rel=\"a\">",
                "<source src=&#x6A;avascript&colon;x>",
                "<a href='x\" onclick=\"y'>",
                "<video poster=\"data:x\">",
                ")",
                "](",
                "[^1]",
                "\n[^1]: ",
                "[^1][^1]",
                "[x]: javascript:x\n",
                "]{lang=en}",
                "{lang=uk}\n",
                "`a \"b\" - 5-6`",
                "<https://x.ua/a'b/5-6...>",
                "<code>",
                "</code>",
                "[x]",
                "<javascript:x>",
                "<a@b.ua>",
                "<script>",
                "</script>",
                "<b onclick=\"x\">",
                "<a href=\"javascript:x\">",
                "</a>",
                "<img src=x onerror=y>",
                "<svg>",
                "<math>",
                "<style>",
                "<p>",
                "</p>",
                "</div>",
                "<table>",
                "<td>",
                "<!--",
                "-->",
                "<iframe src=x>",
                "<textarea>",
                "<title>",
                "<template>",
                "<select>",
                "<noscript>",
                "<xmp>",
                "<plaintext>",
                "\" onload=\"x",
                "' onload='x",
                "- [ ] ",
                "- [x] \n\n",
                "| a | b |\n|---|:-:|\n| c | d |\n",
                "```x\"onclick=y\n",
                "`",
                "&quot;",
                "&lt;script&gt;",
                "&#1;",
                "&#0;",
                "\n```quote\n",
                "\n````quote\nperson = '<b>'\n+++\n",
                "\n```note\ntext = '",
                "'\n```\n",
                "\n````\n",
                "\n+++\n",
                "\n\nhttps://youtu.be/aB3_-56789x\n\n",
                "<hr class=\"component-slot-0000000000000000-0\">",
            ])
            .prop_map(str::to_owned),
        ];
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    /// Panics unless the HTML is safe by rules that are written down here once more.
    fn assert_safe(html: &str) {
        assert!(!html.contains(escape::is_ignored), "control character in {html:?}");
        let page = Html::parse_fragment(html);
        assert!(!html.to_ascii_lowercase().contains("<script"), "{html}");
        for node in page.root_element().descendants().skip(1) {
            assert!(!node.value().is_comment() && !node.value().is_doctype(), "{html}");
            let Some(element) = node.value().as_element() else { continue };
            assert!(sanitize::allows_element(element.name()), "<{}> in {html}", element.name());
            for (name, value) in element.attrs() {
                let is_color = value.starts_with("background-color:#") && value.len() == 24;
                assert!(!name.starts_with("on"), "{name} in {html}");
                assert!(name != "style" || is_color, "{name}={value} in {html}");
                let verdict = sanitize::judge(element.name(), name, value);
                assert!(matches!(verdict, sanitize::Verdict::Keep(_)), "{name}={value} in {html}");
                // What a browser would take for a scheme.
                if matches!(name, "href" | "src" | "poster" | "cite")
                    && let Some((scheme, _)) = value.split_once(':')
                    && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                    && !scheme.contains(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))
                {
                    let scheme = scheme.to_ascii_lowercase();
                    let allowed = ["http", "https", "mailto", "tel"];
                    assert!(allowed.contains(&scheme.as_str()), "{name}={value} in {html}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn no_markdown_makes_us_panic_or_gives_unsafe_html(markdown in any_markdown()) {
            for raw_html in [RawHtml::Sanitize, RawHtml::Escape] {
                assert_safe(&html_of(raw_html, &markdown, &Echo));
            }
            html_of(RawHtml::Allow, &markdown, &Echo);
        }

        #[test]
        fn code_and_addresses_are_the_same_with_typography_and_without(
            markdown in any_markdown(),
            tag in prop::sample::select(vec!["uk", "en"]),
        ) {
            let kept = |html: &str| -> Vec<String> {
                let page = Html::parse_fragment(html);
                let code = scraper::Selector::parse("code, kbd, pre").unwrap();
                let texts = page.select(&code).map(|element| element.text().collect());
                let elements = page.root_element().descendants();
                let attributes = elements.filter_map(|node| node.value().as_element());
                let attributes = attributes.flat_map(|element| element.attrs());
                texts.chain(attributes.map(|(name, value)| format!("{name}={value}"))).collect()
            };
            prop_assert_eq!(kept(&html_in(tag, &markdown)), kept(&html_in("ka", &markdown)));
        }

        #[test]
        fn our_own_html_is_left_alone_by_the_sanitizer(markdown in any_markdown()) {
            let ours = html_of(RawHtml::Escape, &markdown, &Echo);
            let page = |html: &str| Html::parse_fragment(html).html();
            prop_assert_eq!(page(&sanitize::clean(&sanitize::sanitizer(), &ours)), page(&ours));
        }

        #[test]
        fn ids_of_a_page_are_unique_and_links_do_not_nest(markdown in any_markdown()) {
            let html = html_of(RawHtml::Escape, &markdown, &Echo);
            let page = Html::parse_fragment(&html);
            let mut ids: Vec<_> = page.root_element().descendants()
                .filter_map(|node| node.value().as_element()?.attr("id")).collect();
            ids.sort_unstable();
            prop_assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{html}");
            // A parser ends the outer link at the inner one, and then meets an end too many.
            prop_assert_eq!(html.matches("<a ").count(), html.matches("</a>").count());
            let mut depth = 0;
            for part in html.split('<') {
                depth += i32::from(part.starts_with("a ")) - i32::from(part.starts_with("/a>"));
                prop_assert!((0..=1).contains(&depth), "{html}");
            }
        }

        #[test]
        fn a_summary_is_short_and_on_one_line(markdown in any_markdown()) {
            let summary = summary(&markdown, Typography::off());
            prop_assert!(summary.chars().count() <= 240);
            prop_assert!(!summary.contains(|c: char| c.is_control()));
        }
    }
}
