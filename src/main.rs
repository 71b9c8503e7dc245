//! Arguments in, report printed, exit code out. The clock, the environment and the terminal are
//! touched here and nowhere else.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use visti::build::{Options, Progress, Published, Report, Warnings, WhenBroken, build};
use visti::cache::Recall;
use visti::cli::{
    BuildArgs, Cli, Command, MessageFormat, NextArgs, ProfileFormat, ServeArgs, StatusArgs,
};
use visti::diagnostic::{Diagnostic, Digest, Severity, print};
use visti::next::next;
use visti::output::WhenLocked;
use visti::serve::{self, Notice, Port, Ready, Reporter, serve};
use visti::site::{ChangeKind, Drafts, Scheduled, View};
use visti::status::status;

/// Building is mostly small allocations on all threads, where the system's allocators spend a tenth of
/// the time; docs/performance.md has the figures.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Command::Build(arguments) => run_build(&arguments),
        Command::Serve(arguments) => run_serve(&arguments),
        Command::Status(arguments) => run_status(&arguments),
        Command::Next(arguments) => run_next(&arguments),
    }
}

fn run_build(arguments: &BuildArgs) -> ExitCode {
    let start = Instant::now();
    if let Some(jobs) = arguments.jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs));
        if let Err(error) = pool.build_global() {
            return complain(&format!("cannot start {jobs} threads: {error}"));
        }
    }
    let options = options(arguments);
    let shows_progress = !arguments.quiet && arguments.message_format == MessageFormat::Human;
    let bar = Bar::new(shows_progress && std::io::stderr().is_terminal());
    let report = build(&options, &bar);
    bar.0.finish_and_clear();
    match print_report(&report, arguments, start.elapsed()) {
        Ok(()) => exit_code(&report, options.warnings),
        // Whoever reads our output has gone; there is nobody to tell.
        Err(_) => exit_code(&report, options.warnings),
    }
}

fn run_status(arguments: &StatusArgs) -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    let started = jiff::Timestamp::now();
    let report = status(&visti::status::Options {
        root: arguments.root.clone(),
        now: arguments.now.unwrap_or(started),
        started,
        missing: arguments.missing.clone(),
        stale: arguments.stale,
        mark: arguments.mark.clone(),
    });
    // Whoever reads our output may have gone: then there is nobody to tell.
    print_status(&report, arguments).ok();
    if report.status.is_some() && report.diagnostics.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    }
}

fn print_status(report: &visti::status::Report, arguments: &StatusArgs) -> std::io::Result<()> {
    let mut err = anstream::stderr().lock();
    for diagnostic in &report.diagnostics {
        writeln!(err, "{}\n", print::for_people(diagnostic, print::Style::Coloured))?;
    }
    let mut out = anstream::stdout().lock();
    match &report.status {
        None => Ok(()),
        Some(status) if arguments.json => writeln!(out, "{:#}", status.json()),
        Some(status) => write!(out, "{}", status.for_people()),
    }
}

fn run_next(arguments: &NextArgs) -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    let started = jiff::Timestamp::now();
    let report = next(&visti::next::Options {
        root: arguments.root.clone(),
        output: arguments.output.clone(),
        view: View {
            now: arguments.now.unwrap_or(started),
            drafts: if arguments.drafts { Drafts::Shown } else { Drafts::Hidden },
            scheduled: if arguments.future { Scheduled::Shown } else { Scheduled::Hidden },
        },
        started,
    });
    print_problems(&report.diagnostics);
    match &report.next {
        Some(next) if arguments.json => say(&format!("{:#}\n", next.json())),
        Some(next) => next.moment().iter().for_each(|moment| say(&format!("{moment}\n"))),
        None => {}
    }
    if report.next.is_some() && report.diagnostics.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads clock and environment")]
fn options(arguments: &BuildArgs) -> Options {
    Options {
        root: arguments.root.clone(),
        output: arguments.output.clone(),
        base_url: arguments.base_url.clone(),
        view: View {
            now: arguments.now.unwrap_or_else(jiff::Timestamp::now),
            drafts: if arguments.drafts { Drafts::Shown } else { Drafts::Hidden },
            scheduled: if arguments.future { Scheduled::Shown } else { Scheduled::Hidden },
        },
        warnings: if arguments.strict { Warnings::Denied } else { Warnings::Allowed },
        when_broken: if arguments.skip_broken { WhenBroken::LeaveOut } else { WhenBroken::Fail },
        when_locked: if arguments.wait { WhenLocked::Wait } else { WhenLocked::Fail },
        home: std::env::home_dir(),
        recall: if arguments.no_cache { Recall::Nothing } else { Recall::Everything },
        started: jiff::Timestamp::now(),
        explain: arguments.explain.clone(),
        changed_list: arguments.changed_list.clone(),
    }
}

