//! `#[pymethods]` as a syntax tree: the role of each item in Python.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Attribute, FnArg, ImplItem, ImplItemConst, ImplItemFn, Meta, Type};

use super::protocol::{Kind as ProtocolKind, Protocol};
use crate::doc::Doc;
use crate::errors::Errors;
use crate::function::{Callee, MethodOptions, Params, TextSignature, Warning, is_python};
use crate::options::{self, Name, Place, cfgs};

/// The role of a function in Python.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// An ordinary method.
    Method,
    /// `#[classmethod]`.
    ClassMethod,
    /// `#[staticmethod]`.
    StaticMethod,
    /// `#[classattr]`.
    ClassAttribute,
    /// `#[getter]`.
    Getter,
    /// `#[setter]`.
    Setter,
    /// `#[deleter]`.
    Deleter,
    /// A special method with a slot. A constructor may take the class first (`#[new] #[classmethod]`).
    Protocol {
        /// The special method.
        protocol: &'static Protocol,
        /// Whether the class is passed as first argument, instead of the instance.
        takes_class: bool,
    },
}

impl Role {
    fn constructor(takes_class: bool) -> Self {
        static NEW: Protocol = Protocol { name: "__new__", kind: ProtocolKind::New };
        Role::Protocol { protocol: &NEW, takes_class }
    }

    /// Whether this is a special method of the given kind.
    pub fn is(&self, kind: &ProtocolKind) -> bool {
        matches!(self, Role::Protocol { protocol, .. } if protocol.kind == *kind)
    }
}

/// The receiver of a method.
#[derive(Clone)]
pub enum Receiver {
    /// `&self`.
    Shared,
    /// `&mut self`.
    Exclusive,
    /// `slf: PyRef<'_, Self>` and the like.
    Typed,
    /// The class of the instance that Python calls the slot with: `#[classmethod]`.
    Class,
    /// No receiver, or the class, depending on the role.
    None,
}

/// A function of the block.
pub struct Method {
    /// The Rust function.
    pub ident: Ident,
    /// The function to call.
    pub callee: Callee,
    /// The `#[cfg(...)]` attributes that decide whether the method exists.
    pub cfgs: Vec<Attribute>,
    /// The role in Python.
    pub role: Role,
    /// The name in Python.
    pub name: Name,
    /// The receiver.
    pub receiver: Receiver,
    /// The parameters.
    pub params: Params,
    /// The text signature: `__text_signature__`.
    pub text_signature: TextSignature,
    /// The docstring: `__doc__`.
    pub doc: Doc,
    /// Warnings issued by each call.
    pub warnings: Vec<Warning>,
}

/// A constant with `#[classattr]`.
pub struct Constant {
    /// The Rust constant.
    pub ident: Ident,
    /// The `#[cfg(...)]` attributes that decide whether the constant exists.
    pub cfgs: Vec<Attribute>,
    /// The name in Python.
    pub name: Name,
    /// The type.
    pub ty: Type,
}

/// A whole `#[pymethods]` block.
pub struct MethodBlock {
    /// The crate that generated code refers to.
    pub krate: TokenStream,
    /// The class.
    pub class: TokenStream,
    /// The functions.
    pub methods: Vec<Method>,
    /// The constants.
    pub constants: Vec<Constant>,
}

impl MethodBlock {
    /// Parses `item`, removing helper attributes from it.
    pub fn parse(errors: &mut Errors, krate: TokenStream, item: &mut syn::ItemImpl) -> Self {
        if let Some((_, path, _)) = &item.trait_ {
            errors.push(syn::Error::new_spanned(path, "`#[pymethods]` is for inherent `impl` blocks, not for traits"));
        }
        for param in &item.generics.params {
            errors.push(syn::Error::new_spanned(
                param,
                "`#[pymethods]` cannot be generic; a Python class has one layout",
            ));
        }
        let class = class_tokens(&item.self_ty);
        let (mut methods, mut constants) = (Vec::new(), Vec::new());
        for item in &mut item.items {
            match item {
                ImplItem::Fn(function) => methods.extend(parse_method(errors, &class, function)),
                ImplItem::Const(constant) => constants.extend(parse_constant(errors, constant)),
                ImplItem::Macro(call) => errors.push(syn::Error::new_spanned(
                    &call.mac.path,
                    "macros cannot be used as items in `#[pymethods]`: it runs before they expand",
                )),
                _ => {}
            }
        }
        super::check::block(errors, &methods);
        MethodBlock { krate, class, methods, constants }
    }
}

