//! [`PyBuffer`]: access in place to the memory of `bytes`, `array.array`, `memoryview`, NumPy arrays and similar
//! objects.

#![expect(unsafe_code, reason = "access to the memory of a buffer uses raw pointers")]

use core::cell::{Cell, UnsafeCell};
use core::ffi::{CStr, c_void};
use core::marker::PhantomData;
use core::mem::{ManuallyDrop, MaybeUninit, align_of, size_of};
use core::ptr::NonNull;
use core::slice;

use pyo3_backend::{BufferLayout, BufferOps};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::exceptions::PyBufferError;
use crate::{Borrowed, Bound, FromPyObject, PyAny, PyErr, PyResult, Python};

mod element;

pub use self::element::{Element, ElementType};

type View = <Active as BufferOps>::BufferView;

/// A buffer whose item type is only known at run time.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::buffer::PyUntypedBuffer;
/// use pyo3::types::PyBytes;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let buffer = PyUntypedBuffer::get(&PyBytes::new(py, b"abc"))?;
///     assert_eq!((buffer.item_count(), buffer.item_size()), (3, 1));
///     let typed = buffer.into_typed::<u8>()?;
///     assert_eq!(typed.to_vec(py)?, b"abc");
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
pub struct PyUntypedBuffer(ManuallyDrop<View>);

/// A buffer whose items are of type `T`.
///
/// ```
/// use pyo3::buffer::PyBuffer;
/// use pyo3::prelude::*;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let bytes = py.eval(c"b'abc'", None, None)?;
///     let buffer = PyBuffer::<u8>::get(&bytes)?;
///     assert_eq!(buffer.to_vec(py)?, b"abc");
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
#[repr(transparent)]
pub struct PyBuffer<T>(PyUntypedBuffer, PhantomData<[T]>);

/// An item that can be read, and that Python may change at any time.
#[repr(transparent)]
pub struct ReadOnlyCell<T: Element>(UnsafeCell<T>);

impl<T: Element> ReadOnlyCell<T> {
    /// Returns the current value of the item.
    #[inline]
    pub fn get(&self) -> T {
        // SAFETY: any bytes are a valid `T: Copy`. This thread is attached, and only attached threads write. With a
        // GIL, none does so at the same time; without one, as in PyO3, those who share the buffer must synchronize.
        unsafe { *self.0.get() }
    }

    /// Returns a pointer to the item.
    #[inline]
    pub fn as_ptr(&self) -> *const T {
        self.0.get()
    }
}

/// The order of the items in memory.
#[derive(Clone, Copy)]
enum Order {
    /// The last index varies fastest.
    C,
    /// The first index varies fastest.
    Fortran,
}

/// Calls `visit` with the address of each item, in the given order.
fn each_item(layout: &BufferLayout<'_, Active>, order: Order, mut visit: impl FnMut(*mut u8)) {
    let total = layout.shape.iter().product::<usize>();
    let mut indices = vec![0; layout.shape.len()];
    for _ in 0..total {
        visit(address(layout, &indices));
        let dimensions = indices.len();
        for step in 0..dimensions {
            let dimension = match order {
                Order::C => dimensions - 1 - step,
                Order::Fortran => step,
            };
            indices[dimension] += 1;
            if indices[dimension] < layout.shape[dimension] {
                break;
            }
            indices[dimension] = 0;
        }
    }
}

/// Returns the address of the item at `indices`. Fewer indices than dimensions give the first item of the rest.
fn address(layout: &BufferLayout<'_, Active>, indices: &[usize]) -> *mut u8 {
    let mut at = layout.start;
    for (dimension, &index) in indices.iter().enumerate() {
        at = at.wrapping_offset(layout.strides[dimension] * index as isize);
        if let Some(offset) = layout.suboffsets.map(|suboffsets| suboffsets[dimension])
            && offset >= 0
        {
            // SAFETY: a suboffset of 0 or more means that the exporter stored a pointer here.
            at = unsafe { at.cast::<*mut u8>().read_unaligned() }.wrapping_offset(offset);
        }
    }
    at
}

/// Returns `true` if the items are contiguous in the given order.
#[inline]
fn is_contiguous(layout: &BufferLayout<'_, Active>, order: Order) -> bool {
    if layout.suboffsets.is_some() {
        return false;
    }
    if layout.len == 0 {
        return true;
    }
    let mut expected = layout.item_size as isize;
    let mut fits = |dimension: usize| {
        let items = layout.shape[dimension];
        let fits = items == 1 || layout.strides[dimension] == expected;
        expected *= items as isize;
        fits
    };
    match order {
        Order::C => (0..layout.shape.len()).rev().all(&mut fits),
        Order::Fortran => (0..layout.shape.len()).all(&mut fits),
    }
}

