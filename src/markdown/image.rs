//! Images: in a line of text, or as a figure when they stand alone in their paragraph.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::attributes::PictureAttributes;
use super::escape::{push_attribute, push_text, push_url};
use super::link::{Destination, MEDIA_SCHEMES, destination};
use super::writer::{Events, Writer, typesetter};
use super::{Author, Credit, ImageChoice, ImageTarget, Resolver};

/// An image as it was read.
pub(super) struct Image<'a> {
    /// `None`: it was refused, and only its alternative text is printed.
    pub(super) target: Option<ImageTarget>,
    /// Text only.
    alt: String,
    title: CowStr<'a>,
    /// As it is written.
    destination: String,
    attributes: PictureAttributes,
    /// With its attributes.
    range: Range<usize>,
}

impl<'a, R: Resolver> Writer<'_, 'a, R> {
    /// Reads an image to its end, its start having been read.
    pub(super) fn read_image(
        &mut self,
        written: &str,
        title: CowStr<'a>,
        mut range: Range<usize>,
        events: &mut Events<'a>,
    ) -> Image<'a> {
        let mut alt = read_alt(events);
        let mut attributes = self.picture_attributes(&mut range, events);
        if let Some(own) = attributes.alt.take() {
            alt = own;
        } else if alt.trim().is_empty() {
            let help = "say between the brackets what the picture shows, or write `{alt=\"\"}` behind it \
                        if it only decorates";
            let message = "the picture has no alternative text";
            self.warn("missing-alt", message, help, range.clone());
        }
        let target = self.image_target(written, range.clone());
        Image { target, alt, title, destination: written.to_owned(), attributes, range }
    }

    pub(super) fn image_target(
        &mut self,
        written: &str,
        range: Range<usize>,
    ) -> Option<ImageTarget> {
        match destination(written, MEDIA_SCHEMES) {
            Destination::External(url) if !self.resolver.is_own(&url) => {
                return Some(ImageTarget { url: url.into_owned(), size: None, choice: None });
            }
            Destination::External(url) | Destination::Relative(url) => {
                match self.resolver.image(&url) {
                    Ok(target) => return Some(target),
                    Err(problem) => self.report(problem, range),
                }
            }
            Destination::Empty | Destination::Fragment(_) => {
                let help = "write the file's name between the parentheses";
                self.warn("empty-link", "the picture names no file", help, range);
            }
            Destination::Refused(scheme) => self.warn_about_scheme(&scheme, MEDIA_SCHEMES, range),
            Destination::Story(_) => self.warn_about_scheme("story", MEDIA_SCHEMES, range),
            Destination::WithoutScheme => self.warn_about_missing_scheme(written, range),
        }
        None
    }

    /// An image in a line of text.
    pub(super) fn write_image(&mut self, image: &Image<'_>) {
        if image.target.is_some() && image.attributes != PictureAttributes::default() {
            let message = "a picture among words has no place for a credit";
            let help = "put the picture into a paragraph of its own";
            self.warn("picture-attributes", message, help, image.range.clone());
        }
        self.add_to_heading(&image.alt);
        match &image.target {
            Some(target) => self.write_img(target, &image.alt, &image.title),
            None => {
                let typesetter = typesetter(&mut self.typesetters);
                push_text(self.out, typesetter.set(&image.alt, ""));
            }
        }
    }

    /// An image as a figure; its title is the caption.
    pub(super) fn write_figure(&mut self, image: &Image<'_>) {
        let Some(target) = &image.target else { return };
        self.block("<figure>\n");
        self.write_img(target, &image.alt, "");
        self.out.push('\n');
        let attributes = &image.attributes;
        let author = match attributes.credit {
            Some(_) => Author::Unneeded,
            None => self.resolver.author(&image.destination, &image.title),
        };
        let by = match (&attributes.credit, &author) {
            (Some(name), _) | (None, Author::InFile(name)) => name,
            (None, Author::Unneeded | Author::Missing) => "",
        };
        let credit =
            self.resolver.credit(Credit { by, is_illustrative: attributes.is_illustrative });
        if !image.title.is_empty() || !credit.is_empty() {
            self.write_caption(&image.title, &credit);
        }
        self.out.push_str("</figure>\n");
        if author == Author::Missing {
            let message = "nobody is named as the author of the picture";
            let help = "write `{credit=\"…\"}` behind it; `{credit=\"\"}` if nobody is to be named";
            self.warn("missing-credit", message, help, image.range.clone());
        }
    }

    fn write_caption(&mut self, caption: &str, credit: &str) {
        self.out.push_str("<figcaption>");
        let typesetter = typesetter(&mut self.typesetters);
        typesetter.start_block();
        push_text(self.out, typesetter.set(caption, ""));
        if !credit.is_empty() {
            let space = if caption.is_empty() { "" } else { " " };
            self.out.push_str(space);
            self.out.push_str("<span class=\"credit\">(");
            typesetter.start_block();
            push_text(self.out, typesetter.set(credit, ""));
            self.out.push_str(")</span>");
        }
        self.out.push_str("</figcaption>\n");
    }

    fn write_img(&mut self, target: &ImageTarget, alt: &str, title: &str) {
        let choice = target.choice.as_deref();
        let sources = choice.map_or(&[][..], |choice| &choice.sources);
        if !sources.is_empty() {
            self.out.push_str("<picture>");
        }
        for (media_type, srcset) in sources {
            self.out.push_str(&format!("<source type=\"{media_type}\" "));
            self.write_srcset(srcset, choice);
            self.out.push('>');
        }
        self.out.push_str("<img ");
        if let Some(choice) = choice {
            self.write_srcset(&choice.srcset, Some(choice));
            self.out.push(' ');
        }
        self.out.push_str("src=\"");
        push_url(self.out, &target.url);
        self.out.push_str("\" alt=\"");
        push_attribute(self.out, alt);
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            push_attribute(self.out, title);
        }
        if let Some((width, height)) = target.size {
            self.out.push_str(&format!("\" width=\"{width}\" height=\"{height}"));
        }
        self.out.push_str("\" loading=\"lazy\" decoding=\"async");
        if let Some(colour) = choice.and_then(|choice| choice.colour.as_deref()) {
            self.out.push_str("\" style=\"background-color:");
            push_attribute(self.out, colour);
        }
        self.out.push_str("\">");
        if !sources.is_empty() {
            self.out.push_str("</picture>");
        }
    }

    fn write_srcset(&mut self, srcset: &str, choice: Option<&ImageChoice>) {
        self.out.push_str("srcset=\"");
        push_attribute(self.out, srcset);
        if let Some(choice) = choice {
            self.out.push_str("\" sizes=\"");
            push_attribute(self.out, &choice.sizes);
        }
        self.out.push('"');
    }
}

