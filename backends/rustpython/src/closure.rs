//! Functions around a Rust closure. An object of our own holds the closure and is the `__self__` of the function. A
//! call keeps that object alive, and only its death drops the closure.

use core::ffi::CStr;
use core::fmt;
use core::mem::ManuallyDrop;

use pyo3_backend::{Attached, Outcome, Owned, Ref, kind};
use rustpython_vm::builtins::PyType;
use rustpython_vm::function::{Callee, FuncArgs, HeapMethodDef, PyMethodFlags, PyNativeFn, static_raw_func};
use rustpython_vm::object::{MaybeTraverse, TraverseFn};
use rustpython_vm::{Context, Py, PyPayload, PyRef, PyResult, VirtualMachine};

use crate::RustPython;
use crate::convert::{lend_as, own, result, static_text};
use crate::function::{item_doc, new_definition};
use crate::reentrant_mutex::ReentrantMutex;
use crate::thread::finalize;
use crate::vm::{enter, vm};

/// A closure, as the contract accepts it.
pub(crate) trait Callback:
    for<'a> Fn(
        Attached<'a, RustPython>,
        Ref<'a, RustPython, kind::Tuple>,
        Option<Ref<'a, RustPython, kind::Dict>>,
    ) -> Outcome<'a, RustPython, Owned<'a, RustPython>>
    + Send
    + 'static
{
}

impl<F> Callback for F where
    F: for<'a> Fn(
            Attached<'a, RustPython>,
            Ref<'a, RustPython, kind::Tuple>,
            Option<Ref<'a, RustPython, kind::Dict>>,
        ) -> Outcome<'a, RustPython, Owned<'a, RustPython>>
        + Send
        + 'static
{
}

/// The object that owns a closure.
struct Holder<F: Callback>(ManuallyDrop<ReentrantMutex<F>>);

impl<F: Callback> fmt::Debug for Holder<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Holder").finish_non_exhaustive()
    }
}

impl<F: Callback> MaybeTraverse for Holder<F> {
    fn try_traverse(&self, _: &mut TraverseFn<'_>) {}
}

impl<F: Callback> PyPayload for Holder<F> {
    /// Returns `object`: Python code sees a plain object.
    fn class(ctx: &Context) -> &'static Py<PyType> {
        ctx.types.object_type
    }
}

impl<F: Callback> Drop for Holder<F> {
    fn drop(&mut self) {
        // SAFETY: the value is dropped only here, and not used again.
        finalize(|_| unsafe { ManuallyDrop::drop(&mut self.0) });
    }
}

/// Creates a function object that owns `closure`.
pub(crate) fn function<'py, F: Callback>(
    py: Attached<'py, RustPython>,
    name: &'static CStr,
    doc: &'static CStr,
    closure: F,
) -> Owned<'py, RustPython, kind::BuiltinFunction> {
    let ctx = Context::genesis();
    let holder = Holder(ManuallyDrop::new(ReentrantMutex::new(closure)));
    let holder = PyRef::new_ref(holder, ctx.types.object_type.to_owned(), None);
    let flags = PyMethodFlags::VARARGS.union(PyMethodFlags::KEYWORDS);
    // The function object owns its definition.
    let definition = HeapMethodDef::new(new_definition(static_text(name), item_doc(doc), flags, native::<F>()));
    let definition = PyRef::new_ref(definition, ctx.types.method_def.to_owned(), None);
    let function = definition.build_function(vm(py), Some(holder.into()));
    // SAFETY: `build_function` creates a `builtin_function_or_method`.
    unsafe { own(py, function.into()).assume_kind() }
}

fn native<F: Callback>() -> &'static dyn PyNativeFn {
    static_raw_func(|vm: &VirtualMachine, arguments: FuncArgs, _: Callee| -> PyResult {
        let mut arguments_left = arguments.args.into_iter();
        // Keeps the closure alive until it returns.
        let holder = arguments_left.next();
        let Some(Holder(closure)) =
            holder.as_ref().and_then(|holder| holder.downcast_ref::<Holder<F>>().map(|found| &**found))
        else {
            return Err(vm.new_system_error("a function around a closure lost its closure"));
        };
        let positional = vm.ctx.new_tuple(arguments_left.collect());
        let keywords = if arguments.kwargs.is_empty() {
            None
        } else {
            let dict = vm.ctx.new_dict();
            for (name, value) in arguments.kwargs {
                dict.inner_setitem(&*name, value, vm)?;
            }
            Some(dict)
        };
        enter(vm, |py| {
            closure.with(py, |closure| result(closure(py, lend_as(&positional), keywords.as_deref().map(lend_as))))
        })
    })
}
