//! Weak references: `weakref.ref` and `weakref.proxy`.

#![expect(unsafe_code, reason = "`upgrade_as_unchecked` is unsafe in the API we are compatible with")]

use pyo3_backend::WeakrefOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::sync::PyOnceLock;
use crate::types::{PyAnyMethods, PyTuple, PyType};
use crate::{Bound, IntoPyObject, IntoPyObjectExt, Py, PyAny, PyResult, PyTypeCheck, PyTypeInfo, Python};

native_types! {
    /// A weak reference: `weakref.ref`. Methods are in [`PyWeakrefMethods`].
    PyWeakrefReference = WeakRef;
}

object_type! {
    /// A weak proxy, `weakref.proxy`, of a callable object or another. Methods are in [`PyWeakrefMethods`].
    PyWeakrefProxy
}

object_type! {
    /// A weak reference or a weak proxy. Methods are in [`PyWeakrefMethods`].
    PyWeakref
}

/// The two types of proxies.
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

// SAFETY: objects of these types are weak proxies, and the methods rely on nothing else.
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

// SAFETY: objects of these types are weak references or weak proxies, and the methods rely on nothing else.
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
    /// `weakref.ref(object)`
    ///
    /// # Errors
    ///
    /// `TypeError` if there can be no weak reference to it.
    pub fn new<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyWeakrefReference>> {
        reference(object, None)
    }

    /// `weakref.ref(object, callback)`: `callback` is called with the reference when the object is gone.
    ///
    /// # Errors
    ///
    /// `TypeError` if there can be no weak reference to it.
    pub fn new_with<'py, C>(object: &Bound<'py, PyAny>, callback: C) -> PyResult<Bound<'py, PyWeakrefReference>>
    where
        C: IntoPyObject<'py>,
    {
        let callback = callback.into_bound_py_any(object.py())?;
        reference(object, Some(&callback))
    }
}

impl PyWeakrefProxy {
    /// `weakref.proxy(object)`
    ///
    /// # Errors
    ///
    /// `TypeError` if there can be no weak reference to it.
    pub fn new<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyWeakrefProxy>> {
        proxy(object, None)
    }

    /// `weakref.proxy(object, callback)`: `callback` is called with the proxy when the object is gone.
    ///
    /// # Errors
    ///
    /// `TypeError` if there can be no weak reference to it.
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
    /// The object, or `None` if it is gone.
    fn upgrade(&self) -> Option<Bound<'py, PyAny>>;

    /// As [`upgrade`](Self::upgrade), as a `T` or a subclass.
    ///
    /// # Errors
    ///
    /// `TypeError` if the object is not a `T`.
    fn upgrade_as<T>(&self) -> PyResult<Option<Bound<'py, T>>>
    where
        T: PyTypeCheck,
    {
        match self.upgrade() {
            Some(object) => Ok(Some(object.cast_into()?)),
            None => Ok(None),
        }
    }

    /// As [`upgrade_as`](Self::upgrade_as), without a check.
    ///
    /// # Safety
    ///
    /// The object is a `T`.
    unsafe fn upgrade_as_unchecked<T>(&self) -> Option<Bound<'py, T>> {
        // SAFETY: as the caller promises.
        self.upgrade().map(|object| unsafe { object.cast_into_unchecked() })
    }

    /// As [`upgrade_as`](Self::upgrade_as), refusing subclasses.
    ///
    /// # Errors
    ///
    /// `TypeError` if the type of the object is not exactly `T`.
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

/// What a reference or a proxy refers to.
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
