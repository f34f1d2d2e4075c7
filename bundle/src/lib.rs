//! A Python interpreter in one executable: RustPython, linked extension crates, and pure-Python packages.
//!
//! The executable lists its parts and runs them:
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
//! The program behaves like `python`: `FILE`, `-c`, `-m`, `-`, or a prompt. With [`Bundle::script`] or
//! [`Bundle::module`] it is an application instead, which runs only that and receives all arguments.
//!
//! On WebAssembly it accepts `FILE`, `-c`, `-m` and `-`, and has no prompt. A `reactor!` is an interpreter that the
//! host calls repeatedly.

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
use pyo3_backend_rustpython::{bare_builder, ffi_hooks, program_builder};
use rustpython_vm::frozen::FrozenLib;
use rustpython_vm::{Interpreter, Settings};

use self::site::Site;
use self::start::Start;

/// Re-exported for `pyo3_bundle::rustpython_vm::py_freeze!`.
#[doc(hidden)]
pub use rustpython_vm;

/// The function that an extension crate exports for its module.
pub type Init = unsafe extern "C" fn() -> *mut ffi::PyObject;

/// Returns the function that an extension crate exports for its module: `PyInit_` and the last part of the module's
/// name.
///
/// The crate must be a dependency and must be linked: `extern crate rpds as _;`.
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

/// The parts of an executable.
#[derive(Default)]
pub struct Bundle {
    extensions: Vec<(&'static CStr, Init)>,
    site: Site,
    start: Start,
    frozen: Vec<&'static FrozenLib>,
}

impl Bundle {
    /// Creates an interpreter with only the standard library.
    pub fn new() -> Self {
        Bundle::default()
    }

    /// Adds an extension module by its full name, such as `c"jiter.jiter"` for the module `jiter` in the package
    /// `jiter`.
    #[must_use]
    pub fn extension(mut self, name: &'static CStr, init: Init) -> Self {
        self.extensions.push((name, init));
        self
    }

    /// Adds a folder with Python packages. It is read at run time, on import.
    #[must_use]
    pub fn site_folder(mut self, path: &'static str) -> Self {
        self.site.folders.push(path);
        self
    }

    /// Imports Python packages from a zip archive at the end of the executable.
    #[must_use]
    pub fn site_in_executable(mut self) -> Self {
        self.site.in_executable = true;
        self
    }

    /// Adds frozen Python modules. Without the feature `frozen`, which adds the whole standard library, these are the
    /// only standard library modules written in Python.
    #[must_use]
    pub fn frozen(mut self, modules: &'static FrozenLib) -> Self {
        self.frozen.push(modules);
        self
    }

    /// Makes the bundle an application that runs this script. `name` appears in tracebacks.
    #[must_use]
    pub fn script(mut self, name: &'static str, source: &'static str) -> Self {
        self.start = Start::Script { name, source };
        self
    }

    /// Makes the bundle an application that runs this module, as `python -m` does.
    #[must_use]
    pub fn module(mut self, name: &'static str) -> Self {
        self.start = Start::Module(name);
        self
    }

    /// Runs the program to its end and returns its exit status.
    ///
    /// # Panics
    ///
    /// If an interpreter already runs in this process.
    pub fn run(self) -> ExitCode {
        program::run(self)
    }

    /// Creates the interpreter, which has not run anything yet.
    fn interpreter(self, settings: Settings) -> Interpreter {
        for (name, init) in self.extensions {
            // SAFETY: the type stays the same but for `unsafe`. The function only returns the definition of the module,
            // which is sound at any time.
            let init = unsafe { core::mem::transmute::<Init, extern "C" fn() -> *mut ffi::PyObject>(init) };
            ffi_hooks::register_module(name, init);
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
