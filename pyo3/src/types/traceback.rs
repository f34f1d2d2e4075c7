//! [`PyTraceback`]: Python's tracebacks.

use crate::types::{PyAnyMethods, PyFrame, PyString, PyStringMethods};
use crate::{Bound, PyResult, PyTypeInfo, Python};

native_types! {
    /// Python's `types.TracebackType`: the calls that an exception passed through. Its methods are in
    /// [`PyTracebackMethods`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyTracebackMethods;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let error = py.run(c"def f():\n    1 / 0\nf()", None, None).unwrap_err();
    ///     let traceback = error.traceback(py).expect("it has passed through Python code");
    ///     assert!(traceback.format()?.contains("in f"));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyTraceback = Traceback;
}

impl PyTraceback {
    /// Creates a traceback entry for `frame`, followed by the traceback `next`: `types.TracebackType(next, frame,
    /// instruction_index, line_number)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that the call of the type raises.
    pub fn new<'py>(
        py: Python<'py>,
        next: Option<Bound<'py, PyTraceback>>,
        frame: Bound<'py, PyFrame>,
        instruction_index: i32,
        line_number: i32,
    ) -> PyResult<Bound<'py, PyTraceback>> {
        let traceback = PyTraceback::type_object(py).call1((next, frame, instruction_index, line_number))?;
        Ok(traceback.cast_into::<PyTraceback>()?)
    }
}

/// Methods of [`PyTraceback`].
#[doc(alias = "PyTraceback")]
pub trait PyTracebackMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the text that Python prints for the traceback, without the line for the exception.
    ///
    /// It begins with `Traceback (most recent call last):`.
    ///
    /// # Errors
    ///
    /// Returns the exception that the modules `traceback` and `io` raise.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let error = py.run(c"raise Exception('banana')", None, None).unwrap_err();
    ///     let text = error.traceback(py).unwrap().format()?;
    ///     assert!(text.starts_with("Traceback (most recent call last):\n  File \"<string>\", line 1"));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn format(&self) -> PyResult<String>;
}

impl<'py> PyTracebackMethods<'py> for Bound<'py, PyTraceback> {
    fn format(&self) -> PyResult<String> {
        let py = self.py();
        let file = py.import("io")?.call_method0("StringIO")?;
        py.import("traceback")?.call_method1("print_tb", (self, py.None(), &file))?;
        let lines = file.call_method0("getvalue")?;
        Ok(format!("Traceback (most recent call last):\n{}", lines.cast::<PyString>()?.to_cow()?))
    }
}
