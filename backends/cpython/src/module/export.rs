//! The symbol by which CPython finds a module in a library.

/// Exports a module called `$name`: `$init` gives what [`module_init`](pyo3_backend::ModuleOps::module_init) does.
#[cfg(not(all(Py_LIMITED_API, Py_GIL_DISABLED)))]
#[doc(hidden)]
#[macro_export]
macro_rules! export_module {
    ($name:literal, $result:ty, $init:expr) => {
        const _: () = {
            // No `allow(unsafe_code)`, which would not compile where that is forbidden.
            #[unsafe(export_name = concat!("PyInit_", $name))]
            extern "C" fn init() -> $result {
                ($init)()
            }
        };
    };
}

/// Exports a module called `$name`: `$init` gives what [`module_init`](pyo3_backend::ModuleOps::module_init) does, which is
/// an array of slots here.
#[cfg(all(Py_LIMITED_API, Py_GIL_DISABLED))]
#[doc(hidden)]
#[macro_export]
macro_rules! export_module {
    ($name:literal, $result:ty, $init:expr) => {
        const _: () = {
            // No `allow(unsafe_code)`, which would not compile where that is forbidden.
            #[unsafe(export_name = concat!("PyModExport_", $name))]
            extern "C" fn init() -> $result {
                ($init)()
            }
        };
    };
}
