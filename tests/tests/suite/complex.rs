//! `PyComplex`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;
use pyo3::types::PyComplex;

use proptest::prelude::*;

fn parts(number: &Bound<'_, PyComplex>) -> (f64, f64) {
    (number.real(), number.imag())
}

#[test]
fn numbers_have_parts() {
    Python::attach(|py| {
        let number = PyComplex::from_doubles(py, 3.0, -4.0);
        assert_eq!((number.real(), number.imag(), number.abs()), (3.0, -4.0, 5.0));
        assert_eq!(number.repr().unwrap(), "(3-4j)");
        let squared = number.pow(&PyComplex::from_doubles(py, 2.0, 0.0));
        assert_eq!(parts(&squared), (-7.0, -24.0));
    });
}

#[test]
fn operators_take_numbers_and_references() {
    Python::attach(|py| {
        let (a, b) = (PyComplex::from_doubles(py, 3.0, 1.2), PyComplex::from_doubles(py, 1.0, 2.6));
        assert_eq!(parts(&(&a + &b)), (4.0, 3.8));
        assert_eq!(parts(&(a.clone() + &b)), (4.0, 3.8));
        assert_eq!(parts(&(&a + b.clone())), (4.0, 3.8));
        assert_eq!(parts(&(a.clone() + b.clone())), (4.0, 3.8));
        assert_eq!(parts(&(a.as_borrowed() - b.as_borrowed())), (2.0, -1.4000000000000001));
        assert_eq!(parts(&-&a), (-3.0, -1.2));
        assert_eq!(parts(&-a.as_borrowed()), (-3.0, -1.2));
    });
}

#[test]
fn the_absolute_value_may_be_infinite() {
    Python::attach(|py| assert_eq!(PyComplex::from_doubles(py, 1.5e308, 1.5e308).abs(), f64::INFINITY));
}

#[test]
fn attributes_of_subclasses_are_not_asked() {
    Python::attach(|py| {
        let own =
            py.eval(c"type('Own', (complex,), {'real': None, '__abs__': None, '__add__': None})(3, 4)", None, None);
        let own = own.unwrap().cast_into::<PyComplex>().unwrap();
        assert_eq!((own.real(), own.imag(), own.abs()), (3.0, 4.0, 5.0));
        assert_eq!(parts(&(&own + &own)), (6.0, 8.0));
    });
}

#[test]
fn no_number_is_divided_by_zero() {
    Python::attach(|py| {
        let (one, zero) = (PyComplex::from_doubles(py, 1.0, 0.0), PyComplex::from_doubles(py, 0.0, 0.0));
        let divided = catch_unwind(AssertUnwindSafe(|| drop(&one / &zero)));
        let message = divided.unwrap_err().downcast::<String>().unwrap();
        assert!(message.starts_with("Complex method div failed.: PyErr"), "{message}");
        assert!(PyErr::take(py).is_none());
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arithmetic_is_that_of_python(a in -1e6f64..1e6, b in -1e6f64..1e6, c in 1f64..1e6, d in 1f64..1e6) {
        Python::attach(|py| {
            let (x, y) = (PyComplex::from_doubles(py, a, b), PyComplex::from_doubles(py, c, d));
            for (operator, found) in [("add", &x + &y), ("sub", &x - &y), ("mul", &x * &y), ("truediv", &x / &y)] {
                let expected = py.import("operator").unwrap().call_method1(operator, (&x, &y)).unwrap();
                assert!(found.eq(&expected).unwrap(), "{operator} of {x} and {y}: {found}, not {expected}");
            }
            let product = (a * c - b * d, a * d + b * c);
            assert_eq!(parts(&(&x * &y)), product);
        });
    }
}
