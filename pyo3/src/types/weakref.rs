//! The types of weak references: `weakref.ref` and `weakref.proxy`.

#![expect(unsafe_code, reason = "PyO3's API includes `upgrade_as_unchecked`, which is unsafe")]

use pyo3_backend::WeakrefOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::sync::PyOnceLock;
use crate::types::{PyAnyMethods, PyTuple, PyType};
use crate::{Bound, IntoPyObject, IntoPyObjectExt, Py, PyAny, PyResult, PyTypeCheck, PyTypeInfo, Python};

native_types! {
    /// Python's `weakref.ref`: a weak reference. Its methods are in [`PyWeakrefMethods`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyWeakrefReference;
    ///
    /// #[pyclass(weakref)]
    /// struct Picture;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let picture = Bound::new(py, Picture)?;
    ///     let reference = PyWeakrefReference::new(&picture)?;
    ///     assert!(reference.upgrade().is_some());
    ///     drop(picture);
    ///     assert!(reference.upgrade().is_none());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyWeakrefReference = WeakRef;
}

object_type! {
    /// A weak proxy, as `weakref.proxy` returns it, of a callable or any other object. Its methods are in
    /// [`PyWeakrefMethods`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyWeakrefProxy;
    ///
    /// #[pyclass(weakref)]
    /// struct Picture {
    ///     #[pyo3(get)]
    ///     width: u32,
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let picture = Bound::new(py, Picture { width: 640 })?;
    ///     let proxy = PyWeakrefProxy::new(&picture)?;
    ///     assert_eq!(proxy.getattr("width")?.extract::<u32>()?, 640);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyWeakrefProxy
}

object_type! {
    /// A weak reference or a weak proxy. Its methods are in [`PyWeakrefMethods`].
    PyWeakref
}

/// Returns the two types of weak proxies.
fn proxy_types(py: Python<'_>) -> &[Py<PyType>; 2] {
    static TYPES: PyOnceLock<[Py<PyType>; 2]> = PyOnceLock::new();
    let find = || -> PyResult<[Py<PyType>; 2]> {
        let module = py.import("weakref")?;
        let plain = module.getattr("ProxyType")?.cast_into::<PyType>()?;
        let callable = module.getattr("CallableProxyType")?.cast_into::<PyType>()?;
        Ok([plain.unbind(), callable.unbind()])
    };
    TYPES.get_or_try_init(py, find).expect("`weakref` has both types of proxies")
}

// SAFETY: the check accepts weak proxies only, and the methods rely on nothing else.
unsafe impl PyTypeCheck for PyWeakrefProxy {
    #[cfg(feature = "compat-0-28")]
    const NAME: &'static str = "weakref.ProxyTypes";
    type_hint!(("weakref" "ProxyType") | ("weakref" "CallableProxyType"));

    fn type_check(object: &Bound<'_, PyAny>) -> bool {
        Active::weakref_is_proxy(object.py().attached(), object.any_handle())
    }

    fn classinfo_object(py: Python<'_>) -> Bound<'_, PyAny> {
        let types = proxy_types(py).iter().map(|class| class.bind(py));
        PyTuple::new(py, types).expect("types convert").into_any()
    }
}

// SAFETY: the check accepts weak references and weak proxies only, and the methods rely on nothing else.
unsafe impl PyTypeCheck for PyWeakref {
    #[cfg(feature = "compat-0-28")]
    const NAME: &'static str = "weakref";
    type_hint!((type PyWeakrefProxy) | (type PyWeakrefReference));

    fn type_check(object: &Bound<'_, PyAny>) -> bool {
        PyWeakrefReference::type_check(object) || PyWeakrefProxy::type_check(object)
    }

    fn classinfo_object(py: Python<'_>) -> Bound<'_, PyAny> {
        let [plain, callable] = proxy_types(py);
        let types = [plain.bind(py).clone(), callable.bind(py).clone(), PyWeakrefReference::type_object(py)];
        PyTuple::new(py, types).expect("types convert").into_any()
    }
}

fn reference<'py>(
    object: &Bound<'py, PyAny>,
    callback: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyWeakrefReference>> {
    let py = object.py();
    let callback = callback.map(|callback| callback.any_handle());
    Active::weakref_new(py.attached(), object.any_handle(), callback).or_raise(py).map(Bound::from_handle)
}

fn proxy<'py>(
    object: &Bound<'py, PyAny>,
    callback: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyWeakrefProxy>> {
    let py = object.py();
    let callback = callback.map(|callback| callback.any_handle());
    let proxy = Active::weakref_proxy_new(py.attached(), object.any_handle(), callback).or_raise(py)?;
    Ok(Bound::<PyAny>::wrap(proxy).cast_into::<PyWeakrefProxy>()?)
}

impl PyWeakrefReference {
    /// Creates a weak reference: `weakref.ref(object)`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `object` does not support weak references.
    pub fn new<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyWeakrefReference>> {
        reference(object, None)
    }

