//! Who may ask: a web page elsewhere must not read drafts through the browser of an editor.
//!
//! A page of `evil.example` can let its own name lead to 127.0.0.1 (DNS rebinding) and would then be
//! of the preview's origin, for the browser. But the browser still sends the name it was told, in
//! `Host`: so only names that are ours are answered. The event stream and the newsroom panel also
//! refuse what pages of other origins ask for.

use std::net::IpAddr;

use axum::http::{HeaderMap, Uri, header};

use super::Options;

/// The names under which the preview may be asked.
#[derive(Debug, Clone)]
pub(super) struct Hosts {
    names: Vec<String>,
    /// Listens at every address of the computer. A name of digits cannot be rebound.
    takes_any_address: bool,
    /// Scheme, host and port of `--base-url`: another server may stand between it and us.
    elsewhere: Option<String>,
}

impl Hosts {
    /// The bound address, that of `--base-url`, and those of `--allow-host`; names of this computer
    /// itself are always allowed.
    pub(super) fn new(bound: IpAddr, options: &Options) -> Self {
        let mut names = vec![bound.to_string()];
        if let Some(base_url) = &options.base_url {
            let authority = base_url.origin.split("://").nth(1).unwrap_or_default();
            names.push(host_of(authority));
        }
        names.extend(options.allowed_hosts.iter().map(|name| host_of(name)));
        let elsewhere = options.base_url.as_ref().map(|base_url| base_url.origin.clone());
        Self { names, takes_any_address: bound.is_unspecified(), elsewhere }
    }

    /// Whether a request names one of our hosts, and no other.
    pub(super) fn allow(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        let is_ours = |authority: &str| self.has(&host_of(authority));
        host.to_str().is_ok_and(is_ours)
            && uri.authority().is_none_or(|authority| is_ours(authority.as_str()))
    }

    /// Whether a request comes from a page of the preview itself, or from the address bar: what browsers
    /// say of a request, they do not let a page change.
    pub(super) fn is_own(&self, headers: &HeaderMap) -> bool {
        let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let is_typed_or_linked = || {
            text("sec-fetch-mode") == Some("navigate") && text("sec-fetch-dest") == Some("document")
        };
        let is_own_site = match text("sec-fetch-site") {
            None | Some("same-origin" | "none") => true,
            Some(_) => is_typed_or_linked(),
        };
        let is_own_origin = text("origin").is_none_or(|origin| {
            let authority = origin.split_once("://").map(|(_, authority)| authority);
            self.elsewhere.as_deref() == Some(origin)
                || authority.is_some_and(|authority| {
                    text("host").is_some_and(|host| host.eq_ignore_ascii_case(authority))
                })
        });
        is_own_site && is_own_origin
    }

    fn has(&self, name: &str) -> bool {
        let address: Option<IpAddr> = name.parse().ok();
        match address {
            Some(address) if address.is_loopback() || self.takes_any_address => true,
            _ => {
                name == "localhost"
                    || name.ends_with(".localhost")
                    || self.names.iter().any(|own| own == name)
            }
        }
    }
}

/// Host without port, in the form in which hosts are compared.
fn host_of(authority: &str) -> String {
    let host = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None if authority.matches(':').count() > 1 => authority,
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.trim_end_matches('.').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(bound: &str) -> Hosts {
        Hosts {
            names: vec![bound.to_owned(), "preview.example.org".to_owned()],
            takes_any_address: bound == "0.0.0.0",
            elsewhere: Some("https://preview.example.org".to_owned()),
        }
    }

    fn allows(hosts: &Hosts, host: &str) -> bool {
        let headers = HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]);
        hosts.allow(&Uri::from_static("/"), &headers)
    }

    #[test]
    fn names_of_this_computer_and_allowed_ones_are_answered_and_no_others() {
        let own = hosts("127.0.0.1");
        for host in [
            "localhost:1111",
            "LOCALHOST",
            "127.0.0.1:1111",
            "127.0.0.2",
            "[::1]:1111",
            "a.localhost",
            "preview.example.org",
            "Preview.Example.org.:443",
        ] {
            assert!(allows(&own, host), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:1111",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "192.168.1.5",
            "0.0.0.0",
            "",
            "[::2]:1",
            "evil.example/127.0.0.1",
            "evil@localhost",
        ] {
            assert!(!allows(&own, host), "{host}");
        }
        assert!(allows(&hosts("0.0.0.0"), "192.168.1.5:1111"));
        assert!(!allows(&hosts("0.0.0.0"), "evil.example"));
    }

    #[test]
    fn a_request_names_one_host() {
        let own = hosts("127.0.0.1");
        let host = |name: &'static str| (header::HOST, header::HeaderValue::from_static(name));
        let none = HeaderMap::new();
        assert!(!own.allow(&Uri::from_static("/"), &none));
        let mut two = HeaderMap::new();
        for (name, value) in [host("localhost"), host("evil.example")] {
            two.append(name, value);
        }
        assert!(!own.allow(&Uri::from_static("/"), &two));
        let one = HeaderMap::from_iter([host("localhost")]);
        assert!(!own.allow(&Uri::from_static("http://evil.example/"), &one));
        assert!(own.allow(&Uri::from_static("http://localhost/"), &one));
    }

    #[test]
    fn pages_of_other_origins_are_told_from_our_own() {
        let is_own = |headers: &[(&'static str, &str)]| {
            let pairs = headers.iter().map(|(name, value)| {
                (header::HeaderName::from_static(name), value.parse().unwrap())
            });
            hosts("127.0.0.1").is_own(&HeaderMap::from_iter(pairs))
        };
        let host = ("host", "127.0.0.1:1111");
        assert!(is_own(&[host]));
        assert!(is_own(&[
            host,
            ("origin", "http://127.0.0.1:1111"),
            ("sec-fetch-site", "same-origin")
        ]));
        assert!(is_own(&[host, ("sec-fetch-site", "none")]));
        assert!(is_own(&[
            host,
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ]));
        assert!(is_own(&[host, ("origin", "https://preview.example.org")]));
        assert!(!is_own(&[host, ("origin", "http://evil.example")]));
        assert!(!is_own(&[host, ("origin", "http://127.0.0.1:3000")]));
        assert!(!is_own(&[host, ("origin", "null")]));
        assert!(!is_own(&[host, ("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")]));
        assert!(!is_own(&[
            host,
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "iframe"),
        ]));
    }
}
