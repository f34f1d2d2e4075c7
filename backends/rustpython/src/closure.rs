//! Functions around a Rust closure. A capsule holds the closure, and is the function's `__self__`.

use core::ffi::CStr;
use std::collections::HashMap;
use std::sync::Mutex;

use pyo3_backend::{Attached, Outcome, Owned, Ref, kind};
use rustpython_vm::builtins::PyCapsule;
use rustpython_vm::function::{Callee, FuncArgs, PyMethodDef, PyMethodFlags, PyNativeFn, static_raw_func};
use rustpython_vm::{Context, PyObject, PyResult, VirtualMachine};

use crate::RustPython;
use crate::convert::{lend_as, own, result, static_text};
use crate::exclusive::Exclusive;
use crate::function::{item_doc, leak_definition};
use crate::vm::attached;

/// What the contract takes for a closure.
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

/// A function object that owns `closure`.
pub(crate) fn function<'py, F: Callback>(
    py: Attached<'py, RustPython>,
    name: &'static CStr,
    doc: &'static CStr,
    closure: F,
) -> Owned<'py, RustPython, kind::BuiltinFunction> {
    let ctx = Context::genesis();
    let closure = Box::into_raw(Box::new(Exclusive::new(closure)));
    let holder = ctx.new_capsule(closure.cast(), None, Some(drop_closure::<F>));
    let function = definition(name, doc, native::<F>).build_bound_function(ctx, holder.into());
    // SAFETY: `build_bound_function` makes a `builtin_function_or_method`.
    unsafe { own(py, function.into()).assume_kind() }
}

/// Drops the closure of a capsule that dies.
///
/// # Safety
///
/// `capsule` was made by [`function`] for an `F`, and its closure is not used again.
unsafe extern "C" fn drop_closure<F: Callback>(capsule: *mut PyObject) {
    // SAFETY: the VM calls this with the capsule itself, which is alive until this returns.
    let capsule = unsafe { &*capsule };
    if let Some(capsule) = capsule.downcast_ref::<PyCapsule>() {
        let closure = capsule.pointer().cast::<Exclusive<F>>();
        capsule.set_pointer(core::ptr::null_mut());
        if !closure.is_null() {
            // SAFETY: `function` made the pointer from a box of this type, and taking it out of the capsule gives the box to
            // this call alone.
            drop(unsafe { Box::from_raw(closure) });
        }
    }
}

fn native<F: Callback>() -> &'static dyn PyNativeFn {
    static_raw_func(|vm: &VirtualMachine, arguments: FuncArgs, _: Callee| -> PyResult {
        let mut arguments_left = arguments.args.into_iter();
        let holder = arguments_left.next();
        let Some(holder) = holder.as_ref().and_then(|holder| holder.downcast_ref::<PyCapsule>()) else {
            return Err(vm.new_system_error("a function around a closure lost its closure"));
        };
        let closure = holder.pointer().cast::<Exclusive<F>>();
        if closure.is_null() {
            return Err(vm.new_system_error("a function around a closure was called after its end"));
        }
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
        // SAFETY: the function object that is being called was made by `function` for this `F`, and puts the capsule in front
        // of its arguments. `holder` keeps the capsule, and with it the closure.
        let closure = unsafe { &*closure };
        let py = attached(vm);
        closure.with(py, |closure| result(closure(py, lend_as(&positional), keywords.as_deref().map(lend_as))))
    })
}

/// The VM's definition, made once for each name and kind of closure.
fn definition(
    name: &'static CStr,
    doc: &'static CStr,
    native: fn() -> &'static dyn PyNativeFn,
) -> &'static PyMethodDef {
    type Key = (usize, usize, usize);
    static DEFINITIONS: Mutex<Option<HashMap<Key, &'static PyMethodDef>>> = Mutex::new(None);

    let key = (name.as_ptr().addr(), doc.as_ptr().addr(), native as usize);
    let mut definitions = DEFINITIONS.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    definitions.get_or_insert_default().entry(key).or_insert_with(|| {
        let flags = PyMethodFlags::VARARGS.union(PyMethodFlags::KEYWORDS);
        leak_definition(static_text(name), item_doc(doc), flags, native())
    })
}
