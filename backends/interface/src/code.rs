//! Compiling, evaluating, importing.

use core::ffi::CStr;

use crate::{Attached, Backend, Outcome, Owned, Ref, RefOps, kind, provided};

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
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Code>>
    where
        Self: Backend,
    {
        // Source text is bytes: what declares its own encoding is read in that.
        let source = Self::bytes_from_slice(py, source.to_bytes());
        let filename = Self::str_from_utf8(py, &filename.to_string_lossy());
        let mode = match mode {
            CompileMode::Eval => "eval",
            CompileMode::Exec => "exec",
        };
        let mode = Self::str_from_utf8(py, mode);
        let (flags, alone) = (Self::int_from_i64(py, 0), Self::bool(py, true));
        let arguments =
            [source.as_ref().any(), filename.as_ref().any(), mode.as_ref().any(), flags.as_ref().any(), alone.any()];
        provided::builtin(py, "compile", &arguments).and_then(provided::of_kind)
    }

    /// Runs a code object; `globals` gets `__builtins__` if it has none.
    ///
    /// Runs Python: yes. CPython: `PyEval_EvalCode`. RustPython: `run_code_obj`.
    fn eval_code<'py>(
        py: Attached<'py, Self>,
        code: Ref<'_, Self, kind::Code>,
        globals: Ref<'_, Self, kind::Dict>,
        locals: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        provided::builtin(py, "eval", &[code.any(), globals.any(), locals])
    }

    /// `importlib.import_module(name)`: the module itself, not its topmost package.
    ///
    /// Runs Python: yes. Errors: `ImportError`, whatever the module raises. CPython: `PyImport_Import`.
    /// RustPython: `vm.import`, then `sys.modules`.
    fn import<'py>(py: Attached<'py, Self>, name: Ref<'_, Self, kind::Str>) -> Outcome<'py, Self, Owned<'py, Self>>;

    /// The dict of the module `__main__`, where code without globals of its own runs.
    ///
    /// Runs Python: no.
    /// CPython: `PyImport_AddModule`, `PyModule_GetDict`. RustPython: `sys.modules['__main__']`.
    fn main_dict<'py>(py: Attached<'py, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Dict>>
    where
        Self: Backend,
    {
        let main = Self::import(py, Self::str_from_utf8(py, "__main__").as_ref())?;
        provided::attribute(py, main.as_ref(), "__dict__").and_then(provided::of_kind)
    }
}
