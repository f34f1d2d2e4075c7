//! `datetime.h`: the C interface of the `datetime` module, reached through a capsule. Full API only.

use super::*;
use core::sync::atomic::{AtomicPtr, Ordering};

constants! {
    _PyDateTime_DATE_DATASIZE: usize = 4;
    _PyDateTime_TIME_DATASIZE: usize = 6;
    _PyDateTime_DATETIME_DATASIZE: usize = 10;
}

structs! {
    #[derive(Debug)]
    struct PyDateTime_Delta { ob_base: PyObject, hashcode: Py_hash_t, days: c_int, seconds: c_int, microseconds: c_int, }
    #[derive(Debug)]
    struct PyDateTime_TZInfo { ob_base: PyObject, }
    #[derive(Debug)]
    struct _PyDateTime_BaseTZInfo { ob_base: PyObject, hashcode: Py_hash_t, hastzinfo: c_char, }
    #[derive(Debug)]
    struct PyDateTime_Date {
        ob_base: PyObject, hashcode: Py_hash_t, hastzinfo: c_char, data: [c_uchar; _PyDateTime_DATE_DATASIZE],
    }
    // The structures without a time zone end here.
    #[derive(Debug)]
    struct _PyDateTime_BaseTime {
        ob_base: PyObject, hashcode: Py_hash_t, hastzinfo: c_char, data: [c_uchar; _PyDateTime_TIME_DATASIZE],
    }
    #[derive(Debug)]
    struct _PyDateTime_BaseDateTime {
        ob_base: PyObject, hashcode: Py_hash_t, hastzinfo: c_char, data: [c_uchar; _PyDateTime_DATETIME_DATASIZE],
    }
    #[derive(Debug)]
    struct PyDateTime_Time {
        ob_base: PyObject, hashcode: Py_hash_t, hastzinfo: c_char, data: [c_uchar; _PyDateTime_TIME_DATASIZE],
        fold: c_uchar, tzinfo: *mut PyObject,
    }
    #[derive(Debug)]
    struct PyDateTime_DateTime {
        ob_base: PyObject, hashcode: Py_hash_t, hastzinfo: c_char, data: [c_uchar; _PyDateTime_DATETIME_DATASIZE],
        fold: c_uchar, tzinfo: *mut PyObject,
    }
    #[derive(Clone, Copy, Debug)]
    struct PyDateTime_CAPI {
        DateType: *mut PyTypeObject,
        DateTimeType: *mut PyTypeObject,
        TimeType: *mut PyTypeObject,
        DeltaType: *mut PyTypeObject,
        TZInfoType: *mut PyTypeObject,
        TimeZone_UTC: *mut PyObject,
        Date_FromDate: unsafe extern "C" fn(year: c_int, month: c_int, day: c_int, cls: *mut PyTypeObject) -> *mut PyObject,
        DateTime_FromDateAndTime: unsafe extern "C" fn(year: c_int, month: c_int, day: c_int, hour: c_int, minute: c_int, second: c_int, microsecond: c_int, tzinfo: *mut PyObject, cls: *mut PyTypeObject) -> *mut PyObject,
        Time_FromTime: unsafe extern "C" fn(hour: c_int, minute: c_int, second: c_int, microsecond: c_int, tzinfo: *mut PyObject, cls: *mut PyTypeObject) -> *mut PyObject,
        Delta_FromDelta: unsafe extern "C" fn(days: c_int, seconds: c_int, microseconds: c_int, normalize: c_int, cls: *mut PyTypeObject) -> *mut PyObject,
        TimeZone_FromTimeZone: unsafe extern "C" fn(offset: *mut PyObject, name: *mut PyObject) -> *mut PyObject,
        // Object pointers in C, but always classes.
        DateTime_FromTimestamp: unsafe extern "C" fn(cls: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject,
        Date_FromTimestamp: unsafe extern "C" fn(cls: *mut PyTypeObject, args: *mut PyObject) -> *mut PyObject,
        DateTime_FromDateAndTimeAndFold: unsafe extern "C" fn(year: c_int, month: c_int, day: c_int, hour: c_int, minute: c_int, second: c_int, microsecond: c_int, tzinfo: *mut PyObject, fold: c_int, cls: *mut PyTypeObject) -> *mut PyObject,
        Time_FromTimeAndFold: unsafe extern "C" fn(hour: c_int, minute: c_int, second: c_int, microsecond: c_int, tzinfo: *mut PyObject, fold: c_int, cls: *mut PyTypeObject) -> *mut PyObject,
    }
}

/// The name of the capsule.
pub const PyDateTime_CAPSULE_NAME: &core::ffi::CStr = c"datetime.datetime_CAPI";

static API: AtomicPtr<PyDateTime_CAPI> = AtomicPtr::new(core::ptr::null_mut());

/// Returns the imported interface, or null before [`PyDateTime_IMPORT`].
///
/// # Safety
/// Always safe to call. In C it is a macro over a global variable.
#[inline]
pub unsafe fn PyDateTimeAPI() -> *mut PyDateTime_CAPI {
    API.load(Ordering::Acquire)
}

/// Imports `datetime` and stores its interface. On failure, sets an exception, and [`PyDateTimeAPI`] still returns
/// null.
///
/// # Safety
/// The thread is attached.
pub unsafe fn PyDateTime_IMPORT() {
    if API.load(Ordering::Acquire).is_null() {
        // SAFETY: the thread is attached, and the name has the form that capsules require.
        let api = unsafe { PyCapsule_Import(PyDateTime_CAPSULE_NAME.as_ptr(), 0) };
        // Racing threads store the same pointer, because the interface is a static structure of the module.
        API.store(api.cast(), Ordering::Release);
    }
}

/// Reads a field of the imported interface.
macro_rules! api {
    ($field:ident) => {
        (*PyDateTimeAPI()).$field
    };
}

inline_capi! {
    fn PyDate_FromDate(year: c_int, month: c_int, day: c_int) -> *mut PyObject = (api!(Date_FromDate))(year, month, day, api!(DateType));
    fn PyDateTime_FromDateAndTime(year: c_int, month: c_int, day: c_int, hour: c_int, minute: c_int, second: c_int, microsecond: c_int) -> *mut PyObject =
        (api!(DateTime_FromDateAndTime))(year, month, day, hour, minute, second, microsecond, Py_None(), api!(DateTimeType));
    fn PyDateTime_FromDateAndTimeAndFold(year: c_int, month: c_int, day: c_int, hour: c_int, minute: c_int, second: c_int, microsecond: c_int, fold: c_int) -> *mut PyObject =
        (api!(DateTime_FromDateAndTimeAndFold))(year, month, day, hour, minute, second, microsecond, Py_None(), fold, api!(DateTimeType));
    fn PyTime_FromTime(hour: c_int, minute: c_int, second: c_int, microsecond: c_int) -> *mut PyObject =
        (api!(Time_FromTime))(hour, minute, second, microsecond, Py_None(), api!(TimeType));
    fn PyTime_FromTimeAndFold(hour: c_int, minute: c_int, second: c_int, microsecond: c_int, fold: c_int) -> *mut PyObject =
        (api!(Time_FromTimeAndFold))(hour, minute, second, microsecond, Py_None(), fold, api!(TimeType));
    fn PyDelta_FromDSU(days: c_int, seconds: c_int, microseconds: c_int) -> *mut PyObject = (api!(Delta_FromDelta))(days, seconds, microseconds, 1, api!(DeltaType));
    fn PyDateTime_TimeZone_UTC() -> *mut PyObject = api!(TimeZone_UTC);
    fn PyDate_Check(op: *mut PyObject) -> c_int = PyObject_TypeCheck(op, api!(DateType));
    fn PyDate_CheckExact(op: *mut PyObject) -> c_int = Py_IS_TYPE(op, api!(DateType));
    fn PyDateTime_Check(op: *mut PyObject) -> c_int = PyObject_TypeCheck(op, api!(DateTimeType));
    fn PyDateTime_CheckExact(op: *mut PyObject) -> c_int = Py_IS_TYPE(op, api!(DateTimeType));
    fn PyTime_Check(op: *mut PyObject) -> c_int = PyObject_TypeCheck(op, api!(TimeType));
    fn PyTime_CheckExact(op: *mut PyObject) -> c_int = Py_IS_TYPE(op, api!(TimeType));
    fn PyDelta_Check(op: *mut PyObject) -> c_int = PyObject_TypeCheck(op, api!(DeltaType));
    fn PyDelta_CheckExact(op: *mut PyObject) -> c_int = Py_IS_TYPE(op, api!(DeltaType));
    fn PyTZInfo_Check(op: *mut PyObject) -> c_int = PyObject_TypeCheck(op, api!(TZInfoType));
    fn PyTZInfo_CheckExact(op: *mut PyObject) -> c_int = Py_IS_TYPE(op, api!(TZInfoType));
    fn PyDateTime_FromTimestamp(args: *mut PyObject) -> *mut PyObject =
        (api!(DateTime_FromTimestamp))(api!(DateTimeType), args, core::ptr::null_mut());
    fn PyDate_FromTimestamp(args: *mut PyObject) -> *mut PyObject = (api!(Date_FromTimestamp))(api!(DateType), args);
    fn PyTimeZone_FromOffset(offset: *mut PyObject) -> *mut PyObject = (api!(TimeZone_FromTimeZone))(offset, core::ptr::null_mut());
    fn PyTimeZone_FromOffsetAndName(offset: *mut PyObject, name: *mut PyObject) -> *mut PyObject = (api!(TimeZone_FromTimeZone))(offset, name);
}

// Dates are packed with the most significant byte first.
#[inline]
fn joined<const N: usize>(data: [c_uchar; N], start: usize, count: usize) -> c_int {
    data[start..start + count].iter().fold(0, |sum, byte| (sum << 8) | c_int::from(*byte))
}

inline_capi! {
    fn PyDateTime_GET_YEAR(op: *mut PyObject) -> c_int = joined((*op.cast::<PyDateTime_Date>()).data, 0, 2);
    fn PyDateTime_GET_MONTH(op: *mut PyObject) -> c_int = c_int::from((*op.cast::<PyDateTime_Date>()).data[2]);
    fn PyDateTime_GET_DAY(op: *mut PyObject) -> c_int = c_int::from((*op.cast::<PyDateTime_Date>()).data[3]);
    fn PyDateTime_DATE_GET_HOUR(op: *mut PyObject) -> c_int = c_int::from((*op.cast::<PyDateTime_DateTime>()).data[4]);
    fn PyDateTime_DATE_GET_MINUTE(op: *mut PyObject) -> c_int = c_int::from((*op.cast::<PyDateTime_DateTime>()).data[5]);
    fn PyDateTime_DATE_GET_SECOND(op: *mut PyObject) -> c_int = c_int::from((*op.cast::<PyDateTime_DateTime>()).data[6]);
    fn PyDateTime_DATE_GET_MICROSECOND(op: *mut PyObject) -> c_int = joined((*op.cast::<PyDateTime_DateTime>()).data, 7, 3);
    fn PyDateTime_DATE_GET_FOLD(op: *mut PyObject) -> c_uchar = (*op.cast::<PyDateTime_DateTime>()).fold;
    // Returns a borrowed reference. The field exists only if the flag is set.
    fn PyDateTime_DATE_GET_TZINFO(op: *mut PyObject) -> *mut PyObject =
        if (*op.cast::<_PyDateTime_BaseTZInfo>()).hastzinfo != 0 { (*op.cast::<PyDateTime_DateTime>()).tzinfo } else { Py_None() };
    fn PyDateTime_TIME_GET_HOUR(op: *mut PyObject) -> c_int = c_int::from((*op.cast::<PyDateTime_Time>()).data[0]);
    fn PyDateTime_TIME_GET_MINUTE(op: *mut PyObject) -> c_int = c_int::from((*op.cast::<PyDateTime_Time>()).data[1]);
    fn PyDateTime_TIME_GET_SECOND(op: *mut PyObject) -> c_int = c_int::from((*op.cast::<PyDateTime_Time>()).data[2]);
    fn PyDateTime_TIME_GET_MICROSECOND(op: *mut PyObject) -> c_int = joined((*op.cast::<PyDateTime_Time>()).data, 3, 3);
    fn PyDateTime_TIME_GET_FOLD(op: *mut PyObject) -> c_uchar = (*op.cast::<PyDateTime_Time>()).fold;
    fn PyDateTime_TIME_GET_TZINFO(op: *mut PyObject) -> *mut PyObject =
        if (*op.cast::<_PyDateTime_BaseTZInfo>()).hastzinfo != 0 { (*op.cast::<PyDateTime_Time>()).tzinfo } else { Py_None() };
    fn PyDateTime_DELTA_GET_DAYS(op: *mut PyObject) -> c_int = (*op.cast::<PyDateTime_Delta>()).days;
    fn PyDateTime_DELTA_GET_SECONDS(op: *mut PyObject) -> c_int = (*op.cast::<PyDateTime_Delta>()).seconds;
    fn PyDateTime_DELTA_GET_MICROSECONDS(op: *mut PyObject) -> c_int = (*op.cast::<PyDateTime_Delta>()).microseconds;
}
