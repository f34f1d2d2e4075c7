//! Reports of faults.

use std::backtrace::Backtrace;
use std::cell::Cell;
use std::fmt;
use std::panic::Location;

/// An operation and the code that called it.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The operation of the contract, or what Python called.
    pub operation: &'static str,
    /// The caller, or `None` if the runtime called it.
    pub caller: Option<&'static Location<'static>>,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.caller {
            Some(caller) => write!(out, "`{}`, called at {caller}", self.operation),
            None => write!(out, "`{}`, called by the runtime", self.operation),
        }
    }
}

/// A broken rule of the contract.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was going on.
    pub place: Place,
    /// Which rule is broken, and how.
    pub fault: String,
    /// Where the latest references to the object came from. Empty if the fault concerns no object, or one that no
    /// handle has ever owned.
    pub births: Vec<Place>,
    /// Where a reference to the object was last released.
    pub release: Option<Place>,
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "the contract of the backend is broken: {}", self.fault)?;
        writeln!(out, "  in {}", self.place)?;
        for birth in &self.births {
            writeln!(out, "  a reference came from {birth}")?;
        }
        if let Some(release) = self.release {
            writeln!(out, "  a reference was given up in {release}")?;
        }
        Ok(())
    }
}

thread_local! {
    static REPORTER: Cell<Option<fn(&Report)>> = const { Cell::new(None) };
    static REPORTING: Cell<bool> = const { Cell::new(false) };
}

/// Runs `body`, and passes faults on this thread to `reporter` instead of standard error. For tests of the checks.
///
/// After the reporter returns, the process is aborted. A reporter that panics keeps the process alive; then nothing
/// more is checked until `body` has ended, because the fault has left an inconsistent state.
pub fn with_reporter<R>(reporter: fn(&Report), body: impl FnOnce() -> R) -> R {
    struct Reset(Option<fn(&Report)>);

    impl Drop for Reset {
        fn drop(&mut self) {
            REPORTER.set(self.0);
            REPORTING.set(false);
        }
    }

    let _reset = Reset(REPORTER.replace(Some(reporter)));
    body()
}

/// Returns whether this thread is reporting a fault. Nothing is checked then.
pub(super) fn is_reporting() -> bool {
    REPORTING.get()
}

/// Reports a fault and aborts the process.
#[cold]
pub(super) fn report(report: &Report) {
    REPORTING.set(true);
    match REPORTER.get() {
        Some(reporter) => reporter(report),
        None => {
            eprint!("{report}");
            // Empty unless `RUST_BACKTRACE` asks for one.
            let trace = Backtrace::capture();
            if matches!(trace.status(), std::backtrace::BacktraceStatus::Captured) {
                eprintln!("{trace}");
            } else {
                eprintln!("  set RUST_BACKTRACE=1 for the way there");
            }
        }
    }
    std::process::abort();
}