/// The text of an image's description, to the image's end.
fn read_alt(events: &mut Events<'_>) -> String {
    let mut alt = String::new();
    let mut depth = 0;
    while let Some((event, _)) = events.next() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => break,
            Event::End(_) => depth -= 1,
            Event::Text(text) | Event::Code(text) => alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }
    alt
}

#[cfg(test)]
mod tests {
    use super::super::testing::{html, problems};

    #[test]
    fn an_image_alone_in_its_paragraph_is_a_figure() {
        insta::assert_snapshot!(
            html("![Мапа *фронту*](a.jpg \"Фото: <Reuters>\")\n\n![x](https://x.ua/b.jpg)"),
            @r#"
        <figure>
        <img src="/img/a.jpg" alt="Мапа фронту" width="640" height="480" loading="lazy" decoding="async">
        <figcaption>Фото: &lt;Reuters&gt;</figcaption>
        </figure>
        <figure>
        <img src="https://x.ua/b.jpg" alt="x" loading="lazy" decoding="async">
        </figure>
        "#
        );
    }

    #[test]
    fn a_figure_names_the_author_whom_the_file_names_unless_the_article_says_otherwise() {
        let markdown = "![](signed.jpg){alt=\"\"}\n\n![a](signed.jpg \"Фото: я\")\n\n![b](signed.jpg \"c\"){credit=\"\"}";
        insta::assert_snapshot!(html(markdown), @r#"
        <figure>
        <img src="/img/signed.jpg" alt="" width="640" height="480" loading="lazy" decoding="async">
        <figcaption><span class="credit">(Фото: AFP "Ф" &lt;x&gt;)</span></figcaption>
        </figure>
        <figure>
        <img src="/img/signed.jpg" alt="a" width="640" height="480" loading="lazy" decoding="async">
        <figcaption>Фото: я</figcaption>
        </figure>
        <figure>
        <img src="/img/signed.jpg" alt="b" width="640" height="480" loading="lazy" decoding="async">
        <figcaption>c</figcaption>
        </figure>
        "#);
        assert_eq!(problems(markdown), "");
    }

    #[test]
    fn an_image_among_words_stays_among_them() {
        insta::assert_snapshot!(
            html("![a](a.jpg \"t\" ) x\n\n- ![b](a.jpg)"),
            @r#"
        <p><img src="/img/a.jpg" alt="a" title="t" width="640" height="480" loading="lazy" decoding="async"> x</p>
        <ul>
        <li><img src="/img/a.jpg" alt="b" width="640" height="480" loading="lazy" decoding="async"></li>
        </ul>
        "#
        );
    }

    #[test]
    fn an_attribute_of_an_image_cannot_be_left() {
        insta::assert_snapshot!(
            html("x ![\" onerror=\"alert(1)](<https://x.ua/\" onerror=\"alert(2)> '\" onerror=\"alert(3)')"),
            @r#"<p>x <img src="https://x.ua/%22%20onerror=%22alert(2)" alt="&quot; onerror=&quot;alert(1)" title="&quot; onerror=&quot;alert(3)" loading="lazy" decoding="async"></p>"#
        );
    }

    #[test]
    fn a_missing_or_refused_image_leaves_its_text_and_a_problem() {
        let markdown = "![a](missing.jpg)\n\n![b](data:image/svg+xml,x)\n\n![](a.jpg) ![c](#x)";
        insta::assert_snapshot!(html(markdown), @r#"
        <p>a</p>
        <p>b</p>
        <p><img src="/img/a.jpg" alt="" width="640" height="480" loading="lazy" decoding="async"> c</p>
        "#);
        insta::assert_snapshot!(problems(markdown), @r#"
        4:1 error[missing-image] `missing.jpg` does not exist
        6:1 warning[link-scheme] an address with `data:` is not published
          use one of http, https, or remove the address
        8:1 warning[missing-alt] the picture has no alternative text
          say between the brackets what the picture shows, or write `{alt=""}` behind it if it only decorates
        8:12 warning[empty-link] the picture names no file
          write the file's name between the parentheses
        "#);
    }
}
