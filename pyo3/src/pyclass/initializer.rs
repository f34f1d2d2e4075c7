//! [`PyClassInitializer`]: the values that fill an instance, those of base classes included.

#![expect(unsafe_code, reason = "instances are allocated for a type that must be the class or a subtype")]

use pyo3_backend::ClassOps;

use super::PyClass;
use super::base::{Initializer, NoInitializer, PyClassBaseType};
use super::contract::ClassOf;
use super::definition::PyClassImpl;
use super::payload::Payload;
use super::type_object::{is_class, type_handle};
use crate::backend::Active;
use crate::err::ResultExt;
use crate::exceptions::PyTypeError;
use crate::types::PyType;
use crate::{Bound, PyErr, PyResult, Python};

/// The values for a new instance of `T`: one for the class, and one for each Rust class that it extends.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[pyclass(subclass)]
/// struct Base { base: i32 }
///
/// #[pyclass(extends = Base)]
/// struct Derived { own: i32 }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let values = PyClassInitializer::from(Base { base: 1 }).add_subclass(Derived { own: 2 });
///     let object = Bound::new(py, values)?;
///     assert_eq!(object.borrow().own, 2);
///     assert_eq!(object.as_super().borrow().base, 1);
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
pub struct PyClassInitializer<T: PyClass> {
    init: T,
    super_init: <T::BaseType as PyClassBaseType>::Initializer,
}

impl<T: PyClass> PyClassInitializer<T> {
    /// Combines the value of the class with what fills its base.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::PyClassInitializer;
    ///
    /// #[pyclass(subclass)]
    /// struct Animal;
    ///
    /// #[pyclass(extends = Animal)]
    /// struct Dog;
    ///
    /// #[pymethods]
    /// impl Dog {
    ///     #[new]
    ///     fn new() -> PyClassInitializer<Self> {
    ///         PyClassInitializer::new(Dog, PyClassInitializer::from(Animal))
    ///     }
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert!(py.get_type::<Dog>().call0()?.is_instance_of::<Animal>());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[track_caller]
    #[inline]
    pub fn new(init: T, super_init: <T::BaseType as PyClassBaseType>::Initializer) -> Self {
        PyClassInitializer { init, super_init }
    }

    /// Adds the value of a class that extends this one.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::PyClassInitializer;
    ///
    /// #[pyclass(subclass)]
    /// struct Animal {
    ///     legs: u8,
    /// }
    ///
    /// #[pyclass(extends = Animal)]
    /// struct Dog {
    ///     name: &'static str,
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let parts = PyClassInitializer::from(Animal { legs: 4 }).add_subclass(Dog { name: "Rex" });
    ///     let dog = Bound::new(py, parts)?;
    ///     assert_eq!((dog.borrow().name, dog.borrow().as_super().legs), ("Rex", 4));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[track_caller]
    #[inline]
    pub fn add_subclass<S>(self, subclass_value: S) -> PyClassInitializer<S>
    where
        S: PyClass<BaseType = T>,
        S::BaseType: PyClassBaseType<Initializer = Self>,
    {
        PyClassInitializer::new(subclass_value, self)
    }

    /// Creates an instance of the class itself.
    #[inline]
    pub(crate) fn create(self, py: Python<'_>) -> PyResult<Bound<'_, T>> {
        let class = type_handle::<T>(py);
        // SAFETY: `class` is the type object of the class itself.
        let object = unsafe { Active::class_allocate::<ClassOf<T>>(py.attached(), class, self.into_values()) };
        // SAFETY: the object is an instance of that type.
        object.or_raise(py).map(|object| unsafe { Bound::wrap_unchecked(object) })
    }

    /// Creates an instance of `class`, which is the class or inherits from it.
    ///
    /// # Errors
    ///
    /// `TypeError` if `class` is neither.
    #[inline(always)]
    pub(crate) fn create_of_type<'py>(self, py: Python<'py>, class: &Bound<'py, PyType>) -> PyResult<Bound<'py, T>> {
        let class = class.handle();
        if !is_class::<T>(py, class) {
            return Err(no_subtype(<T as PyClass>::NAME));
        }
        // SAFETY: `is_class` has just checked that this is the class or a subclass of it.
        let object = unsafe { Active::class_allocate::<ClassOf<T>>(py.attached(), class, self.into_values()) };
        // SAFETY: the object is an instance of that type.
        object.or_raise(py).map(|object| unsafe { Bound::wrap_unchecked(object) })
    }
}

#[cold]
#[inline(never)]
fn no_subtype(class: &str) -> PyErr {
    PyTypeError::new_err(format!("the type to make is not a subtype of {class}"))
}

impl<T: PyClass> Initializer<pyo3_backend::Derived<ClassOf<T>>> for PyClassInitializer<T> {
    #[inline]
    fn into_values(self) -> <pyo3_backend::Derived<ClassOf<T>> as pyo3_backend::BaseClass<Active>>::Values {
        pyo3_backend::Values::new(Payload::new(self.init), self.super_init.into_values())
    }
}

impl<T> From<T> for PyClassInitializer<T>
where
    T: PyClass,
    T::BaseType: PyClassBaseType<Initializer = NoInitializer<<T as PyClassImpl>::BaseType>>,
{
    #[inline]
    fn from(value: T) -> PyClassInitializer<T> {
        PyClassInitializer::new(value, NoInitializer::default())
    }
}

impl<S, B> From<(S, B)> for PyClassInitializer<S>
where
    S: PyClass<BaseType = B>,
    B: PyClass + PyClassBaseType<Initializer = PyClassInitializer<B>>,
    B::BaseType: PyClassBaseType<Initializer = NoInitializer<B::BaseType>>,
{
    #[track_caller]
    #[inline]
    fn from((own, base): (S, B)) -> PyClassInitializer<S> {
        PyClassInitializer::from(base).add_subclass(own)
    }
}
