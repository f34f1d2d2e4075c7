//! [`PyBuffer`]: the memory of `bytes`, `array.array`, `memoryview`, numpy arrays and their like, read and written in place.

#![expect(unsafe_code, reason = "lent memory is reached through pointers")]

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

/// A buffer whose items have some type, known at run time.
pub struct PyUntypedBuffer(ManuallyDrop<View>);

/// A buffer whose items are known to be `T`.
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

/// An item that can be read. It may change at any time, because Python has the buffer, too.
#[repr(transparent)]
pub struct ReadOnlyCell<T: Element>(UnsafeCell<T>);

impl<T: Element> ReadOnlyCell<T> {
    /// The item as it is now.
    #[inline]
    pub fn get(&self) -> T {
        // SAFETY: `T: Copy`, and whoever writes does so on a thread that is attached, as this one is.
        unsafe { *self.0.get() }
    }

    /// Where the item is.
    #[inline]
    pub fn as_ptr(&self) -> *const T {
        self.0.get()
    }
}

/// Which of two ways the items lie in memory.
#[derive(Clone, Copy)]
enum Order {
    /// The last index varies fastest.
    C,
    /// The first index varies fastest.
    Fortran,
}

/// Visits the address of each item, in order.
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

/// Where the item at `indices` is. Fewer indices than dimensions lead to the first item of what is left.
fn address(layout: &BufferLayout<'_, Active>, indices: &[usize]) -> *mut u8 {
    let mut at = layout.start;
    for (dimension, &index) in indices.iter().enumerate() {
        at = at.wrapping_offset(layout.strides[dimension] * index as isize);
        if let Some(offset) = layout.suboffsets.map(|suboffsets| suboffsets[dimension])
            && offset >= 0
        {
            // SAFETY: a sub-offset of 0 or more says that there is a pointer here; the exporter put it there.
            at = unsafe { at.cast::<*mut u8>().read_unaligned() }.wrapping_offset(offset);
        }
    }
    at
}

/// Whether the items lie one after another, in order.
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
    /// Borrows the memory of `obj`.
    ///
    /// # Errors
    ///
    /// `TypeError` if the object does not lend memory; `BufferError` if it refuses.
    #[inline]
    pub fn get(obj: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = obj.py();
        let view = Active::buffer_get(py.attached(), obj.any_handle()).or_raise(py)?;
        Ok(PyUntypedBuffer(ManuallyDrop::new(view)))
    }

    /// Checks that the items are `T`, and returns a typed buffer.
    ///
    /// # Errors
    ///
    /// `BufferError` if they are not.
    pub fn into_typed<T: Element>(self) -> PyResult<PyBuffer<T>> {
        self.check::<T>()?;
        Ok(PyBuffer(self, PhantomData))
    }

    /// Checks that the items are `T`, and returns a reference to a typed buffer.
    ///
    /// # Errors
    ///
    /// `BufferError` if they are not.
    pub fn as_typed<T: Element>(&self) -> PyResult<&PyBuffer<T>> {
        self.check::<T>()?;
        // SAFETY: `PyBuffer` is transparent over this type.
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

    /// Gives the memory back now. Dropping does the same, but must first ask whether the thread is attached.
    pub fn release(self, py: Python<'_>) {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: `this` is not dropped, so the view is taken once.
        Active::buffer_release(py.attached(), unsafe { ManuallyDrop::take(&mut this.0) });
    }

    /// The address of the first item.
    #[inline]
    pub fn buf_ptr(&self) -> *mut c_void {
        self.layout().start.cast()
    }

    /// The object that lends the memory.
    pub fn obj<'py>(&self, py: Python<'py>) -> Option<&Bound<'py, PyAny>> {
        self.layout().object.map(|lender| Bound::from_owned_ref(lender.bind(py.attached())))
    }

    /// The address of the item at `indices`.
    ///
    /// # Panics
    ///
    /// If there are more indices than dimensions, or one is out of range.
    pub fn get_ptr(&self, indices: &[usize]) -> *mut c_void {
        let layout = self.layout();
        let shape = &layout.shape[..indices.len()];
        assert!(indices.iter().zip(shape).all(|(index, items)| index < items), "index out of the buffer's range");
        address(&layout, indices).cast()
    }

    /// Whether the memory is read-only.
    #[inline]
    pub fn readonly(&self) -> bool {
        self.layout().read_only
    }

    /// The size of one item in bytes.
    #[inline]
    pub fn item_size(&self) -> usize {
        self.layout().item_size
    }

    /// The number of items.
    #[inline]
    pub fn item_count(&self) -> usize {
        let layout = self.layout();
        layout.len / layout.item_size
    }

    /// The size of all items in bytes: what a contiguous copy takes.
    #[inline]
    pub fn len_bytes(&self) -> usize {
        self.layout().len
    }

    /// The number of dimensions; 0 for a single item.
    #[inline]
    pub fn dimensions(&self) -> usize {
        self.shape().len()
    }

    /// The number of items in each dimension.
    #[inline]
    pub fn shape(&self) -> &[usize] {
        self.layout().shape
    }

    /// The distance from one item to the next in bytes, in each dimension.
    #[inline]
    pub fn strides(&self) -> &[isize] {
        self.layout().strides
    }

    /// For dimensions that are pointers: the offset to add after following each, or a negative number.
    #[inline]
    pub fn suboffsets(&self) -> Option<&[isize]> {
        self.layout().suboffsets
    }

    /// The type of an item, in the notation of the module `struct`.
    #[inline]
    pub fn format(&self) -> &CStr {
        self.layout().format
    }

    /// Whether the items lie one after another, the last index varying fastest.
    #[inline]
    pub fn is_c_contiguous(&self) -> bool {
        is_contiguous(&self.layout(), Order::C)
    }

    /// Whether the items lie one after another, the first index varying fastest.
    #[inline]
    pub fn is_fortran_contiguous(&self) -> bool {
        is_contiguous(&self.layout(), Order::Fortran)
    }
}

