//! Integers, floats, complex numbers.

use crate::{Attached, Outcome, Owned, Ref, RefOps, kind};

/// The value of an `int`, however large it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntValue {
    /// It fits in 64 bits.
    Small(i64),
    /// Any other value.
    Large {
        /// Whether it is below zero.
        negative: bool,
        /// Its distance from zero, in base 2³², least significant digit first. Zeros may follow the last digit that counts.
        digits: Vec<u32>,
    },
}

/// `int`.
pub trait IntOps: RefOps {
    /// An `int` of this value. Runs Python: no. CPython: `PyLong_FromLongLong`. RustPython: `ctx.new_int`.
    fn int_from_i64<'py>(py: Attached<'py, Self>, value: i64) -> Owned<'py, Self, kind::Int>;

    /// An `int` of this value. Runs Python: no. CPython: `PyLong_FromUnsignedLongLong`. RustPython: `ctx.new_int`.
    fn int_from_u64<'py>(py: Attached<'py, Self>, value: u64) -> Owned<'py, Self, kind::Int>;

    /// An `int` from little-endian bytes, in two's complement where `signed`.
    ///
    /// Runs Python: no. CPython: `PyLong_FromNativeBytes` (3.13), `_PyLong_FromByteArray`, `int.from_bytes` (limited
    /// API). RustPython: `BigInt`.
    fn int_from_le_bytes<'py>(py: Attached<'py, Self>, bytes: &[u8], signed: bool) -> Owned<'py, Self, kind::Int>;

    /// An `int` from its distance from zero, in base 2³², least significant digit first. Zeros may be at the end.
    ///
    /// Runs Python: no. CPython: as [`int_from_le_bytes`](Self::int_from_le_bytes). RustPython: `BigInt`, to override.
    fn int_from_digits<'py>(py: Attached<'py, Self>, negative: bool, digits: &[u32]) -> Owned<'py, Self, kind::Int> {
        let mut bytes = Vec::with_capacity((digits.len() + 1) * size_of::<u32>());
        if negative {
            // Two's complement: all bits the other way round, plus one.
            let mut carry = true;
            for digit in digits.iter().chain(&[0]) {
                let (digit, over) = (!digit).overflowing_add(carry.into());
                carry = over;
                bytes.extend_from_slice(&digit.to_le_bytes());
            }
        } else {
            digits.iter().for_each(|digit| bytes.extend_from_slice(&digit.to_le_bytes()));
        }
        Self::int_from_le_bytes(py, &bytes, negative)
    }

    /// The value of an integer, or of anything with `__index__`, however large it is.
    ///
    /// Runs Python: yes (`__index__`). Errors: `TypeError: 'x' object cannot be interpreted as an integer`.
    /// CPython: `PyLong_AsLongLongAndOverflow`; then `PyLong_AsNativeBytes` (3.13), `_PyLong_AsByteArray`,
    /// `int.to_bytes` (limited API). RustPython: `BigInt`.
    fn int_value<'py>(py: Attached<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, IntValue>;

    /// The value of an integer, or of anything with `__index__`.
    ///
    /// Runs Python: yes (`__index__`). Errors: `TypeError: 'x' object cannot be interpreted as an integer`;
    /// `OverflowError: Python int too large to convert to C long`.
    /// CPython: `PyLong_AsLongLong`, `PyNumber_Index`. RustPython: `try_index`, `try_to_primitive`.
    fn int_to_i64<'py>(py: Attached<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, i64>;

    /// As [`int_to_i64`](Self::int_to_i64), unsigned.
    ///
    /// Errors also: `OverflowError: can't convert negative int to unsigned`.
    /// CPython: `PyLong_AsUnsignedLongLong`. RustPython: `try_to_primitive`.
    fn int_to_u64<'py>(py: Attached<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, u64>;

    /// Writes the value of an integer, or of anything with `__index__`, little-endian, filling `out`.
    ///
    /// Runs Python: yes (`__index__`). Errors: `OverflowError: int too big to convert`, or
    /// `can't convert negative int to unsigned`; `out` is then unspecified.
    /// CPython: `PyLong_AsNativeBytes` (3.13), `_PyLong_AsByteArray`, `int.to_bytes` (limited API). RustPython: `BigInt`.
    fn int_to_le_bytes<'py>(
        py: Attached<'py, Self>,
        object: Ref<'_, Self>,
        out: &mut [u8],
        signed: bool,
    ) -> Outcome<'py, Self, ()>;

    /// `operator.index(object)`.
    ///
    /// Runs Python: yes. CPython: `PyNumber_Index`. RustPython: `try_index`.
    fn index<'py>(py: Attached<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Int>>;
}

/// `float`.
pub trait FloatOps: RefOps {
    /// A `float` of this value. Runs Python: no. CPython: `PyFloat_FromDouble`. RustPython: `ctx.new_float`.
    fn float_from_f64<'py>(py: Attached<'py, Self>, value: f64) -> Owned<'py, Self, kind::Float>;

    /// The value of a `float`. Runs Python: no. CPython: `PyFloat_AS_DOUBLE`. RustPython: `to_f64`.
    fn float_value(py: Attached<'_, Self>, float: Ref<'_, Self, kind::Float>) -> f64;

    /// The value of a float, or of anything with `__float__` or `__index__`.
    ///
    /// Runs Python: yes. Errors: `TypeError: must be real number, not x`. CPython: `PyFloat_AsDouble`.
    /// RustPython: `try_float`.
    fn float_to_f64<'py>(py: Attached<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, f64>;
}

/// `complex`.
pub trait ComplexOps: RefOps {
    /// A `complex` of these parts. Runs Python: no. CPython: `PyComplex_FromDoubles`. RustPython: `ctx.new_complex`.
    fn complex_from_f64<'py>(py: Attached<'py, Self>, real: f64, imag: f64) -> Owned<'py, Self, kind::Complex>;

    /// The parts of a complex number, or of anything with `__complex__`, `__float__` or `__index__`.
    ///
    /// Runs Python: yes. Errors: `TypeError: must be real number, not x`.
    /// CPython: `PyComplex_AsCComplex`, `PyComplex_RealAsDouble` (limited API). RustPython: `try_complex`.
    fn complex_to_f64<'py>(py: Attached<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, (f64, f64)>;
}
