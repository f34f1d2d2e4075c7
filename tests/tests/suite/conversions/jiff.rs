//! `jiff`: dates, times, durations, offsets, time zones.

use jiff::civil::{self, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Span, Timestamp, ToSpan, Zoned};
use proptest::prelude::*;
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{becomes, becomes_nothing, refuses, scope_of_modules};
use pyo3_tests::{eval, raises};

fn scope(py: Python<'_>) -> Bound<'_, PyDict> {
    scope_of_modules(py, &["datetime", "zoneinfo"])
}

fn date() -> impl Strategy<Value = civil::Date> {
    (0..3_652_059i64).prop_map(|day| civil::date(1, 1, 1) + day.days())
}

fn time() -> impl Strategy<Value = civil::Time> {
    (0..24i8, 0..60i8, 0..60i8, 0..1_000_000i32)
        .prop_map(|(hour, minute, second, micro)| civil::time(hour, minute, second, 1000 * micro))
}

fn date_code(date: civil::Date) -> String {
    format!("{}, {}, {}", date.year(), date.month(), date.day())
}

fn time_code(time: civil::Time) -> String {
    format!("{}, {}, {}, {}", time.hour(), time.minute(), time.second(), time.subsec_nanosecond() / 1000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_date_and_time(date in date(), time in time(), offset in -86_399..86_400i32) {
        Python::attach(|py| {
            let scope = scope(py);
            let (day, clock) = (date_code(date), time_code(time));
            both_ways!(&scope, &date, &format!("date({day})"));
            both_ways!(&scope, &date.iso_week_date(), &format!("date({day})"));
            both_ways!(&scope, &time, &format!("time({clock})"));
            let naive = DateTime::from_parts(date, time);
            both_ways!(&scope, &naive, &format!("datetime({day}, {clock})"));
            let zone = Offset::from_seconds(offset).unwrap();
            let code = format!("timezone(timedelta(seconds={offset}))");
            both_ways!(&scope, &zone, &code);
            both_ways!(&scope, &zone.to_time_zone(), &code);
            // The last day does not exist in every time zone.
            if let Ok(zoned) = naive.to_zoned(zone.to_time_zone()) {
                both_ways!(&scope, &zoned, &format!("datetime({day}, {clock}, {code})"));
                let stamp: Timestamp = zoned.into_pyobject(py).unwrap().extract().unwrap();
                assert_eq!(stamp, zone.to_timestamp(naive).unwrap());
            }
            if let Ok(stamp) = Offset::UTC.to_timestamp(naive) {
                both_ways!(&scope, &stamp, &format!("datetime({day}, {clock}, timezone.utc)"));
            }
        });
    }

    #[test]
    fn any_duration(days in -999_999_999..=999_999_999i64, seconds in 0..86_400i64, micro in 0..1_000_000i32) {
        Python::attach(|py| {
            let duration = SignedDuration::from_secs(days * 86_400 + seconds) + SignedDuration::from_micros(micro.into());
            let scope = scope(py);
            both_ways!(&scope, &duration, &*format!("timedelta({days}, {seconds}, {micro})"));
            scope.set_item("duration", duration).unwrap();
            match eval(&scope, c"duration").extract::<Span>() {
                Ok(span) => assert_eq!(SignedDuration::try_from(span).unwrap(), duration),
                // A span cannot be longer than the range of years of `jiff`.
                Err(error) => {
                    assert!(error.is_instance_of::<PyValueError>(py), "{error}");
                    assert!(SignedDuration::from_hours(24 * 365 * 19_998) < duration.abs(), "{duration}: {error}");
                }
            }
        });
    }

    #[test]
    fn both_know_the_same_offsets(
        second in 0..2_000_000_000i64,
        name in prop::sample::select(vec![
            "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC",
        ]),
    ) {
        Python::attach(|py| {
            drop(scope(py));
            let stamp = Timestamp::from_second(second).unwrap();
            let zoned = stamp.to_zoned(TimeZone::get(name).unwrap());
            let object = (&zoned).into_pyobject(py).unwrap();
            assert_eq!(object.extract::<Timestamp>().unwrap(), stamp, "{zoned} became {object}");
            let back: Zoned = object.extract().unwrap();
            assert_eq!((back.timestamp(), back.time_zone()), (stamp, zoned.time_zone()));
            let offset = object.call_method0("utcoffset").unwrap().extract::<SignedDuration>().unwrap();
            assert_eq!(offset.as_secs(), i64::from(zoned.offset().seconds()));
        });
    }
}

#[test]
fn time_zones() {
    Python::attach(|py| {
        let scope = scope(py);
        both_ways!(&scope, &TimeZone::get("Europe/Berlin").unwrap(), "ZoneInfo('Europe/Berlin')");
        both_ways!(&scope, &TimeZone::UTC, "timezone.utc");
        assert_eq!(eval(&scope, c"ZoneInfo('UTC')").extract::<TimeZone>().unwrap(), TimeZone::UTC);
        let rule = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
        assert!(rule.into_pyobject(py).unwrap_err().is_instance_of::<PyValueError>(py));
        refuses::<TimeZone>(&scope, "5", "TypeError: 'int' object is not an instance of 'tzinfo'");
        let error = eval(&scope, c"ZoneInfo('Europe/Berlin')").extract::<Offset>().unwrap_err();
        assert!(error.is_instance_of::<PyTypeError>(py));
        assert!(error.to_string().ends_with(" is not a fixed offset timezone"), "{error}");
        let unknown = eval(&scope, c"type('Named', (tzinfo,), {'key': 'Europe/Nowhere'})()");
        assert!(unknown.extract::<TimeZone>().unwrap_err().is_instance_of::<PyValueError>(py));
    });
}

#[test]
fn set_back_clocks_show_a_time_twice() {
    Python::attach(|py| {
        let scope = scope(py);
        for (utc, fold) in [("2020-10-25T00:30:00Z", 0), ("2020-10-25T01:30:00Z", 1)] {
            let zoned = utc.parse::<Timestamp>().unwrap().to_zoned(TimeZone::get("Europe/Berlin").unwrap());
            let code = format!("datetime(2020, 10, 25, 2, 30, tzinfo=ZoneInfo('Europe/Berlin'), fold={fold})");
            both_ways!(&scope, &zoned, &code);
        }
    });
}

#[test]
fn skipped_times_are_what_python_takes_them_for() {
    Python::attach(|py| {
        let scope = scope(py);
        for (fold, utc) in [(0, "2020-03-29T01:30:00Z"), (1, "2020-03-29T00:30:00Z")] {
            scope.set_item("fold", fold).unwrap();
            let object = eval(&scope, c"datetime(2020, 3, 29, 2, 30, tzinfo=ZoneInfo('Europe/Berlin'), fold=fold)");
            let stamp: Timestamp = object.extract().unwrap();
            assert_eq!(stamp, utc.parse().unwrap());
            assert_eq!(object.call_method0("timestamp").unwrap().extract::<f64>().unwrap() as i64, stamp.as_second());
        }
    });
}

#[test]
fn bounds() {
    Python::attach(|py| {
        let scope = scope(py);
        for (year, code) in [(0, c"date(0, 1, 1)"), (-5, c"date(-5, 1, 1)")] {
            let message = &raises(&scope, code).to_string();
            assert!(message.starts_with("ValueError: year "), "{message}");
            becomes_nothing(py, civil::date(year, 1, 1), message);
            becomes_nothing(py, civil::date(year, 1, 1).at(0, 0, 0, 0), message);
            becomes_nothing(py, Offset::UTC.to_timestamp(civil::date(year, 1, 1).at(0, 0, 0, 0)).unwrap(), message);
        }
        becomes(&scope, SignedDuration::from_nanos(-1999), "timedelta(microseconds=-1)");
        becomes(&scope, civil::Time::MAX, "time.max");
        let day = SignedDuration::from_hours(24);
        becomes_nothing(py, day * 1_000_000_000, &raises(&scope, c"timedelta(1000000000)").to_string());
        assert!((day * 1_000_000_000).into_pyobject(py).unwrap_err().is_instance_of::<PyOverflowError>(py));
        becomes_nothing(py, SignedDuration::MAX, "ValueError: out of range integral type conversion attempted");
        assert!(Offset::from_seconds(90_000).unwrap().into_pyobject(py).is_err());
        let late = eval(&scope, c"datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-2)))");
        assert!(late.extract::<Timestamp>().unwrap_err().is_instance_of::<PyValueError>(py));
    });
}

#[test]
fn what_has_a_time_zone_and_what_has_none() {
    Python::attach(|py| {
        let scope = scope(py);
        let none = "TypeError: expected a datetime with non-None tzinfo";
        refuses::<Zoned>(&scope, "datetime(2000, 1, 1)", none);
        refuses::<Timestamp>(&scope, "datetime(2000, 1, 1)", none);
        refuses::<DateTime>(
            &scope,
            "datetime(2000, 1, 1, tzinfo=timezone.utc)",
            "TypeError: expected a datetime without tzinfo",
        );
        refuses::<civil::Date>(&scope, "'x'", "TypeError: 'str' object is not an instance of 'date'");
        refuses::<civil::Time>(&scope, "5", "TypeError: 'int' object is not an instance of 'time'");
        refuses::<Span>(&scope, "None", "TypeError: 'None' is not an instance of 'timedelta'");
        refuses::<SignedDuration>(&scope, "5", "TypeError: 'int' object is not an instance of 'timedelta'");
    });
}
