//! `pyo3_ffi::compat` behaves the same for every version and on every runtime.

use core::ffi::{CStr, c_void};
use std::ptr::null_mut;

use pyo3_ffi::{self as ffi, PyObject, compat};

use support::attached;

mod support;

/// Creates a `str`.
unsafe fn text(text: &str) -> *mut PyObject {
    // SAFETY: the caller is attached; the text is copied.
    unsafe { ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as ffi::Py_ssize_t) }
}

/// Returns an attribute of a module of the standard library, as a new reference.
unsafe fn import(module: &CStr, name: &CStr) -> *mut PyObject {
    // SAFETY: the caller is attached; all references created here are released here.
    unsafe {
        let module = ffi::PyImport_ImportModule(module.as_ptr());
        assert!(!module.is_null());
        let attribute = ffi::PyObject_GetAttrString(module, name.as_ptr());
        ffi::Py_DECREF(module);
        assert!(!attribute.is_null());
        attribute
    }
}

/// Takes the pending exception, asserts its type, and returns its message.
#[track_caller]
unsafe fn raised(expected: &CStr) -> String {
    // SAFETY: the caller is attached; pointers are checked, and references released.
    unsafe {
        let (mut class, mut value, mut traceback) = (null_mut(), null_mut(), null_mut());
        ffi::PyErr_Fetch(&mut class, &mut value, &mut traceback);
        assert!(!class.is_null(), "nothing is raised");
        ffi::PyErr_NormalizeException(&mut class, &mut value, &mut traceback);
        let wanted = import(c"builtins", expected);
        assert_eq!(class, wanted, "{expected:?}");
        let message = ffi::PyObject_Str(value);
        let mut size = 0;
        let start = ffi::PyUnicode_AsUTF8AndSize(message, &mut size).cast::<u8>();
        let text = String::from_utf8_lossy(std::slice::from_raw_parts(start, size as usize)).into_owned();
        for object in [class, value, traceback, wanted, message] {
            ffi::Py_XDECREF(object);
        }
        text
    }
}

/// Asserts that no exception is set.
#[track_caller]
#[allow(unused_unsafe, reason = "some functions are safe on one of the runtimes")]
unsafe fn quiet() {
    // SAFETY: the caller is attached.
    assert!(unsafe { ffi::PyErr_Occurred() }.is_null());
}

#[test]
fn dicts_tell_missing_from_failed() {
    attached(|| {
        // SAFETY: the thread is attached; the objects are alive while used, and the output locations are local
        // variables.
        unsafe {
            let dict = ffi::PyDict_New();
            let (key, value, other) = (text("key"), text("value that nobody else has"), ffi::PyList_New(0));
            let mut found = key;
            assert_eq!(compat::PyDict_GetItemRef(dict, key, &mut found), 0);
            assert!(found.is_null());
            quiet();

            assert_eq!(compat::PyDict_SetDefaultRef(dict, key, value, &mut found), 0);
            assert_eq!(found, value);
            ffi::Py_DECREF(found);
            assert_eq!(compat::PyDict_SetDefaultRef(dict, key, other, &mut found), 1);
            assert_eq!(found, value);
            ffi::Py_DECREF(found);
            assert_eq!(compat::PyDict_SetDefaultRef(dict, key, other, null_mut()), 1);

            let count = ffi::Py_REFCNT(value);
            assert_eq!(compat::PyDict_GetItemRef(dict, key, &mut found), 1);
            assert_eq!(found, value);
            assert_eq!(ffi::Py_REFCNT(value), count + 1);
            ffi::Py_DECREF(found);

            // A list is not hashable.
            assert_eq!(compat::PyDict_GetItemRef(dict, other, &mut found), -1);
            assert!(found.is_null());
            assert!(raised(c"TypeError").contains("unhashable"));
            assert_eq!(compat::PyDict_SetDefaultRef(dict, other, value, &mut found), -1);
            assert!(found.is_null());
            assert!(raised(c"TypeError").contains("unhashable"));
            assert_eq!(ffi::Py_REFCNT(value), count);
            for object in [dict, key, value, other] {
                ffi::Py_DECREF(object);
            }
        }
    });
}

#[test]
fn lists_grow_and_shrink() {
    attached(|| {
        // SAFETY: the thread is attached; the objects are alive while used, and the output locations are local
        // variables.
        unsafe {
            let (list, more) = (ffi::PyList_New(0), ffi::PyList_New(0));
            let item = text("an item that nobody else has");
            ffi::PyList_Append(more, item);
            ffi::PyList_Append(more, item);
            let count = ffi::Py_REFCNT(item);
            assert_eq!(compat::PyList_Extend(list, more), 0);
            assert_eq!(compat::PyList_Extend(list, list), 0);
            assert_eq!((ffi::PyList_Size(list), ffi::Py_REFCNT(item)), (4, count + 4));

            let first = compat::PyList_GetItemRef(list, 0);
            assert_eq!(first, item);
            ffi::Py_DECREF(first);
            assert!(compat::PyList_GetItemRef(list, 4).is_null());
            assert_eq!(raised(c"IndexError"), "list index out of range");

            assert_eq!(compat::PyList_Extend(list, ffi::Py_None()), -1);
            assert_eq!(raised(c"TypeError"), "'NoneType' object is not iterable");
            assert_eq!(compat::PyList_Extend(item, more), -1);
            raised(c"SystemError");

            assert_eq!(compat::PyList_Clear(list), 0);
            assert_eq!((ffi::PyList_Size(list), ffi::Py_REFCNT(item)), (0, count));
            assert_eq!(compat::PyList_Clear(item), -1);
            raised(c"SystemError");
            for object in [list, more, item] {
                ffi::Py_DECREF(object);
            }
        }
    });
}

