//! A `python` with the standard library and nothing else.

fn main() -> std::process::ExitCode {
    pyo3_bundle::Bundle::new().run()
}
