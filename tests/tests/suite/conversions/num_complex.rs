//! `Complex`: `complex`.

use num_complex::{Complex32, Complex64};
use proptest::num::f64::ANY;
use proptest::prelude::*;
use pyo3::prelude::*;
use pyo3::types::{PyComplex, PyComplexMethods};

use super::refuses;
use pyo3_tests::{eval, run, scope};

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_parts(re in ANY, im in ANY) {
        Python::attach(|py| {
            let bits = |number: Complex64| (number.re.to_bits(), number.im.to_bits());
            let number = Complex64::new(re, im);
            let object = number.into_pyobject(py).unwrap();
            assert!(object.is_exact_instance_of::<PyComplex>());
            assert_eq!(bits(Complex64::new(object.real(), object.imag())), bits(number));
            assert_eq!(bits(object.extract().unwrap()), bits(number));
        });
    }

    #[test]
    fn arithmetic_agrees(a in -1e9..1e9, b in -1e9..1e9, c in -1e9..1e9, d in -1e9..1e9) {
        Python::attach(|py| {
            let (x, y) = (Complex64::new(a, b), Complex64::new(c, d));
            let product = x.into_pyobject(py).unwrap().as_any().mul(y).unwrap();
            assert_eq!(product.extract::<Complex64>().unwrap(), x * y);
        });
    }
}

#[test]
fn what_is_a_number() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Like:
    def __complex__(self): return 1 + 2j
class Real:
    def __float__(self): return 2.5
class Whole:
    def __index__(self): return 3
class Broken:
    def __complex__(self): raise KeyError('broken')
class Sub(complex): pass
",
        );
        both_ways!(&scope, &Complex64::new(1.5, -2.0), "1.5-2j");
        both_ways!(&scope, &Complex32::new(0.5, f32::INFINITY), "complex(0.5, float('inf'))");
        for (code, re, im) in [
            (c"Like()", 1.0, 2.0),
            (c"Real()", 2.5, 0.0),
            (c"Whole()", 3.0, 0.0),
            (c"Sub(1, 2)", 1.0, 2.0),
            (c"1.5", 1.5, 0.0),
            (c"True", 1.0, 0.0),
            (c"-1 + 0j", -1.0, 0.0),
        ] {
            assert_eq!(eval(&scope, code).extract::<Complex64>().unwrap(), Complex64::new(re, im), "{code:?}");
        }
        assert_eq!(eval(&scope, c"1e300").extract::<Complex32>().unwrap().re, f32::INFINITY);
        refuses::<Complex64>(&scope, "'1'", "TypeError: must be real number, not str");
        refuses::<Complex32>(&scope, "None", "TypeError: must be real number, not NoneType");
        refuses::<Complex64>(&scope, "Broken()", "KeyError: 'broken'");
        refuses::<Complex64>(&scope, "2 ** 2000", "OverflowError: int too large to convert to float");
    });
}

#[test]
fn pycomplex_is_made_of_one() {
    Python::attach(|py| {
        let number = PyComplex::from_complex_bound(py, Complex32::new(0.5, -1.0));
        assert_eq!((number.real(), number.imag()), (0.5, -1.0));
    });
}
