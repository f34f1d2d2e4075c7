//! `readings SCRIPT`: runs two sensors and prints the messages of the rules in the script.

use std::ffi::CString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use pyo3::prelude::*;
use readings::{Rules, Station, run, station};

fn main() -> ExitCode {
    let Some(script) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: readings SCRIPT");
        return ExitCode::FAILURE;
    };
    let code = match std::fs::read(&script).map(CString::new) {
        Ok(Ok(code)) => code,
        Ok(Err(_)) => {
            eprintln!("readings: a script has no null bytes");
            return ExitCode::FAILURE;
        }
        Err(error) => {
            eprintln!("readings: {}: {error}", script.display());
            return ExitCode::FAILURE;
        }
    };
    pyo3::append_to_inittab!(station);
    Python::initialize();
    let runtime = tokio::runtime::Runtime::new().expect("tokio can start its threads");
    let station = Station::of_program(runtime.handle().clone());
    let alarms = Python::attach(|py| Rules::load(py, &code)).and_then(|rules| {
        // This thread is detached while it waits.
        runtime.block_on(run(station, Arc::new(rules), &["attic", "cellar"], 5))
    });
    match alarms {
        Ok(alarms) => {
            alarms.iter().for_each(|alarm| println!("{alarm}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            Python::attach(|py| error.display(py));
            ExitCode::FAILURE
        }
    }
}
