//! The members of a class, as they are collected and passed to the backend.

use core::ffi::CStr;

use pyo3_backend::{ClassOps, FunctionDef, Member, MethodKind, UnarySlot};

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
pub(crate) struct Found {
    pub(crate) members: Vec<Member<Active>>,
    pub(crate) properties: Vec<Property>,
    pub(crate) protocols: Vec<Protocol>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) constructor_text: Option<&'static str>,
}

impl Default for Found {
    fn default() -> Self {
        // Room for most classes.
        Found {
            members: Vec::with_capacity(24),
            properties: Vec::with_capacity(8),
            protocols: Vec::with_capacity(8),
            attributes: Vec::new(),
            constructor_text: None,
        }
    }
}

/// The members that a class has added. Two words, because there is one copy of the code that returns them per class.
pub struct Members {
    pub(crate) found: Box<Found>,
    /// Makes the constructor of a class without one.
    pub(crate) no_constructor: fn() -> <Active as ClassOps>::SlotEntry,
}

/// The members of a class, complete.
pub(super) struct Parts {
    pub(super) members: Vec<Member<Active>>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) constructor_text: Option<&'static str>,
}

// Each class calls these once per member, so they are not inlined.
impl Found {
    #[inline(never)]
    pub(crate) fn method(
        &mut self,
        name: &'static CStr,
        doc: &'static CStr,
        no_arguments: bool,
        kind: MethodKind,
        entry: <Active as ClassOps>::MethodEntry,
    ) {
        self.members.push(Member::Method { def: FunctionDef { name, doc, no_arguments }, kind, entry });
    }

    #[inline(never)]
    pub(crate) fn slot(&mut self, slot: <Active as ClassOps>::SlotEntry) {
        self.members.push(Member::Slot(slot));
    }

    #[inline(never)]
    pub(crate) fn protocol(&mut self, protocol: pyo3_backend::Protocol<Active>) {
        match protocol {
            pyo3_backend::Protocol::Slot(entry) => self.slot(entry),
            methods => self.members.extend(methods.into_members()),
        }
    }

    /// Adds a protocol that replaces a default.
    #[inline(never)]
    pub(crate) fn first(&mut self, which: Protocol, protocol: pyo3_backend::Protocol<Active>) {
        self.protocols.push(which);
        self.protocol(protocol);
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
}

impl Members {
    /// Completes the members.
    pub(super) fn into_parts(self) -> Parts {
        let Members { mut found, no_constructor } = self;
        if !found.has(Protocol::Constructor) {
            found.slot(no_constructor());
        }
        if found.has(Protocol::Compare) && !found.has(Protocol::Hash) {
            found.members.push(Member::Unhashable);
        }
        let Found { mut members, properties, attributes, constructor_text, .. } = *found;
        let properties = properties.into_iter();
        members.extend(properties.map(|Property { name, doc, getter, setter }| Member::Property {
            name,
            doc,
            getter,
            setter,
        }));
        Parts { members, attributes, constructor_text }
    }
}
