//! The types that describe and run a benchmark.

use std::ffi::CString;
use std::hint::black_box;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::measure::Size;

/// A benchmark.
pub struct Bench {
    /// The name on the command line.
    pub name: &'static str,
    /// The rough size of one iteration.
    pub size: Size,
    /// The repeated code.
    pub code: Code,
}

impl Bench {
    /// Creates a benchmark of a short Python statement, with a setup.
    pub const fn small(name: &'static str, setup: &'static str, body: &'static str) -> Bench {
        Bench { name, size: Size::Small, code: Code::Python { setup, body } }
    }

    /// Creates a benchmark of a long Python statement, with a setup.
    pub const fn large(name: &'static str, setup: &'static str, body: &'static str) -> Bench {
        Bench { name, size: Size::Large, code: Code::Python { setup, body } }
    }
}

/// The code that a benchmark repeats.
#[derive(Clone, Copy)]
pub enum Code {
    /// A Python statement, with a setup. The module of the benchmarks is called `speed`.
    Python { setup: &'static str, body: &'static str },
    /// A Rust function that loops for the given number of iterations.
    Rust(fn(Python<'_>, usize) -> PyResult<()>),
}

/// A compiled benchmark.
pub enum Program {
    Python(Py<PyAny>),
    Rust(fn(Python<'_>, usize) -> PyResult<()>),
}

/// Defines benchmarks of one expression each: the prefix of their names, then for each the name, `large` if an
/// iteration is long, the setup, and the repeated expression.
macro_rules! benches {
    ($prefix:literal $($name:ident $($size:ident)? |$py:ident| { $($setup:tt)* } => $body:expr;)+) => {
        $(
            fn $name($py: Python<'_>, iterations: usize) -> PyResult<()> {
                $($setup)*
                for _ in 0..iterations {
                    std::hint::black_box($body);
                }
                Ok(())
            }
        )+

        /// All benchmarks of this file.
        pub const BENCHES: &[crate::program::Bench] = &[
            $(crate::program::Bench {
                name: concat!($prefix, "_", stringify!($name)),
                size: crate::measure::size!($($size)?),
                code: crate::program::Code::Rust($name),
            },)+
        ];
    };
}

pub(crate) use benches;

impl Bench {
    /// Compiles the loop.
    ///
    /// # Errors
    ///
    /// Returns any exception of the setup.
    pub fn prepare(&self, py: Python<'_>) -> PyResult<Program> {
        let (setup, body) = match self.code {
            Code::Rust(function) => return Ok(Program::Rust(function)),
            Code::Python { setup, body } => (setup, body),
        };
        let mut source = String::from("import speed\nfrom itertools import repeat\ndef loop(iterations):\n");
        for line in setup.lines() {
            source += &format!("    {line}\n");
        }
        source += "    for _ in repeat(None, iterations):\n";
        for line in body.lines() {
            source += &format!("        {line}\n");
        }
        let globals = PyDict::new(py);
        py.run(&CString::new(source)?, Some(&globals), None)?;
        Ok(Program::Python(globals.as_any().get_item("loop")?.unbind()))
    }
}

impl Program {
    /// Runs the loop.
    ///
    /// # Errors
    ///
    /// Returns any exception of the benchmark. A benchmark should raise none.
    pub fn run(&self, py: Python<'_>, iterations: usize) -> PyResult<()> {
        match self {
            Program::Python(function) => function.call1(py, (iterations,)).map(drop),
            Program::Rust(function) => function(py, black_box(iterations)),
        }
    }
}
