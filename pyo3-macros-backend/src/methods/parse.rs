//! `#[pymethods]` as a syntax tree: the role of each item in Python.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Attribute, FnArg, ImplItem, ImplItemConst, ImplItemFn, Meta, Signature, Type};

use super::protocol::{Kind as ProtocolKind, Protocol};
use crate::arguments::leave_out_absent;
use crate::doc::Doc;
use crate::errors::Errors;
use crate::function::{Callee, MethodOptions, Params, TextSignature, Warning};
use crate::options::{self, Name, cfgs};
use crate::syntax::is_python;

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
    /// Returns the role that the name of a method gives it in Python.
    pub fn of(name: &str) -> Self {
        match Protocol::of(name) {
            Some(protocol) => Role::Protocol { protocol, takes_class: false },
            None => Role::Method,
        }
    }

    /// The role of a constructor. `takes_class`: whether the class is its first argument.
    pub fn constructor(takes_class: bool) -> Self {
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
    /// The name of the property, if the attribute of the role gives it: `#[getter(name)]`.
    pub property: Option<Name>,
    /// The signature in Rust.
    pub sig: Signature,
    /// The options as given. The fields above are computed from them.
    pub options: MethodOptions,
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
    /// The options as given.
    pub options: MethodOptions,
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

/// An attribute that gives an item its role.
struct RoleAttribute {
    name: &'static str,
    span: Span,
    /// The name in `#[getter(name)]`.
    property: Option<Name>,
}

impl RoleAttribute {
    const NAMES: [&str; 7] = ["new", "classmethod", "staticmethod", "classattr", "getter", "setter", "deleter"];

    /// Removes and returns those among `attrs`, in the order of [`NAMES`](Self::NAMES).
    fn take(errors: &mut Errors, attrs: &mut Vec<Attribute>) -> Vec<Self> {
        for attr in options::take(attrs, "args") {
            errors.at(name_span(&attr), "`#[args]` was replaced by `#[pyo3(signature = (...))]`");
        }
        let mut found = Vec::new();
        for name in Self::NAMES {
            for attr in options::take(attrs, name) {
                let property = errors.ok(property_name(name, &attr)).flatten();
                found.push(RoleAttribute { name, span: name_span(&attr), property });
            }
        }
        found
    }
}

/// Returns the place of the attribute's name.
fn name_span(attr: &Attribute) -> Span {
    attr.path().segments.last().map_or_else(Span::call_site, |last| last.ident.span())
}

/// Returns the name of the property that `attr`, the role attribute `role`, gives.
fn property_name(role: &str, attr: &Attribute) -> syn::Result<Option<Name>> {
    let is_accessor = matches!(role, "getter" | "setter" | "deleter");
    match &attr.meta {
        Meta::Path(_) => Ok(None),
        Meta::List(list) if is_accessor => accessor_name(list).map(Some).map_err(|error| {
            syn::Error::new(error.span(), format!("expected the name of a property: `#[{role}(name)]`"))
        }),
        Meta::NameValue(pair) if is_accessor => {
            Err(syn::Error::new_spanned(pair, format!("the name goes in parentheses: `#[{role}(name)]`")))
        }
        other => Err(syn::Error::new_spanned(other, format!("`#[{role}]` takes no options"))),
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
    let declaration = Declaration::take(errors, item)?;
    Some(Method::new(errors, class, item, declaration))
}

/// What a function is to be in Python, as its attributes say, or the macro that generates it.
pub struct Declaration {
    /// The role.
    pub role: Role,
    /// Whether it takes no instance, even if Python calls its slot with one: `#[staticmethod]`.
    pub is_static: bool,
    /// The name of the property, if the attribute of the role gives it: `#[getter(name)]`.
    pub property: Option<Name>,
    /// The options of `#[pyo3(...)]`.
    pub options: MethodOptions,
}

impl Declaration {
    /// Declares a function by its role alone.
    pub fn of(role: Role) -> Self {
        Declaration { role, is_static: false, property: None, options: MethodOptions::default() }
    }

    /// Parses the attributes of `item`, removing them.
    fn take(errors: &mut Errors, item: &mut ImplItemFn) -> Option<Self> {
        let roles = RoleAttribute::take(errors, &mut item.attrs);
        for attr in options::take(&mut item.attrs, "pyfunction") {
            errors.push(syn::Error::new_spanned(
                attr,
                "a function in `#[pymethods]` is a method anyway; remove `#[pyfunction]`",
            ));
        }
        let mut options = MethodOptions::default();
        options::take_helpers(errors, &mut item.attrs, &mut options);
        leave_out_absent(&mut item.attrs, options.signature.as_mut().map(|given| &mut given.value));
        let rust_name = item.sig.ident.unraw().to_string();
        let python_name = options.name.as_ref().map_or(&rust_name, |name| &name.value.text);
        let protocol = Protocol::of(python_name);
        let found: Vec<&str> = roles.iter().map(|role| role.name).collect();
        let role = match (found.as_slice(), protocol) {
            ([], _) => Role::of(python_name),
            (["classmethod"], _) if rust_name == "__new__" => Role::constructor(true),
            (["new", "classmethod"], _) => Role::constructor(true),
            (["new"], _) => Role::constructor(false),
            // A slot always passes the instance. A class method takes its class, and a static method drops it.
            (["classmethod"], Some(protocol)) => Role::Protocol { protocol, takes_class: true },
            (["classmethod"], None) => Role::ClassMethod,
            (["staticmethod"], Some(protocol)) => Role::Protocol { protocol, takes_class: false },
            (["staticmethod"], None) => Role::StaticMethod,
            (["classattr"], _) => Role::ClassAttribute,
            (["getter"], _) => Role::Getter,
            (["setter"], _) => Role::Setter,
            (["deleter"], _) => Role::Deleter,
            _ => {
                errors.at(roles[1].span, format!("`#[{}]` and `#[{}]` exclude each other", found[0], found[1]));
                return None;
            }
        };
        let is_static = found == ["staticmethod"];
        let property = roles.into_iter().find_map(|role| role.property);
        Some(Declaration { role, is_static, property, options })
    }

    /// Returns the name in Python of a function that Rust calls `rust_name`.
    fn name(&self, rust_name: &str) -> Name {
        if let Some(name) = self.property.as_ref().or(self.options.name.as_ref().map(|given| &given.value)) {
            return name.clone();
        }
        let prefix = match self.role {
            Role::Getter => "get_",
            Role::Setter => "set_",
            Role::Deleter => "delete_",
            _ => "",
        };
        let text = rust_name.strip_prefix(prefix).unwrap_or(rust_name);
        let text = if self.role == Role::Deleter { text.strip_prefix("del_").unwrap_or(text) } else { text };
        Name { text: text.to_owned() }
    }
}

impl Method {
    /// Parses the signature of `item`, removing the attributes of its arguments.
    pub fn new(errors: &mut Errors, class: &TokenStream, item: &mut ImplItemFn, declaration: Declaration) -> Self {
        let ident = item.sig.ident.clone();
        let name = declaration.name(&ident.unraw().to_string());
        let Declaration { role, is_static, property, options } = declaration;
        let mut inputs: Vec<&mut FnArg> = item.sig.inputs.iter_mut().collect();
        let receiver = if is_static { Receiver::None } else { receiver(errors, &role, &ident, &mut inputs) };
        let params = Params::parse(errors, &mut inputs, options.signature.as_ref().map(|given| &given.value));
        Method {
            callee: Callee::new(quote!(<#class>::#ident), &item.sig),
            ident,
            cfgs: cfgs(&item.attrs),
            role,
            name,
            receiver,
            params,
            text_signature: options.text_signature.as_ref().map(|given| given.value.clone()).unwrap_or_default(),
            doc: Doc::of(&item.attrs),
            warnings: options.warn.iter().map(|given| given.value.clone()).collect(),
            property,
            sig: item.sig.clone(),
            options,
        }
    }
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
    let roles = RoleAttribute::take(errors, &mut item.attrs);
    let mut options = MethodOptions::default();
    options::take_helpers(errors, &mut item.attrs, &mut options);
    let RoleAttribute { name: role, span, .. } = roles.first()?;
    if *role != "classattr" {
        errors.at(*span, format!("`#[{role}]` is for functions; a constant can be a `#[classattr]`"));
        return None;
    }
    let name = options.name.as_ref().map_or_else(|| Name::of(&item.ident), |given| given.value.clone());
    Some(Constant { ident: item.ident.clone(), cfgs: cfgs(&item.attrs), name, ty: item.ty.clone(), options })
}
