//! The error indicator, for code written against the C API.
//!
//! The VM has none: its slot for exceptions holds the exception that is being *handled*. `rustpython-capi` uses that
//! slot nevertheless, and so must code that works with it. This module distinguishes the two cases: an exception in the
//! slot is raised if [`set`] put it there. `set` also saves the handled exception, which [`take`] restores.

use core::cell::Cell;
use core::ptr::NonNull;

use rustpython_vm::builtins::{PyBaseException, PyBaseExceptionRef};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, VirtualMachine};

/// A raised exception, and the one that was being handled when it was raised.
struct Pending {
    raised: PyBaseExceptionRef,
    handled: Option<PyBaseExceptionRef>,
}

/// The same as pointers that own references. A thread that ends leaks them, because it is not attached by then.
type Raw = (NonNull<PyObject>, Option<NonNull<PyObject>>);

thread_local! {
    static PENDING: Cell<Option<Raw>> = const { Cell::new(None) };
}

fn store(pending: Pending) {
    let raw = |exception: PyBaseExceptionRef| PyObjectRef::from(exception).into_raw();
    PENDING.set(Some((raw(pending.raised), pending.handled.map(raw))));
}

/// Returns the stored exceptions, if the slot still holds the raised one.
fn load(vm: &VirtualMachine) -> Option<Pending> {
    let (raised, handled) = PENDING.take()?;
    // SAFETY: `store` made both from references to exceptions, and only this call takes them out of the cell.
    let own = |raw| unsafe { PyObjectRef::from_raw(raw).downcast_unchecked::<PyBaseException>() };
    let pending = Pending { raised: own(raised), handled: handled.map(own) };
    vm.current_exception().is_some_and(|current| current.is(&pending.raised)).then_some(pending)
}

/// Returns the exception that is raised, if any. It stays raised.
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

/// Raises an exception and replaces any other raised one. `None` clears it.
pub(crate) fn set(vm: &VirtualMachine, exception: Option<PyBaseExceptionRef>) {
    drop(take(vm));
    if let Some(raised) = exception {
        let handled = vm.current_exception();
        store(Pending { raised: raised.clone(), handled });
        vm.set_exception(Some(raised));
    }
}
