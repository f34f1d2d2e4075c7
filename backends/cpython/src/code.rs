//! Compiling, evaluating, importing.

use core::ffi::CStr;

use pyo3_backend::{CodeOps, CompileMode, DictOps, ErrorOps, ExceptionType, StrOps, kind};
use pyo3_ffi as ffi;

use crate::convert::{lent, raw};
use crate::{At, CPython, Outcome, Owned, Raised, Ref};

impl CodeOps for CPython {
    fn compile<'py>(
        py: At<'py>,
        source: &CStr,
        filename: &CStr,
        mode: CompileMode,
    ) -> Outcome<'py, Owned<'py, kind::Code>> {
        let start = match mode {
            CompileMode::Eval => ffi::Py_eval_input,
            CompileMode::Exec => ffi::Py_file_input,
        };
        let (source, filename) = (source.as_ptr(), filename.as_ptr());
        // A macro of the header before 3.10.
        #[cfg(not(any(Py_LIMITED_API, Py_3_10)))]
        return owned!(py, Py_CompileStringExFlags(source, filename, start, core::ptr::null_mut(), -1));
        #[cfg(any(Py_LIMITED_API, Py_3_10))]
        return owned!(py, Py_CompileString(source, filename, start));
    }

    fn eval_code<'py>(
        py: At<'py>,
        code: Ref<'_, kind::Code>,
        globals: Ref<'_, kind::Dict>,
        locals: Ref<'_>,
    ) -> Outcome<'py, Owned<'py>> {
        // CPython runs the code with the builtins of the thread either way; but code that looks for `__builtins__`, and
        // functions defined by it, expect to find them in the globals.
        let name = Self::str_intern(py, "__builtins__");
        if !Self::dict_contains(py, globals, name.as_ref().any())? {
            // SAFETY: attached; the result is lent, or null.
            let builtins: Option<Owned<'_>> = unsafe { lent(py, ffi::PyEval_GetBuiltins()) };
            if let Some(builtins) = builtins {
                Self::dict_set(py, globals, name.as_ref().any(), builtins.as_ref())?;
            }
        }
        owned!(py, PyEval_EvalCode(raw(code), raw(globals), raw(locals)))
    }

    fn import<'py>(py: At<'py>, name: Ref<'_, kind::Str>) -> Outcome<'py, Owned<'py>> {
        owned!(py, PyImport_Import(raw(name)))
    }

    fn main_dict(py: At<'_>) -> Outcome<'_, Owned<'_, kind::Dict>> {
        // SAFETY: attached; both results are lent, the module by `sys.modules` and its dict by the module.
        unsafe {
            let module = ffi::PyImport_AddModule(c"__main__".as_ptr());
            if module.is_null() {
                return Err(Raised::assume(py));
            }
            lent(py, ffi::PyModule_GetDict(module)).ok_or_else(|| no_dict(py))
        }
    }

    fn current_globals(py: At<'_>) -> Option<Owned<'_, kind::Dict>> {
        // SAFETY: attached; the result is lent by the frame, or null without an exception.
        unsafe { lent(py, ffi::PyEval_GetGlobals()) }
    }
}

/// Somebody has put a thing that is no module into `sys.modules['__main__']`.
#[cold]
fn no_dict(py: At<'_>) -> Raised<'_> {
    CPython::pending(py)
        .unwrap_or_else(|| Raised::with_message(py, ExceptionType::SystemError, c"__main__ is not a module"))
}
