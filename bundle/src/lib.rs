//! A Python interpreter for one executable: RustPython, extension crates that are linked in, and pure-Python packages.
//!
//! The executable says what it is made of and hands over:
//!
//! ```no_run
//! use pyo3_bundle::{Bundle, extension};
//! # #[pyo3::pymodule]
//! # mod arithmetic {}
//!
//! fn main() -> std::process::ExitCode {
//!     Bundle::new().extension(c"arithmetic", extension!(PyInit_arithmetic)).run()
//! }
//! ```
//!
//! What runs then behaves as `python` does: `FILE`, `-c`, `-m`, `-`, a prompt. With [`Bundle::script`] or
//! [`Bundle::module`] it is an application instead, which runs that and nothing else, and gets all arguments.
//!
//! On WebAssembly it takes `FILE`, `-c`, `-m` and `-`, and has no prompt. What is called again and again there, with no
//! beginning and end, is a `reactor!`.

#[cfg(not(target_family = "wasm"))]
mod program;
#[cfg(target_family = "wasm")]
#[path = "program_wasi.rs"]
mod program;
#[doc(hidden)]
#[cfg(target_family = "wasm")]
pub mod reactor;
mod site;
mod start;

use core::ffi::CStr;
use std::process::ExitCode;

use pyo3::ffi;
use pyo3_backend_rustpython::{bare_builder, host, program_builder};
use rustpython_vm::frozen::FrozenLib;
use rustpython_vm::{Interpreter, Settings};

use self::site::Site;
use self::start::Start;

/// RustPython, for `pyo3_bundle::rustpython_vm::py_freeze!`.
#[doc(hidden)]
pub use rustpython_vm;

/// The function that an extension crate exports for its module.
pub type Init = unsafe extern "C" fn() -> *mut ffi::PyObject;

/// Names the function that an extension crate exports for its module: `PyInit_` and the last part of the module's name.
///
/// The crate must be a dependency, and used: `extern crate rpds as _;`.
#[macro_export]
macro_rules! extension {
    ($name:ident) => {{
        unsafe extern "C" {
            fn $name() -> *mut $crate::PyObject;
        }
        $name as $crate::Init
    }};
}

#[doc(hidden)]
pub use pyo3::ffi::PyObject;

/// What an executable is made of.
#[derive(Default)]
pub struct Bundle {
    extensions: Vec<(&'static CStr, Init)>,
    site: Site,
    start: Start,
    frozen: Vec<&'static FrozenLib>,
}

impl Bundle {
    /// An interpreter with nothing but the standard library.
    pub fn new() -> Self {
        Bundle::default()
    }

    /// Adds an extension module by its full name: `c"jiter.jiter"` for the module `jiter` in the package of that name.
    #[must_use]
    pub fn extension(mut self, name: &'static CStr, init: Init) -> Self {
        self.extensions.push((name, init));
        self
    }

    /// Adds a folder with Python packages, which is read when it is imported from.
    #[must_use]
    pub fn site_folder(mut self, path: &'static str) -> Self {
        self.site.folders.push(path);
        self
    }

    /// Imports Python packages from an archive in zip format at the end of the executable itself.
    #[must_use]
    pub fn site_in_executable(mut self) -> Self {
        self.site.in_executable = true;
        self
    }

    /// Has Python modules in the executable. They are all of the Python part of the standard library that there is, but with
    /// the feature `frozen`, which brings all of it along.
    #[must_use]
    pub fn frozen(mut self, modules: &'static FrozenLib) -> Self {
        self.frozen.push(modules);
        self
    }

    /// Makes an application of it, which runs this script. `name` is what tracebacks call it.
    #[must_use]
    pub fn script(mut self, name: &'static str, source: &'static str) -> Self {
        self.start = Start::Script { name, source };
        self
    }

    /// Makes an application of it, which runs this module, as `python -m` does.
    #[must_use]
    pub fn module(mut self, name: &'static str) -> Self {
        self.start = Start::Module(name);
        self
    }

    /// Runs what the command line asks for, to its end.
    ///
    /// # Panics
    ///
    /// Where an interpreter runs in this process already.
    pub fn run(self) -> ExitCode {
        program::run(self)
    }

    /// The interpreter, which has not run yet.
    fn interpreter(self, settings: Settings) -> Interpreter {
        for (name, init) in self.extensions {
            // SAFETY: same function. It only hands out the definition of the module, which is sound at any time.
            let init = unsafe { core::mem::transmute::<Init, extern "C" fn() -> *mut ffi::PyObject>(init) };
            host::register_module(name, init);
        }
        let is_frozen = cfg!(feature = "frozen") || !self.frozen.is_empty();
        let builder = match self.frozen.is_empty() || cfg!(feature = "frozen") {
            true => program_builder(settings),
            false => bare_builder(settings),
        };
        let builder = self.frozen.into_iter().fold(builder, |builder, modules| builder.add_frozen_modules(modules));
        builder.init_hook(move |vm| self.site.make_path(vm, is_frozen)).build()
    }
}
