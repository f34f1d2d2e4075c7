//! Compiling, evaluating, importing.

use core::ffi::CStr;

use crate::{Attached, Outcome, Owned, Ref, RefOps, kind};

/// What source text is compiled as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompileMode {
    /// One expression; evaluating the code gives its value.
    Eval,
    /// Statements.
    Exec,
}

/// Source text and code objects.
pub trait CodeOps: RefOps {
    /// Compiles source text.
    ///
    /// Runs Python: no, but for codecs. Errors: `SyntaxError`, `ValueError` for null bytes.
    /// CPython: `Py_CompileString`. RustPython: `vm.compile`.
    fn compile<'py>(
        py: Attached<'py, Self>,
        source: &CStr,
        filename: &CStr,
        mode: CompileMode,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Code>>;

    /// Runs a code object; `globals` gets `__builtins__` if it has none.
    ///
    /// Runs Python: yes. CPython: `PyEval_EvalCode`. RustPython: `run_code_obj`.
    fn eval_code<'py>(
        py: Attached<'py, Self>,
        code: Ref<'_, Self, kind::Code>,
        globals: Ref<'_, Self, kind::Dict>,
        locals: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>;

    /// `importlib.import_module(name)`: the module itself, not its topmost package.
    ///
    /// Runs Python: yes. Errors: `ImportError`, whatever the module raises. CPython: `PyImport_Import`.
    /// RustPython: `vm.import`, then `sys.modules`.
    fn import<'py>(py: Attached<'py, Self>, name: Ref<'_, Self, kind::Str>) -> Outcome<'py, Self, Owned<'py, Self>>;

    /// The dict of the module `__main__`, where code without globals of its own runs.
    ///
    /// CPython: `PyImport_AddModule`, `PyModule_GetDict`. RustPython: `sys.modules['__main__']`.
    fn main_dict<'py>(py: Attached<'py, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Dict>>;

    /// The dict of globals of the Python frame that runs, or `None` where no frame runs.
    ///
    /// CPython: `PyEval_GetGlobals`. RustPython: the current frame.
    fn current_globals<'py>(py: Attached<'py, Self>) -> Option<Owned<'py, Self, kind::Dict>>;
}
