//! Integers, floats and complex numbers.

use crate::{Attached, Backend, BuiltinType, ExceptionType, Outcome, Owned, Ref, RefOps, kind, provided};

/// The value of an `int` of any size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntValue {
    /// A value that fits in 64 bits.
    Small(i64),
    /// Any other value.
    Large {
        /// Whether it is negative.
        negative: bool,
        /// Its absolute value in base 2³², least significant digit first. May have trailing zeros.
        digits: Vec<u32>,
    },
}

/// Operators of [`complex_arithmetic`](ComplexOps::complex_arithmetic).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComplexOp {
    /// `a + b`
    Add,
    /// `a - b`
    Subtract,
    /// `a * b`
    Multiply,
    /// `a / b`
    Divide,
    /// `a ** b`
    Power,
}

/// Operations on `int`.
pub trait IntOps: RefOps {
    /// Returns an `int` of this value.
    ///
    /// Runs Python: no. CPython: `PyLong_FromLongLong`. RustPython: `ctx.new_int`.
    fn int_from_i64<'py>(py: Attached<'py, Self>, value: i64) -> Owned<'py, Self, kind::Int>;

    /// Returns an `int` of this value.
    ///
    /// Runs Python: no. CPython: `PyLong_FromUnsignedLongLong`. RustPython: `ctx.new_int`.
    fn int_from_u64<'py>(py: Attached<'py, Self>, value: u64) -> Owned<'py, Self, kind::Int>
    where
        Self: Backend,
    {
        Self::int_from_le_bytes(py, &value.to_le_bytes(), false)
    }

    /// Returns an `int` from little-endian bytes, in two's complement if `signed`.
    ///
    /// Runs Python: no. CPython: `PyLong_FromNativeBytes` (3.13), `_PyLong_FromByteArray`, `int.from_bytes` (limited
    /// API). RustPython: `BigInt`.
    fn int_from_le_bytes<'py>(py: Attached<'py, Self>, bytes: &[u8], signed: bool) -> Owned<'py, Self, kind::Int>
    where
        Self: Backend,
    {
        provided::infallible(py, from_bytes(py, bytes, signed))
    }

    /// Returns an `int` from its absolute value in base 2³², least significant digit first. May have trailing zeros.
    ///
    /// Runs Python: no. CPython: as [`int_from_le_bytes`](Self::int_from_le_bytes). RustPython: `BigInt`.
    fn int_from_digits<'py>(py: Attached<'py, Self>, negative: bool, digits: &[u32]) -> Owned<'py, Self, kind::Int>
    where
        Self: Backend,
    {
        let mut bytes = Vec::with_capacity((digits.len() + 1) * size_of::<u32>());
        if negative {
            // Two's complement: all bits inverted, plus one.
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

    /// Returns the value of an integer of any size, or of an object with `__index__`.
    ///
    /// Runs Python: yes (`__index__`). Errors: `TypeError: 'x' object cannot be interpreted as an integer`.
    /// CPython: `PyLong_AsLongLongAndOverflow`; then `PyLong_AsNativeBytes` (3.13), `_PyLong_AsByteArray`,
    /// `int.to_bytes` (limited API). RustPython: `BigInt`.
    fn int_value<'py>(py: Attached<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, IntValue>
    where
        Self: Backend,
    {
        let int = provided::function(py, "operator", "index", &[object])?;
        match Self::int_to_i64(py, int.as_ref()) {
            Ok(value) => return Ok(IntValue::Small(value)),
            // It is an `int`, so the only possible error is that it is too large.
            Err(raised) => Self::error_discard(raised),
        }
        let bits = provided::method_of(py, BuiltinType::Int, "bit_length", &[int.as_ref()])?;
        let bits = Self::int_to_i64(py, bits.as_ref())? as usize;
        let zero = Self::int_from_i64(py, 0);
        let negative = Self::object_compare_bool(py, int.as_ref(), zero.as_ref().any(), crate::CompareOp::Lt)?;
        let mut bytes = vec![0; (bits / 8 + 1).next_multiple_of(size_of::<u32>())];
        let magnitude = provided::method_of(py, BuiltinType::Int, "__abs__", &[int.as_ref()])?;
        Self::int_to_le_bytes(py, magnitude.as_ref(), &mut bytes, false)?;
        let digits = bytes.chunks_exact(size_of::<u32>());
        let digits = digits.map(|digit| u32::from_le_bytes([digit[0], digit[1], digit[2], digit[3]])).collect();
        Ok(IntValue::Large { negative, digits })
    }

    /// Returns the value of an integer, or of an object with `__index__`.
    ///
    /// Runs Python: yes (`__index__`). Errors: `TypeError: 'x' object cannot be interpreted as an integer`;
    /// `OverflowError: Python int too large to convert to C long`.
    /// CPython: `PyLong_AsLongLong`, `PyNumber_Index`. RustPython: `try_index`, `try_to_primitive`.
    fn int_to_i64<'py>(py: Attached<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, i64>;

    /// Like [`int_to_i64`](Self::int_to_i64), unsigned.
    ///
    /// Runs Python: yes (`__index__`). Errors also: `OverflowError: can't convert negative int to unsigned`.
    /// CPython: `PyLong_AsUnsignedLongLong`. RustPython: `try_to_primitive`.
    fn int_to_u64<'py>(py: Attached<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, u64>
    where
        Self: Backend,
    {
        let mut bytes = [0; size_of::<u64>()];
        Self::int_to_le_bytes(py, object, &mut bytes, false)?;
        Ok(u64::from_le_bytes(bytes))
    }

    /// Writes the value of an integer, or of an object with `__index__`, to all of `out`, little-endian.
    ///
    /// Runs Python: yes (`__index__`). Errors: `OverflowError: int too big to convert`, or `can't convert negative int
    /// to unsigned`; the contents of `out` are then unspecified.
    /// CPython: `PyLong_AsNativeBytes` (3.13), `_PyLong_AsByteArray`, `int.to_bytes` (limited API). RustPython:
    /// `BigInt`.
    fn int_to_le_bytes<'py>(
        py: Attached<'py, Self>,
        object: Ref<'_, Self>,
        out: &mut [u8],
        signed: bool,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        let int = provided::function(py, "operator", "index", &[object])?;
        if !signed {
            let zero = Self::int_from_i64(py, 0);
            if Self::object_compare_bool(py, int.as_ref(), zero.as_ref().any(), crate::CompareOp::Lt)? {
                let message = "can't convert negative int to unsigned";
                return Err(provided::raise(py, ExceptionType::OverflowError, message));
            }
        }
        let method = provided::attribute(py, Self::type_builtin(py, BuiltinType::Int).any(), "to_bytes")?;
        let (length, order) = (provided::int(py, out.len()), Self::str_from_utf8(py, "little"));
        let arguments = provided::tuple(py, &[int.as_ref(), length.as_ref().any(), order.as_ref().any()]);
        let keywords = signed_keyword(py, signed)?;
        let bytes = Self::call(py, method.as_ref(), arguments.as_ref(), Some(keywords.as_ref()))?;
        let bytes: Owned<'py, Self, kind::Bytes> = provided::of_kind(bytes)?;
        // Both have the requested length.
        out.copy_from_slice(Self::bytes_as_slice(py, bytes.as_ref()));
        Ok(())
    }
}

