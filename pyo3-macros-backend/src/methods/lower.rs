//! The lowering of methods: each becomes a generated function whose shape depends on its role.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::assemble::Assembly;
use super::parse::{Constant, Method, MethodBlock, Receiver, Role};
use super::protocol::Kind as ProtocolKind;
use super::slot::{Gives, Takes};
use crate::doc::c_string;
use crate::function::{Body, Call, Callee, First, Kind, Outcome, Source, imports, no_arguments};
use crate::syntax::local;

/// Creates the code for a `#[pymethods]` block, besides the user's own `impl`.
pub fn block(block: &MethodBlock, several_blocks: bool) -> TokenStream {
    let MethodBlock { krate, class, methods, constants } = block;
    let fragments = crate::introspection::methods(block);
    let mut assembly = Assembly::new(krate, class);
    for (index, method) in methods.iter().enumerate() {
        one(&mut assembly, method, index);
    }
    for item in constants {
        constant(&mut assembly, item);
    }
    let (items, statements, inherent) = assembly.finish();
    let imports = imports(krate);
    let hand_over = if several_blocks {
        quote! {
            struct __Block;
            impl #krate::impl_::pyclass::Block for __Block {
                type Class = #class;
                fn collect(builder: &mut #krate::impl_::pyclass::ClassBuilder<#class>) {
                    #statements
                }
            }
            #krate::impl_::inventory::submit! {
                #krate::impl_::pyclass::MethodsBlock::new::<__Block>()
            }
        }
    } else {
        quote! {
            impl #krate::impl_::pyclass::OnlyOnePymethodsBlockWithoutFeatureMultiplePymethods for #class {
                fn collect(builder: &mut #krate::impl_::pyclass::ClassBuilder<#class>) {
                    #statements
                }
            }
        }
    };
    quote! {
        #[allow(clippy::all, non_snake_case, non_upper_case_globals, unused_mut, unused_variables, unused_qualifications, deprecated)]
        const _: () = {
            #imports
            #items
            #hand_over
            #inherent
            #fragments
        };
    }
}

fn one(assembly: &mut Assembly<'_>, method: &Method, index: usize) {
    match &method.role {
        Role::ClassAttribute => class_attribute(assembly, method, index),
        Role::Method | Role::ClassMethod | Role::StaticMethod => callable(assembly, method, index, Callable::Method),
        Role::Getter => fixed(assembly, method, &[], Gives::Object),
        Role::Deleter => fixed(assembly, method, &[], Gives::Nothing),
        Role::Setter => fixed(assembly, method, &[Takes::Object], Gives::Nothing),
        Role::Protocol { protocol, .. } => match &protocol.kind {
            ProtocolKind::InSlot { takes, gives, .. } => fixed(assembly, method, takes, *gives),
            ProtocolKind::Call => callable(assembly, method, index, Callable::Call),
            ProtocolKind::Init => callable(assembly, method, index, Callable::Init),
            ProtocolKind::New => callable(assembly, method, index, Callable::New),
            ProtocolKind::Traverse => assembly.traverse(method),
            ProtocolKind::Clear => assembly.clear(method),
        },
    }
}

/// Adds a function whose arguments Python determines: that of a slot, or of a property.
fn fixed(assembly: &mut Assembly<'_>, method: &Method, takes: &[Takes], gives: Gives) {
    let (krate, class) = (assembly.krate, assembly.class);
    let Some(function) = assembly.place(method) else { return };
    let (result, outcome) = gives.result(krate);
    let (mut sources, mut parameters) = (Vec::new(), Vec::new());
    for (index, takes) in takes.iter().enumerate() {
        let (name, (passed, ty)) = (local(&format!("given_{index}")), takes.passed(krate));
        parameters.push(quote!(#name: #ty));
        sources.push((name, passed));
    }
    let body = Body {
        krate,
        class: Some(class),
        first: first(krate, class, method),
        callee: if takes.contains(&Takes::View) { in_unsafe(method) } else { method.callee.clone() },
        params: &method.params,
        source: Source::Fixed(sources),
        outcome,
        warnings: &method.warnings,
        or_not_implemented: gives.or_not_implemented(),
    }
    .to_tokens();
    let prelude = class_of(krate, method);
    let (py, receiver, cfgs) = (local("py"), local("receiver"), &method.cfgs);
    assembly.items.extend(quote! {
        #(#cfgs)*
        #[inline(always)]
        fn #function<'a, 'py: 'a>(
            #py: #krate::impl_::Python<'py>,
            #receiver: #krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>,
            #(#parameters),*
        ) -> #krate::impl_::PyResult<#result> {
            #prelude
            #body
        }
    });
}

