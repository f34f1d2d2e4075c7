//! [`PyType`]: Python's `type`.

#![expect(unsafe_code, reason = "PyO3's API includes raw pointers to types")]

use core::ptr::NonNull;

use pyo3_backend::TypeOps;

use crate::backend::{Active, Ref};
use crate::err::ResultExt;
use crate::types::{PyAnyMethods, PyString, PyStringMethods, PyTuple};
use crate::{Borrowed, Bound, PyAny, PyResult, PyTypeInfo, Python, ffi, intern};

native_types! {
    /// Python's `type`: a class. Its methods are in [`PyTypeMethods`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyBool, PyInt};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bool = py.get_type::<PyBool>();
    ///     assert_eq!(bool.name()?, "bool");
    ///     assert!(bool.is_subclass_of::<PyInt>()?);
    ///     assert!(bool.call1((1,))?.extract::<bool>()?);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyType = Type;
}

impl PyType {
    /// Returns the type object of `T`. Same as [`Python::get_type`].
    ///
    /// # Panics
    ///
    /// Same as [`PyTypeInfo::type_object`].
    #[inline]
    pub fn new<T: PyTypeInfo>(py: Python<'_>) -> Bound<'_, PyType> {
        T::type_object(py)
    }

    /// Creates an owned reference to the type object that `p` points to.
    ///
    /// # Safety
    ///
    /// `p` must point to a live type object, or be null.
    ///
    /// # Panics
    ///
    /// Panics if `p` is null.
    #[inline]
    pub unsafe fn from_borrowed_type_ptr(py: Python<'_>, p: *mut ffi::PyTypeObject) -> Bound<'_, PyType> {
        let _ = py;
        let pointer = NonNull::new(p).expect("a type").cast();
        // SAFETY: the caller promises a live type object, and the thread is attached. `to_owned` takes a reference at
        // once.
        Borrowed::from_handle(unsafe { Ref::from_ptr(pointer) }).to_owned()
    }
}

/// Methods of [`PyType`].
#[doc(alias = "PyType")]
pub trait PyTypeMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the type object as a raw pointer: a borrowed reference.
    fn as_type_ptr(&self) -> *mut ffi::PyTypeObject;

    /// Returns the name of the class: `self.__name__`.
    ///
    /// # Errors
    ///
    /// Returns the exception that a metaclass raises.
    fn name(&self) -> PyResult<Bound<'py, PyString>>;

    /// Returns the qualified name of the class: `self.__qualname__`.
    ///
    /// # Errors
    ///
    /// Returns the exception that a metaclass raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let method = py.import("string")?.getattr("Formatter")?.cast_into::<pyo3::types::PyType>()?;
    ///     assert_eq!(method.qualname()?, "Formatter");
    ///     assert_eq!(method.module()?, "string");
    ///     assert_eq!(method.fully_qualified_name()?, "string.Formatter");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn qualname(&self) -> PyResult<Bound<'py, PyString>>;

    /// Returns the name of the module that defines the class: `self.__module__`.
    ///
    /// # Errors
    ///
    /// Returns `AttributeError` if there is no such attribute, or `TypeError` if it is not a string.
    fn module(&self) -> PyResult<Bound<'py, PyString>>;

    /// Returns the name of the module and the qualified name, separated by a dot.
    ///
    /// For built-in classes and those of `__main__`, returns the qualified name alone.
    ///
    /// # Errors
    ///
    /// Same as [`module`](Self::module) and [`qualname`](Self::qualname).
    fn fully_qualified_name(&self) -> PyResult<Bound<'py, PyString>>;

    /// Returns `true` if the class is `other` or a subclass of it: `issubclass(self, other)`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `other` is not a class, or the exception that `__subclasscheck__` raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::{PyLookupError, PyKeyError};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let key_error = py.get_type::<PyKeyError>();
    ///     assert!(key_error.is_subclass(&py.get_type::<PyLookupError>())?);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn is_subclass(&self, other: &Bound<'_, PyAny>) -> PyResult<bool>;

    /// Returns `true` if the class is `T` or a subclass of it: `issubclass(self, T)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `__subclasscheck__` raises.
    fn is_subclass_of<T>(&self) -> PyResult<bool>
    where
        T: PyTypeInfo;

    /// Returns the method resolution order: `self.__mro__`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyBool;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let names = py.get_type::<PyBool>().mro().iter().map(|class| class.to_string()).collect::<Vec<_>>();
    ///     assert_eq!(names, ["<class 'bool'>", "<class 'int'>", "<class 'object'>"]);
    /// });
    /// ```
    fn mro(&self) -> Bound<'py, PyTuple>;

    /// Returns the direct base classes: `self.__bases__`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyBool, PyInt};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bases = py.get_type::<PyBool>().bases();
    ///     assert!(bases.get_item(0)?.is(py.get_type::<PyInt>()));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn bases(&self) -> Bound<'py, PyTuple>;
}

impl<'py> PyTypeMethods<'py> for Bound<'py, PyType> {
    #[inline]
    fn as_type_ptr(&self) -> *mut ffi::PyTypeObject {
        self.as_ptr().cast()
    }

    fn name(&self) -> PyResult<Bound<'py, PyString>> {
        Active::type_name(self.py().attached(), self.handle()).or_raise(self.py()).map(Bound::from_handle)
    }

    fn qualname(&self) -> PyResult<Bound<'py, PyString>> {
        Active::type_qualname(self.py().attached(), self.handle()).or_raise(self.py()).map(Bound::from_handle)
    }

    fn module(&self) -> PyResult<Bound<'py, PyString>> {
        Ok(self.getattr(intern!(self.py(), "__module__"))?.cast_into::<PyString>()?)
    }

    fn fully_qualified_name(&self) -> PyResult<Bound<'py, PyString>> {
        let (module, qualname) = (self.module()?, self.qualname()?);
        if module == "builtins" || module == "__main__" {
            return Ok(qualname);
        }
        let name = format!("{}.{}", module.to_string_lossy(), qualname.to_string_lossy());
        Ok(PyString::new(self.py(), &name))
    }

    fn is_subclass(&self, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        Active::type_is_subclass(self.py().attached(), self.any_handle(), other.any_handle()).or_raise(self.py())
    }

    fn is_subclass_of<T>(&self) -> PyResult<bool>
    where
        T: PyTypeInfo,
    {
        self.is_subclass(T::type_object(self.py()).as_any())
    }

    fn mro(&self) -> Bound<'py, PyTuple> {
        tuple_attribute(self, intern!(self.py(), "__mro__"))
    }

    fn bases(&self) -> Bound<'py, PyTuple> {
        tuple_attribute(self, intern!(self.py(), "__bases__"))
    }
}

/// Returns an attribute that every type has and that is a tuple.
fn tuple_attribute<'py>(class: &Bound<'py, PyType>, name: &Bound<'py, PyString>) -> Bound<'py, PyTuple> {
    let value = class.getattr(name).expect("every type has it");
    value.cast_into::<PyTuple>().expect("it is a tuple")
}
