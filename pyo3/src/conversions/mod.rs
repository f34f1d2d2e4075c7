//! Conversions of types that other crates define, with one file for each family of types.
//!
//! The modules for crates other than `std` are public, so that their documentation appears.

/// Implements `IntoPyObject` for a reference to a type that is cheap to copy, by converting a copy.
macro_rules! by_copy {
    ($($ty:ty => $target:ty, $error:ty;)*) => {
        $(
            impl<'py> crate::IntoPyObject<'py> for &$ty {
                type Target = $target;
                type Output = crate::Bound<'py, $target>;
                type Error = $error;
                output_type!(into $ty);

                #[inline]
                fn into_pyobject(self, py: crate::Python<'py>) -> Result<Self::Output, Self::Error> {
                    (*self).into_pyobject(py)
                }
            }
        )*
    };
}

// This module comes first because the others use its macros.
#[macro_use]
mod std;

#[cfg(feature = "anyhow")]
pub mod anyhow;
#[cfg(feature = "bigdecimal")]
pub mod bigdecimal;
#[cfg(feature = "bytes")]
pub mod bytes;
#[cfg(feature = "chrono")]
pub mod chrono;
#[cfg(feature = "chrono-tz")]
pub mod chrono_tz;
#[cfg(any(feature = "chrono", feature = "jiff-02", feature = "time"))]
#[allow(dead_code, reason = "the conversions for each crate use only a part")]
mod datetime;
#[cfg(any(feature = "bigdecimal", feature = "rust_decimal"))]
mod decimal;
#[cfg(feature = "either")]
pub mod either;
#[cfg(feature = "eyre")]
pub mod eyre;
#[cfg(feature = "hashbrown")]
pub mod hashbrown;
#[cfg(feature = "indexmap")]
pub mod indexmap;
#[cfg(feature = "jiff-02")]
pub mod jiff;
#[cfg(feature = "num-bigint")]
pub mod num_bigint;
#[cfg(feature = "num-complex")]
pub mod num_complex;
#[cfg(feature = "num-rational")]
pub mod num_rational;
#[cfg(feature = "ordered-float")]
pub mod ordered_float;
#[cfg(any(feature = "anyhow", feature = "eyre"))]
mod report;
#[cfg(feature = "rust_decimal")]
pub mod rust_decimal;
#[cfg(feature = "serde")]
pub mod serde;
#[cfg(feature = "smallvec")]
pub mod smallvec;
#[cfg(feature = "time")]
pub mod time;
#[cfg(feature = "uuid")]
pub mod uuid;