/// Operations on `float`.
pub trait FloatOps: RefOps {
    /// Returns a `float` of this value.
    ///
    /// Runs Python: no. CPython: `PyFloat_FromDouble`. RustPython: `ctx.new_float`.
    fn float_from_f64<'py>(py: Attached<'py, Self>, value: f64) -> Owned<'py, Self, kind::Float>;

    /// Returns the value of a `float`.
    ///
    /// Runs Python: no. CPython: `PyFloat_AS_DOUBLE`. RustPython: `to_f64`.
    fn float_value(py: Attached<'_, Self>, float: Ref<'_, Self, kind::Float>) -> f64;

    /// Returns the value of a float, or of an object with `__float__` or `__index__`.
    ///
    /// Runs Python: yes. Errors: `TypeError: must be real number, not x`.
    /// CPython: `PyFloat_AsDouble`. RustPython: `try_float`.
    fn float_to_f64<'py>(py: Attached<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, f64>
    where
        Self: Backend,
    {
        if let Some(float) = object.cast::<kind::Float>(py) {
            return Ok(Self::float_value(py, float));
        }
        let class = Self::type_of(py, object);
        for name in ["__float__", "__index__"] {
            let name = Self::str_from_utf8(py, name);
            if Self::object_get_attribute_opt(py, class.any(), name.as_ref())?.is_some() {
                // The constructor calls the same methods and checks their results.
                let float: Owned<'py, Self, kind::Float> = provided::instance(py, BuiltinType::Float, &[object])?;
                return Ok(Self::float_value(py, float.as_ref()));
            }
        }
        let message = format!("must be real number, not {}", provided::type_name(py, class));
        Err(provided::raise(py, ExceptionType::TypeError, &message))
    }
}

