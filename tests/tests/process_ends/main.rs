//! Tests how processes end: with busy threads, exceptions, signals and forks, and with objects that outlive the
//! interpreter.
//!
//! Each test runs a program and checks its exit status and output. The script is the same for all hosts. The module
//! that it imports is `pyo3_tests::process_ends`.

mod host;
mod scenarios;
