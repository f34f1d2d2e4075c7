//! Type hints, as generated code uses them.

pub mod exception;
mod fragment;

use core::marker::PhantomData;

use super::module::AddToModule;
pub use crate::inspect::PyStaticExpr;
use crate::inspect::{PyClassNameStaticExpr, PyStaticConstant};
use crate::{Bound, FromPyObject, IntoPyObject, PyTypeCheck, PyTypeInfo};
pub use crate::{type_hint_identifier, type_hint_subscript, type_hint_union};

/// Creates the hint for a class from its name and the name of its fragment of type information.
pub const fn class(name: &'static PyStaticExpr, id: &'static str) -> PyStaticExpr {
    PyStaticExpr::PyClass(PyClassNameStaticExpr::new(name, id))
}

/// Returns the type hint of the class `T`.
pub const fn of_class<T: PyTypeInfo>() -> PyStaticExpr {
    T::TYPE_HINT
}

/// Returns the hint for what a `T` is converted from.
pub const fn input<'a, 'py, T: FromPyObject<'a, 'py>>() -> PyStaticExpr {
    T::INPUT_TYPE
}

/// Returns the hint for what a `T` is converted to.
pub const fn output<'py, T: IntoPyObject<'py>>() -> PyStaticExpr {
    T::OUTPUT_TYPE
}

/// The hint `None`, for functions that return nothing.
pub const NONE: PyStaticExpr = PyStaticExpr::Constant { value: PyStaticConstant::None };

/// The hint for what a function of the user's converts, about which nothing is known.
pub const INCOMPLETE: PyStaticExpr = crate::type_hints::INCOMPLETE;

/// The hint `tuple`.
pub const TUPLE: PyStaticExpr = <crate::types::PyTuple as PyTypeInfo>::TYPE_HINT;
/// The hint `dict[str, Any]`. Every key may have a value of another type.
pub const FIELDS: PyStaticExpr = type_hint_subscript!(
    <crate::types::PyDict as PyTypeInfo>::TYPE_HINT,
    <crate::types::PyString as PyTypeInfo>::TYPE_HINT,
    <crate::types::PyAny as PyTypeInfo>::TYPE_HINT
);

/// The hint for a parameter of type `T`: `InputOf::<T>::HINT`, with [`HintFallback`] in scope.
pub struct InputOf<T>(PhantomData<fn() -> T>);

impl<'a, 'py, T: FromPyObject<'a, 'py>> InputOf<T> {
    /// The hint.
    pub const HINT: PyStaticExpr = T::INPUT_TYPE;
}

/// The hint for a return value of type `T`: `OutputOf::<T>::HINT`, with [`HintFallback`] in scope.
pub struct OutputOf<T>(PhantomData<fn() -> T>);

impl<'py, T: IntoPyObject<'py>> OutputOf<T> {
    /// The hint.
    pub const HINT: PyStaticExpr = T::OUTPUT_TYPE;
}

/// The hint for a field of type `T` that Python reads: `FieldOf::<T>::HINT`, with [`HintFallback`] in scope.
pub struct FieldOf<T>(PhantomData<fn() -> T>);

impl<'py, T: IntoPyObject<'py>> FieldOf<T> {
    /// The hint.
    pub const HINT: PyStaticExpr = T::OUTPUT_TYPE;
}

/// Hints for types without the conversion traits.
pub trait HintFallback {
    /// The hint.
    const HINT: PyStaticExpr;
}

impl<T: PyTypeCheck> HintFallback for InputOf<&T> {
    const HINT: PyStaticExpr = T::TYPE_HINT;
}

impl<T: PyTypeCheck> HintFallback for InputOf<&mut T> {
    const HINT: PyStaticExpr = T::TYPE_HINT;
}

impl<T: PyTypeCheck> HintFallback for InputOf<&Bound<'_, T>> {
    const HINT: PyStaticExpr = T::TYPE_HINT;
}

impl<T> HintFallback for InputOf<Option<T>>
where
    InputOf<T>: HintFallback,
{
    const HINT: PyStaticExpr = type_hint_union!(<InputOf<T> as HintFallback>::HINT, NONE);
}

impl<'py, T: IntoPyObject<'py>, E> HintFallback for OutputOf<Result<T, E>> {
    const HINT: PyStaticExpr = T::OUTPUT_TYPE;
}

impl<'a, 'py, T: 'a> HintFallback for FieldOf<T>
where
    &'a T: IntoPyObject<'py>,
{
    const HINT: PyStaticExpr = <&'a T>::OUTPUT_TYPE;
}

/// Returns the name of the fragment of the class `T`.
pub const fn id_of_class<T: PyTypeInfo>() -> &'static str {
    match T::TYPE_HINT {
        PyStaticExpr::PyClass(class) => class.introspection_id(),
        _ => "",
    }
}

/// Returns the name of the fragment of something that a module exports, if it has one.
pub const fn id_of<T: AddToModule>(_exported: &T) -> Option<&'static str> {
    T::INTROSPECTION_ID
}

pub use self::fragment::{Piece, length, write};
pub use crate::__pyo3_introspection_fragment as emit;
pub use pyo3_macros::fragment_with_symbol;
