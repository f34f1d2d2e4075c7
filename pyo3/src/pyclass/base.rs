//! What a class can extend: native types (`native_bases.rs`), and other Rust classes (`payload.rs`).

#![expect(unsafe_code, reason = "borrow counts and thread checks are found in instances")]

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

/// Classes that say `subclass`.
pub trait Subclassable {}
