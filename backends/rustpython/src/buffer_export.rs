//! Memory that instances of Rust classes lend, through `__getbuffer__` and `__releasebuffer__`.
//!
//! A buffer of the VM refers to an object, and to functions that find the memory in it. An exporter may lend several
//! times, so each loan gets its own object, which holds the exporter and the structure that it filled.

use core::ffi::{CStr, c_char, c_int, c_void};
use core::fmt;
use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::Mutex;

use pyo3_backend::{Attached, GetBufferFn, Protocol, Ref, ReleaseBufferFn};
use rustpython_vm::builtins::{PyGetSet, PyType};
use rustpython_vm::common::borrow::{BorrowedValue, BorrowedValueMut};
use rustpython_vm::function::ItemDoc;
use rustpython_vm::object::{MaybeTraverse, TraverseFn};
use rustpython_vm::protocol::{BufferDescriptor, BufferFlags, BufferMethods, PyBuffer};
use rustpython_vm::{Context, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use crate::convert::{lend, plain_result};
use crate::thread::finalize;
use crate::vm::enter;
use crate::{RustPython, protocol};

/// `Py_buffer`, in C layout.
#[repr(C)]
struct View {
    start: *mut u8,
    object: Option<PyObjectRef>,
    len: isize,
    item_size: isize,
    read_only: c_int,
    dimensions: c_int,
    format: *mut c_char,
    shape: *mut isize,
    strides: *mut isize,
    suboffsets: *mut isize,
    internal: *mut c_void,
}

impl View {
    fn empty() -> Self {
        View {
            start: core::ptr::null_mut(),
            object: None,
            len: 0,
            item_size: 0,
            read_only: 0,
            dimensions: 0,
            format: core::ptr::null_mut(),
            shape: core::ptr::null_mut(),
            strides: core::ptr::null_mut(),
            suboffsets: core::ptr::null_mut(),
            internal: core::ptr::null_mut(),
        }
    }

    /// Returns one number for each dimension, or `None` if the exporter provides none.
    ///
    /// # Safety
    ///
    /// `first` belongs to this view. It is null or points to one number per dimension.
    unsafe fn numbers(&self, first: *const isize) -> Option<&[isize]> {
        match usize::try_from(self.dimensions).unwrap_or(0) {
            0 => Some(&[]),
            _ if first.is_null() => None,
            // SAFETY: upheld by the caller.
            count => Some(unsafe { core::slice::from_raw_parts(first, count) }),
        }
    }
}

/// `__releasebuffer__` of a class, as a function.
type Release = for<'a, 'py> unsafe fn(Attached<'py, RustPython>, Ref<'a, RustPython>, *mut c_void);

/// One loan of memory.
pub(crate) struct Export {
    pub(crate) exporter: PyObjectRef,
    /// The structure, or `None` once it is released. It is boxed because exporters may keep pointers into it.
    view: Mutex<Option<Box<View>>>,
    /// The address of the lowest byte. The number of bytes is `extent`.
    start: *mut u8,
    extent: usize,
    release: Option<Release>,
}

// SAFETY: any thread may access the memory under the rules of the buffer protocol; the structure is behind a lock.
unsafe impl Send for Export {}
// SAFETY: as above.
unsafe impl Sync for Export {}

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Export").finish_non_exhaustive()
    }
}

impl MaybeTraverse for Export {
    const HAS_TRAVERSE: bool = true;

    fn try_traverse(&self, visitor: &mut TraverseFn<'_>) {
        visitor(&self.exporter);
    }
}

impl PyPayload for Export {
    /// Returns `object`: Python code sees a plain object.
    fn class(ctx: &Context) -> &'static Py<PyType> {
        ctx.types.object_type
    }
}

