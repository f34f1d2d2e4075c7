//! Integers, floats and complex numbers.

use malachite_bigint::{BigInt, Sign};
use num_complex::Complex64;
use pyo3_backend::{
    Attached, ComplexOp, ComplexOps, ExceptionType, FloatOps, IntOps, IntValue, Outcome, Owned, Ref, kind,
};
use rustpython_vm::builtins::{PyComplex, PyFloat, PyInt};
use rustpython_vm::protocol::PyNumberBinaryFunc;
use rustpython_vm::types::AsNumber;
use rustpython_vm::{AsObject, Context, PyRef, PyResult};

use crate::convert::{object, outcome, own_as, own_outcome, payload};
use crate::error::raise_message;
use crate::vm::vm;
use crate::{Raised, RustPython};

const NEGATIVE: &str = "can't convert negative int to unsigned";
const TOO_BIG: &str = "int too big to convert";
const TOO_LARGE: &str = "Python int too large to convert to C long";

impl IntOps for RustPython {
    #[inline]
    fn int_from_i64<'py>(py: Attached<'py, Self>, value: i64) -> Owned<'py, Self, kind::Int> {
        own_as(py, Context::genesis().new_int(value))
    }

    #[inline]
    fn int_from_u64<'py>(py: Attached<'py, Self>, value: u64) -> Owned<'py, Self, kind::Int> {
        own_as(py, Context::genesis().new_int(value))
    }

    fn int_from_le_bytes<'py>(py: Attached<'py, Self>, bytes: &[u8], signed: bool) -> Owned<'py, Self, kind::Int> {
        // The numbers of Rust's widest types fit into two machine words.
        let value = match (bytes.try_into().map(u128::from_le_bytes), signed) {
            (Ok(value), false) => value.into(),
            (Ok(value), true) => (value as i128).into(),
            (Err(_), false) => BigInt::from_bytes_le(Sign::Plus, bytes),
            (Err(_), true) => BigInt::from_signed_bytes_le(bytes),
        };
        own_as(py, Context::genesis().new_int(value))
    }

    fn int_from_digits<'py>(py: Attached<'py, Self>, negative: bool, digits: &[u32]) -> Owned<'py, Self, kind::Int> {
        let sign = if negative { Sign::Minus } else { Sign::Plus };
        own_as(py, Context::genesis().new_int(BigInt::from_slice(sign, digits)))
    }

    fn int_value<'py>(py: Attached<'py, Self>, handle: Ref<'_, Self>) -> Outcome<'py, Self, IntValue> {
        with_integer(py, handle, |value| {
            Ok(match i64::try_from(value) {
                Ok(small) => IntValue::Small(small),
                Err(_) => {
                    let (sign, digits) = value.to_u32_digits();
                    IntValue::Large { negative: sign == Sign::Minus, digits }
                }
            })
        })
    }

    #[inline]
    fn int_to_i64<'py>(py: Attached<'py, Self>, handle: Ref<'_, Self>) -> Outcome<'py, Self, i64> {
        with_integer(py, handle, |value| i64::try_from(value).map_err(|_| too_large(py)))
    }

    #[inline]
    fn int_to_u64<'py>(py: Attached<'py, Self>, handle: Ref<'_, Self>) -> Outcome<'py, Self, u64> {
        with_integer(py, handle, |value| u64::try_from(value).map_err(|_| overflow(py, value)))
    }

    fn int_to_le_bytes<'py>(
        py: Attached<'py, Self>,
        handle: Ref<'_, Self>,
        out: &mut [u8],
        signed: bool,
    ) -> Outcome<'py, Self, ()> {
        with_integer(py, handle, |value| {
            write_le_bytes(value, out, signed).ok_or_else(|| if signed { too_big(py) } else { overflow(py, value) })
        })
    }
}

/// Runs `read` on the value of an integer, or on that of the result of `__index__`.
#[inline]
fn with_integer<'py, T>(
    py: Attached<'py, RustPython>,
    handle: Ref<'_, RustPython>,
    read: impl FnOnce(&BigInt) -> Outcome<'py, RustPython, T>,
) -> Outcome<'py, RustPython, T> {
    // Integers of subclasses are read in place, because `try_index` copies them.
    match object(handle).downcast_ref::<PyInt>() {
        Some(integer) => read(integer.as_bigint()),
        None => read(index_of(py, handle)?.as_bigint()),
    }
}

/// Returns the result of `__index__`. Out of line, so that the common path is short enough to be inlined.
#[cold]
#[inline(never)]
fn index_of<'py>(py: Attached<'py, RustPython>, handle: Ref<'_, RustPython>) -> Outcome<'py, RustPython, PyRef<PyInt>> {
    let index: PyResult<PyRef<PyInt>> = object(handle).try_index(vm(py));
    outcome(py, index)
}

/// Writes `value` into all of `out`. Returns `None` if it does not fit.
fn write_le_bytes(value: &BigInt, out: &mut [u8], signed: bool) -> Option<()> {
    let (digits, fill) = if signed {
        (value.to_signed_bytes_le(), if value.sign() == Sign::Minus { 0xff } else { 0 })
    } else {
        let (sign, digits) = value.to_bytes_le();
        if sign == Sign::Minus {
            return None;
        }
        (digits, 0)
    };
    // The minimal form may still have bytes that only repeat the sign.
    let (kept, rest) = digits.split_at(digits.len().min(out.len()));
    let sign_fits = !signed || kept.last().map_or(0, |last| if last & 0x80 == 0 { 0 } else { 0xff }) == fill;
    if !rest.iter().all(|digit| *digit == fill) || !(sign_fits || kept.len() < out.len()) {
        return None;
    }
    let (head, tail) = out.split_at_mut(kept.len());
    head.copy_from_slice(kept);
    tail.fill(fill);
    Some(())
}

