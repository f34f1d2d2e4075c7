//! The module `datetime`: dates, times of day, durations and time zones.

use crate::provided::{self, infallible, of_kind};
use crate::{Attached, Backend, Kind, Outcome, Owned, Ref, RefOps, kind};

/// The types of `datetime` for which the frontend has a type of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateTimeType {
    /// `datetime.date`
    Date,
    /// `datetime.datetime`, a subclass of `datetime.date`
    DateTime,
    /// `datetime.time`
    Time,
    /// `datetime.timedelta`
    Delta,
    /// `datetime.tzinfo`
    TzInfo,
}

impl DateTimeType {
    /// Returns the name in the module.
    pub const fn name(self) -> &'static str {
        match self {
            DateTimeType::Date => "date",
            DateTimeType::DateTime => "datetime",
            DateTimeType::Time => "time",
            DateTimeType::Delta => "timedelta",
            DateTimeType::TzInfo => "tzinfo",
        }
    }
}

/// A kind whose objects have a year, a month and a day.
pub trait HasDate: Kind {
    /// The type that has these fields.
    const TYPE: DateTimeType;
}

impl HasDate for kind::Date {
    const TYPE: DateTimeType = DateTimeType::Date;
}

impl HasDate for kind::DateTime {
    const TYPE: DateTimeType = DateTimeType::DateTime;
}

/// A kind whose objects have a time of day and an optional time zone.
pub trait HasTime: Kind {
    /// The type that has these fields.
    const TYPE: DateTimeType;
}

impl HasTime for kind::Time {
    const TYPE: DateTimeType = DateTimeType::Time;
}

impl HasTime for kind::DateTime {
    const TYPE: DateTimeType = DateTimeType::DateTime;
}

macro_rules! fields {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident = $attribute:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$field_doc])* $field,)+
        }

        impl $name {
            /// Returns the name of the attribute.
            pub const fn name(self) -> &'static str {
                match self {
                    $($name::$field => $attribute,)+
                }
            }
        }
    };
}

fields! {
    /// The parts of a date.
    DateField {
        /// From 1 to 9999.
        Year = "year",
        /// From 1 to 12.
        Month = "month",
        /// From 1 to 31.
        Day = "day",
    }
}

fields! {
    /// The parts of a time of day.
    TimeField {
        /// From 0 to 23.
        Hour = "hour",
        /// From 0 to 59.
        Minute = "minute",
        /// From 0 to 59.
        Second = "second",
        /// From 0 to 999999.
        Microsecond = "microsecond",
        /// 1 for the second of two equal times when clocks are set back, otherwise 0.
        Fold = "fold",
    }
}

fields! {
    /// The parts of a duration. Only the days may be negative.
    DeltaField {
        /// From -999999999 to 999999999.
        Days = "days",
        /// From 0 to 86399.
        Seconds = "seconds",
        /// From 0 to 999999.
        Microseconds = "microseconds",
    }
}

/// A date. The operation that takes it checks that there is such a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateParts {
    /// The year.
    pub year: i32,
    /// The month.
    pub month: u8,
    /// The day of the month.
    pub day: u8,
}

/// A time of day. The operation that takes it checks that there is such a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeParts {
    /// The hour.
    pub hour: u8,
    /// The minute.
    pub minute: u8,
    /// The second.
    pub second: u8,
    /// The microsecond.
    pub microsecond: u32,
    /// Whether this is the second of two equal times when clocks are set back.
    pub fold: bool,
}

/// Operations on dates, times of day, durations and time zones.
///
/// They read fields from the object itself: they ignore what a subclass overrides. All are provided, through the types
/// of the module.
///
/// Names begin with `datetime_`, `date_`, `time_` or `delta_`.
pub trait DateTimeOps: RefOps {
    /// Returns a type of the module.
    ///
    /// Runs Python: yes (the module is imported once). Errors: what importing raises. Override to cache the type.
    /// CPython: `PyDateTimeAPI`. RustPython: imports the module once.
    fn datetime_type<'py>(
        py: Attached<'py, Self>,
        which: DateTimeType,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Type>>
    where
        Self: Backend,
    {
        provided::member(py, "datetime", which.name()).and_then(of_kind)
    }

