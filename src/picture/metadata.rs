//! What cameras and picture desks write into files: who made a picture (IPTC, XMP, EXIF), and where it
//! was taken.

use std::fmt::Write as _;
use std::io::Cursor;

use exif::{In, Tag, Value};
use serde::{Deserialize, Serialize};

/// Who made a picture, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Rights {
    /// The photographer: IPTC Creator.
    pub creator: Option<Box<str>>,
    /// How to name the source: IPTC Credit Line.
    pub credit: Option<Box<str>>,
    /// IPTC Copyright Notice.
    pub copyright: Option<Box<str>>,
}

/// More than this is no name.
const LONGEST: usize = 300;

impl Rights {
    /// The credit for readers: photographer and agency, else the copyright notice.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        match (&self.creator, &self.credit) {
            (Some(creator), Some(credit)) if credit.contains(&**creator) => {
                Some(credit.to_string())
            }
            (Some(creator), Some(credit)) => Some(format!("{creator} / {credit}")),
            (Some(one), None) | (None, Some(one)) => Some(one.to_string()),
            (None, None) => self.copyright.as_deref().map(str::to_owned),
        }
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes what is missing here from another source.
    fn or(self, other: Self) -> Self {
        Self {
            creator: self.creator.or(other.creator),
            credit: self.credit.or(other.credit),
            copyright: self.copyright.or(other.copyright),
        }
    }
}

/// What of the metadata matters here.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) rights: Option<Box<Rights>>,
    pub(super) has_location: bool,
}

impl Metadata {
    /// Reads what there is; what is damaged is as good as absent.
    pub(super) fn read(iptc: Option<&[u8]>, xmp: Option<&[u8]>, exif: Option<&[u8]>) -> Self {
        let xmp = xmp.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
        let (of_exif, exif_location) = exif.map(read_exif).unwrap_or_default();
        let of_iptc = iptc.map(read_iptc).unwrap_or_default();
        let rights = of_iptc.or(read_xmp(xmp)).or(of_exif);
        Self {
            rights: (!rights.is_empty()).then(|| Box::new(rights)),
            has_location: exif_location || xmp.contains("exif:GPSLatitude"),
        }
    }
}

/// A text as it may be shown, unless nothing is left of it.
fn shown(text: &str) -> Option<Box<str>> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|w| !w.is_empty())
        .collect();
    let text: String = words.join(" ").chars().take(LONGEST).collect();
    (!text.is_empty()).then(|| text.into())
}

/// IPTC-IIM in the resource 0x0404 of a Photoshop segment, or by itself.
fn read_iptc(bytes: &[u8]) -> Rights {
    const RECORDS: &[u8] = b"8BIM\x04\x04";
    let bytes = match memchr::memmem::find(bytes, RECORDS) {
        // A name as a Pascal string of even length (mostly empty), and a length of four bytes.
        Some(at) => {
            let name_at = at + RECORDS.len();
            let name_len = usize::from(bytes.get(name_at).copied().unwrap_or(0));
            bytes.get(name_at + (name_len + 2) / 2 * 2 + 4..).unwrap_or(&[])
        }
        None => bytes,
    };
    let mut rights = Rights::default();
    let mut rest = bytes;
    while let [0x1c, record, number, high, low, behind @ ..] = rest {
        let byte_len = usize::from(u16::from_be_bytes([*high, *low]));
        let Some((value, behind)) = behind.split_at_checked(byte_len) else { break };
        // Old programs wrote the letters of their own system: nobody can tell which.
        let text = std::str::from_utf8(value).ok().and_then(shown);
        let field = match (record, number) {
            (2, 80) => Some(&mut rights.creator),
            (2, 110) => Some(&mut rights.credit),
            (2, 116) => Some(&mut rights.copyright),
            _ => None,
        };
        if let Some(field) = field.filter(|field| field.is_none()) {
            *field = text;
        }
        rest = behind;
    }
    rights
}

/// Three fields of an XMP packet, as elements or as attributes.
fn read_xmp(packet: &str) -> Rights {
    let field = |name: &str| -> Option<Box<str>> {
        let element = |inner: &str| {
            let start = packet.find(&format!("<{name}"))?;
            let element = packet.get(start..)?;
            let element = element.get(..element.find(&format!("</{name}>"))?)?;
            let value = match inner {
                "" => element.split_once('>')?.1,
                _ => {
                    let value = element.get(element.find(inner)?..)?.split_once('>')?.1;
                    value.split_once('<')?.0
                }
            };
            Some(value)
        };
        let attribute = || {
            let quoted = packet.split_once(&format!(" {name}=\""))?.1;
            Some(quoted.split_once('"')?.0)
        };
        let is_text = |value: &&str| !value.contains('<');
        let value =
            element("<rdf:li").or_else(|| element("")).filter(is_text).or_else(attribute)?;
        let text = value
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
        shown(&text)
    };
    Rights {
        creator: field("dc:creator"),
        credit: field("photoshop:Credit"),
        copyright: field("dc:rights"),
    }
}

