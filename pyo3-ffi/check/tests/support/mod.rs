//! An interpreter to test functions of the C API in.

#[cfg(not(feature = "runtime-rustpython"))]
mod cpython;
#[cfg(feature = "runtime-rustpython")]
mod rustpython;

#[cfg(not(feature = "runtime-rustpython"))]
pub use self::cpython::attached;
#[cfg(feature = "runtime-rustpython")]
pub use self::rustpython::attached;
