//! `pybuffer.h`: the buffer protocol.

use core::ffi::{c_char, c_int, c_void};
use std::ffi::CString;

use rustpython_vm::PyObject;
use rustpython_vm::protocol::{BufferFlags, PyBuffer};

use super::vm::{given, lent, status, taken};
use crate::{Py_buffer, Py_ssize_t, PyBUF_FORMAT, PyBUF_INDIRECT, PyBUF_ND, PyBUF_STRIDES, PyBUF_WRITABLE};

/// The data that a view keeps alive, behind `Py_buffer::internal`.
struct Held {
    _buffer: PyBuffer,
    format: CString,
    shape: Vec<Py_ssize_t>,
    strides: Vec<Py_ssize_t>,
    suboffsets: Vec<Py_ssize_t>,
}

/// Returns 1 if the object supports the buffer protocol, else 0.
///
/// # Safety
/// The thread is attached and `ob` points to a live object.
pub unsafe fn PyObject_CheckBuffer(ob: *mut PyObject) -> c_int {
    // SAFETY: upheld by the caller.
    c_int::from(unsafe { lent(ob) }.check_buffer())
}

/// Fills `view` with the memory of an object. Returns 0, or -1 with an exception and `view.obj` null.
///
/// # Safety
/// The thread is attached, `ob` points to a live object, and `view` is valid for writes. Pass the view to
/// [`PyBuffer_Release`] in the end, and do not move it before.
pub unsafe fn PyObject_GetBuffer(ob: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int {
    // SAFETY: `view` is valid for writes.
    unsafe { view.write(Py_buffer::new()) };
    status(|vm| {
        // SAFETY: the object is alive.
        let ob = unsafe { lent(ob) };
        let buffer = PyBuffer::from_object(vm, ob, BufferFlags::from_bits_retain(flags as u32))?;
        let desc = &buffer.desc;
        // The exporter does not move its memory while the view exists, so the address stays valid after this guard.
        let start =
            if desc.readonly { buffer.obj_bytes().as_ptr().cast_mut() } else { buffer.obj_bytes_mut().as_mut_ptr() };
        let (mut shape, mut strides, mut suboffsets) = (Vec::new(), Vec::new(), Vec::new());
        for &(len, stride, suboffset) in &desc.dim_desc {
            shape.push(len as Py_ssize_t);
            strides.push(stride);
            suboffsets.push(suboffset);
        }
        let indirect = suboffsets.iter().any(|&suboffset| suboffset > 0);
        let format =
            CString::new(desc.format.as_bytes()).map_err(|_| vm.new_buffer_error("a format holds a nul character"))?;
        let mut filled = Py_buffer::new();
        filled.buf = start.wrapping_offset(desc.offset).cast();
        filled.len = desc.len as Py_ssize_t;
        filled.itemsize = desc.itemsize as Py_ssize_t;
        filled.readonly = c_int::from(desc.readonly);
        filled.ndim = shape.len() as c_int;
        filled.obj = given(ob.to_owned());
        let mut held = Box::new(Held { _buffer: buffer, format, shape, strides, suboffsets });
        if flags & PyBUF_FORMAT == PyBUF_FORMAT {
            filled.format = held.format.as_ptr().cast_mut();
        }
        if flags & PyBUF_ND == PyBUF_ND {
            filled.shape = held.shape.as_mut_ptr();
        }
        if flags & PyBUF_STRIDES == PyBUF_STRIDES {
            filled.strides = held.strides.as_mut_ptr();
        }
        if indirect && flags & PyBUF_INDIRECT == PyBUF_INDIRECT {
            filled.suboffsets = held.suboffsets.as_mut_ptr();
        }
        filled.internal = Box::into_raw(held).cast();
        // SAFETY: `view` is valid for writes.
        unsafe { view.write(filled) };
        Ok(())
    })
}

/// Fills `view` with plain bytes of `exporter`, and adds a reference to it. Returns 0, or -1 with a `BufferError` and
/// `view.obj` null if writable bytes are requested and `readonly` is not 0.
///
/// # Safety
/// The thread is attached. `exporter` is null or points to a live object, which keeps `len` bytes at `buf` until the
/// view is released. `view` is valid for writes, and is not moved while it is in use, because it may point into itself.
pub unsafe fn PyBuffer_FillInfo(
    view: *mut Py_buffer,
    exporter: *mut PyObject,
    buf: *mut c_void,
    len: Py_ssize_t,
    readonly: c_int,
    flags: c_int,
) -> c_int {
    if view.is_null() {
        return status(|vm| Err(vm.new_buffer_error("PyBuffer_FillInfo: view==NULL argument is obsolete")));
    }
    // SAFETY: `view` is valid for writes.
    unsafe { view.write(Py_buffer::new()) };
    if flags & PyBUF_WRITABLE == PyBUF_WRITABLE && readonly != 0 {
        return status(|vm| Err(vm.new_buffer_error("Object is not writable.")));
    }
    // SAFETY: upheld by the caller.
    unsafe {
        let exporter = exporter.as_ref().map_or(core::ptr::null_mut(), |exporter| given(exporter.to_owned()));
        ((*view).obj, (*view).buf, (*view).len, (*view).itemsize) = (exporter, buf, len, 1);
        ((*view).readonly, (*view).ndim) = (readonly, 1);
        if flags & PyBUF_FORMAT == PyBUF_FORMAT {
            (*view).format = c"B".as_ptr().cast_mut();
        }
        if flags & PyBUF_ND == PyBUF_ND {
            (*view).shape = &raw mut (*view).len;
        }
        if flags & PyBUF_STRIDES == PyBUF_STRIDES {
            (*view).strides = &raw mut (*view).itemsize;
        }
    }
    0
}

/// Releases a view. Does nothing if it was already released.
///
/// # Safety
/// The thread is attached, and `view` was filled by [`PyObject_GetBuffer`] or [`PyBuffer_FillInfo`], or is empty.
pub unsafe fn PyBuffer_Release(view: *mut Py_buffer) {
    // SAFETY: upheld by the caller. Both pointers are cleared first, so that a nested call from the exporter does
    // nothing.
    unsafe {
        let owner = core::mem::replace(&mut (*view).obj, core::ptr::null_mut());
        let held = core::mem::replace(&mut (*view).internal, core::ptr::null_mut());
        if owner.is_null() {
            return;
        }
        if !held.is_null() {
            drop(Box::from_raw(held.cast::<Held>()));
        }
        drop(taken(owner));
    }
}

/// Returns 1 if the memory is contiguous in C order (`C`), Fortran order (`F`) or either (`A`), else 0.
///
/// # Safety
/// `view` is filled.
pub unsafe fn PyBuffer_IsContiguous(view: *const Py_buffer, order: c_char) -> c_int {
    // SAFETY: upheld by the caller.
    let view = unsafe { &*view };
    if !view.suboffsets.is_null() {
        return 0;
    }
    if view.strides.is_null() || view.ndim == 0 || view.len == 0 {
        // Without strides, the order is that of C. With at most one dimension, it is also that of Fortran.
        let one_dimension = view.ndim <= 1 || view.shape.is_null();
        return c_int::from(order as u8 != b'F' || one_dimension || view.len == 0);
    }
    let dims = view.ndim as usize;
    // SAFETY: if a filled view has a shape and strides, each has one entry per dimension.
    let (shape, strides) =
        unsafe { (core::slice::from_raw_parts(view.shape, dims), core::slice::from_raw_parts(view.strides, dims)) };
    let packed = |order: Vec<usize>| {
        let mut expected = view.itemsize;
        order.into_iter().all(|dim| {
            let fits = shape[dim] <= 1 || strides[dim] == expected;
            expected *= shape[dim];
            fits
        })
    };
    let (c, fortran) = (packed((0..dims).rev().collect()), packed((0..dims).collect()));
    c_int::from(match order as u8 {
        b'C' => c,
        b'F' => fortran,
        _ => c || fortran,
    })
}

/// Returns the address of an item.
///
/// # Safety
/// `view` is filled with strides, and `indices` points to one index per dimension, each in range.
pub unsafe fn PyBuffer_GetPointer(view: *const Py_buffer, indices: *const Py_ssize_t) -> *mut c_void {
    // SAFETY: upheld by the caller.
    unsafe {
        let view = &*view;
        let mut address = view.buf.cast::<u8>();
        for dim in 0..view.ndim as usize {
            address = address.offset(*view.strides.add(dim) * *indices.add(dim));
            if !view.suboffsets.is_null() && *view.suboffsets.add(dim) >= 0 {
                address = address.cast::<*mut u8>().read().offset(*view.suboffsets.add(dim));
            }
        }
        address.cast()
    }
}
