//! The shapes of protocol functions, in terms of public types. Generated code implements them on zero-sized types.

use core::convert::identity;

use pyo3_backend as contract;

use super::adapter::{Adapter, borrowed};
use crate::backend::{Active, Attached, Outcome, Owned, Ref};
use crate::panic::RAISE_PANIC;
use crate::types::any::compare::CompareOp;
use crate::{Borrowed, Bound, PyAny, PyResult, Python};

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
                /// What the function raises, or what the conversion of an argument raises.
                fn call<'a, 'py: 'a>(py: Python<'py>, receiver: Object<'a, 'py>, $($argument: $neutral),*) -> PyResult<$result>;
            }
        )*
    };
}

shapes! {
    /// A function of one operand, with any result.
    Unary() -> Bound<'py, PyAny>;
    /// A `__next__` function.
    Next() -> Option<Bound<'py, PyAny>>;
    /// A `__len__` function.
    Len() -> usize;
    /// A `__hash__` function.
    Hash() -> isize;
    /// A `__bool__` function.
    Bool() -> bool;
    /// A `__contains__` function.
    Contains(value: Object<'a, 'py>) -> bool;
    /// A function of two operands, either of which may be the instance.
    Binary(other: Object<'a, 'py>) -> Bound<'py, PyAny>;
    /// A `__repeat__` function.
    Repeat(count: isize) -> Bound<'py, PyAny>;
    /// A function of three operands.
    Ternary(other: Object<'a, 'py>, third: Object<'a, 'py>) -> Bound<'py, PyAny>;
    /// A function that compares.
    Compare(other: Object<'a, 'py>, op: CompareOp) -> Bound<'py, PyAny>;
    /// A function that stores a value, or deletes it if there is none.
    Set(key: Object<'a, 'py>, value: Option<Object<'a, 'py>>) -> ();
    /// A `__get__` function.
    DescriptorGet(instance: Option<Object<'a, 'py>>, owner: Option<Object<'a, 'py>>) -> Bound<'py, PyAny>;
}

macro_rules! adapt {
    ($($neutral:ident => $contract:ident($($argument:ident: $ty:ty = $into:expr),*) -> $result:ty, $finish:expr;)*) => {
        $(
            impl<F: $neutral> contract::$contract<Active> for Adapter<F> {
                const RAISE_PANIC: contract::RaisePanic<Active> = RAISE_PANIC;

                #[inline]
                fn call<'a, 'py: 'a>(py: Attached<'py>, receiver: Ref<'a>, $($argument: $ty),*) -> Outcome<'py, $result> {
                    contract::catch_panic(py, RAISE_PANIC, || {
                        <Self as contract::$contract<Active>>::call_may_unwind(py, receiver, $($argument),*)
                    })
                }

                #[inline(always)]
                fn call_may_unwind<'a, 'py: 'a>(
                    py: Attached<'py>,
                    receiver: Ref<'a>,
                    $($argument: $ty),*
                ) -> Outcome<'py, $result> {
                    let py = Python::from_attached(py);
                    match F::call(py, borrowed(py, receiver), $($into(py, $argument)),*) {
                        Ok(value) => Ok($finish(value)),
                        Err(error) => Err(error.into_raised(py)),
                    }
                }
            }
        )*
    };
}

fn into_optional(object: Option<Bound<'_, PyAny>>) -> Option<Owned<'_>> {
    object.map(Bound::into_owned)
}

fn same<T>(_py: Python<'_>, value: T) -> T {
    value
}

fn optional<'a, 'py>(py: Python<'py>, object: Option<Ref<'a>>) -> Option<Object<'a, 'py>> {
    object.map(|object| borrowed(py, object))
}

fn compare_op(_py: Python<'_>, op: contract::CompareOp) -> CompareOp {
    CompareOp::from_contract(op)
}

adapt! {
    Unary => UnaryFn() -> Owned<'py>, Bound::into_owned;
    Next => NextFn() -> Option<Owned<'py>>, into_optional;
    Len => LenFn() -> usize, identity;
    Hash => HashFn() -> isize, identity;
    Bool => BoolFn() -> bool, identity;
    Contains => ContainsFn(value: Ref<'a> = borrowed) -> bool, identity;
    Binary => BinaryFn(right: Ref<'a> = borrowed) -> Owned<'py>, Bound::into_owned;
    Repeat => RepeatFn(count: isize = same) -> Owned<'py>, Bound::into_owned;
    Ternary => TernaryFn(right: Ref<'a> = borrowed, third: Ref<'a> = borrowed) -> Owned<'py>, Bound::into_owned;
    Compare => CompareFn(other: Ref<'a> = borrowed, op: contract::CompareOp = compare_op) -> Owned<'py>, Bound::into_owned;
    Set => SetFn(key: Ref<'a> = borrowed, value: Option<Ref<'a>> = optional) -> (), identity;
    DescriptorGet => DescriptorGetFn(instance: Option<Ref<'a>> = optional, owner: Option<Ref<'a>> = optional) -> Owned<'py>, Bound::into_owned;
}
