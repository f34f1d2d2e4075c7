//! Integers, floats and complex numbers.

use core::ffi::c_long;

use pyo3_backend::{BuiltinType, ComplexOps, FloatOps, IntOps, IntValue, TypeOps, kind};
#[cfg(not(Py_LIMITED_API))]
use pyo3_backend::{ComplexOp, ExceptionType};
use pyo3_ffi as ffi;

use crate::convert::{check_sentinel, raw};
use crate::{At, CPython, Outcome, Owned, Raised, Ref};

impl IntOps for CPython {
    #[inline]
    fn int_from_i64(py: At<'_>, value: i64) -> Owned<'_, kind::Int> {
        // Older versions have a fast path for small numbers in the first function only.
        if size_of::<c_long>() == size_of::<i64>() {
            owned_or_abort!(py, unsafe ffi::PyLong_FromLong(value as c_long))
        } else {
            owned_or_abort!(py, unsafe ffi::PyLong_FromLongLong(value))
        }
    }

    #[inline]
    fn int_from_u64(py: At<'_>, value: u64) -> Owned<'_, kind::Int> {
        owned_or_abort!(py, unsafe ffi::PyLong_FromUnsignedLongLong(value))
    }

    fn int_from_le_bytes<'py>(py: At<'py>, bytes: &[u8], signed: bool) -> Owned<'py, kind::Int> {
        from_le_bytes(py, bytes, signed)
    }

    #[inline]
    fn int_value<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, IntValue> {
        if is_int(py, object) { value(py, object) } else { value(py, index(py, object)?.as_ref().any()) }
    }

    #[inline]
    fn int_to_i64<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, i64> {
        if is_int(py, object) { as_i64(py, object) } else { by_index(py, object, as_i64) }
    }

    #[inline]
    fn int_to_u64<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, u64> {
        if is_int(py, object) { as_u64(py, object) } else { by_index(py, object, as_u64) }
    }

    fn int_to_le_bytes<'py>(py: At<'py>, object: Ref<'_>, out: &mut [u8], signed: bool) -> Outcome<'py, ()> {
        if is_int(py, object) {
            to_le_bytes(py, object, out, signed)
        } else {
            to_le_bytes(py, index(py, object)?.as_ref().any(), out, signed)
        }
    }
}

/// Returns the result of `__index__`.
fn index<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, Owned<'py, kind::Int>> {
    owned!(py, unsafe ffi::PyNumber_Index(raw(object)))
}

/// Converts an object that has `__index__`. Out of line, so that reading an `int` needs no saved registers.
#[cold]
#[inline(never)]
fn by_index<'py, R>(
    py: At<'py>,
    object: Ref<'_>,
    value: impl FnOnce(At<'py>, Ref<'_>) -> Outcome<'py, R>,
) -> Outcome<'py, R> {
    value(py, index(py, object)?.as_ref().any())
}

