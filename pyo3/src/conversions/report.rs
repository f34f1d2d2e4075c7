//! What the crates for reports of errors have in common: how a report becomes an exception.

/// `From` for [`PyErr`](crate::PyErr): the exception that the report holds, or a `RuntimeError` with all that it tells.
/// The types have the same methods, but no trait for them.
macro_rules! from_report {
    ($report:ident) => {
        impl From<$report> for crate::PyErr {
            fn from(error: $report) -> crate::PyErr {
                // With more to tell than the exception itself, it becomes part of the text.
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
