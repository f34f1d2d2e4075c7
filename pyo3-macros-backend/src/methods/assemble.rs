//! Combining functions that share a slot: operators with their reflected methods, setters with deleters, comparisons.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Attribute;

use super::parse::{Method, Receiver, Role};
use super::protocol::Kind as ProtocolKind;
use super::slot::{Combination, Place, Shape, Slot, operands};
use crate::condition::Condition;
use crate::doc::c_string;
use crate::function::Kind;
use crate::syntax::{local, placed};

/// A function at one place in a slot. It may have several forms, whose `#[cfg(...)]` attributes exclude each other.
struct Part {
    /// The name that all forms share.
    function: Ident,
    /// The condition of each form.
    forms: Vec<Condition>,
    /// The docs of the forms that have any.
    docs: Vec<(Condition, TokenStream)>,
}

impl Part {
    /// Returns the condition under which the function exists.
    fn condition(&self) -> Condition {
        Condition::any(&self.forms)
    }
}

/// The parts of one slot, by their place in it.
#[derive(Default)]
struct Group {
    parts: BTreeMap<Place, Part>,
}

impl Group {
    /// Returns the condition under which the slot exists.
    fn condition(&self) -> Condition {
        let conditions: Vec<Condition> = self.parts.values().map(Part::condition).collect();
        Condition::any(&conditions)
    }

