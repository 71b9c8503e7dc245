//! `[output]`: files that are made beside the pages when a newsroom asks for them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{BaseUrl, Host, choice};
use crate::diagnostic::{Diagnostic, Place};
use crate::table::{Fields, Located};

/// What is made beside the pages.
#[derive(Debug, Default)]
pub struct Extras {
    /// `.nojekyll`: GitHub Pages is to show files as they are.
    pub has_nojekyll: bool,
    /// What `CNAME` says: the host.
    pub cname: Option<String>,
    /// `security.txt`.
    pub security_txt: Option<SecurityTxt>,
    /// The web app manifest.
    pub manifest: Option<WebManifest>,
    /// What icons are made of: a square picture in dots.
    pub icon: Option<IconSource>,
    /// An icon as it is: a drawing.
    pub drawn_icon: Option<IconSource>,
}

/// Whom to tell of a hole in the site's safety: RFC 9116.
#[derive(Debug)]
pub struct SecurityTxt {
    /// Names of fields and their values, in the order of the file, but for those that follow from other
    /// settings.
    pub fields: Vec<(&'static str, String)>,
    /// Until when it holds.
    pub expires: Timestamp,
    /// Where that is written.
    pub place: Place,
}

/// How a site looks among the apps of a telephone.
#[derive(Debug)]
pub struct WebManifest {
    /// What stands below the icon; the site's title if there is nothing.
    pub short_name: Option<String>,
    /// Of the browser's frame: `#b00020`.
    pub theme_color: Option<String>,
    /// Behind icons, and before a page is shown: `#ffffff`.
    pub background_color: Option<String>,
    /// How much of the browser is shown.
    pub display: &'static str,
}

/// A picture in `static/`.
#[derive(Debug)]
pub struct IconSource {
    /// Its path below `static/`.
    pub path: String,
    /// Where that is written.
    pub place: Place,
}

/// Reads `[output]`; `own_url` is the `base_url` of the file, whatever a build replaces it with.
pub(super) fn read(
    table: &Fields<'_, '_>,
    host: Option<Host>,
    own_url: Option<&BaseUrl>,
    time_zone: Option<&TimeZone>,
) -> Extras {
    let (icon, drawn_icon) = icons(table);
    Extras {
        has_nojekyll: table.boolean("nojekyll", host == Some(Host::GithubPages)),
        cname: cname(table, own_url),
        security_txt: security_txt(table, time_zone),
        manifest: manifest(table),
        icon,
        drawn_icon,
    }
}

fn bad(message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error("bad-output", message).help(help)
}

/// The host of the site, as a name alone.
fn cname(table: &Fields<'_, '_>, own_url: Option<&BaseUrl>) -> Option<String> {
    let written = table.text_if_text("cname");
    if written.is_none() && !table.boolean("cname", false) {
        return None;
    }
    let own_url = own_url?;
    let (_, host) = own_url.origin.split_once("://")?;
    let at = written.as_ref().map(|written| written.at.clone()).or_else(|| table.place_of("cname"));
    let at = at.unwrap_or_else(|| table.at());
    if host.contains(':') || !own_url.path.is_empty() {
        let message = "a host of one's own has neither a port nor a folder in `base_url`";
        table.report(bad(message, "write `base_url = \"https://news.example.org\"`"), at);
    } else if written.is_some_and(|written| written.value != host) {
        let message = format!("`output.cname` is another host than that of `base_url`, `{host}`");
        table.report(bad(message, "write `cname = true`"), at);
    }
    Some(host.to_owned())
}

fn security_txt(table: &Fields<'_, '_>, time_zone: Option<&TimeZone>) -> Option<SecurityTxt> {
    let table = table.table("security_txt")?;
    let address = |field: &'static str, written: &Located<&str>, schemes: &[&str]| {
        let value = written.value.trim();
        let is_plain = value.chars().all(|c| !c.is_whitespace() && !c.is_control());
        if !is_plain || !schemes.iter().any(|scheme| value.starts_with(scheme)) {
            let message = format!("`{}` is no address of `{field}`", written.value.escape_debug());
            let help = if value.contains('@') && is_plain {
                format!("write `mailto:{value}`")
            } else {
                format!("begin it with `{}`", schemes.join("` or `"))
            };
            table.report(bad(message, help), written.at.clone());
        }
        (field, value.to_owned())
    };
    let contacts = table.texts("contact");
    if contacts.is_empty() {
        let help = "write whom to tell: `contact = \"mailto:security@news.example.org\"`";
        table.missing("contact", help);
    }
    let contact = |written| address("Contact", written, &["mailto:", "https://", "tel:"]);
    let mut fields: Vec<(&str, String)> = contacts.iter().map(contact).collect();
    for (key, field) in [
        ("encryption", "Encryption"),
        ("acknowledgments", "Acknowledgments"),
        ("policy", "Policy"),
        ("hiring", "Hiring"),
    ] {
        let written = table.texts(key);
        fields.extend(written.iter().map(|written| address(field, written, &["https://"])));
    }
    let expires = table.date("expires");
    if expires.is_none() && !table.has("expires") {
        table.missing("expires", "write until when it holds, less than a year ahead");
    }
    let expires = expires.and_then(|Located { value, at }| {
        let text = value.to_string();
        let with_offset: Option<Timestamp> = text.parse().ok();
        let local = || text.parse::<DateTime>().ok()?.to_zoned(time_zone?.clone()).ok();
        let expires = with_offset.or_else(|| local().map(|zoned| zoned.timestamp()))?;
        Some((expires, table.place(at)))
    });
    table.finish();
    let (expires, place) = expires?;
    Some(SecurityTxt { fields, expires, place })
}

