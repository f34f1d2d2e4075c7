//! Functions.

#![expect(unsafe_code, reason = "`PyCFunction::new` takes functions of C, in the API we are compatible with")]

use core::ffi::CStr;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3_backend::FunctionOps;

use crate::backend::{Active, Outcome, Owned};
use crate::err::ResultExt;
use crate::exceptions::PyTypeError;
use crate::panic::PanicException;
use crate::types::{PyAnyMethods, PyDict, PyDictMethods, PyModule, PyModuleMethods, PyTuple, PyTupleMethods};
use crate::{Borrowed, Bound, IntoPyObject, IntoPyObjectExt, Py, PyAny, PyErr, PyResult, Python, ffi, intern};

native_types! {
    /// A function of the runtime or of an extension: `types.BuiltinFunctionType`.
    ///
    /// [`wrap_pyfunction!`](crate::wrap_pyfunction) makes one of a `#[pyfunction]`.
    PyCFunction = BuiltinFunction;

    /// A function written in Python: `types.FunctionType`.
    PyFunction = Function;
}

/// A function of C that takes `self` and one more argument.
type CFunction = unsafe extern "C" fn(*mut ffi::PyObject, *mut ffi::PyObject) -> *mut ffi::PyObject;

/// A function of C that takes `self`, a tuple of arguments, and a dict of keyword arguments or null.
type CFunctionWithKeywords =
    unsafe extern "C" fn(*mut ffi::PyObject, *mut ffi::PyObject, *mut ffi::PyObject) -> *mut ffi::PyObject;

impl PyCFunction {
    /// A function around a function of C that takes positional and keyword arguments (`METH_VARARGS | METH_KEYWORDS`).
    ///
    /// `fun` gets the module as its first argument, or null. It is trusted to keep to the C API.
    ///
    /// # Errors
    ///
    /// None that is known.
    pub fn new_with_keywords<'py>(
        py: Python<'py>,
        fun: CFunctionWithKeywords,
        name: &'static CStr,
        doc: &'static CStr,
        module: Option<&Bound<'py, PyModule>>,
    ) -> PyResult<Bound<'py, Self>> {
        let receiver = module.map(|module| module.clone().unbind());
        let function = from_object_closure(py, name, doc, move |args, kwargs| {
            let receiver = receiver.as_ref().map_or(core::ptr::null_mut(), Py::as_ptr);
            let kwargs = kwargs.map_or(core::ptr::null_mut(), Bound::as_ptr);
            // SAFETY: attached, with live arguments of the types that the convention asks for; whoever gave `fun` answers
            // for the rest.
            unsafe { Bound::from_owned_ptr_or_err(args.py(), fun(receiver, args.as_ptr(), kwargs)) }
        })?;
        in_module(function, module)
    }

    /// A function around a function of C that takes no arguments (`METH_NOARGS`).
    ///
    /// `fun` gets the module as its first argument, or null, and null as its second. It is trusted to keep to the C API.
    ///
    /// # Errors
    ///
    /// None that is known.
    pub fn new<'py>(
        py: Python<'py>,
        fun: CFunction,
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
            // SAFETY: attached; whoever gave `fun` answers for the rest.
            unsafe { Bound::from_owned_ptr_or_err(args.py(), fun(receiver, core::ptr::null_mut())) }
        })?;
        in_module(function, module)
    }

    /// A function around a closure, which gets a tuple of arguments and a dict of keyword arguments, if any.
    ///
    /// It returns anything that converts to Python, or a `Result` of that. Where it panics, `PanicException` is raised.
    ///
    /// # Errors
    ///
    /// None that is known.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyCFunction, PyDict, PyTuple};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let add_one = |args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>| -> PyResult<i64> {
    ///         Ok(args.extract::<(i64,)>()?.0 + 1)
    ///     };
    ///     let add_one = PyCFunction::new_closure(py, None, None, add_one)?;
    ///     assert_eq!(add_one.call1((41,))?.extract::<i64>()?, 42);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new_closure<'py, F, R>(
        py: Python<'py>,
        name: Option<&'static CStr>,
        doc: Option<&'static CStr>,
        closure: F,
    ) -> PyResult<Bound<'py, Self>>
    where
        F: Fn(&Bound<'_, PyTuple>, Option<&Bound<'_, PyDict>>) -> R + Send + Sync + 'static,
        for<'p> R: CallbackOutput<'p>,
    {
        let (name, doc) = (name.unwrap_or(c"pyo3-closure"), doc.unwrap_or(c""));
        from_object_closure(py, name, doc, move |args, kwargs| closure(args, kwargs).into_object(args.py()))
    }
}

