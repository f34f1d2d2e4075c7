//! `cpython/unicodeobject.h`: the layout of `str` objects.

use super::*;

structs! {
    struct PyASCIIObject {
        ob_base: PyObject,
        length: Py_ssize_t,
        hash: Py_hash_t,
        // Bit fields in C. Use the functions of this file to read them.
        state: u32,
        #[cfg(not(Py_3_12))] wstr: *mut wchar_t,
    }
    struct PyCompactUnicodeObject {
        _base: PyASCIIObject,
        utf8_length: Py_ssize_t,
        utf8: *mut c_char,
        #[cfg(not(Py_3_12))] wstr_length: Py_ssize_t,
    }
    struct PyUnicodeObject { _base: PyCompactUnicodeObject, data: PyUnicodeObjectData, }
}

/// Pointer to the characters of a string that is not compact (a union in C).
#[repr(C)]
#[derive(Clone, Copy)]
pub union PyUnicodeObjectData {
    /// Characters of any width.
    pub any: *mut c_void,
    /// Characters of one byte.
    pub latin1: *mut Py_UCS1,
    /// Characters of two bytes.
    pub ucs2: *mut Py_UCS2,
    /// Characters of four bytes.
    pub ucs4: *mut Py_UCS4,
}

constants! {
    SSTATE_NOT_INTERNED: c_uint = 0;
    SSTATE_INTERNED_MORTAL: c_uint = 1;
    SSTATE_INTERNED_IMMORTAL: c_uint = 2;
    #[cfg(Py_3_12)] SSTATE_INTERNED_IMMORTAL_STATIC: c_uint = 3;
    #[cfg(not(Py_3_12))] PyUnicode_WCHAR_KIND: c_uint = 0;
    PyUnicode_1BYTE_KIND: c_uint = 1;
    PyUnicode_2BYTE_KIND: c_uint = 2;
    PyUnicode_4BYTE_KIND: c_uint = 4;
}

/// Up to 3.13, the state word has these fields: 2 bits interned, 3 bits kind, and 1 bit each for compact, ascii, and
/// ready (before 3.12) or statically allocated. They start at the least significant bit on little-endian machines, else
/// at the most significant one.
#[cfg(not(Py_3_14))]
#[inline]
unsafe fn state_bits(op: *mut PyObject, offset: u32, width: u32) -> c_uint {
    // SAFETY: the caller passes a live `str`.
    unsafe { (*op.cast::<PyASCIIObject>()).bits(offset, width) }
}

#[cfg(not(Py_3_14))]
impl PyASCIIObject {
    const fn place(offset: u32, width: u32) -> (u32, u32) {
        (if cfg!(target_endian = "big") { 32 - offset - width } else { offset }, (1 << width) - 1)
    }

    fn bits(&self, offset: u32, width: u32) -> c_uint {
        let (shift, mask) = Self::place(offset, width);
        (self.state >> shift) & mask
    }

    fn set_bits(&mut self, offset: u32, width: u32, value: c_uint) {
        let (shift, mask) = Self::place(offset, width);
        self.state = (self.state & !(mask << shift)) | ((value & mask) << shift);
    }
}