impl FloatOps for CPython {
    #[inline]
    fn float_from_f64(py: At<'_>, value: f64) -> Owned<'_, kind::Float> {
        owned_or_abort!(py, unsafe ffi::PyFloat_FromDouble(value))
    }

    #[inline]
    fn float_value(_py: At<'_>, float: Ref<'_, kind::Float>) -> f64 {
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: a float by its kind.
        return unsafe { ffi::PyFloat_AS_DOUBLE(raw(float)) };
        #[cfg(Py_LIMITED_API)]
        // SAFETY: a float by its kind, for which the call does not fail.
        return unsafe { ffi::PyFloat_AsDouble(raw(float)) };
    }

    #[inline]
    fn float_to_f64<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, f64> {
        if let Some(value) = read_float(py, object) {
            return Ok(value);
        }
        // SAFETY: attached, with a live object; -1 may mean that an exception is set.
        check_sentinel(py, unsafe { ffi::PyFloat_AsDouble(raw(object)) }, -1.0)
    }
}

/// Returns the value of an object whose type is `float`.
#[inline]
pub(crate) fn read_float(py: At<'_>, object: Ref<'_>) -> Option<f64> {
    CPython::type_check_exact(py, object, BuiltinType::Float).then(|| {
        // SAFETY: the type of the object is `float`.
        CPython::float_value(py, unsafe { Ref::from_ptr(object.as_ptr()) })
    })
}

/// Returns the value of an `int`, if it fits.
#[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
#[inline]
pub(crate) fn read_int(py: At<'_>, object: Ref<'_>) -> Option<i64> {
    if !is_int(py, object) {
        return None;
    }
    let mut beyond = 0;
    // SAFETY: attached, with an `int`, for which the call raises nothing.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(raw(object), &mut beyond) };
    (beyond == 0).then_some(value)
}

impl ComplexOps for CPython {
    #[inline]
    fn complex_from_f64(py: At<'_>, real: f64, imag: f64) -> Owned<'_, kind::Complex> {
        owned_or_abort!(py, unsafe ffi::PyComplex_FromDoubles(real, imag))
    }

    #[cfg(not(Py_LIMITED_API))]
    #[inline]
    fn complex_value(_py: At<'_>, complex: Ref<'_, kind::Complex>) -> (f64, f64) {
        let value = complex_parts(complex);
        (value.real, value.imag)
    }

    #[cfg(Py_LIMITED_API)]
    fn complex_value(_py: At<'_>, complex: Ref<'_, kind::Complex>) -> (f64, f64) {
        // SAFETY: attached, with a `complex` by its kind, for which the calls do not fail.
        unsafe { (ffi::PyComplex_RealAsDouble(raw(complex)), ffi::PyComplex_ImagAsDouble(raw(complex))) }
    }

    #[cfg(not(Py_LIMITED_API))]
    #[inline]
    fn complex_arithmetic<'py>(
        py: At<'py>,
        op: ComplexOp,
        left: Ref<'_, kind::Complex>,
        right: Ref<'_, kind::Complex>,
    ) -> Outcome<'py, Owned<'py, kind::Complex>> {
        let (a, b) = (complex_parts(left), complex_parts(right));
        let function = match op {
            ComplexOp::Add => ffi::_Py_c_sum,
            ComplexOp::Subtract => ffi::_Py_c_diff,
            ComplexOp::Multiply => ffi::_Py_c_prod,
            ComplexOp::Divide if b.real != 0.0 || b.imag != 0.0 => ffi::_Py_c_quot,
            ComplexOp::Divide | ComplexOp::Power => return complex_slot(py, op, left, right),
        };
        // SAFETY: attached; pure arithmetic. The functions report undefined results through `errno`; these have none.
        let value = unsafe { function(a, b) };
        Ok(owned_or_abort!(py, unsafe ffi::PyComplex_FromCComplex(value)))
    }

    #[cfg(not(Py_LIMITED_API))]
    fn complex_to_f64<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, (f64, f64)> {
        // SAFETY: attached, with a live object; a real part of -1 may mean that an exception is set.
        let value = unsafe { ffi::PyComplex_AsCComplex(raw(object)) };
        Ok((check_sentinel(py, value.real, -1.0)?, value.imag))
    }

    #[cfg(Py_LIMITED_API)]
    fn complex_to_f64<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, (f64, f64)> {
        use pyo3_backend::{BuiltinType, CallOps, ObjectOps, StrOps, TupleOps, TypeOps};

        // Before 3.13 these functions ignore `__complex__`, which is looked up on the type like all special methods.
        let name = Self::str_intern(py, "__complex__");
        let class = Self::type_of(py, object);
        let converted = if Self::type_check(py, object, BuiltinType::Complex) {
            None
        } else {
            match Self::object_get_attribute_opt(py, class.any(), name.as_ref())? {
                Some(method) => {
                    let args = Self::tuple_from(py, 1, core::iter::once(Ok(object.to_owned(py))))?;
                    Some(Self::call(py, method.as_ref(), args.as_ref(), None)?)
                }
                None => None,
            }
        };
        let object = converted.as_ref().map_or(object, |converted| converted.as_ref());
        // SAFETY: attached, with a live object; -1 may mean that an exception is set.
        let real = check_sentinel(py, unsafe { ffi::PyComplex_RealAsDouble(raw(object)) }, -1.0)?;
        // SAFETY: as above.
        let imag = check_sentinel(py, unsafe { ffi::PyComplex_ImagAsDouble(raw(object)) }, -1.0)?;
        Ok((real, imag))
    }
}

/// Returns the value of a `complex`.
#[cfg(not(Py_LIMITED_API))]
#[inline]
fn complex_parts(complex: Ref<'_, kind::Complex>) -> ffi::Py_complex {
    // SAFETY: a live `complex` by its kind, whose value never changes.
    unsafe { (*raw(complex).cast::<ffi::PyComplexObject>()).cval }
}

/// Calls the type's own function for an operator, which raises an exception for undefined results.
#[cfg(not(Py_LIMITED_API))]
fn complex_slot<'py>(
    py: At<'py>,
    op: ComplexOp,
    left: Ref<'_, kind::Complex>,
    right: Ref<'_, kind::Complex>,
) -> Outcome<'py, Owned<'py, kind::Complex>> {
    // SAFETY: attached; the type and its table live as long as the process, and the table has these two functions. Both
    // accept any `complex`, and return a new one, or null with an exception set.
    unsafe {
        let table = &*(*core::ptr::addr_of!(ffi::PyComplex_Type)).tp_as_number;
        let result = match op {
            ComplexOp::Power => table.nb_power.map(|power| power(raw(left), raw(right), ffi::Py_None())),
            _ => table.nb_true_divide.map(|divide| divide(raw(left), raw(right))),
        };
        crate::convert::owned(py, result.expect("`complex` has both"))
    }
}

