//! `cpython/pyerrors.h`: the exceptions that carry fields. Full API only.

use super::*;

structs! {
    #[derive(Debug)]
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
    #[derive(Debug)]
    struct PyStopIterationObject {
        ob_base: PyObject,
        dict: *mut PyObject,
        args: *mut PyObject,
        #[cfg(Py_3_11)] notes: *mut PyObject,
        traceback: *mut PyObject,
        context: *mut PyObject,
        cause: *mut PyObject,
        suppress_context: c_char,
        value: *mut PyObject,
    }
    #[derive(Debug)]
    struct PySyntaxErrorObject {
        ob_base: PyObject,
        dict: *mut PyObject,
        args: *mut PyObject,
        #[cfg(Py_3_11)] notes: *mut PyObject,
        traceback: *mut PyObject,
        context: *mut PyObject,
        cause: *mut PyObject,
        suppress_context: c_char,
        msg: *mut PyObject,
        filename: *mut PyObject,
        lineno: *mut PyObject,
        offset: *mut PyObject,
        #[cfg(Py_3_10)] end_lineno: *mut PyObject,
        #[cfg(Py_3_10)] end_offset: *mut PyObject,
        text: *mut PyObject,
        print_file_and_line: *mut PyObject,
        #[cfg(Py_3_14)] metadata: *mut PyObject,
    }
    #[derive(Debug)]
    struct PyImportErrorObject {
        ob_base: PyObject,
        dict: *mut PyObject,
        args: *mut PyObject,
        #[cfg(Py_3_11)] notes: *mut PyObject,
        traceback: *mut PyObject,
        context: *mut PyObject,
        cause: *mut PyObject,
        suppress_context: c_char,
        msg: *mut PyObject,
        name: *mut PyObject,
        path: *mut PyObject,
        #[cfg(Py_3_12)] name_from: *mut PyObject,
    }
    #[derive(Debug)]
    struct PyUnicodeErrorObject {
        ob_base: PyObject,
        dict: *mut PyObject,
        args: *mut PyObject,
        #[cfg(Py_3_11)] notes: *mut PyObject,
        traceback: *mut PyObject,
        context: *mut PyObject,
        cause: *mut PyObject,
        suppress_context: c_char,
        encoding: *mut PyObject,
        object: *mut PyObject,
        start: Py_ssize_t,
        end: Py_ssize_t,
        reason: *mut PyObject,
    }
    #[derive(Debug)]
    struct PySystemExitObject {
        ob_base: PyObject,
        dict: *mut PyObject,
        args: *mut PyObject,
        #[cfg(Py_3_11)] notes: *mut PyObject,
        traceback: *mut PyObject,
        context: *mut PyObject,
        cause: *mut PyObject,
        suppress_context: c_char,
        code: *mut PyObject,
    }
    #[derive(Debug)]
    struct PyOSErrorObject {
        ob_base: PyObject,
        dict: *mut PyObject,
        args: *mut PyObject,
        #[cfg(Py_3_11)] notes: *mut PyObject,
        traceback: *mut PyObject,
        context: *mut PyObject,
        cause: *mut PyObject,
        suppress_context: c_char,
        myerrno: *mut PyObject,
        strerror: *mut PyObject,
        filename: *mut PyObject,
        filename2: *mut PyObject,
        #[cfg(windows)] winerror: *mut PyObject,
        written: Py_ssize_t,
    }
}
