//! `pythonrun.h`, `compile.h`: running and compiling source text.

use super::*;

#[cfg(not(Py_LIMITED_API))]
structs! {
    #[derive(Clone, Copy, Debug)]
    struct PyCompilerFlags { cf_flags: c_int, cf_feature_version: c_int, }
}
#[cfg(not(Py_LIMITED_API))]
constants! {
    PyCF_SOURCE_IS_UTF8: c_int = 0x0100;
    PyCF_DONT_IMPLY_DEDENT: c_int = 0x0200;
    PyCF_ONLY_AST: c_int = 0x0400;
    PyCF_IGNORE_COOKIE: c_int = 0x0800;
    PyCF_TYPE_COMMENTS: c_int = 0x1000;
    PyCF_ALLOW_TOP_LEVEL_AWAIT: c_int = 0x2000;
    #[cfg(Py_3_11)] PyCF_ALLOW_INCOMPLETE_INPUT: c_int = 0x4000;
}

#[cfg(not(Py_LIMITED_API))]
constants! {
    FUTURE_NESTED_SCOPES: &str = "nested_scopes";
    FUTURE_GENERATORS: &str = "generators";
    FUTURE_DIVISION: &str = "division";
    FUTURE_ABSOLUTE_IMPORT: &str = "absolute_import";
    FUTURE_WITH_STATEMENT: &str = "with_statement";
    FUTURE_PRINT_FUNCTION: &str = "print_function";
    FUTURE_UNICODE_LITERALS: &str = "unicode_literals";
    FUTURE_BARRY_AS_BDFL: &str = "barry_as_FLUFL";
    FUTURE_GENERATOR_STOP: &str = "generator_stop";
    FUTURE_ANNOTATIONS: &str = "annotations";
    Py_fstring_input: c_int = 800;
    PY_INVALID_STACK_EFFECT: c_int = INT_MAX;
}
constants! { PYOS_STACK_MARGIN: c_int = 2048; }

#[cfg(not(any(Py_3_10, Py_LIMITED_API)))]
inline_capi! {
    fn Py_CompileString(source: *const c_char, filename: *const c_char, start: c_int) -> *mut PyObject =
        Py_CompileStringExFlags(source, filename, start, core::ptr::null_mut(), -1);
}
#[cfg(not(Py_LIMITED_API))]
inline_capi! {
    fn Py_CompileStringFlags(source: *const c_char, filename: *const c_char, start: c_int, flags: *mut PyCompilerFlags) -> *mut PyObject =
        Py_CompileStringExFlags(source, filename, start, flags, -1);
}

capi_data! {
    static mut PyOS_InputHook: Option<unsafe extern "C" fn() -> c_int>;
}
capi! {
    #[cfg(any(Py_LIMITED_API, Py_3_10))] fn Py_CompileString(s: *const c_char, s2: *const c_char, arg: c_int) -> *mut PyObject;
    fn PyErr_Print();
    fn PyErr_PrintEx(arg: c_int);
    fn PyErr_Display(ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject);
    #[cfg(Py_3_12)] fn PyErr_DisplayException(ob: *mut PyObject);
    #[cfg(not(Py_LIMITED_API))] fn PyRun_InteractiveOneObject(fp: *mut FILE, filename: *mut PyObject, flags: *mut PyCompilerFlags) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn Py_CompileStringExFlags(str: *const c_char, filename: *const c_char, start: c_int, flags: *mut PyCompilerFlags, optimize: c_int) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyCompile_OpcodeStackEffect(opcode: c_int, oparg: c_int) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn Py_CompileStringObject(str: *const c_char, filename: *mut PyObject, start: c_int, flags: *mut PyCompilerFlags, optimize: c_int) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyCompile_OpcodeStackEffectWithJump(opcode: c_int, oparg: c_int, jump: c_int) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_AnyFileEx(fp: *mut FILE, name: *const c_char, closeit: c_int) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_AnyFileFlags(fp: *mut FILE, s: *const c_char, arg: *mut PyCompilerFlags) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_SimpleFile(f: *mut FILE, p: *const c_char) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_SimpleFileEx(f: *mut FILE, p: *const c_char, c: c_int) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_InteractiveOne(f: *mut FILE, p: *const c_char) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_InteractiveLoop(f: *mut FILE, p: *const c_char) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_FileEx(fp: *mut FILE, p: *const c_char, s: c_int, g: *mut PyObject, l: *mut PyObject, c: c_int) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_FileFlags(fp: *mut FILE, p: *const c_char, s: c_int, g: *mut PyObject, l: *mut PyObject, flags: *mut PyCompilerFlags) -> *mut PyObject;
}
capi_running! {
    #[cfg(not(Py_LIMITED_API))] fn PyRun_SimpleStringFlags(s: *const c_char, arg: *mut PyCompilerFlags) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_AnyFileExFlags(fp: *mut FILE, filename: *const c_char, closeit: c_int, flags: *mut PyCompilerFlags) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_SimpleFileExFlags(fp: *mut FILE, filename: *const c_char, closeit: c_int, flags: *mut PyCompilerFlags) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_InteractiveOneFlags(fp: *mut FILE, filename: *const c_char, flags: *mut PyCompilerFlags) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_InteractiveLoopFlags(fp: *mut FILE, filename: *const c_char, flags: *mut PyCompilerFlags) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_StringFlags(s: *const c_char, arg: c_int, ob: *mut PyObject, ob2: *mut PyObject, arg2: *mut PyCompilerFlags) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_FileExFlags(fp: *mut FILE, filename: *const c_char, start: c_int, globals: *mut PyObject, locals: *mut PyObject, closeit: c_int, flags: *mut PyCompilerFlags) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_String(str: *const c_char, s: c_int, g: *mut PyObject, l: *mut PyObject) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_AnyFile(fp: *mut FILE, name: *const c_char) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_SimpleString(s: *const c_char) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyRun_File(fp: *mut FILE, p: *const c_char, s: c_int, g: *mut PyObject, l: *mut PyObject) -> *mut PyObject;
}
