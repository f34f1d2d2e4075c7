//! Runs functions that are macros or inline functions in C, and that `pyo3-ffi` therefore implements in Rust.
#![cfg(not(feature = "runtime-rustpython"))]

use std::ffi::CStr;
use std::ptr;

use pyo3_ffi as ffi;

use support::attached;

mod support;

#[test]
fn references_are_counted() {
    attached(|| {
        // SAFETY: the thread is attached, and the list is alive until the end.
        unsafe {
            let list = ffi::PyList_New(0);
            let before = ffi::Py_REFCNT(list);
            ffi::Py_INCREF(list);
            assert_eq!(ffi::Py_REFCNT(list), before + 1);
            ffi::Py_DECREF(list);
            assert_eq!(ffi::Py_REFCNT(list), before);
            let mut slot = ffi::Py_NewRef(list);
            ffi::Py_CLEAR(&mut slot);
            assert!(slot.is_null());
            ffi::Py_XDECREF(slot);
            assert_eq!(ffi::Py_REFCNT(list), before);
            ffi::Py_DECREF(list);
        }
    });
}

#[test]
fn the_last_reference_destroys() {
    attached(|| {
        // SAFETY: the thread is attached; each object is used while a reference is held.
        unsafe {
            let outer = ffi::PyList_New(0);
            let inner = ffi::PyDict_New();
            ffi::PyList_Append(outer, inner);
            let held = ffi::Py_REFCNT(inner);
            ffi::Py_DECREF(outer);
            assert_eq!(ffi::Py_REFCNT(inner), held - 1);
            ffi::Py_DECREF(inner);
        }
    });
}

#[test]
fn immortal_objects_stay() {
    attached(|| {
        // SAFETY: the thread is attached; `None` lives forever.
        unsafe {
            let none = ffi::Py_None();
            for _ in 0..3 {
                ffi::Py_INCREF(none);
            }
            for _ in 0..3 {
                ffi::Py_DECREF(none);
            }
            assert!(ffi::Py_REFCNT(none) > 0);
            assert_eq!(ffi::Py_IsNone(none), 1);
            assert_eq!(ffi::Py_IsTrue(ffi::Py_True()), 1);
            assert_eq!(ffi::Py_IsFalse(ffi::Py_False()), 1);
        }
    });
}

#[test]
fn types_are_recognised() {
    attached(|| {
        // SAFETY: the thread is attached, and all objects are alive.
        unsafe {
            let number = ffi::PyLong_FromLong(1);
            assert_eq!(ffi::PyLong_Check(number), 1);
            assert_eq!(ffi::PyLong_CheckExact(ffi::Py_True()), 0);
            assert_eq!(ffi::PyLong_Check(ffi::Py_True()), 1);
            assert_eq!(ffi::PyBool_Check(ffi::Py_True()), 1);
            assert_eq!(ffi::PyList_Check(number), 0);
            assert_eq!(ffi::PyType_Check(ffi::Py_TYPE(number).cast()), 1);
            assert_eq!(ffi::PyExceptionClass_Check(ffi::PyExc_ValueError), 1);
            assert_eq!(ffi::PyExceptionClass_Check(number), 0);
            assert_eq!(ffi::PyFloat_Check(number), 0);
            ffi::Py_DECREF(number);
        }
    });
}

