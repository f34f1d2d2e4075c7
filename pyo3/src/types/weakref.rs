//! Weak references: `weakref.ref` and `weakref.proxy`.

#![expect(unsafe_code, reason = "`upgrade_as_unchecked` is unsafe in the API we are compatible with")]

use pyo3_backend::ObjectOps;

use crate::backend::Active;
use crate::sync::PyOnceLock;
use crate::types::{DerefToPyAny, PyAnyMethods, PyTuple, PyType};
use crate::{Bound, IntoPyObject, Py, PyAny, PyResult, PyTypeCheck, PyTypeInfo, Python};

native_types! {
    /// A weak reference: `weakref.ref`. Methods are in [`PyWeakrefMethods`].
    PyWeakrefReference = WeakRef;
}

/// A weak proxy, `weakref.proxy`, of a callable object or another. Methods are in [`PyWeakrefMethods`].
#[repr(transparent)]
pub struct PyWeakrefProxy(PyAny);

/// A weak reference or a weak proxy. Methods are in [`PyWeakrefMethods`].
#[repr(transparent)]
pub struct PyWeakref(PyAny);

impl DerefToPyAny for PyWeakrefProxy {}
impl DerefToPyAny for PyWeakref {}

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

    fn type_check(object: &Bound<'_, PyAny>) -> bool {
        let class = object.get_type();
        proxy_types(object.py()).iter().any(|proxy| proxy.is(&class))
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

    fn type_check(object: &Bound<'_, PyAny>) -> bool {
        PyWeakrefReference::type_check(object) || PyWeakrefProxy::type_check(object)
    }

    fn classinfo_object(py: Python<'_>) -> Bound<'_, PyAny> {
        let [plain, callable] = proxy_types(py);
        let types = [PyWeakrefReference::type_object(py), plain.bind(py).clone(), callable.bind(py).clone()];
        PyTuple::new(py, types).expect("types convert").into_any()
    }
}

impl PyWeakrefReference {
    /// `weakref.ref(object)`
    ///
    /// # Errors
    ///
    /// `TypeError` where there can be no weak reference to it.
    pub fn new<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyWeakrefReference>> {
        Ok(PyWeakrefReference::type_object(object.py()).call1((object,))?.cast_into::<PyWeakrefReference>()?)
    }

    /// `weakref.ref(object, callback)`: `callback` is called with the reference when the object is gone.
    ///
    /// # Errors
    ///
    /// `TypeError` where there can be no weak reference to it.
    pub fn new_with<'py, C>(object: &Bound<'py, PyAny>, callback: C) -> PyResult<Bound<'py, PyWeakrefReference>>
    where
        C: IntoPyObject<'py>,
    {
        let reference = PyWeakrefReference::type_object(object.py()).call1((object, callback))?;
        Ok(reference.cast_into::<PyWeakrefReference>()?)
    }
}

impl PyWeakrefProxy {
    /// `weakref.proxy(object)`
    ///
    /// # Errors
    ///
    /// `TypeError` where there can be no weak reference to it.
    pub fn new<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyWeakrefProxy>> {
        let proxy = object.py().import("weakref")?.getattr("proxy")?.call1((object,))?;
        Ok(proxy.cast_into::<PyWeakrefProxy>()?)
    }

    /// `weakref.proxy(object, callback)`: `callback` is called with the proxy when the object is gone.
    ///
    /// # Errors
    ///
    /// `TypeError` where there can be no weak reference to it.
    pub fn new_with<'py, C>(object: &Bound<'py, PyAny>, callback: C) -> PyResult<Bound<'py, PyWeakrefProxy>>
    where
        C: IntoPyObject<'py>,
    {
        let proxy = object.py().import("weakref")?.getattr("proxy")?.call1((object, callback))?;
        Ok(proxy.cast_into::<PyWeakrefProxy>()?)
    }
}

/// Methods of [`PyWeakref`], [`PyWeakrefReference`] and [`PyWeakrefProxy`].
#[doc(alias = "PyWeakref")]
pub trait PyWeakrefMethods<'py>: crate::types::sealed::Sealed {
    /// The object, or `None` where it is gone.
    fn upgrade(&self) -> Option<Bound<'py, PyAny>>;

    /// As [`upgrade`](Self::upgrade), as a `T` or a subclass.
    ///
    /// # Errors
    ///
    /// `TypeError` where the object is no `T`.
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
    /// `TypeError` where the type of the object is not exactly `T`.
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
