//! `PyDate`, `PyDateTime`, `PyTime`, `PyDelta`, `PyTzInfo`.

use std::time::{Duration, SystemTime};

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{
    PyDate, PyDateAccess, PyDateTime, PyDelta, PyDeltaAccess, PyTime, PyTimeAccess, PyTzInfo, PyTzInfoAccess,
};
use pyo3_tests::{eval, run, scope};

#[test]
fn dates_have_parts() {
    Python::attach(|py| {
        let date = PyDate::new(py, 2024, 2, 29).unwrap();
        assert_eq!((date.get_year(), date.get_month(), date.get_day()), (2024, 2, 29));
        assert_eq!(date.repr().unwrap(), "datetime.date(2024, 2, 29)");
        assert!(PyDate::new(py, 2023, 2, 29).unwrap_err().is_instance_of::<PyValueError>(py));
        assert!(PyDate::new(py, 0, 1, 1).unwrap_err().is_instance_of::<PyValueError>(py));
        let epoch = PyDate::from_timestamp(py, 86_400.0 * 2.0).unwrap();
        assert_eq!(epoch.get_year(), 1970);
    });
}

#[test]
fn times_have_parts() {
    Python::attach(|py| {
        let utc = PyTzInfo::utc(py).unwrap();
        let time = PyDateTime::new_with_fold(py, 1999, 12, 31, 23, 58, 59, 999_999, Some(&utc), true).unwrap();
        assert_eq!((time.get_year(), time.get_month(), time.get_day()), (1999, 12, 31));
        assert_eq!((time.get_hour(), time.get_minute(), time.get_second()), (23, 58, 59));
        assert_eq!((time.get_microsecond(), time.get_fold()), (999_999, true));
        assert!(time.get_tzinfo().unwrap().is(&*utc));
        let time = PyTime::new(py, 1, 2, 3, 4, None).unwrap();
        assert_eq!((time.get_hour(), time.get_minute(), time.get_second()), (1, 2, 3));
        assert_eq!((time.get_microsecond(), time.get_fold()), (4, false));
        assert!(time.get_tzinfo().is_none());
        assert!(PyTime::new_with_fold(py, 1, 0, 0, 0, Some(&utc), true).unwrap().get_fold());
        for wrong in [PyTime::new(py, 24, 0, 0, 0, None), PyTime::new(py, 0, 0, 0, u32::MAX, None)] {
            assert!(wrong.unwrap_err().is_instance_of::<PyValueError>(py));
        }
        let stamp = PyDateTime::from_timestamp(py, 1.5, Some(&utc)).unwrap();
        assert_eq!(stamp.str().unwrap(), "1970-01-01 00:00:01.500000+00:00");
    });
}

#[test]
fn durations_are_brought_into_range() {
    Python::attach(|py| {
        for normalize in [true, false] {
            let delta = PyDelta::new(py, 1, -1, 2_000_000, normalize).unwrap();
            assert_eq!((delta.get_days(), delta.get_seconds(), delta.get_microseconds()), (1, 1, 0));
            let delta = PyDelta::new(py, 0, 0, -1, normalize).unwrap();
            assert_eq!((delta.get_days(), delta.get_seconds(), delta.get_microseconds()), (-1, 86_399, 999_999));
        }
        let delta = PyDelta::new(py, -1_000_000_000, i32::MAX, i32::MAX, true).unwrap();
        assert_eq!((delta.get_days(), delta.get_seconds(), delta.get_microseconds()), (-999_975_145, 13_794, 483_647));
        for (days, seconds, microseconds) in [
            (1_000_000_000, 0, 0),
            (i32::MAX, i32::MAX, i32::MAX),
            (i32::MIN, i32::MIN, i32::MIN),
            (999_999_999, 86_400, 0),
            (-999_999_999, -1, 0),
        ] {
            let error = PyDelta::new(py, days, seconds, microseconds, true).unwrap_err();
            assert!(error.is_instance_of::<PyOverflowError>(py), "{error}");
        }
    });
}

