//! [`PyFunction`] and [`PyCFunction`]: Python's functions.

use core::ffi::CStr;

use pyo3_backend::FunctionOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::panic::{catch_and_raise, catch_panic};
use crate::types::{PyDict, PyTuple};
use crate::{Borrowed, Bound, IntoPyObject, IntoPyObjectExt, PyAny, PyErr, PyResult, Python};

mod foreign;

native_types! {
    /// Python's `types.BuiltinFunctionType`: a function that the runtime or an extension defines.
    ///
    /// [`wrap_pyfunction!`](crate::wrap_pyfunction) creates one from a `#[pyfunction]`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyCFunction;
    ///
    /// #[pyfunction]
    /// fn double(number: i64) -> i64 {
    ///     2 * number
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let function: Bound<'_, PyCFunction> = wrap_pyfunction!(double, py)?;
    ///     assert_eq!(function.call1((4,))?.extract::<i64>()?, 8);
    ///     assert!(py.eval(c"len", None, None)?.cast::<PyCFunction>().is_ok());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyCFunction = BuiltinFunction;

    /// Python's `types.FunctionType`: a function written in Python.
    PyFunction = Function;
}

impl PyCFunction {
    /// Creates a Python function that calls a closure with a tuple of arguments, and with a dict of keyword arguments
    /// if there are any.
    ///
    /// The closure returns anything that converts to Python, or a `Result` of that. If it panics, the function raises
    /// `PanicException`. The name defaults to `pyo3-closure`, and the docstring to an empty one.
    ///
    /// # Errors
    ///
    /// This function is not known to fail.
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

/// Creates a Python function from a closure on `Bound` types. Catches panics of its calls and of its drop.
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

/// A closure that reports a panic during its drop as unraisable, instead of unwinding into the runtime.
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

/// What a closure or a wrapper may return: a value that converts to Python, or a `Result` of one.
#[doc(hidden)]
pub trait CallbackOutput<'py> {
    /// Converts the returned value to a Python object.
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
