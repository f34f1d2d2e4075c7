//! Functions of the C API, called by name: behavior that the compiler cannot check.

#![expect(unsafe_code, reason = "functions of the C API are unsafe")]

use pyo3::exceptions::{PyIndexError, PySystemError, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyFrozenSet, PyList, PyTuple};
use pyo3::wrap_pyfunction;

#[test]
fn a_fresh_frozenset_can_be_filled() {
    Python::attach(|py| {
        let item = |number: i64| number.into_pyobject(py).unwrap().into_any();
        // SAFETY: the thread is attached, and all pointers are valid.
        let set = unsafe {
            let set = ffi::PyFrozenSet_New(std::ptr::null_mut());
            for number in [1000, 2000, 1000, 3000] {
                assert_eq!(ffi::PySet_Add(set, item(number).as_ptr()), 0);
            }
            let unhashable = py.eval(c"[]", None, None).unwrap();
            assert_eq!(ffi::PySet_Add(set, unhashable.as_ptr()), -1);
            assert!(PyErr::take(py).unwrap().is_instance_of::<PyTypeError>(py));
            Bound::from_owned_ptr(py, set)
        };
        assert!(set.eq(py.eval(c"frozenset({1000, 2000, 3000})", None, None).unwrap()).unwrap());
        assert_eq!(set.cast::<PyFrozenSet>().unwrap().len(), 3);
        // Now there is a second reference.
        let other = set.clone();
        // SAFETY: the thread is attached, and both pointers are valid.
        assert_eq!(unsafe { ffi::PySet_Add(set.as_ptr(), item(1).as_ptr()) }, -1);
        assert!(PyErr::take(py).unwrap().is_instance_of::<PySystemError>(py));
        assert_eq!(other.len().unwrap(), 3);
        assert_eq!(PyFrozenSet::empty(py).unwrap().len(), 0);
    });
}

#[test]
fn an_empty_frozenset_can_be_filled() {
    Python::attach(|py| {
        let set = PyFrozenSet::empty(py).unwrap();
        let item = 1000_i64.into_pyobject(py).unwrap();
        // SAFETY: the thread is attached, and both pointers are valid.
        assert_eq!(unsafe { ffi::PySet_Add(set.as_ptr(), item.as_ptr()) }, 0);
        assert_eq!(set.len(), 1);
        assert_eq!(PyFrozenSet::empty(py).unwrap().len(), 0);
    });
}

#[test]
fn a_fresh_tuple_can_be_filled() {
    Python::attach(|py| {
        let item = |number: i64| number.into_pyobject(py).unwrap().into_ptr();
        let kept = PyList::empty(py);
        let count = || -> isize {
            let function = py.import("sys").unwrap().getattr("getrefcount").unwrap();
            function.call1((&kept,)).unwrap().extract().unwrap()
        };
        let before = count();
        // SAFETY: the thread is attached, all pointers are valid, and the tuple takes over the reference to each item.
        let tuple = unsafe {
            let tuple = ffi::PyTuple_New(3);
            for (index, number) in [1000, 2000, 3000].into_iter().enumerate() {
                assert_eq!(ffi::PyTuple_SetItem(tuple, index as isize, item(number)), 0);
            }
            // The previous item is released.
            assert_eq!(ffi::PyTuple_SetItem(tuple, 1, kept.clone().into_ptr()), 0);
            assert_eq!(count(), before + 1);
            assert_eq!(ffi::PyTuple_SetItem(tuple, 1, item(4000)), 0);
            assert_eq!(count(), before);
            for index in [3, -1] {
                assert_eq!(ffi::PyTuple_SetItem(tuple, index, kept.clone().into_ptr()), -1);
                assert!(PyErr::take(py).unwrap().is_instance_of::<PyIndexError>(py));
            }
            Bound::from_owned_ptr(py, tuple)
        };
        assert!(tuple.eq((1000, 4000, 3000)).unwrap());
        assert_eq!(tuple.cast::<PyTuple>().unwrap().len(), 3);
        // Now there is a second reference.
        let other = tuple.clone();
        for object in [&tuple, kept.as_any()] {
            // SAFETY: the thread is attached, both pointers are valid, and the call takes over the new reference.
            assert_eq!(unsafe { ffi::PyTuple_SetItem(object.as_ptr(), 0, kept.clone().into_ptr()) }, -1);
            assert!(PyErr::take(py).unwrap().is_instance_of::<PySystemError>(py));
        }
        assert_eq!(count(), before);
        assert!(other.eq((1000, 4000, 3000)).unwrap());
        // SAFETY: the thread is attached.
        let empty = unsafe { Bound::from_owned_ptr(py, ffi::PyTuple_New(0)) };
        assert!(empty.eq(PyTuple::empty(py)).unwrap());
        // SAFETY: the thread is attached.
        assert!(unsafe { ffi::PyTuple_New(-1) }.is_null());
        assert!(PyErr::take(py).unwrap().is_instance_of::<PySystemError>(py));
    });
}

