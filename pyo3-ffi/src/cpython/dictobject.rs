//! `dictobject.h`: `dict`, its views, and `OrderedDict`.

use super::*;

#[cfg(not(Py_LIMITED_API))]
opaque! { PyDictKeysObject; #[cfg(Py_3_11)] PyDictValues; }
#[cfg(not(Py_LIMITED_API))]
structs! {
    #[derive(Debug)]
    struct PyDictObject {
        ob_base: PyObject,
        ma_used: Py_ssize_t,
        #[cfg(not(Py_3_14))] ma_version_tag: u64,
        #[cfg(Py_3_14)] _ma_watcher_tag: u64,
        ma_keys: *mut PyDictKeysObject,
        #[cfg(not(Py_3_11))] ma_values: *mut *mut PyObject,
        #[cfg(Py_3_11)] ma_values: *mut PyDictValues,
    }
}

/// C enum `PyDict_WatchEvent`.
#[cfg(all(Py_3_12, not(Py_LIMITED_API)))]
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PyDict_WatchEvent {
    /// An item was added.
    PyDict_EVENT_ADDED,
    /// The value of an item was replaced.
    PyDict_EVENT_MODIFIED,
    /// An item was deleted.
    PyDict_EVENT_DELETED,
    /// The dict was filled from another dict.
    PyDict_EVENT_CLONED,
    /// The dict was cleared.
    PyDict_EVENT_CLEARED,
    /// The dict is about to be destroyed.
    PyDict_EVENT_DEALLOCATED,
}

fn_types! {
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))]
    PyDict_WatchCallback: fn(event: PyDict_WatchEvent, dict: *mut PyObject, key: *mut PyObject, new_value: *mut PyObject) -> c_int;
}

type_checks! {
    PyDict_Check: flag Py_TPFLAGS_DICT_SUBCLASS;
    PyDict_CheckExact: exact PyDict_Type;
    PyDictKeys_Check: subtype PyDictKeys_Type;
    PyDictValues_Check: subtype PyDictValues_Type;
    PyDictItems_Check: subtype PyDictItems_Type;
}

inline_capi! {
    fn PyDictViewSet_Check(op: *mut PyObject) -> c_int = c_int::from(PyDictKeys_Check(op) != 0 || PyDictItems_Check(op) != 0);
}
capi_running! {
    fn PyDict_GetItem(mp: *mut PyObject, key: *mut PyObject) -> *mut PyObject;
    fn PyDict_GetItemWithError(mp: *mut PyObject, key: *mut PyObject) -> *mut PyObject;
    fn PyDict_SetItem(mp: *mut PyObject, key: *mut PyObject, item: *mut PyObject) -> c_int;
    fn PyDict_DelItem(mp: *mut PyObject, key: *mut PyObject) -> c_int;
    fn PyDict_Contains(mp: *mut PyObject, key: *mut PyObject) -> c_int;
    fn PyDict_Update(mp: *mut PyObject, other: *mut PyObject) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyDict_SetDefault(mp: *mut PyObject, key: *mut PyObject, defaultobj: *mut PyObject) -> *mut PyObject;
    fn PyDict_Merge(mp: *mut PyObject, other: *mut PyObject, overwrite: c_int) -> c_int;
    #[cfg(any(all(Py_3_13, not(Py_LIMITED_API)), Py_3_15))] fn PyDict_SetDefaultRef(mp: *mut PyObject, key: *mut PyObject, default_value: *mut PyObject, result: *mut *mut PyObject) -> c_int;
    fn PyDict_MergeFromSeq2(d: *mut PyObject, seq2: *mut PyObject, overwrite: c_int) -> c_int;
    fn PyDict_GetItemString(dp: *mut PyObject, key: *const c_char) -> *mut PyObject;
    fn PyDict_SetItemString(dp: *mut PyObject, key: *const c_char, item: *mut PyObject) -> c_int;
    fn PyDict_DelItemString(dp: *mut PyObject, key: *const c_char) -> c_int;
    #[cfg(Py_3_13)] fn PyDict_GetItemRef(mp: *mut PyObject, key: *mut PyObject, result: *mut *mut PyObject) -> c_int;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyDict_ContainsString(mp: *mut PyObject, key: *const c_char) -> c_int;
    #[cfg(Py_3_13)] fn PyDict_GetItemStringRef(mp: *mut PyObject, key: *const c_char, result: *mut *mut PyObject) -> c_int;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyDict_Pop(dict: *mut PyObject, key: *mut PyObject, result: *mut *mut PyObject) -> c_int;
}
#[cfg(not(Py_LIMITED_API))]
inline_capi! { fn PyDict_GET_SIZE(op: *mut PyObject) -> Py_ssize_t = (*op.cast::<PyDictObject>()).ma_used; }

