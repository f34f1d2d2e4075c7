//! Buffers: memory that a Python object lends.

use core::ffi::CStr;

use crate::{Attached, Backend, BuiltinType, Global, Outcome, Owned, Ref, RefOps, kind, provided};

/// The shape of lent memory, as PEP 3118 defines it.
pub struct BufferLayout<'a, B: RefOps> {
    /// The address of the first item. Not null, unless there are no items.
    pub start: *mut u8,
    /// The size of all items together, in bytes.
    pub len: usize,
    /// The size of one item, in bytes.
    pub item_size: usize,
    /// Whether the memory must not be written.
    pub read_only: bool,
    /// The type of an item, in the notation of the module `struct`.
    pub format: &'a CStr,
    /// The number of items in each dimension.
    pub shape: &'a [usize],
    /// The distance from one item to the next in each dimension, in bytes.
    pub strides: &'a [isize],
    /// For dimensions that are pointers to follow: the offset to add after each one, or a negative number.
    pub suboffsets: Option<&'a [isize]>,
    /// The object that lends the memory, which may differ from the one that was asked for it.
    pub object: Option<&'a Global<B>>,
}

/// The buffer protocol, from the reader's side.
pub trait BufferOps: RefOps {
    /// Whether there are buffers. If not, [`buffer_get`](Self::buffer_get) raises `BufferError`.
    ///
    /// CPython: `true`, except in the limited API before 3.11. RustPython: `true`.
    const HAS_BUFFERS: bool;

    /// Lent memory. While it exists, the exporter keeps the memory in place.
    ///
    /// Only [`buffer_release`](Self::buffer_release) returns it: a destructor could not know whether the thread is
    /// attached.
    type BufferView: Send + Sync + 'static;

    /// Borrows the memory of `object`, with format, shape and strides, writable or not.
    ///
    /// Runs Python: yes (`__buffer__`). Errors: `TypeError: a bytes-like object is required, not 'x'`; `BufferError`.
    /// CPython: `PyObject_GetBuffer` with `PyBUF_FULL_RO`. RustPython: `PyBuffer::from_object`.
    fn buffer_get<'py>(py: Attached<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, Self::BufferView>;

    /// Returns the layout of the memory.
    ///
    /// Runs Python: no. CPython: the fields of `Py_buffer`. RustPython: `BufferDescriptor`.
    fn buffer_layout(view: &Self::BufferView) -> BufferLayout<'_, Self>;

    /// Returns the memory to its owner.
    ///
    /// Runs Python: yes (`__release_buffer__`); what that raises goes to `sys.unraisablehook`.
    /// CPython: `PyBuffer_Release`. RustPython: drop of the `PyBuffer`.
    fn buffer_release(py: Attached<'_, Self>, view: Self::BufferView);

    /// Returns `memoryview(object)`.
    ///
    /// Runs Python: yes (`__buffer__`). Errors: `TypeError` if the object does not lend memory; `BufferError`.
    /// CPython: `PyMemoryView_FromObject`. RustPython: calls the type.
    fn buffer_memoryview<'py>(
        py: Attached<'py, Self>,
        object: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::MemoryView>>
    where
        Self: Backend,
    {
        provided::instance(py, BuiltinType::MemoryView, &[object])
    }
}
