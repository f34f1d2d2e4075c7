//! Tests `ssl` if the application has chosen the cryptography, in its own process, because rustls has one choice per
//! process.

use pyo3_backend_rustpython::builder;
use rustpython_vm::{AsObject, Settings};

#[test]
fn a_choice_that_was_made_already_is_an_import_error() {
    rustls::crypto::ring::default_provider().install_default().expect("nobody has chosen yet");
    builder(Settings::default()).build().enter(|vm| {
        let error = vm.import("ssl", 0).expect_err("the machine has no provider");
        assert!(error.fast_isinstance(vm.ctx.exceptions.import_error));
        let mut text = String::new();
        vm.write_exception(&mut text, &error).expect("a string takes everything");
        assert!(text.contains("start the interpreter first"), "{text}");
    });
}
