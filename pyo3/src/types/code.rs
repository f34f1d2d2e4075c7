//! [`PyCode`]: compiled Python code.

use core::ffi::CStr;

use pyo3_backend::{CodeOps, CompileMode};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::PyDict;
use crate::{Bound, PyAny, PyResult, Python};

native_types! {
    /// Python's `types.CodeType`: compiled Python code. Its methods are in [`PyCodeMethods`].
    PyCode = Code;
}

/// The kind of source text to compile.
pub enum PyCodeInput {
    /// A single expression. Running the code returns its value.
    Eval,
    /// Statements, as in a file. Running the code returns `None`.
    File,
}

impl PyCode {
    /// Compiles source text. `filename` appears in tracebacks.
    ///
    /// # Errors
    ///
    /// Returns `SyntaxError` if the source text is invalid.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::PyCode;
    /// # use pyo3::types::code::PyCodeInput;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let code = PyCode::compile(py, c"6 * 7", c"answer.py", PyCodeInput::Eval)?;
    ///     assert_eq!(code.run(None, None)?.extract::<i32>()?, 42);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn compile<'py>(
        py: Python<'py>,
        code: &CStr,
        filename: &CStr,
        input: PyCodeInput,
    ) -> PyResult<Bound<'py, PyCode>> {
        let mode = match input {
            PyCodeInput::Eval => CompileMode::Eval,
            PyCodeInput::File => CompileMode::Exec,
        };
        Active::code_compile(py.attached(), code, filename, mode).or_raise(py).map(Bound::from_handle)
    }
}

/// Methods of [`PyCode`].
#[doc(alias = "PyCode")]
pub trait PyCodeMethods<'py>: crate::types::sealed::Sealed {
    /// Runs the code, and returns the value of an expression or `None`.
    ///
    /// `globals` defaults to the dict of `__main__`, and `locals` to the globals. If the globals have no
    /// `__builtins__`, it is added to them.
    ///
    /// # Errors
    ///
    /// Returns the exception that the code raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyCode, PyCodeInput, PyDict};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let code = PyCode::compile(py, c"width * height", c"area.py", PyCodeInput::Eval)?;
    ///     let names = PyDict::new(py);
    ///     names.set_item("width", 6)?;
    ///     names.set_item("height", 7)?;
    ///     assert_eq!(code.run(Some(&names), None)?.extract::<i32>()?, 42);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn run(
        &self,
        globals: Option<&Bound<'py, PyDict>>,
        locals: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>>;
}

impl<'py> PyCodeMethods<'py> for Bound<'py, PyCode> {
    fn run(
        &self,
        globals: Option<&Bound<'py, PyDict>>,
        locals: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = self.py();
        let main;
        let globals = match globals {
            Some(globals) => globals,
            None => {
                main = Bound::from_handle(Active::code_main_dict(py.attached()).or_raise(py)?);
                &main
            }
        };
        let locals = locals.unwrap_or(globals);
        Active::code_eval(py.attached(), self.handle(), globals.handle(), locals.any_handle())
            .or_raise(py)
            .map(Bound::wrap)
    }
}
