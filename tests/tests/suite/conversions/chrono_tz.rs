//! `chrono_tz`: named time zones.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{becomes, refuses, scope_of_modules};
use pyo3_tests::eval;

fn scope(py: Python<'_>) -> Bound<'_, PyDict> {
    scope_of_modules(py, &["datetime", "zoneinfo"])
}

#[test]
fn zones_go_by_name() {
    Python::attach(|py| {
        let scope = scope(py);
        both_ways!(&scope, &Tz::Europe__Berlin, "ZoneInfo('Europe/Berlin')");
        both_ways!(&scope, &Tz::UTC, "ZoneInfo('UTC')");
        both_ways!(&scope, &Tz::Etc__GMTPlus5, "ZoneInfo('Etc/GMT+5')");
        refuses::<Tz>(&scope, "timezone.utc", "AttributeError: 'datetime.timezone' object has no attribute 'key'");
        refuses::<Tz>(&scope, "5", "AttributeError: 'int' object has no attribute 'key'");
        let unknown = eval(&scope, c"type('Named', (), {'key': 'Europe/Nowhere'})()").extract::<Tz>().unwrap_err();
        assert_eq!(unknown.to_string(), "ValueError: failed to parse timezone");
    });
}

#[test]
fn set_back_clocks_show_a_time_twice() {
    Python::attach(|py| {
        let scope = scope(py);
        for (utc, fold) in [("2020-10-25T00:30:00Z", 0), ("2020-10-25T01:30:00Z", 1)] {
            let time = utc.parse::<DateTime<Utc>>().unwrap().with_timezone(&Tz::Europe__Berlin);
            let code = format!("datetime(2020, 10, 25, 2, 30, tzinfo=ZoneInfo('Europe/Berlin'), fold={fold})");
            becomes(&scope, time, &code);
            both_ways!(&scope, &time, &code);
        }
    });
}

#[test]
fn skipped_times_are_refused() {
    Python::attach(|py| {
        let code = "datetime(2020, 3, 29, 2, 30, tzinfo=ZoneInfo('Europe/Berlin'))";
        let message = format!("ValueError: The datetime {} contains an incompatible timezone", {
            let object = eval(&scope(py), c"datetime(2020, 3, 29, 2, 30, tzinfo=ZoneInfo('Europe/Berlin'))");
            object.repr().unwrap().to_string()
        });
        refuses::<DateTime<Tz>>(&scope(py), code, &message);
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_know_the_same_offsets(
        second in 0..2_000_000_000i64,
        zone in prop::sample::select(vec![
            Tz::Europe__Berlin, Tz::America__New_York, Tz::Asia__Kolkata, Tz::Australia__Lord_Howe, Tz::UTC,
        ]),
    ) {
        Python::attach(|py| {
            drop(scope(py));
            let time = DateTime::from_timestamp(second, 0).unwrap().with_timezone(&zone);
            let object = time.into_pyobject(py).unwrap();
            let utc = object.call_method1("astimezone", (Utc,)).unwrap();
            assert_eq!(utc.extract::<DateTime<Utc>>().unwrap(), time, "{time} became {object}");
            assert_eq!(object.extract::<DateTime<Tz>>().unwrap(), time);
            assert_eq!(time.naive_local(), object.call_method1("strftime", ("%Y-%m-%dT%H:%M:%S",)).unwrap()
                .extract::<String>().unwrap().parse::<NaiveDateTime>().unwrap());
        });
    }
}