/// Operations on `complex`.
pub trait ComplexOps: RefOps {
    /// Returns a `complex` of these parts.
    ///
    /// Runs Python: no. CPython: `PyComplex_FromDoubles`. RustPython: `ctx.new_complex`.
    fn complex_from_f64<'py>(py: Attached<'py, Self>, real: f64, imag: f64) -> Owned<'py, Self, kind::Complex>
    where
        Self: Backend,
    {
        let (real, imag) = (Self::float_from_f64(py, real), Self::float_from_f64(py, imag));
        let parts = [real.as_ref().any(), imag.as_ref().any()];
        provided::infallible(py, provided::instance(py, BuiltinType::Complex, &parts))
    }

    /// Returns the parts of a complex number, or of an object with `__complex__`, `__float__` or `__index__`.
    ///
    /// Runs Python: yes. Errors: `TypeError: must be real number, not x`.
    /// CPython: `PyComplex_AsCComplex`, `PyComplex_RealAsDouble` (limited API). RustPython: `try_complex`.
    fn complex_to_f64<'py>(py: Attached<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, (f64, f64)>
    where
        Self: Backend,
    {
        if let Some(complex) = object.cast::<kind::Complex>(py) {
            return Ok(Self::complex_value(py, complex));
        }
        let (class, name) = (Self::type_of(py, object), Self::str_from_utf8(py, "__complex__"));
        if Self::object_get_attribute_opt(py, class.any(), name.as_ref())?.is_none() {
            return Self::float_to_f64(py, object).map(|real| (real, 0.0));
        }
        let complex: Owned<'py, Self, kind::Complex> = provided::instance(py, BuiltinType::Complex, &[object])?;
        Ok(Self::complex_value(py, complex.as_ref()))
    }

    /// Returns the parts of a `complex`.
    ///
    /// Runs Python: no (overrides in a subclass are ignored).
    /// CPython: `PyComplexObject`, `PyComplex_RealAsDouble` (limited API). RustPython: `as_complex`.
    fn complex_value(py: Attached<'_, Self>, complex: Ref<'_, Self, kind::Complex>) -> (f64, f64)
    where
        Self: Backend,
    {
        let part = |name: &str| {
            let descriptor = provided::attribute(py, Self::type_builtin(py, BuiltinType::Complex).any(), name)?;
            let part = provided::special(py, descriptor.as_ref(), "__get__", &[complex.any()])?;
            Self::float_to_f64(py, part.as_ref())
        };
        (provided::infallible(py, part("real")), provided::infallible(py, part("imag")))
    }

    /// Applies an operator of `complex` itself to two of them.
    ///
    /// Runs Python: no (overrides in a subclass are ignored). Errors: `ZeroDivisionError`; `OverflowError` for `**`.
    /// CPython: `_Py_c_sum` and its like, and the slots of `PyComplex_Type`. RustPython: the slots of `PyComplex`.
    fn complex_arithmetic<'py>(
        py: Attached<'py, Self>,
        op: ComplexOp,
        left: Ref<'_, Self, kind::Complex>,
        right: Ref<'_, Self, kind::Complex>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Complex>>
    where
        Self: Backend,
    {
        let name = match op {
            ComplexOp::Add => "__add__",
            ComplexOp::Subtract => "__sub__",
            ComplexOp::Multiply => "__mul__",
            ComplexOp::Divide => "__truediv__",
            ComplexOp::Power => "__pow__",
        };
        provided::method_of(py, BuiltinType::Complex, name, &[left.any(), right.any()]).and_then(provided::of_kind)
    }
}

/// `int.from_bytes(bytes, "little", signed=signed)`
fn from_bytes<'py, B: Backend>(
    py: Attached<'py, B>,
    bytes: &[u8],
    signed: bool,
) -> Outcome<'py, B, Owned<'py, B, kind::Int>> {
    let method = provided::attribute(py, B::type_builtin(py, BuiltinType::Int).any(), "from_bytes")?;
    let (bytes, order) = (B::bytes_from_slice(py, bytes), B::str_from_utf8(py, "little"));
    let arguments = provided::tuple(py, &[bytes.as_ref().any(), order.as_ref().any()]);
    let keywords = signed_keyword(py, signed)?;
    B::call(py, method.as_ref(), arguments.as_ref(), Some(keywords.as_ref())).and_then(provided::of_kind)
}

/// `{"signed": signed}`
fn signed_keyword<B: Backend>(py: Attached<'_, B>, signed: bool) -> Outcome<'_, B, Owned<'_, B, kind::Dict>> {
    let keywords = B::dict_new(py);
    let name = B::str_from_utf8(py, "signed");
    B::dict_set(py, keywords.as_ref(), name.as_ref().any(), B::constant_bool(py, signed).any())?;
    Ok(keywords)
}
