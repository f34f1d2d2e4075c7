//! What a benchmark is.

use std::ffi::CString;
use std::hint::black_box;

use pyo3::prelude::*;
use pyo3::types::PyDict;

/// A benchmark.
pub struct Bench {
    /// How it is called on the command line.
    pub name: &'static str,
    /// How long one iteration is.
    pub size: Size,
    /// What is repeated.
    pub code: Code,
}

impl Bench {
    /// A short statement of Python, after others that prepare it.
    pub const fn small(name: &'static str, setup: &'static str, body: &'static str) -> Bench {
        Bench { name, size: Size::Small, code: Code::Python { setup, body } }
    }

    /// A long one.
    pub const fn large(name: &'static str, setup: &'static str, body: &'static str) -> Bench {
        Bench { name, size: Size::Large, code: Code::Python { setup, body } }
    }
}

/// How long one iteration is, roughly.
#[derive(Clone, Copy)]
pub enum Size {
    /// An operation.
    Small,
    /// An operation on a thousand elements.
    Large,
}

/// What a benchmark repeats.
#[derive(Clone, Copy)]
pub enum Code {
    /// A statement of Python, after others that prepare it. The module of the benchmarks is called `speed`.
    Python { setup: &'static str, body: &'static str },
    /// A function of Rust with a loop of so many iterations.
    Rust(fn(Python<'_>, usize) -> PyResult<()>),
}

/// A benchmark that is ready to run.
pub enum Program {
    Python(Py<PyAny>),
    Rust(fn(Python<'_>, usize) -> PyResult<()>),
}

/// Benchmarks of one expression each: the prefix of their names, then the name of each, `large` where it is long, what is
/// made before, and what is repeated.
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

        /// All of them.
        pub const BENCHES: &[crate::program::Bench] = &[
            $(crate::program::Bench {
                name: concat!($prefix, "_", stringify!($name)),
                size: crate::program::size!($($size)?),
                code: crate::program::Code::Rust($name),
            },)+
        ];
    };
}

/// How long one iteration is, from the word in the table.
macro_rules! size {
    () => {
        crate::program::Size::Small
    };
    (large) => {
        crate::program::Size::Large
    };
}

pub(crate) use {benches, size};

impl Bench {
    /// Numbers of iterations whose difference is what callgrind counts.
    pub fn counts(&self) -> (usize, usize) {
        match self.size {
            Size::Small => (200, 1200),
            Size::Large => (10, 30),
        }
    }

    /// Compiles the loop.
    ///
    /// # Errors
    ///
    /// What the setup raises.
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
    /// What the benchmark raises: none should.
    pub fn run(&self, py: Python<'_>, iterations: usize) -> PyResult<()> {
        match self {
            Program::Python(function) => function.call1(py, (iterations,)).map(drop),
            Program::Rust(function) => function(py, black_box(iterations)),
        }
    }
}

/// Callgrind is told to write down what it counted whenever this returns.
#[unsafe(no_mangle)]
#[inline(never)]
pub extern "C" fn bench_mark() {
    // A function without any effect would be left out.
    black_box(());
}
