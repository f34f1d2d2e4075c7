//! How generated code registers the members of a class: methods, properties, protocols, class attributes.

use core::ffi::CStr;
use core::marker::PhantomData;

use pyo3_backend::{
    BinarySlot, CApiOps, ClassOps, MethodKind, ProtocolOps, RepeatSlot, SetSlot, TernarySlot, UnarySlot,
};

use crate::backend::Active;
use crate::exceptions::PyTypeError;
use crate::impl_::adapter::Adapter;
use crate::impl_::bind::CallArguments;
use crate::impl_::buffer::{GetBuffer, ReleaseBuffer};
use crate::impl_::function::{Function, present};
use crate::impl_::shape;
use crate::pyclass::PyClass;
use crate::pyclass::contract::ClassOf;
use crate::pyclass::members::{Found, Members, Protocol};
use crate::types::PyAnyMethods;
use crate::{Borrowed, Bound, PyAny, PyResult, Python};

/// Collects the members of the class `T`.
pub struct ClassBuilder<T> {
    found: Box<Found>,
    class: PhantomData<fn() -> T>,
}

macro_rules! slots {
    ($($(#[$doc:meta])* $name:ident: $shape:ident => $op:ident $(($slot:ident: $slot_type:ty))?;)*) => {
        impl<T> ClassBuilder<T> {
            $(
                $(#[$doc])*
                pub fn $name<F: shape::$shape>(&mut self $(, $slot: $slot_type)?)
                where
                    T: PyClass,
                {
                    self.found.protocol(Active::$op::<ClassOf<T>, Adapter<F>>($($slot)?));
                }
            )*
        }
    };
}

slots! {
    /// Sets `__next__`.
    next: Next => slot_next;
    /// Sets `__len__`.
    len: Len => slot_len;
    /// Sets `__bool__`.
    bool: Bool => slot_bool;
    /// Sets `__contains__`.
    contains: Contains => slot_contains;
    /// Sets a protocol with two operands.
    binary: Binary => slot_binary(slot: BinarySlot);
    /// Sets a protocol of a sequence and a count.
    repeat: Repeat => slot_repeat(slot: RepeatSlot);
    /// Sets a protocol with three operands.
    ternary: Ternary => slot_ternary(slot: TernarySlot);
    /// Sets a protocol that stores and deletes.
    set: Set => slot_set(slot: SetSlot);
    /// Sets `__get__`.
    descriptor_get: DescriptorGet => slot_descriptor_get;
}

// The bounds are those of the methods, so that one message says that a type is not a class.
impl<T> ClassBuilder<T> {
    /// Returns the members that `collect` adds. A class without a constructor gets one that raises.
    pub fn members(collect: impl FnOnce(&mut Self)) -> Members
    where
        T: PyClass,
    {
        let mut builder = ClassBuilder { found: Box::default(), class: PhantomData };
        collect(&mut builder);
        let no_constructor = Active::slot_constructor::<ClassOf<T>, Adapter<NoConstructor>>;
        Members { found: builder.found, no_constructor }
    }

    /// Sets a protocol with one operand.
    pub fn unary<F: shape::Unary>(&mut self, slot: UnarySlot)
    where
        T: PyClass,
    {
        self.found.first(Protocol::Unary(slot), Active::slot_unary::<ClassOf<T>, Adapter<F>>(slot));
    }

    /// Sets a protocol as [`unary`](Self::unary) does, unless the user's code has set it.
    pub fn default_unary<F: shape::Unary>(&mut self, slot: UnarySlot)
    where
        T: PyClass,
    {
        if !self.found.has(Protocol::Unary(slot)) {
            self.unary::<F>(slot);
        }
    }

    /// Sets `__hash__`.
    pub fn hash<F: shape::Hash>(&mut self)
    where
        T: PyClass,
    {
        self.found.first(Protocol::Hash, Active::slot_hash::<ClassOf<T>, Adapter<F>>());
    }

    /// Sets `__hash__`, unless the user's code has set it.
    pub fn default_hash<F: shape::Hash>(&mut self)
    where
        T: PyClass,
    {
        if !self.found.has(Protocol::Hash) {
            self.hash::<F>();
        }
    }

    /// Sets comparison.
    pub fn compare<F: shape::Compare>(&mut self)
    where
        T: PyClass,
    {
        self.found.first(Protocol::Compare, Active::slot_compare::<ClassOf<T>, Adapter<F>>());
    }

    /// Sets comparison, unless the user's code has set it.
    pub fn default_compare<F: shape::Compare>(&mut self)
    where
        T: PyClass,
    {
        if !self.found.has(Protocol::Compare) {
            self.compare::<F>();
        }
    }

    /// Sets `__call__`.
    pub fn call<F: Function>(&mut self)
    where
        T: PyClass,
    {
        self.found.protocol(Active::slot_call::<ClassOf<T>, Adapter<F>>());
    }

    /// Sets `__init__`.
    pub fn init<F: Function>(&mut self)
    where
        T: PyClass,
    {
        self.found.protocol(Active::slot_init::<ClassOf<T>, Adapter<F>>());
    }

    /// Sets `__new__`, and the text signature of the class.
    pub fn constructor<F: Function>(&mut self, text_signature: Option<&'static str>)
    where
        T: PyClass,
    {
        self.found.protocols.push(Protocol::Constructor);
        self.found.constructor_text = text_signature;
        self.found.slot(Active::slot_constructor::<ClassOf<T>, Adapter<F>>());
    }

    /// Sets `__getbuffer__` and `__releasebuffer__`.
    pub fn buffer<G: GetBuffer, R: ReleaseBuffer>(&mut self)
    where
        T: PyClass,
    {
        if let Some(slot) = Active::capi_slot_buffer::<ClassOf<T>, Adapter<G>, Adapter<R>>() {
            self.found.protocol(slot);
        }
    }

    /// Adds a method.
    pub fn method<F: Function>(&mut self, name: &'static CStr, doc: &'static CStr, kind: MethodKind)
    where
        T: PyClass,
    {
        let entry = Active::class_method_entry::<ClassOf<T>, Adapter<F>>(kind);
        self.found.method(name, doc, F::NO_ARGUMENTS, kind, entry);
    }

    /// Adds the getter of a property.
    pub fn getter<F: shape::Unary>(&mut self, name: &'static CStr, doc: &'static CStr)
    where
        T: PyClass,
    {
        let entry = Active::class_getter_entry::<ClassOf<T>, Adapter<F>>();
        let property = self.found.property(name, doc, true);
        property.getter = Some(entry);
    }

    /// Adds the setter of a property, which also deletes it.
    pub fn setter<F: shape::Set>(&mut self, name: &'static CStr, doc: &'static CStr)
    where
        T: PyClass,
    {
        let entry = Active::class_setter_entry::<ClassOf<T>, Adapter<F>>();
        let property = self.found.property(name, doc, false);
        property.setter = Some(entry);
    }

    /// Adds a class attribute.
    pub fn class_attribute(&mut self, name: &'static str, make: for<'py> fn(Python<'py>) -> PyResult<Bound<'py, PyAny>>)
    where
        T: PyClass,
    {
        self.found.attributes.push((name, make));
    }

    /// Adds `__class_getitem__`: `#[pyclass(generic)]`.
    pub fn generic(&mut self)
    where
        T: PyClass,
    {
        let doc = c"__class_getitem__($cls, item, /)\n--\n\nSee PEP 585";
        self.method::<Parametrised>(c"__class_getitem__", doc, MethodKind::Class);
    }
}

/// The constructor of a class that Python cannot instantiate.
struct NoConstructor;

impl Function for NoConstructor {
    fn call<'a, 'py: 'a, A: CallArguments<'a, 'py>>(
        _py: Python<'py>,
        class: Option<Borrowed<'a, 'py, PyAny>>,
        _arguments: A,
    ) -> PyResult<Bound<'py, PyAny>> {
        let name = |attribute: &str| {
            let name = class.and_then(|class| class.getattr(attribute).ok());
            name.and_then(|name| name.extract::<String>().ok()).unwrap_or_else(|| "<unknown>".to_owned())
        };
        let (module, qualname) = (name("__module__"), name("__qualname__"));
        Err(PyTypeError::new_err(format!("cannot create '{module}.{qualname}' instances")))
    }
}

/// `__class_getitem__`, which returns a `types.GenericAlias`.
struct Parametrised;

impl Function for Parametrised {
    fn call<'a, 'py: 'a, A: CallArguments<'a, 'py>>(
        py: Python<'py>,
        class: Option<Borrowed<'a, 'py, PyAny>>,
        arguments: A,
    ) -> PyResult<Bound<'py, PyAny>> {
        if arguments.count() != 1 || arguments.keyword_count() != 0 {
            return Err(PyTypeError::new_err("__class_getitem__() takes exactly one argument"));
        }
        let alias = py.import("types")?.getattr("GenericAlias")?;
        alias.call1((present(class), arguments.positional()[0]))
    }
}
