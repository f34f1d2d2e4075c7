//! `Either`: the first of two types that converts.

use either::Either;
use pyo3::prelude::*;

use super::{becomes, refuses};
use pyo3_tests::{eval, scope};

type Number = Either<i32, f64>;

#[test]
fn both_sides_convert() {
    Python::attach(|py| {
        let scope = scope(py);
        both_ways!(&scope, &Number::Left(5), "5");
        both_ways!(&scope, &Number::Right(2.5), "2.5");
        becomes(&scope, Either::<&str, Vec<u8>>::Right(vec![1]), "b'\\x01'");
    });
}

#[test]
fn the_first_that_converts_is_taken() {
    Python::attach(|py| {
        let scope = scope(py);
        assert_eq!(eval(&scope, c"5").extract::<Either<f64, i32>>().unwrap(), Either::Left(5.0));
        assert_eq!(eval(&scope, c"2 ** 40").extract::<Number>().unwrap(), Either::Right(2f64.powi(40)));
        let text = eval(&scope, c"'text'");
        assert_eq!(text.extract::<Either<i32, &str>>().unwrap(), Either::Right("text"));
    });
}

#[test]
fn neither_is_said_with_both() {
    Python::attach(|py| {
        let message = "TypeError: failed to convert the value to 'Union[i32, f64]'";
        refuses::<Number>(&scope(py), "'x'", message);
        refuses::<Number>(&scope(py), "None", message);
    });
}
