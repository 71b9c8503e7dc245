//! Keeps the snapshot as the files are, for as long as the preview runs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::watch::Sender;

use super::Reporter;
use super::live::{Change, Live, Update};
use super::snapshot::Snapshot;
use super::watch::Watch;
use crate::content::Doubts;
use crate::diagnostic::{Diagnostic, has_errors};

/// How long a file may be half written, or away, before that is believed.
const PATIENCE: Duration = Duration::from_millis(80);

/// The longest wait for a moment: computers sleep, and their clocks are set.
const LONGEST: Duration = Duration::from_secs(20);

/// Follows the files of a site.
pub(super) struct Follower {
    pub(super) live: Live,
    pub(super) watch: Watch,
    pub(super) clock: fn() -> Timestamp,
    pub(super) snapshots: Sender<Snapshot>,
    pub(super) reporter: Arc<dyn Reporter>,
}

impl Follower {
    /// Never ends.
    pub(super) fn run(mut self) {
        // Why the system does not tell of changes; said once.
        let mut limit = self.watch.begin();
        self.reporter.found(limit.as_slice());
        // Looked at again when its time has come.
        let mut doubtful: Vec<(Change, Instant)> = Vec::new();
        // What changed between reading and watching was told by nobody.
        let mut change = Some(Change::Everything);
        loop {
            if let Some(mut now) = change.take() {
                if self.watch.must_begin(&now) {
                    let problem = self.watch.begin();
                    if problem != limit {
                        self.reporter.found(problem.as_slice());
                        limit = problem;
                    }
                    now = Change::Everything;
                }
                forget(&mut doubtful, &now);
                let doubt = self.update(&now, Doubts::Wait);
                doubtful.extend(doubt.map(|doubt| (doubt, Instant::now() + PATIENCE)));
            }
            while let Some(at) = doubtful.iter().position(|(_, until)| *until <= Instant::now()) {
                let (believed, _) = doubtful.remove(at);
                self.update(&believed, Doubts::Believe);
            }
            let next_change = self.until_next_change();
            if next_change == Some(Duration::ZERO) {
                self.update(&Change::Time, Doubts::Believe);
                continue;
            }
            let moment = next_change.map(|wait| Instant::now() + wait.min(LONGEST));
            let deadline = doubtful.iter().map(|(_, until)| *until).chain(moment).min();
            let (told, problem) = self.watch.next(deadline);
            self.reporter.found(problem.as_slice());
            limit = problem.or(limit);
            change = told;
        }
    }

    fn until_next_change(&self) -> Option<Duration> {
        let next = self.live.next_change()?;
        Some(Duration::try_from(next.duration_since((self.clock)())).unwrap_or(Duration::ZERO))
    }

    /// Brings the site up to date, and says what is new about it.
    fn update(&mut self, change: &Change, doubts: Doubts) -> Option<Change> {
        let Update { snapshot, doubtful } = self.live.update(change, doubts);
        if let Some(snapshot) = snapshot {
            let before = self.snapshots.send_replace(snapshot.clone());
            let is_new = |problem: &&Diagnostic| !before.problems.contains(problem);
            let new: Vec<Diagnostic> = snapshot.problems.iter().filter(is_new).cloned().collect();
            self.reporter.found(&new);
            if has_errors(&before.problems) && !has_errors(&snapshot.problems) {
                self.reporter.mended();
            }
        }
        doubtful
    }
}

/// What has changed once more is doubted anew.
fn forget(doubtful: &mut Vec<(Change, Instant)>, change: &Change) {
    match change {
        Change::Everything => doubtful.clear(),
        Change::Files(names) => {
            for (doubt, _) in &mut *doubtful {
                if let Change::Files(doubted) = doubt {
                    doubted.retain(|name| !names.contains(name));
                }
            }
        }
        Change::Time => {}
    }
}
