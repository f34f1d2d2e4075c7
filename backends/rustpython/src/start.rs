//! Building the interpreter on a large enough stack, and the imports at its start.
//!
//! The VM imports Python modules while it is built. Without optimization, as in the tests of a crate that sets no
//! profile, a nested import takes more than a megabyte of stack, and Rust's default of two megabytes per thread is not
//! enough. So the interpreter is built on a thread of its own, and then passed to the calling thread. That thread
//! imports `site`, as CPython does at its start, because `site` runs user code.

use std::panic::resume_unwind;
use std::thread::{Builder, JoinHandle};

use rustpython_vm::vm::thread::{ThreadedVirtualMachine, cleanup_current_thread_frames};
use rustpython_vm::{Interpreter, PyResult, Settings, VirtualMachine};

use crate::interpreter::builder;

/// The modules that `site` imports before it runs user code. None of them depends on the thread.
const BEFORE_SITE: [&str; 5] = ["os", "_sitebuiltins", "stat", "errno", "_io"];

/// A multiple of the stack that imports take without optimization. Only the part that is used takes memory.
const STACK: usize = 16 << 20;

/// Builds an interpreter with this backend's settings. The calling thread will own it.
///
/// # Panics
///
/// The same as for [`builder`].
pub(crate) fn build() -> Interpreter {
    let builder = Builder::new().name("python-start".to_owned()).stack_size(STACK);
    let interpreter = match builder.spawn(build_elsewhere).map(JoinHandle::join) {
        Ok(Ok(interpreter)) => {
            interpreter.enter(adopt);
            interpreter
        }
        Ok(Err(panic)) => resume_unwind(panic),
        // Some systems have no threads.
        Err(_) => self::builder(Settings::default()).build(),
    };
    interpreter.enter(import_site);
    interpreter
}

/// Builds an interpreter on a thread that ends afterwards.
fn build_elsewhere() -> Interpreter {
    let interpreter = builder(Settings::default()).build();
    interpreter.enter(|vm| {
        // If an import fails here, it fails again in `site`, which reports it.
        BEFORE_SITE.into_iter().for_each(|name| drop(vm.import(name, 0)));
        // Removes all traces of this thread.
        cleanup_current_thread_frames(vm);
    });
    interpreter
}

/// Makes this thread, on which the main machine is entered, the main thread, instead of the one that built the machine.
fn adopt(vm: &VirtualMachine) {
    watch_this_stack(vm);
    // This fails only without `_thread`, and then nothing uses the main thread.
    drop(set_main_thread(vm));
}

/// Imports `site`, which runs the user's `sitecustomize`. Reports an error, and starts anyway.
fn import_site(vm: &VirtualMachine) {
    drop(vm.ensure_main_module());
    if let Err(error) = vm.import("site", 0) {
        vm.run_unraisable(error, Some("Exception ignored while importing site".to_owned()), vm.ctx.none());
    }
}

/// Sets the main thread, for `threading.main_thread()` and signals.
fn set_main_thread(vm: &VirtualMachine) -> PyResult<()> {
    let identity = vm.import("_thread", 0)?.get_attr("get_ident", vm)?.call((), vm)?;
    vm.state.main_thread_ident.store(identity.try_into_value(vm)?);
    Ok(())
}

/// Makes the machine measure the stack of this thread, for its recursion errors. A main machine is only measured while
/// it is created, but a `ThreadedVirtualMachine` whenever it runs.
fn watch_this_stack(vm: &VirtualMachine) {
    const {
        assert!(size_of::<ThreadedVirtualMachine>() == size_of::<VirtualMachine>());
        assert!(align_of::<ThreadedVirtualMachine>() == align_of::<VirtualMachine>());
    }
    // SAFETY: a `ThreadedVirtualMachine` has a `VirtualMachine` as a field, and as asserted above it is not larger. So
    // it begins with that field, and contains nothing else. The reference is shared, like the one that it is made from,
    // and does not outlive it.
    let machine = unsafe { &*core::ptr::from_ref(vm).cast::<ThreadedVirtualMachine>() };
    machine.run(|_| ());
}
