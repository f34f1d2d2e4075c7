//! `object.h`: objects, references to singletons, type checks, attribute access.

use super::*;

#[cfg(not(all(Py_LIMITED_API, Py_GIL_DISABLED)))]
pub use self::layout::*;

/// The object header. The stable ABI of free-threaded builds (abi3t) keeps it opaque.
#[cfg(not(all(Py_LIMITED_API, Py_GIL_DISABLED)))]
mod layout {
    use super::*;

    /// The reference count field of an object without immortal objects: a plain signed count.
    #[cfg(all(not(Py_3_12), not(Py_GIL_DISABLED)))]
    pub type PyObjectObRefcnt = Py_ssize_t;

    /// The reference count field of an object (an anonymous union in C).
    #[cfg(all(Py_3_12, not(Py_GIL_DISABLED)))]
    #[repr(C)]
    #[derive(Clone, Copy)]
    #[cfg_attr(Py_3_15, repr(align(4)))]
    pub union PyObjectObRefcnt {
        /// The whole field. In 3.14 and later on 64-bit machines, the upper half holds flags.
        pub ob_refcnt: Py_ssize_t,
        /// The field in halves, in memory order.
        #[cfg(target_pointer_width = "64")]
        pub ob_refcnt_split: [u32; 2],
        /// The whole field as one number.
        #[cfg(all(Py_3_14, target_pointer_width = "64"))]
        pub ob_refcnt_full: i64,
        /// The field as a count with flags.
        #[cfg(all(Py_3_14, target_pointer_width = "64"))]
        pub refcnt_and_flags: PyObjectObFlagsAndRefcnt,
    }

    /// The count and the flags (an anonymous structure in C).
    #[cfg(all(Py_3_14, not(Py_GIL_DISABLED), target_pointer_width = "64", target_endian = "little"))]
    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct PyObjectObFlagsAndRefcnt {
        /// The count.
        pub ob_refcnt: u32,
        /// Receives the overflow of the count.
        pub ob_overflow: u16,
        /// Flags of the object.
        pub ob_flags: u16,
    }
    /// The count and the flags (an anonymous structure in C).
    #[cfg(all(Py_3_14, not(Py_GIL_DISABLED), target_pointer_width = "64", target_endian = "big"))]
    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct PyObjectObFlagsAndRefcnt {
        /// Flags of the object.
        pub ob_flags: u16,
        /// Receives the overflow of the count.
        pub ob_overflow: u16,
        /// The count.
        pub ob_refcnt: u32,
    }

    #[cfg(all(Py_3_12, not(Py_GIL_DISABLED)))]
    impl core::fmt::Debug for PyObjectObRefcnt {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            // SAFETY: every bit pattern of the union is an integer.
            unsafe { self.ob_refcnt }.fmt(f)
        }
    }

    /// The header of every object.
    #[repr(C)]
    #[cfg_attr(all(Py_3_15, Py_GIL_DISABLED), repr(align(4)))]
    #[derive(Debug)]
    pub struct PyObject {
        /// The id of the owning thread.
        #[cfg(Py_GIL_DISABLED)]
        pub ob_tid: usize,
        /// Flags of the object.
        #[cfg(Py_GIL_DISABLED)]
        pub ob_flags: u16,
        /// The lock of the object.
        #[cfg(Py_GIL_DISABLED)]
        pub ob_mutex: PyMutex,
        /// The state of the garbage collector.
        #[cfg(Py_GIL_DISABLED)]
        pub ob_gc_bits: u8,
        /// The number of references held by the owning thread.
        #[cfg(Py_GIL_DISABLED)]
        pub ob_ref_local: core::sync::atomic::AtomicU32,
        /// The number of references held by other threads, above two state bits.
        #[cfg(Py_GIL_DISABLED)]
        pub ob_ref_shared: core::sync::atomic::AtomicIsize,
        /// The reference count.
        #[cfg(not(Py_GIL_DISABLED))]
        pub ob_refcnt: PyObjectObRefcnt,
        /// The type of the object.
        pub ob_type: *mut PyTypeObject,
    }

    /// The initial value of static objects (`PyObject_HEAD_INIT(NULL)` in C).
    #[allow(clippy::declare_interior_mutable_const, reason = "each use makes a new header, as the C macro does")]
    pub const PyObject_HEAD_INIT: PyObject = PyObject {
        #[cfg(Py_GIL_DISABLED)]
        ob_tid: 0,
        // Static objects have a flag from 3.15 on.
        #[cfg(Py_GIL_DISABLED)]
        ob_flags: if cfg!(Py_3_15) { 1 << 2 } else { 0 },
        #[cfg(Py_GIL_DISABLED)]
        ob_mutex: PyMutex::new(),
        #[cfg(Py_GIL_DISABLED)]
        ob_gc_bits: 0,
        #[cfg(Py_GIL_DISABLED)]
        ob_ref_local: core::sync::atomic::AtomicU32::new(u32::MAX),
        #[cfg(Py_GIL_DISABLED)]
        ob_ref_shared: core::sync::atomic::AtomicIsize::new(0),
        #[cfg(all(Py_3_12, not(Py_GIL_DISABLED)))]
        ob_refcnt: PyObjectObRefcnt { ob_refcnt: 1 },
        #[cfg(not(any(Py_3_12, Py_GIL_DISABLED)))]
        ob_refcnt: 1,
        ob_type: core::ptr::null_mut(),
    };

    structs! {
        #[derive(Debug)]
        struct PyVarObject { ob_base: PyObject, ob_size: Py_ssize_t, }
    }
}

