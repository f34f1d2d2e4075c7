//! The edge: where neutral functions meet the contract.

use core::marker::PhantomData;

use crate::backend::Ref;
use crate::{Borrowed, PyAny, Python};

/// A neutral function as the contract wants it.
pub struct Adapter<F>(PhantomData<fn() -> F>);

/// A borrowed argument in the public API's terms.
#[inline]
pub(crate) fn borrowed<'a, 'py>(_py: Python<'py>, object: Ref<'a>) -> Borrowed<'a, 'py, PyAny> {
    Borrowed::wrap(object)
}
