//! The argument of `PyDate::from_timestamp`, which was in whole seconds up to 0.28.

/// A POSIX timestamp: seconds since 1970, as a float or an integer.
pub trait Timestamp {
    /// Returns the timestamp in seconds.
    fn seconds(self) -> f64;
}

impl Timestamp for f64 {
    fn seconds(self) -> f64 {
        self
    }
}

impl Timestamp for i64 {
    fn seconds(self) -> f64 {
        // The cast is exact for all dates that Python supports.
        self as f64
    }
}
