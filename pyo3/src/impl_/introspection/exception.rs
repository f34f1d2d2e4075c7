//! The type information of exceptions that `create_exception!` and `import_exception!` declare.

/// Defines the type hint of the exception: a class of this library if it has a base class, else one to import.
#[doc(hidden)]
#[macro_export]
macro_rules! __pyo3_exception_hint {
    ($module:expr, $name:ident) => {
        const TYPE_HINT: $crate::inspect::PyStaticExpr =
            $crate::type_hint_identifier!(stringify!($module), stringify!($name));
    };
    ($module:expr, $name:ident, $base:ty) => {
        const TYPE_HINT: $crate::inspect::PyStaticExpr = $crate::impl_::introspection::class(
            &$crate::type_hint_identifier!(stringify!($module), stringify!($name)),
            <Self as $crate::impl_::module::Exception>::INTROSPECTION_ID,
        );
    };
}

/// Defines the name of the fragment of the exception, which contains the place in the source.
#[doc(hidden)]
#[macro_export]
macro_rules! __pyo3_exception_id {
    ($name:ident) => {
        const INTROSPECTION_ID: &'static str = ::core::concat!(
            ::core::module_path!(),
            "::",
            stringify!($name),
            ":",
            ::core::line!(),
            ":",
            ::core::column!()
        );
    };
}

/// Defines the fragment of the exception: a class, or an attribute whose value is the class of the other module.
#[doc(hidden)]
#[macro_export]
macro_rules! __pyo3_exception_fragment {
    ($name:ident) => {
        $crate::impl_::introspection::fragment_with_symbol!($crate::impl_::introspection::emit [
            $crate::impl_::introspection::Piece::Text(r#"{"type":"attribute","id":"#),
            $crate::impl_::introspection::Piece::Quoted(<$name as $crate::impl_::module::Exception>::INTROSPECTION_ID),
            $crate::impl_::introspection::Piece::Text(r#","name":"#),
            $crate::impl_::introspection::Piece::Quoted(stringify!($name)),
            $crate::impl_::introspection::Piece::Text(r#","value":"#),
            $crate::impl_::introspection::Piece::Hint($crate::impl_::introspection::of_class::<$name>()),
            $crate::impl_::introspection::Piece::Text("}"),
        ]);
    };
    ($name:ident, $base:ty, $doc:expr) => {
        $crate::impl_::introspection::fragment_with_symbol!($crate::impl_::introspection::emit [
            $crate::impl_::introspection::Piece::Text(r#"{"type":"class","id":"#),
            $crate::impl_::introspection::Piece::Quoted(<$name as $crate::impl_::module::Exception>::INTROSPECTION_ID),
            $crate::impl_::introspection::Piece::Text(r#","name":"#),
            $crate::impl_::introspection::Piece::Quoted(stringify!($name)),
            $crate::impl_::introspection::Piece::Text(r#","bases":["#),
            $crate::impl_::introspection::Piece::Hint($crate::impl_::introspection::of_class::<$base>()),
            $crate::impl_::introspection::Piece::Text("]"),
            $crate::impl_::introspection::Piece::Doc($doc),
            $crate::impl_::introspection::Piece::Text("}"),
        ]);
    };
}

pub use crate::{
    __pyo3_exception_fragment as fragment, __pyo3_exception_hint as type_hint, __pyo3_exception_id as introspection_id,
};
