//! Benchmarks in two versions: with pyo3, and with direct calls of the virtual machine, which are the floor.

use std::hint::black_box;

use pyo3::prelude::*;
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::vm::thread::with_current_vm;

use crate::measure::{self, Size};
use rustpython_vm::{AsObject, PyObjectRef, VirtualMachine};

/// The result of code that uses the virtual machine.
pub type VmResult<T = ()> = Result<T, PyBaseExceptionRef>;

/// Creates an `int`.
pub fn number(vm: &VirtualMachine, value: i64) -> PyObjectRef {
    vm.ctx.new_int(value).into()
}

/// A benchmark in both versions.
pub struct Pair {
    /// The name: the family, and the operation.
    pub name: &'static str,
    /// The rough size of one iteration.
    pub size: Size,
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
                size: crate::measure::size!($($large)?),
                pyo3: pyo3_side::$name,
                vm: vm_side::$name,
            },)+
        ];
    };
}

pub(crate) use pairs;

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
        println!("{} {:.3}", self.name, measure::time(|iterations| self.run(py, side, iterations))?);
        Ok(())
    }

    /// Runs the benchmark for callgrind, and prints how many iterations the second run has more.
    ///
    /// # Errors
    ///
    /// If the benchmark raises an exception.
    pub fn count(&self, py: Python<'_>, side: Side) -> Result<(), String> {
        println!("{} {}", self.name, measure::count(self.size, |iterations| self.run(py, side, iterations))?);
        Ok(())
    }
}
