//! How one benchmark is measured. The benchmarks on RustPython (`benches/rustpython`) use this file, too.

use std::hint::black_box;
use std::time::Instant;

/// The minimum duration of a measured run. Shorter runs are too noisy.
const ENOUGH_NANOS: u128 = 10_000_000;

/// How many runs are made. The fastest one counts, because other processes can only slow a run down.
const RUNS: usize = 5;

/// The rough size of one iteration.
#[derive(Clone, Copy)]
pub enum Size {
    /// A single operation.
    Small,
    /// An operation on a thousand elements.
    Large,
}

impl Size {
    /// Returns two numbers of iterations. Callgrind measures the difference between their runs.
    fn counts(self) -> (usize, usize) {
        match self {
            Size::Small => (200, 1200),
            Size::Large => (10, 30),
        }
    }
}

/// Converts the word in a table of benchmarks to a [`Size`].
macro_rules! size {
    () => {
        crate::measure::Size::Small
    };
    (large) => {
        crate::measure::Size::Large
    };
}

pub(crate) use size;

/// Returns the nanoseconds of one iteration. `run` makes the given number of them.
///
/// # Errors
///
/// The first error of `run`.
pub fn time<E>(run: impl Fn(usize) -> Result<(), E>) -> Result<f64, E> {
    let measure = |iterations: usize| -> Result<u128, E> {
        let start = Instant::now();
        run(iterations)?;
        Ok(start.elapsed().as_nanos())
    };
    let mut iterations = 1;
    while measure(iterations)? < ENOUGH_NANOS {
        iterations *= 2;
    }
    let mut best = u128::MAX;
    for _ in 0..RUNS {
        best = best.min(measure(iterations)?);
    }
    Ok(best as f64 / iterations as f64)
}

/// Makes two runs for callgrind, and calls [`bench_mark`] around both. Returns how many iterations the second has more.
///
/// # Errors
///
/// The first error of `run`.
pub fn count<E>(size: Size, run: impl Fn(usize) -> Result<(), E>) -> Result<usize, E> {
    let (few, many) = size.counts();
    // Fill caches, and let the interpreter specialize its instructions.
    run(few)?;
    bench_mark();
    run(few)?;
    bench_mark();
    run(many)?;
    bench_mark();
    Ok(many - few)
}

/// Marks the end of a measurement: callgrind writes its counts whenever this function returns.
#[unsafe(no_mangle)]
#[inline(never)]
pub extern "C" fn bench_mark() {
    // Without a side effect, the compiler would remove the call.
    black_box(());
}
