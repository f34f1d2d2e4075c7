//! `pyerrors.h`: raising and handling exceptions, and the exception classes.

use super::*;

inline_capi! {
    fn PyExceptionClass_Check(op: *mut PyObject) -> c_int =
        c_int::from(PyType_Check(op) != 0 && PyType_FastSubclass(op.cast(), Py_TPFLAGS_BASE_EXC_SUBCLASS) != 0);
    fn PyExceptionInstance_Check(op: *mut PyObject) -> c_int = PyType_FastSubclass(Py_TYPE(op), Py_TPFLAGS_BASE_EXC_SUBCLASS);
    fn PyExceptionInstance_Class(op: *mut PyObject) -> *mut PyObject = Py_TYPE(op).cast();
}

/// The layouts of the exceptions that carry fields.
#[cfg(not(Py_LIMITED_API))]
mod layouts {
    use super::*;

    structs! {
        struct PyBaseExceptionObject {
            ob_base: PyObject,
            dict: *mut PyObject,
            args: *mut PyObject,
            #[cfg(Py_3_11)] notes: *mut PyObject,
            traceback: *mut PyObject,
            context: *mut PyObject,
            cause: *mut PyObject,
            suppress_context: c_char,
        }
    }
}
#[cfg(not(Py_LIMITED_API))]
pub use self::layouts::*;