fn class_tokens(ty: &Type) -> TokenStream {
    match ty {
        Type::Group(group) => class_tokens(&group.elem),
        Type::Paren(paren) => class_tokens(&paren.elem),
        other => other.to_token_stream(),
    }
}

/// The role attributes found on one item.
#[derive(Default)]
struct Roles {
    found: Vec<(&'static str, Span, Option<Name>)>,
}

impl Roles {
    fn take(errors: &mut Errors, attrs: &mut Vec<Attribute>) -> Self {
        const NAMES: [&str; 8] =
            ["new", "classmethod", "staticmethod", "classattr", "getter", "setter", "deleter", "args"];
        let mut roles = Roles::default();
        for name in NAMES {
            for attr in options::take(attrs, name) {
                let span = attr.path().segments.last().map_or_else(Span::call_site, |last| last.ident.span());
                let python_name = match &attr.meta {
                    Meta::Path(_) => None,
                    Meta::List(list) if matches!(name, "getter" | "setter" | "deleter") => {
                        errors.ok(accessor_name(list).map_err(|error| {
                            syn::Error::new(error.span(), format!("expected the name of a property: `#[{name}(name)]`"))
                        }))
                    }
                    Meta::NameValue(pair) if matches!(name, "getter" | "setter" | "deleter") => {
                        errors.push(syn::Error::new_spanned(
                            pair,
                            format!("the name goes in parentheses: `#[{name}(name)]`"),
                        ));
                        None
                    }
                    _ if name == "args" => None,
                    other => {
                        errors.push(syn::Error::new_spanned(other, format!("`#[{name}]` takes no options")));
                        None
                    }
                };
                if name == "args" {
                    errors.at(span, "`#[args]` was replaced by `#[pyo3(signature = (...))]`");
                } else {
                    roles.found.push((name, span, python_name));
                }
            }
        }
        roles
    }
}

/// Parses the name in `#[getter(name)]` or `#[getter("name")]`.
fn accessor_name(list: &syn::MetaList) -> syn::Result<Name> {
    list.parse_args_with(|input: syn::parse::ParseStream<'_>| {
        if input.peek(syn::LitStr) {
            let literal: syn::LitStr = input.parse()?;
            return Ok(Name { text: literal.value() });
        }
        Ok(Name::of(&input.call(Ident::parse_any)?))
    })
}

