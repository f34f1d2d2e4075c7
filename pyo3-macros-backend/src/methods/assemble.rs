//! Functions that share one slot, put together: operators with their reflections, setters with deleters, comparisons.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Attribute;

use super::parse::{Method, Receiver, Role};
use super::protocol::Shape;
use crate::condition::Condition;
use crate::function::{Kind, local};

/// One place in a slot: a function that exists in one form, or in several that exclude each other.
struct Part {
    /// The name of every form.
    function: Ident,
    /// When each form exists.
    forms: Vec<Condition>,
    /// The docs of forms that have some.
    docs: Vec<(Condition, TokenStream)>,
}

impl Part {
    /// When it exists.
    fn condition(&self) -> Condition {
        Condition::any(&self.forms)
    }
}

/// The parts of one slot, by their place in it.
#[derive(Default)]
struct Group {
    parts: BTreeMap<&'static str, Part>,
}

impl Group {
    /// When the slot exists.
    fn condition(&self) -> Condition {
        let conditions: Vec<Condition> = self.parts.values().map(Part::condition).collect();
        Condition::any(&conditions)
    }

    /// The doc of the whole: that of a deleter only where there is no other.
    fn doc(&self) -> TokenStream {
        let (last, first): (Vec<_>, Vec<_>) = self.parts.iter().partition(|(place, _)| **place == "delete");
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

/// What the block turns into, as it grows.
pub struct Assembly<'a> {
    /// The crate that generated code names.
    pub krate: &'a TokenStream,
    /// The class.
    pub class: &'a TokenStream,
    /// Generated functions and types.
    pub items: TokenStream,
    statements: TokenStream,
    inherent: TokenStream,
    /// By kind of slot and slot.
    groups: BTreeMap<(&'static str, String), Group>,
    count: usize,
}

impl<'a> Assembly<'a> {
    /// An empty one.
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

    /// Finds the place for the generated function of `method`. Returns the name that it must have: forms of one function
    /// that exclude each other have the same.
    pub fn place(&mut self, method: &Method, shape: Option<Shape>) -> Option<Ident> {
        let (kind, slot, place) = match shape {
            None => {
                let place = match method.role {
                    Role::Setter => "store",
                    Role::Deleter => "delete",
                    _ => "get",
                };
                (if place == "get" { "getter" } else { "setter" }, method.name.text.clone(), place)
            }
            Some(shape) => match shape {
                Shape::Unary(slot) => ("unary", slot.to_owned(), "only"),
                Shape::Next => ("next", String::new(), "only"),
                Shape::AsyncNext => ("unary", "AsyncNext".to_owned(), "only"),
                Shape::Len => ("len", String::new(), "only"),
                Shape::Hash => ("hash", String::new(), "only"),
                Shape::Bool => ("bool", String::new(), "only"),
                Shape::Contains => ("contains", String::new(), "only"),
                Shape::Binary(slot) => ("binary", slot.to_owned(), "only"),
                Shape::Operator(slot, reflected) => {
                    ("operator", slot.to_owned(), if reflected { "reflected" } else { "forward" })
                }
                Shape::Inplace(slot) => ("inplace", slot.to_owned(), "only"),
                Shape::Power(reflected) => ("power", String::new(), if reflected { "reflected" } else { "forward" }),
                Shape::InplacePower => ("inplace_power", String::new(), "only"),
                Shape::Compare => ("compare", String::new(), "all"),
                Shape::CompareOne(op) => ("compare", String::new(), op),
                Shape::Store(slot) => ("set", slot.to_owned(), "store"),
                Shape::Delete(slot) => ("set", slot.to_owned(), "delete"),
                Shape::DescriptorSet => ("set", "Descriptor".to_owned(), "store"),
                Shape::DescriptorDelete => ("set", "Descriptor".to_owned(), "delete"),
                Shape::GetAttribute => ("getattr", String::new(), "always"),
                Shape::GetMissingAttribute => ("getattr", String::new(), "missing"),
                Shape::DescriptorGet => ("descriptor_get", String::new(), "only"),
                Shape::GetBuffer => ("buffer", String::new(), "get"),
                Shape::ReleaseBuffer => ("buffer", String::new(), "release"),
                Shape::InplaceConcat => ("sequence_in_place", "InplaceConcat".to_owned(), "only"),
                Shape::Repeat(slot) => ("repeat", slot.to_owned(), "only"),
                // `lower` has dealt with the rest.
                _ => return None,
            },
        };
        let condition = Condition::of(&method.cfgs);
        let group = self.groups.entry((kind, slot)).or_default();
        let part = group.parts.entry(place).or_insert_with(|| {
            let function = format_ident!("__{place}_{}", self.count, span = Span::mixed_site());
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

    /// Everything: items, registering statements, and inherent items of the class.
    pub fn finish(mut self) -> (TokenStream, TokenStream, TokenStream) {
        for ((kind, slot), group) in std::mem::take(&mut self.groups) {
            match kind {
                "buffer" => self.buffer(&group),
                _ => self.group(kind, &slot, &group),
            }
        }
        (self.items, self.statements, self.inherent)
    }

    fn group(&mut self, kind: &'static str, slot: &str, group: &Group) {
        let (krate, class) = (self.krate, self.class);
        let part = |place: &str| group.parts.get(place).map(|part| &part.function);
        let only = part("only");
        let protocol = quote!(#krate::impl_::protocol);
        let (py, receiver) = (local("py"), local("receiver"));
        let (a, b, c) = (local("a"), local("b"), local("c"));
        // Each function that may not exist, under the name of that which stands in for it.
        let mut stand_ins = TokenStream::new();
        let mut or_absent = |place: &str, name: &str| {
            let absent = format_ident!("{name}");
            let Some(Part { function, forms, .. }) = group.parts.get(place) else { return quote!(#protocol::#absent) };
            let exists = Condition::any(forms);
            if !exists.is_always() {
                let missing = exists.negated().attribute();
                stand_ins.extend(quote!(#missing use #protocol::#absent as #function;));
            }
            quote!(#function)
        };
        let slot_ident = (!slot.is_empty() && kind != "getter" && kind != "setter").then(|| format_ident!("{slot}"));
        let name = format!("{slot}\0");
        let name = quote!(const { #krate::impl_::text::c_string(#name) });
        let doc = group.doc();
        // The shape, the call inside it, and how it is registered for the type `Z`.
        let (shape, call, register): (&str, TokenStream, TokenStream) = match kind {
            "unary" => ("Unary", quote!(#only(#py, #receiver)), quote!(unary::<Z>(#protocol::UnarySlot::#slot_ident))),
            "next" => ("Next", quote!(#only(#py, #receiver)), quote!(next::<Z>())),
            "len" => ("Len", quote!(#only(#py, #receiver)), quote!(len::<Z>())),
            "hash" => ("Hash", quote!(#only(#py, #receiver)), quote!(hash::<Z>())),
            "bool" => ("Bool", quote!(#only(#py, #receiver)), quote!(bool::<Z>())),
            "contains" => ("Contains", quote!(#only(#py, #receiver, #a)), quote!(contains::<Z>())),
            "binary" => {
                ("Binary", quote!(#only(#py, #receiver, #a)), quote!(binary::<Z>(#protocol::BinarySlot::#slot_ident)))
            }
            "sequence_in_place" => (
                "Binary",
                quote!(#protocol::sequence_in_place(#py, #receiver, #only(#py, #receiver, #a))),
                quote!(binary::<Z>(#protocol::BinarySlot::#slot_ident)),
            ),
            "repeat" => {
                let call = match slot {
                    "Repeat" => quote!(#only(#py, #receiver, #a)),
                    _ => quote!(#protocol::sequence_in_place(#py, #receiver, #only(#py, #receiver, #a))),
                };
                ("Repeat", call, quote!(repeat::<Z>(#protocol::RepeatSlot::#slot_ident)))
            }
            "operator" => {
                let (forward, reflected) = (or_absent("forward", "absent"), or_absent("reflected", "absent"));
                (
                    "Binary",
                    quote!(#protocol::operator::<#class>(#py, #receiver, #a, #forward, #reflected)),
                    quote!(binary::<Z>(#protocol::BinarySlot::#slot_ident)),
                )
            }
            "inplace" => (
                "Binary",
                quote!(#protocol::in_place(#py, #receiver, #only(#py, #receiver, #a))),
                quote!(binary::<Z>(#protocol::BinarySlot::#slot_ident)),
            ),
            "power" => {
                let (forward, reflected) =
                    (or_absent("forward", "absent_power"), or_absent("reflected", "absent_power"));
                (
                    "Ternary",
                    quote!(#protocol::power::<#class>(#py, #receiver, #a, #b, #forward, #reflected)),
                    quote!(ternary::<Z>(#protocol::TernarySlot::Power)),
                )
            }
            "inplace_power" => (
                "Ternary",
                quote!(#protocol::in_place(#py, #receiver, #only(#py, #receiver, #a, #b))),
                quote!(ternary::<Z>(#protocol::TernarySlot::InplacePower)),
            ),
            "compare" => ("Compare", self.comparison(group), quote!(compare::<Z>())),
            "set" => {
                let store = or_absent("store", &format!("no_store_{}", slot.to_lowercase()));
                let delete = or_absent("delete", &format!("no_delete_{}", slot.to_lowercase()));
                (
                    "Set",
                    quote!(match #b {
                        ::core::option::Option::Some(#b) => #store(#py, #receiver, #a, #b),
                        ::core::option::Option::None => #delete(#py, #receiver, #a),
                    }),
                    quote!(set::<Z>(#protocol::SetSlot::#slot_ident)),
                )
            }
            "setter" => {
                let store = or_absent("store", "no_setter");
                let delete = or_absent("delete", "no_deleter");
                (
                    "Set",
                    quote!(match #b {
                        ::core::option::Option::Some(#b) => #store(#py, #receiver, #b),
                        ::core::option::Option::None => #delete(#py, #receiver),
                    }),
                    quote!(setter::<Z>(#name, #doc)),
                )
            }
            "getter" => {
                let get = part("get");
                ("Unary", quote!(#get(#py, #receiver)), quote!(getter::<Z>(#name, #doc)))
            }
            "getattr" => {
                let (always, missing) =
                    (or_absent("always", "generic_get_attribute"), or_absent("missing", "no_attribute"));
                let call = quote!(#protocol::get_attribute(#py, #receiver, #a, #always, #missing));
                ("Binary", call, quote!(binary::<Z>(#protocol::BinarySlot::GetAttribute)))
            }
            _ => (
                "DescriptorGet",
                quote!(#only(#py, #receiver, #protocol::or_none(#py, #a), #protocol::or_none(#py, #b))),
                quote!(descriptor_get::<Z>()),
            ),
        };
        let borrowed = quote!(#krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>);
        let optional = quote!(::core::option::Option<#borrowed>);
        let object = quote!(#krate::impl_::Py<#krate::impl_::PyAny>);
        let (arguments, result) = match shape {
            "Unary" => (quote!(), object),
            "Next" => (quote!(), quote!(::core::option::Option<#object>)),
            "Len" => (quote!(), quote!(usize)),
            "Hash" => (quote!(), quote!(isize)),
            "Bool" => (quote!(), quote!(bool)),
            "Contains" => (quote!(#a: #borrowed), quote!(bool)),
            "Repeat" => (quote!(#a: isize), object),
            "Binary" => (quote!(#a: #borrowed), object),
            "Ternary" => (quote!(#a: #borrowed, #b: #borrowed), object),
            "Compare" => (quote!(#a: #borrowed, #c: #krate::impl_::pyclass::CompareOp), object),
            "Set" => (quote!(#a: #borrowed, #b: #optional), quote!(())),
            _ => (quote!(#a: #optional, #b: #optional), object),
        };
        let shape = format_ident!("{shape}");
        let type_name = format_ident!("__Slot{}", self.count, span = Span::mixed_site());
        self.count += 1;
        let condition = group.condition();
        let exists = condition.attribute();
        self.items.extend(quote! {
            #stand_ins
            #exists
            struct #type_name;
            #exists
            impl #krate::impl_::shape::#shape for #type_name {
                #[inline]
                fn call<'a, 'py: 'a>(
                    #py: #krate::impl_::Python<'py>,
                    #receiver: #borrowed,
                    #arguments
                ) -> #krate::impl_::PyResult<#result> {
                    #call
                }
            }
        });
        self.statement_when(&condition, quote!({ type Z = #type_name; items.#register }));
    }

    /// The six operators, from what there is.
    fn comparison(&self, group: &Group) -> TokenStream {
        let krate = self.krate;
        let (py, receiver, other, op) = (local("py"), local("receiver"), local("a"), local("c"));
        let condition = |place: &str| group.parts.get(place).map_or(Condition::any([]), Part::condition);
        let all = group.parts.get("all").map(|part| {
            let (function, exists) = (&part.function, part.condition().attribute());
            quote!(#exists { #function(#py, #receiver, #other, #op) })
        });
        if condition("all").is_always() {
            return quote!(#all);
        }
        let singles = group.parts.iter().filter(|(place, _)| **place != "all");
        let arms = singles.map(|(name, part)| {
            let (name, function, exists) = (format_ident!("{name}"), &part.function, part.condition().attribute());
            quote!(#exists #krate::impl_::pyclass::CompareOp::#name => #function(#py, #receiver, #other),)
        });
        let negated = group.parts.get("Eq").filter(|_| !condition("Ne").is_always()).map(|part| {
            let (equal, exists) = (&part.function, part.condition().and(condition("Ne").negated()).attribute());
            quote! {
                #exists
                #krate::impl_::pyclass::CompareOp::Ne => #krate::impl_::protocol::negated(#py, #equal(#py, #receiver, #other)),
            }
        });
        let without_all = group.parts.contains_key("all").then(|| condition("all").negated().attribute());
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

    /// `__getbuffer__` and `__releasebuffer__`.
    fn buffer(&mut self, group: &Group) {
        let krate = self.krate;
        let (py, receiver, view, flags) = (local("py"), local("receiver"), local("view"), local("flags"));
        let borrowed = quote!(#krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>);
        let mut part = |place: &str, name: &str| {
            let shape = format_ident!("{name}");
            let absent = format_ident!("No{name}");
            let Some(part) = group.parts.get(place) else { return quote!(#krate::impl_::buffer::#absent) };
            let type_name = format_ident!("__{name}", span = Span::mixed_site());
            let (function, condition) = (&part.function, part.condition());
            let exists = condition.attribute();
            if !condition.is_always() {
                let missing = condition.negated().attribute();
                self.items.extend(quote!(#missing use #krate::impl_::buffer::#absent as #type_name;));
            }
            let (parameter, argument) = match place {
                "get" => (quote!(#flags: ::core::ffi::c_int,), quote!(#flags)),
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
        let (get, release) = (part("get", "GetBuffer"), part("release", "ReleaseBuffer"));
        self.statement_when(&group.condition(), quote!(items.buffer::<#get, #release>();));
    }

    /// `__traverse__`, found by the class through an inherent function that hides a fallback.
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

    /// `__clear__`, found in the same way.
    pub fn clear(&mut self, method: &Method) {
        let (krate, class, cfgs) = (self.krate, self.class, &method.cfgs);
        let (py, cell, slf) = (local("py"), local("cell"), local("slf"));
        let python = method.params.list.iter().filter(|param| matches!(param.kind, Kind::Python)).map(|_| quote!(#py));
        let receiver = match method.receiver {
            Receiver::Shared | Receiver::Exclusive => quote!(#slf),
            _ => quote!(#krate::impl_::receiver::Receiver::<#class>::receive(#slf)?),
        };
        let (before, call) = method.callee.call(std::iter::once(receiver).chain(python).collect());
        let clear = quote!(|#slf| { #before #krate::impl_::output::discard(#call) });
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
