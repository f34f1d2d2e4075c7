//! The error indicator, for code written against the C API.
//!
//! The VM has none: its slot for exceptions is the exception that is being *handled*. `rustpython-capi` uses that slot all
//! the same, and so must whoever works with it. Here it is told apart: an exception in the slot is raised if it was put there
//! by [`set`], which also keeps the one that is handled, and puts it back.

use core::cell::Cell;
use core::ptr::NonNull;

use rustpython_vm::builtins::{PyBaseException, PyBaseExceptionRef};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, VirtualMachine};

/// An exception that is raised, and the one that was handled when it was.
struct Pending {
    raised: PyBaseExceptionRef,
    handled: Option<PyBaseExceptionRef>,
}

/// The same as pointers, each of which owns a reference: a thread that ends leaks them, since it is not attached by then.
type Raw = (NonNull<PyObject>, Option<NonNull<PyObject>>);

thread_local! {
    static PENDING: Cell<Option<Raw>> = const { Cell::new(None) };
}

fn store(pending: Pending) {
    let raw = |exception: PyBaseExceptionRef| PyObjectRef::from(exception).into_raw();
    PENDING.set(Some((raw(pending.raised), pending.handled.map(raw))));
}

/// What was stored, if it still is what the slot holds.
fn load(vm: &VirtualMachine) -> Option<Pending> {
    let (raised, handled) = PENDING.take()?;
    // SAFETY: `store` made both from references to exceptions, and taking them out of the cell gives them to this call alone.
    let own = |raw| unsafe { PyObjectRef::from_raw(raw).downcast_unchecked::<PyBaseException>() };
    let pending = Pending { raised: own(raised), handled: handled.map(own) };
    vm.current_exception().is_some_and(|current| current.is(&pending.raised)).then_some(pending)
}

/// The exception that is raised, if any. It stays raised.
pub(crate) fn get(vm: &VirtualMachine) -> Option<PyBaseExceptionRef> {
    let pending = load(vm)?;
    let raised = pending.raised.clone();
    store(pending);
    Some(raised)
}

/// Takes the exception that is raised, if any.
pub(crate) fn take(vm: &VirtualMachine) -> Option<PyBaseExceptionRef> {
    let pending = load(vm)?;
    vm.set_exception(pending.handled);
    Some(pending.raised)
}

/// Raises an exception in the place of the one that may be raised already. `None` clears it.
pub(crate) fn set(vm: &VirtualMachine, exception: Option<PyBaseExceptionRef>) {
    drop(take(vm));
    if let Some(raised) = exception {
        let handled = vm.current_exception();
        store(Pending { raised: raised.clone(), handled });
        vm.set_exception(Some(raised));
    }
}