fn exit_code(report: &Report, warnings: Warnings) -> ExitCode {
    let is_bad = |diagnostic: &Diagnostic| {
        diagnostic.severity == Severity::Error || warnings == Warnings::Denied
    };
    let failed = report.published.is_none() || report.diagnostics.iter().any(is_bad);
    if failed { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

fn print_report(report: &Report, arguments: &BuildArgs, took: Duration) -> std::io::Result<()> {
    let mut out = anstream::stdout().lock();
    match arguments.message_format {
        MessageFormat::Json => {
            for diagnostic in &report.diagnostics {
                writeln!(out, "{}", print::json(diagnostic))?;
            }
        }
        MessageFormat::Human => print_for_people(report, arguments, took, &mut out)?,
    }
    let profile = report.published.as_ref().map(|published| &published.work.profile);
    match (arguments.profile, profile) {
        (Some(ProfileFormat::Table), Some(profile)) => writeln!(out, "\n{}", profile.table()),
        (Some(ProfileFormat::Json), Some(profile)) => writeln!(out, "{}", profile.json()),
        (_, None) | (None, _) => Ok(()),
    }
}

fn print_for_people(
    report: &Report,
    arguments: &BuildArgs,
    took: Duration,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let mut err = anstream::stderr().lock();
    let changed = report.published.as_ref().map_or_else(Default::default, |done| &*done.changed);
    // What keeps a site from being published is shown to the last.
    let digest = match arguments.strict {
        true => Digest::whole(&report.diagnostics),
        false => Digest::of(&report.diagnostics, changed),
    };
    for diagnostic in digest.shown {
        writeln!(err, "{}\n", print::for_people(diagnostic, print::Style::Coloured))?;
    }
    for (name, n) in digest.more {
        let more = counted(n, "more warning");
        writeln!(err, "… and {more} [{name}]: `--message-format json` lists all.\n")?;
    }
    let count = |severity| report.diagnostics.iter().filter(|d| d.severity == severity).count();
    let (n_errors, n_warnings) = (count(Severity::Error), count(Severity::Warning));
    let Some(published) = &report.published else {
        let strict = if n_errors == 0 { " (`--strict` counts warnings as errors)" } else { "" };
        return writeln!(
            err,
            "Nothing was published: {}, {}{strict}.",
            counted(n_errors, "error"),
            counted(n_warnings, "warning"),
        );
    };
    if published.n_left_out > 0 {
        writeln!(
            err,
            "{} left out because of {}; everything else was published.",
            counted_were(published.n_left_out, "article"),
            if n_errors == 1 { "an error" } else { "errors" },
        )?;
    }
    if arguments.quiet {
        return Ok(());
    }
    print_pages(published, out)?;
    print_work(published, n_warnings, took, out)
}

/// How many pages there are, by kind and language.
fn print_pages(published: &Published, out: &mut impl Write) -> std::io::Result<()> {
    let mut totals = vec![0; published.languages.len()];
    let width = published.pages.iter().map(|row| row.kind.len()).max().unwrap_or(0);
    let row = |kind: &str, counts: &[usize]| {
        let cells: Vec<String> = counts.iter().map(|n| format!("{n:>7}")).collect();
        format!("{kind:<width$}{}{:>8}", cells.concat(), counts.iter().sum::<usize>())
    };
    let codes: Vec<String> = published.languages.iter().map(|code| format!("{code:>7}")).collect();
    writeln!(out, "{:<width$}{}{:>8}", "", codes.concat(), "total")?;
    for kind in &published.pages {
        for (total, n) in totals.iter_mut().zip(&kind.per_language) {
            *total += n;
        }
        writeln!(out, "{}", row(kind.kind, &kind.per_language))?;
    }
    writeln!(out, "{}\n", row("pages", &totals))
}

/// What changed and why, in a line, and what else was asked for.
fn print_work(
    published: &Published,
    n_warnings: usize,
    took: Duration,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let output = &published.output;
    let work = &published.work;
    let sources = work.n_changed_sources.map_or_else(String::new, |n| {
        format!(
            "{} changed → {} rendered, ",
            counted(n, "source"),
            counted(work.n_rendered, "page")
        )
    });
    let written = match work.n_changed_sources {
        Some(_) => grouped(output.n_written),
        None => counted(output.n_written, "file"),
    };
    let pictures = match work.n_pictures {
        0 => String::new(),
        n => format!("{} made of pictures, ", counted(n, "file")),
    };
    writeln!(
        out,
        "{sources}{pictures}{written} written, {} deleted; {} unchanged; {}; {:.2} s",
        output.deleted.len(),
        grouped(output.n_unchanged),
        counted(n_warnings, "warning"),
        took.as_secs_f64(),
    )?;
    if let Some(explanation) = &work.explanation {
        writeln!(out, "{explanation}")?;
    }
    if let Some((due, kind)) = &published.next_due {
        let what = match kind {
            ChangeKind::Withdrawal => "The next article to be withdrawn is due",
            _ => "The next scheduled article is due",
        };
        let due = due.strftime("%Y-%m-%dT%H:%M:%S%:z");
        writeln!(out, "{what} at {due}: build again then.")?;
    }
    Ok(())
}

/// `1 article was`, `2 articles were`.
fn counted_were(n: usize, noun: &str) -> String {
    format!("{} {}", counted(n, noun), if n == 1 { "was" } else { "were" })
}

fn counted(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// `118 423`, with a no-break space.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    for (left, digit) in (0..digits.len()).rev().zip(digits.chars()) {
        text.push(digit);
        if left > 0 && left % 3 == 0 {
            text.push('\u{a0}');
        }
    }
    text
}

/// Says what kept the program from even trying.
fn complain(message: &str) -> ExitCode {
    let mut err = anstream::stderr().lock();
    match writeln!(err, "error: {message}") {
        Ok(()) | Err(_) => ExitCode::from(1),
    }
}

/// The progress bar of a terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new(is_shown: bool) -> Self {
        let bar = ProgressBar::no_length();
        bar.set_draw_target(if is_shown {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        });
        Self(bar)
    }
}