    /// Returns whether `object` is an instance of a type of the module or of a subclass. Returns `false` if the module
    /// cannot be imported.
    ///
    /// Runs Python: yes (the module is imported once). CPython: `PyDate_Check` and its like. RustPython: as provided.
    fn datetime_check(py: Attached<'_, Self>, object: Ref<'_, Self>, which: DateTimeType) -> bool
    where
        Self: Backend,
    {
        match Self::datetime_type(py, which) {
            Ok(class) => Self::type_is_subtype(py, Self::type_of(py, object), class.as_ref()),
            Err(raised) => {
                Self::error_discard(raised);
                false
            }
        }
    }

    /// Returns a part of a date.
    ///
    /// Runs Python: no. CPython: `PyDateTime_GET_YEAR` and its like. RustPython: the type's attribute.
    fn date_field<K: HasDate>(py: Attached<'_, Self>, date: Ref<'_, Self, K>, field: DateField) -> i32
    where
        Self: Backend,
    {
        infallible(py, number(py, K::TYPE, field.name(), date.any()))
    }

    /// Returns a part of a time of day.
    ///
    /// Runs Python: no. CPython: `PyDateTime_TIME_GET_HOUR` and its like. RustPython: the type's attribute.
    fn time_field<K: HasTime>(py: Attached<'_, Self>, time: Ref<'_, Self, K>, field: TimeField) -> i32
    where
        Self: Backend,
    {
        infallible(py, number(py, K::TYPE, field.name(), time.any()))
    }

    /// Returns a part of a duration.
    ///
    /// Runs Python: no. CPython: `PyDateTime_DELTA_GET_DAYS` and its like. RustPython: the type's attribute.
    fn delta_field(py: Attached<'_, Self>, delta: Ref<'_, Self, kind::Delta>, field: DeltaField) -> i32
    where
        Self: Backend,
    {
        infallible(py, number(py, DateTimeType::Delta, field.name(), delta.any()))
    }

    /// Returns the time zone of a time of day, if it has one.
    ///
    /// Runs Python: no.
    /// CPython: `PyDateTime_DATE_GET_TZINFO`, `PyDateTime_TIME_GET_TZINFO`. RustPython: the type's attribute.
    fn time_zone<'py, K: HasTime>(
        py: Attached<'py, Self>,
        time: Ref<'_, Self, K>,
    ) -> Option<Owned<'py, Self, kind::TzInfo>>
    where
        Self: Backend,
    {
        let zone = infallible(py, member(py, K::TYPE, "tzinfo", time.any()));
        if zone.as_ref().is(Self::constant_none(py)) {
            return None;
        }
        Some(infallible(py, of_kind(zone)))
    }

    /// Returns `datetime.date(year, month, day)`.
    ///
    /// Runs Python: yes (the module is imported once). Errors: `ValueError` if there is no such day.
    /// CPython: `PyDate_FromDate`. RustPython: as provided.
    fn date_new<'py>(py: Attached<'py, Self>, date: DateParts) -> Outcome<'py, Self, Owned<'py, Self, kind::Date>>
    where
        Self: Backend,
    {
        let class = Self::datetime_type(py, DateTimeType::Date)?;
        let arguments = date_arguments(py, date);
        let arguments = arguments.each_ref().map(|part| part.as_ref().any());
        provided::call(py, class.as_ref().any(), &arguments).and_then(of_kind)
    }

    /// Returns `datetime.datetime(year, month, day, hour, minute, second, microsecond, zone, fold=fold)`.
    ///
    /// Runs Python: yes (the module is imported once). Errors: `ValueError` if there is no such time.
    /// CPython: `DateTime_FromDateAndTimeAndFold`. RustPython: as provided.
    fn datetime_new<'py>(
        py: Attached<'py, Self>,
        date: DateParts,
        time: TimeParts,
        zone: Option<Ref<'_, Self, kind::TzInfo>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::DateTime>>
    where
        Self: Backend,
    {
        let (date, day_time) = (date_arguments(py, date), time_arguments(py, time));
        let zone = zone.map_or_else(|| Self::constant_none(py), Ref::any);
        let parts = date.iter().chain(&day_time).map(|part| part.as_ref().any()).chain([zone]);
        let arguments = provided::tuple(py, &parts.collect::<Vec<_>>());
        with_fold(py, DateTimeType::DateTime, arguments.as_ref(), time.fold).and_then(of_kind)
    }

    /// Returns `datetime.time(hour, minute, second, microsecond, zone, fold=fold)`.
    ///
    /// Runs Python: yes (the module is imported once). Errors: `ValueError` if there is no such time.
    /// CPython: `Time_FromTimeAndFold`. RustPython: as provided.
    fn time_new<'py>(
        py: Attached<'py, Self>,
        time: TimeParts,
        zone: Option<Ref<'_, Self, kind::TzInfo>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Time>>
    where
        Self: Backend,
    {
        let day_time = time_arguments(py, time);
        let zone = zone.map_or_else(|| Self::constant_none(py), Ref::any);
        let parts = day_time.iter().map(|part| part.as_ref().any()).chain([zone]);
        let arguments = provided::tuple(py, &parts.collect::<Vec<_>>());
        with_fold(py, DateTimeType::Time, arguments.as_ref(), time.fold).and_then(of_kind)
    }

    /// Returns `datetime.timedelta(days, seconds, microseconds)`. Parts that are out of range carry over into larger
    /// ones.
    ///
    /// Runs Python: yes (the module is imported once). Errors: `OverflowError` if it is longer than 999999999 days.
    /// CPython: `Delta_FromDelta`. RustPython: as provided.
    fn delta_new<'py>(
        py: Attached<'py, Self>,
        days: i32,
        seconds: i32,
        microseconds: i32,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Delta>>
    where
        Self: Backend,
    {
        let class = Self::datetime_type(py, DateTimeType::Delta)?;
        let arguments = [days, seconds, microseconds].map(|part| Self::int_from_i64(py, part.into()));
        let arguments = arguments.each_ref().map(|part| part.as_ref().any());
        provided::call(py, class.as_ref().any(), &arguments).and_then(of_kind)
    }

    /// Returns `datetime.timezone(offset)`.
    ///
    /// Runs Python: yes (the module is imported once). Errors: `ValueError` if the offset is a day or more.
    /// CPython: `PyTimeZone_FromOffset`. RustPython: as provided.
    fn time_zone_from_offset<'py>(
        py: Attached<'py, Self>,
        offset: Ref<'_, Self, kind::Delta>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::TzInfo>>
    where
        Self: Backend,
    {
        provided::function(py, "datetime", "timezone", &[offset.any()]).and_then(of_kind)
    }
}

