//! Limits for scripts that somebody else wrote.
//!
//! Python runs signal handlers between two of its instructions, even in an endless loop. A timer of the operating
//! system sends a signal fifty times a second. The handler, written in Rust, checks the clock and the memory of the
//! process, and raises an exception if a limit is exceeded.
//!
//! These limits guard against mistakes, not attacks. Rust and C code is not interrupted, memory is only checked fifty
//! times a second, and a script has all permissions of this program. Run hostile code in a separate process with limits
//! of the operating system.

use std::time::{Duration, Instant};

use memory_stats::memory_stats;
use pyo3::create_exception;
use pyo3::exceptions::{PyBaseException, PyOSError};
use pyo3::prelude::*;
use pyo3::types::PyCFunction;

// Not a subclass of `Exception`, so that `except Exception` in a loop does not catch it.
create_exception!(sketch, LimitExceeded, PyBaseException, "The script took more time or memory than it may.");

/// The interval between two checks.
const TICK: Duration = Duration::from_millis(20);
/// The time that a script has to clean up after the exception, before the process ends.
const GRACE: Duration = Duration::from_secs(1);

/// How much time and memory a script may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Elapsed time.
    pub time: Duration,
    /// Memory in bytes, in addition to what the process uses when the script starts.
    pub memory: usize,
}

impl Limits {
    /// Runs `body`, and raises [`LimitExceeded`] in it if it exceeds a limit. Only works on the main thread.
    ///
    /// # Errors
    ///
    /// Returns any exception of `body`, or an `OSError` if the operating system has no interval timers.
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
        // `None` means a handler that was not installed from Python. It cannot be restored.
        let former = signal.call_method1("signal", (&alarm, handler))?;
        let former = if former.is_none() { signal.getattr("SIG_DFL")? } else { former };
        set_timer.call1((&timer, TICK.as_secs_f64(), TICK.as_secs_f64()))?;
        let outcome = body();
        set_timer.call1((&timer, 0.0))?;
        signal.call_method1("signal", (alarm, former))?;
        outcome
    }
}

/// The state of the signal handler: the limits, the starting point, and when the exception was raised.
struct Watcher {
    limits: Limits,
    start: Instant,
    memory_before: usize,
    told: Option<Instant>,
}

impl Watcher {
    /// Raises an exception if a limit is exceeded. Ends the process if the script keeps running after that.
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

/// Returns the memory of this process in bytes, or 0 if the system does not tell.
fn memory_in_use() -> usize {
    memory_stats().map_or(0, |stats| stats.physical_mem)
}
