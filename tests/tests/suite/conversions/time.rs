//! `time`: dates, times, durations, offsets.

use proptest::prelude::*;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time, UtcDateTime, UtcOffset};

use super::{becomes, becomes_nothing, refuses, scope_of_modules};
use pyo3_tests::{eval, raises, run};

fn scope(py: Python<'_>) -> Bound<'_, PyDict> {
    scope_of_modules(py, &["datetime"])
}

fn date() -> impl Strategy<Value = Date> {
    let first = Date::from_ordinal_date(1, 1).unwrap();
    (0..3_652_059i64).prop_map(move |day| first + Duration::days(day))
}

fn time() -> impl Strategy<Value = Time> {
    (0..24u8, 0..60u8, 0..60u8, 0..1_000_000u32)
        .prop_map(|(hour, minute, second, micro)| Time::from_hms_micro(hour, minute, second, micro).unwrap())
}

fn date_code(date: Date) -> String {
    format!("{}, {}, {}", date.year(), u8::from(date.month()), date.day())
}

fn time_code(time: Time) -> String {
    let (hour, minute, second, micro) = time.as_hms_micro();
    format!("{hour}, {minute}, {second}, {micro}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_date_and_time(date in date(), time in time(), offset in -86_399..86_400i32) {
        Python::attach(|py| {
            let scope = scope(py);
            let (day, clock) = (date_code(date), time_code(time));
            both_ways!(&scope, &date, &format!("date({day})"));
            both_ways!(&scope, &time, &format!("time({clock})"));
            let naive = PrimitiveDateTime::new(date, time);
            both_ways!(&scope, &naive, &format!("datetime({day}, {clock})"));
            both_ways!(&scope, &UtcDateTime::new(date, time), &format!("datetime({day}, {clock}, timezone.utc)"));
            let zone = UtcOffset::from_whole_seconds(offset).unwrap();
            let code = format!("timezone(timedelta(seconds={offset}))");
            both_ways!(&scope, &zone, &code);
            both_ways!(&scope, &naive.assume_offset(zone), &format!("datetime({day}, {clock}, {code})"));
        });
    }

    #[test]
    fn any_duration(days in -999_999_999..=999_999_999i64, seconds in 0..86_400i64, micro in 0..1_000_000i64) {
        Python::attach(|py| {
            let duration = Duration::days(days) + Duration::seconds(seconds) + Duration::microseconds(micro);
            both_ways!(&scope(py), &duration, &*format!("timedelta({days}, {seconds}, {micro})"));
        });
    }
}

#[test]
fn bounds() {
    Python::attach(|py| {
        let scope = scope(py);
        for (year, code) in [(0, c"date(0, 1, 1)"), (-5, c"date(-5, 1, 1)")] {
            let message = &raises(&scope, code).to_string();
            assert!(message.starts_with("ValueError: year "), "{message}");
            let date = Date::from_ordinal_date(year, 1).unwrap();
            becomes_nothing(py, date, message);
            becomes_nothing(py, PrimitiveDateTime::new(date, Time::MIDNIGHT), message);
            becomes_nothing(py, UtcDateTime::new(date, Time::MIDNIGHT), message);
        }
        both_ways!(&scope, &(Duration::days(1_000_000_000) - Duration::microseconds(1)), "timedelta.max");
        both_ways!(&scope, &Duration::days(-999_999_999), "timedelta.min");
        becomes_nothing(py, Duration::days(1_000_000_000), &raises(&scope, c"timedelta(1000000000)").to_string());
        for far in [Duration::MAX, Duration::MIN] {
            becomes_nothing(py, far, "OverflowError: duration out of range for Python timedelta");
        }
        // In Rust, offsets can exceed a day.
        let error = UtcOffset::from_whole_seconds(90_000).unwrap().into_pyobject(py).unwrap_err();
        assert!(error.is_instance_of::<pyo3::exceptions::PyValueError>(py), "{error}");
    });
}

#[test]
fn nanoseconds_are_cut_off() {
    Python::attach(|py| {
        let scope = scope(py);
        becomes(&scope, Duration::nanoseconds(1999), "timedelta(microseconds=1)");
        becomes(&scope, Duration::nanoseconds(-1999), "timedelta(microseconds=-1)");
        becomes(&scope, Time::from_hms_nano(1, 2, 3, 4999).unwrap(), "time(1, 2, 3, 4)");
    });
}

#[test]
fn what_has_a_time_zone_and_what_has_none() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Varying(tzinfo):
    def utcoffset(self, when): return None
    def __repr__(self): return 'Varying'
",
        );
        let aware = "datetime(2000, 1, 1, tzinfo=timezone(timedelta(hours=1)))";
        refuses::<PrimitiveDateTime>(&scope, aware, "TypeError: expected a datetime without tzinfo");
        refuses::<UtcDateTime>(&scope, aware, "ValueError: expected a datetime with UTC timezone");
        let none = "TypeError: expected a datetime with non-None tzinfo";
        refuses::<OffsetDateTime>(&scope, "datetime(2000, 1, 1)", none);
        refuses::<UtcDateTime>(&scope, "datetime(2000, 1, 1)", none);
        let varying = "TypeError: Varying is not a fixed offset timezone";
        refuses::<UtcOffset>(&scope, "Varying()", varying);
        refuses::<OffsetDateTime>(&scope, "datetime(2000, 1, 1, tzinfo=Varying())", varying);
    });
}

#[test]
fn other_types_are_refused() {
    Python::attach(|py| {
        let scope = scope(py);
        refuses::<Date>(&scope, "'x'", "TypeError: 'str' object is not an instance of 'date'");
        refuses::<Time>(&scope, "datetime(2000, 1, 1)", "TypeError: 'datetime' object is not an instance of 'time'");
        refuses::<OffsetDateTime>(
            &scope,
            "date(2000, 1, 1)",
            "TypeError: 'date' object is not an instance of 'datetime'",
        );
        refuses::<Duration>(&scope, "5", "TypeError: 'int' object is not an instance of 'timedelta'");
        refuses::<UtcOffset>(&scope, "5", "TypeError: 'int' object is not an instance of 'tzinfo'");
        let date: Date = eval(&scope, c"datetime(2000, 1, 2, 3)").extract().unwrap();
        assert_eq!(date, Date::from_ordinal_date(2000, 2).unwrap());
    });
}
