//! Limits for code that somebody else wrote.
//!
//! Python runs signal handlers between two of its instructions, also in a loop that never ends. So a timer of the
//! operating system asks for one many times a second, and the handler, which is written in Rust, looks at the clock and
//! at the memory of the process, and raises.
//!
//! These are limits for mistakes, not for attacks. Code that runs in Rust or C is not interrupted, memory is looked at
//! fifty times a second, and a script may do what this program may. Give hostile code a process with limits of the
//! operating system.

use std::time::{Duration, Instant};

use memory_stats::memory_stats;
use pyo3::create_exception;
use pyo3::exceptions::{PyBaseException, PyOSError};
use pyo3::prelude::*;
use pyo3::types::PyCFunction;

// Not an `Exception`: `except Exception` in a loop does not catch it.
create_exception!(sketch, LimitExceeded, PyBaseException, "The script took more time or memory than it may.");

/// How often the limits are looked at.
const TICK: Duration = Duration::from_millis(20);
/// How long a script may tidy up after it has been told, before the process ends.
const GRACE: Duration = Duration::from_secs(1);

/// How much a script may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time that passes.
    pub time: Duration,
    /// Memory in bytes, beyond that which the process has when the script begins.
    pub memory: usize,
}

impl Limits {
    /// Runs `body`, in which [`LimitExceeded`] is raised where it uses more. Only the main thread can do so.
    ///
    /// # Errors
    ///
    /// What `body` raises, and `OSError` where the operating system has no timers.
    pub fn watch<R>(self, py: Python<'_>, body: impl FnOnce() -> PyResult<R>) -> PyResult<R> {
        let signal = py.import("signal")?;
        let Some(set_timer) = signal.getattr_opt("setitimer")? else {
            return Err(PyOSError::new_err("limits need interval timers, which this system does not have"));
        };
        let (alarm, timer) = (signal.getattr("SIGALRM")?, signal.getattr("ITIMER_REAL")?);
        let watcher = Watcher { limits: self, start: Instant::now(), memory_before: memory_in_use(), told: None };
        let watcher = std::sync::Mutex::new(watcher);
        let handler = PyCFunction::new_closure(py, None, None, move |_, _| {
            watcher.lock().expect("signal handlers do not run while one does").look()
        })?;
        // `None` stands for a handler that is not Python's, and is not to be had again.
        let former = signal.call_method1("signal", (&alarm, handler))?;
        let former = if former.is_none() { signal.getattr("SIG_DFL")? } else { former };
        set_timer.call1((&timer, TICK.as_secs_f64(), TICK.as_secs_f64()))?;
        let outcome = body();
        set_timer.call1((&timer, 0.0))?;
        signal.call_method1("signal", (alarm, former))?;
        outcome
    }
}

/// What a script has used, and whether it knows.
struct Watcher {
    limits: Limits,
    start: Instant,
    memory_before: usize,
    told: Option<Instant>,
}

impl Watcher {
    /// Raises where the script has used too much. Ends the process where the script knows, and goes on.
    fn look(&mut self) -> PyResult<()> {
        if let Some(told) = self.told {
            if told.elapsed() > GRACE {
                eprintln!("the script does not stop");
                std::process::exit(1);
            }
            return Ok(());
        }
        let Some(text) = self.excess() else { return Ok(()) };
        self.told = Some(Instant::now());
        Err(LimitExceeded::new_err(text))
    }

    fn excess(&self) -> Option<String> {
        if self.start.elapsed() > self.limits.time {
            return Some(format!("more than {} seconds", self.limits.time.as_secs_f64()));
        }
        if memory_in_use().saturating_sub(self.memory_before) > self.limits.memory {
            return Some(format!("more than {} MB of memory", self.limits.memory / 1_000_000));
        }
        None
    }
}

/// The memory of this process, in bytes; 0 where the system does not say.
fn memory_in_use() -> usize {
    memory_stats().map_or(0, |stats| stats.physical_mem)
}