#[cfg(all(Py_LIMITED_API, Py_GIL_DISABLED))]
opaque! { PyObject; PyVarObject; }
#[cfg(Py_LIMITED_API)]
opaque! { PyTypeObject; }

// From 3.13 on, abi3 gets constants from a function. Before that, and in the full API, they are variables.
#[cfg(all(Py_LIMITED_API, Py_3_13))]
inline_capi! {
    fn Py_None() -> *mut PyObject = Py_GetConstantBorrowed(Py_CONSTANT_NONE);
    fn Py_NotImplemented() -> *mut PyObject = Py_GetConstantBorrowed(Py_CONSTANT_NOT_IMPLEMENTED);
}
#[cfg(not(all(Py_LIMITED_API, Py_3_13)))]
inline_capi! {
    fn Py_None() -> *mut PyObject = &raw mut _Py_NoneStruct;
    fn Py_NotImplemented() -> *mut PyObject = &raw mut _Py_NotImplementedStruct;
}

// Once the stable ABI makes the header opaque, it has functions instead of these macros.
#[cfg(all(Py_LIMITED_API, Py_3_14))]
capi! { fn Py_TYPE(ob: *mut PyObject) -> *mut PyTypeObject; }
#[cfg(not(all(Py_LIMITED_API, Py_3_14)))]
inline_capi! { fn Py_TYPE(ob: *mut PyObject) -> *mut PyTypeObject = (*ob).ob_type; }

#[cfg(all(Py_LIMITED_API, Py_3_15))]
capi! {
    fn Py_SIZE(ob: *mut PyObject) -> Py_ssize_t;
    fn Py_IS_TYPE(ob: *mut PyObject, ty: *mut PyTypeObject) -> c_int;
}
#[cfg(not(all(Py_LIMITED_API, Py_3_15)))]
inline_capi! {
    fn Py_SIZE(ob: *mut PyObject) -> Py_ssize_t = (*ob.cast::<PyVarObject>()).ob_size;
    fn Py_IS_TYPE(ob: *mut PyObject, ty: *mut PyTypeObject) -> c_int = c_int::from(Py_TYPE(ob) == ty);
}

#[cfg(not(Py_3_10))]
inline_capi! {
    fn Py_Is(x: *mut PyObject, y: *mut PyObject) -> c_int = c_int::from(x == y);
    fn Py_IsNone(x: *mut PyObject) -> c_int = c_int::from(x == Py_None());
    fn Py_IsTrue(x: *mut PyObject) -> c_int = c_int::from(x == Py_True());
    fn Py_IsFalse(x: *mut PyObject) -> c_int = c_int::from(x == Py_False());
}

#[cfg(not(Py_LIMITED_API))]
inline_capi! {
    fn PyType_HasFeature(ty: *mut PyTypeObject, feature: c_ulong) -> c_int = c_int::from(type_flags(ty) & feature != 0);
}
#[cfg(Py_LIMITED_API)]
inline_capi! {
    fn PyType_HasFeature(ty: *mut PyTypeObject, feature: c_ulong) -> c_int = c_int::from(PyType_GetFlags(ty) & feature != 0);
}

