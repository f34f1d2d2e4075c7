//! Tests the C API over RustPython, on the interpreter that the backend owns.
#![cfg(feature = "runtime-rustpython")]

use core::ffi::{c_int, c_long, c_void};
use std::ptr;

use pyo3_ffi::{self as ffi, PyObject};

use support::attached;

mod support;

#[test]
fn threads_attach_and_detach() {
    attached(|| {
        // SAFETY: the thread is attached; states are restored in order.
        unsafe {
            assert_eq!((ffi::Py_IsInitialized(), ffi::Py_IsFinalizing(), ffi::PyGILState_Check()), (1, 0, 1));
            assert_eq!(ffi::PyThreadState_Get(), ffi::PyThreadState_GetUnchecked());
            let inner = ffi::PyGILState_Ensure();
            assert_eq!(inner, ffi::PyGILState_STATE::PyGILState_LOCKED);
            ffi::PyGILState_Release(inner);
            let saved = ffi::PyEval_SaveThread();
            assert_eq!(ffi::PyGILState_Check(), 0);
            assert!(ffi::PyThreadState_GetUnchecked().is_null());
            ffi::PyEval_RestoreThread(saved);
            assert_eq!(ffi::PyGILState_Check(), 1);
        }
    });
    // SAFETY: any thread may call this.
    unsafe { assert_eq!(ffi::PyGILState_Check(), 0) };
}

#[test]
fn references_are_counted_and_types_known() {
    attached(|| {
        // SAFETY: the thread is attached; the list is alive until the end.
        unsafe {
            let list = ffi::PyList_New(0);
            ffi::PyList_Append(list, ffi::Py_None());
            let before = ffi::Py_REFCNT(list);
            ffi::Py_INCREF(list);
            assert_eq!(ffi::Py_REFCNT(list), before + 1);
            ffi::Py_DECREF(list);
            assert_eq!(ffi::Py_REFCNT(list), before);
            assert_eq!(ffi::PyList_GetItem(list, 0), ffi::Py_None());
            assert!(ffi::PyList_GetItem(list, 7).is_null());
            assert_eq!(ffi::PyErr_ExceptionMatches(ffi::PyExc_IndexError), 1);
            ffi::PyErr_Clear();
            assert!(ffi::PyErr_Occurred().is_null());
            assert_eq!(ffi::Py_IS_TYPE(list, ffi::Py_TYPE(list)), 1);
            assert_eq!(ffi::PyList_Clear(list), 0);
            assert_eq!(ffi::Py_SIZE(list), 0);
            ffi::Py_DECREF(list);
        }
    });
}