impl Export {
    const METHODS: &'static BufferMethods = &BufferMethods {
        obj_bytes: |buffer| {
            let export = Self::of(buffer);
            // SAFETY: the exporter keeps the memory in place until it is released, which is the last thing that the VM
            // does.
            BorrowedValue::Ref(unsafe { core::slice::from_raw_parts(export.start, export.extent) })
        },
        obj_bytes_mut: |buffer| {
            let export = Self::of(buffer);
            // SAFETY: as above; the VM calls this only for memory that is not read-only.
            BorrowedValueMut::RefMut(unsafe { core::slice::from_raw_parts_mut(export.start, export.extent) })
        },
        retain: |_| (),
        release: |buffer| Self::of(buffer).give_back(),
    };

    fn of(buffer: &PyBuffer) -> &Self {
        buffer.obj_as::<Self>()
    }

    /// Tells the exporter that the memory is not used any more.
    fn give_back(&self) {
        let taken = self.view.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
        let Some(mut view) = taken else { return };
        let place = core::ptr::from_mut(&mut *view).cast();
        finalize(|py| {
            if let Some(release) = self.release {
                // SAFETY: the structure that the exporter filled. It was taken out of the lock, so this is the only
                // call for it.
                unsafe { release(py, lend(&self.exporter), place) };
            }
        });
        drop(view);
    }
}

/// Returns the slot `as_buffer`.
pub(crate) fn slot<G: GetBufferFn<RustPython>, R: ReleaseBufferFn<RustPython>>() -> Protocol<RustPython> {
    protocol::slot(|target| target.slots().as_buffer.store(Some(get_buffer::<G, R>)))
}

/// Implements `slots.as_buffer`.
fn get_buffer<G, R>(exporter: &PyObject, flags: BufferFlags, vm: &VirtualMachine) -> PyResult<PyBuffer>
where
    G: GetBufferFn<RustPython>,
    R: ReleaseBufferFn<RustPython>,
{
    let mut view = Box::new(View::empty());
    // The VM needs complete descriptions, whatever its consumers request.
    let wanted = flags.union(BufferFlags::FULL_RO);
    let place = core::ptr::from_mut(&mut *view).cast();
    // SAFETY: the structure has C layout, and stays in its box.
    let filled = unsafe { enter(vm, |py| G::call(py, lend(exporter), place, wanted.bits() as c_int)) };
    if let Err(raised) = plain_result(filled) {
        // Nothing was lent, so the content of the field is not an owned reference.
        core::mem::forget(view.object.take());
        return Err(raised);
    }
    let described = describe(&view);
    let (start, extent) = described.as_ref().map_or((core::ptr::NonNull::dangling().as_ptr(), 0), |known| known.1);
    let export = Export {
        exporter: exporter.to_owned(),
        view: Mutex::new(Some(view)),
        start,
        extent,
        // SAFETY: `give_back` meets the requirements of the function.
        release: R::PRESENT.then_some(|py, receiver, view| unsafe { R::call(py, receiver, view) }),
    };
    match described {
        Ok((description, _)) => {
            show_exporters(vm);
            let holder = PyRef::new_ref(export, vm.ctx.types.object_type.to_owned(), None);
            Ok(PyBuffer::new(holder.into(), description, Export::METHODS))
        }
        Err(what) => {
            export.give_back();
            Err(vm.new_buffer_error(what))
        }
    }
}

/// Makes `memoryview.obj` return the exporter instead of the [`Export`].
fn show_exporters(vm: &VirtualMachine) {
    static DONE: AtomicBool = AtomicBool::new(false);

    // All interpreters of the process share the built-in types.
    if DONE.swap(true, Ordering::Relaxed) {
        return;
    }
    let ctx = Context::genesis();
    let (class, name) = (ctx.types.memoryview_type, ctx.intern_str("obj"));
    let Some(original) = class.get_direct_attr(name) else { return };
    let get = move |view: PyObjectRef, vm: &VirtualMachine| -> PyResult {
        let object = vm.call_if_get_descriptor(&original, view)?;
        Ok(match object.downcast_ref::<Export>() {
            Some(export) => export.exporter.clone(),
            None => object,
        })
    };
    let doc = ItemDoc::static_text("The underlying object of the memoryview.");
    class.set_attr(name, PyGetSet::new("obj", class, ctx).with_doc(doc).with_get(get).into_ref(&vm.ctx).into());
}