/// `true`, or a table.
fn manifest(output: &Fields<'_, '_>) -> Option<WebManifest> {
    // The first is what browsers do by themselves.
    const DISPLAY: [&str; 4] = ["browser", "minimal-ui", "standalone", "fullscreen"];
    let Some(table) = output.table_if_table("manifest") else {
        return output.boolean("manifest", false).then_some(WebManifest {
            short_name: None,
            theme_color: None,
            background_color: None,
            display: DISPLAY[0],
        });
    };
    let manifest = WebManifest {
        short_name: table.text("short_name").map(|text| text.value.trim().to_owned()),
        theme_color: color(&table, "theme_color"),
        background_color: color(&table, "background_color"),
        display: choice(&table, "display", &DISPLAY.map(|word| (word, word))),
    };
    table.finish();
    Some(manifest)
}

/// `#b00020`, or `#b02`.
fn color(table: &Fields<'_, '_>, key: &'static str) -> Option<String> {
    let written = table.text(key)?;
    let digits = written.value.strip_prefix('#').unwrap_or_default();
    let is_color =
        matches!(digits.len(), 3 | 6) && digits.chars().all(|digit| digit.is_ascii_hexdigit());
    if !is_color {
        let message = format!("`{}` is no colour", written.value.escape_debug());
        table.report(bad(message, "write it as `#b00020`"), written.at);
        return None;
    }
    let times = if digits.len() == 3 { 2 } else { 1 };
    let digits = digits.chars().flat_map(|digit| std::iter::repeat_n(digit, times));
    Some(format!("#{}", digits.collect::<String>().to_lowercase()))
}

/// A picture, a drawing, or both.
fn icons(table: &Fields<'_, '_>) -> (Option<IconSource>, Option<IconSource>) {
    let mut icons = (None, None);
    for written in table.texts("icon") {
        let path = written.value.trim_start_matches('/').to_owned();
        let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let slot = match &*extension {
            "png" | "jpg" | "jpeg" | "webp" => &mut icons.0,
            "svg" => &mut icons.1,
            _ => {
                let message = format!("icons cannot be made of `{}`", written.value.escape_debug());
                let help = "name a square picture of 512 dots or more in `static/`: a PNG, JPEG or \
                            WebP, or an SVG, which is shown as it is";
                table.report(bad(message, help), written.at);
                continue;
            }
        };
        if slot.is_some() {
            let message = "one picture and one drawing are enough for all icons";
            table.report(bad(message, "remove the others"), written.at);
            continue;
        }
        *slot = Some(IconSource { path, place: table.place(written.at) });
    }
    icons
}
