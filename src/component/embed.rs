//! Addresses of videos and posts elsewhere that may be shown on a page, after a click.
//!
//! Only what is known is taken from an address: which service, which video. The addresses that stand
//! on the page are put together anew, so nothing that somebody writes can lead a frame elsewhere.

use super::{Leaf, Value};

/// What shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Player {
    /// A video on YouTube.
    YouTube,
    /// A video on Vimeo.
    Vimeo,
    /// A post on Telegram.
    Telegram,
}

/// A video or a post on a service that Visti knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embed {
    /// Where.
    pub player: Player,
    /// Its page there, for a link.
    pub url: String,
    /// What a frame shows.
    pub frame_url: String,
}

impl Player {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::YouTube, Self::Vimeo, Self::Telegram];

    /// From where its frames come: what a policy has to allow.
    #[must_use]
    pub fn frame_origin(self) -> &'static str {
        match self {
            Self::YouTube => "https://www.youtube-nocookie.com",
            Self::Vimeo => "https://player.vimeo.com",
            Self::Telegram => "https://t.me",
        }
    }

    /// The service's name.
    fn name(self) -> &'static str {
        match self {
            Self::YouTube => "YouTube",
            Self::Vimeo => "Vimeo",
            Self::Telegram => "Telegram",
        }
    }

    /// The kind of argument that takes it.
    #[must_use]
    pub fn leaf(self) -> Leaf {
        match self {
            Self::YouTube | Self::Vimeo => Leaf::Video,
            Self::Telegram => Leaf::Post,
        }
    }
}

impl Embed {
    /// Reads a web address; `None` when it is none of a video or a post that is known.
    #[must_use]
    pub fn parse(address: &str) -> Option<Self> {
        let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
        let (rest, _) = rest.split_once('#').unwrap_or((rest, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = rest.split_once('/')?;
        let host = host.to_ascii_lowercase();
        let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        match (host.as_str(), parts.as_slice()) {
            (
                "www.youtube.com" | "youtube.com" | "m.youtube.com" | "www.youtube-nocookie.com",
                ["watch"],
            ) => Self::youtube(parameter(query, &["v"])?, query),
            (
                "www.youtube.com" | "youtube.com" | "m.youtube.com" | "www.youtube-nocookie.com",
                ["shorts" | "live" | "embed", id],
            )
            | ("youtu.be", [id]) => Self::youtube(id, query),
            ("vimeo.com" | "www.vimeo.com", [id]) => Self::vimeo(id, parameter(query, &["h"])),
            ("vimeo.com" | "www.vimeo.com", [id, hash]) => Self::vimeo(id, Some(hash)),
            ("player.vimeo.com", ["video", id]) => Self::vimeo(id, parameter(query, &["h"])),
            ("t.me" | "telegram.me", [channel, post] | ["s", channel, post]) => {
                Self::telegram(channel, post)
            }
            _ => None,
        }
    }

    fn youtube(id: &str, query: &str) -> Option<Self> {
        let is_id = id.len() == 11
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        is_id.then_some(())?;
        let mut url = format!("https://www.youtube.com/watch?v={id}");
        let mut frame_url = format!("https://www.youtube-nocookie.com/embed/{id}?autoplay=1");
        if let Some(start) = parameter(query, &["t", "start"]).and_then(seconds) {
            url.push_str(&format!("&t={start}"));
            frame_url.push_str(&format!("&start={start}"));
        }
        Some(Self { player: Player::YouTube, url, frame_url })
    }

    /// A video that is not listed has a hash besides its number.
    fn vimeo(id: &str, hash: Option<&str>) -> Option<Self> {
        is_number(id).then_some(())?;
        let mut url = format!("https://vimeo.com/{id}");
        let mut frame_url = format!("https://player.vimeo.com/video/{id}?autoplay=1&dnt=1");
        if let Some(hash) = hash {
            let is_hash = !hash.is_empty() && hash.bytes().all(|b| b.is_ascii_alphanumeric());
            is_hash.then_some(())?;
            url.push_str(&format!("/{hash}"));
            frame_url.push_str(&format!("&h={hash}"));
        }
        Some(Self { player: Player::Vimeo, url, frame_url })
    }

    fn telegram(channel: &str, post: &str) -> Option<Self> {
        let is_channel = channel.len() >= 4
            && channel.starts_with(|first: char| first.is_ascii_alphabetic())
            && channel.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        (is_channel && is_number(post)).then_some(())?;
        let url = format!("https://t.me/{channel}/{post}");
        let frame_url = format!("{url}?embed=1");
        Some(Self { player: Player::Telegram, url, frame_url })
    }

    /// What a template gets.
    pub(crate) fn into_value(self) -> Value {
        let text = |name: &str, value: String| (name.to_owned(), Value::Text(value));
        Value::Table(vec![
            text("provider", self.player.name().to_owned()),
            text("url", self.url),
            text("frame_url", self.frame_url),
        ])
    }
}

/// The value of the first parameter of a query that has one of these names.
fn parameter<'q>(query: &'q str, names: &[&str]) -> Option<&'q str> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(name, value)| names.contains(&name).then_some(value))
}