impl PyUntypedBuffer {
    /// Requests the buffer of `obj`, which keeps its memory in place until the buffer is released.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the object does not support the buffer protocol, or `BufferError` if it refuses the
    /// request.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::buffer::PyUntypedBuffer;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let array = py.import("array")?.call_method1("array", ("h", [1, 2, 3]))?;
    ///     let buffer = PyUntypedBuffer::get(&array)?;
    ///     assert_eq!(buffer.len_bytes(), 6);
    ///     assert!(!buffer.readonly());
    ///     buffer.release(py);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn get(obj: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = obj.py();
        let view = Active::buffer_get(py.attached(), obj.any_handle()).or_raise(py)?;
        Ok(PyUntypedBuffer(ManuallyDrop::new(view)))
    }

    /// Converts to a typed buffer.
    ///
    /// # Errors
    ///
    /// Returns `BufferError` if the items are not of type `T`, or not aligned for it.
    pub fn into_typed<T: Element>(self) -> PyResult<PyBuffer<T>> {
        self.check::<T>()?;
        Ok(PyBuffer(self, PhantomData))
    }

    /// Returns a reference to the buffer as a typed one.
    ///
    /// # Errors
    ///
    /// Returns `BufferError` if the items are not of type `T`, or not aligned for it.
    pub fn as_typed<T: Element>(&self) -> PyResult<&PyBuffer<T>> {
        self.check::<T>()?;
        // SAFETY: `PyBuffer` is a transparent wrapper of this type, and the item type was just checked.
        Ok(unsafe { &*(self as *const Self).cast() })
    }

    fn check<T: Element>(&self) -> PyResult<()> {
        let layout = self.layout();
        let name = core::any::type_name::<T>();
        if size_of::<T>() != layout.item_size || !T::is_compatible_format(layout.format) {
            Err(PyBufferError::new_err(format!("buffer contents are not compatible with {name}")))
        } else if layout.start.align_offset(align_of::<T>()) != 0 {
            Err(PyBufferError::new_err(format!("buffer contents are insufficiently aligned for {name}")))
        } else {
            Ok(())
        }
    }

    #[inline]
    fn layout(&self) -> BufferLayout<'_, Active> {
        Active::buffer_layout(&self.0)
    }

    /// Releases the buffer. Dropping it does the same, but must first attach the thread.
    pub fn release(self, py: Python<'_>) {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: `this` is never dropped, so the view is taken only once.
        Active::buffer_release(py.attached(), unsafe { ManuallyDrop::take(&mut this.0) });
    }

    /// Returns a pointer to the first item.
    #[inline]
    pub fn buf_ptr(&self) -> *mut c_void {
        self.layout().start.cast()
    }

    /// Returns the object that owns the memory, if there is one.
    pub fn obj<'py>(&self, py: Python<'py>) -> Option<&Bound<'py, PyAny>> {
        self.layout().object.map(|lender| Bound::from_owned_ref(lender.bind(py.attached())))
    }

    /// Returns a pointer to the item at `indices`.
    ///
    /// # Panics
    ///
    /// Panics if there are more indices than dimensions, or if an index is out of range.
    pub fn get_ptr(&self, indices: &[usize]) -> *mut c_void {
        let layout = self.layout();
        let shape = &layout.shape[..indices.len()];
        assert!(indices.iter().zip(shape).all(|(index, items)| index < items), "index out of the buffer's range");
        address(&layout, indices).cast()
    }

    /// Returns `true` if the memory is read-only.
    #[inline]
    pub fn readonly(&self) -> bool {
        self.layout().read_only
    }

    /// Returns the size of one item in bytes.
    #[inline]
    pub fn item_size(&self) -> usize {
        self.layout().item_size
    }

    /// Returns the number of items.
    #[inline]
    pub fn item_count(&self) -> usize {
        let layout = self.layout();
        layout.len / layout.item_size
    }

    /// Returns the total size of all items in bytes: the size of a contiguous copy.
    #[inline]
    pub fn len_bytes(&self) -> usize {
        self.layout().len
    }

    /// Returns the number of dimensions, which is 0 for a single item.
    #[inline]
    pub fn dimensions(&self) -> usize {
        self.shape().len()
    }

    /// Returns the number of items in each dimension.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::buffer::PyUntypedBuffer;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let view = py.eval(c"memoryview(bytes(6)).cast('B', [2, 3])", None, None)?;
    ///     let buffer = PyUntypedBuffer::get(&view)?;
    ///     assert_eq!(buffer.dimensions(), 2);
    ///     assert_eq!(buffer.shape(), [2, 3]);
    ///     assert_eq!(buffer.strides(), [3, 1]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn shape(&self) -> &[usize] {
        self.layout().shape
    }

    /// Returns the distance in bytes between successive items, for each dimension.
    #[inline]
    pub fn strides(&self) -> &[isize] {
        self.layout().strides
    }

    /// Returns the offset in bytes to add after following the pointers of each dimension, or a negative number for a
    /// dimension without pointers. Returns `None` if there are no pointers.
    #[inline]
    pub fn suboffsets(&self) -> Option<&[isize]> {
        self.layout().suboffsets
    }

    /// Returns the format of an item, in the notation of the module `struct`.
    #[inline]
    pub fn format(&self) -> &CStr {
        self.layout().format
    }

    /// Returns `true` if the items are contiguous, and the last index varies fastest.
    #[inline]
    pub fn is_c_contiguous(&self) -> bool {
        is_contiguous(&self.layout(), Order::C)
    }

    /// Returns `true` if the items are contiguous, and the first index varies fastest.
    #[inline]
    pub fn is_fortran_contiguous(&self) -> bool {
        is_contiguous(&self.layout(), Order::Fortran)
    }
}

