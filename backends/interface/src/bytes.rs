//! `bytes` and `bytearray`.

use crate::provided::{self, infallible, method_of, of_kind};
use crate::{Attached, Backend, BuiltinType, ExceptionType, Outcome, Owned, Ref, RefOps, kind};

/// Operations on `bytes` and `bytearray`.
///
/// Names begin with `bytes_` or `bytearray_`.
pub trait BytesOps: RefOps {
    /// Returns a `bytes` with these contents.
    ///
    /// Runs Python: no. CPython: `PyBytes_FromStringAndSize`. RustPython: `ctx.new_bytes`.
    fn bytes_from_slice<'py>(py: Attached<'py, Self>, contents: &[u8]) -> Owned<'py, Self, kind::Bytes>;

    /// Returns a `bytes` of `length` that `fill` writes. The buffer passed to `fill` is zeroed.
    ///
    /// Runs Python: no, but `fill` is the caller's code.
    /// Errors: `MemoryError` or `OverflowError` if there is not enough memory, without calling `fill`. The inner result
    /// is the error of `fill`, if any; the object is dropped then.
    /// CPython: `PyBytes_FromStringAndSize` with null. RustPython: from a `Vec`.
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

    /// Borrows the contents in place.
    ///
    /// As long as the `bytes` lives, the contents neither move nor change, and any thread may read them, attached or
    /// not: [`Held`](crate::Held) relies on that.
    ///
    /// Runs Python: no. CPython: `PyBytes_AS_STRING`. RustPython: `as_bytes`.
    fn bytes_as_slice<'a>(py: Attached<'_, Self>, bytes: Ref<'a, Self, kind::Bytes>) -> &'a [u8];

    /// Returns a `bytes` with the current contents of a `bytearray`: a consistent snapshot, whatever other threads do.
    ///
    /// Runs Python: no (overrides in a subclass are ignored).
    /// CPython: `PyByteArray_AsString`, in a critical section in free-threaded builds. RustPython: `borrow_buf`.
    fn bytes_from_bytearray<'py>(
        py: Attached<'py, Self>,
        bytearray: Ref<'_, Self, kind::ByteArray>,
    ) -> Owned<'py, Self, kind::Bytes>
    where
        Self: Backend,
    {
        let empty = Self::bytes_from_slice(py, &[]);
        // Adding to `bytes` reads the buffer of the other operand, whatever methods it has.
        let bytes = provided::special(py, empty.as_ref().any(), "__add__", &[bytearray.any()]);
        infallible(py, bytes.and_then(of_kind))
    }

    /// Copies the current contents of a `bytearray`, like [`bytes_from_bytearray`](Self::bytes_from_bytearray).
    ///
    /// Runs Python: no (overrides in a subclass are ignored).
    /// CPython: `PyByteArray_AS_STRING`, in a critical section in free-threaded builds. RustPython: `borrow_buf`.
    fn bytearray_to_vec(py: Attached<'_, Self>, bytearray: Ref<'_, Self, kind::ByteArray>) -> Vec<u8>
    where
        Self: Backend,
    {
        let bytes = Self::bytes_from_bytearray(py, bytearray);
        Self::bytes_as_slice(py, bytes.as_ref()).to_vec()
    }

    /// Returns a `bytearray` with these contents.
    ///
    /// Runs Python: no. Errors: `MemoryError` if there is not enough memory.
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

    /// Returns a `bytearray` of `length` that `fill` writes, like [`bytes_with`](Self::bytes_with).
    ///
    /// Runs Python: no, but `fill` is the caller's code.
    /// CPython: `PyByteArray_FromStringAndSize` with null. RustPython: from a `Vec`.
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

    /// Extends a `bytearray` with zeros, or shortens it.
    ///
    /// Runs Python: no (overrides in a subclass are ignored). Errors: `BufferError` if its buffer is in use;
    /// `MemoryError` or `OverflowError` if there is not enough memory. The `bytearray` is unchanged then.
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

    /// Returns the current length of a `bytearray` in bytes.
    ///
    /// Runs Python: no (overrides in a subclass are ignored). CPython: `PyByteArray_GET_SIZE`. RustPython:
    /// `borrow_buf`.
    fn bytearray_len(py: Attached<'_, Self>, bytearray: Ref<'_, Self, kind::ByteArray>) -> usize
    where
        Self: Backend,
    {
        Self::bytearray_contents(py, bytearray).1
    }

    /// Returns address and length of the contents of a `bytearray`, valid until it is resized.
    ///
    /// This takes no lock: the `bytearray` can be resized afterwards. If it is empty, the pointer may dangle.
    ///
    /// Runs Python: no. CPython: `PyByteArray_AsString`. RustPython: `borrow_buf_mut`.
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
