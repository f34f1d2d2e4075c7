//! The type object of a class.

#![expect(unsafe_code, reason = "the trait promises what casts rely on")]

use pyo3_backend::{ClassOps, TypeOps, kind};

use super::PyClass;
use super::contract::ClassOf;
use super::definition::PyClassImpl;
use super::type_cell::{Recipe, TypeCell};
use crate::backend::{Active, Ref};
use crate::err::ResultExt;
use crate::type_object::raw_type;
use crate::types::DerefToPyAny;
use crate::{Bound, PyAny, PyTypeInfo, Python, ffi};

/// Returns the type object of `T`, which is made on first use.
///
/// # Panics
///
/// If the type cannot be made; the reason is reported as unraisable.
#[inline]
pub fn type_handle<T: PyClass>(py: Python<'_>) -> Ref<'_, kind::Type> {
    let cell = T::type_cell();
    match cell.finished(py) {
        Some(class) => class,
        None => prepare::<T>(py, cell),
    }
}

#[cold]
#[inline(never)]
fn prepare<'py, T: PyClass>(py: Python<'py>, cell: &'static TypeCell) -> Ref<'py, kind::Type> {
    let recipe = Recipe {
        name: <T as PyClass>::NAME,
        module: <T as PyClassImpl>::MODULE,
        doc: T::DOC,
        flags: T::FLAGS,
        members: T::members,
        create: |py, spec| Active::class_create::<ClassOf<T>>(py.attached(), spec).or_raise(py).map(Bound::from_handle),
    };
    recipe.prepare(py, cell)
}

/// Whether `class` is `T` or a subclass of it.
#[inline]
pub(super) fn is_class<T: PyClass>(py: Python<'_>, class: Ref<'_, kind::Type>) -> bool {
    is_or_extends(py, class, type_handle::<T>(py))
}

/// Whether `object` is an instance of `T`.
#[inline]
pub(super) fn is_instance<T: PyClass>(py: Python<'_>, object: Ref<'_>) -> bool {
    // In this order, so that no handle is held if the type has yet to be made.
    let own = type_handle::<T>(py);
    is_or_extends(py, Active::type_of(py.attached(), object), own)
}

#[inline]
fn is_or_extends(py: Python<'_>, class: Ref<'_, kind::Type>, base: Ref<'_, kind::Type>) -> bool {
    class.is(base) || Active::type_is_subtype(py.attached(), class, base)
}

// One implementation for all classes keeps `unsafe` out of generated code, so classes work in crates that forbid it. So
// rustdoc lists none for a single class, such as `Coroutine`.
// SAFETY: instances of the type object are only made by `class_allocate`, for the class or one that extends it.
unsafe impl<T: PyClass> PyTypeInfo for T {
    #[cfg(feature = "compat-0-29")]
    const NAME: &'static str = <T as PyClass>::NAME;
    #[cfg(feature = "compat-0-29")]
    const MODULE: Option<&'static str> = <T as PyClassImpl>::MODULE;
    #[cfg(feature = "experimental-inspect")]
    const TYPE_HINT: crate::inspect::PyStaticExpr = <T as PyClassImpl>::TYPE_HINT;

    #[inline]
    fn type_object_raw(py: Python<'_>) -> *mut ffi::PyTypeObject {
        raw_type(type_handle::<T>(py))
    }

    #[inline]
    fn is_type_of(object: &Bound<'_, PyAny>) -> bool {
        is_instance::<T>(object.py(), object.any_handle())
    }
}

impl<T: PyClass> DerefToPyAny for T {}
