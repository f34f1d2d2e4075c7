//! Cryptography for Python's `ssl`. Feature `ssl`.
//!
//! The VM's `_ssl` is written for rustls, and leaves the choice of the code that encrypts to whoever embeds it. rustls
//! keeps one choice for the whole process, which an application that uses rustls itself may have made already.

use std::sync::LazyLock;

use rustls::crypto::ring;
use rustpython_stdlib::ssl::providers::CryptoExt;
use rustpython_vm::builtins::{PyModule, PyModuleDef, PyModuleSlots};
use rustpython_vm::{Context, Py, PyResult, VirtualMachine};

use crate::convert::leak;

/// The native module behind `ssl`.
const MODULE: &str = "_ssl";

/// Whether the VM has its provider. It can be set once in a process, which may have several interpreters, one after the
/// other.
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

/// Provides for `ssl`, whose native module is one of `modules`. Where that is impossible, the module is replaced by one
/// that says so when it is imported: the VM's own would panic.
pub(crate) fn provide(modules: &mut [&'static PyModuleDef], ctx: &Context) {
    if *PROVIDED {
        return;
    }
    if let Some(module) = modules.iter_mut().find(|module| module.name.as_str() == MODULE) {
        *module = leak(PyModuleDef {
            name: ctx.intern_str(MODULE),
            doc: None,
            methods: &[],
            slots: PyModuleSlots { create: None, exec: Some(refuse) },
        });
    }
}

fn refuse(vm: &VirtualMachine, _module: &Py<PyModule>) -> PyResult<()> {
    let text = "ssl is not available: the application chose a default CryptoProvider of rustls before the interpreter \
                started; start the interpreter first";
    Err(vm.new_import_error(text, vm.ctx.new_str(MODULE)))
}
