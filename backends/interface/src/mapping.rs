//! The mapping protocol.

use crate::provided;
use crate::{Attached, Backend, BuiltinType, ObjectOps, Outcome, Owned, Ref, kind};

/// A part of each entry of a mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MappingPart {
    /// The key.
    Keys,
    /// The value.
    Values,
    /// The key and the value, as a tuple.
    Items,
}

impl MappingPart {
    /// Returns the name of the method that gives a view of these parts.
    pub const fn method(self) -> &'static str {
        match self {
            MappingPart::Keys => "keys",
            MappingPart::Values => "values",
            MappingPart::Items => "items",
        }
    }
}

/// Operations on mappings, beyond those on items.
pub trait MappingOps: ObjectOps {
    /// Returns `list(mapping.keys())`, `list(mapping.values())` or `list(mapping.items())`.
    ///
    /// Runs Python: yes. Errors: `AttributeError` if there is no such method; `TypeError` if its result is not
    /// iterable.
    /// CPython: `PyMapping_Keys` and its like. RustPython: `PyMapping::keys` and its like.
    fn mapping_list<'py>(
        py: Attached<'py, Self>,
        mapping: Ref<'_, Self>,
        part: MappingPart,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::List>>
    where
        Self: Backend,
    {
        let method = provided::attribute(py, mapping, part.method())?;
        let parts = provided::call(py, method.as_ref(), &[])?;
        Self::sequence_to_list(py, parts.as_ref())
    }

    /// Returns `types.MappingProxyType(mapping)`.
    ///
    /// Runs Python: no. Errors: `TypeError` if `mapping` is not a mapping, or is a list or a tuple.
    /// CPython: `PyDictProxy_New`. RustPython: calls the type.
    fn mapping_proxy<'py>(
        py: Attached<'py, Self>,
        mapping: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::MappingProxy>>
    where
        Self: Backend,
    {
        provided::instance(py, BuiltinType::MappingProxy, &[mapping])
    }
}
