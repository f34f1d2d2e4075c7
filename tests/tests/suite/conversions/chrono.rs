//! `chrono`: dates, times, durations, offsets.

use chrono::{
    DateTime, Datelike, Duration, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc,
};
use proptest::prelude::*;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{becomes, becomes_nothing, refuses, scope_of_modules};
use pyo3_tests::{eval, raises, run};

fn scope(py: Python<'_>) -> Bound<'_, PyDict> {
    scope_of_modules(py, &["datetime"])
}

fn date() -> impl Strategy<Value = NaiveDate> {
    // From the first to the last day of Python's calendar.
    (1..=3_652_059).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).unwrap())
}

fn time() -> impl Strategy<Value = NaiveTime> {
    (0..86_400u32, 0..1_000_000u32)
        .prop_map(|(second, micro)| NaiveTime::from_num_seconds_from_midnight_opt(second, 1000 * micro).unwrap())
}

fn date_code(date: NaiveDate) -> String {
    format!("date({}, {}, {})", date.year(), date.month(), date.day())
}

fn datetime_code(time: NaiveDateTime, zone: &str) -> String {
    let (date, micro) = (time.date(), time.nanosecond() / 1000);
    format!(
        "datetime({}, {}, {}, {}, {}, {}, {micro}, {zone})",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_date_and_time(date in date(), time in time(), offset in -86_399..86_400i32) {
        Python::attach(|py| {
            let scope = scope(py);
            both_ways!(&scope, &date, &date_code(date));
            let micro = time.nanosecond() / 1000;
            both_ways!(
                &scope,
                &time,
                &format!("time({}, {}, {}, {micro})", time.hour(), time.minute(), time.second()),
            );
            let naive = date.and_time(time);
            both_ways!(&scope, &naive, &datetime_code(naive, "None"));
            both_ways!(&scope, &naive.and_utc(), &datetime_code(naive, "timezone.utc"));
            let zone = FixedOffset::east_opt(offset).unwrap();
            let code = format!("timezone(timedelta(seconds={offset}))");
            both_ways!(&scope, &zone, &code);
            both_ways!(&scope, &zone.from_local_datetime(&naive).unwrap(), &datetime_code(naive, &code));
        });
    }

    #[test]
    fn any_duration(days in -999_999_999..=999_999_999i64, seconds in 0..86_400i64, micro in 0..1_000_000i64) {
        Python::attach(|py| {
            let duration = Duration::days(days) + Duration::seconds(seconds) + Duration::microseconds(micro);
            both_ways!(&scope(py), &duration, &*format!("timedelta({days}, {seconds}, {micro})"));
        });
    }

    #[test]
    fn arithmetic_agrees(date in date(), time in time(), micro in -1_000_000_000_000_000..1_000_000_000_000_000i64) {
        Python::attach(|py| {
            let (start, length) = (date.and_time(time), Duration::microseconds(micro));
            let end = start + length;
            prop_assume!((1..=9999).contains(&end.year()));
            let sum = start.into_pyobject(py).unwrap().as_any().add(length).unwrap();
            prop_assert_eq!(sum.extract::<NaiveDateTime>().unwrap(), end);
            Ok(())
        })?;
    }
}

#[test]
fn bounds() {
    Python::attach(|py| {
        let scope = scope(py);
        both_ways!(&scope, &NaiveDate::from_ymd_opt(1, 1, 1).unwrap(), "date.min");
        both_ways!(&scope, &NaiveDate::from_ymd_opt(9999, 12, 31).unwrap(), "date.max");
        for (year, code) in [(0, c"date(0, 1, 1)"), (-5, c"date(-5, 1, 1)"), (10000, c"date(10000, 1, 1)")] {
            let message = &raises(&scope, code).to_string();
            assert!(message.starts_with("ValueError: year "), "{message}");
            let date = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let naive = date.and_time(NaiveTime::MIN);
            becomes_nothing(py, date, message);
            becomes_nothing(py, naive, message);
            becomes_nothing(py, naive.and_utc(), message);
        }
        let max = "timedelta.max";
        assert_eq!(eval(&scope, c"timedelta.max").extract::<Duration>().unwrap().num_days(), 999_999_999);
        both_ways!(&scope, &(Duration::days(1_000_000_000) - Duration::microseconds(1)), max);
        both_ways!(&scope, &Duration::days(-999_999_999), "timedelta.min");
        let over = |code| raises(&scope, code).to_string();
        becomes_nothing(py, Duration::days(1_000_000_000), &over(c"timedelta(1000000000)"));
        becomes_nothing(py, Duration::days(-1_000_000_000), &over(c"timedelta(-1000000000)"));
        for far in [Duration::MAX, Duration::MIN] {
            let error = far.into_pyobject(py).unwrap_err();
            assert!(error.is_instance_of::<pyo3::exceptions::PyOverflowError>(py), "{error}");
        }
    });
}

#[test]
fn nanoseconds_are_cut_off() {
    Python::attach(|py| {
        let scope = scope(py);
        becomes(&scope, Duration::nanoseconds(1999), "timedelta(microseconds=1)");
        becomes(&scope, Duration::nanoseconds(-1999), "timedelta(microseconds=-1)");
        becomes(&scope, Duration::nanoseconds(-1), "timedelta(0)");
        becomes(&scope, NaiveTime::from_hms_nano_opt(1, 2, 3, 4999).unwrap(), "time(1, 2, 3, 4)");
        becomes(
            &scope,
            Utc.timestamp_nanos(1_500_000_000_123_456_789),
            "datetime(2017, 7, 14, 2, 40, 0, 123456, timezone.utc)",
        );
    });
}

#[test]
fn leap_seconds_are_warned_of() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"import warnings; caught = warnings.catch_warnings(record=True); log = caught.__enter__(); warnings.simplefilter('always')");
        let time = NaiveTime::from_hms_micro_opt(23, 59, 59, 1_500_000).unwrap();
        becomes(&scope, time, "time(23, 59, 59, 500000)");
        let naive = NaiveDate::from_ymd_opt(2016, 12, 31).unwrap().and_time(time);
        becomes(&scope, naive, "datetime(2016, 12, 31, 23, 59, 59, 500000)");
        becomes(&scope, naive.and_utc(), "datetime(2016, 12, 31, 23, 59, 59, 500000, timezone.utc)");
        run(
            &scope,
            c"
caught.__exit__(None, None, None)
expected = 'ignored leap-second, `datetime` does not support leap-seconds'
assert [(w.category, str(w.message)) for w in log] == 3 * [(UserWarning, expected)], log
",
        );
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
class Raising(tzinfo):
    def utcoffset(self, when): raise KeyError('offset')
