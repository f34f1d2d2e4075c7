//! The module `datetime`, through its C interface. The limited API has none: there, the default bodies are used.

#[cfg(Py_LIMITED_API)]
impl pyo3_backend::DateTimeOps for crate::CPython {}

#[cfg(not(Py_LIMITED_API))]
mod capsule {
    use pyo3_backend::{
        DateField, DateParts, DateTimeOps, DateTimeType, DeltaField, ExceptionType, HasDate, HasTime, TimeField,
        TimeParts, kind,
    };
    use pyo3_ffi as ffi;

    use crate::convert::{borrowed, clone_borrowed, owned, raw};
    use crate::{At, CPython, Outcome, Owned, Raised, Ref};

    /// Returns the C interface of the module, which the first call imports.
    #[inline]
    fn interface(py: At<'_>) -> Outcome<'_, &'static ffi::PyDateTime_CAPI> {
        // SAFETY: the pointer is null, or points to a structure that lives as long as the process.
        match unsafe { ffi::PyDateTimeAPI().as_ref() } {
            Some(interface) => Ok(interface),
            None => imported(py),
        }
    }

    #[cold]
    fn imported(py: At<'_>) -> Outcome<'_, &'static ffi::PyDateTime_CAPI> {
        // SAFETY: attached, and the pointer is as above. Null means that the import failed, with an exception set.
        unsafe {
            ffi::PyDateTime_IMPORT();
            ffi::PyDateTimeAPI().as_ref().ok_or_else(|| Raised::assume(py))
        }
    }

    #[inline]
    fn class(interface: &ffi::PyDateTime_CAPI, which: DateTimeType) -> *mut ffi::PyTypeObject {
        match which {
            DateTimeType::Date => interface.DateType,
            DateTimeType::DateTime => interface.DateTimeType,
            DateTimeType::Time => interface.TimeType,
            DateTimeType::Delta => interface.DeltaType,
            DateTimeType::TzInfo => interface.TZInfoType,
        }
    }

    /// Returns the pointer of a time zone or of `None`, for the constructors.
    #[inline]
    fn zone_or_none(zone: Option<Ref<'_, kind::TzInfo>>) -> *mut ffi::PyObject {
        // SAFETY: attached; `None` is never freed.
        zone.map_or_else(|| unsafe { ffi::Py_None() }, raw)
    }

    /// Carries microseconds into seconds, and seconds into days.
    ///
    /// # Errors
    ///
    /// `OverflowError` if there are more days than a C `int` holds.
    #[cold]
    fn normalized(py: At<'_>, days: i32, seconds: i32, microseconds: i32) -> Outcome<'_, (i32, i32, i32)> {
        let seconds = i64::from(seconds) + i64::from(microseconds.div_euclid(1_000_000));
        let days = i64::from(days) + seconds.div_euclid(86_400);
        match i32::try_from(days) {
            Ok(days) => Ok((days, seconds.rem_euclid(86_400) as i32, microseconds.rem_euclid(1_000_000))),
            Err(_) => {
                let message = c"Python int too large to convert to C int";
                Err(Raised::with_message(py, ExceptionType::OverflowError, message))
            }
        }
    }

    impl DateTimeOps for CPython {
        fn datetime_type<'py>(py: At<'py>, which: DateTimeType) -> Outcome<'py, Owned<'py, kind::Type>> {
            let class = class(interface(py)?, which);
            // SAFETY: a type of the module, which the interface keeps alive.
            Ok(unsafe { borrowed::<kind::Type>(class.cast()) }.to_owned(py))
        }

        #[inline]
        fn datetime_check(py: At<'_>, object: Ref<'_>, which: DateTimeType) -> bool {
            match interface(py) {
                // SAFETY: a live object, and a type that the interface keeps alive.
                Ok(interface) => unsafe { ffi::PyObject_TypeCheck(raw(object), class(interface, which)) != 0 },
                Err(raised) => {
                    drop(raised);
                    false
                }
            }
        }

        #[inline]
        fn date_field<K: HasDate>(_py: At<'_>, date: Ref<'_, K>, field: DateField) -> i32 {
            let date = raw(date);
            // SAFETY: a date by its kind.
            unsafe {
                match field {
                    DateField::Year => ffi::PyDateTime_GET_YEAR(date),
                    DateField::Month => ffi::PyDateTime_GET_MONTH(date),
                    DateField::Day => ffi::PyDateTime_GET_DAY(date),
                }
            }
        }

        #[inline]
        fn time_field<K: HasTime>(_py: At<'_>, time: Ref<'_, K>, field: TimeField) -> i32 {
            let time = raw(time);
            // SAFETY: a `datetime` or a `time` by its kind. Their layouts differ.
            unsafe {
                match (K::TYPE, field) {
                    (DateTimeType::DateTime, TimeField::Hour) => ffi::PyDateTime_DATE_GET_HOUR(time),
                    (DateTimeType::DateTime, TimeField::Minute) => ffi::PyDateTime_DATE_GET_MINUTE(time),
                    (DateTimeType::DateTime, TimeField::Second) => ffi::PyDateTime_DATE_GET_SECOND(time),
                    (DateTimeType::DateTime, TimeField::Microsecond) => ffi::PyDateTime_DATE_GET_MICROSECOND(time),
                    (DateTimeType::DateTime, TimeField::Fold) => ffi::PyDateTime_DATE_GET_FOLD(time).into(),
                    (_, TimeField::Hour) => ffi::PyDateTime_TIME_GET_HOUR(time),
                    (_, TimeField::Minute) => ffi::PyDateTime_TIME_GET_MINUTE(time),
                    (_, TimeField::Second) => ffi::PyDateTime_TIME_GET_SECOND(time),
                    (_, TimeField::Microsecond) => ffi::PyDateTime_TIME_GET_MICROSECOND(time),
                    (_, TimeField::Fold) => ffi::PyDateTime_TIME_GET_FOLD(time).into(),
                }
            }
        }

        #[inline]
        fn delta_field(_py: At<'_>, delta: Ref<'_, kind::Delta>, field: DeltaField) -> i32 {
            let delta = raw(delta);
            // SAFETY: a duration by its kind.
            unsafe {
                match field {
                    DeltaField::Days => ffi::PyDateTime_DELTA_GET_DAYS(delta),
                    DeltaField::Seconds => ffi::PyDateTime_DELTA_GET_SECONDS(delta),
                    DeltaField::Microseconds => ffi::PyDateTime_DELTA_GET_MICROSECONDS(delta),
                }
            }
        }

        #[inline]
        fn time_zone<'py, K: HasTime>(py: At<'py>, time: Ref<'_, K>) -> Option<Owned<'py, kind::TzInfo>> {
            // SAFETY: a `datetime` or a `time` by its kind, which keeps its time zone or `None` alive.
            unsafe {
                let zone = match K::TYPE {
                    DateTimeType::DateTime => ffi::PyDateTime_DATE_GET_TZINFO(raw(time)),
                    _ => ffi::PyDateTime_TIME_GET_TZINFO(raw(time)),
                };
                if zone == ffi::Py_None() { None } else { clone_borrowed(py, zone) }
            }
        }

        #[inline]
        fn date_new<'py>(py: At<'py>, date: DateParts) -> Outcome<'py, Owned<'py, kind::Date>> {
            let interface = interface(py)?;
            let (month, day) = (date.month.into(), date.day.into());
            // SAFETY: attached, with the module's own type; the result is a new reference, or null with an exception
            // set.
            unsafe { owned(py, (interface.Date_FromDate)(date.year, month, day, interface.DateType)) }
        }