/// Attaches to give the memory back; where that cannot be any more, it is leaked.
impl Drop for PyUntypedBuffer {
    fn drop(&mut self) {
        Python::try_attach(|py| {
            // SAFETY: dropped once, and not used again.
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
    /// Borrows the memory of `obj`.
    ///
    /// # Errors
    ///
    /// As [`PyUntypedBuffer::get`]; `BufferError` if the items are not `T`.
    pub fn get(obj: &Bound<'_, PyAny>) -> PyResult<Self> {
        PyUntypedBuffer::get(obj)?.into_typed()
    }

    /// Gives the memory back now. Dropping does the same, but must first ask whether the thread is attached.
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
        // An empty buffer may have no address; a slice must.
        let start = NonNull::new(layout.start.cast()).unwrap_or(NonNull::dangling());
        Some(NonNull::slice_from_raw_parts(start, items))
    }

    /// The items as a slice of raw memory, if they lie in C order.
    pub fn as_slice_ptr(&self) -> Option<NonNull<[T]>> {
        self.slice_ptr(Order::C)
    }

    /// The items as a slice of raw memory, if they lie in Fortran order.
    pub fn as_fortran_slice_ptr(&self) -> Option<NonNull<[T]>> {
        self.slice_ptr(Order::Fortran)
    }

    fn cells<C>(&self, order: Order) -> Option<&[C]> {
        const { assert!(size_of::<C>() == size_of::<T>()) };
        let items = self.slice_ptr(order)?;
        // SAFETY: `C` is a cell of `T`; the exporter keeps the memory in place while `self` exists.
        Some(unsafe { slice::from_raw_parts(items.as_ptr().cast(), items.len()) })
    }

    /// The items, to be read; `None` if they do not lie in C order.
    pub fn as_slice<'a>(&'a self, _py: Python<'a>) -> Option<&'a [ReadOnlyCell<T>]> {
        self.cells(Order::C)
    }

    /// The items, to be read and written; `None` if they do not lie in C order or must not be written.
    pub fn as_mut_slice<'a>(&'a self, _py: Python<'a>) -> Option<&'a [Cell<T>]> {
        if self.0.readonly() { None } else { self.cells(Order::C) }
    }

    /// The items, to be read; `None` if they do not lie in Fortran order.
    pub fn as_fortran_slice<'a>(&'a self, _py: Python<'a>) -> Option<&'a [ReadOnlyCell<T>]> {
        self.cells(Order::Fortran)
    }

    /// The items, to be read and written; `None` if they do not lie in Fortran order or must not be written.
    pub fn as_fortran_mut_slice<'a>(&'a self, _py: Python<'a>) -> Option<&'a [Cell<T>]> {
        if self.0.readonly() { None } else { self.cells(Order::Fortran) }
    }

    /// Copies all items out, in C order.
    ///
    /// # Errors
    ///
    /// `BufferError` if `target` has another length.
    pub fn copy_to_slice(&self, py: Python<'_>, target: &mut [T]) -> PyResult<()> {
        self.copy_out(py, target, Order::C)
    }

    /// Copies all items out, in Fortran order.
    ///
    /// # Errors
    ///
    /// `BufferError` if `target` has another length.
    pub fn copy_to_fortran_slice(&self, py: Python<'_>, target: &mut [T]) -> PyResult<()> {
        self.copy_out(py, target, Order::Fortran)
    }

    fn copy_out(&self, _py: Python<'_>, target: &mut [T], order: Order) -> PyResult<()> {
        self.same_length("copy to", target.len())?;
        // SAFETY: as many items as there are, and initialised memory may be written over.
        self.read_into(unsafe { &mut *(target as *mut [T] as *mut [MaybeUninit<T>]) }, order);
        Ok(())
    }

    /// All items, in C order.
    ///
    /// # Errors
    ///
    /// None at present.
    pub fn to_vec(&self, py: Python<'_>) -> PyResult<Vec<T>> {
        self.collect(py, Order::C)
    }

    /// All items, in Fortran order.
    ///
    /// # Errors
    ///
    /// None at present.
    pub fn to_fortran_vec(&self, py: Python<'_>) -> PyResult<Vec<T>> {
        self.collect(py, Order::Fortran)
    }

    fn collect(&self, _py: Python<'_>, order: Order) -> PyResult<Vec<T>> {
        let items = self.0.item_count();
        let mut out = Vec::with_capacity(items);
        self.read_into(&mut out.spare_capacity_mut()[..items], order);
        // SAFETY: `read_into` wrote every item.
        unsafe { out.set_len(items) };
        Ok(out)
    }

    /// Writes every item to `target`, which has room for just as many.
    #[inline]
    fn read_into(&self, target: &mut [MaybeUninit<T>], order: Order) {
        if let Some(items) = self.slice_ptr(order) {
            // SAFETY: contiguous memory of that many items, which a Rust slice cannot overlap.
            unsafe { target.as_mut_ptr().copy_from_nonoverlapping(items.as_ptr().cast(), items.len()) };
            return;
        }
        self.read_each_into(target, order);
    }

    /// As [`read_into`](Self::read_into), where the items do not lie one after another.
    #[inline(never)]
    fn read_each_into(&self, target: &mut [MaybeUninit<T>], order: Order) {
        let mut slots = target.iter_mut();
        each_item(&self.0.layout(), order, |item| {
            if let Some(slot) = slots.next() {
                // SAFETY: the address of an item, whose type was checked; alignment of all items was not.
                slot.write(unsafe { item.cast::<T>().read_unaligned() });
            }
        });
    }

    /// Writes all items, given in C order.
    ///
    /// # Errors
    ///
    /// `BufferError` if the memory must not be written, or `source` has another length.
    pub fn copy_from_slice(&self, py: Python<'_>, source: &[T]) -> PyResult<()> {
        self.copy_in(py, source, Order::C)
    }

    /// Writes all items, given in Fortran order.
    ///
    /// # Errors
    ///
    /// As [`copy_from_slice`](Self::copy_from_slice).
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
                // SAFETY: the address of an item of writable memory, whose type was checked.
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
