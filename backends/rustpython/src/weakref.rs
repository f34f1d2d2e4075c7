//! Weak references and weak proxies.

use pyo3_backend::{Attached, Outcome, Owned, Ref, WeakrefOps, kind};
use rustpython_vm::builtins::{PyWeak, PyWeakProxy};
use rustpython_vm::types::Callable;
use rustpython_vm::{AsObject, PyObjectRef, VirtualMachine};

use crate::RustPython;
use crate::convert::{object, outcome, own, own_outcome_as};
use crate::vm::vm;

/// Returns a callback. The Python object `None` means none.
fn callback(vm: &VirtualMachine, callback: Option<Ref<'_, RustPython>>) -> Option<PyObjectRef> {
    callback.map(object).filter(|callback| !vm.is_none(callback)).map(ToOwned::to_owned)
}

impl WeakrefOps for RustPython {
    fn weakref_target<'py>(py: Attached<'py, Self>, reference: Ref<'_, Self>) -> Option<Owned<'py, Self>> {
        // Proxies have the payload of references. Calling the reference with the method of the base type, whatever a
        // subclass overrides, is the only public access to the target.
        let weak = object(reference).downcast_ref::<PyWeak>()?;
        let target = <PyWeak as Callable>::call(weak, (), vm(py)).ok()?;
        let is_gone = target.is(&vm(py).ctx.none);
        (!is_gone).then(|| own(py, target))
    }

    fn weakref_new<'py>(
        py: Attached<'py, Self>,
        target: Ref<'_, Self>,
        on_gone: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::WeakRef>> {
        let vm = vm(py);
        own_outcome_as(py, object(target).downgrade(callback(vm, on_gone), vm))
    }

    fn weakref_proxy_new<'py>(
        py: Attached<'py, Self>,
        target: Ref<'_, Self>,
        on_gone: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, Owned<'py, Self>> {
        let vm = vm(py);
        let proxy = PyWeakProxy::new_weakproxy(object(target), callback(vm, on_gone), vm);
        outcome(py, proxy).map(|proxy| own(py, proxy.into()))
    }

    fn weakref_is_proxy(py: Attached<'_, Self>, handle: Ref<'_, Self>) -> bool {
        let (class, types) = (object(handle).class(), &vm(py).ctx.types);
        class.is(types.weakproxy_type) || class.is(types.weakcallableproxy_type)
    }
}
