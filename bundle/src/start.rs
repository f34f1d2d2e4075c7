//! What a bundle runs, and how the interpreter starts.

use std::process::ExitCode;

use pyo3_backend_rustpython::run_program;
use rustpython_vm::host_env::os::exit_code;
use rustpython_vm::scope::Scope;
use rustpython_vm::{PyResult, Settings, VirtualMachine};

use crate::Bundle;

/// What a bundle runs.
#[derive(Default)]
pub(crate) enum Start {
    /// What the command line asks for.
    #[default]
    Arguments,
    /// A script that is part of the executable.
    Script { name: &'static str, source: &'static str },
    /// A module.
    Module(&'static str),
}

/// Returns the settings of an application. All arguments belong to the application, and Python ignores its environment
/// variables.
pub(crate) fn application_settings() -> Settings {
    let mut settings = Settings::default();
    settings.isolated = true;
    settings.ignore_environment = true;
    settings.safe_path = true;
    settings.user_site_directory = false;
    settings.argv = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    settings
}

/// Runs a bundle to its end: its script or module, or what `by_arguments` finds on the command line.
pub(crate) fn run(
    mut bundle: Bundle,
    settings: Settings,
    by_arguments: impl FnOnce(&VirtualMachine, Scope) -> PyResult<()>,
) -> ExitCode {
    let start = core::mem::take(&mut bundle.start);
    let status = run_program(bundle.interpreter(settings), |vm| {
        // Attaching connects the C names of `pyo3::ffi` with the interpreter. An extension may use them before it
        // attaches.
        pyo3::Python::attach(|_| ());
        begin(vm)?;
        let scope = vm.new_scope_with_main()?;
        if !matches!(start, Start::Arguments) {
            // Libraries such as `multiprocessing` check this attribute to find out whether they run in an application.
            vm.sys_module.set_attr("frozen", vm.ctx.new_bool(true), vm)?;
        }
        match start {
            Start::Arguments => by_arguments(vm, scope),
            Start::Script { name, source } => script(vm, scope, name, source),
            Start::Module(name) => vm.run_module(name),
        }
    });
    exit_code(status)
}

/// Does what `python` does before it runs anything else.
pub(crate) fn begin(vm: &VirtualMachine) -> PyResult<()> {
    vm.import("warnings", 0)?;
    if vm.state.config.settings.import_site {
        vm.import("site", 0)?;
    }
    if vm.state.config.settings.faulthandler {
        vm.run_simple_string("import faulthandler; faulthandler.enable()")?;
    }
    Ok(())
}

/// Runs the script of an application. For Python, the script is next to the executable.
fn script(vm: &VirtualMachine, scope: Scope, name: &str, source: &str) -> PyResult<()> {
    let folder = std::env::current_exe().ok().and_then(|file| Some(file.parent()?.to_owned())).unwrap_or_default();
    let path = folder.join(name).display().to_string();
    scope.globals.set_item("__file__", vm.ctx.new_str(path.as_str()).into(), vm)?;
    vm.run_string(scope, source, &path).map(drop)
}
