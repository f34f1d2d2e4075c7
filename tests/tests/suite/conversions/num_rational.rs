//! `Ratio`: `fractions.Fraction`.

use num_bigint::BigInt;
use num_rational::{BigRational, Ratio};
use proptest::prelude::*;
use pyo3::prelude::*;

use super::{becomes_nothing, refuses, scope_of_modules};
use pyo3_tests::{eval, run};

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_fraction(upper in any::<i64>(), lower in 1..i64::MAX) {
        Python::attach(|py| {
            let scope = scope_of_modules(py, &["fractions"]);
            both_ways!(&scope, &Ratio::new(upper, lower), &format!("Fraction({upper}, {lower})"));
            let huge = BigRational::new(BigInt::from(upper) << 100, BigInt::from(lower));
            both_ways!(&scope, &huge, &format!("Fraction({upper} << 100, {lower})"));
        });
    }

    #[test]
    fn any_small_fraction(upper in any::<i8>(), lower in 1..i8::MAX) {
        Python::attach(|py| {
            let scope = scope_of_modules(py, &["fractions"]);
            let (upper_wide, lower_wide) = (i32::from(upper), i32::from(lower));
            both_ways!(&scope, &Ratio::new(upper_wide, lower_wide), &format!("Fraction({upper}, {lower})"));
            both_ways!(&scope, &Ratio::new(upper, lower), &format!("Fraction({upper}, {lower})"));
        });
    }
}

#[test]
fn what_is_a_fraction() {
    Python::attach(|py| {
        let scope = scope_of_modules(py, &["fractions", "decimal"]);
        run(
            &scope,
            c"
class Like:
    def __init__(self, numerator, denominator):
        self.numerator, self.denominator = numerator, denominator
",
        );
        let ratio = |code| eval(&scope, code).extract::<Ratio<i16>>().unwrap();
        assert_eq!(ratio(c"3"), Ratio::from_integer(3));
        assert_eq!(ratio(c"True"), Ratio::from_integer(1));
        assert_eq!(ratio(c"Like(3, 4)"), Ratio::new(3, 4));
        assert_eq!(ratio(c"Like(3, -6)"), Ratio::new(-1, 2));
        assert_eq!(ratio(c"Like(3.0, 4.9)"), Ratio::new(3, 4));
        refuses::<Ratio<i32>>(&scope, "0.5", "AttributeError: 'float' object has no attribute 'numerator'");
        refuses::<Ratio<i32>>(&scope, "'1/2'", "AttributeError: 'str' object has no attribute 'numerator'");
        let message = "OverflowError: out of range integral type conversion attempted";
        refuses::<Ratio<i8>>(&scope, "Fraction(1, 200)", message);
        refuses::<Ratio<i8>>(&scope, "Like(-128, -1)", message);
    });
}

#[test]
fn nothing_is_divided_by_zero() {
    Python::attach(|py| {
        let scope = scope_of_modules(py, &["types"]);
        let message = "ZeroDivisionError: Fraction(3, 0)";
        refuses::<Ratio<i32>>(&scope, "SimpleNamespace(numerator=3, denominator=0)", message);
        refuses::<BigRational>(&scope, "SimpleNamespace(numerator=3, denominator=0)", message);
        becomes_nothing(py, Ratio::new_raw(1, 0), "ZeroDivisionError: Fraction(1, 0)");
    });
}
