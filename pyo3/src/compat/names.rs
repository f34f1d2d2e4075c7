//! What `PyTypeInfo::NAME` and `MODULE` were.

/// The name of a type of the runtime's own: mostly that of the Rust type.
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

/// The module of a type that no other says.
pub const fn module(rust: &'static str) -> Option<&'static str> {
    match rust.as_bytes() {
        b"PyEllipsis" | b"PyNone" | b"PyNotImplemented" => None,
        _ => Some("builtins"),
    }
}
