//! The function behind `py_run!`.

use std::ffi::CString;

use super::unindent::unindent;
use crate::types::PyDict;
use crate::{Bound, Python};

/// Runs `code`, which may be indented as a whole.
///
/// # Panics
///
/// If the code raises; the exception is printed.
#[track_caller]
pub fn run_or_panic(py: Python<'_>, code: &str, locals: &Bound<'_, PyDict>) {
    let code = CString::new(unindent(code)).expect("code holds no NUL");
    if let Err(error) = py.run(&code, None, Some(locals)) {
        error.print(py);
        // Python buffers its output separately.
        let _ = py.run(c"import sys; sys.stderr.flush()", None, None);
        panic!("{error}")
    }
}