#[test]
fn iterators_tell_their_end_from_failure() {
    attached(|| {
        // SAFETY: the thread is attached; the objects are alive while used, and the output locations are local
        // variables.
        unsafe {
            let list = ffi::PyList_New(0);
            ffi::PyList_Append(list, ffi::Py_None());
            let iter = ffi::PyObject_GetIter(list);
            let mut item = null_mut();
            assert_eq!(compat::PyIter_NextItem(iter, &mut item), 1);
            assert_eq!(item, ffi::Py_None());
            ffi::Py_DECREF(item);
            assert_eq!(compat::PyIter_NextItem(iter, &mut item), 0);
            assert!(item.is_null());
            quiet();
            assert_eq!(compat::PyIter_NextItem(list, &mut item), -1);
            assert!(raised(c"TypeError").starts_with("expected an iterator"));
            ffi::Py_DECREF(iter);

            // `map(len, [None])` raises at its first item.
            let (map, len) = (import(c"builtins", c"map"), import(c"builtins", c"len"));
            let both = ffi::PyList_New(0);
            ffi::PyList_Append(both, len);
            ffi::PyList_Append(both, list);
            let arguments = ffi::PyList_AsTuple(both);
            let iter = ffi::PyObject_CallObject(map, arguments);
            assert_eq!(compat::PyIter_NextItem(iter, &mut item), -1);
            assert!(item.is_null());
            assert!(raised(c"TypeError").contains("has no len()"));
            for object in [list, map, len, both, arguments, iter] {
                ffi::Py_DECREF(object);
            }
        }
    });
}

#[test]
fn attributes_tell_missing_from_failed() {
    attached(|| {
        // SAFETY: the thread is attached; the objects are alive while used, and the output locations are local
        // variables.
        unsafe {
            let (list, append, missing) = (ffi::PyList_New(0), text("append"), text("missing"));
            let mut found = null_mut();
            assert_eq!(compat::PyObject_GetOptionalAttr(list, append, &mut found), 1);
            ffi::Py_DECREF(found);
            assert_eq!(compat::PyObject_GetOptionalAttr(list, missing, &mut found), 0);
            assert!(found.is_null());
            quiet();
            assert_eq!(compat::PyObject_HasAttrWithError(list, append), 1);
            assert_eq!(compat::PyObject_HasAttrWithError(list, missing), 0);
            quiet();
            // A name that is not a string.
            assert_eq!(compat::PyObject_GetOptionalAttr(list, list, &mut found), -1);
            assert!(found.is_null());
            raised(c"TypeError");
            assert_eq!(compat::PyObject_HasAttrWithError(list, list), -1);
            raised(c"TypeError");

            let copy = text("copy");
            let copied = compat::PyObject_CallMethodNoArgs(list, copy);
            assert_eq!(ffi::PyList_Size(copied), 0);
            ffi::Py_DECREF(copied);
            assert!(compat::PyObject_CallMethodNoArgs(list, missing).is_null());
            raised(c"AttributeError");
            let dict = import(c"builtins", c"dict");
            let made = compat::PyObject_CallNoArgs(dict);
            assert_eq!(ffi::PyDict_Size(made), 0);
            for object in [list, append, missing, copy, dict, made] {
                ffi::Py_DECREF(object);
            }
        }
    });
}

#[test]
fn weak_references_are_followed() {
    attached(|| {
        // SAFETY: the thread is attached; the objects are alive while used, and the output locations are local
        // variables.
        unsafe {
            let set = ffi::PySet_New(null_mut());
            let weak = ffi::PyWeakref_NewRef(set, null_mut());
            let mut found = null_mut();
            assert_eq!(compat::PyWeakref_GetRef(weak, &mut found), 1);
            assert_eq!(found, set);
            ffi::Py_DECREF(found);
            assert_eq!(compat::PyWeakref_GetRef(set, &mut found), -1);
            assert_eq!(raised(c"TypeError"), "expected a weakref");
            ffi::Py_DECREF(set);
            found = weak;
            assert_eq!(compat::PyWeakref_GetRef(weak, &mut found), 0);
            assert!(found.is_null());
            quiet();
            ffi::Py_DECREF(weak);
        }
    });
}