fn parse_method(errors: &mut Errors, class: &TokenStream, item: &mut ImplItemFn) -> Option<Method> {
    let roles = Roles::take(errors, &mut item.attrs);
    for attr in options::take(&mut item.attrs, "pyfunction") {
        errors.push(syn::Error::new_spanned(
            attr,
            "a function in `#[pymethods]` is a method anyway; remove `#[pyfunction]`",
        ));
    }
    let mut given = MethodOptions::default();
    options::take_helpers(errors, &mut item.attrs, &mut given);
    crate::function::check_plain(errors, &item.sig);
    let ident = item.sig.ident.clone();
    let rust_name = ident.unraw().to_string();
    let python_name = given.name.as_ref().map_or_else(|| rust_name.clone(), |name| name.value.text.clone());
    let found: Vec<&str> = roles.found.iter().map(|(name, ..)| *name).collect();
    let mut is_static = false;
    let role = match found.as_slice() {
        [] => match Protocol::of(&python_name) {
            Some(protocol) => Role::Protocol { protocol, takes_class: false },
            None => Role::Method,
        },
        ["classmethod"] if rust_name == "__new__" => Role::constructor(true),
        ["new", "classmethod"] => Role::constructor(true),
        ["new"] => Role::constructor(false),
        // A slot always passes the instance. A class method takes its class, and a static method drops it.
        ["classmethod"] => match Protocol::of(&python_name) {
            Some(protocol) => Role::Protocol { protocol, takes_class: true },
            None => Role::ClassMethod,
        },
        ["staticmethod"] => match Protocol::of(&python_name) {
            Some(protocol) => {
                is_static = true;
                Role::Protocol { protocol, takes_class: false }
            }
            None => Role::StaticMethod,
        },
        ["classattr"] => Role::ClassAttribute,
        ["getter"] => Role::Getter,
        ["setter"] => Role::Setter,
        ["deleter"] => Role::Deleter,
        _ => {
            let (_, span, _) = roles.found[1];
            errors.at(span, format!("`#[{}]` and `#[{}]` exclude each other", found[0], found[1]));
            return None;
        }
    };
    let accessor = roles.found.into_iter().find_map(|(_, _, name)| name);
    super::check::options(errors, &given, &role, accessor.as_ref());
    let name = accessor.or(given.name.map(|given| given.value)).unwrap_or_else(|| {
        let prefix = match role {
            Role::Getter => "get_",
            Role::Setter => "set_",
            Role::Deleter => "delete_",
            _ => "",
        };
        let text = rust_name.strip_prefix(prefix).unwrap_or(&rust_name);
        let text = if role == Role::Deleter { text.strip_prefix("del_").unwrap_or(text) } else { text };
        Name { text: text.to_owned() }
    });
    let mut inputs: Vec<&mut FnArg> = item.sig.inputs.iter_mut().collect();
    let receiver = if is_static { Receiver::None } else { receiver(errors, &role, &ident, &mut inputs) };
    let params = Params::parse(errors, &mut inputs, given.signature.as_ref().map(|given| &given.value));
    params.check_async(errors, &item.sig);
    let method = Method {
        callee: Callee::new(quote!(<#class>::#ident), &item.sig),
        ident,
        cfgs: cfgs(&item.attrs),
        role,
        name,
        receiver,
        params,
        text_signature: given.text_signature.map_or_else(TextSignature::default, |given| given.value),
        doc: Doc::of(&item.attrs),
        warnings: given.warn.into_iter().map(|given| given.value).collect(),
    };
    super::check::method(errors, &method);
    Some(method)
}

/// Removes the receiver, or the class, from the front of `inputs`.
fn receiver(errors: &mut Errors, role: &Role, ident: &Ident, inputs: &mut Vec<&mut FnArg>) -> Receiver {
    let wants_self = match role {
        Role::StaticMethod | Role::ClassAttribute => return Receiver::None,
        Role::ClassMethod => false,
        Role::Protocol { takes_class: false, .. } if role.is(&ProtocolKind::New) => return Receiver::None,
        Role::Protocol { takes_class: true, .. } => false,
        _ => true,
    };
    let Some(first) = inputs.first() else {
        let needed = if wants_self {
            "a receiver: `&self`, `&mut self` or `slf: PyRef<'_, Self>`"
        } else {
            "the class as first argument: `cls: &Bound<'_, PyType>`"
        };
        errors.at(ident.span(), format!("`{ident}` needs {needed}; or make it a `#[staticmethod]`"));
        return Receiver::None;
    };
    let receiver = match &**first {
        FnArg::Receiver(receiver) if !wants_self => {
            errors.push(syn::Error::new_spanned(
                receiver,
                "a class method takes the class, `cls: &Bound<'_, PyType>`, not `self`",
            ));
            Receiver::None
        }
        FnArg::Receiver(receiver) if receiver.reference.is_none() || receiver.colon_token.is_some() => {
            errors.push(syn::Error::new_spanned(receiver, "Python keeps the instance; take `&self` or `&mut self`"));
            Receiver::Shared
        }
        FnArg::Receiver(receiver) if receiver.mutability.is_some() => Receiver::Exclusive,
        FnArg::Receiver(_) => Receiver::Shared,
        FnArg::Typed(typed) if is_python(&typed.ty) => {
            errors.push(syn::Error::new_spanned(&typed.ty, "the receiver must come first, `Python<'_>` after it"));
            Receiver::None
        }
        FnArg::Typed(_) if wants_self => Receiver::Typed,
        FnArg::Typed(_) if *role == Role::ClassMethod || role.is(&ProtocolKind::New) => Receiver::None,
        FnArg::Typed(_) => Receiver::Class,
    };
    inputs.remove(0);
    receiver
}

fn parse_constant(errors: &mut Errors, item: &mut ImplItemConst) -> Option<Constant> {
    let roles = Roles::take(errors, &mut item.attrs);
    let mut given = MethodOptions::default();
    options::take_helpers(errors, &mut item.attrs, &mut given);
    let (role, span, _) = roles.found.first()?;
    if *role != "classattr" {
        errors.at(*span, format!("`#[{role}]` is for functions; a constant can be a `#[classattr]`"));
        return None;
    }
    options::check_place(errors, &given, Place::ClassAttribute);
    let name = given.name.map_or_else(|| Name::of(&item.ident), |given| given.value);
    Some(Constant { ident: item.ident.clone(), cfgs: cfgs(&item.attrs), name, ty: item.ty.clone() })
}
