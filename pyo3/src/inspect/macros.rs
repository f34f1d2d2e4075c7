//! Macros that create type hints.

/// Creates the type hint for a name in a module.
///
/// ```
/// use pyo3::inspect::PyStaticExpr;
/// use pyo3::type_hint_identifier;
///
/// const DECIMAL: PyStaticExpr = type_hint_identifier!("decimal", "Decimal");
/// assert_eq!(DECIMAL.to_string(), "decimal.Decimal");
/// assert_eq!(type_hint_identifier!("builtins", "int").to_string(), "int");
/// ```
#[macro_export]
macro_rules! type_hint_identifier {
    (@name $name:expr) => { $crate::inspect::PyStaticExpr::Name { id: $name } };
    ("builtins", $name:expr) => { $crate::type_hint_identifier!(@name $name) };
    ($module:expr, $name:expr) => {{
        use $crate::inspect::PyStaticExpr as Hint;
        Hint::Attribute { value: &$crate::type_hint_identifier!(@name $module), attr: $name }
    }};
}

/// Creates the type hint for a union of types: `a | b | c`.
///
/// ```
/// use pyo3::inspect::PyStaticExpr;
/// use pyo3::{type_hint_identifier, type_hint_union};
///
/// const NUMBER: PyStaticExpr =
///     type_hint_union!(type_hint_identifier!("builtins", "int"), type_hint_identifier!("fractions", "Fraction"));
/// assert_eq!(NUMBER.to_string(), "int | fractions.Fraction");
/// ```
#[macro_export]
macro_rules! type_hint_union {
    ($only:expr $(,)?) => {
        $only
    };
    ($first:expr, $($others:expr),+ $(,)?) => {
        $crate::inspect::PyStaticExpr::BinOp {
            left: &$first,
            op: $crate::inspect::PyStaticOperator::BitOr,
            right: &$crate::type_hint_union!($($others),+),
        }
    };
}

/// Creates the type hint for a generic type with its parameters: `dict[str, int]`.
///
/// ```
/// use pyo3::inspect::PyStaticExpr;
/// use pyo3::{type_hint_identifier, type_hint_subscript};
///
/// const WORDS: PyStaticExpr =
///     type_hint_subscript!(type_hint_identifier!("builtins", "list"), type_hint_identifier!("builtins", "str"));
/// assert_eq!(WORDS.to_string(), "list[str]");
/// ```
#[macro_export]
macro_rules! type_hint_subscript {
    ($generic:expr, $parameter:expr $(,)?) => {
        $crate::inspect::PyStaticExpr::Subscript { value: &$generic, slice: &$parameter }
    };
    ($generic:expr, $($parameter:expr),* $(,)?) => {
        $crate::inspect::PyStaticExpr::Subscript {
            value: &$generic,
            slice: &$crate::inspect::PyStaticExpr::Tuple { elts: &[$($parameter),*] },
        }
    };
}
