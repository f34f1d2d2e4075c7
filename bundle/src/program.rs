//! The native program, which behaves like `python` or is an application.

use std::fs::OpenOptions;
use std::io::{IsTerminal, Read, stdin};
use std::path::{MAIN_SEPARATOR, Path};
use std::process::ExitCode;

use rustpython::{RunMode, parse_opts, run_shell};
use rustpython_vm::scope::Scope;
use rustpython_vm::{PyResult, VirtualMachine};

use crate::Bundle;
use crate::start::{self, Start};

/// Runs the bundle to its end.
pub(crate) fn run(bundle: Bundle) -> ExitCode {
    let (settings, mode) = match bundle.start {
        Start::Arguments => match parse_opts() {
            Ok(parsed) => parsed,
            Err(error) => return wrong_usage(&error.to_string()),
        },
        // Applications ignore the mode.
        Start::Script { .. } | Start::Module(_) => (start::application_settings(), RunMode::Repl),
    };
    start::run(bundle, settings, |vm, scope| by_arguments(vm, scope, mode))
}

/// Reports wrong arguments, with CPython's exit status 2.
fn wrong_usage(error: &str) -> ExitCode {
    let program = std::env::args().next().unwrap_or_default();
    eprintln!(
        "{error}\nusage: {program} [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `{program} -h' for more information."
    );
    ExitCode::from(2)
}

/// Runs what the arguments ask for.
fn by_arguments(vm: &VirtualMachine, scope: Scope, mode: RunMode) -> PyResult<()> {
    let settings = &vm.state.config.settings;
    let first_on_path = |path: String| match settings.safe_path {
        true => Ok(()),
        false => vm.insert_sys_path(vm.ctx.new_str(path).into()),
    };
    let outcome = match mode {
        RunMode::Command(command) => {
            first_on_path(String::new())?;
            vm.run_string(scope.clone(), &command, "<string>").map(drop)
        }
        RunMode::Module(module) => {
            first_on_path(absolute("."))?;
            vm.run_module(&module)
        }
        RunMode::Script(path) => file(vm, scope.clone(), &path, first_on_path),
        RunMode::InstallPip(_) => {
            let text = "a bundle is complete: packages are added when it is made, with `cargo xtask bundle --pip NAME`";
            return Err(vm.new_system_error(text));
        }
        RunMode::Repl => {
            first_on_path(String::new())?;
            if settings.interactive || stdin().is_terminal() {
                return prompt(vm, scope);
            }
            let mut source = Vec::new();
            stdin().read_to_end(&mut source).map_err(|error| vm.new_os_error(error.to_string()))?;
            let source = String::from_utf8(source).map_err(|error| {
                vm.new_value_error(format!("the program on standard input is not UTF-8: {}", error.utf8_error()))
            })?;
            vm.run_string(scope.clone(), &source, "<stdin>").map(drop)
        }
    };
    if !settings.inspect {
        return outcome;
    }
    if let Err(error) = outcome {
        vm.print_exception(&error);
    }
    interact(vm, scope)
}

/// Runs a file, or the `__main__` of a folder or archive.
fn file(
    vm: &VirtualMachine,
    scope: Scope,
    path: &str,
    first_on_path: impl FnOnce(String) -> PyResult<()>,
) -> PyResult<()> {
    let place = Path::new(path);
    if place.is_dir() || is_archive(place) {
        vm.insert_sys_path(vm.ctx.new_str(absolute(path)).into())?;
        let run = vm.import("runpy", 0)?.get_attr("_run_module_as_main", vm)?;
        return run.call(("__main__", false), vm).map(drop);
    }
    if let Err(error) = std::fs::File::open(place) {
        let (program, number) = (&vm.state.config.paths.executable, error.raw_os_error().unwrap_or(2));
        let text = error.to_string();
        let text = text.split(" (os error").next().unwrap_or(&text);
        eprintln!("{program}: can't open file '{}': [Errno {number}] {text}", absolute(path));
        return Err(vm.new_system_exit(vec![vm.ctx.new_int(2).into()].into()));
    }
    let folder = std::fs::canonicalize(place).ok().and_then(|place| Some(place.parent()?.display().to_string()));
    first_on_path(folder.unwrap_or_default())?;
    vm.run_any_file(scope, &absolute(path))
}

/// Whether the first bytes of a file are those of an archive that Python can import from.
fn is_archive(path: &Path) -> bool {
    let mut begin = [0; 4];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    read.is_ok() && begin == *b"PK\x03\x04"
}

/// Makes a path absolute as CPython does: joins it to the current folder without normalising it.
fn absolute(path: &str) -> String {
    let here = std::env::current_dir().map(|here| here.display().to_string());
    match here {
        Ok(here) if path == "." => here,
        Ok(here) if !Path::new(path).is_absolute() => format!("{here}{MAIN_SEPARATOR}{path}"),
        _ => path.to_owned(),
    }
}

/// Runs the interactive prompt.
fn interact(vm: &VirtualMachine, scope: Scope) -> PyResult<()> {
    if history_can_be_kept() {
        return run_shell(vm, scope);
    }
    // `run_shell` panics at its end if it cannot write its history. The standard library's prompt keeps no history.
    let console = vm.import("code", 0)?.get_attr("InteractiveConsole", vm)?.call((scope.globals,), vm)?;
    vm.call_method(&console, "interact", ("", "")).map(drop)
}

/// Whether the history file of the prompt can be written.
fn history_can_be_kept() -> bool {
    let file = match dirs::config_dir() {
        Some(folder) => {
            let folder = folder.join("rustpython");
            if std::fs::create_dir_all(&folder).is_err() {
                return false;
            }
            folder.join("repl_history.txt")
        }
        None => ".repl_history.txt".into(),
    };
    OpenOptions::new().append(true).create(true).open(file).is_ok()
}

/// Runs the file that `PYTHONSTARTUP` names, then the interactive prompt.
fn prompt(vm: &VirtualMachine, scope: Scope) -> PyResult<()> {
    let settings = &vm.state.config.settings;
    if !settings.quiet {
        let version = rustpython_vm::version::RUSTPYTHON_VERSION;
        eprintln!("Python {version}\nType \"help\", \"copyright\", \"credits\" or \"license\" for more information.");
    }
    if !settings.ignore_environment
        && let Some(path) = std::env::var("PYTHONSTARTUP").ok().filter(|path| !path.is_empty())
        && let Err(error) = vm.run_any_file(scope.clone(), &path)
    {
        vm.print_exception(&error);
    }
    interact(vm, scope)
}
