//! How processes end: with threads in the middle of something, with exceptions, signals and forks, and with objects that
//! outlive the interpreter.
//!
//! Each test runs a program and looks at its exit status and its output. The script is the same for all hosts; what it
//! imports is in `pyo3_tests::process_ends`.

mod host;
mod scenarios;
