//! What a class can extend: native types, and other Rust classes.

#![expect(unsafe_code, reason = "borrow counts and thread checks are found in instances")]

use core::marker::PhantomData;

use pyo3_backend::{BaseClass, Derived};

use super::ClassOf;
use crate::backend::{Active, Ref};
use crate::pyclass::boolean_struct::private::Boolean;
use crate::pyclass::{BorrowFlag, Flag, PyClass, ensure_thread, flag, flag_in};
use crate::pyclass_init::PyClassInitializer;

/// A type that `#[pyclass(extends = ...)]` can name.
#[diagnostic::on_unimplemented(
    message = "pyclass `{Self}` cannot be subclassed",
    label = "required for `#[pyclass(extends={Self})]`",
    note = "`{Self}` must have `#[pyclass(subclass)]` to be eligible for subclassing",
    note = "with the `abi3` feature enabled, PyO3 does not support subclassing native types before Python 3.12"
)]
pub trait PyClassBaseType: Sized {
    /// The base in the contract's terms.
    type Contract: BaseClass<Active>;

    /// What fills the base's part of an instance.
    type Initializer: Initializer<Self::Contract>;

    /// Whether the base keeps a borrow count.
    const COUNTS: bool;

    /// The borrow count that the base keeps, if any.
    ///
    /// # Safety
    ///
    /// `object` is an instance of this type, and has the memory of one.
    unsafe fn borrow_flag<'a>(object: Ref<'a>) -> Option<&'a BorrowFlag>;

    /// The same, found among the payloads of an instance: where there is no object at hand.
    fn borrow_flag_in<'a>(payloads: PayloadsOf<'a, Self>) -> Option<&'a BorrowFlag>;

    /// Panics where the base must not be used on this thread.
    ///
    /// # Safety
    ///
    /// `object` is an instance of this type, and has the memory of one.
    unsafe fn ensure_thread(object: Ref<'_>);
}

/// The payloads of an instance of `T`.
pub(crate) type PayloadsOf<'a, T> = <<T as PyClassBaseType>::Contract as BaseClass<Active>>::Payloads<'a>;

/// Values for the part of an instance that belongs to a base.
pub trait Initializer<C: BaseClass<Active>> {
    /// In the contract's terms.
    fn into_values(self) -> C::Values;
}

/// A native base makes its part itself.
pub struct NoInitializer<T>(PhantomData<fn() -> T>);

impl<T> Default for NoInitializer<T> {
    #[inline]
    fn default() -> Self {
        NoInitializer(PhantomData)
    }
}

impl<T, C: BaseClass<Active, Values = ()>> Initializer<C> for NoInitializer<T> {
    #[inline]
    fn into_values(self) {}
}

/// What may be extended: a native base, or a class that says `subclass`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be extended",
    label = "this class does not say `#[pyclass(subclass)]`"
)]
pub trait Subclassable {}

impl<T: PyClass> PyClassBaseType for T {
    type Contract = Derived<ClassOf<T>>;
    type Initializer = PyClassInitializer<T>;

    const COUNTS: bool = <T::Frozen as Boolean>::Flag::COUNTS || <T::BaseType as PyClassBaseType>::COUNTS;

    #[inline]
    unsafe fn borrow_flag<'a>(object: Ref<'a>) -> Option<&'a BorrowFlag> {
        // SAFETY: as the caller promises.
        unsafe { flag::<T>(object) }
    }

    #[inline]
    fn borrow_flag_in<'a>(payloads: PayloadsOf<'a, Self>) -> Option<&'a BorrowFlag> {
        flag_in::<T>(payloads)
    }

    #[inline]
    unsafe fn ensure_thread(object: Ref<'_>) {
        // SAFETY: as the caller promises.
        unsafe { ensure_thread::<T>(object) }
    }
}

/// Lets native types be extended: the type of the frontend, and the kind whose layout instances have.
macro_rules! native_base {
    ($($name:ty => $kind:ident,)*) => {
        $(
            #[expect(unsafe_code, reason = "the trait's functions are unsafe for classes; for native types they do nothing")]
            const _: () = {
                impl $crate::impl_::pyclass::Subclassable for $name {}

                impl $crate::impl_::pyclass::PyClassBaseType for $name {
                    type Contract = pyo3_backend::Native<pyo3_backend::kind::$kind, $crate::impl_::pyclass::NativeTypeOf<$name>>;
                    type Initializer = $crate::impl_::pyclass::NoInitializer<$name>;

                    const COUNTS: bool = false;

                    #[inline]
                    unsafe fn borrow_flag<'a>(_object: $crate::backend::Ref<'a>) -> Option<&'a $crate::pyclass::BorrowFlag> {
                        None
                    }

                    #[inline]
                    fn borrow_flag_in<'a>(
                        _payloads: $crate::impl_::pyclass::PayloadsOf<'a, Self>,
                    ) -> Option<&'a $crate::pyclass::BorrowFlag> {
                        None
                    }

                    #[inline]
                    unsafe fn ensure_thread(_object: $crate::backend::Ref<'_>) {}
                }
            };
        )*
    };
}

pub(crate) use native_base;

native_base! {
    crate::PyAny => Any,
    crate::types::PyDict => Dict,
    // Its instances have no memory of their own.
    crate::types::PyTzInfo => Any,
    crate::types::PyList => List,
    crate::types::PySet => Set,
    crate::exceptions::PyBaseException => BaseException,
}
