//! The symbol of a module that is linked in.

/// Exports a module called `$name`: `$init` gives what [`module_init`](pyo3_backend::ModuleOps::module_init) does.
///
/// Nothing loads it by that name. A host that links several modules in finds each by its symbol, as it does on CPython.
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
