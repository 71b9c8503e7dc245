//! What pages show of pictures: found on the shelf, or made and put there.
//!
//! Pages name these files before there are any, so a build makes them when all pages are known, and
//! publishes them from the shelf.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::Progress;
use super::make::checked_path;
use crate::asset::{FileDigest, FileFacts};
use crate::content::EditionId;
use crate::diagnostic::{Diagnostic, Reported, has_errors};
use crate::output::{Digest, Kind, Output};
use crate::picture::{
    Key, Pixels, Rect, Rendition, Rights, Rooms, Settings, Shelf, Size, decode, encode,
};
use crate::project;
use crate::render::Renderer;
use crate::site::{Site, output_path};
use crate::template::UsedPicture;

/// What came of all pictures.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// To be published: paths below the output folder, and where the files stand on the shelf.
    pub(super) files: Vec<(String, Key)>,
    /// How many had to be made.
    pub(super) n_made: usize,
}

/// A file that pages name.
struct Wanted {
    output: String,
    /// The picture it is made of.
    picture: String,
    digest: [u8; 16],
    rendition: Rendition,
    key: Key,
}

/// Looks at the pictures that pages will show, so that no page has to wait for it.
pub(super) fn look(renderer: &Renderer, progress: &dyn Progress) {
    let pictures: Vec<UsedPicture> = renderer.pictures_of_model().into_iter().collect();
    progress.begin("Looking at pictures", pictures.len());
    pictures.par_iter().for_each(|picture| {
        drop(renderer.picture(&picture.file));
        progress.advance();
    });
}

/// Makes what is not on the shelf. `in_texts` are the pictures that texts name, by their editions.
pub(super) fn make(
    renderer: &Renderer,
    in_texts: &[(EditionId, Box<str>)],
    files: &FileFacts,
    progress: &dyn Progress,
) -> Reported<Pictures> {
    let site = renderer.site();
    let mut value = Pictures::default();
    let Some(pictures) = &site.config.pictures else {
        return Reported { value, diagnostics: Vec::new() };
    };
    let mut used = renderer.pictures_of_model();
    used.extend(in_texts.iter().filter_map(|(id, src)| renderer.picture_in_text(*id, src)));
    let wanted = wanted(renderer, &used, &pictures.settings);
    let mut diagnostics: Vec<Diagnostic> =
        wanted.iter().filter_map(|wanted| taken(site, wanted)).collect();
    let shelf = Shelf::new(site.config.root.clone());
    let missing: BTreeMap<Key, &Wanted> = wanted
        .par_iter()
        .filter(|wanted| {
            // One that is as it was when it was published need not be read.
            let is_known = files.digest(&shelf.file(wanted.key)).is_some();
            !is_known && shelf.read(wanted.key).is_none()
        })
        .map(|wanted| (wanted.key, wanted))
        .collect();
    value.n_made = missing.len();
    if !missing.is_empty() {
        progress.begin("Making pictures", missing.len());
        let maker = Maker {
            renderer,
            shelf: &shelf,
            settings: &pictures.settings,
            rooms: Rooms::default(),
            progress,
            problems: Mutex::default(),
        };
        diagnostics.extend(maker.make_all(missing.into_values()));
    }
    if has_errors(&diagnostics) {
        return Reported { value, diagnostics };
    }
    value.files = wanted.into_iter().map(|wanted| (wanted.output, wanted.key)).collect();
    Reported { value, diagnostics }
}

/// Publishes what was made, unless it is known to be published.
pub(super) fn publish(
    site: &Site,
    pictures: &Pictures,
    files: &FileFacts,
    output: &Output,
    progress: &dyn Progress,
) -> Vec<Diagnostic> {
    let shelf = Shelf::new(site.config.root.clone());
    let publish = |path: &str, key: Key| -> Result<(), Vec<Diagnostic>> {
        let one = |problem| vec![problem];
        let path = checked_path(path)?;
        let file = shelf.file(key);
        if let Some(FileDigest { hash, byte_len }) = files.digest(&file)
            && output.keep(&path, Digest { hash, byte_len }).map_err(one)?
        {
            return Ok(());
        }
        let gone = || {
            let error = std::io::Error::from(std::io::ErrorKind::NotFound);
            vec![Diagnostic::io("read this file", file.as_ref(), &error)]
        };
        let bytes = shelf.read(key).ok_or_else(gone)?;
        let Digest { hash, byte_len } = output.write(&path, Kind::Asset, &bytes).map_err(one)?;
        files.learn_digest(&file, FileDigest { hash, byte_len });
        Ok(())
    };
    let published: Vec<Vec<Diagnostic>> = pictures
        .files
        .par_iter()
        .map(|(path, key)| {
            let problems = publish(path, *key).err().unwrap_or_default();
            progress.advance();
            problems
        })
        .collect();
    published.into_iter().flatten().collect()
}

/// All files that are made of pictures, each once, by their paths.
fn wanted(renderer: &Renderer, used: &BTreeSet<UsedPicture>, settings: &Settings) -> Vec<Wanted> {
    let used: Vec<&UsedPicture> = used.iter().collect();
    let all: Vec<Vec<Wanted>> = used
        .par_iter()
        .filter_map(|picture| {
            let offer = renderer.offer(picture)?;
            let digest = offer.digest();
            let wanted = offer.all().map(|offered| Wanted {
                output: output_path(&offered.url_path),
                picture: picture.file.clone(),
                digest,
                rendition: offered.rendition,
                key: offered.rendition.key(digest, settings),
            });
            Some(wanted.collect())
        })
        .collect();
    let mut all: Vec<Wanted> = all.into_iter().flatten().collect();
    all.sort_by(|a, b| a.output.cmp(&b.output));
    all.dedup_by(|a, b| a.output == b.output);
    all
}

