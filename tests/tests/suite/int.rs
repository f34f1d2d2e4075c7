//! Integers: `PyInt`, and every integer type of Rust.

use std::num::{NonZeroI32, NonZeroU8};

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyInt};

use pyo3_tests::{eval, run, scope};

macro_rules! round_trips {
    ($($name:ident: $int:ty),*) => {
        $(
            #[test]
            fn $name() {
                Python::attach(|py| {
                    for value in [<$int>::MIN, <$int>::MIN / 2, 0, 1, 100, <$int>::MAX / 2, <$int>::MAX] {
                        let object = value.into_pyobject(py).unwrap();
                        assert_eq!(object.to_string(), value.to_string());
                        assert_eq!(object.extract::<$int>().unwrap(), value);
                        let parsed = py.get_type::<PyInt>().call1((value.to_string(),)).unwrap();
                        assert_eq!(parsed.extract::<$int>().unwrap(), value);
                        assert!(object.as_any().eq(parsed).unwrap());
                        assert_eq!((&value).into_pyobject(py).unwrap().extract::<$int>().unwrap(), value);
                    }
                    let above = PyInt::new(py, <$int>::MAX).add(1).unwrap();
                    let below = PyInt::new(py, <$int>::MIN).sub(1).unwrap();
                    for outside in [above, below] {
                        let error = outside.extract::<$int>().unwrap_err();
                        assert!(error.is_instance_of::<PyOverflowError>(py), "{outside}: {error}");
                    }
                });
            }
        )*
    };
}

round_trips! {
    i8_round_trips: i8, i16_round_trips: i16, i32_round_trips: i32, i64_round_trips: i64,
    i128_round_trips: i128, isize_round_trips: isize,
    u8_round_trips: u8, u16_round_trips: u16, u32_round_trips: u32, u64_round_trips: u64,
    u128_round_trips: u128, usize_round_trips: usize
}

#[test]
fn far_outside_is_an_overflow_too() {
    Python::attach(|py| {
        for huge in [c"10 ** 100", c"-10 ** 100"] {
            let huge = eval(&scope(py), huge);
            assert!(huge.extract::<i8>().unwrap_err().is_instance_of::<PyOverflowError>(py));
            assert!(huge.extract::<u32>().unwrap_err().is_instance_of::<PyOverflowError>(py));
            assert!(huge.extract::<i64>().unwrap_err().is_instance_of::<PyOverflowError>(py));
            assert!(huge.extract::<u64>().unwrap_err().is_instance_of::<PyOverflowError>(py));
            assert!(huge.extract::<u128>().unwrap_err().is_instance_of::<PyOverflowError>(py));
            assert!(huge.extract::<i128>().unwrap_err().is_instance_of::<PyOverflowError>(py));
        }
    });
}

#[test]
fn narrowing_says_so() {
    Python::attach(|py| {
        let error = 256i32.into_pyobject(py).unwrap().extract::<u8>().unwrap_err();
        assert_eq!(error.to_string(), "OverflowError: out of range integral type conversion attempted");
        let error = 70_000i32.into_pyobject(py).unwrap().extract::<i16>().unwrap_err();
        assert_eq!(error.to_string(), "OverflowError: out of range integral type conversion attempted");
    });
}

#[test]
fn only_integers_are_integers() {
    Python::attach(|py| {
        let scope = scope(py);
        for code in [c"1.0", c"'1'", c"None", c"[]", c"b'1'", c"1j"] {
            let value = eval(&scope, code);
            assert!(value.extract::<i32>().unwrap_err().is_instance_of::<PyTypeError>(py));
            assert!(value.extract::<u64>().unwrap_err().is_instance_of::<PyTypeError>(py));
            assert!(value.extract::<i128>().unwrap_err().is_instance_of::<PyTypeError>(py));
        }
        let error = eval(&scope, c"'1'").extract::<i64>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'str' object cannot be interpreted as an integer");
    });
}

#[test]
fn index_makes_an_integer() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Like:
    def __index__(self): return 42
class Broken:
    def __index__(self): raise ValueError('broken')
class Only:
    def __int__(self): return 42
class Sub(int): pass
",
        );
        let like = eval(&scope, c"Like()");
        assert_eq!(like.extract::<u8>().unwrap(), 42);
        assert_eq!(like.extract::<i64>().unwrap(), 42);
        assert_eq!(like.extract::<u128>().unwrap(), 42);
        assert!(eval(&scope, c"Broken()").extract::<i32>().unwrap_err().is_instance_of::<PyValueError>(py));
        assert!(eval(&scope, c"Only()").extract::<i32>().unwrap_err().is_instance_of::<PyTypeError>(py));
        assert_eq!(eval(&scope, c"Sub(7)").extract::<i32>().unwrap(), 7);
        assert_eq!(eval(&scope, c"True").extract::<i32>().unwrap(), 1);
    });
}

#[test]
fn non_zero() {
    Python::attach(|py| {
        let seven = NonZeroU8::new(7).unwrap();
        let object = seven.into_pyobject(py).unwrap();
        assert_eq!(object.extract::<NonZeroU8>().unwrap(), seven);
        assert_eq!(object.extract::<NonZeroI32>().unwrap().get(), 7);
        let error = 0i32.into_pyobject(py).unwrap().extract::<NonZeroI32>().unwrap_err();
        assert_eq!(error.to_string(), "ValueError: invalid zero value");
    });
}

#[test]
fn pyint_compares_with_rust() {
    Python::attach(|py| {
        let five = PyInt::new(py, 5u8);
        assert!(five == 5i64 && five == 5u8 && five != 6);
        assert!(5 == five);
        assert!(!five.is_instance_of::<PyBool>());
    });
}

#[test]
fn wide_integers_do_not_ask_a_subclass() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Odd(int):
    def to_bytes(self, length, *args, **kwargs):
        return bytes([1]) * length
    @classmethod
    def from_bytes(cls, *args, **kwargs):
        return cls(1)
",
        );
        assert_eq!(eval(&scope, c"Odd(5)").extract::<u128>().unwrap(), 5);
        assert_eq!(eval(&scope, c"Odd(-5)").extract::<i128>().unwrap(), -5);
        assert_eq!(eval(&scope, c"Odd(2 ** 100)").extract::<i128>().unwrap(), 1 << 100);
        assert_eq!(eval(&scope, c"Odd(2 ** 100)").extract::<u128>().unwrap(), 1 << 100);
    });
}
