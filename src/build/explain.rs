//! `--explain`: why a page was made anew.

use std::fmt::Write as _;

use super::pages::{KnownPages, shard_of};
use super::texts::Texts;
use crate::cache::Store;
use crate::render::Renderer;
use crate::site::{Route, output_path};

/// What changed of the page at a URL (absolute or from the root) or at a path of the output folder.
/// Asked before pages are rendered, while what the last build left is as it was.
pub(super) fn explain(renderer: &Renderer, store: &Store, texts: &Texts, written: &str) -> String {
    let Some((route, address)) = find(renderer, written) else {
        return format!("`{written}` is no page of this site.");
    };
    let output = output_path(&renderer.site().path(route));
    let mut why: Vec<String> = match texts.is_known {
        true => texts
            .changed_for_all()
            .map(|text| format!("`{text}`, which every page is made of"))
            .collect(),
        false => vec!["nothing is remembered of an earlier build".to_owned()],
    };
    if why.is_empty() {
        let shard = shard_of(renderer.site(), route, address);
        let known = KnownPages::read(store, shard, texts.theme());
        why = known.why(renderer, route, address);
    }
    if why.is_empty() {
        return format!("{output}: everything that it is made of is as it was in the last build.");
    }
    let mut text = format!("{output} was rendered, because these are new or have changed:");
    for input in why {
        write!(text, "\n  {input}").expect("writing to a String never fails");
    }
    text
}

fn find(renderer: &Renderer, written: &str) -> Option<(Route, u64)> {
    let site = renderer.site();
    let base = &site.config.base_url;
    let path = written.strip_prefix(base.origin.as_str()).unwrap_or(written);
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let below_base = path.strip_prefix(base.path.as_str()).filter(|path| path.starts_with('/'));
    let path = below_base.unwrap_or(&path);
    let wanted = output_path(path);
    // A folder may be written without its slash.
    let folder = output_path(&format!("{path}/"));
    let table = &site.routes;
    let mut all = table.routes.iter().zip(&table.addresses);
    all.find(|(route, _)| {
        let output = output_path(&site.path(**route));
        output == wanted || output == folder
    })
    .map(|(route, address)| (*route, *address))
}
