//! The fragments of functions, classes, methods and modules.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ON;
use super::json::Json;
use super::signature::{Lead, arguments, field, output, returns};
use crate::class::{Class, ClassBody, Field};
use crate::doc::Doc;
use crate::function::Function;
use crate::methods::{Kind, Method, MethodBlock, Role};

/// Creates an expression that names the item with the macro. The name is unique, because it contains the place in the
/// source.
pub fn id(ident: &Ident) -> TokenStream {
    quote! {
        ::core::concat!(
            ::core::module_path!(), "::", ::core::stringify!(#ident), ":", ::core::line!(), ":", ::core::column!()
        )
    }
}

/// Creates the constant of `AddToModule` that names the fragment `id`.
pub fn exported(id: &TokenStream) -> TokenStream {
    if !ON {
        return TokenStream::new();
    }
    quote!(const INTROSPECTION_ID: ::core::option::Option<&'static str> = ::core::option::Option::Some(#id);)
}

/// Creates the fragment of a function.
pub fn function(function: &Function) -> TokenStream {
    if !ON {
        return TokenStream::new();
    }
    let krate = &function.krate;
    let mut json = Json::new(krate, "function");
    json.key("id").computed(&id(&function.ident)).key("name").string(&function.name.text);
    arguments(&mut json, krate, &function.params, Lead::Nothing, None);
    returns(&mut json, krate, &function.callee, &function.params, None, false);
    asynchronous(&mut json, function.callee.is_async);
    json.doc(&function.doc).finish()
}

fn asynchronous(json: &mut Json<'_>, is_async: bool) {
    if is_async {
        json.key("async").raw("true");
    }
}

/// The content of a module.
#[derive(Default)]
pub struct Contents {
    /// The exported items, as expressions.
    pub members: TokenStream,
    /// The constants: cfgs, name, type.
    pub constants: Vec<(Vec<syn::Attribute>, Ident, syn::Type)>,
    /// Whether the user's code may add more.
    pub incomplete: bool,
}

impl Contents {
    /// Adds the item that `path` exports.
    pub fn export(&mut self, krate: &TokenStream, cfgs: &[syn::Attribute], path: &TokenStream) {
        if ON {
            self.members.extend(quote!(#(#cfgs)* #krate::impl_::introspection::id_of(&#path),));
        }
    }
}

/// Creates the fragments of a module and its constants.
pub fn module(krate: &TokenStream, ident: &Ident, name: &str, doc: &Doc, contents: &Contents) -> TokenStream {
    if !ON {
        return TokenStream::new();
    }
    let id = id(ident);
    let mut json = Json::new(krate, "module");
    json.key("id").computed(&id).key("name").string(name).key("members").members(&contents.members);
    json.key("incomplete").raw(if contents.incomplete { "true" } else { "false" });
    let mut fragments = json.doc(doc).finish();
    for (cfgs, name, ty) in &contents.constants {
        let mut json = Json::new(krate, "attribute");
        let text = syn::ext::IdentExt::unraw(name).to_string();
        json.key("parent").computed(&id).key("name").string(&text);
        json.key("annotation").raw(r#"{"type":"subscript","value":"#).raw(FINAL).raw(r#","slice":"#);
        let fragment = json.hint(&output(krate, ty, None)).raw("}").finish();
        fragments.extend(quote!(#(#cfgs)* #fragment));
    }
    fragments
}

const FINAL: &str = r#"{"type":"attribute","value":{"type":"name","id":"typing"},"attr":"Final"}"#;
const FINAL_CLASS: &str = r#"{"type":"attribute","value":{"type":"name","id":"typing"},"attr":"final"}"#;

/// Creates the fragments of a class: of the class itself, and of the members that its Rust type declares.
pub fn class(class: &Class) -> TokenStream {
    if !ON {
        return TokenStream::new();
    }
    let Class { krate, ident, name, options, doc, body, .. } = class;
    let hints = quote!(#krate::impl_::introspection);
    let own = quote!(#hints::id_of_class::<#ident>());
    let mut json = Json::new(krate, "class");
    json.key("id").computed(&own).key("name").string(name);
    if let Some(base) = &options.extends {
        let base = &base.value;
        json.key("bases").raw("[").hint(&quote!(#hints::of_class::<#base>())).raw("]");
    }
    if options.subclass.is_none() && !matches!(body, ClassBody::Classes(_)) {
        json.key("decorators").raw("[").raw(FINAL_CLASS).raw("]");
    }
    let mut fragments = json.doc(doc).finish();
    match body {
        ClassBody::Fields(fields) => {
            for one in fields {
                let Some(name) = &one.name else { continue };
                let access = [(one.get, "getter"), (one.set, "setter")];
                for (_, which) in access.into_iter().filter(|(given, _)| *given) {
                    fragments.extend(property(class, &own, one, &name.text, which));
                }
            }
        }
        ClassBody::Variants(variants, _) => {
            for variant in variants {
                let mut json = Json::new(krate, "attribute");
                json.key("parent").computed(&own).key("name").string(&variant.name);
                json.key("annotation").raw(r#"{"type":"subscript","value":"#).raw(FINAL).raw(r#","slice":"#);
                json.hint(&quote!(#hints::of_class::<#ident>())).raw("}").doc(&Doc::of(&variant.docs));
                fragments.extend(json.finish());
            }
        }
        ClassBody::Classes(_) => {}
    }
    fragments
}

/// Creates the fragment of the getter or setter of a field, which Python calls `name`.
fn property(class: &Class, parent: &TokenStream, one: &Field, name: &str, which: &str) -> TokenStream {
    let Class { krate, ident, .. } = class;
    let mut json = Json::new(krate, "function");
    json.key("parent").computed(parent).key("name").string(name);
    decorator(&mut json, krate, &quote!(#ident), name, which);
    json.key("arguments").raw(r#"{"posonlyargs":[{"name":"self"}"#);
    if which == "setter" {
        json.raw(r#",{"name":"value","annotation":"#);
        json.hint(&super::signature::input(krate, &one.ty, None)).raw("}]}");
        json.key("returns").raw(r#"{"type":"constant","kind":"none"}"#);
    } else {
        json.raw("]}").key("returns").hint(&field(krate, &one.ty)).doc(&one.doc);
    }
    json.finish()
}

/// Writes the `"decorators"` of a property's function: `@property`, or `@Class.name.setter`, which readers show as
/// `@name.setter`.
fn decorator(json: &mut Json<'_>, krate: &TokenStream, class: &TokenStream, name: &str, which: &str) {
    const ATTRIBUTE: &str = r#"{"type":"attribute","value":"#;
    json.key("decorators").raw("[");
    if which == "getter" {
        json.raw(r#"{"type":"name","id":"property"}"#);
    } else {
        json.raw(ATTRIBUTE).raw(ATTRIBUTE).hint(&quote!(#krate::impl_::introspection::of_class::<#class>()));
        for attribute in [name, which] {
            json.key("attr").string(attribute).raw("}");
        }
    }
    json.raw("]");
}

/// Writes the `"decorators"` of a class method or a static method.
fn builtin_decorator(json: &mut Json<'_>, name: &str) {
    json.key("decorators").raw(&format!(r#"[{{"type":"name","id":"{name}"}}]"#));
}

/// Creates the fragments of the methods and class attributes of a block.
pub fn methods(block: &MethodBlock) -> TokenStream {
    if !ON {
        return TokenStream::new();
    }
    let mut fragments = TokenStream::new();
    for one in &block.methods {
        let (cfgs, fragment) = (&one.cfgs, method(block, one));
        fragments.extend(fragment.map(|fragment| quote!(#(#cfgs)* #fragment)));
    }
    for constant in &block.constants {
        let (krate, cfgs) = (&block.krate, &constant.cfgs);
        let hint = output(krate, &constant.ty, Some(&block.class));
        let mut json = attribute(block, &constant.name.text);
        let fragment = json.hint(&hint).finish();
        fragments.extend(quote!(#(#cfgs)* #fragment));
    }
    fragments
}

/// Writes an attribute of the class, up to its annotation.
fn attribute<'a>(block: &'a MethodBlock, name: &str) -> Json<'a> {
    let MethodBlock { krate, class, .. } = block;
    let mut json = Json::new(krate, "attribute");
    json.key("parent").computed(&quote!(#krate::impl_::introspection::id_of_class::<#class>()));
    json.key("name").string(name).key("annotation");
    json
}

/// Creates the fragment of a method. Returns `None` for those that stubs do not show.
fn method(block: &MethodBlock, method: &Method) -> Option<TokenStream> {
    let MethodBlock { krate, class, .. } = block;
    let name = match method.role.is(&Kind::New) {
        true => "__new__",
        false => method.name.text.as_str(),
    };
    let lead = match &method.role {
        Role::ClassAttribute => {
            let syn::ReturnType::Type(_, ty) = &method.callee.output else { return None };
            let mut json = attribute(block, name);
            return Some(json.hint(&output(krate, ty, Some(class))).doc(&method.doc).finish());
        }
        Role::Method => Lead::Receiver("self"),
        Role::ClassMethod => Lead::Receiver("cls"),
        Role::StaticMethod => Lead::Nothing,
        Role::Getter | Role::Setter | Role::Deleter => Lead::Slot,
        Role::Protocol { protocol, .. } => match &protocol.kind {
            Kind::New => Lead::Receiver("cls"),
            Kind::Call | Kind::Init => Lead::Receiver("self"),
            // Only the collector calls these.
            Kind::Traverse | Kind::Clear => return None,
            Kind::InSlot { .. } if ["__getbuffer__", "__releasebuffer__", "__richcmp__"].contains(&protocol.name) => {
                return None;
            }
            Kind::InSlot { .. } => Lead::Slot,
        },
    };
    let mut json = Json::new(krate, "function");
    json.key("parent").computed(&quote!(#krate::impl_::introspection::id_of_class::<#class>()));
    json.key("name").string(name);
    match &method.role {
        Role::Getter => decorator(&mut json, krate, class, name, "getter"),
        Role::Setter => decorator(&mut json, krate, class, name, "setter"),
        Role::Deleter => decorator(&mut json, krate, class, name, "deleter"),
        Role::ClassMethod => builtin_decorator(&mut json, "classmethod"),
        Role::StaticMethod => builtin_decorator(&mut json, "staticmethod"),
        _ => {}
    }
    arguments(&mut json, krate, &method.params, lead, Some(class));
    if method.role.is(&Kind::New) {
        json.key("returns").hint(&quote!(#krate::impl_::introspection::of_class::<#class>()));
    } else {
        let unwrapped = lead == Lead::Slot && ["__next__", "__anext__"].contains(&name);
        returns(&mut json, krate, &method.callee, &method.params, Some(class), unwrapped);
    }
    asynchronous(&mut json, method.callee.is_async);
    Some(json.doc(&method.doc).finish())
}
