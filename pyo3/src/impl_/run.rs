//! What `py_run!` calls.

use std::ffi::CString;

use crate::types::PyDict;
use crate::{Bound, Python};

/// Runs code with `locals`.
///
/// # Panics
///
/// Where the code raises, after printing the exception and the code.
#[track_caller]
pub fn run_or_panic<'py>(py: Python<'py>, code: &str, locals: &Bound<'py, PyDict>) {
    let code = unindent(code);
    let code = CString::new(code).expect("Python code has no null bytes");
    if let Err(error) = py.run(&code, None, Some(locals)) {
        error.print(py);
        panic!("{}", error_text(&error, &code.to_string_lossy()));
    }
}

fn error_text(error: &crate::PyErr, code: &str) -> String {
    format!("{error}\nin the code\n{code}")
}

/// Takes away the white space that all lines have in front; the first line does not count where code follows the quote.
pub fn unindent(code: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let blank = |line: &str| line.trim().is_empty();
    let first_counts = code.lines().next().is_none_or(blank);
    let common = code
        .lines()
        .skip(usize::from(!first_counts))
        .filter(|line| !blank(line))
        .map(indent)
        .min()
        .unwrap_or(0);
    let mut lines = code.lines().enumerate().map(|(number, line)| match number {
        0 if !first_counts => line.trim_start(),
        _ if blank(line) => "",
        _ => &line[common..],
    });
    let mut out = String::with_capacity(code.len());
    if let Some(first) = lines.next() {
        out.push_str(first);
    }
    for line in lines {
        out.push('\n');
        out.push_str(line);
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::unindent;

    #[test]
    fn common_indent_goes_and_inner_indent_stays() {
        assert_eq!(unindent("\n    if x:\n        y\n\n    z\n"), "\nif x:\n    y\n\nz\n");
    }

    #[test]
    fn a_first_line_with_code_does_not_count() {
        assert_eq!(unindent("a\n    b"), "a\nb\n");
        assert_eq!(unindent("assert x"), "assert x\n");
    }
}
