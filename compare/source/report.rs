//! Lines of output, one per result.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;

/// Prints the results of calls, one line each.
pub struct Report<'py> {
    py: Python<'py>,
}

impl<'py> Report<'py> {
    /// Creates a report. Silences the panic hook, because panics are reported as results.
    pub fn new(py: Python<'py>) -> Self {
        std::panic::set_hook(Box::new(|_| {}));
        Report { py }
    }

    /// Makes a call and prints its name with the result: a text, an exception or a panic.
    pub fn line(&self, name: &str, call: impl FnOnce() -> PyResult<String>) {
        let result = match catch_unwind(AssertUnwindSafe(call)) {
            Ok(Ok(text)) => text,
            Ok(Err(error)) => self.describe(&error),
            Err(payload) => match payload.downcast_ref::<String>() {
                Some(text) => format!("panic: {text}"),
                None => format!("panic: {}", payload.downcast_ref::<&str>().unwrap_or(&"?")),
            },
        };
        // Escape line breaks, so that each result is one line.
        println!("{name} => {}", without_addresses(&result).replace('\n', "\\n"));
        if let Some(error) = PyErr::take(self.py) {
            println!("{name} left an exception: {error}");
        }
    }

    fn describe(&self, error: &PyErr) -> String {
        let py = self.py;
        let class = error.get_type(py).name().map(|name| name.to_string()).unwrap_or_default();
        let text = error.value(py).str().map(|text| text.to_string_lossy().into_owned());
        let cause = error.cause(py).map(|cause| format!(" from {cause}")).unwrap_or_default();
        format!("{class}: {}{cause}", text.unwrap_or_else(|_| "no text".to_owned()))
    }
}

/// Formats an object as `type:repr`.
pub fn shown(object: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(format!("{}:{}", object.get_type().name()?, object.repr()?.to_string_lossy()))
}

/// Replaces addresses, which differ from run to run.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split("0x");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        result.push_str("0x..");
        result.push_str(part.trim_start_matches(|digit: char| digit.is_ascii_hexdigit()));
    }
    result
}