/// Artist and copyright; whether there is a place.
fn read_exif(bytes: &[u8]) -> (Rights, bool) {
    let bytes = bytes.strip_prefix(b"Exif\0\0").unwrap_or(bytes);
    let Ok(exif) = exif::Reader::new().read_raw(bytes.to_vec()) else { return Default::default() };
    let text = |tag: Tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(parts) => shown(std::str::from_utf8(parts.first()?).ok()?),
        _ => None,
    };
    let rights =
        Rights { creator: text(Tag::Artist), credit: None, copyright: text(Tag::Copyright) };
    (rights, exif.fields().any(|field| field.tag == Tag::GPSLatitude))
}

/// Rights as a packet of XMP.
pub(super) fn xmp_packet(rights: &Rights) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut fields = String::new();
    let mut field = |text: &Option<Box<str>>, before: &str, after: &str| {
        if let Some(text) = text {
            write!(fields, "{before}{}{after}", escaped(text))
                .expect("writing to a String never fails");
        }
    };
    field(&rights.creator, "<dc:creator><rdf:Seq><rdf:li>", "</rdf:li></rdf:Seq></dc:creator>");
    field(
        &rights.copyright,
        "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">",
        "</rdf:li></rdf:Alt></dc:rights>",
    );
    field(&rights.credit, "<photoshop:Credit>", "</photoshop:Credit>");
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\">{fields}</rdf:Description>\
         </rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
    )
}

/// Rights as EXIF, which has room for the photographer (or else the source) and the copyright notice.
pub(super) fn exif_block(rights: &Rights) -> Option<Vec<u8>> {
    let field = |tag, text: &Option<Box<str>>| {
        let value = Value::Ascii(vec![text.as_deref()?.as_bytes().to_vec()]);
        Some(exif::Field { tag, ifd_num: In::PRIMARY, value })
    };
    let artist = rights.creator.clone().or_else(|| rights.credit.clone());
    let fields = [field(Tag::Artist, &artist), field(Tag::Copyright, &rights.copyright)];
    let mut writer = exif::experimental::Writer::new();
    fields.iter().flatten().for_each(|field| writer.push_field(field));
    let mut bytes = Cursor::new(Vec::new());
    writer.write(&mut bytes, false).ok()?;
    Some(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rights(creator: &str, credit: &str, copyright: &str) -> Rights {
        Rights { creator: shown(creator), credit: shown(credit), copyright: shown(copyright) }
    }

    #[test]
    fn a_credit_names_photographer_and_agency_once() {
        for (creator, credit, copyright, line) in [
            ("Олена Гнатюк", "Reuters", "© Reuters", Some("Олена Гнатюк / Reuters")),
            ("Олена Гнатюк", "Олена Гнатюк / УНІАН", "", Some("Олена Гнатюк / УНІАН")),
            ("", "УНІАН", "", Some("УНІАН")),
            ("", "", "© Північний вісник", Some("© Північний вісник")),
            ("", " ", "", None),
        ] {
            assert_eq!(rights(creator, credit, copyright).line().as_deref(), line);
        }
    }

    #[test]
    fn what_is_written_as_xmp_is_read_again() {
        let written = rights("A <b> & \"c\"", "Reuters", "© 2026");
        assert_eq!(read_xmp(&xmp_packet(&written)), written);
    }

    #[test]
    fn what_is_written_as_exif_is_read_again() {
        let written = rights("Олена", "", "© 2026");
        assert_eq!(read_exif(&exif_block(&written).unwrap()), (written, false));
    }

    #[test]
    fn xmp_may_write_the_credit_as_an_attribute() {
        let packet = "<rdf:Description photoshop:Credit=\"AFP &amp; co\"/>";
        assert_eq!(read_xmp(packet), rights("", "AFP & co", ""));
        assert_eq!(read_xmp("<photoshop:Credit>cut"), Rights::default());
    }

    #[test]
    fn iptc_that_is_cut_or_of_an_old_alphabet_is_passed_over() {
        let mut bytes = b"8BIM\x04\x04\0\0\0\0\0\0".to_vec();
        bytes.extend_from_slice(b"\x1c\x02\x50\0\x04\xce\xeb\xe5\xed");
        bytes.extend_from_slice(b"\x1c\x02\x6e\0\x03AFP\x1c\x02\x74\xff\xff\xa9");
        assert_eq!(read_iptc(&bytes), rights("", "AFP", ""));
        assert_eq!(read_iptc(b"8BIM\x04\x04\xff"), Rights::default());
    }
}
