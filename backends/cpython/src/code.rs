//! Compiling, evaluating and importing.

use core::ffi::CStr;

use pyo3_backend::{CApiOps, CodeOps, CompileMode, DictOps, ExceptionType, StrOps, kind};
use pyo3_ffi as ffi;

#[cfg(not(Py_LIMITED_API))]
use crate::convert::owned;
use crate::convert::{clone_borrowed, raw};
use crate::{At, CPython, Outcome, Owned, Raised, Ref};

impl CodeOps for CPython {
    fn code_compile<'py>(
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
        // Before 3.10, `Py_CompileString` is a macro of the header.
        #[cfg(not(any(Py_LIMITED_API, Py_3_10)))]
        return owned!(py, unsafe ffi::Py_CompileStringExFlags(source, filename, start, core::ptr::null_mut(), -1));
        #[cfg(any(Py_LIMITED_API, Py_3_10))]
        return owned!(py, unsafe ffi::Py_CompileString(source, filename, start));
    }

    fn code_eval<'py>(
        py: At<'py>,
        code: Ref<'_, kind::Code>,
        globals: Ref<'_, kind::Dict>,
        locals: Ref<'_>,
    ) -> Outcome<'py, Owned<'py>> {
        // CPython runs the code with the builtins of the thread in any case. But code that reads `__builtins__`, and
        // functions that it defines, expect them in the globals.
        let name = Self::str_intern(py, "__builtins__");
        if !Self::dict_contains(py, globals, name.as_ref().any())? {
            // SAFETY: attached; the result is a borrowed reference, or null.
            let builtins: Option<Owned<'_>> = unsafe { clone_borrowed(py, ffi::PyEval_GetBuiltins()) };
            if let Some(builtins) = builtins {
                Self::dict_set(py, globals, name.as_ref().any(), builtins.as_ref())?;
            }
        }
        owned!(py, unsafe ffi::PyEval_EvalCode(raw(code), raw(globals), raw(locals)))
    }

    #[cfg(not(Py_LIMITED_API))]
    fn frame_new<'py>(
        py: At<'py>,
        filename: &CStr,
        function: &CStr,
        line: i32,
    ) -> Outcome<'py, Owned<'py, kind::Frame>> {
        // SAFETY: attached, with two C strings; the result is a new code object, or null with an exception set.
        let code: Owned<'_> =
            unsafe { owned(py, ffi::PyCode_NewEmpty(filename.as_ptr(), function.as_ptr(), line).cast()) }?;
        let globals: Owned<'_> = owned!(py, unsafe ffi::PyDict_New())?;
        let locals: Owned<'_> = owned!(py, unsafe ffi::PyDict_New())?;
        // If the globals have no builtins, this version uses a dict with only `None`. Later ones use those of the
        // interpreter.
        #[cfg(not(Py_3_10))]
        {
            // SAFETY: attached. The interpreter keeps the borrowed dict alive.
            let builtins = unsafe { ffi::PyEval_GetBuiltins() };
            let name = c"__builtins__".as_ptr();
            status!(py, unsafe ffi::PyDict_SetItemString(raw(globals.as_ref()), name, builtins))?;
        }
        // SAFETY: attached, so there is a thread state. The arguments are a code object and two dicts, to which the
        // frame takes its own references. The result is a new frame, or null with an exception set.
        unsafe {
            let thread = ffi::PyThreadState_Get();
            let code = raw(code.as_ref()).cast();
            owned(py, ffi::PyFrame_New(thread, code, raw(globals.as_ref()), raw(locals.as_ref())).cast())
        }
    }

    fn code_import<'py>(py: At<'py>, name: Ref<'_, kind::Str>) -> Outcome<'py, Owned<'py>> {
        owned!(py, unsafe ffi::PyImport_Import(raw(name)))
    }

    fn code_main_dict(py: At<'_>) -> Outcome<'_, Owned<'_, kind::Dict>> {
        let module: Owned<'_> = main_module(py)?;
        // SAFETY: attached; the module, which is kept alive here, lends its dict. The result is null if it is not a
        // module.
        unsafe { clone_borrowed(py, ffi::PyModule_GetDict(raw(module.as_ref()))) }.ok_or_else(|| no_dict(py))
    }
}

/// Returns `__main__`, as an owned reference: without the global lock, others may remove it from `sys.modules`
/// meanwhile.
#[cfg(Py_3_13)]
fn main_module(py: At<'_>) -> Outcome<'_, Owned<'_>> {
    owned!(py, unsafe ffi::PyImport_AddModuleRef(c"__main__".as_ptr()))
}

/// Returns `__main__`. These versions have the global lock, and free-threaded builds of them are refused. So the
/// borrowed reference stays valid until the count is raised.
#[cfg(not(Py_3_13))]
fn main_module(py: At<'_>) -> Outcome<'_, Owned<'_>> {
    // SAFETY: attached; the result is borrowed from `sys.modules`, or null with an exception set.
    unsafe { clone_borrowed(py, ffi::PyImport_AddModule(c"__main__".as_ptr())).ok_or_else(|| Raised::assume(py)) }
}

/// Returns the error for a `sys.modules['__main__']` that is not a module.
#[cold]
fn no_dict(py: At<'_>) -> Raised<'_> {
    CPython::capi_error_fetch(py)
        .unwrap_or_else(|| Raised::with_message(py, ExceptionType::SystemError, c"__main__ is not a module"))
}
