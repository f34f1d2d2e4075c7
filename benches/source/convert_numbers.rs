//! Conversions of numbers, in both directions.

use std::hint::black_box;
use std::num::NonZeroU32;
use std::time::{Duration, SystemTime};

use pyo3::prelude::*;

use crate::program::benches;

fn eval<'py>(py: Python<'py>, code: &std::ffi::CStr) -> PyResult<Bound<'py, PyAny>> {
    py.eval(code, None, None)
}

benches! {
    "cv"

    i8_from |py| { let number = eval(py, c"-7")?; } => black_box(&number).extract::<i8>()?;
    u8_from |py| { let number = eval(py, c"200")?; } => black_box(&number).extract::<u8>()?;
    i16_from |py| { let number = eval(py, c"-700")?; } => black_box(&number).extract::<i16>()?;
    u16_from |py| { let number = eval(py, c"700")?; } => black_box(&number).extract::<u16>()?;
    i32_from |py| { let number = eval(py, c"-70000")?; } => black_box(&number).extract::<i32>()?;
    u32_from |py| { let number = eval(py, c"70000")?; } => black_box(&number).extract::<u32>()?;
    i64_from_large |py| { let number = eval(py, c"-2**62")?; } => black_box(&number).extract::<i64>()?;
    u64_from |py| { let number = eval(py, c"70000")?; } => black_box(&number).extract::<u64>()?;
    u64_from_large |py| { let number = eval(py, c"2**63 + 5")?; } => black_box(&number).extract::<u64>()?;
    isize_from |py| { let number = eval(py, c"-70000")?; } => black_box(&number).extract::<isize>()?;
    usize_from |py| { let number = eval(py, c"70000")?; } => black_box(&number).extract::<usize>()?;
    i128_from |py| { let number = eval(py, c"-70000")?; } => black_box(&number).extract::<i128>()?;
    i128_from_large |py| { let number = eval(py, c"-2**100")?; } => black_box(&number).extract::<i128>()?;
    u128_from_large |py| { let number = eval(py, c"2**100")?; } => black_box(&number).extract::<u128>()?;
    nonzero_from |py| { let number = eval(py, c"70000")?; } => black_box(&number).extract::<NonZeroU32>()?;
    i64_from_bool |py| { let truth = eval(py, c"True")?; } => black_box(&truth).extract::<i64>()?;
    i64_from_index |py| {
        let number = eval(py, c"type('Index', (), {'__index__': lambda self: 7})()")?;
    } => black_box(&number).extract::<i64>()?;
    u8_out_of_range |py| { let number = eval(py, c"300")?; } => black_box(&number).extract::<u8>().is_err();
    i64_out_of_range |py| { let number = eval(py, c"2**70")?; } => black_box(&number).extract::<i64>().is_err();
    u64_negative |py| { let number = eval(py, c"-1")?; } => black_box(&number).extract::<u64>().is_err();
    f32_from |py| { let number = eval(py, c"1.5")?; } => black_box(&number).extract::<f32>()?;
    f64_from_int |py| { let number = eval(py, c"15")?; } => black_box(&number).extract::<f64>()?;
    f64_wrong |py| { let text = eval(py, c"'1.5'")?; } => black_box(&text).extract::<f64>().is_err();
    bool_wrong |py| { let number = eval(py, c"1")?; } => black_box(&number).extract::<bool>().is_err();
    option_none_from |py| { let none = eval(py, c"None")?; } => black_box(&none).extract::<Option<i64>>()?;
    option_some_from |py| { let number = eval(py, c"7")?; } => black_box(&number).extract::<Option<i64>>()?;
    system_time_from |py| {
        let time = eval(py, c"__import__('datetime').datetime(2024, 2, 29, tzinfo=__import__('datetime').timezone.utc)")?;
    } => black_box(&time).extract::<SystemTime>()?;

    i8_into |py| {} => black_box(-7_i8).into_pyobject(py)?;
    u8_into |py| {} => black_box(200_u8).into_pyobject(py)?;
    i32_into |py| {} => black_box(-70_000_i32).into_pyobject(py)?;
    u32_into |py| {} => black_box(70_000_u32).into_pyobject(py)?;
    i64_into_small |py| {} => black_box(5_i64).into_pyobject(py)?;
    i64_into_negative |py| {} => black_box(-(1_i64 << 62)).into_pyobject(py)?;
    u64_into |py| {} => black_box(70_000_u64).into_pyobject(py)?;
    u64_into_large |py| {} => black_box(u64::MAX).into_pyobject(py)?;
    usize_into |py| {} => black_box(70_000_usize).into_pyobject(py)?;
    i128_into |py| {} => black_box(-70_000_i128).into_pyobject(py)?;
    u128_into_large |py| {} => black_box(1_u128 << 100).into_pyobject(py)?;
    nonzero_into |py| { let seven = NonZeroU32::MIN.saturating_add(6); } => black_box(seven).into_pyobject(py)?;
    f32_into |py| {} => black_box(1.5_f32).into_pyobject(py)?;
    bool_into |py| {} => black_box(true).into_pyobject(py)?.to_owned();
    unit_into |py| {} => black_box(()).into_pyobject(py)?;
    option_none_into |py| {} => black_box(None::<i64>).into_pyobject(py)?;
    option_some_into |py| {} => black_box(Some(7_i64)).into_pyobject(py)?;
    reference_into |py| {} => (&black_box(123_456_i64)).into_pyobject(py)?;
    system_time_into |py| {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    } => black_box(time).into_pyobject(py)?;
}
