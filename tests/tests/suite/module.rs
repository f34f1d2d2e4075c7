//! `#[pymodule]` in both forms, function and declarative, and `PyModule`.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use pyo3::exceptions::{PyAttributeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use pyo3::wrap_pymodule;

use pyo3_tests::{eval, run, scope};

#[pyfunction]
fn double(number: i64) -> i64 {
    number * 2
}

#[pyclass]
struct Member {
    #[pyo3(get)]
    value: i32,
}

#[pymethods]
impl Member {
    #[new]
    fn new(value: i32) -> Self {
        Member { value }
    }
}

/// Made by a function.
#[pymodule]
fn by_function(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("CONSTANT", 42)?;
    module.add_function(wrap_pyfunction!(double, module)?)?;
    module.add_class::<Member>()?;
    let py = module.py();
    let sub = PyModule::new(py, "sub")?;
    sub.add("inner", "deep")?;
    module.add_submodule(&sub)?;
    module.add("Error", py.get_type::<PyValueError>())?;
    Ok(())
}

#[pymodule(name = "renamed_module")]
fn by_function_renamed(_py: Python<'_>, module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_wrapped(wrap_pyfunction!(double))?;
    module.add_wrapped(wrap_pymodule!(by_function))
}

#[pymodule]
fn failing(_module: &Bound<'_, PyModule>) -> PyResult<()> {
    Err(PyValueError::new_err("no module today"))
}

/// Declared.
#[pymodule]
mod declared {
    use super::*;

    #[pymodule_export]
    use super::{Member, double};

    #[pymodule_export]
    const LIMIT: i32 = 100;

    #[pyfunction]
    fn triple(number: i64) -> i64 {
        number * 3
    }

    #[pyclass]
    struct Own;

    #[pymethods]
    impl Own {
        #[new]
        fn new() -> Self {
            Own
        }

        fn answer(&self) -> i32 {
            42
        }
    }

    /// Nested.
    #[pymodule]
    mod nested {
        use super::*;

        #[pyfunction]
        fn quadruple(number: i64) -> i64 {
            number * 4
        }

        #[pyclass]
        struct Deep;

        #[pymodule_init]
        fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
            module.add("depth", 2)
        }
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("computed", double(LIMIT.into()))
    }
}

#[test]
fn modules_made_by_hand() {
    Python::attach(|py| {
        let module = PyModule::new(py, "made").unwrap();
        assert_eq!(module.name().unwrap(), "made");
        assert!(module.filename().is_err());
        module.add("x", 1).unwrap();
        module.add_function(wrap_pyfunction!(double, &module).unwrap()).unwrap();
        module.add_class::<Member>().unwrap();
        assert_eq!(module.getattr("x").unwrap().extract::<i32>().unwrap(), 1);
        assert!(module.dict().contains("double").unwrap());
        let index = module.index().unwrap();
        assert_eq!(index.to_string(), "['x', 'double', 'Member']");
        assert_eq!(module.getattr("__all__").unwrap().to_string(), index.to_string());
        let error = module.getattr("y").unwrap_err();
        assert!(error.is_instance_of::<PyAttributeError>(py));
    });
}

#[test]
fn modules_from_code() {
    Python::attach(|py| {
        let module =
            PyModule::from_code(py, c"def f(x): return x + 1\ny = f(1)", c"some_file.py", c"some_name").unwrap();
        assert_eq!(module.name().unwrap(), "some_name");
        assert_eq!(module.filename().unwrap(), "some_file.py");
        assert_eq!(module.getattr("y").unwrap().extract::<i32>().unwrap(), 2);
        assert!(PyModule::from_code(py, c"1 +", c"f.py", c"broken_code").is_err());
        let error = PyModule::from_code(py, c"\nraise ValueError('at import')", c"f.py", c"raising").unwrap_err();
        assert_eq!(error.to_string(), "ValueError: at import");
        assert!(error.traceback(py).unwrap().format().unwrap().contains("File \"f.py\", line 2"));
    });
}

#[test]
fn module_by_function() {
    Python::attach(|py| {
        let scope = scope(py);
        scope.set_item("m", wrap_pymodule!(by_function)(py)).unwrap();
        run(
            &scope,
            c"
assert m.__name__ == 'by_function' and m.__doc__ == 'Made by a function.'
assert m.CONSTANT == 42 and m.double(4) == 8 and m.Member(3).value == 3
assert m.double.__module__ == 'by_function'
assert m.sub.inner == 'deep' and m.Error is ValueError
assert sorted(m.__all__) == ['CONSTANT', 'Error', 'Member', 'double', 'sub'], m.__all__
import types
assert type(m) is types.ModuleType
",
        );
    });
}

#[test]
fn module_by_function_with_names() {
    Python::attach(|py| {
        let scope = scope(py);
        scope.set_item("m", wrap_pymodule!(by_function_renamed)(py)).unwrap();
        run(
            &scope,
            c"
assert m.__name__ == 'renamed_module' and m.double(1) == 2
assert m.by_function.CONSTANT == 42
",
        );
    });
}

#[test]
#[should_panic(expected = "no module today")]
fn failing_modules_panic_where_they_are_wrapped() {
    Python::attach(|py| wrap_pymodule!(failing)(py));
}

#[test]
fn declared_modules() {
    Python::attach(|py| {
        let scope = scope(py);
        scope.set_item("m", wrap_pymodule!(declared)(py)).unwrap();
        run(
            &scope,
            c"
assert m.__name__ == 'declared' and m.__doc__ == 'Declared.'
assert m.double(2) == 4 and m.triple(2) == 6 and m.LIMIT == 100 and m.computed == 200
assert m.Member(1).value == 1 and m.Own().answer() == 42
assert m.Own.__module__ == 'declared', m.Own.__module__
assert m.nested.__name__ == 'declared.nested' and m.nested.__doc__ == 'Nested.'
assert m.nested.quadruple(2) == 8 and m.nested.depth == 2
assert m.nested.Deep.__module__ == 'declared.nested'
assert set(m.__all__) == {'double', 'Member', 'LIMIT', 'triple', 'Own', 'nested', 'computed'}, m.__all__
",
        );
    });
}

static FILLED: AtomicUsize = AtomicUsize::new(0);

#[pymodule]
fn counted(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("number", FILLED.fetch_add(1, SeqCst))
}

#[test]
fn wrapping_twice_gives_the_same_module() {
    Python::attach(|py| {
        let first = wrap_pymodule!(counted)(py).into_bound(py);
        first.add("own", 5).unwrap();
        let second = wrap_pymodule!(counted)(py).into_bound(py);
        assert!(second.is(&first));
        assert_eq!(second.getattr("own").unwrap().extract::<usize>().unwrap(), 5);
        assert_eq!(FILLED.load(SeqCst), 1);
        // The same holds for a module with submodules.
        let outer = wrap_pymodule!(declared)(py).into_bound(py);
        assert!(outer.is(wrap_pymodule!(declared)(py)));
    });
}

#[test]
fn submodules_are_attributes() {
    Python::attach(|py| {
        let module = PyModule::new(py, "parent").unwrap();
        let child = PyModule::new(py, "parent.child").unwrap();
        child.add("x", PyList::empty(py)).unwrap();
        module.add_submodule(&child).unwrap();
        let scope = PyDict::new(py);
        scope.set_item("parent", &module).unwrap();
        let names: Vec<String> = eval(&scope, c"[n for n in dir(parent) if not n.startswith('_')]").extract().unwrap();
        assert!(names == ["child"] || names == ["parent.child"], "{names:?}");
    });
}
