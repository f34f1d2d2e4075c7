//! Type hints, as generated code says them.

mod fragment;

use core::marker::PhantomData;

use super::module::AddToModule;
pub use crate::inspect::PyStaticExpr;
use crate::inspect::{PyClassNameStaticExpr, PyStaticConstant};
use crate::{Bound, FromPyObject, IntoPyObject, PyTypeCheck, PyTypeInfo};
pub use crate::{type_hint_identifier, type_hint_subscript, type_hint_union};

/// The hint for a class, of its name and of what fragments of type information call it.
pub const fn class(name: &'static PyStaticExpr, id: &'static str) -> PyStaticExpr {
    PyStaticExpr::PyClass(PyClassNameStaticExpr::new(name, id))
}

/// What a class is as a type hint.
pub const fn of_class<T: PyTypeInfo>() -> PyStaticExpr {
    T::TYPE_HINT
}

/// What a `T` is taken from.
pub const fn input<'a, 'py, T: FromPyObject<'a, 'py>>() -> PyStaticExpr {
    T::INPUT_TYPE
}

/// What comes of converting a `T`.
pub const fn output<'py, T: IntoPyObject<'py>>() -> PyStaticExpr {
    T::OUTPUT_TYPE
}

/// `None`, where nothing is.
pub const NONE: PyStaticExpr = PyStaticExpr::Constant { value: PyStaticConstant::None };

/// Where a function of the user's converts, and nothing is known.
pub const INCOMPLETE: PyStaticExpr = crate::type_hints::INCOMPLETE;

/// `tuple` and `dict`.
pub const TUPLE: PyStaticExpr = <crate::types::PyTuple as PyTypeInfo>::TYPE_HINT;
/// `dict[str, Any]`: keys have values of types of their own.
pub const FIELDS: PyStaticExpr = type_hint_subscript!(
    <crate::types::PyDict as PyTypeInfo>::TYPE_HINT,
    <crate::types::PyString as PyTypeInfo>::TYPE_HINT,
    <crate::types::PyAny as PyTypeInfo>::TYPE_HINT
);

/// What a function takes for a parameter of type `T`: `InputOf::<T>::HINT`, with [`Fallback`] in scope.
pub struct InputOf<T>(PhantomData<fn() -> T>);

impl<'a, 'py, T: FromPyObject<'a, 'py>> InputOf<T> {
    /// The hint.
    pub const HINT: PyStaticExpr = T::INPUT_TYPE;
}

/// What comes of a function that gives a `T`: `OutputOf::<T>::HINT`, with [`Fallback`] in scope.
pub struct OutputOf<T>(PhantomData<fn() -> T>);

impl<'py, T: IntoPyObject<'py>> OutputOf<T> {
    /// The hint.
    pub const HINT: PyStaticExpr = T::OUTPUT_TYPE;
}

/// What comes of reading a field of type `T`: `FieldOf::<T>::HINT`, with [`Fallback`] in scope.
pub struct FieldOf<T>(PhantomData<fn() -> T>);

impl<'py, T: IntoPyObject<'py>> FieldOf<T> {
    /// The hint.
    pub const HINT: PyStaticExpr = T::OUTPUT_TYPE;
}

/// The types of which the conversion traits say nothing.
pub trait Fallback {
    /// The hint.
    const HINT: PyStaticExpr;
}

impl<T: PyTypeCheck> Fallback for InputOf<&T> {
    const HINT: PyStaticExpr = T::TYPE_HINT;
}

impl<T: PyTypeCheck> Fallback for InputOf<&mut T> {
    const HINT: PyStaticExpr = T::TYPE_HINT;
}

impl<T: PyTypeCheck> Fallback for InputOf<&Bound<'_, T>> {
    const HINT: PyStaticExpr = T::TYPE_HINT;
}

impl<T> Fallback for InputOf<Option<T>>
where
    InputOf<T>: Fallback,
{
    const HINT: PyStaticExpr = type_hint_union!(<InputOf<T> as Fallback>::HINT, NONE);
}

impl<'py, T: IntoPyObject<'py>, E> Fallback for OutputOf<Result<T, E>> {
    const HINT: PyStaticExpr = T::OUTPUT_TYPE;
}

impl<'a, 'py, T: 'a> Fallback for FieldOf<T>
where
    &'a T: IntoPyObject<'py>,
{
    const HINT: PyStaticExpr = <&'a T>::OUTPUT_TYPE;
}

/// What fragments call the class `T`.
pub const fn id_of_class<T: PyTypeInfo>() -> &'static str {
    match T::TYPE_HINT {
        PyStaticExpr::PyClass(class) => class.introspection_id(),
        _ => "",
    }
}

/// What fragments call something that a module exports; nothing where it has no fragment.
pub const fn id_of<T: AddToModule>(_exported: &T) -> Option<&'static str> {
    T::INTROSPECTION_ID
}

pub use self::fragment::{Piece, length, write};
pub use crate::__pyo3_introspection_fragment as emit;