/// Attaches the thread to release the buffer. Leaks it if that is no longer possible.
impl Drop for PyUntypedBuffer {
    fn drop(&mut self) {
        Python::try_attach(|py| {
            // SAFETY: `drop` runs only once, and nothing uses the view afterwards.
            Active::buffer_release(py.attached(), unsafe { ManuallyDrop::take(&mut self.0) });
        });
    }
}

impl core::fmt::Debug for PyUntypedBuffer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        describe("PyUntypedBuffer", &self.layout(), f)
    }
}

impl<T> core::fmt::Debug for PyBuffer<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        describe("PyBuffer", &self.0.layout(), f)
    }
}

fn describe(name: &str, layout: &BufferLayout<'_, Active>, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
    f.debug_struct(name)
        .field("buf", &layout.start)
        .field("len", &layout.len)
        .field("itemsize", &layout.item_size)
        .field("readonly", &layout.read_only)
        .field("format", &layout.format)
        .field("shape", &layout.shape)
        .field("strides", &layout.strides)
        .field("suboffsets", &layout.suboffsets)
        .finish()
}

impl<T> core::ops::Deref for PyBuffer<T> {
    type Target = PyUntypedBuffer;

    #[inline]
    fn deref(&self) -> &PyUntypedBuffer {
        &self.0
    }
}