/// Reads `tp_flags`, atomically if other threads may write it.
#[cfg(not(Py_LIMITED_API))]
#[inline]
unsafe fn type_flags(ty: *mut PyTypeObject) -> c_ulong {
    // SAFETY: the caller passes a live type object.
    let flags = unsafe { &raw const (*ty).tp_flags };
    #[cfg(Py_GIL_DISABLED)]
    {
        // SAFETY: the pointer refers to a field of a live type object.
        unsafe { (*flags).load(core::sync::atomic::Ordering::Relaxed) as c_ulong }
    }
    #[cfg(not(Py_GIL_DISABLED))]
    {
        // SAFETY: the pointer refers to a field of a live type object, and the GIL prevents data races.
        unsafe { *flags }
    }
}

inline_capi! {
    fn PyType_FastSubclass(ty: *mut PyTypeObject, flag: c_ulong) -> c_int = PyType_HasFeature(ty, flag);
    fn PyType_Check(op: *mut PyObject) -> c_int = PyType_FastSubclass(Py_TYPE(op), Py_TPFLAGS_TYPE_SUBCLASS);
    fn PyType_CheckExact(op: *mut PyObject) -> c_int = Py_IS_TYPE(op, &raw mut PyType_Type);
    fn PyObject_TypeCheck(ob: *mut PyObject, ty: *mut PyTypeObject) -> c_int =
        c_int::from(Py_TYPE(ob) == ty || PyType_IsSubtype(Py_TYPE(ob), ty) != 0);
}

#[cfg(not(Py_3_13))]
inline_capi! {
    fn PyObject_DelAttr(ob: *mut PyObject, name: *mut PyObject) -> c_int = PyObject_SetAttr(ob, name, core::ptr::null_mut());
    fn PyObject_DelAttrString(ob: *mut PyObject, name: *const c_char) -> c_int = PyObject_SetAttrString(ob, name, core::ptr::null_mut());
}