#[cold]
fn overflow<'py>(py: Attached<'py, RustPython>, value: &BigInt) -> Raised<'py> {
    if value.sign() == Sign::Minus { raise_message(py, ExceptionType::OverflowError, NEGATIVE) } else { too_big(py) }
}

#[cold]
#[inline(never)]
fn too_large<'py>(py: Attached<'py, RustPython>) -> Raised<'py> {
    raise_message(py, ExceptionType::OverflowError, TOO_LARGE)
}

#[cold]
fn too_big<'py>(py: Attached<'py, RustPython>) -> Raised<'py> {
    raise_message(py, ExceptionType::OverflowError, TOO_BIG)
}

impl FloatOps for RustPython {
    #[inline]
    fn float_from_f64<'py>(py: Attached<'py, Self>, value: f64) -> Owned<'py, Self, kind::Float> {
        own_as(py, Context::genesis().new_float(value))
    }

    #[inline]
    fn float_value(_py: Attached<'_, Self>, float: Ref<'_, Self, kind::Float>) -> f64 {
        payload(float).to_f64()
    }

    #[inline]
    fn float_to_f64<'py>(py: Attached<'py, Self>, handle: Ref<'_, Self>) -> Outcome<'py, Self, f64> {
        // Reads a subclass of `float` directly, because `try_float` would call its `__float__`.
        match object(handle).downcast_ref::<PyFloat>() {
            Some(float) => Ok(float.to_f64()),
            None => outcome(py, object(handle).try_float(vm(py)).map(|float| float.to_f64())),
        }
    }
}

impl ComplexOps for RustPython {
    #[inline]
    fn complex_from_f64<'py>(py: Attached<'py, Self>, real: f64, imag: f64) -> Owned<'py, Self, kind::Complex> {
        own_as(py, Context::genesis().new_complex(Complex64::new(real, imag)))
    }

    #[inline]
    fn complex_value(_py: Attached<'_, Self>, complex: Ref<'_, Self, kind::Complex>) -> (f64, f64) {
        let value = payload(complex).as_complex();
        (value.re, value.im)
    }

    fn complex_arithmetic<'py>(
        py: Attached<'py, Self>,
        op: ComplexOp,
        left: Ref<'_, Self, kind::Complex>,
        right: Ref<'_, Self, kind::Complex>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Complex>> {
        let (vm, left, right, table) = (vm(py), object(left), object(right), PyComplex::as_number());
        let binary = |function: Option<PyNumberBinaryFunc>| function.map(|function| function(left, right, vm));
        let result = match op {
            ComplexOp::Add => binary(table.add),
            ComplexOp::Subtract => binary(table.subtract),
            ComplexOp::Multiply => binary(table.multiply),
            ComplexOp::Divide => binary(table.true_divide),
            ComplexOp::Power => table.power.map(|power| power(left, right, vm.ctx.none.as_object(), vm)),
        };
        let number = own_outcome(py, result.expect("`complex` has all of them"))?;
        // SAFETY: the operators of `complex`, applied to two of them, return a `complex` or raise.
        Ok(unsafe { number.assume_kind() })
    }

    fn complex_to_f64<'py>(py: Attached<'py, Self>, handle: Ref<'_, Self>) -> Outcome<'py, Self, (f64, f64)> {
        // Reads a subclass of `complex` directly, because `try_complex` would call its `__complex__`.
        if let Some(complex) = object(handle).downcast_ref::<PyComplex>() {
            let value = complex.as_complex();
            return Ok((value.re, value.im));
        }
        let converted = object(handle).to_owned().try_complex(vm(py));
        match outcome(py, converted)? {
            Some((value, _)) => Ok((value.re, value.im)),
            // For other objects, the error message is that of `float`.
            None => Ok((Self::float_to_f64(py, handle)?, 0.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: i128, length: usize, signed: bool, expected: Option<&[u8]>) {
        let mut out = vec![0xaa; length];
        let written = write_le_bytes(&BigInt::from(value), &mut out, signed);
        assert_eq!(written.map(|()| &*out), expected, "{value} in {length} bytes, signed: {signed}");
    }

    #[test]
    fn bytes_of_integers() {
        check(0, 0, true, Some(&[]));
        check(0, 2, true, Some(&[0, 0]));
        check(1, 1, true, Some(&[1]));
        check(-1, 1, true, Some(&[0xff]));
        check(-1, 3, true, Some(&[0xff, 0xff, 0xff]));
        check(127, 1, true, Some(&[0x7f]));
        check(128, 1, true, None);
        check(128, 2, true, Some(&[0x80, 0]));
        check(-128, 1, true, Some(&[0x80]));
        check(-129, 1, true, None);
        check(-129, 2, true, Some(&[0x7f, 0xff]));
        check(255, 1, false, Some(&[0xff]));
        check(256, 1, false, None);
        check(-1, 4, false, None);
        check(i128::from(u64::MAX), 8, false, Some(&[0xff; 8]));
        check(i128::from(i64::MIN), 8, true, Some(&[0, 0, 0, 0, 0, 0, 0, 0x80]));
    }
}