#[cfg(not(Py_LIMITED_API))]
#[test]
fn items_are_where_the_layout_says() {
    attached(|| {
        // SAFETY: the thread is attached; indices are in range; the tuple and the list take the references.
        unsafe {
            let tuple = ffi::PyTuple_New(2);
            for index in 0..2 {
                ffi::PyTuple_SET_ITEM(tuple, index, ffi::PyLong_FromLong(1000 + index as std::ffi::c_long));
            }
            assert_eq!(ffi::PyTuple_GET_SIZE(tuple), 2);
            assert_eq!(ffi::PyTuple_GET_ITEM(tuple, 1), ffi::PyTuple_GetItem(tuple, 1));
            assert_eq!(ffi::PySequence_Fast_GET_SIZE(tuple), 2);
            assert_eq!(*ffi::PySequence_Fast_ITEMS(tuple), ffi::PyTuple_GetItem(tuple, 0));
            let list = ffi::PySequence_List(tuple);
            assert_eq!(ffi::PyList_GET_SIZE(list), 2);
            assert_eq!(ffi::PyList_GET_ITEM(list, 1), ffi::PyList_GetItem(list, 1));
            let float = ffi::PyFloat_FromDouble(1.5);
            assert_eq!(ffi::PyFloat_AS_DOUBLE(float), 1.5);
            let bytes = ffi::PyBytes_FromStringAndSize(c"abc".as_ptr(), 3);
            assert_eq!(CStr::from_ptr(ffi::PyBytes_AS_STRING(bytes)), c"abc");
            assert_eq!(ffi::PyBytes_GET_SIZE(bytes), 3);
            for object in [tuple, list, float, bytes] {
                ffi::Py_DECREF(object);
            }
        }
    });
}

#[cfg(not(Py_LIMITED_API))]
#[test]
fn characters_of_every_width_are_read() {
    attached(|| {
        let cases = [
            ("abc", ffi::PyUnicode_1BYTE_KIND),
            ("caf\u{e9}", ffi::PyUnicode_1BYTE_KIND),
            ("\u{20ac}uro", ffi::PyUnicode_2BYTE_KIND),
            ("\u{1f40d}x", ffi::PyUnicode_4BYTE_KIND),
        ];
        for (text, kind) in cases {
            // SAFETY: the thread is attached; the indices are below the length.
            unsafe {
                let string = ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as ffi::Py_ssize_t);
                assert_eq!(ffi::PyUnicode_READY(string), 0);
                assert_eq!(ffi::PyUnicode_KIND(string), kind, "{text}");
                let length = ffi::PyUnicode_GET_LENGTH(string);
                let read: String = (0..length)
                    .map(|index| char::from_u32(ffi::PyUnicode_READ_CHAR(string, index)).expect("a character"))
                    .collect();
                assert_eq!(read, text);
                #[cfg(not(Py_3_14))]
                assert_eq!(ffi::PyUnicode_IS_ASCII(string) != 0, text.is_ascii());
                ffi::Py_DECREF(string);
            }
        }
    });
}

#[cfg(not(Py_LIMITED_API))]
#[test]
fn vectorcall_and_its_shortcuts_agree() {
    attached(|| {
        // SAFETY: the thread is attached; all objects are alive while used.
        unsafe {
            let class: *mut ffi::PyObject = (&raw mut ffi::PyLong_Type).cast();
            let text = ffi::PyUnicode_FromString(c"42".as_ptr());
            let one = ffi::PyObject_CallOneArg(class, text);
            let args = [text];
            let other = ffi::PyObject_Vectorcall(class, args.as_ptr(), 1, ptr::null_mut());
            assert_eq!((ffi::PyLong_AsLong(one), ffi::PyLong_AsLong(other)), (42, 42));
            let none = ffi::PyObject_CallNoArgs(class);
            assert_eq!(ffi::PyLong_AsLong(none), 0);
            let name = ffi::PyUnicode_FromString(c"isdigit".as_ptr());
            let digits = ffi::PyObject_CallMethodNoArgs(text, name);
            assert_eq!(digits, ffi::Py_True());
            assert_eq!(ffi::PyVectorcall_NARGS(2 | ffi::PY_VECTORCALL_ARGUMENTS_OFFSET), 2);
            for object in [text, one, other, none, name, digits] {
                ffi::Py_DECREF(object);
            }
        }
    });
}

