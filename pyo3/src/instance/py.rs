//! [`Py`]: an owned reference that can be kept anywhere.

use core::marker::PhantomData;

use pyo3_backend::{Global, RefOps};

use crate::backend::Active;
use crate::call::PyCallArgs;
use crate::conversion::FromPyObject;
use crate::err::CastError;
use crate::type_object::PyTypeCheck;
use crate::types::{DerefToPyAny, PyAnyMethods, PyDict, PyString};
use crate::{Borrowed, Bound, IntoPyObject, PyAny, PyResult, Python};

/// An owned reference to a Python object of type `T` that can be kept anywhere: in statics, in structs, across threads.
///
/// It is as large as a pointer, `Send` and `Sync`. To use the object, call [`bind`](Py::bind) on an attached thread. If
/// a detached thread drops a `Py`, the reference is released later, when some thread attaches.
///
/// ```
/// # use pyo3::prelude::*;
/// # use pyo3::types::PyList;
/// # Python::initialize();
/// let list: Py<PyList> = Python::attach(|py| PyList::empty(py).unbind());
/// let length = Python::attach(|py| list.bind(py).len());
/// assert_eq!(length, 0);
/// ```
#[repr(transparent)]
pub struct Py<T>(Global<Active>, PhantomData<fn() -> T>);

impl Py<PyAny> {
    /// Wraps a handle. Every object is a `PyAny`, so this needs no check.
    #[inline]
    pub(crate) fn wrap(handle: Global<Active>) -> Self {
        Py(handle, PhantomData)
    }
}

impl<T> Py<T> {
    /// Wraps a handle as a `T`.
    ///
    /// # Safety
    ///
    /// The object must be an instance of `T`.
    #[inline]
    #[expect(unsafe_code, reason = "only the caller knows the type")]
    pub(crate) unsafe fn wrap_unchecked(handle: Global<Active>) -> Self {
        Py(handle, PhantomData)
    }

    /// Returns a reference to the handle.
    #[inline]
    pub(crate) fn global(&self) -> &Global<Active> {
        &self.0
    }

    /// Returns the handle, which owns the reference.
    #[inline]
    pub(crate) fn into_global(self) -> Global<Active> {
        self.0
    }

    /// Casts to `PyAny`. The object stays the same.
    #[inline]
    pub fn into_any(self) -> Py<PyAny> {
        Py::wrap(self.0)
    }

    /// Converts to a [`Bound`] on this attached thread.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let kept: Py<PyList> = PyList::new(py, [1, 2])?.unbind();
    ///     assert_eq!(kept.into_bound(py).len(), 2);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    #[expect(unsafe_code, reason = "the same object, of the same type")]
    pub fn into_bound(self, py: Python<'_>) -> Bound<'_, T> {
        // SAFETY: the result refers to the same object, which is a `T`.
        unsafe { Bound::wrap_unchecked(self.0.into_owned(py.attached())) }
    }

    /// Returns `true` if `self` and `o` are the same object: `self is o`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let one: Py<PyList> = PyList::empty(py).unbind();
    ///     assert!(one.is(&one.clone_ref(py)));
    ///     assert!(!one.is(PyList::empty(py)));
    /// });
    /// ```
    #[inline]
    pub fn is<U: AsRef<Py<PyAny>>>(&self, o: U) -> bool {
        self.as_ptr() == o.as_ref().as_ptr()
    }

    /// Returns the reference count of the object.
    #[deprecated(since = "0.29.0", note = "use `pyo3::ffi::Py_REFCNT(obj.as_ptr())` instead")]
    pub fn get_refcnt(&self, py: Python<'_>) -> isize {
        Active::ref_count(py.attached(), self.bind(py).any_handle()) as isize
    }

    /// Creates another `Py` with a new reference to the same object.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let one: Py<PyList> = PyList::empty(py).unbind();
    ///     let other = one.clone_ref(py);
    ///     one.bind(py).append(1)?;
    ///     assert_eq!(other.bind(py).len(), 1);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn clone_ref(&self, py: Python<'_>) -> Py<T> {
        self.bind(py).clone().unbind()
    }

