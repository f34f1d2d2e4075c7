//! Each method as a generated function of the shape its role has.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::assemble::Assembly;
use super::parse::{Constant, Method, MethodBlock, Receiver, Role};
use super::protocol::Shape;
use crate::function::{Body, Callee, First, Kind, Outcome, Passed, Source, TextSignature, local, signature_constant};

/// What a `#[pymethods]` block becomes, beside the user's own `impl`.
pub fn block(block: &MethodBlock, several_blocks: bool) -> TokenStream {
    let MethodBlock { krate, class, methods, constants } = block;
    let mut assembly = Assembly::new(krate, class);
    for (index, method) in methods.iter().enumerate() {
        one(&mut assembly, method, index);
    }
    for constant in constants {
        assembly.constant(constant);
    }
    let (items, statements, inherent) = assembly.finish();
    let hand_over = if several_blocks {
        quote! {
            struct __Block;
            impl #krate::impl_::pyclass::Block for __Block {
                type Class = #class;
                fn collect(items: &mut #krate::impl_::pyclass::Items<#class>) {
                    #statements
                }
            }
            #krate::impl_::inventory::submit! {
                #krate::impl_::pyclass::MethodsBlock::new::<__Block>()
            }
        }
    } else {
        quote! {
            impl #class {
                #[doc(hidden)]
                pub(crate) fn __pyo3_collect(items: &mut #krate::impl_::pyclass::Items<#class>) {
                    #statements
                }
            }
        }
    };
    quote! {
        #[allow(clippy::all, non_snake_case, non_upper_case_globals, unused_mut, unused_variables, unused_qualifications, deprecated)]
        const _: () = {
            #items
            #hand_over
            #inherent
        };
    }
}

/// What a shape passes besides the receiver, and what it wants back.
struct Frame {
    arguments: Vec<(Ident, Passed, TokenStream)>,
    result: TokenStream,
    outcome: Outcome,
    or_not_implemented: bool,
}

