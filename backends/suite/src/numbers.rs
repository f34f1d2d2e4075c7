//! Integers, floats and complex numbers.

use pyo3_backend::{Backend, ComplexOp, IntValue, kind};

use crate::{attached, done, eval, exec, failed, repr};

/// Integers can be read on both sides of each size limit.
pub fn integers_of_any_size_are_read<B: Backend>() {
    attached::<B>(|py| {
        for value in [0, 1, -1, i64::MAX, i64::MIN] {
            let object = B::int_from_i64(py, value);
            assert_eq!(repr(py, object.as_ref().any()), value.to_string());
            assert_eq!(done(py, B::int_to_i64(py, object.as_ref().any())), value);
            assert_eq!(done(py, B::int_value(py, object.as_ref().any())), IntValue::Small(value));
        }
        for value in [0, 1, u64::MAX] {
            let object = B::int_from_u64(py, value);
            assert_eq!(repr(py, object.as_ref().any()), value.to_string());
            assert_eq!(done(py, B::int_to_u64(py, object.as_ref().any())), value);
        }
        for value in [0, 1, -1, i128::MAX, i128::MIN, -(1 << 64)] {
            let object = B::int_from_le_bytes(py, &value.to_le_bytes(), true);
            assert_eq!(repr(py, object.as_ref().any()), value.to_string());
            let mut bytes = [0; 16];
            done(py, B::int_to_le_bytes(py, object.as_ref().any(), &mut bytes, true));
            assert_eq!(i128::from_le_bytes(bytes), value);
        }
        let unsigned = B::int_from_le_bytes(py, &[0xff; 16], false);
        assert_eq!(repr(py, unsigned.as_ref().any()), u128::MAX.to_string());
        for (negative, digits, text) in [(true, vec![0, 0, 1], "-18446744073709551616"), (false, vec![7, 0], "7")] {
            assert_eq!(repr(py, B::int_from_digits(py, negative, &digits).as_ref().any()), text);
        }
        let large = eval(py, "-(2 ** 70 + 5)", &[]);
        let IntValue::Large { negative, digits } = done(py, B::int_value(py, large.as_ref())) else {
            panic!("it is large")
        };
        assert!(negative && digits[..3] == [5, 0, 64] && digits[3..].iter().all(|digit| *digit == 0));
        let index = exec(py, "class Index:\n  def __index__(self): return 12\nresult = Index()", &[]);
        assert_eq!(done(py, B::int_to_i64(py, index.as_ref())), 12);
        assert_eq!(done(py, B::int_value(py, index.as_ref())), IntValue::Small(12));
    });
}

/// Integers that are too large or negative, and other objects, are rejected.
pub fn integers_that_do_not_fit_are_refused<B: Backend>() {
    attached::<B>(|py| {
        let (large, negative) = (eval(py, "2 ** 64", &[]), eval(py, "-1", &[]));
        assert!(failed(py, B::int_to_i64(py, large.as_ref())).starts_with("OverflowError: "));
        assert!(failed(py, B::int_to_u64(py, large.as_ref())).starts_with("OverflowError: "));
        assert_eq!(
            failed(py, B::int_to_u64(py, negative.as_ref())),
            "OverflowError: can't convert negative int to unsigned"
        );
        let mut bytes = [0; 4];
        let outcome = B::int_to_le_bytes(py, large.as_ref(), &mut bytes, true);
        assert_eq!(failed(py, outcome), "OverflowError: int too big to convert");
        let float = eval(py, "1.0", &[]);
        let wanted = "TypeError: 'float' object cannot be interpreted as an integer";
        assert_eq!(failed(py, B::int_to_i64(py, float.as_ref())), wanted);
        assert_eq!(failed(py, B::int_to_u64(py, float.as_ref())), wanted);
    });
}

