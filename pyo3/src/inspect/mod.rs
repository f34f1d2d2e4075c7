//! Type hints as constants: the types that each conversion accepts and returns, for tools that write type stubs.
//! Feature `experimental-inspect`.
//!
//! A hint is a Python expression. `FromPyObject::INPUT_TYPE`, `IntoPyObject::OUTPUT_TYPE` and the `TYPE_HINT` of types
//! are hints.
//!
//! ```
//! use pyo3::{FromPyObject, IntoPyObject};
//!
//! assert_eq!(<Vec<u16> as IntoPyObject>::OUTPUT_TYPE.to_string(), "builtins.list[builtins.int]");
//! assert_eq!(<Option<bool> as FromPyObject>::INPUT_TYPE.to_string(), "builtins.bool | None");
//! ```

mod display;
mod macros;

/// A Python expression. It can represent all expressions that occur in type hints.
///
/// Use the macros [`type_hint_identifier!`](crate::type_hint_identifier), [`type_hint_union!`](crate::type_hint_union)
/// and [`type_hint_subscript!`](crate::type_hint_subscript) to create most of them. `to_string` returns the Python
/// source code.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum PyStaticExpr {
    /// A constant: `None`, `1`, `"text"`.
    Constant {
        /// The constant.
        value: PyStaticConstant,
    },
    /// A name: `name`.
    Name {
        /// The name.
        id: &'static str,
    },
    /// An attribute: `value.attr`.
    Attribute {
        /// The expression before the dot.
        value: &'static Self,
        /// The name after the dot.
        attr: &'static str,
    },
    /// A binary operation: `left | right`.
    BinOp {
        /// The first operand.
        left: &'static Self,
        /// The operator.
        op: PyStaticOperator,
        /// The second operand.
        right: &'static Self,
    },
    /// A tuple: `(a, b)`.
    Tuple {
        /// The elements.
        elts: &'static [Self],
    },
    /// A list: `[a, b]`.
    List {
        /// The elements.
        elts: &'static [Self],
    },
    /// A subscription: `value[slice]`.
    Subscript {
        /// The expression before the brackets.
        value: &'static Self,
        /// The expression in the brackets.
        slice: &'static Self,
    },
    /// A `#[pyclass]`. Only the complete module determines where the class can be imported from.
    PyClass(PyClassNameStaticExpr),
}

/// A constant in a [`PyStaticExpr`].
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum PyStaticConstant {
    /// `None`
    None,
    /// `True` or `False`
    Bool(bool),
    /// An integer, given by its decimal digits.
    Int(&'static str),
    /// A finite number, given by its decimal digits.
    Float(&'static str),
    /// A string, given by its value, without quotes and escapes.
    Str(&'static str),
    /// `...`
    Ellipsis,
}

/// An operator in a [`PyStaticExpr`].
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum PyStaticOperator {
    /// `|`
    BitOr,
}

/// The name of a `#[pyclass]` in a [`PyStaticExpr`].
#[derive(Clone, Copy)]
pub struct PyClassNameStaticExpr {
    expr: &'static PyStaticExpr,
    id: &'static str,
}

impl PyClassNameStaticExpr {
    /// Creates the name of a class. `introspection_id` identifies the class in fragments of type information.
    #[doc(hidden)]
    #[inline]
    pub const fn new(expr: &'static PyStaticExpr, introspection_id: &'static str) -> Self {
        PyClassNameStaticExpr { expr, id: introspection_id }
    }

    /// Returns the class as `module.Name`.
    ///
    /// Both parts come from `#[pyclass(module = "...", name = "...")]`. The module need not be the one that the class
    /// can be imported from.
    #[inline]
    pub const fn expr(&self) -> &'static PyStaticExpr {
        self.expr
    }

    /// Returns the identifier of the class in fragments of type information.
    #[doc(hidden)]
    #[inline]
    pub const fn introspection_id(&self) -> &'static str {
        self.id
    }
}

impl AsRef<PyStaticExpr> for PyClassNameStaticExpr {
    #[inline]
    fn as_ref(&self) -> &PyStaticExpr {
        self.expr
    }
}