#[inline]
fn is_int(_py: At<'_>, object: Ref<'_>) -> bool {
    // SAFETY: a live object.
    unsafe { ffi::PyLong_Check(raw(object)) != 0 }
}

/// Returns the value of an `int`.
#[inline]
fn as_i64<'py>(py: At<'py>, int: Ref<'_>) -> Outcome<'py, i64> {
    // If a C `long` has 64 bits, this is the faster of the two functions.
    #[cfg(all(target_pointer_width = "64", not(windows)))]
    // SAFETY: attached, with an `int`; -1 may mean that an exception is set.
    return check_rare(py, unsafe { ffi::PyLong_AsLong(raw(int)) }, -1);
    #[cfg(not(all(target_pointer_width = "64", not(windows))))]
    // SAFETY: as above.
    return check_rare(py, unsafe { ffi::PyLong_AsLongLong(raw(int)) }, -1);
}

/// Returns the value of an `int`.
#[inline]
fn as_u64<'py>(py: At<'py>, int: Ref<'_>) -> Outcome<'py, u64> {
    // SAFETY: attached, with an `int`; the largest value may mean that an exception is set.
    check_rare(py, unsafe { ffi::PyLong_AsUnsignedLongLong(raw(int)) }, u64::MAX)
}

/// Like [`check_sentinel`], but what is done for the rare value is out of line, because functions take many integers.
#[inline]
fn check_rare<T: PartialEq>(py: At<'_>, value: T, suspicious: T) -> Outcome<'_, T> {
    #[cold]
    #[inline(never)]
    fn check<T>(py: At<'_>, value: T) -> Outcome<'_, T> {
        Raised::pending(py).map_or(Ok(value), Err)
    }

    if value == suspicious { check(py, value) } else { Ok(value) }
}

/// Returns the value of an `int`.
fn value<'py>(py: At<'py>, int: Ref<'_>) -> Outcome<'py, IntValue> {
    let mut beyond = 0;
    // SAFETY: attached, with an `int`; -1 may mean that an exception is set, but only if `beyond` is 0.
    let small = unsafe { ffi::PyLong_AsLongLongAndOverflow(raw(int), &mut beyond) };
    if beyond == 0 {
        return check_sentinel(py, small, -1).map(IntValue::Small);
    }
    let negative = beyond < 0;
    let mut bytes = vec![0; bytes_of(py, int)?];
    // The C function writes two's complement only. The code below turns that into the absolute value; the sign is
    // known.
    to_le_bytes(py, int, &mut bytes, true)?;
    let mut carry = true;
    let digits = bytes.chunks(size_of::<u32>()).map(|chunk| {
        let mut digit = [if negative { 0xff } else { 0 }; size_of::<u32>()];
        digit[..chunk.len()].copy_from_slice(chunk);
        let digit = u32::from_le_bytes(digit);
        if !negative {
            return digit;
        }
        let (digit, over) = (!digit).overflowing_add(carry.into());
        carry = over;
        digit
    });
    Ok(IntValue::Large { negative, digits: digits.collect() })
}

/// Returns the number of bytes that an `int` needs in two's complement, or more.
#[cfg(all(Py_3_13, not(Py_LIMITED_API)))]
fn bytes_of<'py>(py: At<'py>, int: Ref<'_>) -> Outcome<'py, usize> {
    let flags = ffi::Py_ASNATIVEBYTES_LITTLE_ENDIAN;
    // SAFETY: attached, with an `int`; without a buffer nothing is written.
    let needed = unsafe { ffi::PyLong_AsNativeBytes(raw(int), core::ptr::null_mut(), 0, flags) };
    let needed = check_sentinel(py, needed, -1)?;
    Ok(usize::try_from(needed).expect("negative only where an exception is set"))
}

/// Returns the number of bytes that an `int` needs in two's complement, or more.
#[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))]
fn bytes_of<'py>(py: At<'py>, int: Ref<'_>) -> Outcome<'py, usize> {
    // SAFETY: attached, with an `int`; the largest value may mean that an exception is set.
    let bits = check_sentinel(py, unsafe { ffi::_PyLong_NumBits(raw(int)) }, usize::MAX)?;
    Ok(bits / 8 + 1)
}

#[cfg(all(Py_3_13, not(Py_LIMITED_API)))]
fn from_le_bytes<'py>(py: At<'py>, bytes: &[u8], signed: bool) -> Owned<'py, kind::Int> {
    let flags = ffi::Py_ASNATIVEBYTES_LITTLE_ENDIAN;
    if signed {
        owned_or_abort!(py, unsafe ffi::PyLong_FromNativeBytes(bytes.as_ptr().cast(), bytes.len(), flags))
    } else {
        owned_or_abort!(py, unsafe ffi::PyLong_FromUnsignedNativeBytes(bytes.as_ptr().cast(), bytes.len(), flags))
    }
}

