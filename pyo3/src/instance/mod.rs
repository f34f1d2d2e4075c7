//! The three smart pointers to Python objects.
//!
//! - [`Py<T>`]: an owned reference that may be kept anywhere.
//! - [`Bound<'py, T>`]: an owned reference on an attached thread; methods are on this one.
//! - [`Borrowed<'a, 'py, T>`]: a reference that somebody else keeps alive for `'a`.

mod borrowed;
mod bound;
mod bound_object;
mod py;
mod raw;

pub use self::borrowed::Borrowed;
pub use self::bound::Bound;
pub use self::bound_object::BoundObject;
pub use self::py::Py;

#[cfg(feature = "py-clone")]
pub(crate) use self::py::clone_attached;
pub(crate) use self::raw::NativeKind;