impl Progress for Bar {
    fn begin(&self, stage: &'static str, n_steps: usize) {
        let template =
            if n_steps == 0 { "{msg} …" } else { "{msg} {wide_bar} {human_pos}/{human_len}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style);
        }
        self.0.set_message(stage);
        self.0.set_position(0);
        self.0.set_length(n_steps as u64);
    }

    fn advance(&self) {
        self.0.inc(1);
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn run_serve(arguments: &ServeArgs) -> ExitCode {
    let options = serve::Options {
        root: arguments.root.clone(),
        host: arguments.host,
        port: arguments.port.map_or(Port::Usual, Port::Exactly),
        base_url: arguments.base_url.clone(),
        allowed_hosts: arguments.allow_host.clone(),
        drafts: if arguments.drafts { Drafts::Shown } else { Drafts::Hidden },
        scheduled: if arguments.future { Scheduled::Shown } else { Scheduled::Hidden },
        watched: arguments.watch.then_some(match arguments.poll {
            true => Notice::Looking,
            false => Notice::Told,
        }),
        clock: jiff::Timestamp::now,
    };
    let terminal = Terminal { opens_browser: arguments.open };
    match serve(&options, Arc::new(terminal)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            print_problems(&problems);
            ExitCode::from(1)
        }
    }
}

/// Tells whoever started a preview what happens.
struct Terminal {
    opens_browser: bool,
}

impl Reporter for Terminal {
    fn ready(&self, ready: &Ready) {
        let mut text = format!("Preview: {}\n", ready.url);
        if let Some(elsewhere) = &ready.elsewhere {
            text += &format!("From elsewhere: {elsewhere}\n");
        }
        text += &format!("Newsroom: {}_visti/\nPress Ctrl-C to end it.\n", ready.url);
        if let Some(busy) = ready.busy {
            let port = ready.address.port();
            text += &format!("Port {busy} is in use by another program, so this is port {port}.\n");
        }
        if !ready.address.ip().is_loopback() {
            text += "Everyone on the network can see this preview, with drafts if it shows them.\n";
        }
        say(&text);
        if self.opens_browser
            && let Err(error) = open::that_detached(&ready.url)
        {
            say(&format!("No browser could be opened: {error}\n"));
        }
    }

    fn found(&self, problems: &[Diagnostic]) {
        // A broken template, or an archive that was never checked, may have thousands.
        const MOST: usize = 20;
        let mut problems = problems.to_vec();
        problems.sort_by_key(|problem| problem.severity);
        let n_more = problems.len().saturating_sub(MOST);
        problems.truncate(MOST);
        print_problems(&problems);
        if n_more > 0 {
            say(&format!("… and {} more: see the newsroom page.\n", counted(n_more, "problem")));
        }
    }

    fn mended(&self) {
        say("Mended.\n");
    }
}

fn say(text: &str) {
    let mut out = anstream::stdout().lock();
    // Whoever reads our output may have gone; there is nobody to tell.
    let (Ok(()) | Err(_)) = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn print_problems(problems: &[Diagnostic]) {
    let mut err = anstream::stderr().lock();
    for problem in problems {
        let text = print::for_people(problem, print::Style::Coloured);
        let (Ok(()) | Err(_)) = writeln!(err, "{text}\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped_by_thousands() {
        let shown = [0, 7, 999, 1000, 118_423, 1_000_000].map(grouped);
        let expected = ["0", "7", "999", "1\u{a0}000", "118\u{a0}423", "1\u{a0}000\u{a0}000"];
        assert_eq!(shown, expected);
    }
}