capi_data! {
    static mut PyDict_Type: PyTypeObject;
    #[cfg(not(Py_LIMITED_API))] static mut PyODict_Type: PyTypeObject;
    #[cfg(not(Py_LIMITED_API))] static mut PyODictIter_Type: PyTypeObject;
    #[cfg(not(Py_LIMITED_API))] static mut PyODictKeys_Type: PyTypeObject;
    #[cfg(not(Py_LIMITED_API))] static mut PyODictItems_Type: PyTypeObject;
    #[cfg(not(Py_LIMITED_API))] static mut PyODictValues_Type: PyTypeObject;
    static mut PyDictKeys_Type: PyTypeObject;
    static mut PyDictValues_Type: PyTypeObject;
    static mut PyDictItems_Type: PyTypeObject;
    static mut PyDictIterKey_Type: PyTypeObject;
    static mut PyDictIterValue_Type: PyTypeObject;
    static mut PyDictIterItem_Type: PyTypeObject;
    static mut PyDictRevIterKey_Type: PyTypeObject;
    static mut PyDictRevIterItem_Type: PyTypeObject;
    static mut PyDictRevIterValue_Type: PyTypeObject;
}
capi! {
    fn PyDict_New() -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyODict_New() -> *mut PyObject;
    fn PyDict_Clear(mp: *mut PyObject);
    #[cfg(not(Py_LIMITED_API))] fn PyODict_SetItem(od: *mut PyObject, key: *mut PyObject, item: *mut PyObject) -> c_int;
    fn PyDict_Next(mp: *mut PyObject, pos: *mut Py_ssize_t, key: *mut *mut PyObject, value: *mut *mut PyObject) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyODict_DelItem(od: *mut PyObject, key: *mut PyObject) -> c_int;
    fn PyDict_Keys(mp: *mut PyObject) -> *mut PyObject;
    fn PyDict_Values(mp: *mut PyObject) -> *mut PyObject;
    fn PyDict_Items(mp: *mut PyObject) -> *mut PyObject;
    fn PyDict_Size(mp: *mut PyObject) -> Py_ssize_t;
    fn PyDict_Copy(mp: *mut PyObject) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn _PyDict_GetItem_KnownHash(mp: *mut PyObject, key: *mut PyObject, hash: Py_hash_t) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn _PyDict_NewPresized(minused: Py_ssize_t) -> *mut PyObject;
    #[cfg(any(not(Py_LIMITED_API), Py_3_10))] fn PyObject_GenericGetDict(ob: *mut PyObject, arg: *mut c_void) -> *mut PyObject;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyDict_PopString(dict: *mut PyObject, key: *const c_char, result: *mut *mut PyObject) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn _PyDict_Pop(dict: *mut PyObject, key: *mut PyObject, default_value: *mut PyObject) -> *mut PyObject;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyDict_AddWatcher(callback: Option<PyDict_WatchCallback>) -> c_int;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyDict_ClearWatcher(watcher_id: c_int) -> c_int;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyDict_Watch(watcher_id: c_int, dict: *mut PyObject) -> c_int;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyDict_Unwatch(watcher_id: c_int, dict: *mut PyObject) -> c_int;
}
