//! Attaching threads to the interpreter, and detaching them.
//!
//! The thread that started the interpreter enters its main virtual machine, the only one that handles signals. Every
//! other thread gets its own machine until its outermost attachment ends.

use core::cell::Cell;

use pyo3_backend::{AttachError, Attached, Outcome, ThreadOps, is_attach_forbidden};
use rustpython_vm::VirtualMachine;
use rustpython_vm::vm::thread::{
    CurrentVmAttachState, SavedThreadState, attach_current_thread, release_current_thread, restore_current_thread,
    save_current_thread,
};

use crate::RustPython;
use crate::convert::outcome;
use crate::interpreter::{self, Entry};
use crate::recursion;
use crate::refcount::DEFERRED;
use crate::section;
use crate::vm::{self, enter, vm};

thread_local! {
    /// Whether this thread is ending. Outlives every thread-local value that has a destructor.
    static ENDING: Cell<bool> = const { Cell::new(false) };

    /// Sets `ENDING` when it is dropped.
    static SENTINEL: Sentinel = const { Sentinel };
}

struct Sentinel;

impl Drop for Sentinel {
    fn drop(&mut self) {
        ENDING.set(true);
    }
}

/// Whether a virtual machine is entered on this thread.
///
/// Unlike the VM's own function, this may be called while the thread-local values of an ending thread are dropped, one
/// of which may be a Python object. They are dropped in the reverse order of their first use, so the sentinel is
/// dropped before the VM's values.
#[inline]
pub(crate) fn is_attached() -> bool {
    // SAFETY: the machine is not used.
    vm::is_known() || unsafe { machine_of_the_vm() }.is_some()
}

/// Returns the machine that this thread entered last, according to the VM.
///
/// # Safety
///
/// As for [`vm::innermost`].
#[inline(never)]
unsafe fn machine_of_the_vm<'a>() -> Option<&'a VirtualMachine> {
    if ENDING.get() {
        return None;
    }
    // SAFETY: upheld by the caller.
    let innermost = unsafe { vm::innermost() };
    // Fails only while `ENDING` is being set.
    let _ = SENTINEL.try_with(|_| ());
    innermost
}

/// Runs the destructor of a dying object.
///
/// Objects die on attached threads, except those that the VM itself drops while it blocks or ends. If the thread cannot
/// attach any more, this leaks the value instead of dropping it, because its destructor may use Python.
pub(crate) fn finalize(body: impl FnOnce(Attached<'_, RustPython>)) {
    // Fails if the interpreter has ended, or during a traversal.
    let _ = RustPython::thread_attach(body);
}

impl ThreadOps for RustPython {
    const HAS_THREADS: bool = !cfg!(all(target_family = "wasm", not(target_feature = "atomics")));

    #[inline]
    fn thread_is_attached() -> bool {
        is_attached()
    }

    fn thread_attach<R>(body: impl for<'py> FnOnce(Attached<'py, Self>) -> R) -> Result<R, AttachError> {
        if is_attach_forbidden() {
            return Err(AttachError::InTraverse);
        }
        // SAFETY: used only below, and the caller of this function leaves the machine after that.
        match unsafe { vm::known() } {
            Some(vm) => Ok(enter(vm, body)),
            None => attach_new(body),
        }
    }

    fn thread_detach<R>(py: Attached<'_, Self>, body: impl FnOnce() -> R + Send) -> R {
        let result = {
            let _outside = section::outside(py);
            detach_as_it_is(py, body)
        };
        recursion::apply(vm(py));
        DEFERRED.drain(py);
        result
    }

    fn thread_check_signals<'py>(py: Attached<'py, Self>) -> Outcome<'py, Self, ()> {
        outcome(py, vm(py).check_signals())
    }
}

/// Attaches this thread while `body` runs, unless it is attached without us. Out of line, so that the path of an attached
/// thread stays small.
#[inline(never)]
fn attach_new<R>(body: impl for<'py> FnOnce(Attached<'py, RustPython>) -> R) -> Result<R, AttachError> {
    // SAFETY: used only here, and the caller of this function leaves the machine after that.
    if let Some(innermost) = unsafe { machine_of_the_vm() } {
        return Ok(enter(innermost, body));
    }
    match interpreter::entry()? {
        Entry::Main(interpreter) => Ok(interpreter.enter(|vm| {
            recursion::apply(vm);
            enter(vm, body)
        })),
        Entry::New(machine) => {
            let _release = Release(attach_current_thread(|| machine));
            // SAFETY: used only below, before the machine is released.
            let machine = unsafe { vm::innermost() };
            Ok(enter(machine.expect("this thread has just been attached"), body))
        }
    }
}

/// Runs `body` detached, and leaves critical sections as they are.
pub(crate) fn detach_as_it_is<R>(_py: Attached<'_, RustPython>, body: impl FnOnce() -> R) -> R {
    vm::outside(|| {
        let _restore = Restore(Some(save_current_thread()));
        body()
    })
}

/// Ends an attachment, even if its body panics.
struct Release(CurrentVmAttachState);

impl Drop for Release {
    fn drop(&mut self) {
        release_current_thread(self.0);
    }
}

/// Ends a detached section, even if its body panics.
struct Restore(Option<SavedThreadState>);

impl Drop for Restore {
    fn drop(&mut self) {
        if let Some(state) = self.0.take() {
            restore_current_thread(state);
        }
    }
}
