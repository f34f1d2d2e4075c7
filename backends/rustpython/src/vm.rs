//! Converts the proof of attachment to the virtual machine, and back.

use core::cell::Cell;
use core::ptr;

use pyo3_backend::Attached;
use rustpython_vm::VirtualMachine;
use rustpython_vm::vm::thread::try_with_current_vm;

use crate::RustPython;
use crate::refcount::DEFERRED;

thread_local! {
    /// The machine that [`enter`] entered last and has not left. Null if there is none, or while the thread is detached.
    ///
    /// The VM keeps a stack of its own. A look-up there costs more than many operations: the stack is in a `RefCell` in a
    /// thread-local with a destructor. The process has one interpreter, so any machine of this thread will do.
    static CURRENT: Cell<*const VirtualMachine> = const { Cell::new(ptr::null()) };
}

/// Returns the virtual machine that this thread is attached to.
///
/// This reads a thread-local variable. Functions that receive a `&VirtualMachine` use that instead.
#[inline]
pub(crate) fn vm<'py>(_py: Attached<'py, RustPython>) -> &'py VirtualMachine {
    // SAFETY: whoever entered the machine leaves it after `'py`.
    match unsafe { known() } {
        Some(vm) => vm,
        None => unknown(),
    }
}

/// Returns the machine that [`enter`] entered last and has not left, unless this thread has detached since. If there is
/// one, this thread is attached.
///
/// # Safety
///
/// As for [`innermost`].
#[inline]
pub(crate) unsafe fn known<'a>() -> Option<&'a VirtualMachine> {
    // SAFETY: `enter` borrows the machine until it sets `CURRENT` back, and the caller does not use it longer.
    unsafe { CURRENT.get().as_ref() }
}

/// Whether there is a machine that [`known`] returns.
#[inline]
pub(crate) fn is_known() -> bool {
    !CURRENT.get().is_null()
}

/// Asks the VM for the machine. Needed if code has proved by itself that the thread is attached.
#[cold]
#[inline(never)]
fn unknown<'py>() -> &'py VirtualMachine {
    // SAFETY: called with `Attached<'py>`, which proves that a virtual machine is entered on this thread for `'py`.
    // Whoever entered it leaves it after `'py`, and machines on top of it are left before that.
    unsafe { innermost() }.expect("an attached thread has a virtual machine")
}

/// Returns the machine that this thread entered last, from the VM's own stack, or `None` if the thread is detached.
///
/// # Safety
///
/// The result is not used after that machine is left.
#[inline]
pub(crate) unsafe fn innermost<'a>() -> Option<&'a VirtualMachine> {
    // SAFETY: the machine lives until it is left, and the caller does not use it longer.
    try_with_current_vm(|vm| unsafe { &*ptr::from_ref(vm) })
}

/// Runs `body` with the proof of attachment, for functions that a virtual machine calls with itself. Before that, releases
/// the references that detached threads have deferred, because a thread may stay attached forever.
#[inline]
pub(crate) fn enter<'vm, R>(vm: &'vm VirtualMachine, body: impl FnOnce(Attached<'vm, RustPython>) -> R) -> R {
    let _previous = Previous(CURRENT.replace(vm));
    // SAFETY: a virtual machine passes itself only to code that runs while it is entered on the current thread, and it
    // cannot be left while that code borrows it.
    let py = unsafe { Attached::assume() };
    DEFERRED.drain(py);
    body(py)
}

/// Runs `body`, which leaves this thread's machine and enters it again.
#[inline]
pub(crate) fn outside<R>(body: impl FnOnce() -> R) -> R {
    let _previous = Previous(CURRENT.replace(ptr::null()));
    body()
}

/// Makes the next look-ups on this thread ask the VM, until a call or an attachment begins or ends. Needed by code that
/// enters and leaves machines without a scope.
#[inline]
pub(crate) fn forget() {
    CURRENT.set(ptr::null());
}

/// Sets `CURRENT` back, also if the scope ends with a panic.
struct Previous(*const VirtualMachine);

impl Drop for Previous {
    #[inline]
    fn drop(&mut self) {
        CURRENT.set(self.0);
    }
}
