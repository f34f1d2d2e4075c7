//! `bytes` and `bytearray`.

use crate::provided::{self, infallible, method_of, of_kind};
use crate::{Attached, Backend, BuiltinType, ExceptionType, Outcome, Owned, Ref, RefOps, kind};

/// `bytes`, and what they share with `bytearray`.
///
/// Names begin with `bytes_` or `bytearray_`.
pub trait BytesOps: RefOps {
    /// A `bytes` with these contents. Runs Python: no. CPython: `PyBytes_FromStringAndSize`. RustPython: `ctx.new_bytes`.
    fn bytes_from_slice<'py>(py: Attached<'py, Self>, contents: &[u8]) -> Owned<'py, Self, kind::Bytes>;

    /// A `bytes` of `length` that `fill` writes; the buffer it gets is zeroed.
    ///
    /// Runs Python: no, but `fill` is caller's code.
    /// Errors: `MemoryError` or `OverflowError` where there is no such amount of memory, and `fill` is not called; inside
    /// that, what `fill` returns: the object is then gone.
    /// CPython: `PyBytes_FromStringAndSize` with null. RustPython: a `Vec` made first.
    fn bytes_with<'py, E>(
        py: Attached<'py, Self>,
        length: usize,
        fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
    ) -> Outcome<'py, Self, Result<Owned<'py, Self, kind::Bytes>, E>>
    where
        Self: Backend,
    {
        let mut contents = Vec::new();
        if contents.try_reserve_exact(length).is_err() {
            return Err(provided::raise(py, ExceptionType::MemoryError, ""));
        }
        contents.resize(length, 0);
        Ok(fill(&mut contents).map(|()| Self::bytes_from_slice(py, &contents)))
    }

    /// The contents in place.
    ///
    /// As long as the `bytes` live, the contents stay where they are and as they are, and may be read on any thread,
    /// attached or not: [`Held`](crate::Held) rests on that.
    /// Runs Python: no.
    /// CPython: `PyBytes_AS_STRING`. RustPython: `as_bytes`.
    fn bytes_as_slice<'a>(py: Attached<'_, Self>, bytes: Ref<'a, Self, kind::Bytes>) -> &'a [u8];

    /// A `bytes` with what a `bytearray` holds now: all from the same moment, whatever other threads do.
    ///
    /// Runs Python: no (a subclass is not asked). CPython: `PyByteArray_AsString`, in a critical section where there is
    /// no global lock. RustPython: `borrow_buf`.
    fn bytes_from_bytearray<'py>(
        py: Attached<'py, Self>,
        bytearray: Ref<'_, Self, kind::ByteArray>,
    ) -> Owned<'py, Self, kind::Bytes>
    where
        Self: Backend,
    {
        let empty = Self::bytes_from_slice(py, &[]);
        // What is added to bytes is read through its buffer, whatever methods it has.
        let bytes = provided::special(py, empty.as_ref().any(), "__add__", &[bytearray.any()]);
        infallible(py, bytes.and_then(of_kind))
    }

    /// A copy of what a `bytearray` holds now, as [`bytes_from_bytearray`](Self::bytes_from_bytearray).
    ///
    /// Runs Python: no (a subclass is not asked). CPython: `PyByteArray_AS_STRING`, in a critical section where there is
    /// no global lock. RustPython: `borrow_buf`.
    fn bytearray_to_vec(py: Attached<'_, Self>, bytearray: Ref<'_, Self, kind::ByteArray>) -> Vec<u8>
    where
        Self: Backend,
    {
        let bytes = Self::bytes_from_bytearray(py, bytearray);
        Self::bytes_as_slice(py, bytes.as_ref()).to_vec()
    }

    /// A `bytearray` with these contents.
    ///
    /// Runs Python: no. Errors: `MemoryError` where there is no such amount of memory.
    /// CPython: `PyByteArray_FromStringAndSize`. RustPython: `ctx.new_bytearray`.
    fn bytearray_from_slice<'py>(
        py: Attached<'py, Self>,
        contents: &[u8],
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::ByteArray>>
    where
        Self: Backend,
    {
        let copy = |place: &mut [u8]| {
            place.copy_from_slice(contents);
            Ok(())
        };
        let Ok(bytearray) = Self::bytearray_with::<core::convert::Infallible>(py, contents.len(), copy)?;
        Ok(bytearray)
    }

    /// A `bytearray` of `length` that `fill` writes; the buffer it gets is zeroed.
    ///
    /// As [`bytes_with`](Self::bytes_with). Runs Python: no, but `fill` is caller's code.
    /// CPython: `PyByteArray_FromStringAndSize` with null. RustPython: a `Vec` made first.
    fn bytearray_with<'py, E>(
        py: Attached<'py, Self>,
        length: usize,
        fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
    ) -> Outcome<'py, Self, Result<Owned<'py, Self, kind::ByteArray>, E>>
    where
        Self: Backend,
    {
        match Self::bytes_with(py, length, fill)? {
            Ok(bytes) => provided::instance(py, BuiltinType::ByteArray, &[bytes.as_ref().any()]).map(Ok),
            Err(error) => Ok(Err(error)),
        }
    }

    /// Makes a `bytearray` longer, with zeros at the end, or shorter.
    ///
    /// Runs Python: no (a subclass is not asked). Errors: `BufferError` where its buffer is in use; `MemoryError` or
    /// `OverflowError` where there is no such amount of memory. It is then unchanged.
    /// CPython: `PyByteArray_Resize`. RustPython: `PyByteArray::try_resizable`.
    fn bytearray_resize<'py>(
        py: Attached<'py, Self>,
        bytearray: Ref<'_, Self, kind::ByteArray>,
        length: usize,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        let present = Self::bytearray_len(py, bytearray);
        let Some(more) = length.checked_sub(present) else {
            let rest = provided::slice(py, length, present);
            return method_of(py, BuiltinType::ByteArray, "__delitem__", &[bytearray.any(), rest.as_ref().any()])
                .map(drop);
        };
        let Ok(zeros) = Self::bytes_with(py, more, |_| Ok::<(), core::convert::Infallible>(()))?;
        method_of(py, BuiltinType::ByteArray, "extend", &[bytearray.any(), zeros.as_ref().any()]).map(drop)
    }

    /// How many bytes a `bytearray` has now.
    ///
    /// Runs Python: no (a subclass is not asked). CPython: `PyByteArray_GET_SIZE`. RustPython: `borrow_buf`.
    fn bytearray_len(py: Attached<'_, Self>, bytearray: Ref<'_, Self, kind::ByteArray>) -> usize
    where
        Self: Backend,
    {
        Self::bytearray_contents(py, bytearray).1
    }

    /// Where the contents of a `bytearray` are, and how many bytes: true until it becomes longer or shorter.
    ///
    /// Runs Python: no. Holds nothing: the `bytearray` can be resized afterwards. Of an empty one the pointer may dangle.
    /// CPython: `PyByteArray_AsString`. RustPython: `borrow_buf_mut`.
    fn bytearray_contents(py: Attached<'_, Self>, bytes: Ref<'_, Self, kind::ByteArray>) -> (*mut u8, usize)
    where
        Self: Backend,
    {
        let view = infallible(py, Self::buffer_get(py, bytes.any()));
        let layout = Self::buffer_layout(&view);
        let contents = (layout.start, layout.len);
        Self::buffer_release(py, view);
        contents
    }
}