    /// Releases the reference at once. Cheaper than dropping the `Py`, which must check whether the thread is attached.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// let kept: Py<PyAny> = Python::attach(|py| py.import("math").map(|module| module.into_any().unbind()))?;
    /// Python::attach(|py| kept.drop_ref(py));
    /// # Ok::<(), PyErr>(())
    /// ```
    #[inline]
    pub fn drop_ref(self, py: Python<'_>) {
        drop(self.into_bound(py));
    }

    /// Returns `true` if the object is `None`.
    pub fn is_none(&self, py: Python<'_>) -> bool {
        self.bind(py).as_any().is_none()
    }

    /// Returns the truth value of the object: `bool(self)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `__bool__` or `__len__` raises.
    pub fn is_truthy(&self, py: Python<'_>) -> PyResult<bool> {
        self.bind(py).as_any().is_truthy()
    }

    /// Converts the object to a Rust value, which may borrow from the object.
    ///
    /// # Errors
    ///
    /// Returns the error of the conversion.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let number: Py<PyAny> = py.eval(c"6 * 7", None, None)?.unbind();
    ///     assert_eq!(number.extract::<i32>(py)?, 42);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn extract<'a, 'py, D>(&'a self, py: Python<'py>) -> Result<D, D::Error>
    where
        D: FromPyObject<'a, 'py>,
        T: 'py,
    {
        self.bind_borrowed(py).extract()
    }

    /// Returns the attribute `attr_name`: `self.attr_name`.
    ///
    /// # Errors
    ///
    /// Returns `AttributeError` if there is no such attribute, or the exception that a descriptor raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let module: Py<PyAny> = py.import("math")?.into_any().unbind();
    ///     assert!(module.getattr(py, "pi")?.extract::<f64>(py)? > 3.1);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn getattr<'py, N>(&self, py: Python<'py>, attr_name: N) -> PyResult<Py<PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>,
    {
        self.bind(py).as_any().getattr(attr_name).map(Bound::unbind)
    }

    /// Sets the attribute `attr_name`: `self.attr_name = value`.
    ///
    /// # Errors
    ///
    /// Returns `AttributeError` if the attribute cannot be set, or the exception that a descriptor raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let settings: Py<PyAny> = py.import("types")?.call_method0("SimpleNamespace")?.unbind();
    ///     settings.setattr(py, "depth", 3)?;
    ///     assert_eq!(settings.getattr(py, "depth")?.extract::<i32>(py)?, 3);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn setattr<'py, N, V>(&self, py: Python<'py>, attr_name: N, value: V) -> PyResult<()>
    where
        N: IntoPyObject<'py, Target = PyString>,
        V: IntoPyObject<'py>,
    {
        self.bind(py).as_any().setattr(attr_name, value)
    }

    /// Calls the object: `self(*args, **kwargs)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that the call raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let sorted: Py<PyAny> = py.eval(c"sorted", None, None)?.unbind();
    ///     let options = [("reverse", true)].into_py_dict(py)?;
    ///     assert_eq!(sorted.call(py, ("abc",), Some(&options))?.extract::<Vec<String>>(py)?, ["c", "b", "a"]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn call<'py, A>(&self, py: Python<'py>, args: A, kwargs: Option<&Bound<'py, PyDict>>) -> PyResult<Py<PyAny>>
    where
        A: PyCallArgs<'py>,
    {
        self.bind(py).as_any().call(args, kwargs).map(Bound::unbind)
    }

    /// Calls the object with positional arguments: `self(*args)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that the call raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let sorted: Py<PyAny> = py.eval(c"sorted", None, None)?.unbind();
    ///     assert_eq!(sorted.call1(py, ("cab",))?.extract::<Vec<String>>(py)?, ["a", "b", "c"]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn call1<'py, A>(&self, py: Python<'py>, args: A) -> PyResult<Py<PyAny>>
    where
        A: PyCallArgs<'py>,
    {
        self.bind(py).as_any().call1(args).map(Bound::unbind)
    }

    /// Calls the object without arguments: `self()`.
    ///
    /// # Errors
    ///
    /// Returns the exception that the call raises.
    pub fn call0(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.bind(py).as_any().call0().map(Bound::unbind)
    }

    /// Calls the method `name`: `self.name(*args, **kwargs)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that reading the attribute or the call raises.
    pub fn call_method<'py, N, A>(
        &self,
        py: Python<'py>,
        name: N,
        args: A,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Py<PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>,
        A: PyCallArgs<'py>,
    {
        self.bind(py).as_any().call_method(name, args, kwargs).map(Bound::unbind)
    }

