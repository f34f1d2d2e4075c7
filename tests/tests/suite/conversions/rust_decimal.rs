//! `Decimal`: `decimal.Decimal`.

use proptest::prelude::*;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rust_decimal::Decimal;

use super::{becomes, scope_of_modules};
use pyo3_tests::eval;

fn decimal() -> impl Strategy<Value = Decimal> {
    (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0..=28u32)
        .prop_map(|(low, mid, high, negative, scale)| Decimal::from_parts(low, mid, high, negative, scale))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_digits_and_the_scale_stay(value in decimal()) {
        Python::attach(|py| {
            let scope = scope_of_modules(py, &["decimal"]);
            both_ways!(&scope, &value, &format!("Decimal('{value}')"));
            let back: Decimal = value.into_pyobject(py).unwrap().extract().unwrap();
            assert_eq!(back.scale(), value.scale());
        });
    }

    #[test]
    fn integers_are_exact(value in any::<i64>()) {
        Python::attach(|py| {
            assert_eq!(value.into_pyobject(py).unwrap().extract::<Decimal>().unwrap(), Decimal::from(value));
        });
    }
}

#[test]
fn what_is_a_decimal_number() {
    Python::attach(|py| {
        let scope = scope_of_modules(py, &["decimal", "fractions"]);
        for (code, text) in [
            (c"1.5", "1.5"),
            (c"'-0.25'", "-0.25"),
            (c"True", "1"),
            (c"2 ** 90", "1237940039285380274899124224"),
            (c"Decimal('1E+5')", "100000"),
            (c"Decimal('1e-20')", "0.00000000000000000001"),
            (c"Decimal('79228162514264337593543950335')", "79228162514264337593543950335"),
            (c"Decimal('0.12345678901234567890123456789')", "0.1234567890123456789012345679"),
        ] {
            assert_eq!(eval(&scope, code).extract::<Decimal>().unwrap().to_string(), text, "{code:?}");
        }
        for code in [
            c"Decimal('NaN')",
            c"Decimal('Infinity')",
            c"2 ** 97",
            c"None",
            c"Fraction(1, 2)",
            c"'x'",
            c"Decimal('1e40')",
        ] {
            let error = eval(&scope, code).extract::<Decimal>().unwrap_err();
            assert!(error.is_instance_of::<PyValueError>(py), "{error}");
        }
    });
}

#[test]
fn become_what_they_are_written_as() {
    Python::attach(|py| {
        let scope = scope_of_modules(py, &["decimal"]);
        becomes(&scope, Decimal::new(100, 2), "Decimal('1.00')");
        becomes(&scope, Decimal::MAX, "Decimal('79228162514264337593543950335')");
        becomes(&scope, Decimal::MIN, "Decimal('-79228162514264337593543950335')");
        let mut zero = Decimal::new(0, 2);
        zero.set_sign_negative(true);
        becomes(&scope, zero, "Decimal('-0.00')");
    });
}