capi_data! {
    static mut PyExc_BaseException: *mut PyObject;
    static mut PyExc_Exception: *mut PyObject;
    #[cfg(Py_3_11)] static mut PyExc_BaseExceptionGroup: *mut PyObject;
    static mut PyExc_StopAsyncIteration: *mut PyObject;
    static mut PyExc_StopIteration: *mut PyObject;
    static mut PyExc_GeneratorExit: *mut PyObject;
    static mut PyExc_ArithmeticError: *mut PyObject;
    static mut PyExc_LookupError: *mut PyObject;
    static mut PyExc_AssertionError: *mut PyObject;
    static mut PyExc_AttributeError: *mut PyObject;
    static mut PyExc_BufferError: *mut PyObject;
    static mut PyExc_EOFError: *mut PyObject;
    static mut PyExc_FloatingPointError: *mut PyObject;
    static mut PyExc_OSError: *mut PyObject;
    static mut PyExc_ImportError: *mut PyObject;
    static mut PyExc_ModuleNotFoundError: *mut PyObject;
    static mut PyExc_IndexError: *mut PyObject;
    static mut PyExc_KeyError: *mut PyObject;
    static mut PyExc_KeyboardInterrupt: *mut PyObject;
    static mut PyExc_MemoryError: *mut PyObject;
    static mut PyExc_NameError: *mut PyObject;
    static mut PyExc_OverflowError: *mut PyObject;
    static mut PyExc_RuntimeError: *mut PyObject;
    static mut PyExc_RecursionError: *mut PyObject;
    static mut PyExc_NotImplementedError: *mut PyObject;
    static mut PyExc_SyntaxError: *mut PyObject;
    static mut PyExc_IndentationError: *mut PyObject;
    static mut PyExc_TabError: *mut PyObject;
    static mut PyExc_ReferenceError: *mut PyObject;
    static mut PyExc_SystemError: *mut PyObject;
    static mut PyExc_SystemExit: *mut PyObject;
    static mut PyExc_TypeError: *mut PyObject;
    static mut PyExc_UnboundLocalError: *mut PyObject;
    static mut PyExc_UnicodeError: *mut PyObject;
    static mut PyExc_UnicodeEncodeError: *mut PyObject;
    static mut PyExc_UnicodeDecodeError: *mut PyObject;
    static mut PyExc_UnicodeTranslateError: *mut PyObject;
    static mut PyExc_ValueError: *mut PyObject;
    static mut PyExc_ZeroDivisionError: *mut PyObject;
    static mut PyExc_BlockingIOError: *mut PyObject;
    static mut PyExc_BrokenPipeError: *mut PyObject;
    static mut PyExc_ChildProcessError: *mut PyObject;
    static mut PyExc_ConnectionError: *mut PyObject;
    static mut PyExc_ConnectionAbortedError: *mut PyObject;
    static mut PyExc_ConnectionRefusedError: *mut PyObject;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] static mut PyExc_PythonFinalizationError: *mut PyObject;
    static mut PyExc_ConnectionResetError: *mut PyObject;
    static mut PyExc_FileExistsError: *mut PyObject;
    static mut PyExc_FileNotFoundError: *mut PyObject;
    static mut PyExc_InterruptedError: *mut PyObject;
    static mut PyExc_IsADirectoryError: *mut PyObject;
    static mut PyExc_NotADirectoryError: *mut PyObject;
    static mut PyExc_PermissionError: *mut PyObject;
    static mut PyExc_ProcessLookupError: *mut PyObject;
    static mut PyExc_TimeoutError: *mut PyObject;
    static mut PyExc_EnvironmentError: *mut PyObject;
    static mut PyExc_IOError: *mut PyObject;
    static mut PyExc_Warning: *mut PyObject;
    static mut PyExc_UserWarning: *mut PyObject;
    static mut PyExc_DeprecationWarning: *mut PyObject;
    static mut PyExc_PendingDeprecationWarning: *mut PyObject;
    static mut PyExc_SyntaxWarning: *mut PyObject;
    static mut PyExc_RuntimeWarning: *mut PyObject;
    static mut PyExc_FutureWarning: *mut PyObject;
    static mut PyExc_ImportWarning: *mut PyObject;
    static mut PyExc_UnicodeWarning: *mut PyObject;
    static mut PyExc_BytesWarning: *mut PyObject;
    #[cfg(Py_3_10)] static mut PyExc_EncodingWarning: *mut PyObject;
    static mut PyExc_ResourceWarning: *mut PyObject;
}
capi! {
    fn PyOS_InterruptOccurred() -> c_int;
    fn PyErr_SetNone(ob: *mut PyObject);
    fn PyErr_SetObject(ob: *mut PyObject, ob2: *mut PyObject);
    fn PyErr_SetString(exception: *mut PyObject, string: *const c_char);
    fn PyOS_BeforeFork();
    fn PyOS_AfterFork_Parent();
    fn PyOS_AfterFork_Child();
    fn PyErr_Occurred() -> *mut PyObject;
    fn PyErr_Clear();
    fn PyErr_Fetch(arg: *mut *mut PyObject, arg2: *mut *mut PyObject, arg3: *mut *mut PyObject);
    fn PyErr_Restore(ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject);
    fn PyOS_AfterFork();
    #[cfg(Py_3_12)] fn PyErr_GetRaisedException() -> *mut PyObject;
    #[cfg(Py_3_12)] fn PyErr_SetRaisedException(ob: *mut PyObject);
    #[cfg(Py_3_11)] fn PyErr_GetHandledException() -> *mut PyObject;
    #[cfg(Py_3_11)] fn PyErr_SetHandledException(ob: *mut PyObject);
    fn PyErr_GetExcInfo(arg: *mut *mut PyObject, arg2: *mut *mut PyObject, arg3: *mut *mut PyObject);
    fn PyErr_SetExcInfo(ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject);
    fn Py_FatalError(message: *const c_char);
    fn PyErr_GivenExceptionMatches(ob: *mut PyObject, ob2: *mut PyObject) -> c_int;
    fn PyErr_ExceptionMatches(ob: *mut PyObject) -> c_int;
    fn PyErr_NormalizeException(arg: *mut *mut PyObject, arg2: *mut *mut PyObject, arg3: *mut *mut PyObject);
    fn PyException_SetTraceback(ob: *mut PyObject, ob2: *mut PyObject) -> c_int;
    fn PyException_GetTraceback(ob: *mut PyObject) -> *mut PyObject;
    fn PyException_GetCause(ob: *mut PyObject) -> *mut PyObject;
    fn PyException_SetCause(ob: *mut PyObject, ob2: *mut PyObject);
    fn PyException_GetContext(ob: *mut PyObject) -> *mut PyObject;
    fn PyException_SetContext(ob: *mut PyObject, ob2: *mut PyObject);
    #[cfg(Py_3_12)] fn PyException_GetArgs(ob: *mut PyObject) -> *mut PyObject;
    #[cfg(Py_3_12)] fn PyException_SetArgs(ob: *mut PyObject, ob2: *mut PyObject);
    fn PyExceptionClass_Name(ob: *mut PyObject) -> *const c_char;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyUnstable_Exc_PrepReraiseStar(orig: *mut PyObject, excs: *mut PyObject) -> *mut PyObject;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PySignal_SetWakeupFd(fd: c_int) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyErr_SyntaxLocationObject(filename: *mut PyObject, lineno: c_int, col_offset: c_int);
    #[cfg(all(Py_3_10, not(Py_LIMITED_API)))] fn PyErr_RangedSyntaxLocationObject(filename: *mut PyObject, lineno: c_int, col_offset: c_int, end_lineno: c_int, end_col_offset: c_int);
    #[cfg(not(Py_LIMITED_API))] fn PyErr_ProgramTextObject(filename: *mut PyObject, lineno: c_int) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn _Py_FatalErrorFunc(func: *const c_char, message: *const c_char);
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyErr_FormatUnraisable(s: *const c_char, ...);
    fn PyErr_BadArgument() -> c_int;
    fn PyErr_NoMemory() -> *mut PyObject;
    fn PyErr_SetFromErrno(ob: *mut PyObject) -> *mut PyObject;
    fn PyErr_SetFromErrnoWithFilenameObject(ob: *mut PyObject, ob2: *mut PyObject) -> *mut PyObject;
    fn PyErr_SetFromErrnoWithFilenameObjects(ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject) -> *mut PyObject;
    fn PyErr_SetFromErrnoWithFilename(exc: *mut PyObject, filename: *const c_char) -> *mut PyObject;
    fn PyErr_Format(exception: *mut PyObject, format: *const c_char, ...) -> *mut PyObject;
    fn PyErr_SetImportErrorSubclass(ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject, ob4: *mut PyObject) -> *mut PyObject;
    fn PyErr_SetImportError(ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject) -> *mut PyObject;
    fn PyErr_BadInternalCall();
    fn _PyErr_BadInternalCall(filename: *const c_char, lineno: c_int);
    fn PyErr_NewException(name: *const c_char, base: *mut PyObject, dict: *mut PyObject) -> *mut PyObject;
    fn PyErr_NewExceptionWithDoc(name: *const c_char, doc: *const c_char, base: *mut PyObject, dict: *mut PyObject) -> *mut PyObject;
    fn PyErr_WriteUnraisable(ob: *mut PyObject);
    fn PyErr_SetInterrupt();
    #[cfg(Py_3_10)] fn PyErr_SetInterruptEx(signum: c_int) -> c_int;
    fn PyErr_SyntaxLocation(filename: *const c_char, lineno: c_int);
    fn PyErr_SyntaxLocationEx(filename: *const c_char, lineno: c_int, col_offset: c_int);
    fn PyErr_ProgramText(filename: *const c_char, lineno: c_int) -> *mut PyObject;
    fn PyUnicodeDecodeError_Create(encoding: *const c_char, object: *const c_char, length: Py_ssize_t, start: Py_ssize_t, end: Py_ssize_t, reason: *const c_char) -> *mut PyObject;
    fn PyUnicodeEncodeError_GetEncoding(ob: *mut PyObject) -> *mut PyObject;
    fn PyUnicodeDecodeError_GetEncoding(ob: *mut PyObject) -> *mut PyObject;
    fn PyUnicodeEncodeError_GetObject(ob: *mut PyObject) -> *mut PyObject;
    fn PyUnicodeDecodeError_GetObject(ob: *mut PyObject) -> *mut PyObject;
    fn PyUnicodeTranslateError_GetObject(ob: *mut PyObject) -> *mut PyObject;
    fn PyUnicodeEncodeError_GetStart(ob: *mut PyObject, n: *mut Py_ssize_t) -> c_int;
    fn PyUnicodeDecodeError_GetStart(ob: *mut PyObject, n: *mut Py_ssize_t) -> c_int;
    fn PyUnicodeTranslateError_GetStart(ob: *mut PyObject, n: *mut Py_ssize_t) -> c_int;
    fn PyUnicodeEncodeError_SetStart(ob: *mut PyObject, n: Py_ssize_t) -> c_int;
    fn PyUnicodeDecodeError_SetStart(ob: *mut PyObject, n: Py_ssize_t) -> c_int;
    fn PyUnicodeTranslateError_SetStart(ob: *mut PyObject, n: Py_ssize_t) -> c_int;
    fn PyUnicodeEncodeError_GetEnd(ob: *mut PyObject, n: *mut Py_ssize_t) -> c_int;
    fn PyUnicodeDecodeError_GetEnd(ob: *mut PyObject, n: *mut Py_ssize_t) -> c_int;
    fn PyUnicodeTranslateError_GetEnd(ob: *mut PyObject, n: *mut Py_ssize_t) -> c_int;
    fn PyUnicodeEncodeError_SetEnd(ob: *mut PyObject, n: Py_ssize_t) -> c_int;
    fn PyUnicodeDecodeError_SetEnd(ob: *mut PyObject, n: Py_ssize_t) -> c_int;
    fn PyUnicodeTranslateError_SetEnd(ob: *mut PyObject, n: Py_ssize_t) -> c_int;
    fn PyUnicodeEncodeError_GetReason(ob: *mut PyObject) -> *mut PyObject;
    fn PyUnicodeDecodeError_GetReason(ob: *mut PyObject) -> *mut PyObject;
    fn PyUnicodeTranslateError_GetReason(ob: *mut PyObject) -> *mut PyObject;
    fn PyUnicodeEncodeError_SetReason(exc: *mut PyObject, reason: *const c_char) -> c_int;
    fn PyUnicodeDecodeError_SetReason(exc: *mut PyObject, reason: *const c_char) -> c_int;
    fn PyUnicodeTranslateError_SetReason(exc: *mut PyObject, reason: *const c_char) -> c_int;
    fn PyOS_snprintf(str: *mut c_char, size: usize, format: *const c_char, ...) -> c_int;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn _PyErr_SetKeyError(ob: *mut PyObject);
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn _PyErr_ChainExceptions(ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject);
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicodeEncodeError_Create(encoding: *const c_char, object: *const Py_UNICODE, length: Py_ssize_t, start: Py_ssize_t, end: Py_ssize_t, reason: *const c_char) -> *mut PyObject;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicodeTranslateError_Create(object: *const Py_UNICODE, length: Py_ssize_t, start: Py_ssize_t, end: Py_ssize_t, reason: *const c_char) -> *mut PyObject;
    #[cfg(not(Py_3_10))] fn PyOS_InitInterrupts();
}
capi_running! {
    fn PyErr_CheckSignals() -> c_int;
}