fn one(assembly: &mut Assembly<'_>, method: &Method, index: usize) {
    let (krate, class) = (assembly.krate, assembly.class);
    let shape = match &method.role {
        Role::Protocol { shape, .. } => Some(*shape),
        _ => None,
    };
    match (shape, &method.role) {
        (Some(Shape::Traverse), _) => assembly.traverse(method),
        (Some(Shape::Clear), _) => assembly.clear(method),
        (None, Role::ClassAttribute) => class_attribute(assembly, method, index),
        (Some(Shape::Call | Shape::Init | Shape::New), _)
        | (None, Role::Method | Role::ClassMethod | Role::StaticMethod) => callable(assembly, method, index, shape),
        _ => {
            let Some(function) = assembly.place(method, shape) else { return };
            let frame = frame(krate, method, shape);
            let body = Body {
                krate,
                class: Some(class),
                first: first(krate, class, method),
                callee: match shape {
                    Some(Shape::GetBuffer | Shape::ReleaseBuffer) => in_unsafe(method),
                    _ => method.callee.clone(),
                },
                params: &method.params,
                source: Source::Fixed(
                    frame.arguments.iter().map(|(name, passed, _)| (name.clone(), *passed)).collect(),
                ),
                outcome: frame.outcome,
                warnings: &method.warnings,
                or_not_implemented: frame.or_not_implemented,
            }
            .to_tokens();
            let prelude = class_of(krate, method);
            let parameters = frame.arguments.iter().map(|(name, _, ty)| quote!(#name: #ty));
            let (py, receiver, result, cfgs) = (local("py"), local("receiver"), frame.result, &method.cfgs);
            assembly.items.extend(quote! {
                #(#cfgs)*
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
    }
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

/// For a `#[classmethod]` in a slot, which is called with an instance: its class as receiver.
fn class_of(krate: &TokenStream, method: &Method) -> Option<TokenStream> {
    let (receiver, class) = (local("receiver"), local("class"));
    matches!(method.receiver, Receiver::Class).then(|| {
        quote! {
            let #class = #krate::impl_::receiver::class_of(#receiver);
            let #receiver = #class.as_any().as_borrowed();
        }
    })
}

fn frame(krate: &TokenStream, method: &Method, shape: Option<Shape>) -> Frame {
    let object = quote!(#krate::impl_::Py<#krate::impl_::PyAny>);
    let borrowed = quote!(#krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>);
    let objects = |names: &[&str]| -> Vec<_> {
        names.iter().map(|name| (local(name), Passed::Object, borrowed.clone())).collect()
    };
    let frame = |names: &[&str], result: &TokenStream, outcome| Frame {
        arguments: objects(names),
        result: result.clone(),
        outcome,
        or_not_implemented: false,
    };
    let operator = |names: &[&str]| Frame { or_not_implemented: true, ..frame(names, &object, Outcome::Object) };
    let applied = quote!(#krate::impl_::output::Applied);
    let in_place = |names: &[&str]| Frame { or_not_implemented: true, ..frame(names, &applied, Outcome::Applied) };
    let unit = quote!(());
    match shape {
        None if method.role == Role::Setter => frame(&["new_value"], &unit, Outcome::Unit),
        None if method.role == Role::Deleter => frame(&[], &unit, Outcome::Unit),
        None => frame(&[], &object, Outcome::Object),
        Some(shape) => match shape {
            Shape::Next => frame(&[], &quote!(::core::option::Option<#object>), Outcome::Next),
            Shape::AsyncNext => frame(&[], &object, Outcome::AsyncNext),
            Shape::Len => frame(&[], &quote!(usize), Outcome::Plain),
            Shape::Hash => frame(&[], &quote!(isize), Outcome::Hash),
            Shape::Bool => frame(&[], &quote!(bool), Outcome::Plain),
            Shape::Contains => frame(&["other"], &quote!(bool), Outcome::Plain),
            Shape::Binary(_) | Shape::GetAttribute | Shape::GetMissingAttribute => {
                frame(&["other"], &object, Outcome::Object)
            }
            Shape::Operator(..) | Shape::CompareOne(_) => operator(&["other"]),
            Shape::InplaceConcat => frame(&["other"], &object, Outcome::Object),
            Shape::Repeat(_) => {
                let mut frame = frame(&[], &object, Outcome::Object);
                frame.arguments.push((local("count"), Passed::Count, quote!(isize)));
                frame
            }
            Shape::Power(_) => operator(&["other", "modulus"]),
            Shape::Inplace(_) => in_place(&["other"]),
            Shape::InplacePower => in_place(&["other", "modulus"]),
            Shape::Compare => {
                let mut frame = operator(&["other"]);
                frame.arguments.push((local("op"), Passed::AsIs, quote!(#krate::impl_::pyclass::CompareOp)));
                frame
            }
            Shape::Store(_) | Shape::DescriptorSet => frame(&["key", "new_value"], &unit, Outcome::Unit),
            Shape::Delete(_) | Shape::DescriptorDelete => frame(&["key"], &unit, Outcome::Unit),
            Shape::DescriptorGet => frame(&["instance", "owner"], &object, Outcome::Object),
            Shape::GetBuffer => {
                let mut frame = view(frame(&[], &unit, Outcome::Unit));
                frame.arguments.push((local("flags"), Passed::AsIs, quote!(::core::ffi::c_int)));
                frame
            }
            Shape::ReleaseBuffer => view(frame(&[], &unit, Outcome::Unit)),
            _ => frame(&[], &object, Outcome::Object),
        },
    }
}

/// Adds the pointer to the structure that describes a buffer.
fn view(mut frame: Frame) -> Frame {
    frame.arguments.push((local("view"), Passed::AsIs, quote!(*mut ::core::ffi::c_void)));
    frame
}

/// A function that may be an `unsafe fn`, because the runtime keeps the promise that it asks for. The pointer, the first
/// argument from the runtime, becomes one to what the function says.
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
            // SAFETY: called with what the runtime passes to the slot.
            #[allow(unused_unsafe)]
            let #result = unsafe { #path(#(#values),*) };
            #result
        })
    };
    Callee { path, is_unsafe: false, ..method.callee.clone() }
}

/// Methods with a signature of their own.
fn callable(assembly: &mut Assembly<'_>, method: &Method, index: usize, shape: Option<Shape>) {
    let (krate, class) = (assembly.krate, assembly.class);
    let of_type = || First::Handle { of: quote!(#krate::impl_::pyclass::PyType) };
    let (first, lead) = match &method.role {
        Role::ClassMethod => (of_type(), Some("$cls")),
        Role::StaticMethod => (First::None, None),
        Role::Protocol { shape: Shape::New, takes_class: true } => (of_type(), None),
        Role::Protocol { shape: Shape::New, .. } => (First::None, None),
        _ => (first(krate, class, method), Some("$self")),
    };
    let outcome = match shape {
        Some(Shape::New) => Outcome::Instance(class.clone()),
        _ => Outcome::Object,
    };
    let name = match shape {
        Some(Shape::New) => "__new__".to_owned(),
        _ => method.name.text.clone(),
    };
    let text = match &method.text_signature {
        TextSignature::Auto => Some(method.params.text(lead)),
        TextSignature::Given(text) => Some(text.clone()),
        TextSignature::Absent => None,
    };
    let signature = signature_constant(krate, &method.params, &name, Some(class));
    let body = Body {
        krate,
        class: Some(class),
        first,
        callee: method.callee.clone(),
        params: &method.params,
        source: Source::Call,
        outcome,
        warnings: &method.warnings,
        or_not_implemented: false,
    }
    .to_tokens();
    let (py, receiver, arguments) = (local("py"), local("receiver"), local("arguments"));
    let prelude = class_of(krate, method);
    let present = (method.role != Role::StaticMethod)
        .then(|| quote!(let #receiver = #krate::impl_::function::present(#receiver); #prelude));
    let function = format_ident!("__{}_{index}", method.ident, span = Span::mixed_site());
    let cfgs = &method.cfgs;
    assembly.items.extend(quote! {
        #(#cfgs)*
        #[allow(non_camel_case_types)]
        struct #function;
        #(#cfgs)*
        impl #krate::impl_::function::Function for #function {
            fn call<'a, 'py: 'a, __Arguments: #krate::impl_::arguments::CallArguments<'a, 'py>>(
                #py: #krate::impl_::Python<'py>,
                #receiver: ::core::option::Option<#krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>>,
                #arguments: __Arguments,
            ) -> #krate::impl_::PyResult<#krate::impl_::Py<#krate::impl_::PyAny>> {
                #signature
                #present
                #body
            }
        }
    });
    let statement = match shape {
        Some(Shape::Call) => quote!(items.call::<#function>()),
        Some(Shape::Init) => quote!(items.init::<#function>()),
        Some(Shape::New) => {
            let text = match text {
                Some(text) => quote!(::core::option::Option::Some(#text)),
                None => quote!(::core::option::Option::None),
            };
            quote!(items.constructor::<#function>(#text))
        }
        _ => {
            let before = text.map_or_else(String::new, |text| format!("{name}{text}\n--\n\n"));
            let doc = method.doc.c_string(krate, &before);
            let name = format!("{name}\0");
            let kind = match method.role {
                Role::ClassMethod => quote!(Class),
                Role::StaticMethod => quote!(Static),
                _ => quote!(Instance),
            };
            let no_arguments = method.params.passed().next().is_none();
            quote! {
                items.method::<#function>(
                    #krate::impl_::function::Def {
                        name: const { #krate::impl_::text::c_string(#name) },
                        doc: #doc,
                        no_arguments: #no_arguments,
                    },
                    #krate::impl_::pyclass::MethodKind::#kind,
                )
            }
        }
    };
    assembly.statement(cfgs, statement);
}

fn class_attribute(assembly: &mut Assembly<'_>, method: &Method, index: usize) {
    let (krate, class) = (assembly.krate, assembly.class);
    let function = format_ident!("__{}_{index}", method.ident, span = Span::mixed_site());
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
    assembly.attribute(&method.cfgs, &method.name.text, &function, body);
}

impl Assembly<'_> {
    /// A `#[classattr]` constant.
    fn constant(&mut self, constant: &Constant) {
        let (krate, class, ident) = (self.krate, self.class, &constant.ident);
        let function = format_ident!("__const_{}", ident, span = Span::mixed_site());
        let (py, value) = (local("py"), local("value"));
        let body = quote! {
            #[allow(unused_imports)]
            use #krate::impl_::output::Fallback as _;
            let #value = <#class>::#ident;
            #krate::impl_::output::probe(&#value).into_object(#py, #value)
        };
        self.attribute(&constant.cfgs, &constant.name.text, &function, body);
    }

    fn attribute(&mut self, cfgs: &[syn::Attribute], name: &str, function: &Ident, body: TokenStream) {
        let krate = self.krate;
        let py = local("py");
        self.items.extend(quote! {
            #(#cfgs)*
            fn #function<'py>(#py: #krate::impl_::Python<'py>) -> #krate::impl_::PyResult<#krate::impl_::Py<#krate::impl_::PyAny>> {
                #body
            }
        });
        self.statement(cfgs, quote!(items.class_attribute(#name, #function)));
    }
}
