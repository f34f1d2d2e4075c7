//! `tuple`, which is immutable, so its items are borrowed in place.

use pyo3_backend::{Attached, Owned, Ref, TupleOps, kind};
use rustpython_vm::Context;

use crate::RustPython;
use crate::convert::{collect_exactly, lend, lend_all, own_as, payload};

impl TupleOps for RustPython {
    fn tuple_from<'py, E>(
        py: Attached<'py, Self>,
        length: usize,
        items: impl Iterator<Item = Result<Owned<'py, Self>, E>>,
    ) -> Result<Owned<'py, Self, kind::Tuple>, E> {
        Ok(own_as(py, Context::genesis().new_tuple(collect_exactly(length, items)?)))
    }

    #[inline]
    fn tuple_len(_py: Attached<'_, Self>, tuple: Ref<'_, Self, kind::Tuple>) -> usize {
        payload(tuple).as_slice().len()
    }

    #[inline]
    fn tuple_as_slice<'a>(_py: Attached<'_, Self>, tuple: Ref<'a, Self, kind::Tuple>) -> Option<&'a [Ref<'a, Self>]> {
        Some(lend_all(payload(tuple).as_slice()))
    }

    #[inline]
    fn tuple_get<'a>(
        _py: Attached<'_, Self>,
        tuple: Ref<'a, Self, kind::Tuple>,
        index: usize,
    ) -> Option<Ref<'a, Self>> {
        payload(tuple).as_slice().get(index).map(|item| lend(item))
    }

    fn tuple_slice<'py>(
        py: Attached<'py, Self>,
        tuple: Ref<'_, Self, kind::Tuple>,
        low: usize,
        high: usize,
    ) -> Owned<'py, Self, kind::Tuple> {
        let items = payload(tuple).as_slice();
        let high = high.min(items.len());
        let items = items[low.min(high)..high].to_vec();
        own_as(py, Context::genesis().new_tuple(items))
    }
}
