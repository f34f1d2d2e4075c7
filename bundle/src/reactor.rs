//! An interpreter that is called again and again, from JavaScript or any other host: `run(source)`.
//!
//! What code prints goes to the host as it comes, by WASI's `fd_write`: 1 is standard output, 2 is standard error, where
//! tracebacks go. Modules stay imported from one run to the next; variables do not.

use core::cell::Cell;

use pyo3_backend_rustpython::set_interpreter;
use rustpython_vm::scope::Scope;
use rustpython_vm::vm::thread::with_current_vm;
use rustpython_vm::{PyResult, VirtualMachine};

use crate::Bundle;

/// The status where there is no interpreter to run anything.
const FAILED: u32 = 1;

/// What tracebacks call the code that is run.
const NAME: &str = "<code>";

thread_local! {
    static IS_STARTED: Cell<bool> = const { Cell::new(false) };
}

/// Exports the functions that a host calls. `$bundle` is a function that returns what the interpreter is made of.
///
/// | function | does |
/// |---|---|
/// | `_initialize()` | what WASI asks of a host before anything else (it comes with the target) |
/// | `pyo3_start() -> i32` | starts the interpreter; 0, or 1 where that fails |
/// | `pyo3_alloc(length) -> pointer` | memory for the text that is to be run |
/// | `pyo3_run(pointer, length) -> i32` | runs UTF-8, and takes the memory back; the status that a program would end with |
#[macro_export]
macro_rules! reactor {
    ($bundle:path) => {
        /// Starts the interpreter. 0, or 1 where that fails.
        #[unsafe(no_mangle)]
        pub extern "C" fn pyo3_start() -> u32 {
            $crate::reactor::start($bundle())
        }

        /// Memory for a text.
        #[unsafe(no_mangle)]
        pub extern "C" fn pyo3_alloc(length: usize) -> *mut u8 {
            $crate::reactor::alloc(length)
        }

        /// Runs a text, and takes its memory back.
        ///
        /// # Safety
        ///
        /// `pyo3_alloc(length)` returned the pointer, and the host has written all of it.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn pyo3_run(text: *mut u8, length: usize) -> u32 {
            // SAFETY: the caller's promise.
            unsafe { $crate::reactor::run(text, length) }
        }
    };
}

/// Memory for a text.
pub fn alloc(length: usize) -> *mut u8 {
    Box::into_raw(vec![0; length].into_boxed_slice()).cast()
}

/// Starts the interpreter, once. 0, or 1 where that fails.
pub fn start(bundle: Bundle) -> u32 {
    if IS_STARTED.replace(true) {
        return 0;
    }
    let settings = crate::start::application_settings();
    if set_interpreter(bundle.interpreter(settings)).is_err() {
        return FAILED;
    }
    attached(|vm| status(vm, crate::start::begin(vm)))
}

/// Runs a text, and takes its memory back.
///
/// # Safety
///
/// [`alloc`] returned the pointer for that length, and it is not used again.
pub unsafe fn run(text: *mut u8, length: usize) -> u32 {
    // SAFETY: the caller's promise.
    let text = unsafe { Box::from_raw(core::ptr::slice_from_raw_parts_mut(text, length)) };
    let text = String::from_utf8_lossy(&text);
    attached(|vm| {
        let run = || {
            show_source(vm, &text)?;
            vm.run_string(fresh_main(vm)?, &text, NAME).map(drop)
        };
        let status = status(vm, run());
        // What is left of this run refers to itself: functions to the variables that they are among. An error of the
        // collector would have no one to be told to.
        drop(vm.import("gc", 0).and_then(|gc| vm.call_method(&gc, "collect", ())));
        status
    })
}

fn attached(body: impl FnOnce(&VirtualMachine) -> u32) -> u32 {
    pyo3::Python::attach(|_| with_current_vm(body))
}

/// A new module `__main__`, so that nothing is left of the one before.
fn fresh_main(vm: &VirtualMachine) -> PyResult<Scope> {
    let globals = vm.ctx.new_dict();
    globals.set_item("__builtins__", vm.builtins.clone().into(), vm)?;
    let main = vm.new_module("__main__", globals.clone(), None);
    vm.sys_module.get_attr("modules", vm)?.set_item("__main__", main.into(), vm)?;
    Ok(Scope::with_builtins(None, globals, vm))
}

/// Lets tracebacks show lines of the text, which is in no file.
fn show_source(vm: &VirtualMachine, text: &str) -> PyResult<()> {
    let lines: Vec<_> = text.split_inclusive('\n').map(|line| vm.ctx.new_str(line).into()).collect();
    let entry =
        [vm.ctx.new_int(text.len()).into(), vm.ctx.none(), vm.ctx.new_list(lines).into(), vm.ctx.new_str(NAME).into()];
    let cache = vm.import("linecache", 0)?.get_attr("cache", vm)?;
    cache.set_item(NAME, vm.ctx.new_tuple(entry.into()).into(), vm)
}

/// The status that a program would end with, once it is said why, and output is written.
fn status(vm: &VirtualMachine, outcome: PyResult<()>) -> u32 {
    let status = outcome.map_or_else(|error| vm.handle_exit_exception(error), |()| 0);
    for name in ["stdout", "stderr"] {
        // Code may have replaced them by anything, and what cannot be written cannot be complained of either.
        drop(vm.sys_module.get_attr(name, vm).and_then(|stream| vm.call_method(&stream, "flush", ())));
    }
    status
}