fn first(krate: &TokenStream, class: &TokenStream, method: &Method) -> First {
    match method.receiver {
        Receiver::Shared => First::Shared(class.clone()),
        Receiver::Exclusive => First::Exclusive(class.clone()),
        Receiver::Typed => First::Typed(class.clone()),
        Receiver::Class => First::Handle { of: quote!(#krate::impl_::pyclass::PyType) },
        Receiver::None => First::None,
    }
}

/// Creates the statements that replace the receiver by its class, for a `#[classmethod]` in a slot. Python calls slots
/// with an instance.
fn class_of(krate: &TokenStream, method: &Method) -> Option<TokenStream> {
    let (receiver, class) = (local("receiver"), local("class"));
    matches!(method.receiver, Receiver::Class).then(|| {
        quote! {
            let #class = #krate::impl_::receiver::class_of(#receiver);
            let #receiver = #class.as_any().as_borrowed();
        }
    })
}

/// Returns a callee for a function that may be an `unsafe fn`, because the runtime guarantees what the function
/// requires. The first argument from the runtime is a pointer, which is cast to the type that the function declares.
fn in_unsafe(method: &Method) -> Callee {
    let lead = usize::from(!matches!(method.receiver, Receiver::None));
    let view = method.params.list.iter().position(|param| !matches!(param.kind, Kind::Python)).map(|at| at + lead);
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for index in 0..method.params.list.len() + lead {
        let name = local(&format!("argument_{index}"));
        if Some(index) == view {
            values.push(quote!(#name.cast()));
            names.push(quote!(#name: *mut ::core::ffi::c_void));
        } else {
            values.push(quote!(#name));
            names.push(quote!(#name));
        }
    }
    let (path, result) = (&method.callee.path, local("result"));
    let path = quote! {
        (|#(#names),*| {
            // SAFETY: the runtime calls the slot with valid arguments. They are passed on; only the pointer is cast.
            #[allow(unused_unsafe)]
            let #result = unsafe { #path(#(#values),*) };
            #result
        })
    };
    Callee { path, is_unsafe: false, ..method.callee.clone() }
}

/// The destination of a function whose signature the user chooses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Callable {
    /// The methods of the class.
    Method,
    /// The slot of `__call__`.
    Call,
    /// The slot of `__init__`.
    Init,
    /// The slot of `__new__`.
    New,
}

/// Adds a method whose signature the user chooses.
fn callable(assembly: &mut Assembly<'_>, method: &Method, index: usize, kind: Callable) {
    let (krate, class, cfgs) = (assembly.krate, assembly.class, &method.cfgs);
    let name = match kind {
        Callable::New => "__new__",
        _ => &method.name.text,
    };
    let body = Body {
        krate,
        class: Some(class),
        first: first_of_call(krate, class, method, kind),
        callee: method.callee.clone(),
        params: &method.params,
        source: Source::Call,
        outcome: match kind {
            Callable::New => Outcome::Instance(class.clone()),
            _ => Outcome::Object,
        },
        warnings: &method.warnings,
        or_not_implemented: false,
    };
    // The slots of the other callables pass a tuple and a dict.
    let no_arguments = (kind == Callable::Method).then(|| no_arguments(&method.params)).flatten();
    let has_receiver = method.role != Role::StaticMethod;
    let call = Call {
        name,
        has_receiver,
        prelude: class_of(krate, method).filter(|_| has_receiver),
        constants: quote!(#no_arguments),
    };
    let function = format_ident!("__method_{}_{index}", method.ident, span = Span::mixed_site());
    let implementation = body.implement(&quote!(#function), call);
    assembly.items.extend(quote! {
        #(#cfgs)*
        #[allow(non_camel_case_types)]
        struct #function;
        #(#cfgs)*
        #implementation
    });
    assembly.statement(cfgs, registration(krate, method, name, kind, &function));
}

/// Returns what a whole call passes before the arguments.
fn first_of_call(krate: &TokenStream, class: &TokenStream, method: &Method, kind: Callable) -> First {
    match &method.role {
        Role::StaticMethod => First::None,
        Role::Protocol { takes_class: false, .. } if kind == Callable::New => First::None,
        Role::Protocol { .. } if kind == Callable::New => First::Handle { of: quote!(#krate::impl_::pyclass::PyType) },
        Role::ClassMethod => First::Handle { of: quote!(#krate::impl_::pyclass::PyType) },
        _ => first(krate, class, method),
    }
}

/// Creates the statement that registers the type `function`, called `name` in Python.
fn registration(krate: &TokenStream, method: &Method, name: &str, kind: Callable, function: &Ident) -> TokenStream {
    let lead = match &method.role {
        Role::ClassMethod => Some("$cls"),
        Role::StaticMethod => None,
        _ if kind == Callable::New => None,
        _ => Some("$self"),
    };
    let text = method.text_signature.text(&method.params, lead);
    match kind {
        Callable::Call => quote!(builder.call::<#function>()),
        Callable::Init => quote!(builder.init::<#function>()),
        Callable::New => {
            let text = match text {
                Some(text) => quote!(::core::option::Option::Some(#text)),
                None => quote!(::core::option::Option::None),
            };
            quote!(builder.constructor::<#function>(#text))
        }
        Callable::Method => {
            let (doc, name) = (method.doc.with_signature(krate, name, text.as_deref()), c_string(krate, name));
            let kind = match method.role {
                Role::ClassMethod => quote!(Class),
                Role::StaticMethod => quote!(Static),
                _ => quote!(Instance),
            };
            quote! {
                builder.method::<#function>(
                    #name,
                    #doc,
                    #krate::impl_::pyclass::MethodKind::#kind,
                )
            }
        }
    }
}

fn class_attribute(assembly: &mut Assembly<'_>, method: &Method, index: usize) {
    let (krate, class) = (assembly.krate, assembly.class);
    let function = format_ident!("__method_{}_{index}", method.ident, span = Span::mixed_site());
    let body = Body {
        krate,
        class: Some(class),
        first: First::None,
        callee: method.callee.clone(),
        params: &method.params,
        source: Source::Fixed(Vec::new()),
        outcome: Outcome::Object,
        warnings: &method.warnings,
        or_not_implemented: false,
    }
    .to_tokens();
    attribute(assembly, &method.cfgs, &method.name.text, &function, body);
}

/// Adds a `#[classattr]` constant.
fn constant(assembly: &mut Assembly<'_>, constant: &Constant) {
    let (krate, class, ident) = (assembly.krate, assembly.class, &constant.ident);
    let function = format_ident!("__const_{}", ident, span = Span::mixed_site());
    let (py, value) = (local("py"), local("value"));
    let body = quote! {
        let #value = <#class>::#ident;
        #krate::impl_::output::probe(&#value).into_object(#py, #value)
    };
    attribute(assembly, &constant.cfgs, &constant.name.text, &function, body);
}

/// Adds a class attribute, and the function that computes it.
fn attribute(assembly: &mut Assembly<'_>, cfgs: &[syn::Attribute], name: &str, function: &Ident, body: TokenStream) {
    let (krate, py) = (assembly.krate, local("py"));
    assembly.items.extend(quote! {
        #(#cfgs)*
        fn #function<'py>(#py: #krate::impl_::Python<'py>) -> #krate::impl_::PyResult<#krate::impl_::Bound<'py, #krate::impl_::PyAny>> {
            #body
        }
    });
    assembly.statement(cfgs, quote!(builder.class_attribute(#name, #function)));
}
