//! The members of a class, as they are collected and passed to the backend.

use core::ffi::CStr;

use pyo3_backend::{ClassOps, Member, UnarySlot};

use crate::backend::Active;
use crate::{Bound, PyAny, PyResult, Python};

/// A class attribute: its name, and the function that computes its value.
pub(super) type Attribute = (&'static str, for<'py> fn(Python<'py>) -> PyResult<Bound<'py, PyAny>>);

/// A property, of which the getter and setter are added one at a time.
pub(crate) struct Property {
    name: &'static CStr,
    doc: &'static CStr,
    pub(crate) getter: Option<<Active as ClassOps>::GetterEntry>,
    pub(crate) setter: Option<<Active as ClassOps>::SetterEntry>,
}

/// A protocol that the class has set, so that a default does not replace it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Unary(UnarySlot),
    Hash,
    Compare,
    Constructor,
}

/// The members of any class. It has no type parameter, so its code is compiled once.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) members: Vec<Member<Active>>,
    pub(crate) properties: Vec<Property>,
    pub(crate) protocols: Vec<Protocol>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) constructor_text: Option<&'static str>,
}

/// The members of a class, complete.
pub struct Members {
    pub(super) members: Vec<Member<Active>>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) constructor_text: Option<&'static str>,
}

impl Found {
    pub(crate) fn slot(&mut self, slot: <Active as ClassOps>::SlotEntry) {
        self.members.push(Member::Slot(slot));
    }

    pub(crate) fn protocol(&mut self, protocol: pyo3_backend::Protocol<Active>) {
        self.members.extend(protocol.into_members());
    }

    pub(crate) fn has(&self, protocol: Protocol) -> bool {
        self.protocols.contains(&protocol)
    }

    /// Returns the property called `name`, adding it if needed. The getter's doc (`wins`) takes precedence over the
    /// setter's.
    pub(crate) fn property(&mut self, name: &'static CStr, doc: &'static CStr, wins: bool) -> &mut Property {
        let index = self.properties.iter().position(|property| property.name == name).unwrap_or_else(|| {
            self.properties.push(Property { name, doc, getter: None, setter: None });
            self.properties.len() - 1
        });
        let property = &mut self.properties[index];
        if property.doc.is_empty() || (wins && !doc.is_empty()) {
            property.doc = doc;
        }
        property
    }

    /// Finishes the collection. `no_constructor` is used for a class without a constructor.
    pub(crate) fn into_members(mut self, no_constructor: <Active as ClassOps>::SlotEntry) -> Members {
        if !self.has(Protocol::Constructor) {
            self.slot(no_constructor);
        }
        if self.has(Protocol::Compare) && !self.has(Protocol::Hash) {
            self.members.push(Member::Unhashable);
        }
        let properties = self.properties.into_iter();
        self.members.extend(properties.map(|Property { name, doc, getter, setter }| Member::Property {
            name,
            doc,
            getter,
            setter,
        }));
        Members { members: self.members, attributes: self.attributes, constructor_text: self.constructor_text }
    }
}
