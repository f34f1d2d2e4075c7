//! An interpreter that the test owns, as a backend would.

use core::ffi::CStr;
use std::sync::OnceLock;

use pyo3_ffi as ffi;
use rustpython_vm::common::rc::PyRc;
use rustpython_vm::vm::thread::ThreadedVirtualMachine;
use rustpython_vm::{Interpreter, PyObject};

/// A machine to make others from; it is never entered by two threads at a time.
static MODEL: OnceLock<std::sync::Mutex<Model>> = OnceLock::new();

struct Model(ThreadedVirtualMachine);
// SAFETY: the mutex lets one thread at a time in, and machines are made to be sent to a thread.
unsafe impl Send for Model {}

fn start() {
    MODEL.get_or_init(|| {
        let builder = Interpreter::builder(Default::default());
        let modules = rustpython_stdlib::stdlib_module_defs(&builder.ctx);
        let interpreter = builder
            .add_native_modules(&modules)
            .init_hook(|vm| {
                let state = PyRc::get_mut(&mut vm.state).expect("not shared while it is built");
                state.config.paths.module_search_paths.insert(0, rustpython_pylib::LIB_PATH.to_owned());
            })
            .build();
        // Lives as long as the process.
        std::sync::Mutex::new(Model(Box::leak(Box::new(interpreter)).new_thread()))
    });
}

fn machine() -> Option<ThreadedVirtualMachine> {
    let model = MODEL.get()?.lock().expect("nobody panics while holding it");
    Some(model.0.run(|vm| vm.new_thread()))
}

fn register(name: &'static CStr, _init: extern "C" fn() -> *mut PyObject) -> bool {
    name == c"linked_in"
}

static HOOKS: ffi::host::Hooks = ffi::host::Hooks {
    is_initialized: || MODEL.get().is_some(),
    is_finalizing: || false,
    initialize: start,
    new_machine: machine,
    register_module: register,
};

/// Runs `body` on an attached thread.
pub fn attached(body: impl FnOnce()) {
    ffi::host::install(&HOOKS);
    start();
    // SAFETY: the interpreter runs and never ends.
    let state = unsafe { ffi::PyGILState_Ensure() };
    body();
    // SAFETY: the state of the attachment above.
    unsafe { ffi::PyGILState_Release(state) };
}
