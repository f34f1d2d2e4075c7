//! A `python` with only the standard library.

fn main() -> std::process::ExitCode {
    pyo3_bundle::Bundle::new().run()
}
