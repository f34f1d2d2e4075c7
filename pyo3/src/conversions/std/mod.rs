//! Conversions for the types of Rust's standard library.

mod array;
mod boolean;
mod cell;
mod cstring;
mod float;
mod int128;
mod ipaddr;
mod map;
mod nonzero;
mod num;
mod option;
mod osstr;
mod path;
pub(super) mod sequence;
mod set;
mod slice;
mod string;
mod time;
mod tuple;
mod vec;

/// `IntoPyObject` for a reference to a type that is cheap to copy, by way of the value.
macro_rules! by_copy {
    ($($ty:ty => $target:ty, $error:ty;)*) => {
        $(
            impl<'py> crate::IntoPyObject<'py> for &$ty {
                type Target = $target;
                type Output = crate::Bound<'py, $target>;
                type Error = $error;

                #[inline]
                fn into_pyobject(self, py: crate::Python<'py>) -> Result<Self::Output, Self::Error> {
                    (*self).into_pyobject(py)
                }
            }
        )*
    };
}
use by_copy;
