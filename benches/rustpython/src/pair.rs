//! Benchmarks in two versions: with pyo3, and with direct calls of the virtual machine, which are the floor.

use std::hint::black_box;
use std::time::Instant;

use pyo3::prelude::*;
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::vm::thread::with_current_vm;
use rustpython_vm::{AsObject, VirtualMachine};

/// The minimum duration of a measured run, in nanoseconds. Shorter runs are too noisy.
const ENOUGH: u128 = 10_000_000;
/// How many runs are made. The fastest one counts.
const RUNS: usize = 5;

/// The result of code that uses the virtual machine.
pub type VmResult<T = ()> = Result<T, PyBaseExceptionRef>;

/// A benchmark in both versions.
pub struct Pair {
    /// The name: the family, and the operation.
    pub name: &'static str,
    /// Whether one iteration is a thousand operations.
    pub is_large: bool,
    /// With pyo3. Loops for the given number of iterations.
    pub pyo3: fn(Python<'_>, usize) -> PyResult<()>,
    /// With the virtual machine.
    pub vm: fn(&VirtualMachine, usize) -> VmResult,
}

/// Defines pairs: the family, then for each the name, `large` if an iteration is long, and in both versions the setup
/// and the repeated expression.
macro_rules! pairs {
    ($family:ident: $(
        $name:ident $($large:ident)?:
        |$py:ident| { $($setup:tt)* } $body:expr,
        |$vm:ident| { $($floor_setup:tt)* } $floor:expr;
    )+) => {
        mod pyo3_side {
            use super::*;
            $(
                pub fn $name($py: Python<'_>, iterations: usize) -> PyResult<()> {
                    $($setup)*
                    for _ in 0..iterations {
                        std::hint::black_box($body);
                    }
                    Ok(())
                }
            )+
        }

        mod vm_side {
            use super::*;
            $(
                pub fn $name($vm: &VirtualMachine, iterations: usize) -> VmResult {
                    $($floor_setup)*
                    for _ in 0..iterations {
                        std::hint::black_box($floor);
                    }
                    Ok(())
                }
            )+
        }

        /// All pairs of this file.
        pub const PAIRS: &[crate::pair::Pair] = &[
            $(crate::pair::Pair {
                name: concat!(stringify!($family), "_", stringify!($name)),
                is_large: crate::pair::is_large!($($large)?),
                pyo3: pyo3_side::$name,
                vm: vm_side::$name,
            },)+
        ];
    };
}

/// Whether the word `large` is in the table.
macro_rules! is_large {
    () => {
        false
    };
    (large) => {
        true
    };
}

pub(crate) use {is_large, pairs};

/// Which version runs.
#[derive(Clone, Copy)]
pub enum Side {
    Pyo3,
    Vm,
}

impl Pair {
    fn run(&self, py: Python<'_>, side: Side, iterations: usize) -> Result<(), String> {
        let iterations = black_box(iterations);
        match side {
            Side::Pyo3 => (self.pyo3)(py, iterations).map_err(|error| format!("{}: {error}", self.name)),
            Side::Vm => with_current_vm(|vm| (self.vm)(vm, iterations))
                .map_err(|error| format!("{}: {}", self.name, error.class().name())),
        }
    }

    /// Prints the nanoseconds of one iteration.
    ///
    /// # Errors
    ///
    /// If the benchmark raises an exception.
    pub fn time(&self, py: Python<'_>, side: Side) -> Result<(), String> {
        let measure = |iterations: usize| -> Result<u128, String> {
            let start = Instant::now();
            self.run(py, side, iterations)?;
            Ok(start.elapsed().as_nanos())
        };
        let mut iterations = 1;
        while measure(iterations)? < ENOUGH {
            iterations *= 2;
        }
        let mut best = u128::MAX;
        for _ in 0..RUNS {
            best = best.min(measure(iterations)?);
        }
        println!("{} {:.3}", self.name, best as f64 / iterations as f64);
        Ok(())
    }

    /// Runs the benchmark twice for callgrind, and calls [`bench_mark`] around both runs.
    ///
    /// # Errors
    ///
    /// If the benchmark raises an exception.
    pub fn count(&self, py: Python<'_>, side: Side) -> Result<(), String> {
        let (few, many) = if self.is_large { (10, 30) } else { (200, 1200) };
        self.run(py, side, few)?;
        bench_mark();
        self.run(py, side, few)?;
        bench_mark();
        self.run(py, side, many)?;
        bench_mark();
        println!("{} {}", self.name, many - few);
        Ok(())
    }
}

/// Marks the end of a measurement: callgrind writes its counts whenever this function returns.
#[unsafe(no_mangle)]
#[inline(never)]
pub extern "C" fn bench_mark() {
    // Without a side effect, the compiler would remove the call.
    black_box(());
}
