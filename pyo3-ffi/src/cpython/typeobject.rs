//! `cpython/object.h`: the layout of type objects, which the stable ABI hides.

use super::*;

fn_types! {
    printfunc: fn(ob: *mut PyObject, fp: *mut FILE, flags: c_int) -> c_int;
    #[cfg(Py_3_10)] sendfunc: fn(iter: *mut PyObject, value: *mut PyObject, result: *mut *mut PyObject) -> PySendResult;
    #[cfg(Py_3_12)] PyType_WatchCallback: fn(ty: *mut PyTypeObject) -> c_int;
    #[cfg(Py_3_15)] _Py_iteritemfunc: fn(iter: *mut PyObject, index: Py_ssize_t) -> _PyObjectIndexPair;
}

#[cfg(Py_3_15)]
structs! { struct _PyObjectIndexPair { object: *mut PyObject, index: Py_ssize_t, } }

/// The type of `tp_flags`. On free-threaded builds, other threads may set flags.
#[cfg(all(Py_GIL_DISABLED, not(windows), target_pointer_width = "64"))]
pub type TypeFlags = core::sync::atomic::AtomicU64;
/// The type of `tp_flags`. On free-threaded builds, other threads may set flags.
#[cfg(all(Py_GIL_DISABLED, any(windows, not(target_pointer_width = "64"))))]
pub type TypeFlags = core::sync::atomic::AtomicU32;

structs! {
    #[derive(Clone, Copy)]
    struct PyNumberMethods {
        nb_add: Option<binaryfunc>, nb_subtract: Option<binaryfunc>, nb_multiply: Option<binaryfunc>,
        nb_remainder: Option<binaryfunc>, nb_divmod: Option<binaryfunc>, nb_power: Option<ternaryfunc>,
        nb_negative: Option<unaryfunc>, nb_positive: Option<unaryfunc>, nb_absolute: Option<unaryfunc>,
        nb_bool: Option<inquiry>, nb_invert: Option<unaryfunc>, nb_lshift: Option<binaryfunc>,
        nb_rshift: Option<binaryfunc>, nb_and: Option<binaryfunc>, nb_xor: Option<binaryfunc>,
        nb_or: Option<binaryfunc>, nb_int: Option<unaryfunc>, nb_reserved: *mut c_void,
        nb_float: Option<unaryfunc>, nb_inplace_add: Option<binaryfunc>, nb_inplace_subtract: Option<binaryfunc>,
        nb_inplace_multiply: Option<binaryfunc>, nb_inplace_remainder: Option<binaryfunc>,
        nb_inplace_power: Option<ternaryfunc>, nb_inplace_lshift: Option<binaryfunc>,
        nb_inplace_rshift: Option<binaryfunc>, nb_inplace_and: Option<binaryfunc>,
        nb_inplace_xor: Option<binaryfunc>, nb_inplace_or: Option<binaryfunc>,
        nb_floor_divide: Option<binaryfunc>, nb_true_divide: Option<binaryfunc>,
        nb_inplace_floor_divide: Option<binaryfunc>, nb_inplace_true_divide: Option<binaryfunc>,
        nb_index: Option<unaryfunc>, nb_matrix_multiply: Option<binaryfunc>,
        nb_inplace_matrix_multiply: Option<binaryfunc>,
    }
    #[derive(Clone, Copy)]
    struct PySequenceMethods {
        sq_length: Option<lenfunc>, sq_concat: Option<binaryfunc>, sq_repeat: Option<ssizeargfunc>,
        sq_item: Option<ssizeargfunc>, was_sq_slice: *mut c_void, sq_ass_item: Option<ssizeobjargproc>,
        was_sq_ass_slice: *mut c_void, sq_contains: Option<objobjproc>, sq_inplace_concat: Option<binaryfunc>,
        sq_inplace_repeat: Option<ssizeargfunc>,
    }
    #[derive(Clone, Copy, Default)]
    struct PyMappingMethods {
        mp_length: Option<lenfunc>, mp_subscript: Option<binaryfunc>, mp_ass_subscript: Option<objobjargproc>,
    }
    #[derive(Clone, Copy, Default)]
    struct PyAsyncMethods {
        am_await: Option<unaryfunc>, am_aiter: Option<unaryfunc>, am_anext: Option<unaryfunc>,
        #[cfg(Py_3_10)] am_send: Option<sendfunc>,
    }
    #[derive(Clone, Copy, Default)]
    struct PyBufferProcs {
        bf_getbuffer: Option<getbufferproc>, bf_releasebuffer: Option<releasebufferproc>,
    }
    #[derive(Debug)]
    struct PyTypeObject {
        ob_base: PyVarObject,
        tp_name: *const c_char,
        tp_basicsize: Py_ssize_t,
        tp_itemsize: Py_ssize_t,
        tp_dealloc: Option<destructor>,
        tp_vectorcall_offset: Py_ssize_t,
        tp_getattr: Option<getattrfunc>,
        tp_setattr: Option<setattrfunc>,
        tp_as_async: *mut PyAsyncMethods,
        tp_repr: Option<reprfunc>,
        tp_as_number: *mut PyNumberMethods,
        tp_as_sequence: *mut PySequenceMethods,
        tp_as_mapping: *mut PyMappingMethods,
        tp_hash: Option<hashfunc>,
        tp_call: Option<ternaryfunc>,
        tp_str: Option<reprfunc>,
        tp_getattro: Option<getattrofunc>,
        tp_setattro: Option<setattrofunc>,
        tp_as_buffer: *mut PyBufferProcs,
        #[cfg(not(Py_GIL_DISABLED))] tp_flags: c_ulong,
        #[cfg(Py_GIL_DISABLED)] tp_flags: TypeFlags,
        tp_doc: *const c_char,
        tp_traverse: Option<traverseproc>,
        tp_clear: Option<inquiry>,
        tp_richcompare: Option<richcmpfunc>,
        tp_weaklistoffset: Py_ssize_t,
        tp_iter: Option<getiterfunc>,
        tp_iternext: Option<iternextfunc>,
        tp_methods: *mut PyMethodDef,
        tp_members: *mut PyMemberDef,
        tp_getset: *mut PyGetSetDef,
        tp_base: *mut PyTypeObject,
        tp_dict: *mut PyObject,
        tp_descr_get: Option<descrgetfunc>,
        tp_descr_set: Option<descrsetfunc>,
        tp_dictoffset: Py_ssize_t,
        tp_init: Option<initproc>,
        tp_alloc: Option<allocfunc>,
        tp_new: Option<newfunc>,
        tp_free: Option<freefunc>,
        tp_is_gc: Option<inquiry>,
        tp_bases: *mut PyObject,
        tp_mro: *mut PyObject,
        tp_cache: *mut PyObject,
        // For static built-in types, a pointer-sized index from 3.12 on.
        tp_subclasses: *mut PyObject,
        tp_weaklist: *mut PyObject,
        tp_del: Option<destructor>,
        tp_version_tag: c_uint,
        tp_finalize: Option<destructor>,
        tp_vectorcall: Option<vectorcallfunc>,
        #[cfg(Py_3_12)] tp_watched: c_char,
        #[cfg(Py_3_13)] tp_versions_used: u16,
        #[cfg(Py_3_15)] _tp_iteritem: Option<_Py_iteritemfunc>,
    }
}

