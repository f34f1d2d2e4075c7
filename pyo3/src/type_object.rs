//! Rust types that stand for Python types.

#![expect(unsafe_code, reason = "the traits promise what casts rely on")]

use core::ptr::NonNull;

use pyo3_backend::TypeOps;

use crate::backend::{Active, Ref};
#[cfg(feature = "experimental-inspect")]
use crate::inspect::PyStaticExpr;
use crate::types::{PyAny, PyType};
use crate::{Borrowed, Bound, Python, ffi};

/// A type with the same memory layout as the objects of the Python type `T`.
///
/// # Safety
///
/// A pointer to an object of type `T` may be read as a pointer to `Self`.
pub unsafe trait PyLayout<T> {}

/// A [layout](PyLayout) with the same size for every object of the type, unlike C's `PyVarObject`.
pub trait PySizedLayout<T>: PyLayout<T> + Sized {}

// SAFETY: every object starts with these fields.
unsafe impl PyLayout<PyAny> for ffi::PyObject {}
impl PySizedLayout<PyAny> for ffi::PyObject {}

/// A Rust type that stands for a Python type with a type object: native types, and every `#[pyclass]`.
///
/// # Safety
///
/// `is_type_of` returns `true` only for instances of the type object, and the Rust type may be used for those.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::PyTypeInfo;
/// use pyo3::types::PyInt;
///
/// fn class_name<T: PyTypeInfo>(py: Python<'_>) -> PyResult<String> {
///     T::type_object(py).name()?.extract()
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     assert_eq!(class_name::<PyInt>(py)?, "int");
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
#[diagnostic::on_unimplemented(message = "`{Self}` is not a Python class", label = "not a `#[pyclass]`")]
pub unsafe trait PyTypeInfo: Sized {
    /// The name, for users of 0.29 and before. Empty if a newer implementation does not define it.
    #[cfg(feature = "compat-0-29")]
    #[doc(hidden)]
    #[deprecated(since = "0.28.0", note = "prefer using `::type_object(py).name()` to get the correct runtime value")]
    const NAME: &'static str = "";

    /// The module, for users of 0.29 and before.
    #[cfg(feature = "compat-0-29")]
    #[doc(hidden)]
    #[deprecated(since = "0.28.0", note = "prefer using `::type_object(py).module()` to get the correct runtime value")]
    const MODULE: Option<&'static str> = None;

    /// The type hint of the type. `_typeshed.Incomplete` if the implementation does not define it.
    #[cfg(feature = "experimental-inspect")]
    const TYPE_HINT: PyStaticExpr = crate::type_hints::INCOMPLETE;

    /// Returns the type object as a raw pointer. It is borrowed, and lives as long as the interpreter.
    fn type_object_raw(py: Python<'_>) -> *mut ffi::PyTypeObject;

    /// Returns the type object. For a `#[pyclass]`, the first use creates it; for a type of a Python module, the first use
    /// imports it.
    ///
    /// # Panics
    ///
    /// Panics if it cannot be created or imported.
    #[inline]
    fn type_object(py: Python<'_>) -> Bound<'_, PyType> {
        type_from_raw(py, Self::type_object_raw(py)).to_owned()
    }

    /// Whether `object` is an instance of the type or of a subclass.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::PyTypeInfo;
    /// use pyo3::types::{PyBool, PyInt};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bool = py.eval(c"True", None, None)?;
    ///     assert!(PyInt::is_type_of(&bool) && !PyInt::is_exact_type_of(&bool));
    ///     assert!(PyBool::is_exact_type_of(&bool));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    fn is_type_of(object: &Bound<'_, PyAny>) -> bool {
        let py = object.py();
        let own = type_from_raw(py, Self::type_object_raw(py));
        let class = Active::type_of(py.attached(), object.any_handle());
        class.is(own.handle()) || Active::type_is_subtype(py.attached(), class, own.handle())
    }

    /// Whether the type of `object` is exactly this one.
    #[inline]
    fn is_exact_type_of(object: &Bound<'_, PyAny>) -> bool {
        let py = object.py();
        Active::type_of(py.attached(), object.any_handle()).is(type_from_raw(py, Self::type_object_raw(py)).handle())
    }
}

/// Borrows a type object that lives as long as the interpreter.
#[inline]
fn type_from_raw<'py>(_py: Python<'py>, raw: *mut ffi::PyTypeObject) -> Borrowed<'py, 'py, PyType> {
    let pointer = NonNull::new(raw).expect("type_object_raw returns a type").cast();
    // SAFETY: `type_object_raw` returns a type object that outlives the attachment.
    Borrowed::from_handle(unsafe { Ref::from_ptr(pointer) })
}

/// A Rust type that objects can be cast to. Every [`PyTypeInfo`] is one; protocols such as
/// [`PySequence`](crate::types::PySequence) are too.
///
/// # Safety
///
/// `type_check` returns `true` only for objects for which the Rust type may be used.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a Python type",
    label = "objects cannot be cast to this",
    note = "cast to a `#[pyclass]` or to a type of `pyo3::types`; to convert an object to a Rust value, use `extract`"
)]
pub unsafe trait PyTypeCheck {
    /// The name, for users of 0.28 and before. Empty if a newer implementation does not define it.
    #[cfg(feature = "compat-0-28")]
    #[doc(hidden)]
    #[deprecated(since = "0.27.0", note = "use `classinfo_object()` instead and format the type name at runtime")]
    const NAME: &'static str = "";

    /// The type hint of the type.
    #[cfg(feature = "experimental-inspect")]
    const TYPE_HINT: PyStaticExpr;

    /// Whether `object` may be cast to the type.
    fn type_check(object: &Bound<'_, PyAny>) -> bool;

    /// Returns what the error of a failed cast names: a type, or a tuple or union of types.
    fn classinfo_object(py: Python<'_>) -> Bound<'_, PyAny>;
}

// SAFETY: as `PyTypeInfo` promises.
unsafe impl<T: PyTypeInfo> PyTypeCheck for T {
    #[cfg(feature = "compat-0-28")]
    #[allow(deprecated, reason = "one deprecated constant is defined by the other")]
    const NAME: &'static str = <T as PyTypeInfo>::NAME;
    type_hint!(own T);

    #[inline]
    fn type_check(object: &Bound<'_, PyAny>) -> bool {
        T::is_type_of(object)
    }

    #[inline]
    fn classinfo_object(py: Python<'_>) -> Bound<'_, PyAny> {
        T::type_object(py).into_any()
    }
}

/// Converts a type handle to the raw pointer of the public API.
#[inline]
pub(crate) fn raw_type(class: Ref<'_, pyo3_backend::kind::Type>) -> *mut ffi::PyTypeObject {
    class.as_ptr().as_ptr().cast()
}
