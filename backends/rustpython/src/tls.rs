//! The cryptography for Python's `ssl`, with the feature `ssl`.
//!
//! The VM's `_ssl` uses rustls, and lets the embedding program choose the cryptography. rustls has one choice for the
//! whole process, and an application that uses rustls itself may already have made it.

use std::sync::{LazyLock, OnceLock};

use rustls::crypto::ring;
use rustpython_stdlib::ssl::providers::CryptoExt;
use rustpython_vm::builtins::{PyModule, PyModuleDef, PyModuleSlots, PyTuple, PyType};
use rustpython_vm::{AsObject, Context, Py, PyResult, VirtualMachine};

use crate::convert::leak;

/// The native module behind `ssl`.
const MODULE: &str = "_ssl";

/// Whether the VM has its provider. It can only be set once per process, which may run several interpreters in
/// succession.
static PROVIDED: LazyLock<bool> = LazyLock::new(|| {
    let extension = CryptoExt {
        all_cipher_suites: Some(ring::ALL_CIPHER_SUITES),
        default_cipher_suites: Some(ring::DEFAULT_CIPHER_SUITES),
        all_kx_groups: Some(ring::ALL_KX_GROUPS),
        any_supported_key: Some(ring::sign::any_supported_type),
        ticketer: ring::Ticketer::new,
    };
    CryptoExt::set_provider(ring::default_provider(), extension).is_ok()
});

/// The function that fills the VM's module, the same for every interpreter.
static FILL: OnceLock<Fill> = OnceLock::new();

type Fill = fn(&VirtualMachine, &Py<PyModule>) -> PyResult<()>;

/// Sets up cryptography for `ssl`, whose native module is one of `modules`. If that is impossible, replaces the module
/// by one whose import raises an error, because the VM's own would panic.
pub(crate) fn provide(modules: &mut [&'static PyModuleDef], ctx: &Context) {
    let Some(module) = modules.iter_mut().find(|module| module.name.as_str() == MODULE) else { return };
    let slots = match (*PROVIDED, module.slots.exec) {
        (true, Some(exec)) => {
            FILL.get_or_init(|| exec);
            PyModuleSlots { create: module.slots.create, exec: Some(fill) }
        }
        (true, None) => return,
        (false, _) => PyModuleSlots { create: None, exec: Some(refuse) },
    };
    let methods = if *PROVIDED { module.methods } else { &[] };
    *module = leak(PyModuleDef { name: ctx.intern_str(MODULE), doc: module.doc, methods, slots });
}

/// Fills the module like the VM, and then adds a missing base to a class.
fn fill(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
    if let Some(fill) = FILL.get() {
        fill(vm, module)?;
    }
    let class = module.get_attr("SSLCertVerificationError", vm)?;
    if let Ok(class) = class.downcast::<PyType>() {
        extend(&class, vm.ctx.exceptions.value_error, vm)?;
    }
    Ok(())
}

/// Adds a base to a native exception class that has no subclasses yet. The VM's macros support one base only, and it
/// refuses to assign `__bases__` of a native class.
///
/// The instances of the new base must have the same layout as those of `Exception`, like those of `ValueError`.
fn extend(class: &Py<PyType>, base: &Py<PyType>, vm: &VirtualMachine) -> PyResult<()> {
    // Native classes outlive interpreters.
    if class.fast_issubclass(base) {
        return Ok(());
    }
    let bases = class.bases.read().as_slice().iter().cloned().chain([base.to_owned()]).collect();
    let old = core::mem::replace(&mut *class.bases.write(), PyTuple::new_ref_typed(bases, &vm.ctx));
    drop(old);
    {
        // The common ancestors come after both bases.
        let mut mro = class.mro.write();
        let place = mro.iter().position(|class| class.is(vm.ctx.exceptions.exception_type)).unwrap_or(mro.len());
        mro.insert(place, base.to_owned());
    }
    base.subclasses.write().push(class.as_object().downgrade(None, vm)?);
    class.modified();
    Ok(())
}

fn refuse(vm: &VirtualMachine, _module: &Py<PyModule>) -> PyResult<()> {
    let text = "ssl is not available: the application chose a default CryptoProvider of rustls before the interpreter \
                started; start the interpreter first";
    Err(vm.new_import_error(text, vm.ctx.new_str(MODULE)))
}
