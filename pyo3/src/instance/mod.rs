//! The three handles of Python objects.
//!
//! - [`Py<T>`]: an owned reference that can be kept anywhere.
//! - [`Bound<'py, T>`]: an owned reference on an attached thread. It has the methods of Python objects.
//! - [`Borrowed<'a, 'py, T>`]: a borrowed reference on an attached thread. Its owner keeps the object alive for `'a`.

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
