//! A mark in the compiled file that shows which backend it contains.

/// Embeds name and version of the crate that expands it, such as `pyo3-backend-cpython 0.30.1`, in every program and
/// library that contains the surrounding code. Link-time optimisation and stripping symbols do not remove it.
///
/// Put it where every user of a backend passes: where modules are made, and where the interpreter starts. `cargo xtask
/// downstream` looks for it.
#[macro_export]
macro_rules! mark {
    () => {
        // The black box keeps the compiler from removing the value. Other text may follow it in memory without a gap.
        let _ = ::core::hint::black_box(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"), ";"));
    };
}
