//! Up to 0.28 `PyDate::from_timestamp` took whole seconds.

/// Seconds since 1970: a fraction, as now, or whole ones.
pub trait Timestamp {
    /// As a fraction.
    fn seconds(self) -> f64;
}

impl Timestamp for f64 {
    fn seconds(self) -> f64 {
        self
    }
}

impl Timestamp for i64 {
    fn seconds(self) -> f64 {
        // Exact for every date that there is.
        self as f64
    }
}
