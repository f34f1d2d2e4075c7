//! The shapes of protocol functions, in public types. Generated code implements them on zero-sized types.

use pyo3_backend as contract;

use super::edge::{Adapter, borrowed, guarded, owned};
use crate::backend::{Active, Attached, Outcome, Owned, Ref};
use crate::pyclass::CompareOp;
use crate::{Borrowed, Py, PyAny, PyResult, Python};

type Object<'a, 'py> = Borrowed<'a, 'py, PyAny>;

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $neutral:ty),*) -> $result:ty;)*) => {
        $(
            $(#[$doc])*
            pub trait $name: 'static {
                /// Calls the user's function.
                ///
                /// # Errors
                ///
                /// What it raises, or what the conversion of an argument raises.
                fn call<'a, 'py: 'a>(py: Python<'py>, receiver: Object<'a, 'py>, $($argument: $neutral),*) -> PyResult<$result>;
            }
        )*
    };
}

shapes! {
    /// One operand, any result.
    Unary() -> Py<PyAny>;
    /// `__next__`.
    Next() -> Option<Py<PyAny>>;
    /// `__len__`.
    Len() -> usize;
    /// `__hash__`.
    Hash() -> isize;
    /// `__bool__`.
    Bool() -> bool;
    /// `__contains__`.
    Contains(value: Object<'a, 'py>) -> bool;
    /// Two operands, of which either may be the instance.
    Binary(other: Object<'a, 'py>) -> Py<PyAny>;
    /// `__repeat__`.
    Repeat(count: isize) -> Py<PyAny>;
    /// Three operands.
    Ternary(other: Object<'a, 'py>, third: Object<'a, 'py>) -> Py<PyAny>;
    /// Comparison.
    Compare(other: Object<'a, 'py>, op: CompareOp) -> Py<PyAny>;
    /// Storing and deleting.
    Set(key: Object<'a, 'py>, value: Option<Object<'a, 'py>>) -> ();
    /// `__get__`.
    DescriptorGet(instance: Option<Object<'a, 'py>>, owner: Option<Object<'a, 'py>>) -> Py<PyAny>;
}

macro_rules! adapt {
    ($($neutral:ident => $contract:ident($($argument:ident: $ty:ty = $into:expr),*) -> $result:ty, $finish:expr;)*) => {
        $(
            impl<F: $neutral> contract::$contract<Active> for Adapter<F> {
                #[inline]
                fn call<'a, 'py: 'a>(py: Attached<'py>, receiver: Ref<'a>, $($argument: $ty),*) -> Outcome<'py, $result> {
                    let py = Python::from_attached(py);
                    guarded(py, || F::call(py, borrowed(py, receiver), $($into(py, $argument)),*))
                        .map(|value| $finish(py, value))
                }
            }
        )*
    };
}

fn same<T>(_py: Python<'_>, value: T) -> T {
    value
}

fn optional<'a, 'py>(py: Python<'py>, object: Option<Ref<'a>>) -> Option<Object<'a, 'py>> {
    object.map(|object| borrowed(py, object))
}

fn compare_op(_py: Python<'_>, op: contract::CompareOp) -> CompareOp {
    match op {
        contract::CompareOp::Lt => CompareOp::Lt,
        contract::CompareOp::Le => CompareOp::Le,
        contract::CompareOp::Eq => CompareOp::Eq,
        contract::CompareOp::Ne => CompareOp::Ne,
        contract::CompareOp::Gt => CompareOp::Gt,
        contract::CompareOp::Ge => CompareOp::Ge,
    }
}

fn optional_owned(py: Python<'_>, object: Option<Py<PyAny>>) -> Option<Owned<'_>> {
    object.map(|object| owned(py, object))
}

adapt! {
    Unary => UnaryFn() -> Owned<'py>, owned;
    Next => NextFn() -> Option<Owned<'py>>, optional_owned;
    Len => LenFn() -> usize, same;
    Hash => HashFn() -> isize, same;
    Bool => BoolFn() -> bool, same;
    Contains => ContainsFn(value: Ref<'a> = borrowed) -> bool, same;
    Binary => BinaryFn(right: Ref<'a> = borrowed) -> Owned<'py>, owned;
    Repeat => RepeatFn(count: isize = same) -> Owned<'py>, owned;
    Ternary => TernaryFn(right: Ref<'a> = borrowed, third: Ref<'a> = borrowed) -> Owned<'py>, owned;
    Compare => CompareFn(other: Ref<'a> = borrowed, op: contract::CompareOp = compare_op) -> Owned<'py>, owned;
    Set => SetFn(key: Ref<'a> = borrowed, value: Option<Ref<'a>> = optional) -> (), same;
    DescriptorGet => DescriptorGetFn(instance: Option<Ref<'a>> = optional, owner: Option<Ref<'a>> = optional) -> Owned<'py>, owned;
}
