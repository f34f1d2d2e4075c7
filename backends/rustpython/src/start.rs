//! Building the interpreter where there is stack enough for it, and what is imported at its start.
//!
//! The VM imports Python modules while it is built. Where it is compiled without optimisation, as in the tests of a crate
//! that sets no profile, an import within an import takes more than a megabyte of stack, and the two that Rust gives to a
//! thread are not enough. So the interpreter is built on a thread of its own, and handed over to the one that asked.
//! That one then imports `site`, as CPython does at its start, which runs code of the user.

use std::panic::resume_unwind;
use std::thread::{Builder, JoinHandle};

use rustpython_vm::vm::thread::{ThreadedVirtualMachine, cleanup_current_thread_frames};
use rustpython_vm::{Interpreter, PyResult, Settings, VirtualMachine};

use crate::interpreter::builder;

/// What `site` imports before it runs code of the user. None of it asks which thread it is on.
const BEFORE_SITE: [&str; 5] = ["os", "_sitebuiltins", "stat", "errno", "_io"];

/// Some times what imports take without optimisation. Only what is used of it becomes memory.
const STACK: usize = 16 << 20;

/// Builds an interpreter with this backend's settings, for the calling thread to own.
///
/// # Panics
///
/// As [`builder`].
pub(crate) fn build() -> Interpreter {
    let builder = Builder::new().name("python-start".to_owned()).stack_size(STACK);
    let interpreter = match builder.spawn(build_elsewhere).map(JoinHandle::join) {
        Ok(Ok(interpreter)) => {
            interpreter.enter(adopt);
            interpreter
        }
        Ok(Err(panic)) => resume_unwind(panic),
        // There are systems without threads.
        Err(_) => self::builder(Settings::default()).build(),
    };
    interpreter.enter(import_site);
    interpreter
}

/// Builds an interpreter on a thread that ends afterwards.
fn build_elsewhere() -> Interpreter {
    let interpreter = builder(Settings::default()).build();
    interpreter.enter(|vm| {
        // What fails here fails again in `site`, which is where it is reported.
        BEFORE_SITE.into_iter().for_each(|name| drop(vm.import(name, 0)));
        // No trace of this thread remains.
        cleanup_current_thread_frames(vm);
    });
    interpreter
}

/// Makes this thread, on which the main machine is entered, the main one, instead of the one that built the machine.
fn adopt(vm: &VirtualMachine) {
    watch_this_stack(vm);
    // What is missing then is `_thread`, and with it whoever would ask.
    drop(set_main_thread(vm));
}

/// Imports `site`, which runs the user's `sitecustomize`. An error is reported, and is no reason not to start.
fn import_site(vm: &VirtualMachine) {
    drop(vm.ensure_main_module());
    if let Err(error) = vm.import("site", 0) {
        vm.run_unraisable(error, Some("Exception ignored while importing site".to_owned()), vm.ctx.none());
    }
}

/// `threading.main_thread()`, and signals, go by this.
fn set_main_thread(vm: &VirtualMachine) -> PyResult<()> {
    let identity = vm.import("_thread", 0)?.get_attr("get_ident", vm)?.call((), vm)?;
    vm.state.main_thread_ident.store(identity.try_into_value(vm)?);
    Ok(())
}

/// Has the machine measure the stack of this thread, for its errors of recursion. It does so for a main machine only once,
/// while it is made; but whenever a `ThreadedVirtualMachine` is run.
fn watch_this_stack(vm: &VirtualMachine) {
    const {
        assert!(size_of::<ThreadedVirtualMachine>() == size_of::<VirtualMachine>());
        assert!(align_of::<ThreadedVirtualMachine>() == align_of::<VirtualMachine>());
    }
    // SAFETY: a `ThreadedVirtualMachine` has a `VirtualMachine` for a field, and is not larger, as asserted above: so it
    // begins with it, and has nothing else in it. The reference is shared, like the one that it is made of, and lives as
    // long at most.
    let machine = unsafe { &*core::ptr::from_ref(vm).cast::<ThreadedVirtualMachine>() };
    machine.run(|_| ());
}
