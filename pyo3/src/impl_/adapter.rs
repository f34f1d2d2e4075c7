//! The adapter between neutral functions and the contract.

use core::marker::PhantomData;

use crate::backend::Ref;
use crate::{Borrowed, PyAny, Python};

/// Adapts a neutral function to the traits of the contract.
pub struct Adapter<F>(PhantomData<fn() -> F>);

/// Wraps a borrowed argument in the type of the public API.
#[inline]
pub(crate) fn borrowed<'a, 'py>(_py: Python<'py>, object: Ref<'a>) -> Borrowed<'a, 'py, PyAny> {
    Borrowed::wrap(object)
}
