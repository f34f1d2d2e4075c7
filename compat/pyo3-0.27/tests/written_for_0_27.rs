//! Code that PyO3 0.27 accepted and 0.28 no longer accepts.

#![allow(deprecated, reason = "the items were already deprecated in 0.27")]

use pyo3::prelude::*;
use pyo3::sync::GILOnceCell;
use pyo3::types::{PyBytes, PyDict, PyString, PyType, timezone_utc};

/// Uses `PyObject`, which the prelude of 0.27 exported.
#[pyclass]
struct Callback {
    function: PyObject,
}

#[pymethods]
impl Callback {
    #[new]
    fn new(function: PyObject) -> Self {
        Callback { function }
    }

    fn call(&self, py: Python<'_>, value: i32) -> PyResult<PyObject> {
        self.function.call1(py, (value,))
    }
}

#[pymodule]
fn callbacks(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Callback>()
}

#[test]
fn threads_acquire_the_gil() {
    pyo3::prepare_freethreaded_python();
    let number: i32 = Python::with_gil(|py| py.eval(c"6 * 7", None, None)?.extract()).unwrap();
    assert_eq!(number, 42);
    Python::with_gil(|py| {
        let sum: i32 = py.allow_threads(|| {
            let threads: Vec<_> = (1..4)
                .map(|n: i32| {
                    std::thread::spawn(move || {
                        Python::with_gil(|py| n.into_pyobject(py).unwrap().extract::<i32>().unwrap())
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(sum, 6);
        // SAFETY: the thread is attached, and an interpreter is running.
        unsafe {
            assert_eq!(Python::assume_gil_acquired().version_info(), py.version_info());
            assert!(Python::with_gil_unchecked(|py| py.None().is_none(py)));
        }
    });
}

#[test]
fn objects_of_any_type_have_a_short_name() {
    pyo3::prepare_freethreaded_python();
    Python::with_gil(|py| {
        let module = pyo3::wrap_pymodule!(callbacks)(py);
        pyo3::py_run!(py, module, "assert module.Callback(lambda n: n + 1).call(2) == 3");
        let object: pyo3::PyObject = PyDict::new(py).into_any().unbind();
        assert!(object.downcast_bound::<PyDict>(py).is_ok());
    });
}

#[test]
fn cells_are_filled_once() {
    static DECIMAL: GILOnceCell<Py<PyType>> = GILOnceCell::new();
    static TEXT: GILOnceCell<String> = GILOnceCell::new();
    pyo3::prepare_freethreaded_python();
    Python::with_gil(|py| {
        let two = DECIMAL.import(py, "decimal", "Decimal").unwrap().call1(("2",)).unwrap();
        assert_eq!(two.to_string(), "2");
        assert!(DECIMAL.clone_ref(py).get(py).unwrap().is(DECIMAL.get(py).unwrap()));
        let wrong: GILOnceCell<Py<PyType>> = GILOnceCell::new();
        assert!(wrong.import(py, "sys", "path").is_err() && wrong.get(py).is_none());
        assert!(wrong.clone_ref(py).get(py).is_none());

        assert!(TEXT.get(py).is_none());
        let refused: Result<&String, i32> = TEXT.get_or_try_init(py, || Err(5));
        assert_eq!(refused, Err(5));
        // The closure may access the cell that it initializes. The first one to finish wins.
        let text = TEXT.get_or_init(py, || {
            assert_eq!(TEXT.get_or_init(py, || "inner".to_owned()), "inner");
            "outer".to_owned()
        });
        assert_eq!(text, "inner");
        assert_eq!(TEXT.set(py, "again".to_owned()), Err("again".to_owned()));

        let mut own = GILOnceCell::default();
        own.set(py, 1).unwrap();
        *own.get_mut().unwrap() += 1;
        assert_eq!((own.take(), own.take(), own.into_inner()), (Some(2), None, None));
    });
}

#[test]
fn text_and_time_zones_are_made_by_other_names() {
    pyo3::prepare_freethreaded_python();
    Python::with_gil(|py| {
        let bytes = PyBytes::new(py, b"caf\xe9");
        assert_eq!(PyString::from_object(&bytes, "latin-1", "strict").unwrap().to_string(), "caf\u{e9}");
        assert!(PyString::from_object(&bytes, "utf-8", "strict").is_err());
        assert!(PyString::from_object(&bytes, "utf\0-8", "strict").is_err());
        assert_eq!(timezone_utc(py).to_string(), "UTC");
    });
}