class Fine(tzinfo):
    def utcoffset(self, when): return timedelta(hours=-1, microseconds=5)
",
        );
        refuses::<NaiveDateTime>(
            &scope,
            "datetime(2000, 1, 1, tzinfo=timezone.utc)",
            "TypeError: expected a datetime without tzinfo",
        );
        let none = "TypeError: expected a datetime with non-None tzinfo";
        refuses::<DateTime<Utc>>(&scope, "datetime(2000, 1, 1)", none);
        refuses::<DateTime<FixedOffset>>(&scope, "datetime(2000, 1, 1)", none);
        let varying = "TypeError: Varying is not a fixed offset timezone";
        refuses::<FixedOffset>(&scope, "Varying()", varying);
        refuses::<DateTime<FixedOffset>>(&scope, "datetime(2000, 1, 1, tzinfo=Varying())", varying);
        refuses::<FixedOffset>(&scope, "Raising()", "KeyError: 'offset'");
        refuses::<FixedOffset>(&scope, "timedelta(1)", "TypeError: 'timedelta' object is not an instance of 'tzinfo'");
        // Fractions of a second are truncated towards zero.
        assert_eq!(eval(&scope, c"Fine()").extract::<FixedOffset>().unwrap().local_minus_utc(), -3599);
        let utc = "ValueError: expected datetime.timezone.utc";
        refuses::<Utc>(&scope, "timezone(timedelta(hours=1))", utc);
        refuses::<Utc>(&scope, "5", utc);
        refuses::<DateTime<Utc>>(&scope, "datetime(2000, 1, 1, tzinfo=timezone(timedelta(hours=1)))", utc);
        both_ways!(&scope, &Utc, "timezone.utc");
    });
}

#[test]
fn other_types_are_refused() {
    Python::attach(|py| {
        let scope = scope(py);
        refuses::<NaiveDate>(&scope, "'2000-01-01'", "TypeError: 'str' object is not an instance of 'date'");
        refuses::<NaiveTime>(
            &scope,
            "datetime(2000, 1, 1)",
            "TypeError: 'datetime' object is not an instance of 'time'",
        );
        refuses::<NaiveDateTime>(
            &scope,
            "date(2000, 1, 1)",
            "TypeError: 'date' object is not an instance of 'datetime'",
        );
        refuses::<DateTime<Utc>>(&scope, "None", "TypeError: 'None' is not an instance of 'datetime'");
        refuses::<Duration>(&scope, "5", "TypeError: 'int' object is not an instance of 'timedelta'");
        // A `datetime` is a `date`. The time zone of a `time` is ignored.
        let date: NaiveDate = eval(&scope, c"datetime(2000, 1, 2, 3)").extract().unwrap();
        assert_eq!(date, NaiveDate::from_ymd_opt(2000, 1, 2).unwrap());
        let time: NaiveTime = eval(&scope, c"time(1, 2, tzinfo=timezone.utc, fold=1)").extract().unwrap();
        assert_eq!(time, NaiveTime::from_hms_opt(1, 2, 0).unwrap());
    });
}

#[test]
fn local_times() {
    Python::attach(|py| {
        let scope = scope(py);
        let naive = NaiveDate::from_ymd_opt(2020, 7, 1).unwrap().and_hms_opt(12, 0, 0).unwrap();
        let here = Local.from_local_datetime(&naive).unwrap();
        // Without a time zone, it is a local time.
        assert_eq!(eval(&scope, c"datetime(2020, 7, 1, 12)").extract::<DateTime<Local>>().unwrap(), here);
        let object = here.into_pyobject(py).unwrap();
        assert_eq!(object.extract::<DateTime<Local>>().unwrap(), here);
        let offset = object.call_method0("utcoffset").unwrap().extract::<Duration>().unwrap();
        assert_eq!(offset.num_seconds(), i64::from(here.offset().local_minus_utc()));
        let zone = Local.into_pyobject(py).unwrap();
        assert_eq!(zone.get_type().name().unwrap().to_string(), "ZoneInfo");
        assert!(zone.extract::<Local>().is_ok());
        assert!((&Local).into_pyobject(py).unwrap().is(zone));
        let expected = format!("ValueError: expected local timezone {}", zone.str().unwrap());
        refuses::<Local>(&scope, "timezone(timedelta(seconds=1))", &expected);
        refuses::<DateTime<Local>>(&scope, "datetime(2020, 7, 1, tzinfo=timezone(timedelta(seconds=1)))", &expected);
    });
}