/// A function around a closure in the public API's terms. Panics are caught here: of a call, and of the closure's drop.
fn from_object_closure<'py, F>(
    py: Python<'py>,
    name: &'static CStr,
    doc: &'static CStr,
    closure: F,
) -> PyResult<Bound<'py, PyCFunction>>
where
    F: for<'a, 'p> Fn(&'a Bound<'p, PyTuple>, Option<&'a Bound<'p, PyDict>>) -> PyResult<Bound<'p, PyAny>>
        + Send
        + 'static,
{
    let closure = QuietlyDropped(Some(closure));
    let function = Active::function_from_closure(py.attached(), name, doc, move |attached, args, kwargs| {
        let args: Borrowed<'_, '_, PyTuple> = Borrowed::wrap(args.any());
        let kwargs: Option<Borrowed<'_, '_, PyDict>> = kwargs.map(|kwargs| Borrowed::wrap(kwargs.any()));
        call_caught(Python::from_attached(attached), || closure.get()(&args, kwargs.as_deref()))
    });
    function.or_raise(py).map(Bound::from_handle)
}

/// Runs user code and turns its error or panic into a raised exception.
fn call_caught<'py>(py: Python<'py>, call: impl FnOnce() -> PyResult<Bound<'py, PyAny>>) -> Outcome<'py, Owned<'py>> {
    let result = catch_unwind(AssertUnwindSafe(call));
    match result.unwrap_or_else(|payload| Err(PanicException::from_panic_payload(payload))) {
        Ok(object) => Ok(object.into_owned()),
        Err(error) => Err(error.into_raised(py)),
    }
}

/// Holds a closure, and reports a panic of its drop instead of passing it on.
struct QuietlyDropped<F>(Option<F>);

impl<F> QuietlyDropped<F> {
    fn get(&self) -> &F {
        self.0.as_ref().expect("taken by `drop` only")
    }
}

impl<F> Drop for QuietlyDropped<F> {
    fn drop(&mut self) {
        let closure = self.0.take();
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| drop(closure))) {
            let report = |py: Python<'_>| PanicException::from_panic_payload(payload).write_unraisable(py, None);
            Python::try_attach(report);
        }
    }
}

/// Gives a function its `__module__`.
fn in_module<'py>(
    function: Bound<'py, PyCFunction>,
    module: Option<&Bound<'py, PyModule>>,
) -> PyResult<Bound<'py, PyCFunction>> {
    if let Some(module) = module {
        function.setattr(intern!(function.py(), "__module__"), module.name()?)?;
    }
    Ok(function)
}

/// What a closure or a wrapper may return: something that converts to Python, or a `Result` of it.
#[doc(hidden)]
pub trait CallbackOutput<'py> {
    /// Converts.
    fn into_object(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

impl<'py, T: IntoPyObject<'py>> CallbackOutput<'py> for T {
    fn into_object(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.into_bound_py_any(py)
    }
}

impl<'py, T: IntoPyObject<'py>, E: Into<PyErr>> CallbackOutput<'py> for Result<T, E> {
    fn into_object(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.map_err(Into::into)?.into_bound_py_any(py)
    }
}
