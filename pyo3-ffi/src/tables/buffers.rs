//! `pybuffer.h`: views and requests of the buffer protocol. In the stable ABI from 3.11.

use crate::*;
use core::ffi::{c_char, c_int, c_void};

structs! {
    #[derive(Clone, Copy, Debug)]
    struct Py_buffer {
        buf: *mut c_void,
        obj: *mut PyObject,
        len: Py_ssize_t,
        itemsize: Py_ssize_t,
        readonly: c_int,
        ndim: c_int,
        format: *mut c_char,
        shape: *mut Py_ssize_t,
        strides: *mut Py_ssize_t,
        suboffsets: *mut Py_ssize_t,
        internal: *mut c_void,
    }
}

impl Py_buffer {
    /// Creates an empty view for `PyObject_GetBuffer` to fill.
    #[expect(clippy::new_without_default, reason = "an empty view is useless by itself")]
    pub const fn new() -> Self {
        Self {
            buf: core::ptr::null_mut(),
            obj: core::ptr::null_mut(),
            len: 0,
            itemsize: 0,
            readonly: 0,
            ndim: 0,
            format: core::ptr::null_mut(),
            shape: core::ptr::null_mut(),
            strides: core::ptr::null_mut(),
            suboffsets: core::ptr::null_mut(),
            internal: core::ptr::null_mut(),
        }
    }
}

fn_types! {
    getbufferproc: fn(exporter: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int;
    releasebufferproc: fn(exporter: *mut PyObject, view: *mut Py_buffer);
}

constants! {
    #[cfg(Py_3_11)] PyBUF_MAX_NDIM: usize = 64;
    #[cfg(not(Py_3_11))] PyBUF_MAX_NDIM: c_int = 64;
    PyBUF_SIMPLE: c_int = 0;
    PyBUF_WRITABLE: c_int = 0x0001;
    PyBUF_WRITEABLE: c_int = PyBUF_WRITABLE;
    PyBUF_FORMAT: c_int = 0x0004;
    PyBUF_ND: c_int = 0x0008;
    PyBUF_STRIDES: c_int = 0x0010 | PyBUF_ND;
    PyBUF_C_CONTIGUOUS: c_int = 0x0020 | PyBUF_STRIDES;
    PyBUF_F_CONTIGUOUS: c_int = 0x0040 | PyBUF_STRIDES;
    PyBUF_ANY_CONTIGUOUS: c_int = 0x0080 | PyBUF_STRIDES;
    PyBUF_INDIRECT: c_int = 0x0100 | PyBUF_STRIDES;
    PyBUF_CONTIG: c_int = PyBUF_ND | PyBUF_WRITABLE;
    PyBUF_CONTIG_RO: c_int = PyBUF_ND;
    PyBUF_STRIDED: c_int = PyBUF_STRIDES | PyBUF_WRITABLE;
    PyBUF_STRIDED_RO: c_int = PyBUF_STRIDES;
    PyBUF_RECORDS: c_int = PyBUF_STRIDES | PyBUF_WRITABLE | PyBUF_FORMAT;
    PyBUF_RECORDS_RO: c_int = PyBUF_STRIDES | PyBUF_FORMAT;
    PyBUF_FULL: c_int = PyBUF_INDIRECT | PyBUF_WRITABLE | PyBUF_FORMAT;
    PyBUF_FULL_RO: c_int = PyBUF_INDIRECT | PyBUF_FORMAT;
    PyBUF_READ: c_int = 0x100;
    PyBUF_WRITE: c_int = 0x200;
}
