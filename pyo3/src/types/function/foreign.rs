//! Python functions that call C functions.

#![expect(unsafe_code, reason = "PyO3's API includes functions that call C functions")]

use core::ffi::CStr;

use super::from_object_closure;
use crate::exceptions::PyTypeError;
use crate::types::{PyAnyMethods, PyCFunction, PyDictMethods, PyModule, PyModuleMethods, PyTupleMethods};
use crate::{Bound, Py, PyResult, Python, ffi, intern};

impl PyCFunction {
    /// Creates a Python function that calls a C function with positional and keyword arguments (`METH_VARARGS |
    /// METH_KEYWORDS`).
    ///
    /// `fun` gets the module as its first argument, or null without one. It must follow the rules of the C API.
    ///
    /// # Errors
    ///
    /// Returns `SystemError` if `module` has no name.
    pub fn new_with_keywords<'py>(
        py: Python<'py>,
        fun: ffi::PyCFunctionWithKeywords,
        name: &'static CStr,
        doc: &'static CStr,
        module: Option<&Bound<'py, PyModule>>,
    ) -> PyResult<Bound<'py, Self>> {
        let receiver = module.map(|module| module.clone().unbind());
        let function = from_object_closure(py, name, doc, move |args, kwargs| {
            let receiver = receiver.as_ref().map_or(core::ptr::null_mut(), Py::as_ptr);
            let kwargs = kwargs.map_or(core::ptr::null_mut(), Bound::as_ptr);
            // SAFETY: the thread is attached, and the arguments are live objects of the types that the calling
            // convention requires. The caller of `new_with_keywords` is responsible for `fun`.
            unsafe { Bound::from_owned_ptr_or_err(args.py(), fun(receiver, args.as_ptr(), kwargs)) }
        })?;
        in_module(function, module)
    }

    /// Creates a Python function that calls a C function without arguments (`METH_NOARGS`).
    ///
    /// `fun` gets the module as its first argument, or null without one, and null as its second. It must follow the
    /// rules of the C API.
    ///
    /// # Errors
    ///
    /// Returns `SystemError` if `module` has no name.
    pub fn new<'py>(
        py: Python<'py>,
        fun: ffi::PyCFunction,
        name: &'static CStr,
        doc: &'static CStr,
        module: Option<&Bound<'py, PyModule>>,
    ) -> PyResult<Bound<'py, Self>> {
        let receiver = module.map(|module| module.clone().unbind());
        let function = from_object_closure(py, name, doc, move |args, kwargs| {
            if kwargs.is_some_and(|kwargs| !kwargs.is_empty()) {
                return Err(PyTypeError::new_err(format!("{}() takes no keyword arguments", name.to_string_lossy())));
            }
            if !args.is_empty() {
                let text = format!("{}() takes no arguments ({} given)", name.to_string_lossy(), args.len());
                return Err(PyTypeError::new_err(text));
            }
            let receiver = receiver.as_ref().map_or(core::ptr::null_mut(), Py::as_ptr);
            // SAFETY: the thread is attached. The caller of `new` is responsible for `fun`.
            unsafe { Bound::from_owned_ptr_or_err(args.py(), fun(receiver, core::ptr::null_mut())) }
        })?;
        in_module(function, module)
    }
}

/// Sets the `__module__` of a function to the name of the module, if there is one.
fn in_module<'py>(
    function: Bound<'py, PyCFunction>,
    module: Option<&Bound<'py, PyModule>>,
) -> PyResult<Bound<'py, PyCFunction>> {
    if let Some(module) = module {
        function.setattr(intern!(function.py(), "__module__"), module.name()?)?;
    }
    Ok(function)
}