fn is_number(text: &str) -> bool {
    (1..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `90`, `90s`, `1m30s` and `1h2m3s`.
fn seconds(text: &str) -> Option<u32> {
    let mut total: u32 = 0;
    let mut number: Option<u32> = None;
    for character in text.chars() {
        if let Some(digit) = character.to_digit(10) {
            number = Some(number.unwrap_or(0).checked_mul(10)?.checked_add(digit)?);
            continue;
        }
        let unit = match character {
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        total = total.checked_add(number.take()?.checked_mul(unit)?)?;
    }
    total.checked_add(number.unwrap_or(0)).filter(|seconds| *seconds > 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_spelling_of_a_video_or_post_gives_one_address() {
        let youtube = "https://www.youtube-nocookie.com/embed/aB3_-56789x?autoplay=1";
        let telegram = "https://t.me/visti_test/42?embed=1";
        for (address, frame_url) in [
            ("https://www.youtube.com/watch?v=aB3_-56789x", youtube),
            ("http://youtube.com/watch?feature=share&v=aB3_-56789x", youtube),
            ("https://m.YouTube.com/watch?v=aB3_-56789x#x", youtube),
            ("https://youtu.be/aB3_-56789x?si=track", youtube),
            ("https://www.youtube.com/shorts/aB3_-56789x", youtube),
            ("https://www.youtube.com/live/aB3_-56789x/", youtube),
            (
                "https://youtu.be/aB3_-56789x?t=1m30s",
                "https://www.youtube-nocookie.com/embed/aB3_-56789x?autoplay=1&start=90",
            ),
            ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?autoplay=1&dnt=1"),
            (
                "https://vimeo.com/123456/ab12cd",
                "https://player.vimeo.com/video/123456?autoplay=1&dnt=1&h=ab12cd",
            ),
            ("https://t.me/visti_test/42", telegram),
            ("https://t.me/s/visti_test/42?single", telegram),
        ] {
            let embed = Embed::parse(address).unwrap_or_else(|| panic!("{address}"));
            assert_eq!(embed.frame_url, frame_url, "{address}");
            let origin = format!("{}/", embed.player.frame_origin());
            assert!(frame_url.starts_with(&origin), "{address}");
        }
    }

    #[test]
    fn an_address_that_only_looks_like_one_is_none() {
        for address in [
            "https://www.youtube.com/@channel",
            "https://www.youtube.com/watch?v=short",
            "https://youtube.com@evil.example/watch?v=aB3_-56789x",
            "https://youtube.com.evil.example/watch?v=aB3_-56789x",
            "https://evil.example/https://youtu.be/aB3_-56789x",
            "https://youtube.com:443/watch?v=aB3_-56789x",
            "javascript://youtu.be/aB3_-56789x",
            "https://youtu.be/aB3_-5678\"x",
            "https://youtu.be\\@evil/aB3_-56789x",
            "//youtu.be/aB3_-56789x",
            "https://t.me/visti_test",
            "https://t.me/joinchat/abc",
            "https://vimeo.com/channels/staffpicks",
            "https://vimeo.com/123/a\"b",
        ] {
            assert_eq!(Embed::parse(address), None, "{address}");
        }
    }

    proptest! {
        #[test]
        fn no_address_leads_a_frame_to_another_host(
            address in "https://(youtu\\.be|vimeo\\.com|t\\.me|www\\.youtube\\.com)[ -~а-я]{0,30}",
        ) {
            if let Some(embed) = Embed::parse(&address) {
                let hosts = ["https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/", "https://t.me/"];
                prop_assert!(hosts.iter().any(|host| embed.frame_url.starts_with(host)));
                for url in [embed.url, embed.frame_url] {
                    prop_assert!(url.bytes().all(|b| b.is_ascii_alphanumeric() || b":/.?=&-_".contains(&b)), "{url}");
                }
            }
        }
    }
}
