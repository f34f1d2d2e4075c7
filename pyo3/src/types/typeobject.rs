//! `type`.

#![expect(unsafe_code, reason = "raw pointers to types, in the API we are compatible with")]

use core::ptr::NonNull;

use pyo3_backend::TypeOps;

use crate::backend::{Active, Ref};
use crate::err::ResultExt;
use crate::types::{PyAnyMethods, PyString, PyStringMethods, PyTuple};
use crate::{Borrowed, Bound, PyAny, PyResult, PyTypeInfo, Python, ffi, intern};

native_types! {
    /// Python's `type`: a class.
    ///
    /// Methods are in [`PyTypeMethods`].
    PyType = Type;
}

impl PyType {
    /// The type object of `T`; [`Python::get_type`] is the same.
    #[inline]
    pub fn new<T: PyTypeInfo>(py: Python<'_>) -> Bound<'_, PyType> {
        T::type_object(py)
    }

    /// Adds a reference to the type that `p` points to.
    ///
    /// # Safety
    ///
    /// `p` points to a type object.
    ///
    /// # Panics
    ///
    /// Where `p` is null.
    #[inline]
    pub unsafe fn from_borrowed_type_ptr(py: Python<'_>, p: *mut ffi::PyTypeObject) -> Bound<'_, PyType> {
        let _ = py;
        let pointer = NonNull::new(p).expect("a type").cast();
        // SAFETY: as the caller promises, a live type, of which `to_owned` takes a reference at once.
        Borrowed::from_handle(unsafe { Ref::from_ptr(pointer) }).to_owned()
    }
}

/// Methods of [`PyType`].
#[doc(alias = "PyType")]
pub trait PyTypeMethods<'py>: crate::types::sealed::Sealed {
    /// The raw pointer, borrowed.
    fn as_type_ptr(&self) -> *mut ffi::PyTypeObject;

    /// `self.__name__`
    ///
    /// # Errors
    ///
    /// What a metaclass raises.
    fn name(&self) -> PyResult<Bound<'py, PyString>>;

    /// `self.__qualname__`
    ///
    /// # Errors
    ///
    /// What a metaclass raises.
    fn qualname(&self) -> PyResult<Bound<'py, PyString>>;

    /// `self.__module__`
    ///
    /// # Errors
    ///
    /// `AttributeError`; `TypeError` if it is not a string.
    fn module(&self) -> PyResult<Bound<'py, PyString>>;

    /// The module and the qualified name with a dot between; the latter alone for built-in types and those of `__main__`.
    ///
    /// # Errors
    ///
    /// As [`module`](Self::module).
    fn fully_qualified_name(&self) -> PyResult<Bound<'py, PyString>>;

    /// `issubclass(self, other)`
    ///
    /// # Errors
    ///
    /// `TypeError` if `other` is no class; what `__subclasscheck__` raises.
    fn is_subclass(&self, other: &Bound<'_, PyAny>) -> PyResult<bool>;

    /// `issubclass(self, T)`
    ///
    /// # Errors
    ///
    /// What `__subclasscheck__` raises.
    fn is_subclass_of<T>(&self) -> PyResult<bool>
    where
        T: PyTypeInfo;

    /// `self.__mro__`
    fn mro(&self) -> Bound<'py, PyTuple>;

    /// `self.__bases__`
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

/// An attribute that every type has, and that is a tuple.
fn tuple_attribute<'py>(class: &Bound<'py, PyType>, name: &Bound<'py, PyString>) -> Bound<'py, PyTuple> {
    let value = class.getattr(name).expect("every type has it");
    value.cast_into::<PyTuple>().expect("it is a tuple")
}
