//! `compile.h`, `pythonrun.h`, `symtable.h`: the parser, compiler and symbol tables, which 3.10 removed from the API.

use super::*;

opaque! { PyArena; _mod; _node; symtable; }

structs! {
    #[derive(Clone, Copy)]
    struct PyFutureFeatures { ff_features: c_int, ff_lineno: c_int, }
}

inline_capi! {
    fn PyParser_SimpleParseString(s: *const c_char, start: c_int) -> *mut _node = PyParser_SimpleParseStringFlags(s, start, 0);
    fn PyParser_SimpleParseFile(fp: *mut FILE, s: *const c_char, start: c_int) -> *mut _node = PyParser_SimpleParseFileFlags(fp, s, start, 0);
}

capi! {
    fn PyNode_Compile(node: *mut _node, filename: *const c_char) -> *mut PyCodeObject;
    fn PyAST_CompileEx(tree: *mut _mod, filename: *const c_char, flags: *mut PyCompilerFlags, optimize: c_int, arena: *mut PyArena) -> *mut PyCodeObject;
    fn PyAST_CompileObject(tree: *mut _mod, filename: *mut PyObject, flags: *mut PyCompilerFlags, optimize: c_int, arena: *mut PyArena) -> *mut PyCodeObject;
    fn PyFuture_FromAST(tree: *mut _mod, filename: *const c_char) -> *mut PyFutureFeatures;
    fn PyFuture_FromASTObject(tree: *mut _mod, filename: *mut PyObject) -> *mut PyFutureFeatures;
    fn PyParser_ASTFromString(s: *const c_char, filename: *const c_char, start: c_int, flags: *mut PyCompilerFlags, arena: *mut PyArena) -> *mut _mod;
    fn PyParser_ASTFromStringObject(s: *const c_char, filename: *mut PyObject, start: c_int, flags: *mut PyCompilerFlags, arena: *mut PyArena) -> *mut _mod;
    fn PyParser_ASTFromFile(fp: *mut FILE, filename: *const c_char, enc: *const c_char, start: c_int, ps1: *const c_char, ps2: *const c_char, flags: *mut PyCompilerFlags, errcode: *mut c_int, arena: *mut PyArena) -> *mut _mod;
    fn PyParser_ASTFromFileObject(fp: *mut FILE, filename: *mut PyObject, enc: *const c_char, start: c_int, ps1: *const c_char, ps2: *const c_char, flags: *mut PyCompilerFlags, errcode: *mut c_int, arena: *mut PyArena) -> *mut _mod;
    fn PyParser_SimpleParseStringFlags(s: *const c_char, start: c_int, flags: c_int) -> *mut _node;
    fn PyParser_SimpleParseStringFlagsFilename(s: *const c_char, filename: *const c_char, start: c_int, flags: c_int) -> *mut _node;
    fn PyParser_SimpleParseFileFlags(fp: *mut FILE, s: *const c_char, start: c_int, flags: c_int) -> *mut _node;
    fn Py_SymtableString(str: *const c_char, filename: *const c_char, start: c_int) -> *mut symtable;
    fn Py_SymtableStringObject(str: *const c_char, filename: *mut PyObject, start: c_int) -> *mut symtable;
}
