//! The old paths, up to 0.29, of the functions for critical sections.

use crate::sync::critical_section;
use crate::{Bound, PyAny};

/// Runs `f` while no other thread is in a critical section of `object`.
#[deprecated(since = "0.28.0", note = "use pyo3::sync::critical_section::with_critical_section instead")]
pub fn with_critical_section<F, R>(object: &Bound<'_, PyAny>, f: F) -> R
where
    F: FnOnce() -> R,
{
    critical_section::with_critical_section(object, f)
}

/// Runs `f` while no other thread is in a critical section of `a` or of `b`.
#[deprecated(since = "0.28.0", note = "use pyo3::sync::critical_section::with_critical_section2 instead")]
pub fn with_critical_section2<F, R>(a: &Bound<'_, PyAny>, b: &Bound<'_, PyAny>, f: F) -> R
where
    F: FnOnce() -> R,
{
    critical_section::with_critical_section2(a, b, f)
}