#[test]
fn modules_take_objects() {
    attached(|| {
        // SAFETY: the thread is attached; the objects are alive while used, and the names are C strings.
        unsafe {
            let module = compat::PyImport_AddModuleRef(c"made_for_compat".as_ptr());
            assert!(!module.is_null());
            let again = compat::PyImport_AddModuleRef(c"made_for_compat".as_ptr());
            assert_eq!(module, again);
            let list = ffi::PyList_New(0);
            assert_eq!(compat::PyModule_AddObjectRef(module, c"first".as_ptr(), list), 0);
            assert_eq!(ffi::Py_REFCNT(list), 2);
            assert_eq!(compat::PyModule_Add(module, c"second".as_ptr(), compat::Py_NewRef(list)), 0);
            assert_eq!(ffi::Py_REFCNT(list), 3);
            // On failure, too, only `PyModule_Add` takes over a reference.
            assert_eq!(compat::PyModule_AddObjectRef(list, c"third".as_ptr(), list), -1);
            raised(c"TypeError");
            assert_eq!(compat::PyModule_Add(list, c"third".as_ptr(), compat::Py_NewRef(list)), -1);
            raised(c"TypeError");
            assert_eq!(ffi::Py_REFCNT(list), 3);
            assert_eq!(compat::PyModule_AddObjectRef(module, c"third".as_ptr(), null_mut()), -1);
            raised(c"SystemError");
            for object in [list, module, again] {
                ffi::Py_DECREF(object);
            }
            assert!(compat::Py_XNewRef(null_mut()).is_null());
        }
    });
}

#[test]
fn memory_has_the_hash_of_bytes() {
    attached(|| {
        for data in [&b""[..], b"a", b"some bytes, longer than a word"] {
            // SAFETY: the thread is attached; the objects are alive while used, and `data` has that length.
            unsafe {
                let length = data.len() as ffi::Py_ssize_t;
                let bytes = ffi::PyBytes_FromStringAndSize(data.as_ptr().cast(), length);
                let hash: ffi::Py_hash_t = compat::Py_HashBuffer(data.as_ptr().cast::<c_void>(), length);
                assert_eq!(hash, ffi::PyObject_Hash(bytes));
                ffi::Py_DECREF(bytes);
            }
        }
    });
}

/// Functions that need more than the limited API.
#[cfg(not(Py_LIMITED_API))]
mod full {
    use super::*;

    #[test]
    fn the_thread_state_is_known() {
        attached(|| {
            // SAFETY: the thread is attached.
            unsafe { assert_eq!(compat::PyThreadState_GetUnchecked(), ffi::PyThreadState_Get()) };
        });
    }

    unsafe fn contents(bytes: *mut PyObject) -> Vec<u8> {
        // SAFETY: the caller passes a live `bytes` object.
        unsafe {
            let start = ffi::PyBytes_AsString(bytes).cast::<u8>();
            std::slice::from_raw_parts(start, ffi::PyBytes_Size(bytes) as usize).to_vec()
        }
    }

    #[test]
    fn bytes_are_written_in_steps() {
        attached(|| {
            // SAFETY: the thread is attached, and only requested memory is written.
            unsafe {
                let writer = compat::PyBytesWriter_Create(0);
                let mut expected = Vec::new();
                for number in 0..200_u8 {
                    let size = compat::PyBytesWriter_GetSize(writer);
                    assert_eq!(compat::PyBytesWriter_Resize(writer, size + 2), 0);
                    let data = compat::PyBytesWriter_GetData(writer).cast::<u8>();
                    data.add(size as usize).write_bytes(number, 2);
                    expected.extend([number; 2]);
                }
                assert_eq!(compat::PyBytesWriter_Resize(writer, -1), -1);
                raised(c"ValueError");
                let bytes = compat::PyBytesWriter_Finish(writer);
                assert_eq!(contents(bytes), expected);
                assert_eq!(ffi::Py_REFCNT(bytes), 1);
                ffi::Py_DECREF(bytes);

                let writer = compat::PyBytesWriter_Create(4);
                compat::PyBytesWriter_GetData(writer).cast::<[u8; 4]>().write(*b"abcd");
                let bytes = compat::PyBytesWriter_FinishWithSize(writer, 2);
                assert_eq!(contents(bytes), b"ab");
                ffi::Py_DECREF(bytes);

                let writer = compat::PyBytesWriter_Create(4);
                let bytes = compat::PyBytesWriter_FinishWithSize(writer, 0);
                assert_eq!(contents(bytes), b"");
                ffi::Py_DECREF(bytes);

                let writer = compat::PyBytesWriter_Create(4);
                assert!(compat::PyBytesWriter_FinishWithSize(writer, 1 << 40).is_null());
                raised(c"ValueError");
                assert!(compat::PyBytesWriter_Create(-1).is_null());
                raised(c"ValueError");
                compat::PyBytesWriter_Discard(compat::PyBytesWriter_Create(4));
                compat::PyBytesWriter_Discard(null_mut());
                quiet();
            }
        });
    }
}