    /// Creates a weak reference with a callback: `weakref.ref(object, callback)`.
    ///
    /// Python calls `callback` with the reference when the object has died.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `object` does not support weak references, or the error of converting `callback`.
    pub fn new_with<'py, C>(object: &Bound<'py, PyAny>, callback: C) -> PyResult<Bound<'py, PyWeakrefReference>>
    where
        C: IntoPyObject<'py>,
    {
        let callback = callback.into_bound_py_any(object.py())?;
        reference(object, Some(&callback))
    }
}

impl PyWeakrefProxy {
    /// Creates a weak proxy: `weakref.proxy(object)`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `object` does not support weak references.
    pub fn new<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyWeakrefProxy>> {
        proxy(object, None)
    }

    /// Creates a weak proxy with a callback: `weakref.proxy(object, callback)`.
    ///
    /// Python calls `callback` with the proxy when the object has died.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `object` does not support weak references, or the error of converting `callback`.
    pub fn new_with<'py, C>(object: &Bound<'py, PyAny>, callback: C) -> PyResult<Bound<'py, PyWeakrefProxy>>
    where
        C: IntoPyObject<'py>,
    {
        let callback = callback.into_bound_py_any(object.py())?;
        proxy(object, Some(&callback))
    }
}

/// Methods of [`PyWeakref`], [`PyWeakrefReference`] and [`PyWeakrefProxy`].
#[doc(alias = "PyWeakref")]
pub trait PyWeakrefMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the object, or `None` if it has died.
    fn upgrade(&self) -> Option<Bound<'py, PyAny>>;

    /// Returns the object as a `T`, or `None` if it has died.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the object is not an instance of `T`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyWeakrefReference;
    ///
    /// #[pyclass(weakref)]
    /// struct Counter(u32);
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let counter = Bound::new(py, Counter(5))?;
    ///     let reference = PyWeakrefReference::new(&counter)?;
    ///     let same = reference.upgrade_as::<Counter>()?.expect("`counter` keeps it alive");
    ///     assert_eq!(same.borrow().0, 5);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn upgrade_as<T>(&self) -> PyResult<Option<Bound<'py, T>>>
    where
        T: PyTypeCheck,
    {
        match self.upgrade() {
            Some(object) => Ok(Some(object.cast_into()?)),
            None => Ok(None),
        }
    }

    /// Returns the object as a `T`, or `None` if it has died, without checking its type.
    ///
    /// # Safety
    ///
    /// The object must be an instance of `T`.
    unsafe fn upgrade_as_unchecked<T>(&self) -> Option<Bound<'py, T>> {
        // SAFETY: the caller promises that the object is an instance of `T`.
        self.upgrade().map(|object| unsafe { object.cast_into_unchecked() })
    }

    /// Returns the object as a `T`, or `None` if it has died. Refuses instances of subclasses.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the type of the object is not exactly `T`.
    fn upgrade_as_exact<T>(&self) -> PyResult<Option<Bound<'py, T>>>
    where
        T: PyTypeInfo,
    {
        match self.upgrade() {
            Some(object) => Ok(Some(object.cast_into_exact()?)),
            None => Ok(None),
        }
    }
}

/// Returns the object that a weak reference or a weak proxy refers to, or `None` if it has died.
fn target<'py>(reference: &Bound<'py, PyAny>) -> Option<Bound<'py, PyAny>> {
    Active::weakref_target(reference.py().attached(), reference.any_handle()).map(Bound::wrap)
}

impl<'py> PyWeakrefMethods<'py> for Bound<'py, PyWeakrefReference> {
    fn upgrade(&self) -> Option<Bound<'py, PyAny>> {
        target(self)
    }
}

impl<'py> PyWeakrefMethods<'py> for Bound<'py, PyWeakrefProxy> {
    fn upgrade(&self) -> Option<Bound<'py, PyAny>> {
        target(self)
    }
}

impl<'py> PyWeakrefMethods<'py> for Bound<'py, PyWeakref> {
    fn upgrade(&self) -> Option<Bound<'py, PyAny>> {
        target(self)
    }
}
