//! The comparison operators.

use core::cmp::Ordering;

use pyo3_backend as contract;

/// A comparison operator, as passed to `__richcmp__`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    /// `<`
    Lt = 0,
    /// `<=`
    Le = 1,
    /// `==`
    Eq = 2,
    /// `!=`
    Ne = 3,
    /// `>`
    Gt = 4,
    /// `>=`
    Ge = 5,
}

impl CompareOp {
    /// Returns the operator with CPython's number `op`, or `None` for a number outside 0 to 5.
    ///
    /// ```
    /// # use pyo3::pyclass::CompareOp;
    /// assert_eq!(CompareOp::from_raw(2), Some(CompareOp::Eq));
    /// assert_eq!(CompareOp::from_raw(6), None);
    /// ```
    pub fn from_raw(op: core::ffi::c_int) -> Option<Self> {
        Some(match op {
            0 => CompareOp::Lt,
            1 => CompareOp::Le,
            2 => CompareOp::Eq,
            3 => CompareOp::Ne,
            4 => CompareOp::Gt,
            5 => CompareOp::Ge,
            _ => return None,
        })
    }

    /// Returns `true` if two values that compare as `result` satisfy this operator.
    ///
    /// ```
    /// # use pyo3::pyclass::CompareOp;
    /// assert!(CompareOp::Le.matches(1.cmp(&2)));
    /// ```
    pub fn matches(&self, result: Ordering) -> bool {
        match self {
            CompareOp::Lt => result.is_lt(),
            CompareOp::Le => result.is_le(),
            CompareOp::Eq => result.is_eq(),
            CompareOp::Ne => result.is_ne(),
            CompareOp::Gt => result.is_gt(),
            CompareOp::Ge => result.is_ge(),
        }
    }
}

/// Converts between this enum and the contract's, whose variants have the same names.
macro_rules! same_names {
    ($($op:ident)*) => {
        impl CompareOp {
            pub(crate) fn into_contract(self) -> contract::CompareOp {
                match self {
                    $(CompareOp::$op => contract::CompareOp::$op,)*
                }
            }

            pub(crate) fn from_contract(op: contract::CompareOp) -> Self {
                match op {
                    $(contract::CompareOp::$op => CompareOp::$op,)*
                }
            }
        }
    };
}

same_names! { Lt Le Eq Ne Gt Ge }
