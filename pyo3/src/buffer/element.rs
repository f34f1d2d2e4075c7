//! The types that items of a buffer can have.

use core::ffi::{CStr, c_char, c_int, c_long, c_longlong, c_short, c_uchar, c_uint, c_ulong, c_ulonglong, c_ushort};
use core::mem::size_of;

/// The type of an item, as a format string of the module `struct` describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementType {
    /// A signed integer.
    SignedInteger {
        /// Its size in bytes.
        bytes: usize,
    },
    /// An unsigned integer.
    UnsignedInteger {
        /// Its size in bytes.
        bytes: usize,
    },
    /// A boolean.
    Bool,
    /// A floating-point number.
    Float {
        /// Its size in bytes.
        bytes: usize,
    },
    /// Any other type: several values, text or pointers.
    Unknown,
}

/// The sizes that a format code stands for: native (`@`, the default) or standard (`=`, `<`, `>`, `!`).
#[derive(Clone, Copy)]
enum Widths {
    Native,
    Standard,
}

impl ElementType {
    /// Parses a format string.
    ///
    /// ```
    /// use pyo3::buffer::ElementType;
    ///
    /// assert_eq!(ElementType::from_format(c"<h"), ElementType::SignedInteger { bytes: 2 });
    /// assert_eq!(ElementType::from_format(c"d"), ElementType::Float { bytes: 8 });
    /// assert_eq!(ElementType::from_format(c"hh"), ElementType::Unknown);
    /// ```
    pub fn from_format(format: &CStr) -> ElementType {
        match format.to_bytes() {
            [code] | [b'@', code] => Self::from_code(*code, Widths::Native),
            [b'=' | b'<' | b'>' | b'!', code] => Self::from_code(*code, Widths::Standard),
            _ => ElementType::Unknown,
        }
    }

    fn from_code(code: u8, widths: Widths) -> ElementType {
        let width = |native: usize, standard: usize| match widths {
            Widths::Native => native,
            Widths::Standard => standard,
        };
        let signed = |bytes| ElementType::SignedInteger { bytes };
        let unsigned = |bytes| ElementType::UnsignedInteger { bytes };
        match (code, widths) {
            // `c` is a single character, which this crate treats as a byte.
            (b'c', _) | (b'B', _) => unsigned(width(size_of::<c_uchar>(), 1)),
            (b'b', _) => signed(width(size_of::<c_char>(), 1)),
            (b'?', _) => ElementType::Bool,
            (b'h', _) => signed(width(size_of::<c_short>(), 2)),
            (b'H', _) => unsigned(width(size_of::<c_ushort>(), 2)),
            (b'i', _) => signed(width(size_of::<c_int>(), 4)),
            (b'I', _) => unsigned(width(size_of::<c_uint>(), 4)),
            (b'l', _) => signed(width(size_of::<c_long>(), 4)),
            (b'L', _) => unsigned(width(size_of::<c_ulong>(), 4)),
            (b'q', _) => signed(width(size_of::<c_longlong>(), 8)),
            (b'Q', _) => unsigned(width(size_of::<c_ulonglong>(), 8)),
            (b'n', Widths::Native) => signed(size_of::<isize>()),
            (b'N', Widths::Native) => unsigned(size_of::<usize>()),
            (b'e', _) => ElementType::Float { bytes: 2 },
            (b'f', _) => ElementType::Float { bytes: 4 },
            (b'd', _) => ElementType::Float { bytes: 8 },
            _ => ElementType::Unknown,
        }
    }
}

/// Returns `true` if items of several bytes in this format have the native byte order.
fn is_native_order(format: &CStr) -> bool {
    match format.to_bytes().first() {
        Some(b'<') => cfg!(target_endian = "little"),
        Some(b'>' | b'!') => cfg!(target_endian = "big"),
        _ => true,
    }
}

/// A type that the items of a buffer can have.
///
/// # Safety
///
/// Any bit pattern must be a valid value of the type. `is_compatible_format` must return `true` only for formats whose
/// items are values of the type.
#[expect(unsafe_code, reason = "reading foreign memory relies on the implementations")]
pub unsafe trait Element: Copy {
    /// Returns `true` if items in this format are values of the type.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::buffer::Element;
    ///
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert!(u8::is_compatible_format(c"B") && !u8::is_compatible_format(c"d"));
    /// });
    /// ```
    fn is_compatible_format(format: &CStr) -> bool;
}

macro_rules! elements {
    ($($type:ty: $kind:ident,)*) => {
        $(
            #[expect(unsafe_code, reason = "any bit pattern is a valid number")]
            // SAFETY: any bit pattern is a valid number, and the check requires the same kind and size, and the native
            // byte order.
            unsafe impl Element for $type {
                fn is_compatible_format(format: &CStr) -> bool {
                    let wanted = ElementType::$kind { bytes: size_of::<$type>() };
                    (size_of::<$type>() == 1 || is_native_order(format)) && ElementType::from_format(format) == wanted
                }
            }
        )*
    };
}

elements! {
    u8: UnsignedInteger,
    u16: UnsignedInteger,
    u32: UnsignedInteger,
    u64: UnsignedInteger,
    usize: UnsignedInteger,
    i8: SignedInteger,
    i16: SignedInteger,
    i32: SignedInteger,
    i64: SignedInteger,
    isize: SignedInteger,
    f32: Float,
    f64: Float,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_read() {
        assert_eq!(ElementType::from_format(c"i"), ElementType::SignedInteger { bytes: size_of::<c_int>() });
        assert_eq!(ElementType::from_format(c"<q"), ElementType::SignedInteger { bytes: 8 });
        assert_eq!(ElementType::from_format(c"=l"), ElementType::SignedInteger { bytes: 4 });
        assert_eq!(ElementType::from_format(c"?"), ElementType::Bool);
        assert_eq!(ElementType::from_format(c"=n"), ElementType::Unknown);
        assert_eq!(ElementType::from_format(c"3i"), ElementType::Unknown);
    }

    #[test]
    fn foreign_byte_order_is_refused() {
        let foreign = if cfg!(target_endian = "little") { c">i" } else { c"<i" };
        assert!(!i32::is_compatible_format(foreign));
        assert!(i32::is_compatible_format(c"i"));
        assert!(!i32::is_compatible_format(c"I"));
        assert!(u8::is_compatible_format(c">B"));
    }
}
