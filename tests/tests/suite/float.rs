//! Floats.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyFloat;

use pyo3_tests::{eval, run, scope};

#[test]
fn values_round_trip() {
    Python::attach(|py| {
        for value in [0.0, -0.0, 1.5, f64::MIN, f64::MAX, f64::MIN_POSITIVE, f64::INFINITY, f64::NEG_INFINITY] {
            let object = PyFloat::new(py, value);
            assert_eq!(object.value().to_bits(), value.to_bits());
            assert_eq!(object.extract::<f64>().unwrap().to_bits(), value.to_bits());
            assert_eq!(value.into_pyobject(py).unwrap().value().to_bits(), value.to_bits());
        }
        assert!(f64::NAN.into_pyobject(py).unwrap().extract::<f64>().unwrap().is_nan());
        assert_eq!(1.5f32.into_pyobject(py).unwrap().extract::<f32>().unwrap(), 1.5);
    });
}

#[test]
fn numbers_make_floats() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class F:
    def __float__(self): return 2.5
class I:
    def __index__(self): return 3
class Derived(float):
    def __float__(self): return 99.0
class Complex(complex):
    def __complex__(self): return 99j
    def __float__(self): return 99.0
",
        );
        assert_eq!(eval(&scope, c"7").extract::<f64>().unwrap(), 7.0);
        assert_eq!(eval(&scope, c"True").extract::<f64>().unwrap(), 1.0);
        assert_eq!(eval(&scope, c"F()").extract::<f64>().unwrap(), 2.5);
        assert_eq!(eval(&scope, c"F()").extract::<f32>().unwrap(), 2.5);
        assert_eq!(eval(&scope, c"I()").extract::<f64>().unwrap(), 3.0);
        // For subclasses of `float`, `__float__` is not called.
        assert_eq!(eval(&scope, c"Derived(2.5)").extract::<f64>().unwrap(), 2.5);
        let complex = eval(&scope, c"Complex(1 + 2j)").extract::<num_complex::Complex64>().unwrap();
        assert_eq!((complex.re, complex.im), (1.0, 2.0));
        assert!(eval(&scope, c"10 ** 400").extract::<f64>().is_err());
    });
}

#[test]
fn others_do_not() {
    Python::attach(|py| {
        let error = eval(&scope(py), c"'1.0'").extract::<f64>().unwrap_err();
        assert!(error.is_instance_of::<PyTypeError>(py));
        assert_eq!(error.to_string(), "TypeError: must be real number, not str");
        assert!(py.None().extract::<f64>(py).is_err());
    });
}

#[test]
fn compares_with_rust() {
    Python::attach(|py| {
        let object = PyFloat::new(py, 2.5);
        assert!(object == 2.5 && object != 2.0);
        assert!(object.is_exact_instance_of::<PyFloat>());
    });
}
