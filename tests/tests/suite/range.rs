//! `PyRange` and `PySuper`.

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyRange, PyRangeMethods, PySuper, PyType};

use pyo3_tests::{eval, run, scope};

#[test]
fn ranges_have_three_numbers() {
    Python::attach(|py| {
        let numbers = |range: &Bound<'_, PyRange>| -> Vec<isize> { range.extract().unwrap() };
        let range = PyRange::new(py, 2, 5).unwrap();
        assert_eq!((range.start().unwrap(), range.stop().unwrap(), range.step().unwrap()), (2, 5, 1));
        assert_eq!(numbers(&range), [2, 3, 4]);
        let down = PyRange::new_with_step(py, 1, -6, -3).unwrap();
        assert_eq!((down.start().unwrap(), down.stop().unwrap(), down.step().unwrap()), (1, -6, -3));
        assert_eq!(numbers(&down), [1, -2, -5]);
        assert_eq!(PyRange::new(py, 5, 2).unwrap().len().unwrap(), 0);
        assert!(down.eq(eval(&scope(py), c"range(1, -6, -3)")).unwrap());
        let error = PyRange::new_with_step(py, 0, 1, 0).unwrap_err();
        assert_eq!(error.to_string(), "ValueError: range() arg 3 must not be zero");
        assert!(error.is_instance_of::<PyValueError>(py));
    });
}

#[test]
fn ranges_may_be_wider_than_the_machine() {
    Python::attach(|py| {
        let range = eval(&scope(py), c"range(0, 2**70)").cast_into::<PyRange>().unwrap();
        assert_eq!(range.start().unwrap(), 0);
        assert!(range.stop().unwrap_err().is_instance_of::<PyOverflowError>(py));
    });
}

#[test]
fn methods_of_the_base_are_called() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Base:
    def name(self):
        return 'base'

class Derived(Base):
    def name(self):
        return 'derived'

instance = Derived()
",
        );
        let class = eval(&scope, c"Derived").cast_into::<PyType>().unwrap();
        let instance = eval(&scope, c"instance");
        assert_eq!(instance.call_method0("name").unwrap().extract::<String>().unwrap(), "derived");
        let base = PySuper::new(&class, &instance).unwrap();
        assert_eq!(base.call_method0("name").unwrap().extract::<String>().unwrap(), "base");
        let base = instance.py_super().unwrap();
        assert_eq!(base.call_method0("name").unwrap().extract::<String>().unwrap(), "base");
        let error = PySuper::new(&class, &eval(&scope, c"3")).unwrap_err();
        assert!(error.is_instance_of::<PyTypeError>(py), "{error}");
    });
}