    /// Calls the method `name` with positional arguments: `self.name(*args)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that reading the attribute or the call raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let text: Py<PyAny> = py.eval(c"'a-b'", None, None)?.unbind();
    ///     let parts = text.call_method1(py, "split", ("-",))?;
    ///     assert_eq!(parts.extract::<Vec<String>>(py)?, ["a", "b"]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn call_method1<'py, N, A>(&self, py: Python<'py>, name: N, args: A) -> PyResult<Py<PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>,
        A: PyCallArgs<'py>,
    {
        self.bind(py).as_any().call_method1(name, args).map(Bound::unbind)
    }

    /// Calls the method `name` without arguments: `self.name()`.
    ///
    /// # Errors
    ///
    /// Returns the exception that reading the attribute or the call raises.
    pub fn call_method0<'py, N>(&self, py: Python<'py>, name: N) -> PyResult<Py<PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>,
    {
        self.bind(py).as_any().call_method0(name).map(Bound::unbind)
    }

    /// Casts to `U`, if the object is an instance of `U` or of a subclass.
    ///
    /// # Errors
    ///
    /// Returns [`CastError`] if the object is anything else.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let object: Py<PyAny> = PyDict::new(py).into_any().unbind();
    ///     assert!(object.cast_bound::<PyDict>(py)?.is_empty());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn cast_bound<'py, U>(&self, py: Python<'py>) -> Result<&Bound<'py, U>, CastError<'_, 'py>>
    where
        U: PyTypeCheck,
    {
        self.bind(py).cast()
    }
}

/// Only with the feature `py-clone`. Panics if the thread is not attached, unlike [`Py::clone_ref`].
#[cfg(feature = "py-clone")]
impl<T> Clone for Py<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        clone_attached(|py| self.clone_ref(py))
    }
}

/// Calls `clone` with the token of this thread. Panics if the thread is not attached.
#[cfg(feature = "py-clone")]
#[track_caller]
pub(crate) fn clone_attached<T>(clone: impl FnOnce(Python<'_>) -> T) -> T {
    use pyo3_backend::ThreadOps;
    assert!(Active::thread_is_attached(), "Cannot clone pointer into Python heap without the thread being attached.");
    match Active::thread_attach(|py| clone(Python::from_attached(py))) {
        Ok(clone) => clone,
        Err(_) => unreachable!("the thread is attached"),
    }
}

impl<T> AsRef<Py<PyAny>> for Py<T> {
    #[inline]
    fn as_ref(&self) -> &Py<PyAny> {
        self.as_any()
    }
}

impl<T: DerefToPyAny> From<Py<T>> for Py<PyAny> {
    #[inline]
    fn from(other: Py<T>) -> Self {
        other.into_any()
    }
}

impl<T: DerefToPyAny> From<Bound<'_, T>> for Py<PyAny> {
    #[inline]
    fn from(other: Bound<'_, T>) -> Self {
        other.into_any().unbind()
    }
}

impl<T> From<Bound<'_, T>> for Py<T> {
    #[inline]
    fn from(other: Bound<'_, T>) -> Self {
        other.unbind()
    }
}

impl<T> From<&Bound<'_, T>> for Py<T> {
    #[inline]
    fn from(other: &Bound<'_, T>) -> Self {
        other.clone().unbind()
    }
}

impl<T> From<Borrowed<'_, '_, T>> for Py<T> {
    #[inline]
    fn from(other: Borrowed<'_, '_, T>) -> Self {
        other.to_owned().unbind()
    }
}

impl<'a, 'py, T: PyTypeCheck + 'a> FromPyObject<'a, 'py> for Py<T> {
    type Error = CastError<'a, 'py>;
    input_type!(type T);

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        object.cast().map(|object| object.to_owned().unbind())
    }
}

impl<T> core::fmt::Display for Py<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        Python::attach(|py| core::fmt::Display::fmt(self.bind(py), f))
    }
}

impl<T> core::fmt::Debug for Py<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Py({:p})", self.as_ptr())
    }
}

const _: () = {
    const fn send_and_sync<T: Send + Sync>() {}
    send_and_sync::<Py<*mut ()>>();
};
