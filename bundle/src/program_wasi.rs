//! The program for WASI: `FILE`, `-c`, `-m`, `-`, or an application.

use std::io::{Read, stdin};
use std::process::ExitCode;

use rustpython_vm::scope::Scope;
use rustpython_vm::{PyResult, VirtualMachine};

use crate::Bundle;
use crate::start::{self, Start};

/// What the command line asks for.
enum Wanted {
    Code(String),
    Module(String),
    File(String),
    Input,
}

/// Runs the bundle to its end.
pub(crate) fn run(bundle: Bundle) -> ExitCode {
    let mut settings = start::application_settings();
    let mut wanted = Wanted::Input;
    if let Start::Arguments = bundle.start {
        // The host decides which variables Python sees.
        settings.isolated = false;
        settings.ignore_environment = false;
        let mut arguments = std::env::args();
        let program = arguments.next().unwrap_or_default();
        (wanted, settings.argv) = match read(arguments) {
            Ok(read) => read,
            Err(error) => {
                eprintln!("{program}: {error}\nusage: {program} [-c cmd | -m mod | file | -] [arg] ...");
                return ExitCode::from(2);
            }
        };
    }
    start::run(bundle, settings, |vm, scope| by_arguments(vm, scope, wanted))
}

/// Parses the arguments after the program's name. Returns what to run, and `sys.argv`.
fn read(mut arguments: impl Iterator<Item = String>) -> Result<(Wanted, Vec<String>), String> {
    let value = |option: &str, arguments: &mut dyn Iterator<Item = String>| {
        arguments.next().ok_or_else(|| format!("argument expected for the {option} option"))
    };
    let (wanted, name) = match arguments.next() {
        None => (Wanted::Input, String::new()),
        Some(first) => match first.as_str() {
            "-" => (Wanted::Input, first),
            "-c" => (Wanted::Code(value("-c", &mut arguments)?), first),
            "-m" => (Wanted::Module(value("-m", &mut arguments)?), first),
            option if option.starts_with('-') => return Err(format!("unknown option {option}")),
            _ => (Wanted::File(first.clone()), first),
        },
    };
    Ok((wanted, core::iter::once(name).chain(arguments).collect()))
}

fn by_arguments(vm: &VirtualMachine, scope: Scope, wanted: Wanted) -> PyResult<()> {
    match wanted {
        Wanted::Code(code) => vm.run_string(scope, &code, "<string>").map(drop),
        Wanted::Module(name) => vm.run_module(&name),
        Wanted::File(path) => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            vm.insert_sys_path(vm.ctx.new_str(folder).into())?;
            vm.run_any_file(scope, &path)
        }
        Wanted::Input => {
            let mut source = String::new();
            stdin().read_to_string(&mut source).map_err(|error| vm.new_os_error(error.to_string()))?;
            vm.run_string(scope, &source, "<stdin>").map(drop)
        }
    }
}