/// A page or file that has the address already: somebody has put a copy of what was made into `static/`.
fn taken(site: &Site, wanted: &Wanted) -> Option<Diagnostic> {
    let copies = &site.routes.copies;
    let at = copies.binary_search_by(|copy| copy.output.cmp(&wanted.output));
    let path = format!("/{}", wanted.output);
    let file = match at {
        Ok(at) => copies.get(at)?.source.clone(),
        Err(_) => {
            site.route_at(&path)?;
            wanted.picture.clone()
        }
    };
    let message = format!("two things claim the URL `{path}`");
    let help =
        format!("rename it, or remove it: that address is of what is made of `{}`", wanted.picture);
    Some(Diagnostic::error("url-conflict", message).in_file(file).help(help))
}

/// Makes renditions on all threads.
struct Maker<'a> {
    renderer: &'a Renderer,
    shelf: &'a Shelf,
    settings: &'a Settings,
    rooms: Rooms,
    progress: &'a dyn Progress,
    problems: Mutex<Vec<Diagnostic>>,
}

/// One picture, and what is to be made of it.
struct Job<'a> {
    picture: &'a str,
    digest: [u8; 16],
    rights: Option<Box<Rights>>,
    /// Each size is drawn once, and encoded in several formats.
    by_size: Vec<((Rect, Size), Vec<&'a Wanted>)>,
}

impl<'a> Maker<'a> {
    fn make_all(self, missing: impl Iterator<Item = &'a Wanted>) -> Vec<Diagnostic> {
        let mut by_picture: BTreeMap<&str, Vec<&Wanted>> = BTreeMap::new();
        for wanted in missing {
            by_picture.entry(&wanted.picture).or_default().push(wanted);
        }
        let jobs: Vec<Job<'a>> =
            by_picture.into_iter().map(|(picture, wanted)| self.job(picture, wanted)).collect();
        // A thread first encodes what it has drawn (newest first), then opens the next picture; an idle
        // one takes the oldest, a whole picture, from another. So no more pictures are in work than there
        // are threads.
        rayon::scope(|scope| {
            for job in &jobs {
                let maker = &self;
                scope.spawn(move |scope| maker.draw(job, scope));
            }
        });
        self.problems.into_inner().expect("no thread panics with the lock")
    }

    fn job(&self, picture: &'a str, wanted: Vec<&'a Wanted>) -> Job<'a> {
        let facts = self.renderer.picture(picture);
        let rights = facts.raster.as_ref().and_then(|(_, raster)| raster.rights.clone());
        let digest = wanted.first().map_or([0; 16], |wanted| wanted.digest);
        let mut by_size: Vec<((Rect, Size), Vec<&Wanted>)> = Vec::new();
        for wanted in wanted {
            let size = (wanted.rendition.crop, wanted.rendition.size);
            match by_size.iter_mut().find(|(known, _)| *known == size) {
                Some((_, same)) => same.push(wanted),
                None => by_size.push((size, vec![wanted])),
            }
        }
        // The largest last, which is encoded first.
        by_size.sort_by_key(|((_, size), _)| size.area());
        Job { picture, digest, rights, by_size }
    }

    /// Draws all sizes of a picture, lets go of the large one, and has them encoded.
    fn draw(&'a self, job: &'a Job<'a>, scope: &rayon::Scope<'a>) {
        let drawn = match self.drawn(job) {
            Ok(drawn) => drawn,
            Err(problem) => return self.report(problem),
        };
        for (pixels, (_, wanted)) in drawn.into_iter().zip(&job.by_size) {
            let pixels = Arc::new(pixels);
            for wanted in wanted {
                let (pixels, rights) = (pixels.clone(), job.rights.as_deref());
                scope.spawn(move |_| self.make(wanted, &pixels, rights));
            }
        }
    }

    fn drawn(&self, job: &Job<'_>) -> Result<Vec<Pixels>, Diagnostic> {
        let path = project::locate(&self.renderer.site().config.root, job.picture);
        let bytes = std::fs::read(&path)
            .map_err(|error| Diagnostic::io("read this file", job.picture.as_ref(), &error))?;
        if xxhash_rust::xxh3::xxh3_128(&bytes).to_be_bytes() != job.digest {
            let message = "this file was changed while the site was being built";
            return Err(Diagnostic::error("changed-while-building", message)
                .in_file(job.picture)
                .help("build again"));
        }
        let decoded = decode(&bytes, &self.rooms).map_err(|why| not_made(job.picture, &why.0))?;
        drop(bytes);
        Ok(job.by_size.iter().map(|((crop, size), _)| decoded.draw(*crop, *size)).collect())
    }

    fn make(&self, wanted: &Wanted, pixels: &Pixels, rights: Option<&Rights>) {
        let made = encode(pixels, wanted.rendition.format, self.settings.quality, rights)
            .map_err(|why| not_made(&wanted.picture, &why))
            .and_then(|bytes| {
                let file = self.shelf.file(wanted.key);
                let written = self.shelf.write(wanted.key, &bytes);
                written.map_err(|error| Diagnostic::io("write this file", file.as_ref(), &error))
            });
        if let Err(problem) = made {
            self.report(problem);
        }
        self.progress.advance();
    }

    fn report(&self, problem: Diagnostic) {
        self.problems.lock().expect("no thread panics with the lock").push(problem);
    }
}

fn not_made(picture: &str, why: &str) -> Diagnostic {
    let message = format!("nothing could be made of this picture: {why}");
    Diagnostic::error("picture-not-made", message)
        .in_file(picture)
        .help("save it again, or set `process = false` in `[pictures]`")
}
