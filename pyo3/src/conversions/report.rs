//! Code shared by the conversions for crates of error reports.

/// Implements `From` for [`PyErr`](crate::PyErr): returns the exception in the report, or a `RuntimeError` with the
/// report's text. A macro, because no trait covers the methods that the report types share.
macro_rules! from_report {
    ($report:ident) => {
        impl From<$report> for crate::PyErr {
            fn from(error: $report) -> crate::PyErr {
                // A report with more information than the exception becomes a text, so that nothing is lost.
                let error = if error.source().is_some() {
                    error
                } else {
                    match error.downcast::<crate::PyErr>() {
                        Ok(exception) => return exception,
                        Err(error) => error,
                    }
                };
                crate::exceptions::PyRuntimeError::new_err(format!("{error:?}"))
            }
        }
    };
}

pub(super) use from_report;
