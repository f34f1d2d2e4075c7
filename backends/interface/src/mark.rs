//! The mark by which a finished file shows which backend is in it.

/// Leaves name and version of the crate that expands it, `pyo3-backend-cpython 0.30.1`, in every program and library
/// that has the code around it, link-time optimisation and stripped symbols notwithstanding.
///
/// For what every user of a backend goes through: where modules are made, and where the interpreter starts. `cargo xtask
/// downstream` looks for it.
#[macro_export]
macro_rules! mark {
    () => {
        // A value that the compiler may not think away. Other text may follow it in memory without a gap.
        let _ = ::core::hint::black_box(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"), ";"));
    };
}
