//! Everything a class has, as it is collected: methods, properties, protocols, class attributes.

use core::ffi::CStr;
use core::marker::PhantomData;

use pyo3_backend::{
    BinarySlot, ClassOps, Member, MethodKind, ProtocolOps, RepeatSlot, SetSlot, TernarySlot, UnarySlot,
};

use super::ClassOf;
use crate::backend::Active;
use crate::exceptions::PyTypeError;
use crate::impl_::arguments::CallArguments;
use crate::impl_::buffer::{GetBuffer, ReleaseBuffer};
use crate::impl_::edge::Adapter;
use crate::impl_::function::{Def, Function, present};
use crate::impl_::shape;
use crate::pyclass::PyClass;
use crate::types::PyAnyMethods;
use crate::{Borrowed, Bound, Py, PyAny, PyResult, Python};

/// A class attribute: its name, and how its value is made.
pub(super) type Attribute = (&'static str, fn(Python<'_>) -> PyResult<Py<PyAny>>);

/// A property, as far as it is known.
struct Property {
    name: &'static CStr,
    doc: &'static CStr,
    getter: Option<<Active as ClassOps>::GetterEntry>,
    setter: Option<<Active as ClassOps>::SetterEntry>,
}

/// What protocols a class has, so that defaults know when to step back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Unary(UnarySlot),
    Hash,
    Compare,
    Constructor,
}

/// The members of the class `T`.
pub struct Items<T> {
    members: Vec<Member<Active>>,
    properties: Vec<Property>,
    protocols: Vec<Protocol>,
    attributes: Vec<Attribute>,
    constructor_text: Option<&'static str>,
    class: PhantomData<fn() -> T>,
}

/// What [`Items`] come to.
pub(super) struct Parts {
    pub(super) members: Vec<Member<Active>>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) constructor_text: Option<&'static str>,
}

