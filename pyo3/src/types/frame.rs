//! [`PyFrame`]: Python's frames.

use core::ffi::CStr;

use pyo3_backend::CodeOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::exceptions::PyNameError;
use crate::types::{PyAnyMethods, PyCode, PyDict, PyMapping, PyMappingMethods};
use crate::{Bound, PyAny, PyResult, PyTypeCheck, Python, intern};

native_types! {
    /// Python's `types.FrameType`: one running or finished call of Python code. Its methods are in [`PyFrameMethods`].
    PyFrame = Frame;
}

impl PyFrame {
    /// Creates a frame for a traceback entry of code that is not Python, with a file name, a function name and a line.
    ///
    /// # Errors
    ///
    /// Returns an error if the runtime cannot make the frame.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::{PyFrame, PyFrameMethods};
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let frame = PyFrame::new(py, c"page.html", c"template", 12)?;
    ///     assert_eq!(frame.line_number(), 12);
    ///     assert_eq!(frame.code().getattr("co_filename")?.extract::<String>()?, "page.html");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new<'py>(
        py: Python<'py>,
        file_name: &CStr,
        func_name: &CStr,
        line_number: i32,
    ) -> PyResult<Bound<'py, PyFrame>> {
        Active::frame_new(py.attached(), file_name, func_name, line_number).or_raise(py).map(Bound::from_handle)
    }
}

/// Methods of [`PyFrame`].
#[doc(alias = "PyFrame")]
pub trait PyFrameMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the number of the current line, or 0 if there is none: `self.f_lineno`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyFrame, PyFrameMethods};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let frame = PyFrame::new(py, c"made_up.py", c"made_up", 42)?;
    ///     assert_eq!(frame.line_number(), 42);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn line_number(&self) -> i32;

    /// Returns the frame that called this one, if there is one: `self.f_back`.
    fn outer(&self) -> Option<Bound<'py, PyFrame>>;

    /// Returns the code that the frame runs: `self.f_code`.
    fn code(&self) -> Bound<'py, PyCode>;

    /// Returns the value of a local variable.
    ///
    /// # Errors
    ///
    /// Returns `NameError` if there is no such variable.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyFrame, PyFrameMethods};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let source = c"import sys\ndef inner():\n    secret = 42\n    return sys._getframe()\nframe = inner()";
    ///     let names = pyo3::types::PyDict::new(py);
    ///     py.run(source, Some(&names), None)?;
    ///     let frame = names.get_item("frame")?.unwrap().cast_into::<PyFrame>()?;
    ///     assert_eq!(frame.var(c"secret")?.extract::<i32>()?, 42);
    ///     assert!(frame.var(c"other").is_err());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn var(&self, name: &CStr) -> PyResult<Bound<'py, PyAny>>;

    /// Returns the dict of built-in names: `self.f_builtins`.
    fn builtins(&self) -> Bound<'py, PyDict>;

    /// Returns the dict of global variables: `self.f_globals`.
    fn globals(&self) -> Bound<'py, PyDict>;

    /// Returns the local variables: `self.f_locals`. They are a dict, or a view that writes through to the frame.
    fn locals(&self) -> Bound<'py, PyAny>;
}

/// Returns an attribute that every frame has.
fn attribute<'py, T: PyTypeCheck>(frame: &Bound<'py, PyFrame>, name: &'static str) -> Bound<'py, T> {
    let value = frame.getattr(name).expect("every frame has it");
    value.cast_into::<T>().expect("it is of the type that the language says")
}

impl<'py> PyFrameMethods<'py> for Bound<'py, PyFrame> {
    fn line_number(&self) -> i32 {
        // `f_lineno` is `None` if the frame is at no line of source text.
        let line = self.getattr(intern!(self.py(), "f_lineno")).expect("every frame has it");
        line.extract().unwrap_or(0)
    }

    fn outer(&self) -> Option<Bound<'py, PyFrame>> {
        self.getattr(intern!(self.py(), "f_back")).ok()?.cast_into().ok()
    }

    fn code(&self) -> Bound<'py, PyCode> {
        attribute(self, "f_code")
    }

    fn var(&self, name: &CStr) -> PyResult<Bound<'py, PyAny>> {
        let name = name.to_string_lossy();
        let locals = self.locals().cast_into::<PyMapping>()?;
        if !locals.contains(&*name)? {
            return Err(PyNameError::new_err(format!("variable '{name}' does not exist")));
        }
        locals.get_item(&*name)
    }

    fn builtins(&self) -> Bound<'py, PyDict> {
        attribute(self, "f_builtins")
    }

    fn globals(&self) -> Bound<'py, PyDict> {
        attribute(self, "f_globals")
    }

    fn locals(&self) -> Bound<'py, PyAny> {
        attribute(self, "f_locals")
    }
}
