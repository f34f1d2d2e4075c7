//! Type hints as constants: what each conversion takes and gives, for tools that write type stubs.
//!
//! With the feature `experimental-inspect`. A hint is a Python expression; `FromPyObject::INPUT_TYPE`,
//! `IntoPyObject::OUTPUT_TYPE` and the `TYPE_HINT` of types are such.
//!
//! ```
//! use pyo3::{FromPyObject, IntoPyObject};
//!
//! assert_eq!(<Vec<u16> as IntoPyObject>::OUTPUT_TYPE.to_string(), "builtins.list[builtins.int]");
//! assert_eq!(<Option<bool> as FromPyObject>::INPUT_TYPE.to_string(), "builtins.bool | None");
//! ```

mod display;
mod macros;

/// A Python expression, as far as type hints need it.
///
/// The macros [`type_hint_identifier!`](crate::type_hint_identifier), [`type_hint_union!`](crate::type_hint_union) and
/// [`type_hint_subscript!`](crate::type_hint_subscript) make most of them. `to_string` gives Python's source.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum PyStaticExpr {
    /// `None`, `1`, `"text"`.
    Constant {
        /// Which one.
        value: PyStaticConstant,
    },
    /// `name`
    Name {
        /// The name.
        id: &'static str,
    },
    /// `value.attr`
    Attribute {
        /// What is before the point.
        value: &'static Self,
        /// What is after it.
        attr: &'static str,
    },
    /// `left | right`
    BinOp {
        /// The first operand.
        left: &'static Self,
        /// The operator.
        op: PyStaticOperator,
        /// The second operand.
        right: &'static Self,
    },
    /// `(a, b)`
    Tuple {
        /// The elements.
        elts: &'static [Self],
    },
    /// `[a, b]`
    List {
        /// The elements.
        elts: &'static [Self],
    },
    /// `value[slice]`
    Subscript {
        /// What is before the brackets.
        value: &'static Self,
        /// What is in them.
        slice: &'static Self,
    },
    /// A `#[pyclass]`, of which only the finished module knows where it can be imported from.
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
    /// An integer, as its decimal digits.
    Int(&'static str),
    /// A finite number, as its decimal digits.
    Float(&'static str),
    /// A string: its value, without quotes and escapes.
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
    /// Takes the name, and what the class is called where fragments of type information refer to it.
    #[doc(hidden)]
    #[inline]
    pub const fn new(expr: &'static PyStaticExpr, introspection_id: &'static str) -> Self {
        PyClassNameStaticExpr { expr, id: introspection_id }
    }

    /// The class as `module.Name`.
    ///
    /// Made of what `#[pyclass(module = "...", name = "...")]` says, which need not be where the class can be imported
    /// from.
    #[inline]
    pub const fn expr(&self) -> &'static PyStaticExpr {
        self.expr
    }

    /// What the class is called where fragments of type information refer to it.
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