macro_rules! slots {
    ($($(#[$doc:meta])* $name:ident: $shape:ident => $op:ident $(($slot:ident: $slot_type:ty))?;)*) => {
        impl<T: PyClass> Items<T> {
            $(
                $(#[$doc])*
                pub fn $name<F: shape::$shape>(&mut self $(, $slot: $slot_type)?) {
                    self.protocol(Active::$op::<ClassOf<T>, Adapter<F>>($($slot)?));
                }
            )*
        }
    };
}

slots! {
    /// `__next__`.
    next: Next => next_slot;
    /// `__len__`.
    len: Len => len_slot;
    /// `__bool__`.
    bool: Bool => bool_slot;
    /// `__contains__`.
    contains: Contains => contains_slot;
    /// A protocol with two operands.
    binary: Binary => binary_slot(slot: BinarySlot);
    /// A protocol of a sequence and a count.
    repeat: Repeat => repeat_slot(slot: RepeatSlot);
    /// A protocol with three operands.
    ternary: Ternary => ternary_slot(slot: TernarySlot);
    /// A protocol that stores and deletes.
    set: Set => set_slot(slot: SetSlot);
    /// `__get__`.
    descriptor_get: DescriptorGet => descriptor_get_slot;
}

impl<T: PyClass> Items<T> {
    pub(super) fn new() -> Self {
        Items {
            members: Vec::new(),
            properties: Vec::new(),
            protocols: Vec::new(),
            attributes: Vec::new(),
            constructor_text: None,
            class: PhantomData,
        }
    }

    fn slot(&mut self, slot: <Active as ClassOps>::SlotEntry) {
        self.members.push(Member::Slot(slot));
    }

    fn protocol(&mut self, protocol: pyo3_backend::Protocol<Active>) {
        self.members.extend(protocol.into_members());
    }

    fn has(&self, protocol: Protocol) -> bool {
        self.protocols.contains(&protocol)
    }

    /// A protocol with one operand.
    pub fn unary<F: shape::Unary>(&mut self, slot: UnarySlot) {
        self.protocols.push(Protocol::Unary(slot));
        self.protocol(Active::unary_slot::<ClassOf<T>, Adapter<F>>(slot));
    }

    /// As [`unary`](Self::unary), where the user has none.
    pub fn default_unary<F: shape::Unary>(&mut self, slot: UnarySlot) {
        if !self.has(Protocol::Unary(slot)) {
            self.unary::<F>(slot);
        }
    }

    /// `__hash__`.
    pub fn hash<F: shape::Hash>(&mut self) {
        self.protocols.push(Protocol::Hash);
        self.protocol(Active::hash_slot::<ClassOf<T>, Adapter<F>>());
    }

    /// As [`hash`](Self::hash), where the user has none.
    pub fn default_hash<F: shape::Hash>(&mut self, (): ()) {
        if !self.has(Protocol::Hash) {
            self.hash::<F>();
        }
    }

    /// Comparison.
    pub fn compare<F: shape::Compare>(&mut self) {
        self.protocols.push(Protocol::Compare);
        self.protocol(Active::compare_slot::<ClassOf<T>, Adapter<F>>());
    }

    /// As [`compare`](Self::compare), where the user has none.
    pub fn default_compare<F: shape::Compare>(&mut self, (): ()) {
        if !self.has(Protocol::Compare) {
            self.compare::<F>();
        }
    }

    /// `__call__`.
    pub fn call<F: Function>(&mut self) {
        self.protocol(Active::call_slot::<ClassOf<T>, Adapter<F>>());
    }

    /// `__init__`.
    pub fn init<F: Function>(&mut self) {
        self.protocol(Active::init_slot::<ClassOf<T>, Adapter<F>>());
    }

    /// `__new__`, and the text signature of the class.
    pub fn constructor<F: Function>(&mut self, text_signature: Option<&'static str>) {
        self.protocols.push(Protocol::Constructor);
        self.constructor_text = text_signature;
        self.slot(Active::constructor_slot::<ClassOf<T>, Adapter<F>>());
    }

    /// `__getbuffer__` and `__releasebuffer__`.
    pub fn buffer<G: GetBuffer, R: ReleaseBuffer>(&mut self) {
        if let Some(slot) = Active::buffer_slot::<ClassOf<T>, Adapter<G>, Adapter<R>>() {
            self.protocol(slot);
        }
    }

    /// A method.
    pub fn method<F: Function>(&mut self, def: Def, kind: MethodKind) {
        let entry = Active::method_entry::<ClassOf<T>, Adapter<F>>(kind, def.no_arguments);
        self.members.push(Member::Method { def, kind, entry });
    }

    /// Reading a property.
    pub fn getter<F: shape::Unary>(&mut self, name: &'static CStr, doc: &'static CStr) {
        let entry = Active::getter_entry::<ClassOf<T>, Adapter<F>>();
        let property = self.property(name, doc, true);
        property.getter = Some(entry);
    }

    /// Writing and deleting a property.
    pub fn setter<F: shape::Set>(&mut self, name: &'static CStr, doc: &'static CStr) {
        let entry = Active::setter_entry::<ClassOf<T>, Adapter<F>>();
        let property = self.property(name, doc, false);
        property.setter = Some(entry);
    }

    /// The property called `name`. The getter's doc wins over the setter's.
    fn property(&mut self, name: &'static CStr, doc: &'static CStr, wins: bool) -> &mut Property {
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

    /// A class attribute.
    pub fn class_attribute(&mut self, name: &'static str, make: fn(Python<'_>) -> PyResult<Py<PyAny>>) {
        self.attributes.push((name, make));
    }

    /// `Class[item]`: `#[pyclass(generic)]`.
    pub fn generic(&mut self) {
        let def = Def {
            name: c"__class_getitem__",
            doc: c"__class_getitem__($cls, item, /)\n--\n\nSee PEP 585",
            no_arguments: false,
        };
        self.method::<Parametrised>(def, MethodKind::Class);
    }

    pub(super) fn into_parts(mut self) -> Parts {
        if !self.has(Protocol::Constructor) {
            self.slot(Active::constructor_slot::<ClassOf<T>, Adapter<NoConstructor<T>>>());
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
        Parts { members: self.members, attributes: self.attributes, constructor_text: self.constructor_text }
    }
}

/// The constructor of a class that Python cannot instantiate.
struct NoConstructor<T>(PhantomData<fn() -> T>);

impl<T: PyClass> Function for NoConstructor<T> {
    fn call<'a, 'py: 'a, A: CallArguments<'a, 'py>>(
        _py: Python<'py>,
        class: Option<Borrowed<'a, 'py, PyAny>>,
        _arguments: A,
    ) -> PyResult<Py<PyAny>> {
        let name = |attribute: &str, otherwise: &str| {
            let name = class.and_then(|class| class.getattr(attribute).ok());
            name.and_then(|name| name.extract::<String>().ok()).unwrap_or_else(|| otherwise.to_owned())
        };
        let (module, qualname) = (name("__module__", "<unknown>"), name("__qualname__", <T as PyClass>::NAME));
        Err(PyTypeError::new_err(format!("cannot create '{module}.{qualname}' instances")))
    }
}

/// `__class_getitem__`: a `types.GenericAlias`.
struct Parametrised;

impl Function for Parametrised {
    fn call<'a, 'py: 'a, A: CallArguments<'a, 'py>>(
        py: Python<'py>,
        class: Option<Borrowed<'a, 'py, PyAny>>,
        arguments: A,
    ) -> PyResult<Py<PyAny>> {
        if arguments.count() != 1 || arguments.keyword_count() != 0 {
            return Err(PyTypeError::new_err("__class_getitem__() takes exactly one argument"));
        }
        let alias = py.import("types")?.getattr("GenericAlias")?;
        alias.call1((present(class), arguments.positional(0))).map(Bound::unbind)
    }
}