#[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))]
fn from_le_bytes<'py>(py: At<'py>, bytes: &[u8], signed: bool) -> Owned<'py, kind::Int> {
    owned_or_abort!(py, unsafe ffi::_PyLong_FromByteArray(bytes.as_ptr().cast(), bytes.len(), 1, signed.into()))
}

#[cfg(all(Py_3_13, not(Py_LIMITED_API)))]
fn to_le_bytes<'py>(py: At<'py>, int: Ref<'_>, out: &mut [u8], signed: bool) -> Outcome<'py, ()> {
    // `Py_ASNATIVEBYTES_UNSIGNED_BUFFER` and `Py_ASNATIVEBYTES_REJECT_NEGATIVE`.
    const UNSIGNED: core::ffi::c_int = 4 | 8;
    let flags = ffi::Py_ASNATIVEBYTES_LITTLE_ENDIAN | if signed { 0 } else { UNSIGNED };
    // SAFETY: attached, with an `int`; the call writes at most `out.len()` bytes.
    let needed = unsafe {
        ffi::PyLong_AsNativeBytes(raw(int), out.as_mut_ptr().cast(), crate::convert::to_ssize(out.len()), flags)
    };
    let text = match usize::try_from(needed) {
        Ok(needed) if needed <= out.len() => return Ok(()),
        Ok(_) => c"int too big to convert",
        // The call raises a `ValueError` here, but all other conversions raise an `OverflowError` for this.
        Err(_) => c"can't convert negative int to unsigned",
    };
    drop(Raised::pending(py));
    Err(Raised::with_message(py, ExceptionType::OverflowError, text))
}

#[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))]
fn to_le_bytes<'py>(py: At<'py>, int: Ref<'_>, out: &mut [u8], signed: bool) -> Outcome<'py, ()> {
    if out.is_empty() {
        // The C function does not accept an empty buffer.
        return match as_i64(py, int) {
            Ok(0) => Ok(()),
            _ => Err(Raised::with_message(py, ExceptionType::OverflowError, c"int too big to convert")),
        };
    }
    // SAFETY: attached, with an `int`; the call writes `out.len()` bytes.
    unsafe {
        let code = ffi::_PyLong_AsByteArray(raw(int).cast(), out.as_mut_ptr().cast(), out.len(), 1, signed.into());
        crate::convert::status(py, code)
    }
}