#[test]
fn a_subclass_is_not_asked() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
import datetime
class D(datetime.date):
    day = property(lambda self: 1 / 0)
class T(datetime.datetime):
    hour = minute = tzinfo = fold = property(lambda self: 'x')
class L(datetime.timedelta):
    days = 'many'
",
        );
        let date = eval(&scope, c"D(1, 2, 3)").cast_into::<PyDate>().unwrap();
        assert_eq!(date.get_day(), 3);
        let time = eval(&scope, c"T(1, 2, 3, 4, 5)").cast_into::<PyDateTime>().unwrap();
        assert_eq!((time.get_hour(), time.get_minute(), time.get_fold()), (4, 5, false));
        assert!(time.get_tzinfo().is_none());
        let delta = eval(&scope, c"L(3)").cast_into::<PyDelta>().unwrap();
        assert_eq!(delta.get_days(), 3);
        assert_eq!(delta.extract::<Duration>().unwrap(), Duration::from_secs(3 * 24 * 60 * 60));
    });
}

#[test]
fn types_are_told_apart() {
    Python::attach(|py| {
        let date = PyDate::new(py, 1, 1, 1).unwrap().into_any();
        let time = PyDateTime::new(py, 1, 1, 1, 0, 0, 0, 0, None).unwrap().into_any();
        assert!(date.is_instance_of::<PyDate>() && !date.is_instance_of::<PyDateTime>());
        assert!(time.is_instance_of::<PyDate>() && !time.is_exact_instance_of::<PyDate>());
        assert!(time.is_exact_instance_of::<PyDateTime>() && !time.is_instance_of::<PyTime>());
        let error = PyErr::from(date.cast::<PyDelta>().unwrap_err());
        assert!(error.is_instance_of::<PyTypeError>(py));
        assert_eq!(error.value(py).to_string(), "'date' object is not an instance of 'timedelta'");
        assert!(py.get_type::<PyTzInfo>().name().unwrap() == "tzinfo");
    });
}

#[test]
fn time_zones_are_made() {
    Python::attach(|py| {
        let hour = PyDelta::new(py, 0, 3600, 0, true).unwrap();
        let zone = PyTzInfo::fixed_offset(py, &hour).unwrap();
        assert_eq!(zone.str().unwrap(), "UTC+01:00");
        let day = PyDelta::new(py, 1, 0, 0, true).unwrap();
        assert!(PyTzInfo::fixed_offset(py, &day).unwrap_err().is_instance_of::<PyValueError>(py));
        assert!(PyTzInfo::utc(py).unwrap().is(PyTzInfo::utc(py).unwrap()));
    });
}

#[test]
fn durations_and_system_times_convert() {
    Python::attach(|py| {
        let duration = Duration::new(100_000, 5_999);
        let delta = duration.into_pyobject(py).unwrap();
        assert_eq!((delta.get_days(), delta.get_seconds(), delta.get_microseconds()), (1, 13_600, 5));
        assert_eq!(delta.extract::<Duration>().unwrap(), Duration::new(100_000, 5_000));
        assert!(Duration::MAX.into_pyobject(py).is_err());
        let negative = PyDelta::new(py, -1, 0, 0, true).unwrap();
        assert!(negative.extract::<Duration>().unwrap_err().is_instance_of::<PyValueError>(py));
        let time = SystemTime::UNIX_EPOCH + Duration::new(1, 500_000_000);
        let object = time.into_pyobject(py).unwrap();
        assert_eq!(object.str().unwrap(), "1970-01-01 00:00:01.500000+00:00");
        assert_eq!(object.extract::<SystemTime>().unwrap(), time);
        let before = (SystemTime::UNIX_EPOCH - Duration::from_secs(1)).into_pyobject(py).unwrap();
        assert_eq!(before.str().unwrap(), "1969-12-31 23:59:59+00:00");
    });
}