/// Accessors for bit fields, which Rust lacks: `name, setter: first bit, number of bits;`.
#[cfg(not(Py_3_14))]
macro_rules! state_fields {
    ($($(#[$meta:meta])* $name:ident, $setter:ident: $offset:literal, $width:literal;)+) => {
        impl PyASCIIObject {
            $(
                $(#[$meta])*
                #[doc = concat!("C field `state.", stringify!($name), "`.")]
                ///
                /// # Safety
                /// The field has this meaning for this string.
                #[inline]
                pub unsafe fn $name(&self) -> c_uint {
                    self.bits($offset, $width)
                }

                $(#[$meta])*
                #[doc = concat!("Sets the C field `state.", stringify!($name), "`.")]
                ///
                /// # Safety
                /// The string is under construction, and the value is correct for it.
                #[inline]
                pub unsafe fn $setter(&mut self, value: c_uint) {
                    self.set_bits($offset, $width, value)
                }
            )+
        }
    };
}
#[cfg(not(Py_3_14))]
state_fields! {
    interned, set_interned: 0, 2;
    kind, set_kind: 2, 3;
    compact, set_compact: 5, 1;
    ascii, set_ascii: 6, 1;
    #[cfg(not(Py_3_12))] ready, set_ready: 7, 1;
    #[cfg(Py_3_12)] statically_allocated, set_statically_allocated: 7, 1;
}

#[cfg(not(Py_3_14))]
inline_capi! {
    fn PyUnicode_CHECK_INTERNED(op: *mut PyObject) -> c_uint = state_bits(op, 0, 2);
    fn PyUnicode_KIND(op: *mut PyObject) -> c_uint = state_bits(op, 2, 3);
    fn PyUnicode_IS_COMPACT(op: *mut PyObject) -> c_uint = state_bits(op, 5, 1);
    fn PyUnicode_IS_ASCII(op: *mut PyObject) -> c_uint = state_bits(op, 6, 1);
    fn PyUnicode_IS_COMPACT_ASCII(op: *mut PyObject) -> c_uint = state_bits(op, 5, 1) & state_bits(op, 6, 1);
    fn PyUnicode_DATA(op: *mut PyObject) -> *mut c_void =
        if PyUnicode_IS_COMPACT(op) == 0 { (*op.cast::<PyUnicodeObject>()).data.any }
        else if PyUnicode_IS_ASCII(op) != 0 { op.cast::<PyASCIIObject>().add(1).cast() }
        else { op.cast::<PyCompactUnicodeObject>().add(1).cast() };
}
// 3.14 exports these two, and changed the state word. Their `int` result is never negative.
#[cfg(Py_3_14)]
capi! {
    fn PyUnicode_KIND(op: *mut PyObject) -> c_uint;
    fn PyUnicode_DATA(op: *mut PyObject) -> *mut c_void;
}

#[cfg(not(Py_3_12))]
inline_capi! {
    fn PyUnicode_IS_READY(op: *mut PyObject) -> c_uint = state_bits(op, 7, 1);
    fn PyUnicode_READY(op: *mut PyObject) -> c_int = if PyUnicode_IS_READY(op) != 0 { 0 } else { _PyUnicode_Ready(op) };
}
// From 3.12 on, every string is ready.
#[cfg(Py_3_12)]
inline_capi! {
    fn PyUnicode_IS_READY(_op: *mut PyObject) -> c_uint = 1;
    fn PyUnicode_READY(_op: *mut PyObject) -> c_int = 0;
}

inline_capi! {
    fn PyUnicode_GET_LENGTH(op: *mut PyObject) -> Py_ssize_t = (*op.cast::<PyASCIIObject>()).length;
    fn PyUnicode_1BYTE_DATA(op: *mut PyObject) -> *mut Py_UCS1 = PyUnicode_DATA(op).cast();
    fn PyUnicode_2BYTE_DATA(op: *mut PyObject) -> *mut Py_UCS2 = PyUnicode_DATA(op).cast();
    fn PyUnicode_4BYTE_DATA(op: *mut PyObject) -> *mut Py_UCS4 = PyUnicode_DATA(op).cast();
    fn PyUnicode_READ(kind: c_uint, data: *mut c_void, i: Py_ssize_t) -> Py_UCS4 = match kind {
        PyUnicode_1BYTE_KIND => Py_UCS4::from(data.cast::<Py_UCS1>().offset(i).read()),
        PyUnicode_2BYTE_KIND => Py_UCS4::from(data.cast::<Py_UCS2>().offset(i).read()),
        _ => data.cast::<Py_UCS4>().offset(i).read(),
    };
    fn PyUnicode_READ_CHAR(op: *mut PyObject, i: Py_ssize_t) -> Py_UCS4 = PyUnicode_READ(PyUnicode_KIND(op), PyUnicode_DATA(op), i);
    fn PyUnicode_WRITE(kind: c_uint, data: *mut c_void, i: Py_ssize_t, value: Py_UCS4) = match kind {
        PyUnicode_1BYTE_KIND => data.cast::<Py_UCS1>().offset(i).write(value as Py_UCS1),
        PyUnicode_2BYTE_KIND => data.cast::<Py_UCS2>().offset(i).write(value as Py_UCS2),
        _ => data.cast::<Py_UCS4>().offset(i).write(value),
    };
}
