//! The values of `PyTypeInfo::NAME` and `MODULE` in older versions.

/// Returns the name of a built-in type: usually that of the Rust type.
pub const fn name(rust: &'static str) -> &'static str {
    match rust.as_bytes() {
        b"PyEllipsis" => "ellipsis",
        b"PyMapping" => "Mapping",
        b"PyNone" => "NoneType",
        b"PyNotImplemented" => "NotImplementedType",
        b"PySequence" => "Sequence",
        _ => rust,
    }
}

/// Returns the module of a built-in type.
pub const fn module(rust: &'static str) -> Option<&'static str> {
    match rust.as_bytes() {
        b"PyEllipsis" | b"PyNone" | b"PyNotImplemented" => None,
        _ => Some("builtins"),
    }
}