impl<T: Element> PyBuffer<T> {
    /// Requests the buffer of `obj`, which keeps its memory in place until the buffer is released.
    ///
    /// # Errors
    ///
    /// Same as [`PyUntypedBuffer::get`] and [`PyUntypedBuffer::into_typed`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::buffer::PyBuffer;
    /// use pyo3::types::PyBytes;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bytes = PyBytes::new(py, b"abc");
    ///     assert_eq!(PyBuffer::<u8>::get(&bytes)?.item_count(), 3);
    ///     assert!(PyBuffer::<f64>::get(&bytes).is_err());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn get(obj: &Bound<'_, PyAny>) -> PyResult<Self> {
        PyUntypedBuffer::get(obj)?.into_typed()
    }

    /// Releases the buffer. Dropping it does the same, but must first attach the thread.
    pub fn release(self, py: Python<'_>) {
        self.0.release(py);
    }

    #[inline]
    fn slice_ptr(&self, order: Order) -> Option<NonNull<[T]>> {
        let layout = self.0.layout();
        if !is_contiguous(&layout, order) {
            return None;
        }
        let items = layout.len / size_of::<T>();
        // The address of an empty buffer may be null, but that of a slice must not.
        let start = NonNull::new(layout.start.cast()).unwrap_or(NonNull::dangling());
        Some(NonNull::slice_from_raw_parts(start, items))
    }

    /// Returns the items as a raw slice, or `None` if they are not contiguous in C order.
    pub fn as_slice_ptr(&self) -> Option<NonNull<[T]>> {
        self.slice_ptr(Order::C)
    }

    /// Returns the items as a raw slice, or `None` if they are not contiguous in Fortran order.
    pub fn as_fortran_slice_ptr(&self) -> Option<NonNull<[T]>> {
        self.slice_ptr(Order::Fortran)
    }

    fn cells<C>(&self, order: Order) -> Option<&[C]> {
        const { assert!(size_of::<C>() == size_of::<T>()) };
        let items = self.slice_ptr(order)?;
        // SAFETY: `C` is a cell around a `T`, and the exporter keeps the memory in place while `self` exists.
        Some(unsafe { slice::from_raw_parts(items.as_ptr().cast(), items.len()) })
    }

    /// Returns the items for reading, or `None` if they are not contiguous in C order.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::buffer::PyBuffer;
    /// use pyo3::types::PyBytes;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let buffer = PyBuffer::<u8>::get(&PyBytes::new(py, &[1, 2, 3]))?;
    ///     let items = buffer.as_slice(py).expect("the items of `bytes` are contiguous");
    ///     assert_eq!(items.iter().map(|item| u32::from(item.get())).sum::<u32>(), 6);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn as_slice<'a>(&'a self, _py: Python<'a>) -> Option<&'a [ReadOnlyCell<T>]> {
        self.cells(Order::C)
    }

    /// Returns the items for reading and writing, or `None` if they are read-only or not contiguous in C order.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::buffer::PyBuffer;
    /// use pyo3::types::PyByteArray;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let array = PyByteArray::new(py, &[1, 2, 3]);
    ///     let buffer = PyBuffer::<u8>::get(&array)?;
    ///     for item in buffer.as_mut_slice(py).expect("a `bytearray` can be written") {
    ///         item.set(10 * item.get());
    ///     }
    ///     buffer.release(py);
    ///     assert_eq!(array.to_vec(), [10, 20, 30]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn as_mut_slice<'a>(&'a self, _py: Python<'a>) -> Option<&'a [Cell<T>]> {
        if self.0.readonly() { None } else { self.cells(Order::C) }
    }

    /// Returns the items for reading, or `None` if they are not contiguous in Fortran order.
    pub fn as_fortran_slice<'a>(&'a self, _py: Python<'a>) -> Option<&'a [ReadOnlyCell<T>]> {
        self.cells(Order::Fortran)
    }

    /// Returns the items for reading and writing, or `None` if they are read-only or not contiguous in Fortran order.
    pub fn as_fortran_mut_slice<'a>(&'a self, _py: Python<'a>) -> Option<&'a [Cell<T>]> {
        if self.0.readonly() { None } else { self.cells(Order::Fortran) }
    }

    /// Copies all items to `target`, in C order.
    ///
    /// # Errors
    ///
    /// Returns `BufferError` if the length of `target` differs from the number of items.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::buffer::PyBuffer;
    /// use pyo3::types::PyBytes;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let buffer = PyBuffer::<u8>::get(&PyBytes::new(py, b"abc"))?;
    ///     let mut copy = [0; 3];
    ///     buffer.copy_to_slice(py, &mut copy)?;
    ///     assert_eq!(&copy, b"abc");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn copy_to_slice(&self, py: Python<'_>, target: &mut [T]) -> PyResult<()> {
        self.copy_out(py, target, Order::C)
    }

    /// Copies all items to `target`, in Fortran order.
    ///
    /// # Errors
    ///
    /// Returns `BufferError` if the length of `target` differs from the number of items.
    pub fn copy_to_fortran_slice(&self, py: Python<'_>, target: &mut [T]) -> PyResult<()> {
        self.copy_out(py, target, Order::Fortran)
    }

    fn copy_out(&self, _py: Python<'_>, target: &mut [T], order: Order) -> PyResult<()> {
        self.same_length("copy to", target.len())?;
        // SAFETY: `read_into` only writes, and only valid items, so `target` stays initialized.
        self.read_into(unsafe { &mut *(target as *mut [T] as *mut [MaybeUninit<T>]) }, order);
        Ok(())
    }

    /// Returns a copy of all items, in C order.
    ///
    /// # Errors
    ///
    /// This method currently never fails.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::buffer::PyBuffer;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let array = py.import("array")?.call_method1("array", ("d", [0.5, 1.5]))?;
    ///     assert_eq!(PyBuffer::<f64>::get(&array)?.to_vec(py)?, [0.5, 1.5]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn to_vec(&self, py: Python<'_>) -> PyResult<Vec<T>> {
        self.collect(py, Order::C)
    }

    /// Returns a copy of all items, in Fortran order.
    ///
    /// # Errors
    ///
    /// This method currently never fails.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::buffer::PyBuffer;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let view = py.eval(c"memoryview(bytes(range(6))).cast('B', [2, 3])", None, None)?;
    ///     let buffer = PyBuffer::<u8>::get(&view)?;
    ///     assert_eq!(buffer.to_vec(py)?, [0, 1, 2, 3, 4, 5]);
    ///     assert_eq!(buffer.to_fortran_vec(py)?, [0, 3, 1, 4, 2, 5]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn to_fortran_vec(&self, py: Python<'_>) -> PyResult<Vec<T>> {
        self.collect(py, Order::Fortran)
    }

    fn collect(&self, _py: Python<'_>, order: Order) -> PyResult<Vec<T>> {
        let items = self.0.item_count();
        let mut out = Vec::with_capacity(items);
        self.read_into(&mut out.spare_capacity_mut()[..items], order);
        // SAFETY: the vector has the capacity, and `read_into` has initialized every item.
        unsafe { out.set_len(items) };
        Ok(out)
    }

    /// Writes every item to `target`, whose length is the number of items.
    #[inline]
    fn read_into(&self, target: &mut [MaybeUninit<T>], order: Order) {
        if let Some(items) = self.slice_ptr(order) {
            // SAFETY: the buffer is contiguous memory of as many items, which `target`, a unique reference, cannot
            // overlap.
            unsafe { target.as_mut_ptr().copy_from_nonoverlapping(items.as_ptr().cast(), items.len()) };
            return;
        }
        self.read_each_into(target, order);
    }

    /// Does the same as [`read_into`](Self::read_into), for items that are not contiguous.
    #[inline(never)]
    fn read_each_into(&self, target: &mut [MaybeUninit<T>], order: Order) {
        let mut slots = target.iter_mut();
        each_item(&self.0.layout(), order, |item| {
            if let Some(slot) = slots.next() {
                // SAFETY: this is the address of an item whose type was checked. The read is unaligned, because only
                // the alignment of the first item was checked.
                slot.write(unsafe { item.cast::<T>().read_unaligned() });
            }
        });
    }

    /// Overwrites all items with those of `source`, which are in C order.
    ///
    /// # Errors
    ///
    /// Returns `BufferError` if the buffer is read-only, or if the length of `source` differs from the number of items.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::buffer::PyBuffer;
    /// use pyo3::types::PyByteArray;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let array = PyByteArray::new(py, b"abc");
    ///     PyBuffer::<u8>::get(&array)?.copy_from_slice(py, b"xyz")?;
    ///     assert_eq!(array.to_vec(), b"xyz");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn copy_from_slice(&self, py: Python<'_>, source: &[T]) -> PyResult<()> {
        self.copy_in(py, source, Order::C)
    }

    /// Overwrites all items with those of `source`, which are in Fortran order.
    ///
    /// # Errors
    ///
    /// Same as [`copy_from_slice`](Self::copy_from_slice).
    pub fn copy_from_fortran_slice(&self, py: Python<'_>, source: &[T]) -> PyResult<()> {
        self.copy_in(py, source, Order::Fortran)
    }

    fn copy_in(&self, _py: Python<'_>, source: &[T], order: Order) -> PyResult<()> {
        if self.0.readonly() {
            return Err(PyBufferError::new_err("cannot write to read-only buffer"));
        }
        self.same_length("copy from", source.len())?;
        let mut values = source.iter();
        each_item(&self.0.layout(), order, |item| {
            if let Some(value) = values.next() {
                // SAFETY: this is the address of an item in writable memory, and its type was checked. The write may be
                // unaligned.
                unsafe { item.cast::<T>().write_unaligned(*value) };
            }
        });
        Ok(())
    }

    fn same_length(&self, what: &str, length: usize) -> PyResult<()> {
        let items = self.0.item_count();
        if length == items {
            return Ok(());
        }
        Err(PyBufferError::new_err(format!(
            "slice to {what} (of length {length}) does not match buffer length of {items}"
        )))
    }
}

impl<T: Element> FromPyObject<'_, '_> for PyBuffer<T> {
    type Error = PyErr;
    input_type!("_typeshed" "ReadableBuffer");

    fn extract(obj: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        Self::get(&obj)
    }
}
