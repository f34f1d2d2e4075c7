//! Frames.

use core::ffi::CStr;

use pyo3_backend::CodeOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::exceptions::PyNameError;
use crate::types::{PyAnyMethods, PyCode, PyDict, PyMapping, PyMappingMethods};
use crate::{Bound, PyAny, PyResult, PyTypeCheck, Python, intern};

native_types! {
    /// A frame: one call of Python code that runs, or ran. Methods are in [`PyFrameMethods`].
    PyFrame = Frame;
}

impl PyFrame {
    /// A frame in which nothing runs, at a line of a function of a file: for tracebacks of what is not Python code.
    ///
    /// # Errors
    ///
    /// If the runtime cannot make one.
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
    /// The line that runs.
    fn line_number(&self) -> i32;

    /// The frame that called this one.
    fn outer(&self) -> Option<Bound<'py, PyFrame>>;

    /// The code that runs.
    fn code(&self) -> Bound<'py, PyCode>;

    /// The value of a local variable.
    ///
    /// # Errors
    ///
    /// `NameError` if there is no such variable.
    fn var(&self, name: &CStr) -> PyResult<Bound<'py, PyAny>>;

    /// `self.f_builtins`
    fn builtins(&self) -> Bound<'py, PyDict>;

    /// `self.f_globals`
    fn globals(&self) -> Bound<'py, PyDict>;

    /// `self.f_locals`: a dict, or a view that writes through to the frame.
    fn locals(&self) -> Bound<'py, PyAny>;
}

/// An attribute that every frame has.
fn attribute<'py, T: PyTypeCheck>(frame: &Bound<'py, PyFrame>, name: &'static str) -> Bound<'py, T> {
    let value = frame.getattr(name).expect("every frame has it");
    value.cast_into::<T>().expect("it is of the type that the language says")
}

impl<'py> PyFrameMethods<'py> for Bound<'py, PyFrame> {
    fn line_number(&self) -> i32 {
        // `None` where the frame is at no line of source text.
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
