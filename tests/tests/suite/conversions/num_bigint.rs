//! `BigInt` and `BigUint`: `int`, of any size.

use num_bigint::{BigInt, BigUint};
use proptest::prelude::*;
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyInt;

use pyo3_tests::{eval, run, scope};

/// Returns values around the relevant powers of two: the sign bit, 30-bit digits, 32, 63 and 64 bits, and long ones.
fn edges() -> Vec<BigInt> {
    let one = BigInt::from(1);
    let mut values = vec![BigInt::from(0)];
    for bits in
        [0, 1, 7, 8, 15, 16, 29, 30, 31, 32, 33, 59, 60, 61, 62, 63, 64, 65, 90, 95, 96, 97, 127, 128, 129, 1000]
    {
        let power: BigInt = &one << bits;
        for value in [&power - &one, power.clone(), &power + &one] {
            values.extend([-value.clone(), value]);
        }
    }
    values
}

/// Parses decimal digits in Python.
fn parsed<'py>(py: Python<'py>, digits: &str) -> Bound<'py, PyAny> {
    py.get_type::<PyInt>().call1((digits,)).unwrap()
}

#[track_caller]
fn check(py: Python<'_>, value: &BigInt) {
    let object = value.into_pyobject(py).unwrap();
    let expected = parsed(py, &value.to_string());
    assert!(object.is_exact_instance_of::<PyInt>());
    assert!(object.as_any().eq(&expected).unwrap(), "{value} became {object}");
    assert_eq!(object.hash().unwrap(), expected.hash().unwrap());
    assert_eq!(&expected.extract::<BigInt>().unwrap(), value);
    assert!(value.clone().into_pyobject(py).unwrap().as_any().eq(&expected).unwrap());
    match value.to_biguint() {
        Some(unsigned) => {
            assert!((&unsigned).into_pyobject(py).unwrap().as_any().eq(&expected).unwrap(), "{value}, unsigned");
            assert_eq!(expected.extract::<BigUint>().unwrap(), unsigned);
            assert!(unsigned.into_pyobject(py).unwrap().as_any().eq(&expected).unwrap());
        }
        None => {
            let error = expected.extract::<BigUint>().unwrap_err();
            assert_eq!(error.to_string(), "OverflowError: can't convert negative int to unsigned");
        }
    }
}

#[test]
fn edges_round_trip() {
    Python::attach(|py| edges().iter().for_each(|value| check(py, value)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn integers_of_any_size(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        Python::attach(|py| check(py, &BigInt::from_signed_bytes_le(&bytes)));
    }

    #[test]
    fn arithmetic_agrees(a in any::<i128>(), b in any::<i128>(), shift in 0..300usize) {
        Python::attach(|py| {
            let (a, b) = (BigInt::from(a) << shift, BigInt::from(b));
            let (x, y) = (a.clone().into_pyobject(py).unwrap(), b.clone().into_pyobject(py).unwrap());
            assert_eq!(x.mul(&y).unwrap().extract::<BigInt>().unwrap(), &a * &b);
            assert_eq!(x.sub(&y).unwrap().extract::<BigInt>().unwrap(), &a - &b);
        });
    }
}

#[test]
fn what_is_an_integer() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Like:
    def __index__(self): return -1 << 90
class Broken:
    def __index__(self): raise ValueError('broken')
class Sub(int):
    def __index__(self): raise ValueError('an int is read as it is')
",
        );
        assert_eq!(eval(&scope, c"Like()").extract::<BigInt>().unwrap(), BigInt::from(-1) << 90);
        assert_eq!(eval(&scope, c"Sub(1 << 70)").extract::<BigUint>().unwrap(), BigUint::from(1u8) << 70);
        assert_eq!(eval(&scope, c"True").extract::<BigInt>().unwrap(), BigInt::from(1));
        assert!(eval(&scope, c"Broken()").extract::<BigInt>().unwrap_err().is_instance_of::<PyValueError>(py));
        assert!(eval(&scope, c"Like()").extract::<BigUint>().unwrap_err().is_instance_of::<PyOverflowError>(py));
        for code in [c"1.0", c"'1'", c"None", c"b'1'"] {
            let error = eval(&scope, code).extract::<BigInt>().unwrap_err();
            assert!(error.is_instance_of::<PyTypeError>(py), "{error}");
        }
        let error = eval(&scope, c"'1'").extract::<BigUint>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'str' object cannot be interpreted as an integer");
    });
}

#[pyfunction]
fn factorial(number: u32) -> BigUint {
    (1..=number).map(BigUint::from).product()
}

#[test]
fn functions_take_and_give_them() {
    Python::attach(|py| {
        let scope = pyo3_tests::scope_with(py, [wrap_pyfunction!(factorial)(py)]);
        run(&scope, c"import math; assert all(factorial(n) == math.factorial(n) for n in range(100))");
    });
}
