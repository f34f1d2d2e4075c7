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
        let module: Owned<'_> = main_module(py)?;
        // SAFETY: attached; the module, which is kept alive here, lends its dict. What is no module has none.
        unsafe { lent(py, ffi::PyModule_GetDict(raw(module.as_ref()))) }.ok_or_else(|| no_dict(py))
    }
}

/// `__main__`, with a reference of its own: without the global lock, others may take it out of `sys.modules` meanwhile.
#[cfg(Py_3_13)]
fn main_module(py: At<'_>) -> Outcome<'_, Owned<'_>> {
    owned!(py, PyImport_AddModuleRef(c"__main__".as_ptr()))
}

/// `__main__`. These versions have the global lock, or are refused without: what `sys.modules` lends stays where it is
/// until its count is raised.
#[cfg(not(Py_3_13))]
fn main_module(py: At<'_>) -> Outcome<'_, Owned<'_>> {
    // SAFETY: attached; the result is lent by `sys.modules`, or null with an exception set.
    unsafe { lent(py, ffi::PyImport_AddModule(c"__main__".as_ptr())).ok_or_else(|| Raised::assume(py)) }
}

/// Somebody has put a thing that is no module into `sys.modules['__main__']`.
#[cold]
fn no_dict(py: At<'_>) -> Raised<'_> {
    CPython::pending(py)
        .unwrap_or_else(|| Raised::with_message(py, ExceptionType::SystemError, c"__main__ is not a module"))
}
