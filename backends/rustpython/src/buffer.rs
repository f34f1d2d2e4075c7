//! The buffer protocol.

use std::ffi::CString;

use pyo3_backend::{Attached, BufferLayout, BufferOps, Global, Outcome, Ref};
use rustpython_vm::protocol::{BufferFlags, PyBuffer};

use crate::RustPython;
use crate::buffer_export::Export;
use crate::convert::{object, outcome};
use crate::vm::vm;

/// Borrowed memory, with its description in the form of the contract.
///
/// The VM returns the memory behind a guard, for each access. The address is taken only once: an exporter must not move
/// the memory while a `PyBuffer` exists, which its export count ensures.
pub struct View {
    buffer: PyBuffer,
    start: *mut u8,
    format: CString,
    shape: Vec<usize>,
    strides: Vec<isize>,
    suboffsets: Option<Vec<isize>>,
}

// SAFETY: the address is only followed while the exporter keeps the memory in place, and as for any buffer, callers
// have to expect access by other threads.
unsafe impl Send for View {}
// SAFETY: as above.
unsafe impl Sync for View {}

impl BufferOps for RustPython {
    const HAS_BUFFERS: bool = true;
    type BufferView = View;

    fn buffer_get<'py>(py: Attached<'py, Self>, exporter: Ref<'_, Self>) -> Outcome<'py, Self, View> {
        let vm = vm(py);
        let buffer = outcome(py, PyBuffer::from_object(vm, object(exporter), BufferFlags::FULL_RO))?;
        let desc = &buffer.desc;
        let first = match desc.readonly {
            true => buffer.obj_bytes().as_ptr().cast_mut(),
            false => buffer.obj_bytes_mut().as_mut_ptr(),
        };
        let start = first.wrapping_offset(desc.offset);
        let suboffsets: Vec<isize> = desc.dim_desc.iter().map(|&(_, _, suboffset)| suboffset).collect();
        Ok(View {
            start,
            format: CString::new(desc.format.as_bytes()).unwrap_or_else(|_| c"B".to_owned()),
            shape: desc.dim_desc.iter().map(|&(items, _, _)| items).collect(),
            strides: desc.dim_desc.iter().map(|&(_, stride, _)| stride).collect(),
            // The VM adds a suboffset without following a pointer, and 0 means that there is none.
            suboffsets: suboffsets.iter().any(|&suboffset| suboffset != 0).then_some(suboffsets),
            buffer,
        })
    }

    fn buffer_layout(view: &View) -> BufferLayout<'_, Self> {
        const { assert!(size_of::<rustpython_vm::PyObjectRef>() == size_of::<Global<RustPython>>()) };
        let desc = &view.buffer.desc;
        let object = match view.buffer.obj.downcast_ref::<Export>() {
            Some(export) => &export.exporter,
            None => &view.buffer.obj,
        };
        BufferLayout {
            start: view.start,
            len: desc.len,
            item_size: desc.itemsize,
            read_only: desc.readonly,
            format: &view.format,
            shape: &view.shape,
            strides: &view.strides,
            suboffsets: view.suboffsets.as_deref(),
            // SAFETY: both types are transparent over a non-null pointer to an object. The view owns this reference, or
            // owns the `Export` that does.
            object: Some(unsafe { &*core::ptr::from_ref(object).cast() }),
        }
    }

    fn buffer_release(_py: Attached<'_, Self>, view: View) {
        view.buffer.release();
        drop(view);
    }
}
