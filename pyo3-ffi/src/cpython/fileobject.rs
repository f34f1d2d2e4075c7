//! `fileobject.h`, `fileutils.h`: file objects and the file system's encoding.

use super::*;

#[cfg(not(Py_LIMITED_API))]
fn_types! { Py_OpenCodeHookFunction: fn(path: *mut PyObject, data: *mut c_void) -> *mut PyObject; }

constants! { PY_STDIOTEXTMODE: &str = "b"; }

capi_data! {
    #[cfg(not(Py_LIMITED_API))] static mut PyStdPrinter_Type: PyTypeObject;
    static mut Py_FileSystemDefaultEncoding: *const c_char;
    static mut Py_FileSystemDefaultEncodeErrors: *const c_char;
    static mut Py_HasFileSystemDefaultEncoding: c_int;
    static mut Py_UTF8Mode: c_int;
}
capi! {
    #[cfg(not(Py_LIMITED_API))] fn Py_UniversalNewlineFgets(s: *mut c_char, arg: c_int, fp: *mut FILE, ob: *mut PyObject) -> *mut c_char;
    #[cfg(not(Py_LIMITED_API))] fn PyFile_NewStdPrinter(arg: c_int) -> *mut PyObject;
    fn PyFile_FromFd(arg: c_int, s: *const c_char, s2: *const c_char, arg2: c_int, s3: *const c_char, s4: *const c_char, s5: *const c_char, arg3: c_int) -> *mut PyObject;
    fn PyFile_GetLine(ob: *mut PyObject, arg: c_int) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyFile_OpenCode(utf8path: *const c_char) -> *mut PyObject;
    fn PyFile_WriteObject(ob: *mut PyObject, ob2: *mut PyObject, arg: c_int) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyFile_OpenCodeObject(path: *mut PyObject) -> *mut PyObject;
    fn PyFile_WriteString(s: *const c_char, ob: *mut PyObject) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyFile_SetOpenCodeHook(hook: Option<Py_OpenCodeHookFunction>, userdata: *mut c_void) -> c_int;
    fn PyObject_AsFileDescriptor(ob: *mut PyObject) -> c_int;
    // Unsigned in C, but the values always fit a signed number.
    fn Py_DecodeLocale(arg: *const c_char, size: *mut Py_ssize_t) -> *mut wchar_t;
    fn Py_EncodeLocale(text: *const wchar_t, error_pos: *mut Py_ssize_t) -> *mut c_char;
}
