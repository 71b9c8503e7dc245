//! What a run of a program costs.

use std::io;
use std::process::Command;
use std::time::{Duration, Instant};

/// What a run of a program cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    pub(crate) wall: Duration,
    /// Time of all processors, in the program and in the system for it.
    pub(crate) processors: Duration,
    /// The most memory it had in use at once, where the system says.
    pub(crate) peak_bytes: Option<u64>,
}

/// Runs a command to its end, and fails unless it succeeds.
///
/// The standard library does not say what a child used, so `/proc` is asked every few milliseconds; the
/// figures only grow, and those of processor time are complete as long as the child has not been waited for.
pub(crate) fn run(command: &mut Command) -> io::Result<Usage> {
    const INTERVAL: Duration = Duration::from_millis(2);
    let start = Instant::now();
    let mut child = command.spawn()?;
    let mut ticks = 0;
    let mut peak_bytes = None;
    while let Some(state) = stat(child.id()) {
        ticks = state.ticks;
        if state.has_ended {
            break;
        }
        peak_bytes = peak(child.id()).or(peak_bytes);
        std::thread::sleep(INTERVAL);
    }
    let wall_seen = start.elapsed();
    let status = child.wait()?;
    // Without /proc the loop ends at once, and waiting takes all the time.
    let wall = if ticks == 0 { start.elapsed() } else { wall_seen };
    if !status.success() {
        return Err(io::Error::other(format!("{command:?}: {status}")));
    }
    // A tick is a hundredth of a second on every Linux (USER_HZ).
    Ok(Usage { wall, processors: Duration::from_millis(ticks * 10), peak_bytes })
}

struct Stat {
    has_ended: bool,
    ticks: u64,
}

/// proc(5), `/proc/PID/stat`: behind the name in parentheses come the state, and as 12th and 13th
/// field `utime` and `stime`.
fn stat(pid: u32) -> Option<Stat> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, fields) = text.rsplit_once(") ")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
    let has_ended = matches!(fields.first(), Some(&("Z" | "X")));
    Some(Stat { has_ended, ticks: number(11)? + number(12)? })
}

/// proc(5), `/proc/PID/status`: `VmHWM`, in units of 1024 bytes.
fn peak(pid: u32) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()? * 1024)
}
