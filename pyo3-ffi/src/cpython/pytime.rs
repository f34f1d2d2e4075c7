//! `pytime.h`: clocks (3.13).

use super::*;

/// C API type `PyTime_t`: nanoseconds.
pub type PyTime_t = i64;

capi! {
    fn PyTime_AsSecondsDouble(t: PyTime_t) -> c_double;
    fn PyTime_Monotonic(result: *mut PyTime_t) -> c_int;
    fn PyTime_PerfCounter(result: *mut PyTime_t) -> c_int;
    fn PyTime_Time(result: *mut PyTime_t) -> c_int;
    fn PyTime_MonotonicRaw(result: *mut PyTime_t) -> c_int;
    fn PyTime_PerfCounterRaw(result: *mut PyTime_t) -> c_int;
    fn PyTime_TimeRaw(result: *mut PyTime_t) -> c_int;
}
