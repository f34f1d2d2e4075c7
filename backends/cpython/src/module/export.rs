//! Exports the symbol by which CPython finds a module in a library.

/// Exports a module called `$name`. `$init` returns the result of
/// [`module_init`](pyo3_backend::ModuleOps::module_init).
#[cfg(not(all(Py_LIMITED_API, Py_GIL_DISABLED)))]
#[doc(hidden)]
#[macro_export]
macro_rules! export_module {
    ($name:literal, $result:ty, $init:expr) => {
        const _: () = {
            // Without `allow(unsafe_code)`, which would not compile in a crate that forbids unsafe code.
            #[unsafe(export_name = concat!("PyInit_", $name))]
            extern "C" fn init() -> $result {
                ($init)()
            }
        };
    };
}

/// Exports a module called `$name`. `$init` returns the result of
/// [`module_init`](pyo3_backend::ModuleOps::module_init), here an array of slots.
#[cfg(all(Py_LIMITED_API, Py_GIL_DISABLED))]
#[doc(hidden)]
#[macro_export]
macro_rules! export_module {
    ($name:literal, $result:ty, $init:expr) => {
        const _: () = {
            // Without `allow(unsafe_code)`, which would not compile in a crate that forbids unsafe code.
            #[unsafe(export_name = concat!("PyModExport_", $name))]
            extern "C" fn init() -> $result {
                ($init)()
            }
        };
    };
}