capi_data! {
    static mut PyLong_Type: PyTypeObject;
    static mut PyBool_Type: PyTypeObject;
    static mut PyType_Type: PyTypeObject;
    static mut PyBaseObject_Type: PyTypeObject;
    static mut PySuper_Type: PyTypeObject;
    #[cfg(not(all(Py_LIMITED_API, Py_3_13)))] static mut _Py_NoneStruct: PyObject;
    #[cfg(not(all(Py_LIMITED_API, Py_3_13)))] static mut _Py_NotImplementedStruct: PyObject;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] static mut _PyNone_Type: PyTypeObject;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] static mut _PyNotImplemented_Type: PyTypeObject;
}
capi! {
    #[cfg(Py_3_10)] fn Py_Is(x: *mut PyObject, y: *mut PyObject) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn _PyType_Lookup(ty: *mut PyTypeObject, ob: *mut PyObject) -> *mut PyObject;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyType_GetDict(ty: *mut PyTypeObject) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyObject_Print(ob: *mut PyObject, fp: *mut FILE, arg: c_int) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn _PyObject_GetDictPtr(ob: *mut PyObject) -> *mut *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyObject_CallFinalizer(ob: *mut PyObject);
    #[cfg(not(Py_LIMITED_API))] fn PyObject_CallFinalizerFromDealloc(ob: *mut PyObject) -> c_int;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyUnstable_Object_ClearWeakRefsNoCallbacks(ob: *mut PyObject);
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyObject_GetItemData(obj: *mut PyObject) -> *mut c_void;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyObject_VisitManagedDict(obj: *mut PyObject, visit: Option<visitproc>, arg: *mut c_void) -> c_int;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyObject_ClearManagedDict(obj: *mut PyObject);
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyType_AddWatcher(callback: Option<PyType_WatchCallback>) -> c_int;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyType_ClearWatcher(watcher_id: c_int) -> c_int;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyType_Watch(watcher_id: c_int, ty: *mut PyObject) -> c_int;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyType_Unwatch(watcher_id: c_int, ty: *mut PyObject) -> c_int;
    fn PyType_FromSpec(arg: *mut PyType_Spec) -> *mut PyObject;
    fn PyType_FromSpecWithBases(arg: *mut PyType_Spec, ob: *mut PyObject) -> *mut PyObject;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyUnstable_Type_AssignVersionTag(ty: *mut PyTypeObject) -> c_int;
    fn PyType_GetSlot(ty: *mut PyTypeObject, arg: c_int) -> *mut c_void;
    fn PyType_FromModuleAndSpec(ob: *mut PyObject, arg: *mut PyType_Spec, ob2: *mut PyObject) -> *mut PyObject;
    fn PyType_GetModule(ty: *mut PyTypeObject) -> *mut PyObject;
    fn PyType_GetModuleState(ty: *mut PyTypeObject) -> *mut c_void;
    #[cfg(Py_3_11)] fn PyType_GetName(ty: *mut PyTypeObject) -> *mut PyObject;
    #[cfg(Py_3_11)] fn PyType_GetQualName(ty: *mut PyTypeObject) -> *mut PyObject;
    #[cfg(Py_3_13)] fn PyType_GetFullyQualifiedName(ty: *mut PyTypeObject) -> *mut PyObject;
    #[cfg(Py_3_13)] fn PyType_GetModuleName(ty: *mut PyTypeObject) -> *mut PyObject;
    #[cfg(Py_3_12)] fn PyType_FromMetaclass(ty: *mut PyTypeObject, ob: *mut PyObject, arg: *mut PyType_Spec, ob2: *mut PyObject) -> *mut PyObject;
    #[cfg(Py_3_12)] fn PyObject_GetTypeData(obj: *mut PyObject, cls: *mut PyTypeObject) -> *mut c_void;
    #[cfg(Py_3_12)] fn PyType_GetTypeDataSize(cls: *mut PyTypeObject) -> Py_ssize_t;
    fn PyType_IsSubtype(ty: *mut PyTypeObject, ty2: *mut PyTypeObject) -> c_int;
    fn PyType_GetFlags(ty: *mut PyTypeObject) -> c_ulong;
    fn PyType_Ready(ty: *mut PyTypeObject) -> c_int;
    fn PyType_GenericAlloc(ty: *mut PyTypeObject, n: Py_ssize_t) -> *mut PyObject;
    fn PyType_GenericNew(ty: *mut PyTypeObject, ob: *mut PyObject, ob2: *mut PyObject) -> *mut PyObject;
    fn PyType_ClearCache() -> c_uint;
    fn PyType_Modified(ty: *mut PyTypeObject);
    #[cfg(Py_3_13)] fn PyObject_DelAttrString(v: *mut PyObject, name: *const c_char) -> c_int;
    #[cfg(Py_3_13)] fn PyObject_GetOptionalAttrString(ob: *mut PyObject, s: *const c_char, arg: *mut *mut PyObject) -> c_int;
    fn PyObject_SelfIter(ob: *mut PyObject) -> *mut PyObject;
    fn PyObject_GenericGetAttr(ob: *mut PyObject, ob2: *mut PyObject) -> *mut PyObject;
    fn PyObject_GenericSetAttr(ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject) -> c_int;
    fn PyObject_GenericSetDict(ob: *mut PyObject, ob2: *mut PyObject, arg: *mut c_void) -> c_int;
    fn PyObject_HashNotImplemented(ob: *mut PyObject) -> Py_hash_t;
    fn PyCallable_Check(ob: *mut PyObject) -> c_int;
    fn PyObject_ClearWeakRefs(ob: *mut PyObject);
    fn Py_ReprEnter(ob: *mut PyObject) -> c_int;
    fn Py_ReprLeave(ob: *mut PyObject);
    fn Py_IncRef(ob: *mut PyObject);
    #[cfg(Py_3_10)] fn _Py_IncRef(ob: *mut PyObject);
    #[cfg(Py_3_13)] fn Py_GetConstant(constant_id: c_uint) -> *mut PyObject;
    #[cfg(Py_3_13)] fn Py_GetConstantBorrowed(constant_id: c_uint) -> *mut PyObject;
    #[cfg(Py_3_10)] fn Py_IsNone(x: *mut PyObject) -> c_int;
    #[cfg(any(Py_3_13, all(Py_3_11, not(Py_LIMITED_API))))] fn PyType_GetModuleByDef(ty: *mut PyTypeObject, arg: *mut PyModuleDef) -> *mut PyObject;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn _PyObject_NextNotImplemented(ob: *mut PyObject) -> *mut PyObject;
}
capi_running! {
    fn _Py_Dealloc(ob: *mut PyObject);
    fn Py_DecRef(ob: *mut PyObject);
    #[cfg(Py_3_10)] fn _Py_DecRef(ob: *mut PyObject);
    fn PyObject_Repr(ob: *mut PyObject) -> *mut PyObject;
    fn PyObject_Str(ob: *mut PyObject) -> *mut PyObject;
    fn PyObject_ASCII(ob: *mut PyObject) -> *mut PyObject;
    fn PyObject_Bytes(ob: *mut PyObject) -> *mut PyObject;
    fn PyObject_RichCompare(ob: *mut PyObject, ob2: *mut PyObject, arg: c_int) -> *mut PyObject;
    fn PyObject_RichCompareBool(ob: *mut PyObject, ob2: *mut PyObject, arg: c_int) -> c_int;
    fn PyObject_GetAttrString(ob: *mut PyObject, s: *const c_char) -> *mut PyObject;
    fn PyObject_SetAttrString(ob: *mut PyObject, s: *const c_char, ob2: *mut PyObject) -> c_int;
    fn PyObject_GetAttr(ob: *mut PyObject, ob2: *mut PyObject) -> *mut PyObject;
    #[cfg(Py_3_13)] fn PyObject_GetOptionalAttr(ob: *mut PyObject, ob2: *mut PyObject, arg: *mut *mut PyObject) -> c_int;
    fn PyObject_SetAttr(ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject) -> c_int;
    #[cfg(Py_3_13)] fn PyObject_DelAttr(v: *mut PyObject, name: *mut PyObject) -> c_int;
    fn PyObject_Dir(ob: *mut PyObject) -> *mut PyObject;
    fn PyObject_HasAttrString(ob: *mut PyObject, s: *const c_char) -> c_int;
    fn PyObject_HasAttr(ob: *mut PyObject, ob2: *mut PyObject) -> c_int;
    #[cfg(Py_3_13)] fn PyObject_HasAttrWithError(ob: *mut PyObject, ob2: *mut PyObject) -> c_int;
    #[cfg(Py_3_13)] fn PyObject_HasAttrStringWithError(ob: *mut PyObject, s: *const c_char) -> c_int;
    fn PyObject_Hash(ob: *mut PyObject) -> Py_hash_t;
    fn PyObject_IsTrue(ob: *mut PyObject) -> c_int;
    fn PyObject_Not(ob: *mut PyObject) -> c_int;
}