#[test]
fn errors_are_fetched_and_restored() {
    attached(|| {
        // SAFETY: the thread is attached; the three references are released.
        unsafe {
            ffi::PyErr_SetString(ffi::PyExc_ValueError, c"no".as_ptr());
            let (mut class, mut value, mut traceback) = (ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
            ffi::PyErr_Fetch(&mut class, &mut value, &mut traceback);
            let expected = ffi::PyExc_ValueError;
            assert_eq!(class, expected);
            assert!(ffi::PyErr_Occurred().is_null());
            ffi::PyErr_Restore(class, value, traceback);
            assert_eq!(ffi::PyErr_ExceptionMatches(ffi::PyExc_ValueError), 1);
            ffi::PyErr_Clear();
        }
    });
}

#[test]
fn modules_are_made_and_imported() {
    attached(|| {
        // SAFETY: the thread is attached; objects are alive while used.
        unsafe {
            let module = ffi::PyModule_New(c"made".as_ptr());
            assert_eq!(ffi::PyModule_AddIntConstant(module, c"answer".as_ptr(), 42), 0);
            assert_eq!(ffi::PyModule_Add(module, c"name".as_ptr(), ffi::PyUnicode_FromString(c"x".as_ptr())), 0);
            let answer = ffi::PyObject_GetAttrString(module, c"answer".as_ptr());
            assert_eq!(ffi::PyLong_AsLong(answer), 42);
            assert!(ffi::PyDict_Size(ffi::PyModule_GetDict(module)) >= 2);
            let path = ffi::PyImport_ImportModule(c"os.path".as_ptr());
            assert_eq!(ffi::PyObject_HasAttrString(path, c"join".as_ptr()), 1);
            for object in [module, answer, path] {
                ffi::Py_DECREF(object);
            }
            extern "C" fn init() -> *mut PyObject {
                ptr::null_mut()
            }
            assert_eq!(ffi::PyImport_AppendInittab(c"linked_in".as_ptr(), Some(init)), 0);
            assert!(ffi::PyImport_ImportModule(c"linked_in".as_ptr()).is_null());
            let raised = pyo3::PyErr::fetch(pyo3::Python::assume_attached());
            let text = "SystemError: initialization of linked_in failed without raising an exception";
            assert_eq!(raised.to_string(), text);
        }
    });
}

#[test]
fn native_functions_are_called() {
    unsafe extern "C" fn double(_slf: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
        // SAFETY: the runtime calls this on an attached thread, with an object.
        unsafe { ffi::PyLong_FromLong(2 * ffi::PyLong_AsLong(arg)) }
    }
    attached(|| {
        let def = Box::leak(Box::new(ffi::PyMethodDef {
            ml_name: c"double".as_ptr(),
            ml_meth: ffi::PyMethodDefPointer { PyCFunction: double },
            ml_flags: ffi::METH_O,
            ml_doc: ptr::null(),
        }));
        // SAFETY: the thread is attached; the definition is never freed; the objects are alive while used.
        unsafe {
            let function = ffi::PyCFunction_New(def, ptr::null_mut());
            let number = ffi::PyLong_FromLong(21 as c_long);
            let result = ffi::PyObject_Vectorcall(function, [number].as_ptr(), 1, ptr::null_mut());
            assert_eq!(ffi::PyLong_AsLong(result), 42);
            assert_eq!(ffi::PyCFunction_GetFlags(function) & ffi::METH_STATIC, 0);
            for object in [function, number, result] {
                ffi::Py_DECREF(object);
            }
        }
    });
}

#[test]
fn memory_is_lent_and_given_back() {
    attached(|| {
        // SAFETY: the thread is attached; the view is released before the object is destroyed.
        unsafe {
            let bytes = ffi::PyByteArray_FromStringAndSize(c"abcd".as_ptr(), 4);
            let mut view = ffi::Py_buffer::new();
            assert_eq!(ffi::PyObject_GetBuffer(bytes, &mut view, ffi::PyBUF_FULL), 0);
            assert_eq!((view.len, view.itemsize, view.ndim, view.readonly), (4, 1, 1, 0));
            assert_eq!(*view.shape, 4);
            assert_eq!(ffi::PyBuffer_IsContiguous(&view, b'C' as _), 1);
            let third = ffi::PyBuffer_GetPointer(&view, &2);
            assert_eq!(*third.cast::<u8>(), b'c');
            *view.buf.cast::<u8>() = b'z';
            ffi::PyBuffer_Release(&mut view);
            ffi::PyBuffer_Release(&mut view);
            assert!(view.obj.is_null());
            assert_eq!(*ffi::PyByteArray_AsString(bytes).cast::<u8>(), b'z');
            ffi::Py_DECREF(bytes);
            let number = ffi::PyLong_FromLong(1);
            assert_eq!(ffi::PyObject_CheckBuffer(number), 0);
            assert_eq!(ffi::PyObject_GetBuffer(number, &mut view, ffi::PyBUF_SIMPLE), -1);
            ffi::PyErr_Clear();
            ffi::Py_DECREF(number);
        }
    });
}

#[test]
fn traversal_visits_what_an_object_holds() {
    unsafe extern "C" fn count(_ob: *mut PyObject, arg: *mut c_void) -> c_int {
        // SAFETY: `arg` points to the counter below.
        unsafe { *arg.cast::<usize>() += 1 };
        0
    }
    attached(|| {
        // SAFETY: the thread is attached; the slot with that number has that type; the list is alive.
        unsafe {
            let list = ffi::PyList_New(0);
            let inner = ffi::PyList_New(0);
            ffi::PyList_Append(list, inner);
            let slot = ffi::PyType_GetSlot(ffi::Py_TYPE(list), ffi::Py_tp_traverse);
            let traverse: ffi::traverseproc = std::mem::transmute(slot);
            let mut seen = 0_usize;
            assert_eq!(traverse(list, count, (&raw mut seen).cast()), 0);
            assert!(seen >= 1);
            assert!(ffi::PyType_GetSlot(ffi::Py_TYPE(list), ffi::Py_tp_init).is_null());
            assert_eq!((&*ffi::Py_TYPE(list)).tp_flags, ffi::PyType_GetFlags(ffi::Py_TYPE(list)));
            ffi::Py_DECREF(inner);
            ffi::Py_DECREF(list);
        }
    });
}