        #[inline]
        fn datetime_new<'py>(
            py: At<'py>,
            date: DateParts,
            time: TimeParts,
            zone: Option<Ref<'_, kind::TzInfo>>,
        ) -> Outcome<'py, Owned<'py, kind::DateTime>> {
            let interface = interface(py)?;
            let make = interface.DateTime_FromDateAndTimeAndFold;
            // SAFETY: attached, with the module's own type and a time zone or `None`; the result is as above.
            unsafe {
                let time_of_day = make(
                    date.year,
                    date.month.into(),
                    date.day.into(),
                    time.hour.into(),
                    time.minute.into(),
                    time.second.into(),
                    microsecond(time),
                    zone_or_none(zone),
                    time.fold.into(),
                    interface.DateTimeType,
                );
                owned(py, time_of_day)
            }
        }

        #[inline]
        fn time_new<'py>(
            py: At<'py>,
            time: TimeParts,
            zone: Option<Ref<'_, kind::TzInfo>>,
        ) -> Outcome<'py, Owned<'py, kind::Time>> {
            let interface = interface(py)?;
            let make = interface.Time_FromTimeAndFold;
            // SAFETY: attached, with the module's own type and a time zone or `None`; the result is as above.
            unsafe {
                let time_of_day = make(
                    time.hour.into(),
                    time.minute.into(),
                    time.second.into(),
                    microsecond(time),
                    zone_or_none(zone),
                    time.fold.into(),
                    interface.TimeType,
                );
                owned(py, time_of_day)
            }
        }

        #[inline]
        fn delta_new<'py>(
            py: At<'py>,
            days: i32,
            seconds: i32,
            microseconds: i32,
        ) -> Outcome<'py, Owned<'py, kind::Delta>> {
            let interface = interface(py)?;
            // Most parts are in range. CPython's own normalization overflows near the ends of C's `int`.
            let in_range = (0..86_400).contains(&seconds) && (0..1_000_000).contains(&microseconds);
            let (days, seconds, microseconds) =
                if in_range { (days, seconds, microseconds) } else { normalized(py, days, seconds, microseconds)? };
            // SAFETY: attached, with the module's own type; the result is as above.
            unsafe { owned(py, (interface.Delta_FromDelta)(days, seconds, microseconds, 0, interface.DeltaType)) }
        }

        fn time_zone_from_offset<'py>(
            py: At<'py>,
            offset: Ref<'_, kind::Delta>,
        ) -> Outcome<'py, Owned<'py, kind::TzInfo>> {
            let make = interface(py)?.TimeZone_FromTimeZone;
            // SAFETY: attached, with a duration; the result is as above.
            unsafe { owned(py, make(raw(offset), core::ptr::null_mut())) }
        }
    }

    /// Returns the microsecond for C. A value that C cannot hold is out of range anyway.
    #[inline]
    fn microsecond(time: TimeParts) -> core::ffi::c_int {
        time.microsecond.try_into().unwrap_or(core::ffi::c_int::MAX)
    }
}