#[cfg(Py_LIMITED_API)]
use limited::{bytes_of, from_le_bytes, to_le_bytes};

#[cfg(Py_LIMITED_API)]
mod limited {
    //! The limited API before 3.14 cannot convert between integers and bytes, so this uses the methods of `int`. It
    //! calls them on `int` itself, because a subclass may override them.

    use pyo3_backend::{BytesOps, CallOps, DictOps, ObjectOps, StrOps, TupleOps, TypeOps, kind};
    use pyo3_ffi as ffi;

    use crate::convert::raw;
    use crate::{At, CPython, Outcome, Owned, Ref};

    /// Calls `int.name(*args, signed=signed)`.
    fn call<'py>(
        py: At<'py>,
        name: &str,
        args: impl ExactSizeIterator<Item = Owned<'py>>,
        signed: bool,
    ) -> Outcome<'py, Owned<'py>> {
        let int = CPython::type_builtin(py, pyo3_backend::BuiltinType::Int).any();
        let method = CPython::object_get_attribute(py, int, CPython::str_intern(py, name).as_ref())?;
        let args = CPython::tuple_from(py, args.len(), args.map(Ok))?;
        let kwargs = CPython::dict_new(py);
        let signed = CPython::constant_bool(py, signed).any();
        CPython::dict_set(py, kwargs.as_ref(), CPython::str_intern(py, "signed").as_ref().any(), signed)?;
        CPython::call(py, method.as_ref(), args.as_ref(), Some(kwargs.as_ref()))
    }

    pub(super) fn from_le_bytes<'py>(py: At<'py>, bytes: &[u8], signed: bool) -> Owned<'py, kind::Int> {
        let bytes = CPython::bytes_from_slice(py, bytes).any();
        let order = CPython::str_intern(py, "little").any();
        match call(py, "from_bytes", [bytes, order].into_iter(), signed) {
            // SAFETY: `int.from_bytes` returns an `int`.
            Ok(int) => unsafe { int.assume_kind() },
            Err(raised) => {
                raised.leave();
                crate::convert::out_of_memory()
            }
        }
    }

    /// Returns the value of an `int` that fits into a C integer, as most do. No Python code runs.
    fn small(int: Ref<'_>) -> Option<i64> {
        let mut overflow = 0;
        // SAFETY: attached, with an `int`, for which this raises nothing.
        let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(raw(int), &mut overflow) };
        (overflow == 0).then_some(value)
    }

    /// Returns the number of bytes that an `int` needs in two's complement, or more.
    pub(super) fn bytes_of<'py>(py: At<'py>, int: Ref<'_>) -> Outcome<'py, usize> {
        use pyo3_backend::IntOps;

        let method = CPython::object_get_attribute(py, int, CPython::str_intern(py, "bit_length").as_ref())?;
        let args = CPython::tuple_from(py, 0, core::iter::empty())?;
        let bits = CPython::call(py, method.as_ref(), args.as_ref(), None)?;
        let bits = CPython::int_to_u64(py, bits.as_ref())?;
        Ok(usize::try_from(bits / 8 + 1).expect("its bytes are in memory"))
    }

    pub(super) fn to_le_bytes<'py>(py: At<'py>, int: Ref<'_>, out: &mut [u8], signed: bool) -> Outcome<'py, ()> {
        use pyo3_backend::IntOps;

        if let Some(value) = small(int)
            && out.len() >= size_of_val(&value)
            && (signed || value >= 0)
        {
            let (low, high) = out.split_at_mut(size_of_val(&value));
            low.copy_from_slice(&value.to_le_bytes());
            high.fill(if value < 0 { 0xff } else { 0 });
            return Ok(());
        }
        let length = CPython::int_from_u64(py, out.len() as u64).any();
        let order = CPython::str_intern(py, "little").any();
        let bytes = call(py, "to_bytes", [int.to_owned(py), length, order].into_iter(), signed)?;
        // SAFETY: `int.to_bytes` returns a `bytes` of the requested length.
        let bytes: Owned<'_, kind::Bytes> = unsafe { bytes.assume_kind() };
        out.copy_from_slice(CPython::bytes_as_slice(py, bytes.as_ref()));
        Ok(())
    }
}
