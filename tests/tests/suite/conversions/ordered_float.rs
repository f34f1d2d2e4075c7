//! `OrderedFloat` and `NotNan`: `float`.

use ordered_float::{NotNan, OrderedFloat};
use proptest::num::f64::NORMAL;
use proptest::prelude::*;
use pyo3::prelude::*;

use super::refuses;
use pyo3_tests::{eval, scope};

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_float(value in NORMAL) {
        Python::attach(|py| {
            let scope = scope(py);
            both_ways!(&scope, &OrderedFloat(value), &format!("{value:e}"));
            both_ways!(&scope, &NotNan::new(value).unwrap(), &format!("{value:e}"));
            let narrow = value as f32;
            assert_eq!(value.into_pyobject(py).unwrap().extract::<OrderedFloat<f32>>().unwrap().0, narrow);
            assert_eq!(NotNan::new(narrow).unwrap().into_pyobject(py).unwrap().extract::<f64>().unwrap(), f64::from(narrow));
        });
    }
}

#[test]
fn not_a_number() {
    Python::attach(|py| {
        let scope = scope(py);
        assert!(eval(&scope, c"float('nan')").extract::<OrderedFloat<f64>>().unwrap().is_nan());
        assert!(OrderedFloat(f32::NAN).into_pyobject(py).unwrap().extract::<f64>().unwrap().is_nan());
        refuses::<NotNan<f64>>(&scope, "float('nan')", "ValueError: NotNan constructed with NaN");
        refuses::<NotNan<f32>>(&scope, "float('nan')", "ValueError: NotNan constructed with NaN");
        both_ways!(&scope, &NotNan::new(f64::INFINITY).unwrap(), "float('inf')");
        refuses::<NotNan<f64>>(&scope, "'x'", "TypeError: must be real number, not str");
        refuses::<OrderedFloat<f32>>(&scope, "'x'", "TypeError: must be real number, not str");
    });
}
