//! Handles: creating and releasing references, attaching threads, and values that are computed once.

use std::ffi::CStr;
use std::hint::black_box;
use std::sync::Mutex;

use pyo3::prelude::*;
use pyo3::sync::{MutexExt, PyOnceLock, critical_section::with_critical_section};
use pyo3::types::{PyDict, PyList, PyString, PyType};

use crate::program::benches;

fn eval<'py>(py: Python<'py>, code: &CStr) -> PyResult<Bound<'py, PyAny>> {
    py.eval(code, None, None)
}

static ONCE: PyOnceLock<i64> = PyOnceLock::new();
static TYPE: PyOnceLock<Py<PyType>> = PyOnceLock::new();

fn objects(py: Python<'_>) -> PyResult<Vec<Py<PyAny>>> {
    (0..1000).map(|_| Ok(PyList::empty(py).into_any().unbind())).collect()
}

benches! {
    "ha"

    bound_clone_drop |py| { let list = PyList::empty(py); } => black_box(&list).clone();
    py_clone_ref_drop_ref |py| { let list = PyList::empty(py).unbind(); } => black_box(&list).clone_ref(py).drop_ref(py);
    py_into_bound |py| { let list = PyList::empty(py).unbind(); } => black_box(&list).clone_ref(py).into_bound(py);
    py_bind |py| { let list = PyList::empty(py).unbind(); } => black_box(&list).bind(py).len();
    py_none_drop |py| {} => py.None();
    py_ellipsis_drop |py| {} => py.Ellipsis();
    clone_ref_many large |py| { let objects = objects(py)?; }
        => objects.iter().map(|object| object.clone_ref(py)).collect::<Vec<_>>();
    clone_ref_many_bound large |py| { let objects = objects(py)?; }
        => objects.iter().map(|object| object.clone_ref(py).into_bound(py)).collect::<Vec<_>>();
    borrowed_to_owned |py| { let list = PyList::empty(py); } => black_box(&list).as_borrowed().to_owned();
    into_any_unbind |py| { let list = PyList::empty(py); } => black_box(&list).clone().into_any().unbind().drop_ref(py);
    is |py| { let list = PyList::empty(py); let any = list.clone().into_any(); } => black_box(&list).is(&any);
    is_none |py| { let list = PyList::empty(py).into_any(); } => black_box(&list).is_none();
    from_ptr |py| { let list = PyList::empty(py).into_any(); }
        => std::ptr::eq(list.clone().into_ptr(), list.as_ptr()) && {
            // SAFETY: takes over the reference that `into_ptr` has just returned.
            drop(unsafe { Bound::from_owned_ptr(py, list.as_ptr()) });
            true
        };
    cast_string |py| { let text = PyString::new(py, "text").into_any(); } => black_box(&text).cast::<PyString>()?;
    cast_into |py| { let text = PyString::new(py, "text").into_any(); } => black_box(&text).clone().cast_into::<PyString>()?;
    cast_exact |py| { let dict = PyDict::new(py).into_any(); } => black_box(&dict).cast_exact::<PyDict>()?;
    cast_wrong |py| { let dict = PyDict::new(py).into_any(); } => black_box(&dict).cast::<PyList>().is_err();
    extract_bound |py| { let dict = PyDict::new(py).into_any(); } => black_box(&dict).extract::<Bound<'_, PyDict>>()?;
    extract_py |py| { let dict = PyDict::new(py).into_any(); } => black_box(&dict).extract::<Py<PyDict>>()?;
    once_get |py| { ONCE.get_or_init(py, || 7); } => black_box(&ONCE).get(py);
    once_get_or_init |py| {} => black_box(&ONCE).get_or_init(py, || 7);
    once_import |py| {} => black_box(&TYPE).import(py, "collections", "OrderedDict")?;
    intern |py| {} => pyo3::intern!(py, "a name");
    mutex |py| { let mutex = Mutex::new(7_i64); } => *black_box(&mutex).lock_py_attached(py).expect("nobody panics");
    critical_section |py| { let list = PyList::empty(py); } => with_critical_section(&list, || black_box(&list).len());
    attach_detached |py| {} => py.detach(|| Python::attach(|py| { black_box(py); }));
    check_signals |py| {} => py.check_signals()?;
    eval_constant |py| {} => eval(py, c"1")?;
}