#[cfg(not(Py_LIMITED_API))]
#[test]
fn datetimes_are_taken_apart() {
    attached(|| {
        // SAFETY: the thread is attached; the interface is imported before use; the objects are alive while used.
        unsafe {
            ffi::PyDateTime_IMPORT();
            let api = &*ffi::PyDateTimeAPI();
            let utc = ffi::PyDateTime_TimeZone_UTC();
            let at = (api.DateTime_FromDateAndTime)(2024, 2, 29, 23, 58, 57, 123_456, utc, api.DateTimeType);
            assert_eq!(ffi::PyDateTime_Check(at), 1);
            assert_eq!(ffi::PyDate_CheckExact(at), 0);
            let date = (ffi::PyDateTime_GET_YEAR(at), ffi::PyDateTime_GET_MONTH(at), ffi::PyDateTime_GET_DAY(at));
            assert_eq!(date, (2024, 2, 29));
            let time = (
                ffi::PyDateTime_DATE_GET_HOUR(at),
                ffi::PyDateTime_DATE_GET_MINUTE(at),
                ffi::PyDateTime_DATE_GET_SECOND(at),
                ffi::PyDateTime_DATE_GET_MICROSECOND(at),
            );
            assert_eq!(time, (23, 58, 57, 123_456));
            assert_eq!(ffi::PyDateTime_DATE_GET_TZINFO(at), utc);
            let delta = (api.Delta_FromDelta)(1, 2, 3, 1, api.DeltaType);
            let parts = (
                ffi::PyDateTime_DELTA_GET_DAYS(delta),
                ffi::PyDateTime_DELTA_GET_SECONDS(delta),
                ffi::PyDateTime_DELTA_GET_MICROSECONDS(delta),
            );
            assert_eq!(parts, (1, 2, 3));
            ffi::Py_DECREF(at);
            ffi::Py_DECREF(delta);
        }
    });
}

#[test]
fn a_native_function_is_called_and_parses_its_arguments() {
    unsafe extern "C" fn add(
        _slf: *mut ffi::PyObject,
        args: *mut ffi::PyObject,
        kwargs: *mut ffi::PyObject,
    ) -> *mut ffi::PyObject {
        let (mut left, mut right): (std::ffi::c_long, std::ffi::c_long) = (0, 10);
        #[cfg(Py_3_13)]
        let names = [c"left".as_ptr(), c"right".as_ptr(), ptr::null()];
        #[cfg(Py_3_13)]
        let names = names.as_ptr();
        #[cfg(not(Py_3_13))]
        let mut names = [c"left".as_ptr().cast_mut(), c"right".as_ptr().cast_mut(), ptr::null_mut()];
        #[cfg(not(Py_3_13))]
        let names = names.as_mut_ptr();
        // SAFETY: called by the interpreter with a tuple and a dict or null; the format names two `long`s.
        unsafe {
            if ffi::PyArg_ParseTupleAndKeywords(args, kwargs, c"l|l".as_ptr(), names, &mut left, &mut right) == 0 {
                return ptr::null_mut();
            }
            ffi::PyLong_FromLong(left + right)
        }
    }
    attached(|| {
        let def = Box::leak(Box::new(ffi::PyMethodDef {
            ml_name: ffi::c_str!("add").as_ptr(),
            ml_meth: ffi::PyMethodDefPointer { PyCFunctionWithKeywords: add },
            ml_flags: ffi::METH_VARARGS | ffi::METH_KEYWORDS,
            ml_doc: ptr::null(),
        }));
        // SAFETY: the thread is attached; the definition lives forever; the objects are alive while used.
        unsafe {
            let function = ffi::PyCFunction_NewEx(def, ptr::null_mut(), ptr::null_mut());
            let args = ffi::PyTuple_New(1);
            ffi::PyTuple_SetItem(args, 0, ffi::PyLong_FromLong(32));
            let result = ffi::PyObject_Call(function, args, ptr::null_mut());
            assert_eq!(ffi::PyLong_AsLong(result), 42);
            let none = ffi::PyTuple_New(0);
            assert!(ffi::PyObject_Call(function, none, ptr::null_mut()).is_null());
            assert_eq!(ffi::PyErr_ExceptionMatches(ffi::PyExc_TypeError), 1);
            ffi::PyErr_Clear();
            for object in [function, args, result, none] {
                ffi::Py_DECREF(object);
            }
        }
    });
}
