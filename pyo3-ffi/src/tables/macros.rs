//! The table macros for types and constants.
//!
//! Each row is one declaration, in the order and with the names of C. The macros add what all rows have in common:
//! visibility, representation, documentation.

/// Constants: `NAME: type = value;`.
macro_rules! constants {
    ($($(#[$meta:meta])* $name:ident: $ty:ty = $value:expr;)+) => {
        $(
            $(#[$meta])*
            #[doc = concat!("C API constant `", stringify!($name), "`.")]
            pub const $name: $ty = $value;
        )+
    };
}

/// Opaque structures, which are only used through pointers.
macro_rules! opaque {
    ($($(#[$meta:meta])* $name:ident;)+) => {
        $(
            $(#[$meta])*
            #[doc = concat!("C API structure `", stringify!($name), "`, opaque.")]
            #[repr(C)]
            pub struct $name {
                _data: (),
                // Not `Send`, `Sync` or `Unpin`: the interpreter decides where and when it may be accessed.
                _marker: core::marker::PhantomData<(*mut u8, core::marker::PhantomPinned)>,
            }
        )+
    };
}

/// Function pointer types: `name: fn(args) -> type;`.
macro_rules! fn_types {
    ($($(#[$meta:meta])* $name:ident: fn($($args:tt)*) $(-> $ret:ty)?;)+) => {
        $(
            $(#[$meta])*
            #[doc = concat!("C API function pointer type `", stringify!($name), "` (C's null is `None`).")]
            pub type $name = unsafe extern "C" fn($($args)*) $(-> $ret)?;
        )+
    };
}

/// Structures with the layout of C: `struct Name { field: type, ... }`.
macro_rules! structs {
    ($($(#[$meta:meta])* struct $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty,)* })+) => {
        $(
            $(#[$meta])*
            #[doc = concat!("C API structure `", stringify!($name), "`.")]
            #[repr(C)]
            pub struct $name {
                $(
                    $(#[$fmeta])*
                    #[doc = concat!("C field `", stringify!($field), "`.")]
                    pub $field: $ty,
                )*
            }
        )+
    };
}
