//! `bytes`, whose contents are borrowed in place, and `bytearray`, whose contents are copied.

use pyo3_backend::{Attached, BytesOps, ExceptionType, Outcome, Owned, Ref, kind};
use rustpython_vm::builtins::{PyByteArray, PyBytes};
use rustpython_vm::protocol::PySequence;
use rustpython_vm::sliceable::SliceableSequenceOp;
use rustpython_vm::{Context, Py, PyPayload};

use crate::RustPython;
use crate::convert::{own_as, payload};
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
        let mut contents = zeroed(py, length)?;
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

    fn bytearray_to_vec(_py: Attached<'_, Self>, bytearray: Ref<'_, Self, kind::ByteArray>) -> Vec<u8> {
        payload(bytearray).borrow_buf().to_vec()
    }

    fn bytearray_from_slice<'py>(
        py: Attached<'py, Self>,
        contents: &[u8],
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::ByteArray>> {
        Ok(own_as(py, Context::genesis().new_bytearray(contents.to_vec())))
    }

    fn bytearray_with<'py, E>(
        py: Attached<'py, Self>,
        length: usize,
        fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
    ) -> Outcome<'py, Self, Result<Owned<'py, Self, kind::ByteArray>, E>> {
        let mut contents = zeroed(py, length)?;
        Ok(fill(&mut contents).map(|()| own_as(py, Context::genesis().new_bytearray(contents))))
    }

    fn bytearray_len(_py: Attached<'_, Self>, bytearray: Ref<'_, Self, kind::ByteArray>) -> usize {
        payload(bytearray).borrow_buf().len()
    }

    fn bytearray_contents(_py: Attached<'_, Self>, bytes: Ref<'_, Self, kind::ByteArray>) -> (*mut u8, usize) {
        let mut contents = payload(bytes).borrow_buf_mut();
        (contents.as_mut_ptr(), contents.len())
    }
}

/// Returns `length` zeros.
fn zeroed(py: Attached<'_, RustPython>, length: usize) -> Outcome<'_, RustPython, Vec<u8>> {
    let mut contents = Vec::new();
    if contents.try_reserve_exact(length).is_err() {
        return Err(raise_message(py, ExceptionType::MemoryError, ""));
    }
    contents.resize(length, 0);
    Ok(contents)
}

/// Makes the sequence protocol return an item of `bytes` or `bytearray` as an integer.
///
/// The VM does so only for an expression, `b"a"[0]`, which uses the mapping protocol first. Its sequence protocol,
/// which corresponds to `PySequence_GetItem`, returns `b"a"`.
pub(crate) fn correct_items(ctx: &Context) {
    ctx.types.bytes_type.slots.as_sequence.item.store(Some(|sequence, index, vm| {
        let bytes: &Py<PyBytes> = receiver(sequence);
        Ok(vm.ctx.new_int(bytes.as_bytes().getitem_by_index(vm, index)?).into())
    }));
    ctx.types.bytearray_type.slots.as_sequence.item.store(Some(|sequence, index, vm| {
        let bytearray: &Py<PyByteArray> = receiver(sequence);
        Ok(vm.ctx.new_int(bytearray.borrow_buf().getitem_by_index(vm, index)?).into())
    }));
}

/// Returns the receiver of a slot. The VM calls the slots of a type only on instances of the type.
fn receiver<T: PyPayload>(sequence: PySequence<'_>) -> &Py<T> {
    sequence.obj.downcast_ref().expect("a slot is called on an instance of its type")
}
