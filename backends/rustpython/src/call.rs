//! Calls from Rust. The VM takes arguments in a vector, so each call allocates one.

use pyo3_backend::{Attached, CallOps, Outcome, Owned, Positional, Ref, kind};
use rustpython_vm::builtins::{PyDict, PyStr};
use rustpython_vm::function::{FuncArgs, KwArgs};
use rustpython_vm::{Py, PyObjectRef, PyResult, VirtualMachine};

use crate::RustPython;
use crate::convert::{clone_all, object, own_outcome, payload};
use crate::vm::vm;

impl CallOps for RustPython {
    fn call<'py>(
        py: Attached<'py, Self>,
        callable: Ref<'_, Self>,
        args: Ref<'_, Self, kind::Tuple>,
        kwargs: Option<Ref<'_, Self, kind::Dict>>,
    ) -> Outcome<'py, Self, Owned<'py, Self>> {
        let vm = vm(py);
        let args = payload(args).as_slice().to_vec();
        let arguments = arguments(args, kwargs.map(payload), vm);
        own_outcome(py, guarded(vm, || object(callable).call_with_args(arguments?, vm)))
    }

    fn call_positional<'py>(
        py: Attached<'py, Self>,
        callable: Ref<'_, Self>,
        args: Positional<'_, Self>,
        kwargs: Option<Ref<'_, Self, kind::Dict>>,
    ) -> Outcome<'py, Self, Owned<'py, Self>> {
        let vm = vm(py);
        let arguments = arguments(clone_all(args.as_slice()), kwargs.map(payload), vm);
        own_outcome(py, guarded(vm, || object(callable).call_with_args(arguments?, vm)))
    }

    fn call_method<'py>(
        py: Attached<'py, Self>,
        name: Ref<'_, Self, kind::Str>,
        args: Positional<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self>> {
        let vm = vm(py);
        let Some((receiver, rest)) = args.as_slice().split_first() else {
            return own_outcome(py, Err(vm.new_type_error("a method call needs a receiver")));
        };
        let arguments = FuncArgs::new(clone_all(rest), KwArgs::default());
        let (receiver, name) = (object(*receiver), payload(name));
        own_outcome(
            py,
            guarded(vm, || match name.to_str() {
                Some(name) => vm.call_method(receiver, name, arguments),
                // The VM's fast path takes UTF-8. A name with surrogates needs the general path.
                None => receiver.get_attr(name, vm).and_then(|method| method.call_with_args(arguments, vm)),
            }),
        )
    }
}

/// Calls, unless the stack is nearly used up. The VM itself checks this where Python code is called, but not where one
/// native function calls another.
#[inline]
fn guarded(vm: &VirtualMachine, call: impl FnOnce() -> PyResult) -> PyResult {
    vm.with_recursion("while calling a Python object", call)
}

/// Converts arguments to the form that the VM takes.
fn arguments(args: Vec<PyObjectRef>, kwargs: Option<&Py<PyDict>>, vm: &VirtualMachine) -> PyResult<FuncArgs> {
    let Some(kwargs) = kwargs else {
        return Ok(FuncArgs::new(args, KwArgs::default()));
    };
    let mut keywords = Vec::with_capacity(kwargs.__len__());
    for (name, value) in kwargs.items_vec() {
        let Some(name) = name.downcast_ref::<PyStr>() else {
            return Err(vm.new_type_error("keywords must be strings"));
        };
        keywords.push((name.as_wtf8().to_owned(), value));
    }
    Ok(FuncArgs::new(args, keywords.into_iter().collect::<KwArgs>()))
}
