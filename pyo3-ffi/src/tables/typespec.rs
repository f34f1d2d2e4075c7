//! `object.h`: type flags, and the specifications of heap types.

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

constants! {
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] Py_TPFLAGS_MANAGED_WEAKREF: c_ulong = 1 << 3;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] Py_TPFLAGS_MANAGED_DICT: c_ulong = 1 << 4;
    #[cfg(all(Py_3_10, not(Py_LIMITED_API)))] Py_TPFLAGS_SEQUENCE: c_ulong = 1 << 5;
    #[cfg(all(Py_3_10, not(Py_LIMITED_API)))] Py_TPFLAGS_MAPPING: c_ulong = 1 << 6;
    #[cfg(Py_3_10)] Py_TPFLAGS_DISALLOW_INSTANTIATION: c_ulong = 1 << 7;
    #[cfg(Py_3_10)] Py_TPFLAGS_IMMUTABLETYPE: c_ulong = 1 << 8;
    Py_TPFLAGS_HEAPTYPE: c_ulong = 1 << 9;
    Py_TPFLAGS_BASETYPE: c_ulong = 1 << 10;
    #[cfg(any(Py_3_12, not(Py_LIMITED_API)))] Py_TPFLAGS_HAVE_VECTORCALL: c_ulong = 1 << 11;
    Py_TPFLAGS_READY: c_ulong = 1 << 12;
    Py_TPFLAGS_READYING: c_ulong = 1 << 13;
    Py_TPFLAGS_HAVE_GC: c_ulong = 1 << 14;
    Py_TPFLAGS_METHOD_DESCRIPTOR: c_ulong = 1 << 17;
    Py_TPFLAGS_HAVE_VERSION_TAG: c_ulong = 1 << 18;
    Py_TPFLAGS_VALID_VERSION_TAG: c_ulong = 1 << 19;
    Py_TPFLAGS_IS_ABSTRACT: c_ulong = 1 << 20;
    #[cfg(Py_3_12)] Py_TPFLAGS_ITEMS_AT_END: c_ulong = 1 << 23;
    Py_TPFLAGS_LONG_SUBCLASS: c_ulong = 1 << 24;
    Py_TPFLAGS_LIST_SUBCLASS: c_ulong = 1 << 25;
    Py_TPFLAGS_TUPLE_SUBCLASS: c_ulong = 1 << 26;
    Py_TPFLAGS_BYTES_SUBCLASS: c_ulong = 1 << 27;
    Py_TPFLAGS_UNICODE_SUBCLASS: c_ulong = 1 << 28;
    Py_TPFLAGS_DICT_SUBCLASS: c_ulong = 1 << 29;
    Py_TPFLAGS_BASE_EXC_SUBCLASS: c_ulong = 1 << 30;
    Py_TPFLAGS_TYPE_SUBCLASS: c_ulong = 1 << 31;
    Py_TPFLAGS_HAVE_FINALIZE: c_ulong = 1;
    Py_TPFLAGS_DEFAULT: c_ulong = if cfg!(Py_3_10) { 0 } else { Py_TPFLAGS_HAVE_VERSION_TAG };
}

structs! {
    #[derive(Clone, Copy, Debug)]
    struct PyType_Slot { slot: c_int, pfunc: *mut c_void, }
    #[derive(Clone, Copy, Debug)]
    struct PyType_Spec { name: *const c_char, basicsize: c_int, itemsize: c_int, flags: c_uint, slots: *mut PyType_Slot, }
}

impl Default for PyType_Slot {
    /// The end of a slot table.
    fn default() -> Self {
        Self { slot: 0, pfunc: core::ptr::null_mut() }
    }
}
