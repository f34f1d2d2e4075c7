//! The switch: the one frontend file that names a runtime.

#[cfg(not(feature = "runtime-rustpython-without-capi"))]
use pyo3_backend_cpython::CPython as Runtime;
#[cfg(not(feature = "runtime-rustpython-without-capi"))]
pub use pyo3_backend_cpython::export_module as export_symbol;
#[cfg(feature = "runtime-rustpython-without-capi")]
use pyo3_backend_rustpython::RustPython as Runtime;
#[cfg(feature = "runtime-rustpython-without-capi")]
pub use pyo3_backend_rustpython::export_module as export_symbol;

use pyo3_backend::BackendTypes;

/// The backend that all code of the frontend uses.
#[cfg(not(any(feature = "backend-core", feature = "backend-checked")))]
pub(crate) type Active = Runtime;

/// The runtime's backend, with the contract asserted around each operation.
#[cfg(all(feature = "backend-checked", not(feature = "backend-core")))]
pub(crate) type Active = pyo3_backend_decorators::Checked<Runtime>;

/// The runtime's backend, reduced to its required operations, to test the default bodies of all others.
#[cfg(all(feature = "backend-core", not(feature = "backend-checked")))]
pub(crate) type Active = pyo3_backend_decorators::Core<Runtime>;

/// Both decorators: asserts the contract of the default bodies.
#[cfg(all(feature = "backend-core", feature = "backend-checked"))]
pub(crate) type Active = pyo3_backend_decorators::Checked<pyo3_backend_decorators::Core<Runtime>>;

/// Connects `pyo3_ffi` to the interpreter that the backend owns. On CPython, both use libpython anyway.
#[inline]
pub(crate) fn connect_c_api() {
    // WebAssembly has no C API, so there is nothing to connect.
    #[cfg(all(feature = "runtime-rustpython", not(target_family = "wasm")))]
    {
        use pyo3_backend_rustpython::ffi_hooks;
        static HOOKS: pyo3_ffi::ffi_hooks::Hooks = pyo3_ffi::ffi_hooks::Hooks {
            is_initialized: ffi_hooks::is_initialized,
            is_finalizing: ffi_hooks::is_finalizing,
            initialize: ffi_hooks::initialize,
            new_machine: ffi_hooks::new_machine,
            machine_changed: ffi_hooks::machine_changed,
            register_module: ffi_hooks::register_module,
            raised: ffi_hooks::raised,
            take_raised: ffi_hooks::take_raised,
            set_raised: ffi_hooks::set_raised,
            begin_section: ffi_hooks::begin_section,
            end_section: ffi_hooks::end_section,
        };
        pyo3_ffi::ffi_hooks::install(&HOOKS);
    }
}

/// The result of an operation of the active backend.
pub(crate) type Outcome<'py, T> = pyo3_backend::Outcome<'py, Active, T>;

/// The error of an operation of the active backend.
pub(crate) type Raised<'py> = <Active as BackendTypes>::Raised<'py>;

/// A borrowed reference of the active backend.
pub(crate) type Ref<'a, K = pyo3_backend::kind::Any> = pyo3_backend::Ref<'a, Active, K>;

/// An owned reference of the active backend.
pub(crate) type Owned<'py, K = pyo3_backend::kind::Any> = pyo3_backend::Owned<'py, Active, K>;

/// Proof of attachment to the active backend.
pub(crate) type Attached<'py> = pyo3_backend::Attached<'py, Active>;
