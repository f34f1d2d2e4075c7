//! Conversions between the types of `chrono` and those of Python's `datetime`. Feature `chrono`.
//!
//! | Rust | Python |
//! |---|---|
//! | `NaiveDate` | `date` |
//! | `NaiveTime` | `time`; its time zone is ignored |
//! | `NaiveDateTime` | `datetime` without a time zone |
//! | `DateTime<Tz>` | `datetime` with a time zone |
//! | `Duration` | `timedelta` |
//! | `FixedOffset`, `Utc` | `timezone` |
//! | `Local` | `zoneinfo.ZoneInfo` of the system's time zone; feature `chrono-local` |
//!
//! Python's unit is the microsecond: smaller parts are truncated. Python has no leap seconds: a leap second becomes the
//! second before it, with a warning. Python's years are 1 to 9999: others cause a `ValueError`.
//!
//! ```
//! use chrono::{DateTime, Duration, Utc};
//! use pyo3::prelude::*;
//!
//! #[pyfunction]
//! fn tomorrow(time: DateTime<Utc>) -> DateTime<Utc> {
//!     time + Duration::days(1)
//! }
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let tomorrow = wrap_pyfunction!(tomorrow)(py)?;
//!     pyo3::py_run!(
//!         py,
//!         tomorrow,
//!         r"
//!         from datetime import datetime, timezone
//!         assert tomorrow(datetime(2024, 2, 28, 12, tzinfo=timezone.utc)) == datetime(2024, 2, 29, 12, tzinfo=timezone.utc)
//!     "
//!     );
//!     Ok(())
//! })
//! # }
//! ```

mod aware;
mod duration;
#[cfg(feature = "chrono-local")]
mod local;
mod naive;
mod offset;