/// Returns an attribute of an object as the type itself defines it.
fn member<'py, B: Backend>(
    py: Attached<'py, B>,
    which: DateTimeType,
    name: &str,
    object: Ref<'_, B>,
) -> Outcome<'py, B, Owned<'py, B>> {
    let class = B::datetime_type(py, which)?;
    let descriptor = provided::attribute(py, class.as_ref().any(), name)?;
    provided::special(py, descriptor.as_ref(), "__get__", &[object])
}

/// Returns a numeric attribute of an object.
fn number<'py, B: Backend>(
    py: Attached<'py, B>,
    which: DateTimeType,
    name: &str,
    object: Ref<'_, B>,
) -> Outcome<'py, B, i32> {
    let value = member(py, which, name, object)?;
    // The type keeps all of them in range.
    B::int_to_i64(py, value.as_ref()).map(|value| value as i32)
}

fn date_arguments<B: Backend>(py: Attached<'_, B>, date: DateParts) -> [Owned<'_, B, kind::Int>; 3] {
    let DateParts { year, month, day } = date;
    [year, month.into(), day.into()].map(|part| B::int_from_i64(py, part.into()))
}

fn time_arguments<B: Backend>(py: Attached<'_, B>, time: TimeParts) -> [Owned<'_, B, kind::Int>; 4] {
    let TimeParts { hour, minute, second, microsecond, fold: _ } = time;
    // What does not fit in a C `int` is out of range, too, and the constructor rejects it with the same message.
    let microsecond = microsecond.min(i32::MAX as u32);
    [hour.into(), minute.into(), second.into(), microsecond].map(|part: u32| B::int_from_i64(py, part.into()))
}

/// Calls a type, with the keyword argument `fold` if it is not 0.
fn with_fold<'py, B: Backend>(
    py: Attached<'py, B>,
    which: DateTimeType,
    arguments: Ref<'_, B, kind::Tuple>,
    fold: bool,
) -> Outcome<'py, B, Owned<'py, B>> {
    let class = B::datetime_type(py, which)?;
    if !fold {
        return B::call(py, class.as_ref().any(), arguments, None);
    }
    let (keywords, name, value) = (B::dict_new(py), B::str_from_utf8(py, "fold"), B::int_from_i64(py, 1));
    B::dict_set(py, keywords.as_ref(), name.as_ref().any(), value.as_ref().any())?;
    B::call(py, class.as_ref().any(), arguments, Some(keywords.as_ref()))
}
