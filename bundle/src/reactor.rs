//! An interpreter that JavaScript or any other host calls repeatedly: `run(source)`.
//!
//! Output goes to the host immediately, by WASI's `fd_write`: 1 is standard output, 2 is standard error, which
//! tracebacks use. Modules stay imported from one run to the next; variables do not.

use core::cell::Cell;

use pyo3_backend_rustpython::set_interpreter;
use rustpython_vm::builtins::{PyDict, PyDictRef, PyStr};
use rustpython_vm::scope::Scope;
use rustpython_vm::vm::thread::with_current_vm;
use rustpython_vm::{Py, PyResult, VirtualMachine};

use crate::Bundle;

/// The status if there is no interpreter.
const FAILED: u32 = 1;

/// The file name of the code in tracebacks.
const NAME: &str = "<code>";

thread_local! {
    static IS_STARTED: Cell<bool> = const { Cell::new(false) };
}

/// Exports the functions that a host calls. `$bundle` is a function that returns the [`Bundle`](crate::Bundle) to run.
///
/// | function | does |
/// |---|---|
/// | `_initialize()` | initialises the module, as WASI requires before any other call (the target provides it) |
/// | `pyo3_start() -> i32` | starts the interpreter; returns 0, or 1 on failure |
/// | `pyo3_alloc(length) -> pointer` | allocates memory for the text to run |
/// | `pyo3_run(pointer, length) -> i32` | runs UTF-8 text and frees its memory; returns a program's exit status |
#[macro_export]
macro_rules! reactor {
    ($bundle:path) => {
        /// Starts the interpreter. Returns 0, or 1 on failure.
        #[unsafe(no_mangle)]
        pub extern "C" fn pyo3_start() -> u32 {
            $crate::reactor::start($bundle())
        }

        /// Allocates memory for a text.
        #[unsafe(no_mangle)]
        pub extern "C" fn pyo3_alloc(length: usize) -> *mut u8 {
            $crate::reactor::alloc(length)
        }

        /// Runs a text and frees its memory.
        ///
        /// # Safety
        ///
        /// `pyo3_alloc(length)` must have returned the pointer, and the host must have written all of the memory.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn pyo3_run(text: *mut u8, length: usize) -> u32 {
            // SAFETY: the caller's promise.
            unsafe { $crate::reactor::run(text, length) }
        }
    };
}

/// Allocates memory for a text.
pub fn alloc(length: usize) -> *mut u8 {
    Box::into_raw(vec![0; length].into_boxed_slice()).cast()
}

/// Starts the interpreter, once. Returns 0, or 1 on failure.
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

/// Runs a text and frees its memory.
///
/// # Safety
///
/// [`alloc`] must have returned the pointer for that length, and the caller must not use it again.
pub unsafe fn run(text: *mut u8, length: usize) -> u32 {
    // SAFETY: by the caller's promise, `alloc` made this boxed slice, and nobody else uses it.
    let text = unsafe { Box::from_raw(core::ptr::slice_from_raw_parts_mut(text, length)) };
    let text = String::from_utf8_lossy(&text);
    attached(|vm| {
        let globals = vm.ctx.new_dict();
        let run = || {
            show_source(vm, &text)?;
            vm.run_string(fresh_main(globals.clone(), vm)?, &text, NAME).map(drop)
        };
        let status = status(vm, run());
        // Nobody could handle an error of a clean-up.
        drop(forget(&globals, vm));
        drop(vm.import("gc", 0).and_then(|gc| vm.call_method(&gc, "collect", ())));
        status
    })
}

fn attached(body: impl FnOnce(&VirtualMachine) -> u32) -> u32 {
    pyo3::Python::attach(|_| with_current_vm(body))
}

/// Releases the variables of a run, as Python does at the end of a program: by setting them to `None`, first those whose
/// names begin with an underscore.
///
/// They form cycles, because functions refer to the globals that contain them. The collector does not see a cycle through
/// an object of Rust that does not visit its references, so such a cycle would stay forever.
fn forget(globals: &Py<PyDict>, vm: &VirtualMachine) -> PyResult<()> {
    for is_first in [true, false] {
        for name in globals.keys_vec() {
            let Some(text) = name.downcast_ref::<PyStr>().and_then(|name| name.to_str()) else { continue };
            if text.starts_with('_') == is_first && text != "__builtins__" {
                globals.set_item(&*name, vm.ctx.none(), vm)?;
            }
        }
    }
    Ok(())
}

/// Creates a new module `__main__` with these globals, so that no variables of the previous run remain.
fn fresh_main(globals: PyDictRef, vm: &VirtualMachine) -> PyResult<Scope> {
    globals.set_item("__builtins__", vm.builtins.clone().into(), vm)?;
    let main = vm.new_module("__main__", globals.clone(), None);
    vm.sys_module.get_attr("modules", vm)?.set_item("__main__", main.into(), vm)?;
    Ok(Scope::with_builtins(None, globals, vm))
}

/// Lets tracebacks show lines of the text, which has no file.
fn show_source(vm: &VirtualMachine, text: &str) -> PyResult<()> {
    let lines: Vec<_> = text.split_inclusive('\n').map(|line| vm.ctx.new_str(line).into()).collect();
    let entry =
        [vm.ctx.new_int(text.len()).into(), vm.ctx.none(), vm.ctx.new_list(lines).into(), vm.ctx.new_str(NAME).into()];
    let cache = vm.import("linecache", 0)?.get_attr("cache", vm)?;
    cache.set_item(NAME, vm.ctx.new_tuple(entry.into()).into(), vm)
}

/// Returns the status that a program would end with. Prints the exception, if any, and flushes output.
fn status(vm: &VirtualMachine, outcome: PyResult<()>) -> u32 {
    let status = outcome.map_or_else(|error| vm.handle_exit_exception(error), |()| 0);
    for name in ["stdout", "stderr"] {
        // Code may have replaced the streams with anything, and there is no place to report that flushing failed.
        drop(vm.sys_module.get_attr(name, vm).and_then(|stream| vm.call_method(&stream, "flush", ())));
    }
    status
}