/// Floats can be read, and objects that convert to them.
pub fn floats_are_read<B: Backend>() {
    attached::<B>(|py| {
        let float = B::float_from_f64(py, 2.5);
        assert_eq!(B::float_value(py, float.as_ref()), 2.5);
        let read = |source: &str| done(py, B::float_to_f64(py, eval(py, source, &[]).as_ref()));
        assert_eq!((read("1.5"), read("3"), read("True")), (1.5, 3.0, 1.0));
        let own = exec(py, "class Own:\n  def __float__(self): return 0.25\nresult = Own()", &[]);
        assert_eq!(done(py, B::float_to_f64(py, own.as_ref())), 0.25);
        let words = eval(py, "'1.5'", &[]);
        assert_eq!(failed(py, B::float_to_f64(py, words.as_ref())), "TypeError: must be real number, not str");
    });
}

/// Complex numbers can be read, and objects that convert to them.
pub fn complex_numbers_have_parts<B: Backend>() {
    attached::<B>(|py| {
        let number = B::complex_from_f64(py, 1.5, -2.0);
        assert_eq!(repr(py, number.as_ref().any()), "(1.5-2j)");
        let parts = |source: &str| done(py, B::complex_to_f64(py, eval(py, source, &[]).as_ref()));
        assert_eq!((parts("3j"), parts("2"), parts("0.5")), ((0.0, 3.0), (2.0, 0.0), (0.5, 0.0)));
        let own = exec(py, "class Own:\n  def __complex__(self): return 1+2j\nresult = Own()", &[]);
        assert_eq!(done(py, B::complex_to_f64(py, own.as_ref())), (1.0, 2.0));
        assert!(failed(py, B::complex_to_f64(py, eval(py, "''", &[]).as_ref())).starts_with("TypeError"));
        // Attributes that a subclass overrides are ignored.
        let own = "class Own(complex):\n  real = imag = None\n  __add__ = None\nresult = Own(3, 4)";
        let own = exec(py, own, &[]).cast::<kind::Complex>().ok().expect("a subclass is of the kind");
        assert_eq!(B::complex_value(py, own.as_ref()), (3.0, 4.0));
        let sum = done(py, B::complex_arithmetic(py, ComplexOp::Add, own.as_ref(), number.as_ref()));
        assert_eq!(B::complex_value(py, sum.as_ref()), (4.5, 2.0));
    });
}

/// The operators of `complex` work on the values themselves.
pub fn complex_numbers_are_calculated_with<B: Backend>() {
    attached::<B>(|py| {
        let complex = |real, imag| B::complex_from_f64(py, real, imag);
        let (one, two, none) = (complex(1.0, 2.0), complex(3.0, -1.0), complex(0.0, 0.0));
        let calculated = |op| {
            let result = done(py, B::complex_arithmetic(py, op, one.as_ref(), two.as_ref()));
            repr(py, result.as_ref().any())
        };
        assert_eq!(calculated(ComplexOp::Add), "(4+1j)");
        assert_eq!(calculated(ComplexOp::Subtract), "(-2+3j)");
        assert_eq!(calculated(ComplexOp::Multiply), "(5+5j)");
        // Not as literals, because a compiler may fold those with a different algorithm.
        assert_eq!(calculated(ComplexOp::Divide), repr(py, eval(py, "complex(1, 2) / complex(3, -1)", &[]).as_ref()));
        assert_eq!(calculated(ComplexOp::Power), repr(py, eval(py, "complex(1, 2) ** complex(3, -1)", &[]).as_ref()));
        for op in [ComplexOp::Divide, ComplexOp::Power] {
            let (left, right) = if op == ComplexOp::Divide { (&one, &none) } else { (&none, &two) };
            let undefined = failed(py, B::complex_arithmetic(py, op, left.as_ref(), right.as_ref()));
            assert!(undefined.starts_with("ZeroDivisionError: "), "{undefined}");
        }
        let large = complex(1e300, 1e300);
        let overflow = failed(py, B::complex_arithmetic(py, ComplexOp::Power, large.as_ref(), two.as_ref()));
        assert!(overflow.starts_with("OverflowError: "), "{overflow}");
    });
}
