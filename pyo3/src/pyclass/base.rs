//! What a class can extend: native types (`native_bases.rs`), and other Rust classes (`payload.rs`).

#![expect(unsafe_code, reason = "borrow counts and thread checks are read from instances")]

use core::marker::PhantomData;

use pyo3_backend::BaseClass;

use super::borrow::BorrowFlag;
use crate::backend::{Active, Ref};

/// A type that `#[pyclass(extends = ...)]` can name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be extended",
    label = "this is no possible base class",
    note = "a class of yours needs `#[pyclass(subclass)]`",
    note = "of Python's classes, `PyAny`, `PyDict`, `PyList`, `PySet`, `PyFrozenSet`, `PyFloat`, `PyComplex`, the types of `datetime` and exceptions can be extended; not those whose instances differ in size, such as `PyInt`, `PyBytes` and `PyTuple`: keep such an object in a field instead"
)]
pub trait PyClassBaseType: Sized {
    /// The base as the contract describes it.
    type Contract: BaseClass<Active>;

    /// The values that fill the base's part of an instance.
    type Initializer: Initializer<Self::Contract>;

    /// Whether the base keeps a borrow count.
    const COUNTS: bool;

    /// Returns the borrow count that the base keeps, if any.
    ///
    /// # Safety
    ///
    /// `object` is an instance of this type, and has the memory of one.
    unsafe fn borrow_flag<'a>(object: Ref<'a>) -> Option<&'a BorrowFlag>;

    /// Returns the same borrow count, found among the payloads of an instance. Used where no object is available.
    fn borrow_flag_in<'a>(payloads: PayloadsOf<'a, Self>) -> Option<&'a BorrowFlag>;

    /// Panics if the base must not be used on this thread.
    ///
    /// # Safety
    ///
    /// `object` is an instance of this type, and has the memory of one.
    unsafe fn ensure_thread(object: Ref<'_>);
}

/// The payloads of an instance of `T`.
pub(crate) type PayloadsOf<'a, T> = <<T as PyClassBaseType>::Contract as BaseClass<Active>>::Payloads<'a>;

/// The values for a base's part of an instance.
pub trait Initializer<C: BaseClass<Active>> {
    /// Converts the values to those of the contract.
    fn into_values(self) -> C::Values;
}

/// The initializer of a native base: none, because such a base fills its own part.
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

/// A class with `#[pyclass(subclass)]`.
pub trait Subclassable {}
