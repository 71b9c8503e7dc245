//! How long a clean build of a large newsroom takes, beside what the file system alone would take.
//!
//! `scripts/bench --help` says how to call it; `docs/performance.md` says what the figures mean.
//! Only the standard library is used, so that nothing here depends on what is measured.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own, for people")]

mod again;
mod corpus;
mod floor;
mod kill;
mod photographs;
mod process;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use process::Usage;

const HELP: &str = "\
Generates a newsroom in three languages, and measures clean builds of it and builds after an edit.

  --stories N    how many stories; each has two or three editions [default: 1000]
  --runs N       how often to build; the median is reported [default: 5]
  --theme NAME   plain: the pages of a comparable Hugo site; default: the theme of this repository [default: plain]
  --kill N       instead of measuring, kill N builds at random moments, and check what each leaves
  --photos DIR   instead measure how smaller pictures are made of the photographs in this folder
  --jobs N       threads of the build [default: one per processor]
  --work DIR     where to work [default: /dev/shm, in memory, if there is one; else the system's temporary folder]
  --keep         leave sources and built site in the work folder
  --generate DIR only generate the sources, in this new or empty folder, and measure nothing
";

struct Arguments {
    n_stories: u32,
    n_runs: usize,
    theme: corpus::Theme,
    n_kills: Option<usize>,
    photographs: Option<PathBuf>,
    jobs: Option<String>,
    work: PathBuf,
    keeps: bool,
    generate: Option<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = match read_arguments(std::env::args().skip(1)) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprint!("{problem}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let done = match &arguments.generate {
        Some(folder) => {
            corpus::generate(folder, arguments.n_stories, arguments.theme).map(|corpus| {
                println!("{} articles in {}", corpus.n_articles, folder.display());
            })
        }
        None => measure(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// `None` when help is asked for.
fn read_arguments(given: impl Iterator<Item = String>) -> Result<Option<Arguments>, String> {
    let memory = Path::new("/dev/shm");
    let mut arguments = Arguments {
        n_stories: 1000,
        n_runs: 5,
        theme: corpus::Theme::Plain,
        n_kills: None,
        photographs: None,
        jobs: None,
        work: if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() },
        keeps: false,
        generate: None,
    };
    let mut given = given;
    while let Some(name) = given.next() {
        let mut value = || given.next().ok_or_else(|| format!("{name} needs a value"));
        let number = |text: String| text.parse().map_err(|_| format!("`{text}` is no number"));
        match name.as_str() {
            "--stories" => arguments.n_stories = number(value()?)?,
            "--runs" => arguments.n_runs = number(value()?)?.max(1) as usize,
            "--theme" => {
                arguments.theme = match value()?.as_str() {
                    "plain" => corpus::Theme::Plain,
                    "default" => corpus::Theme::Default,
                    other => return Err(format!("there is no theme `{other}`")),
                }
            }
            "--kill" => arguments.n_kills = Some(number(value()?)? as usize),
            "--photos" => arguments.photographs = Some(value()?.into()),
            "--jobs" => arguments.jobs = Some(value()?),
            "--work" => arguments.work = value()?.into(),
            "--generate" => arguments.generate = Some(value()?.into()),
            "--keep" => arguments.keeps = true,
            "--help" | "-h" => return Ok(None),
            // `cargo bench` adds it.
            "--bench" => {}
            _ => return Err(format!("`{name}` is not known")),
        }
    }
    Ok(Some(arguments))
}

fn measure(arguments: &Arguments) -> std::io::Result<()> {
    let folder = arguments.work.join(format!("visti-bench-{}", std::process::id()));
    let measured = measure_in(&folder, arguments);
    if arguments.keeps {
        println!("\nLeft in {}", folder.display());
    } else if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    measured
}

fn measure_in(folder: &Path, arguments: &Arguments) -> std::io::Result<()> {
    let site = folder.join("site");
    let public = site.join("public");
    let build = || {
        let mut build = std::process::Command::new(env!("CARGO_BIN_EXE_visti"));
        build.args(["build", "--quiet", "--root"]).arg(&site);
        if let Some(jobs) = &arguments.jobs {
            build.args(["--jobs", jobs]);
        }
        build
    };
    if let Some(from) = &arguments.photographs {
        report_photographs(&photographs::measure(&site, from, build)?);
        return Ok(());
    }
    let corpus = corpus::generate(&site, arguments.n_stories, arguments.theme)?;
    if let Some(n_kills) = arguments.n_kills {
        let killed = kill::kill(&site, arguments.n_stories, n_kills, build)?;
        println!(
            "{n_kills} builds killed: {} before anything was published, {} while publishing, {} too late; \
             what each left was whole, and the next build equalled a clean one",
            killed.n_early, killed.n_publishing, killed.n_late
        );
        return Ok(());
    }
    let mut runs = Vec::new();
    for n in 1..=arguments.n_runs {
        // A cold build: no output to compare with, nothing remembered.
        remove(&public)?;
        remove(&site.join(".visti"))?;
        let usage = process::run(&mut build())?;
        println!(
            "build {n}: {:.2} s, {:.2} s of processors",
            usage.wall.as_secs_f64(),
            usage.processors.as_secs_f64()
        );
        runs.push(usage);
    }
    let tree = floor::Tree::of(&public)?;
    let sources = site.join("content");
    let floors: Vec<(Duration, Duration)> = (0..3)
        .map(|_| {
            let copy = folder.join("bare");
            let times = (floor::read(&sources)?, tree.write(&copy)?);
            remove(&copy)?;
            Ok(times)
        })
        .collect::<std::io::Result<_>>()?;
    let read = median(floors.iter().map(|floor| floor.0));
    let write = median(floors.iter().map(|floor| floor.1));
    report(&corpus, &tree, &runs, read, write);
    let again = again::measure(&site, arguments.n_stories, arguments.n_runs, build)?;
    report_again(&again);
    Ok(())
}

fn report(
    corpus: &corpus::Corpus,
    tree: &floor::Tree,
    runs: &[Usage],
    read: Duration,
    write: Duration,
) {
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let wall = median(runs.iter().map(|run| run.wall));
    let least = runs.iter().map(|run| run.wall).min().unwrap_or_default();
    let most = runs.iter().map(|run| run.wall).max().unwrap_or_default();
    let processors = median(runs.iter().map(|run| run.processors));
    let peak = runs.iter().filter_map(|run| run.peak_bytes).max();
    let floor = read + write;
    println!();
    println!(
        "sources      {} stories, {} articles, {:.0} MB",
        corpus.n_stories,
        corpus.n_articles,
        megabytes(corpus.n_bytes)
    );
    println!("site         {} files, {:.0} MB", tree.n_files(), megabytes(tree.n_bytes()));
    println!("threads      {}", floor::n_threads());
    println!(
        "bare read    {:.2} s, bare write {:.2} s, together {:.2} s",
        read.as_secs_f64(),
        write.as_secs_f64(),
        floor.as_secs_f64()
    );
    println!(
        "build        {:.2} s ({:.2}-{:.2}), {:.1} times the bare read and write",
        wall.as_secs_f64(),
        least.as_secs_f64(),
        most.as_secs_f64(),
        wall.as_secs_f64() / floor.as_secs_f64()
    );
    println!("processors   {:.2} s", processors.as_secs_f64());
    report_peak(peak);
}

fn report_peak(peak: Option<u64>) {
    match peak {
        Some(peak) => println!("peak memory  {:.0} MB", peak as f64 / 1e6),
        None => println!("peak memory  unknown: this system has no /proc"),
    }
}

fn report_photographs(photographs: &photographs::Photographs) {
    let Usage { wall, processors, peak_bytes } = photographs.first;
    let each = |time: Duration| time.as_secs_f64() / photographs.n as f64;
    println!("photographs  {}; {} files were made of them", photographs.n, photographs.n_made);
    println!("threads      {}", floor::n_threads());
    println!("build        {:.2} s, {:.2} s a photograph", wall.as_secs_f64(), each(wall));
    println!(
        "processors   {:.2} s, {:.2} s a photograph",
        processors.as_secs_f64(),
        each(processors)
    );
    report_peak(peak_bytes);
    println!("once more    {:.2} s", photographs.again.wall.as_secs_f64());
}

fn report_again(again: &again::Again) {
    let line = |name: &str, runs: &[Usage]| {
        let wall = |run: &Usage| run.wall;
        println!(
            "{name:<13}{:.2} s ({:.2}-{:.2})",
            median(runs.iter().map(wall)).as_secs_f64(),
            runs.iter().map(wall).min().unwrap_or_default().as_secs_f64(),
            runs.iter().map(wall).max().unwrap_or_default().as_secs_f64(),
        );
    };
    println!("\nIn a new process, with what the last build left:");
    line("unchanged", &again.nothing);
    line("one edit", &again.edited);
    line("one story", &[again.published]);
    println!(
        "             in three languages; it changed {} files, {} of them numbered pages of lists",
        again.n_changed, again.n_numbered
    );
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn remove(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
