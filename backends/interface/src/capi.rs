//! What C code and the contract exchange: exceptions, and structures of C that users fill.
//!
//! Only here does the contract have the words of the C API. Everywhere else a backend converts.

#![expect(unsafe_code, reason = "exporters fill a structure of C")]

use core::ffi::{c_int, c_void};

use crate::{Attached, Class, ClassOps, Outcome, Protocol, Ref, RefOps};

/// Access to what C code sees of a runtime.
///
/// Inside the contract a failed operation returns [`Raised`](crate::BackendTypes::Raised) and leaves nothing behind. C
/// code leaves its exception on the thread and returns null. The operations for errors convert between the two
/// conventions. A runtime without a C API needs one place per thread for an exception.
pub trait CApiOps: ClassOps {
    /// Takes the exception that code outside of the contract left on the thread, or returns `None` if there is none.
    ///
    /// Runs Python: no.
    /// CPython: `PyErr_Occurred`.
    /// RustPython: the slot where `rustpython-capi` keeps it. That is also the slot of the exception being handled, so
    /// a call inside an `except` clause returns that one if C code left none.
    fn capi_error_fetch<'py>(py: Attached<'py, Self>) -> Option<Self::Raised<'py>>;

    /// Leaves the exception on the thread, for code outside of the contract that is about to return to Python. The
    /// opposite of [`capi_error_fetch`](Self::capi_error_fetch).
    ///
    /// Runs Python: no.
    /// CPython: nothing, since the indicator is already set. RustPython: `set_exception`.
    fn capi_error_leave<'py>(py: Attached<'py, Self>, raised: Self::Raised<'py>);

    /// Implements `__getbuffer__` and `__releasebuffer__`, so that instances lend memory. Returns `None` if the runtime
    /// does not support buffers of classes.
    ///
    /// The user's functions fill C's structure, because their signatures have it, and keep pointers into it: the shape
    /// of a flat buffer is the field `len` itself. So a backend passes a structure in the layout of C, which does not
    /// move, and a description of our own could only be a copy.
    ///
    /// Runs Python: no.
    /// CPython: `bf_getbuffer`, `bf_releasebuffer`, except in the limited API before 3.11; lends whatever the function
    /// fills in. RustPython: `slots.as_buffer`; lends only memory without indirection, and `memoryview.obj` is an
    /// object that holds the memory, where CPython shows the exporter.
    fn capi_slot_buffer<C: Class<Self>, G: GetBufferFn<Self>, R: ReleaseBufferFn<Self>>() -> Option<Protocol<Self>> {
        None
    }
}

/// `__getbuffer__`: lends the memory of an instance. Becomes a slot of a class:
/// [`capi_slot_buffer`](CApiOps::capi_slot_buffer).
pub trait GetBufferFn<B: RefOps>: 'static {
    /// Fills the structure at `view`, as far as `flags` (`PyBUF_...`) ask for. Does not unwind.
    ///
    /// Ownership: on success the field `obj` owns a reference, usually to the receiver.
    ///
    /// # Safety
    ///
    /// `view` points to a C `Py_buffer`, which stays in place until it is released.
    unsafe fn call<'a, 'py: 'a>(
        py: Attached<'py, B>,
        receiver: Ref<'a, B>,
        view: *mut c_void,
        flags: c_int,
    ) -> Outcome<'py, B, ()>;
}

/// `__releasebuffer__`: takes the memory back.
pub trait ReleaseBufferFn<B: RefOps>: 'static {
    /// Whether there is anything to release.
    const PRESENT: bool;

    /// Frees what the structure refers to, but not the reference in `obj`, which the runtime drops. Does not unwind;
    /// errors go to `sys.unraisablehook`.
    ///
    /// # Safety
    ///
    /// `view` points to a `Py_buffer` that the [`GetBufferFn`] of the class filled, and this is the only call for it.
    unsafe fn call<'a, 'py: 'a>(py: Attached<'py, B>, receiver: Ref<'a, B>, view: *mut c_void);
}