    /// Returns the doc of the whole. That of a deleter counts only if there is no other.
    fn doc(&self) -> TokenStream {
        let (last, first): (Vec<_>, Vec<_>) = self.parts.iter().partition(|(place, _)| **place == Place::Delete);
        let mut before = Vec::new();
        let mut choices = TokenStream::new();
        for (condition, doc) in first.into_iter().chain(last).flat_map(|(_, part)| &part.docs) {
            let attribute = condition.clone().and(Condition::any(&before).negated()).attribute();
            match (before.is_empty(), condition.is_always()) {
                (true, true) => return doc.clone(),
                (true, false) => {
                    let attribute = condition.attribute();
                    choices.extend(quote!(#attribute { #doc }));
                }
                (false, _) => choices.extend(quote!(#attribute { #doc })),
            }
            before.push(condition.clone());
        }
        if before.is_empty() {
            return quote!(c"");
        }
        let otherwise = Condition::any(&before).negated().attribute();
        quote!({ #choices #otherwise { c"" } })
    }
}

/// The functions of a group as its slot calls them. A function that may not exist has a stand-in.
struct StandIns<'a> {
    krate: &'a TokenStream,
    group: &'a Group,
    /// The stand-ins, under the names of the functions that they replace.
    items: TokenStream,
}

impl<'a> StandIns<'a> {
    fn new(krate: &'a TokenStream, group: &'a Group) -> Self {
        StandIns { krate, group, items: TokenStream::new() }
    }

    /// Returns the function in `place`, or `absent` from `impl_::protocol` if there is none.
    fn function(&mut self, place: Place, absent: &str) -> TokenStream {
        let krate = self.krate;
        let part = self.group.parts.get(&place);
        if absent.is_empty() {
            // The only function of a slot needs no stand-in: without it, the slot does not exist.
            let function = part.map(|part| &part.function);
            return quote!(#function);
        }
        let absent = format_ident!("{absent}");
        let Some(part) = part else { return quote!(#krate::impl_::protocol::#absent) };
        let (function, exists) = (&part.function, part.condition());
        if !exists.is_always() {
            let missing = exists.negated().attribute();
            self.items.extend(quote!(#missing use #krate::impl_::protocol::#absent as #function;));
        }
        quote!(#function)
    }

    /// Creates a call of [`function`](Self::function) with `operands` after the receiver.
    fn call(&mut self, place: Place, absent: &str, operands: &[&Ident]) -> TokenStream {
        let (function, py, receiver) = (self.function(place, absent), local("py"), local("receiver"));
        quote!(#function(#py, #receiver, #(#operands),*))
    }
}

/// Creates a call of `store` if there is a value, and of `delete` otherwise.
fn store_or_delete(store: &TokenStream, delete: &TokenStream) -> TokenStream {
    let [_, value] = operands();
    quote! {
        match #value {
            ::core::option::Option::Some(#value) => #store,
            ::core::option::Option::None => #delete,
        }
    }
}

/// The slot or property that a group of functions fills.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    /// Reading the property of this name.
    Getter(String),
    /// Writing and deleting the property of this name.
    Setter(String),
    /// A slot.
    Slot(Slot),
}

/// The output for a `#[pymethods]` block, as it is built.
pub struct Assembly<'a> {
    /// The crate that generated code refers to.
    pub krate: &'a TokenStream,
    /// The class.
    pub class: &'a TokenStream,
    /// Generated functions and types.
    pub items: TokenStream,
    statements: TokenStream,
    inherent: TokenStream,
    groups: BTreeMap<Target, Group>,
    count: usize,
}

impl<'a> Assembly<'a> {
    /// Creates an empty assembly.
    pub fn new(krate: &'a TokenStream, class: &'a TokenStream) -> Self {
        Assembly {
            krate,
            class,
            items: TokenStream::new(),
            statements: TokenStream::new(),
            inherent: TokenStream::new(),
            groups: BTreeMap::new(),
            count: 0,
        }
    }

    /// Adds a statement that registers something.
    pub fn statement(&mut self, cfgs: &[Attribute], statement: TokenStream) {
        self.statement_when(&Condition::of(cfgs), statement);
    }

    fn statement_when(&mut self, condition: &Condition, statement: TokenStream) {
        let exists = condition.attribute();
        self.statements.extend(quote!(#exists { #statement; }));
    }

    /// Finds the place for the generated function of `method`, and returns the name that it must have. Forms of one
    /// function that exclude each other share a name. Returns `None` if the method does not belong in a slot or
    /// property.
    pub fn place(&mut self, method: &Method) -> Option<Ident> {
        let property = || method.name.text.clone();
        let (target, place) = match &method.role {
            Role::Getter => (Target::Getter(property()), Place::Get),
            Role::Setter => (Target::Setter(property()), Place::Store),
            Role::Deleter => (Target::Setter(property()), Place::Delete),
            Role::Protocol { protocol, .. } => match &protocol.kind {
                ProtocolKind::InSlot { slot, place, .. } => (Target::Slot(*slot), *place),
                _ => return None,
            },
            _ => return None,
        };
        let condition = Condition::of(&method.cfgs);
        let part = self.groups.entry(target).or_default().parts.entry(place).or_insert_with(|| {
            let function = format_ident!("__Part{}", self.count, span = Span::mixed_site());
            self.count += 1;
            Part { function, forms: Vec::new(), docs: Vec::new() }
        });
        part.forms.push(condition.clone());
        if !method.doc.is_empty() {
            part.docs.push((condition, method.doc.c_string(self.krate, "")));
        }
        let mut function = part.function.clone();
        function.set_span(function.span().located_at(method.ident.span()));
        Some(function)
    }

    /// Returns the whole output: items, registering statements, and inherent items of the class.
    pub fn finish(mut self) -> (TokenStream, TokenStream, TokenStream) {
        for (target, group) in std::mem::take(&mut self.groups) {
            self.group(&target, &group);
        }
        (self.items, self.statements, self.inherent)
    }

    fn group(&mut self, target: &Target, group: &Group) {
        let krate = self.krate;
        let ty = format_ident!("__Slot{}", self.count, span = Span::mixed_site());
        self.count += 1;
        let named = |name: &str| {
            let (name, doc) = (c_string(krate, name), group.doc());
            quote!(#name, #doc)
        };
        match target {
            Target::Getter(name) => {
                let arguments = named(name);
                let mut stand_ins = StandIns::new(krate, group);
                let call = stand_ins.call(Place::Get, "", &[]);
                self.filled(&ty, Shape::Unary, group, stand_ins, call, quote!(builder.getter::<#ty>(#arguments)));
            }
            Target::Setter(name) => {
                let arguments = named(name);
                let [_, value] = operands();
                let mut stand_ins = StandIns::new(krate, group);
                let store = stand_ins.call(Place::Store, "no_setter", &[&value]);
                let delete = stand_ins.call(Place::Delete, "no_deleter", &[]);
                let call = store_or_delete(&store, &delete);
                self.filled(&ty, Shape::Set, group, stand_ins, call, quote!(builder.setter::<#ty>(#arguments)));
            }
            Target::Slot(Slot { combination: Combination::Buffer, .. }) => self.buffer(group),
            Target::Slot(slot) => {
                let mut stand_ins = StandIns::new(krate, group);
                let call = self.combined(*slot, group, &mut stand_ins);
                let register = slot.shape.register(krate, slot.which, &quote!(#ty), false);
                self.filled(&ty, slot.shape, group, stand_ins, call, register);
            }
        }
    }

    /// Creates the body of a slot, which calls its functions.
    fn combined(&self, slot: Slot, group: &Group, stand_ins: &mut StandIns<'_>) -> TokenStream {
        let (krate, class) = (self.krate, self.class);
        let protocol = quote!(#krate::impl_::protocol);
        let (py, receiver) = (local("py"), local("receiver"));
        let [a, b] = &operands();
        let operands: &[&Ident] = match slot.shape {
            Shape::Unary | Shape::Next | Shape::Len | Shape::Hash | Shape::Bool | Shape::Buffer => &[],
            Shape::Contains | Shape::Binary | Shape::Repeat => &[a],
            Shape::Ternary | Shape::Compare | Shape::Set | Shape::DescriptorGet => &[a, b],
        };
        match slot.combination {
            Combination::Alone => stand_ins.call(Place::Only, "", operands),
            Combination::OrNone => {
                let only = stand_ins.function(Place::Only, "");
                quote!(#only(#py, #receiver, #(#protocol::or_none(#py, #operands)),*))
            }
            Combination::InPlace => {
                let call = stand_ins.call(Place::Only, "", operands);
                quote!(#protocol::in_place(#py, #receiver, #call))
            }
            Combination::SequenceInPlace => {
                let call = stand_ins.call(Place::Only, "", operands);
                quote!(#protocol::sequence_in_place(#py, #receiver, #call))
            }
            Combination::Operator => {
                let forward = stand_ins.function(Place::Forward, "absent");
                let reflected = stand_ins.function(Place::Reflected, "absent");
                quote!(#protocol::operator::<#class>(#py, #receiver, #a, #forward, #reflected))
            }
            Combination::Power => {
                let forward = stand_ins.function(Place::Forward, "absent_power");
                let reflected = stand_ins.function(Place::Reflected, "absent_power");
                quote!(#protocol::power::<#class>(#py, #receiver, #a, #b, #forward, #reflected))
            }
            Combination::Comparison => self.comparison(group),
            Combination::StoreOrDelete => {
                let name = |what: &str| format!("no_{what}_{}", slot.which.to_lowercase());
                let store = stand_ins.call(Place::Store, &name("store"), &[a, b]);
                let delete = stand_ins.call(Place::Delete, &name("delete"), &[a]);
                store_or_delete(&store, &delete)
            }
            Combination::GetAttribute => {
                let always = stand_ins.function(Place::Always, "generic_get_attribute");
                let missing = stand_ins.function(Place::Missing, "no_attribute");
                quote!(#protocol::get_attribute(#py, #receiver, #a, #always, #missing))
            }
            // A buffer slot has two types. `buffer` creates them.
            Combination::Buffer => TokenStream::new(),
        }
    }

    /// Adds the type of one slot or accessor, and the statement that registers it.
    fn filled(
        &mut self,
        ty: &Ident,
        shape: Shape,
        group: &Group,
        stand_ins: StandIns<'_>,
        call: TokenStream,
        register: TokenStream,
    ) {
        let krate = self.krate;
        let (parameters, result) = shape.signature(krate, &operands());
        let (shape, py, receiver, stand_ins) = (shape.name(), local("py"), local("receiver"), stand_ins.items);
        let condition = group.condition();
        let exists = condition.attribute();
        self.items.extend(quote! {
            #stand_ins
            #exists
            struct #ty;
            #exists
            impl #krate::impl_::shape::#shape for #ty {
                #[inline(always)]
                fn call<'a, 'py: 'a>(
                    #py: #krate::impl_::Python<'py>,
                    #receiver: #krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>,
                    #parameters
                ) -> #krate::impl_::PyResult<#result> {
                    #call
                }
            }
        });
        self.statement_when(&condition, register);
    }

    /// Creates the six comparison operators from those that exist.
    fn comparison(&self, group: &Group) -> TokenStream {
        let krate = self.krate;
        let (py, receiver) = (local("py"), local("receiver"));
        let [other, op] = operands();
        let condition = |place| group.parts.get(&place).map_or(Condition::any([]), Part::condition);
        let all = group.parts.get(&Place::AllComparisons).map(|part| {
            let (function, exists) = (&part.function, part.condition().attribute());
            quote!(#exists { #function(#py, #receiver, #other, #op) })
        });
        if condition(Place::AllComparisons).is_always() {
            return quote!(#all);
        }
        let arms = group.parts.iter().filter_map(|(place, part)| {
            let Place::Comparison(name) = place else { return None };
            let (name, function, exists) = (format_ident!("{name}"), &part.function, part.condition().attribute());
            Some(quote!(#exists #krate::impl_::pyclass::CompareOp::#name => #function(#py, #receiver, #other),))
        });
        let unequal = condition(Place::Comparison("Ne"));
        let negated = group.parts.get(&Place::Comparison("Eq")).filter(|_| !unequal.is_always()).map(|part| {
            let (equal, exists) = (&part.function, part.condition().and(unequal.negated()).attribute());
            quote! {
                #exists
                #krate::impl_::pyclass::CompareOp::Ne => #krate::impl_::protocol::negated(#py, #equal(#py, #receiver, #other)),
            }
        });
        let without_all = group
            .parts
            .contains_key(&Place::AllComparisons)
            .then(|| condition(Place::AllComparisons).negated().attribute());
        quote! {
            #all
            #without_all
            {
                match #op {
                    #(#arms)*
                    #negated
                    #[allow(unreachable_patterns)]
                    _ => #krate::impl_::output::not_implemented(#py),
                }
            }
        }
    }

    /// Adds `__getbuffer__` and `__releasebuffer__`.
    fn buffer(&mut self, group: &Group) {
        let krate = self.krate;
        let (py, receiver, view, flags) = (local("py"), local("receiver"), local("view"), local("flags"));
        let borrowed = quote!(#krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>);
        let mut part = |place: Place, name: &str| {
            let shape = format_ident!("{name}");
            let absent = format_ident!("No{name}");
            let Some(part) = group.parts.get(&place) else { return quote!(#krate::impl_::buffer::#absent) };
            let type_name = format_ident!("__{name}", span = Span::mixed_site());
            let (function, condition) = (&part.function, part.condition());
            let exists = condition.attribute();
            if !condition.is_always() {
                let missing = condition.negated().attribute();
                self.items.extend(quote!(#missing use #krate::impl_::buffer::#absent as #type_name;));
            }
            let (parameter, argument) = match place {
                Place::GetBuffer => (quote!(#flags: ::core::ffi::c_int,), quote!(#flags)),
                _ => (quote!(), quote!()),
            };
            self.items.extend(quote! {
                #exists
                struct #type_name;
                #exists
                impl #krate::impl_::buffer::#shape for #type_name {
                    unsafe fn call<'a, 'py: 'a>(
                        #py: #krate::impl_::Python<'py>,
                        #receiver: #borrowed,
                        #view: *mut ::core::ffi::c_void,
                        #parameter
                    ) -> #krate::impl_::PyResult<()> {
                        #function(#py, #receiver, #view, #argument)
                    }
                }
            });
            quote!(#type_name)
        };
        let (get, release) = (part(Place::GetBuffer, "GetBuffer"), part(Place::ReleaseBuffer, "ReleaseBuffer"));
        self.statement_when(&group.condition(), quote!(builder.buffer::<#get, #release>();));
    }

    /// Adds `__traverse__` as an inherent function, which takes precedence over the default.
    pub fn traverse(&mut self, method: &Method) {
        let (krate, class, path, cfgs) = (self.krate, self.class, &method.callee.path, &method.cfgs);
        self.inherent.extend(quote! {
            #(#cfgs)*
            impl #class {
                #[doc(hidden)]
                pub(crate) const __PYO3_TRAVERSES: bool = true;
                #[doc(hidden)]
                pub(crate) fn __pyo3_traverse(
                    &self,
                    visit: #krate::impl_::pyclass::PyVisit<'_>,
                ) -> ::core::result::Result<(), #krate::impl_::pyclass::PyTraverseError> {
                    #path(self, visit)
                }
            }
        });
    }

    /// Adds `__clear__` in the same way.
    pub fn clear(&mut self, method: &Method) {
        let (krate, class, cfgs) = (self.krate, self.class, &method.cfgs);
        let (py, cell, slf) = (local("py"), local("cell"), local("slf"));
        let python = method.params.list.iter().filter(|param| matches!(param.kind, Kind::Python)).map(|_| quote!(#py));
        let receiver = match method.receiver {
            Receiver::Shared | Receiver::Exclusive => quote!(#slf),
            _ => quote!(#krate::impl_::receiver::Receiver::<#class>::receive(#slf)?),
        };
        let (before, call) = method.callee.call(std::iter::once(receiver).chain(python).collect());
        let span = method.callee.result;
        let discard = {
            let krate = placed(krate, span);
            quote_spanned!(span=> #krate::impl_::output::discard)
        };
        let clear = quote!(|#slf| { #before #discard(#call) });
        let call = match method.receiver {
            Receiver::Shared => quote!(#cell.clear_shared(#clear)),
            Receiver::Exclusive => quote!(#cell.clear_exclusive(#clear)),
            _ => quote!(#cell.clear_typed(#py, #clear)),
        };
        self.inherent.extend(quote! {
            #(#cfgs)*
            impl #class {
                #[doc(hidden)]
                pub(crate) fn __pyo3_clear(
                    #py: #krate::impl_::Python<'_>,
                    #cell: #krate::impl_::pyclass::Clearing<'_, Self>,
                ) -> #krate::impl_::PyResult<()> {
                    #call
                }
            }
        });
    }
}
