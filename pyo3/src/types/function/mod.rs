//! Functions.

use core::ffi::CStr;

use pyo3_backend::FunctionOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::panic::{catch_and_raise, catch_panic};
use crate::types::{PyDict, PyTuple};
use crate::{Borrowed, Bound, IntoPyObject, IntoPyObjectExt, PyAny, PyErr, PyResult, Python};

mod foreign;

native_types! {
    /// A function of the runtime or of an extension: `types.BuiltinFunctionType`.
    ///
    /// [`wrap_pyfunction!`](crate::wrap_pyfunction) makes one of a `#[pyfunction]`.
    PyCFunction = BuiltinFunction;

    /// A function written in Python: `types.FunctionType`.
    PyFunction = Function;
}

impl PyCFunction {
    /// A function around a closure, which gets a tuple of arguments and a dict of keyword arguments, if any.
    ///
    /// It returns anything that converts to Python, or a `Result` of that. Where it panics, `PanicException` is raised.
    ///
    /// # Errors
    ///
    /// None known.
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
        let args: Borrowed<'_, '_, PyTuple> = Borrowed::from_handle(args);
        let kwargs: Option<Borrowed<'_, '_, PyDict>> = kwargs.map(Borrowed::from_handle);
        catch_and_raise(Python::from_attached(attached), || closure.get()(&args, kwargs.as_deref()))
            .map(Bound::into_owned)
    });
    function.or_raise(py).map(Bound::from_handle)
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
        if let Err(panic) = catch_panic(|| drop(closure)) {
            Python::try_attach(|py| panic.write_unraisable(py, None));
        }
    }
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