// The cache of specialized bytecode in a type (an anonymous structure in C).
#[cfg(Py_3_11)]
structs! {
    struct _specialization_cache {
        getitem: *mut PyObject,
        #[cfg(Py_3_12)] getitem_version: u32,
        #[cfg(Py_3_13)] init: *mut PyObject,
    }
}

structs! {
    struct PyHeapTypeObject {
        ht_type: PyTypeObject,
        as_async: PyAsyncMethods,
        as_number: PyNumberMethods,
        as_mapping: PyMappingMethods,
        as_sequence: PySequenceMethods,
        as_buffer: PyBufferProcs,
        ht_name: *mut PyObject,
        ht_slots: *mut PyObject,
        ht_qualname: *mut PyObject,
        ht_cached_keys: *mut c_void,
        ht_module: *mut PyObject,
        #[cfg(Py_3_11)] _ht_tpname: *mut c_char,
        #[cfg(Py_3_14)] ht_token: *mut c_void,
        #[cfg(Py_3_11)] _spec_cache: _specialization_cache,
        #[cfg(all(Py_3_14, Py_GIL_DISABLED))] unique_id: Py_ssize_t,
    }
}

#[cfg(not(Py_3_11))]
inline_capi! {
    fn PyHeapType_GET_MEMBERS(etype: *mut PyHeapTypeObject) -> *mut PyMemberDef =
        etype.cast::<u8>().offset((*Py_TYPE(etype.cast())).tp_basicsize).cast();
}