#[pyfunction]
fn take(py: Python<'_>) -> Option<String> {
    PyErr::take(py).map(|error| error.to_string())
}

/// Handles errors internally, so that none remains.
#[pyfunction]
fn get_over_it(py: Python<'_>, callback: &Bound<'_, PyAny>) -> Vec<String> {
    let mut errors = Vec::new();
    // SAFETY: the thread is attached, and all pointers are valid.
    unsafe {
        assert!(ffi::PyErr_Occurred().is_null());
        assert_eq!(ffi::PyList_Append(callback.as_ptr(), callback.as_ptr()), -1);
        assert!(!ffi::PyErr_Occurred().is_null());
        errors.extend(take(py));
        assert!(ffi::PyErr_Occurred().is_null());
        assert!(ffi::PyObject_CallNoArgs(callback.as_ptr()).is_null());
        errors.push(PyErr::fetch(py).to_string());
        ffi::PyErr_SetString(ffi::PyExc_ValueError, c"set by hand".as_ptr());
        ffi::PyErr_SetString(ffi::PyExc_KeyError, c"set again".as_ptr());
        errors.extend(take(py));
        PySystemError::new_err("restored").restore(py);
        let [mut class, mut value, mut traceback] = [std::ptr::null_mut(); 3];
        ffi::PyErr_Fetch(&mut class, &mut value, &mut traceback);
        assert!(ffi::PyErr_Occurred().is_null());
        ffi::PyErr_Restore(class, value, traceback);
        errors.extend(take(py));
        PySystemError::new_err("cleared").restore(py);
        ffi::PyErr_Clear();
        errors.extend(take(py));
    }
    errors
}

#[test]
fn what_is_handled_is_not_raised() {
    Python::attach(|py| {
        let scope = pyo3_tests::scope_with(py, [wrap_pyfunction!(take, py), wrap_pyfunction!(get_over_it, py)]);
        pyo3_tests::run(
            &scope,
            c"
import sys
def fail(): raise RuntimeError('called')
def handled(): raise
def outer():
    try: 1 / 0
    except ZeroDivisionError as caught:
        assert take() is None and take() is None
        assert sys.exc_info()[1] is caught
        errors = get_over_it(fail)
        assert len(errors) == 4 and errors[0].startswith(('SystemError', 'TypeError')), errors
        assert errors[1:] == ['RuntimeError: called', \"KeyError: 'set again'\", 'SystemError: restored'], errors
        raise
for _ in range(3):
    try: outer()
    except ZeroDivisionError: pass
    else: assert False
assert take() is None
",
        );
    });
}

#[test]
fn what_is_handled_can_be_raised_again() {
    Python::attach(|py| {
        let scope = pyo3_tests::scope_with(py, [wrap_pyfunction!(get_over_it, py)]);
        pyo3_tests::run(
            &scope,
            c"
def again(): raise
def outer():
    try: 1 / 0
    except ZeroDivisionError:
        errors = get_over_it(again)
        assert errors[1].startswith('ZeroDivisionError'), errors
        raise
try: outer()
except ZeroDivisionError: pass
else: assert False
",
        );
    });
}

#[test]
fn integers_of_a_fixed_size_have_it() {
    // The aliases have the names of C: crates with fields of C structures cast to them.
    assert_eq!(-1 as ffi::PY_INT32_T as ffi::PY_INT64_T, -1i64);
    assert_eq!(u64::MAX as ffi::PY_UINT32_T as ffi::PY_UINT64_T, 0xffff_ffff_u64);
}

#[test]
fn a_thread_that_the_c_api_detaches_and_attaches_again_goes_on() {
    Python::attach(|py| {
        let list = PyList::new(py, [1, 2]).unwrap();
        // SAFETY: each call is undone in the reverse order, and nothing uses Python while the thread is detached.
        unsafe {
            let saved = ffi::PyEval_SaveThread();
            assert!(std::thread::spawn(|| Python::attach(|py| py.import("sys").is_ok())).join().unwrap());
            let inner = ffi::PyGILState_Ensure();
            {
                let py = Python::assume_attached();
                let made = PyList::new(py, ["inner"]).unwrap();
                assert_eq!(Python::attach(|_| made.to_string()), "['inner']");
            }
            ffi::PyGILState_Release(inner);
            ffi::PyEval_RestoreThread(saved);
        }
        list.append(3).unwrap();
        assert_eq!(list.to_string(), "[1, 2, 3]");
        assert_eq!(py.detach(|| Python::attach(|py| py.eval(c"4", None, None).unwrap().extract::<i64>().unwrap())), 4);
    });
}
