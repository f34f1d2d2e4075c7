//! Lending memory: `__getbuffer__` and `__releasebuffer__`, in terms of public types.
//!
//! `view` is a `void` pointer because not every ABI has `Py_buffer`. The user's function declares the type that it
//! casts to.

#![expect(unsafe_code, reason = "exporters fill a structure of C, in the API we are compatible with")]

use core::ffi::{c_int, c_void};

use pyo3_backend::{GetBufferFn, ReleaseBufferFn};

use super::adapter::{Adapter, borrowed};
use crate::backend::{Active, Attached, Outcome, Ref};
use crate::exceptions::PyBufferError;
use crate::panic::{catch_and_raise, catch_and_report};
use crate::{Borrowed, PyAny, PyResult, Python};

type Object<'a, 'py> = Borrowed<'a, 'py, PyAny>;

/// A `__getbuffer__` function.
pub trait GetBuffer: 'static {
    /// Calls the user's function.
    ///
    /// # Errors
    ///
    /// What the function raises.
    ///
    /// # Safety
    ///
    /// `view` points to a structure that does not move until it is released.
    unsafe fn call<'a, 'py: 'a>(
        py: Python<'py>,
        receiver: Object<'a, 'py>,
        view: *mut c_void,
        flags: c_int,
    ) -> PyResult<()>;
}

/// A `__releasebuffer__` function.
pub trait ReleaseBuffer: 'static {
    /// Whether the user's class has one.
    const PRESENT: bool = true;

    /// Calls the user's function.
    ///
    /// # Errors
    ///
    /// What the function raises.
    ///
    /// # Safety
    ///
    /// The same instance filled `view`, which is released once.
    unsafe fn call<'a, 'py: 'a>(py: Python<'py>, receiver: Object<'a, 'py>, view: *mut c_void) -> PyResult<()>;
}

/// A class without `__getbuffer__`.
pub struct NoGetBuffer;

impl GetBuffer for NoGetBuffer {
    unsafe fn call<'a, 'py: 'a>(
        _py: Python<'py>,
        _receiver: Object<'a, 'py>,
        _view: *mut c_void,
        _flags: c_int,
    ) -> PyResult<()> {
        Err(PyBufferError::new_err("the class has no `__getbuffer__`"))
    }
}

/// A class without `__releasebuffer__`.
pub struct NoReleaseBuffer;

impl ReleaseBuffer for NoReleaseBuffer {
    const PRESENT: bool = false;

    unsafe fn call<'a, 'py: 'a>(_py: Python<'py>, _receiver: Object<'a, 'py>, _view: *mut c_void) -> PyResult<()> {
        Ok(())
    }
}

impl<F: GetBuffer> GetBufferFn<Active> for Adapter<F> {
    unsafe fn call<'a, 'py: 'a>(
        py: Attached<'py>,
        receiver: Ref<'a>,
        view: *mut c_void,
        flags: c_int,
    ) -> Outcome<'py, ()> {
        let py = Python::from_attached(py);
        // SAFETY: as the caller promises.
        catch_and_raise(py, || unsafe { F::call(py, borrowed(py, receiver), view, flags) })
    }
}

impl<F: ReleaseBuffer> ReleaseBufferFn<Active> for Adapter<F> {
    const PRESENT: bool = F::PRESENT;

    unsafe fn call<'a, 'py: 'a>(py: Attached<'py>, receiver: Ref<'a>, view: *mut c_void) {
        let py = Python::from_attached(py);
        let receiver = borrowed(py, receiver);
        // SAFETY: as the caller promises.
        catch_and_report(py, Some(&receiver), || unsafe { F::call(py, receiver, view) });
    }
}
