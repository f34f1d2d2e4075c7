//! Compiling, evaluating and importing code.

use core::ffi::CStr;

use crate::{Attached, Backend, ExceptionType, Outcome, Owned, Ref, RefOps, kind, provided};

/// How to compile source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompileMode {
    /// One expression, which is the result of evaluating the code.
    Eval,
    /// Statements.
    Exec,
}

/// Operations on source text and code objects.
///
/// Names begin with `code_` or `frame_`.
pub trait CodeOps: RefOps {
    /// Compiles source text.
    ///
    /// Runs Python: no, except for codecs. Errors: `SyntaxError`; `ValueError` for null bytes.
    /// CPython: `Py_CompileString`. RustPython: `vm.compile`.
    fn code_compile<'py>(
        py: Attached<'py, Self>,
        source: &CStr,
        filename: &CStr,
        mode: CompileMode,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Code>>
    where
        Self: Backend,
    {
        // Source text is passed as bytes, so that a declared encoding is respected.
        let source = Self::bytes_from_slice(py, source.to_bytes());
        let filename = Self::str_from_utf8(py, &filename.to_string_lossy());
        let mode = match mode {
            CompileMode::Eval => "eval",
            CompileMode::Exec => "exec",
        };
        let mode = Self::str_from_utf8(py, mode);
        let (flags, alone) = (Self::int_from_i64(py, 0), Self::constant_bool(py, true));
        let arguments =
            [source.as_ref().any(), filename.as_ref().any(), mode.as_ref().any(), flags.as_ref().any(), alone.any()];
        provided::builtin(py, "compile", &arguments).and_then(provided::of_kind)
    }

    /// Runs a code object. Adds `__builtins__` to `globals` if it is missing.
    ///
    /// Runs Python: yes. CPython: `PyEval_EvalCode`. RustPython: `run_code_obj`.
    fn code_eval<'py>(
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

    /// Creates a frame at a line of a function in a file, in which nothing runs. For tracebacks of code that is not
    /// Python.
    ///
    /// Its globals and locals are new dicts.
    ///
    /// Runs Python: yes (trace functions). Errors: `MemoryError`; also if the line number is not possible.
    /// CPython: `PyFrame_New`; as provided with the stable ABI. RustPython: as provided.
    fn frame_new<'py>(
        py: Attached<'py, Self>,
        filename: &CStr,
        function: &CStr,
        line: i32,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Frame>>
    where
        Self: Backend,
    {
        // A statement that raises in that line leaves its frame in the traceback of the exception.
        let code = Self::code_compile(py, c"raise Exception", filename, CompileMode::Exec)?;
        let code = placed(py, code.as_ref(), function, line)?;
        let (globals, locals) = (Self::dict_new(py), Self::dict_new(py));
        let Err(raised) = Self::code_eval(py, code.as_ref(), globals.as_ref(), locals.as_ref().any()) else {
            return Err(provided::raise(
                py,
                ExceptionType::SystemError,
                "code that raises an exception has raised none",
            ));
        };
        let exception = Self::error_take(py, raised);
        let traceback = provided::attribute(py, exception.as_ref().any(), "__traceback__")?;
        provided::attribute(py, traceback.as_ref(), "tb_frame").and_then(provided::of_kind)
    }

    /// Returns `importlib.import_module(name)`: the module itself, not its topmost package.
    ///
    /// Runs Python: yes. Errors: `ImportError`, or whatever the module raises.
    /// CPython: `PyImport_Import`. RustPython: `vm.import`, then `sys.modules`.
    fn code_import<'py>(
        py: Attached<'py, Self>,
        name: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>;

    /// Returns the dict of the module `__main__`, in which code without its own globals runs.
    ///
    /// Runs Python: no.
    /// CPython: `PyImport_AddModule`, `PyModule_GetDict`. RustPython: `sys.modules['__main__']`.
    fn code_main_dict<'py>(py: Attached<'py, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Dict>>
    where
        Self: Backend,
    {
        let main = Self::code_import(py, Self::str_from_utf8(py, "__main__").as_ref())?;
        provided::attribute(py, main.as_ref(), "__dict__").and_then(provided::of_kind)
    }
}

/// Returns a copy of a code object with another name and another first line.
fn placed<'py, B: Backend>(
    py: Attached<'py, B>,
    code: Ref<'_, B, kind::Code>,
    name: &CStr,
    line: i32,
) -> Outcome<'py, B, Owned<'py, B, kind::Code>> {
    let keywords = B::dict_new(py);
    let set = |key: &str, value: Ref<'_, B>| {
        B::dict_set(py, keywords.as_ref(), B::str_from_utf8(py, key).as_ref().any(), value)
    };
    set("co_name", B::str_from_utf8(py, &name.to_string_lossy()).as_ref().any())?;
    set("co_firstlineno", B::int_from_i64(py, line.into()).as_ref().any())?;
    let replace = provided::attribute(py, code.any(), "replace")?;
    let nothing = provided::tuple(py, &[]);
    B::call(py, replace.as_ref(), nothing.as_ref(), Some(keywords.as_ref())).and_then(provided::of_kind)
}
