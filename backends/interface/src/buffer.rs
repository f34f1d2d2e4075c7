//! Buffers: memory that a Python object lends.

use core::ffi::CStr;

use crate::{Attached, Global, Outcome, Ref, RefOps};

/// The shape of lent memory, as PEP 3118 has it.
#[derive(Clone, Copy, Debug)]
pub struct BufferLayout<'a> {
    /// Where the first item is. Not null, unless there are no items.
    pub start: *mut u8,
    /// Bytes of all items together.
    pub len: usize,
    /// Bytes of one item.
    pub item_size: usize,
    /// Whether the memory must not be written.
    pub read_only: bool,
    /// The type of an item, in the notation of the module `struct`.
    pub format: &'a CStr,
    /// Items in each dimension.
    pub shape: &'a [usize],
    /// Bytes from one item to the next, in each dimension.
    pub strides: &'a [isize],
    /// Where dimensions are pointers to be followed: the offset after each, or negative.
    pub suboffsets: Option<&'a [isize]>,
}

/// The buffer protocol, from the side of who reads.
pub trait BufferOps: RefOps {
    /// Whether there are buffers. Without, [`buffer_get`](Self::buffer_get) raises `BufferError`.
    ///
    /// CPython: but for the limited API before 3.11. RustPython: `true`.
    const HAS_BUFFERS: bool;

    /// Lent memory. While it exists the exporter keeps the memory where it is.
    ///
    /// Given back by [`buffer_release`](Self::buffer_release), and only so: dropping one would not know whether the thread
    /// is attached.
    type BufferView: Send + Sync + 'static;

    /// Borrows the memory of `object`, with format, shape and strides, writable or not.
    ///
    /// Runs Python: yes (`__buffer__`). Errors: `TypeError: a bytes-like object is required, not 'x'`; `BufferError`.
    /// CPython: `PyObject_GetBuffer` with `PyBUF_FULL_RO`. RustPython: `PyBuffer::from_object`.
    fn buffer_get<'py>(py: Attached<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, Self::BufferView>;

    /// What the memory looks like. Runs Python: no.
    fn buffer_layout(view: &Self::BufferView) -> BufferLayout<'_>;

    /// The object that lends, which need not be the one that was asked.
    fn buffer_object(view: &Self::BufferView) -> Option<&Global<Self>>;

    /// Gives the memory back.
    ///
    /// Runs Python: yes (`__release_buffer__`); what that raises goes to `sys.unraisablehook`.
    /// CPython: `PyBuffer_Release`. RustPython: drop of the `PyBuffer`.
    fn buffer_release(py: Attached<'_, Self>, view: Self::BufferView);
}
