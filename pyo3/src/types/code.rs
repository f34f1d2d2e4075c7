//! Code objects.

use core::ffi::CStr;

use pyo3_backend::{CodeOps, CompileMode};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::PyDict;
use crate::{Bound, PyAny, PyResult, Python};

native_types! {
    /// Compiled Python code. Methods are in [`PyCodeMethods`].
    PyCode = Code;
}

/// What source text is compiled as.
pub enum PyCodeInput {
    /// One expression. Running the code gives its value.
    Eval,
    /// Statements, as a file has them. Running the code gives `None`.
    File,
}

impl PyCode {
    /// Compiles source text. `filename` is what tracebacks say.
    ///
    /// # Errors
    ///
    /// `SyntaxError`.
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
    /// Runs it.
    ///
    /// `globals` default to the dict of `__main__`, `locals` to the globals. The globals get `__builtins__` if they
    /// have none.
    ///
    /// # Errors
    ///
    /// What the code raises.
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
