//! Makes `sys.setrecursionlimit` apply to every thread.
//!
//! The VM keeps the limit in the machine of each thread. So the function is wrapped: it records the limit here, and a
//! thread that attaches applies it.

use core::sync::atomic::{AtomicUsize, Ordering};

use rustpython_vm::function::{Callee, FuncArgs, ItemDoc, PyMethodFlags};
use rustpython_vm::{AsObject, PyResult, VirtualMachine};

use crate::convert::leak;
use crate::function::leak_definition;

/// The initial value of `sys.getrecursionlimit()`, as on CPython.
pub(crate) const AT_START: usize = 1000;

/// The limit that was set last.
static LIMIT: AtomicUsize = AtomicUsize::new(AT_START);

/// Sets the limit of this thread's machine to the one that was set last.
#[inline]
pub(crate) fn apply(vm: &VirtualMachine) {
    vm.recursion_limit.set(LIMIT.load(Ordering::Relaxed));
}

/// Wraps the function of an interpreter that was just built, and takes over its limit.
///
/// # Errors
///
/// If `sys` has no such function.
pub(crate) fn share(vm: &VirtualMachine) -> PyResult<()> {
    const NAME: &str = "setrecursionlimit";
    const DOC: ItemDoc = ItemDoc::static_text(
        "setrecursionlimit($module, limit, /)\n--\n\nSet how deep Python calls can be nested, on every thread.",
    );

    LIMIT.store(vm.recursion_limit.get(), Ordering::Relaxed);
    let sys = vm.sys_module.as_object();
    let name = vm.ctx.intern_str(NAME);
    let original = sys.get_attr(name, vm)?;
    let native = leak(move |vm: &VirtualMachine, arguments: FuncArgs, _: Callee| -> PyResult {
        let result = original.call_with_args(arguments, vm)?;
        LIMIT.store(vm.recursion_limit.get(), Ordering::Relaxed);
        Ok(result)
    });
    let definition = leak_definition(NAME, DOC, PyMethodFlags::FASTCALL, native);
    let function = definition.to_function().with_module(vm.ctx.intern_str("sys")).into_ref(&vm.ctx);
    sys.set_attr(name, function, vm)
}
