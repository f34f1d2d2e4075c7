//! The benchmarks as an executable; see `lib.rs`.

use std::process::ExitCode;

use speed_bench::module::speed;

fn main() -> ExitCode {
    pyo3::append_to_inittab!(speed);
    let args: Vec<String> = std::env::args().skip(1).collect();
    match speed_bench::run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("bench: {message}");
            ExitCode::FAILURE
        }
    }
}
