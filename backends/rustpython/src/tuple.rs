//! `bytes` and `tuple`, which never change: their contents are borrowed in place. And the contents of `bytearray`.

use pyo3_backend::{Attached, BytesOps, ExceptionType, Outcome, Owned, Ref, TupleOps, kind};
use rustpython_vm::Context;

use crate::RustPython;
use crate::convert::{collect_exactly, lend, lend_all, own_as, payload};
use crate::error::raise_message;

impl BytesOps for RustPython {
    #[inline]
    fn bytes_from_slice<'py>(py: Attached<'py, Self>, contents: &[u8]) -> Owned<'py, Self, kind::Bytes> {
        own_as(py, Context::genesis().new_bytes(contents.to_vec()))
    }

    fn bytes_with<'py, E>(
        py: Attached<'py, Self>,
        length: usize,
        fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
    ) -> Outcome<'py, Self, Result<Owned<'py, Self, kind::Bytes>, E>> {
        let mut contents = Vec::new();
        if contents.try_reserve_exact(length).is_err() {
            return Err(raise_message(py, ExceptionType::MemoryError, ""));
        }
        contents.resize(length, 0);
        Ok(fill(&mut contents).map(|()| own_as(py, Context::genesis().new_bytes(contents))))
    }

    #[inline]
    fn bytes_as_slice<'a>(_py: Attached<'_, Self>, bytes: Ref<'a, Self, kind::Bytes>) -> &'a [u8] {
        payload(bytes).as_bytes()
    }

    fn bytes_from_bytearray<'py>(
        py: Attached<'py, Self>,
        bytearray: Ref<'_, Self, kind::ByteArray>,
    ) -> Owned<'py, Self, kind::Bytes> {
        let contents = payload(bytearray).borrow_buf().to_vec();
        own_as(py, Context::genesis().new_bytes(contents))
    }

    fn bytearray_contents(_py: Attached<'_, Self>, bytes: Ref<'_, Self, kind::ByteArray>) -> (*mut u8, usize) {
        let mut contents = payload(bytes).borrow_buf_mut();
        (contents.as_mut_ptr(), contents.len())
    }
}

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