// New in 3.14 and 3.15.
#[cfg(Py_3_14)]
capi! {
    fn PyType_GetBaseByToken(ty: *mut PyTypeObject, token: *mut c_void, result: *mut *mut PyTypeObject) -> c_int;
    fn PyType_Freeze(ty: *mut PyTypeObject) -> c_int;
}
#[cfg(all(Py_3_14, not(Py_LIMITED_API)))]
capi! {
    fn PyUnstable_IsImmortal(op: *mut PyObject) -> c_int;
    fn PyUnstable_Object_EnableDeferredRefcount(op: *mut PyObject) -> c_int;
    fn PyUnstable_Object_IsUniqueReferencedTemporary(op: *mut PyObject) -> c_int;
    fn PyUnstable_Object_IsUniquelyReferenced(op: *mut PyObject) -> c_int;
    fn PyUnstable_TryIncRef(op: *mut PyObject) -> c_int;
    fn PyUnstable_EnableTryIncRef(op: *mut PyObject);
}
#[cfg(Py_3_15)]
capi! {
    fn PyType_FromSlots(slots: *mut PySlot) -> *mut PyObject;
    fn PyObject_GetTypeData_DuringGC(ob: *mut PyObject, ty: *mut PyTypeObject) -> *mut c_void;
    fn PyType_GetModuleByToken(ty: *mut PyTypeObject, token: *const c_void) -> *mut PyObject;
    fn PyType_GetModuleByToken_DuringGC(ty: *mut PyTypeObject, token: *const c_void) -> *mut PyObject;
    fn PyType_GetModuleState_DuringGC(ty: *mut PyTypeObject) -> *mut c_void;
    fn PyType_GetBaseByToken_DuringGC(ty: *mut PyTypeObject, token: *mut c_void, result: *mut *mut PyTypeObject) -> c_int;
}
