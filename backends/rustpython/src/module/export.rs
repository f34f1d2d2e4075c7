//! Exports the symbol of a module that is linked in.

/// Exports a module called `$name`. `$init` returns the result of
/// [`module_init`](pyo3_backend::ModuleOps::module_init).
///
/// RustPython itself does not use the symbol. As on CPython, a host that links several modules in finds each by its
/// symbol.
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