/// Returns the VM's description of lent memory, with the address of its lowest byte and its extent.
fn describe(view: &View) -> Result<(BufferDescriptor, (*mut u8, usize)), &'static str> {
    // SAFETY: the exporter filled the structure, so each table has one number per dimension.
    let (shape, strides, suboffsets) =
        unsafe { (view.numbers(view.shape), view.numbers(view.strides), view.numbers(view.suboffsets)) };
    let shape = shape.ok_or("shape is null")?;
    let strides = strides.ok_or("strides is null")?;
    if suboffsets.is_some_and(|all| all.iter().any(|&suboffset| suboffset >= 0)) {
        return Err("memory behind pointers cannot be lent to RustPython");
    }
    let item_size = usize::try_from(view.item_size).map_err(|_| "itemsize is negative")?;
    let (mut len, mut before, mut after) = (item_size, 0_usize, item_size);
    let mut dimensions = Vec::with_capacity(shape.len());
    for (&items, &stride) in shape.iter().zip(strides) {
        let items = usize::try_from(items).map_err(|_| "a dimension is negative")?;
        len = len.saturating_mul(items);
        let reach = items.saturating_sub(1).saturating_mul(stride.unsigned_abs());
        *(if stride < 0 { &mut before } else { &mut after }) += reach;
        dimensions.push((items, stride, 0));
    }
    let format = match view.format.is_null() {
        true => "B".into(),
        // SAFETY: not null, so it is a C string that lives as long as the view.
        false => unsafe { CStr::from_ptr(view.format) }.to_string_lossy().into_owned().into(),
    };
    let is_empty = len == 0 || view.start.is_null();
    let memory = match is_empty {
        true => (core::ptr::NonNull::dangling().as_ptr(), 0),
        false => (view.start.wrapping_sub(before), before.saturating_add(after)),
    };
    let description = BufferDescriptor {
        len,
        offset: if is_empty { 0 } else { before as isize },
        readonly: view.read_only != 0,
        itemsize: item_size,
        format,
        dim_desc: dimensions,
    };
    Ok((description, memory))
}

#[cfg(test)]
mod tests {
    use super::{View, describe};

    #[test]
    fn memory_walked_backwards_begins_at_its_lowest_byte() {
        let mut bytes = [0_u8; 12];
        let (mut shape, mut strides) = ([2, 3], [6, -2]);
        let mut view = View::empty();
        view.start = bytes.as_mut_ptr().wrapping_add(4);
        (view.len, view.item_size, view.dimensions) = (12, 2, 2);
        (view.shape, view.strides) = (shape.as_mut_ptr(), strides.as_mut_ptr());
        let (description, (start, extent)) = describe(&view).expect("a description");
        assert_eq!((start, extent), (bytes.as_mut_ptr(), 12));
        assert_eq!((description.len, description.offset, description.format.as_ref()), (12, 4, "B"));
        assert_eq!(description.dim_desc, [(2, 6, 0), (3, -2, 0)]);
    }

    #[test]
    fn what_is_missing_is_named() {
        let mut view = View::empty();
        view.dimensions = 1;
        assert_eq!(describe(&view).err(), Some("shape is null"));
        let mut shape = [1];
        view.shape = shape.as_mut_ptr();
        assert_eq!(describe(&view).err(), Some("strides is null"));
        let (mut strides, mut suboffsets) = ([1], [0]);
        (view.strides, view.suboffsets) = (strides.as_mut_ptr(), suboffsets.as_mut_ptr());
        assert!(describe(&view).is_err());
        // Without dimensions, the memory is one item, and needs no tables.
        let mut scalar = View::empty();
        scalar.item_size = 8;
        assert_eq!(describe(&scalar).expect("a description").0.len, 8);
    }
}
