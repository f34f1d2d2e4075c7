//! The lowering of `#[derive(IntoPyObject)]` and `#[derive(IntoPyObjectRef)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{DeriveInput, GenericParam, Generics, Lifetime, Type, parse_quote};

use super::check;
use super::from::without_default;
use super::parse::{Container, Derived, Field, Getter, parse};
use crate::errors::Errors;
use crate::introspection;
use crate::syntax::local;

/// Expands `#[derive(IntoPyObject)]`.
pub fn derive_into_pyobject(input: TokenStream) -> TokenStream {
    derive(input, false)
}

/// Expands `#[derive(IntoPyObjectRef)]`.
pub fn derive_into_pyobject_ref(input: TokenStream) -> TokenStream {
    derive(input, true)
}

fn derive(input: TokenStream, by_reference: bool) -> TokenStream {
    let mut input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    let derived = parse(&mut errors, &mut input);
    check::derived(&mut errors, &input, &derived);
    errors.or_stub(|| lower(&input, &derived, by_reference, false), || lower(&input, &derived, by_reference, true))
}

/// Creates the `impl`. With `stub`, its body is only `unreachable!()`, in place of an `impl` with errors.
fn lower(input: &DeriveInput, derived: &Derived, by_reference: bool, stub: bool) -> TokenStream {
    let Derived { krate, containers, is_enum, .. } = derived;
    let ident = &input.ident;
    let impl_ = quote!(#krate::impl_);
    let own = |ty: &Type| if by_reference { quote!(&'__value #ty) } else { quote!(#ty) };
    let (py, generics) = impl_generics(&impl_, &input.generics, by_reference, &own);
    let (_, ty_generics, _) = input.generics.split_for_impl();
    let (target, output, error, body) = match containers.as_slice() {
        [only] if !is_enum && !stub => {
            let (target, output, error) = result_types(krate, only, &py, &own);
            (target, output, error, write(krate, only, by_reference))
        }
        _ => {
            let arms = containers.iter().map(|container| enum_arm(krate, container, by_reference));
            (
                quote!(#impl_::PyAny),
                quote!(#impl_::Bound<#py, #impl_::PyAny>),
                quote!(#impl_::PyErr),
                if stub { quote!(::core::unreachable!()) } else { quote!(match self { #(#arms)* }) },
            )
        }
    };
    let params: Vec<GenericParam> = generics.params.iter().cloned().map(without_default).collect();
    let where_clause = &generics.where_clause;
    let reference = by_reference.then(|| quote!(&'__value));
    let token = local("py");
    let output_type = (!stub).then(|| introspection::output_type(derived, &own));
    quote! {
        #[automatically_derived]
        #[allow(clippy::all, deprecated)]
        impl<#(#params),*> #impl_::IntoPyObject<#py> for #reference #ident #ty_generics #where_clause {
            type Target = #target;
            type Output = #output;
            type Error = #error;
            #output_type
            // Not `Self::Output`, which could also be a variant.
            #[inline]
            fn into_pyobject(self, #token: #impl_::Python<#py>) -> ::core::result::Result<#output, #error> {
                #body
            }
        }
    }
}

/// Returns the lifetime of the attachment, and the parameters and bounds of the `impl` for a type with `generics`.
fn impl_generics(
    impl_: &TokenStream,
    generics: &Generics,
    by_reference: bool,
    own: &dyn Fn(&Type) -> TokenStream,
) -> (Lifetime, Generics) {
    let mut extended = generics.clone();
    let existing = generics.lifetimes().map(|param| &param.lifetime).find(|lifetime| lifetime.ident == "py");
    let py: Lifetime = existing.cloned().unwrap_or_else(|| {
        extended.params.insert(0, parse_quote!('py));
        parse_quote!('py)
    });
    if by_reference {
        extended.params.insert(0, parse_quote!('__value));
    }
    for param in generics.type_params() {
        let ty = &param.ident;
        let converted = own(&parse_quote!(#ty));
        let predicates = &mut extended.make_where_clause().predicates;
        predicates.push(parse_quote!(#converted: #impl_::IntoPyObject<#py>));
        if by_reference {
            predicates.push(parse_quote!(#ty: '__value));
        }
    }
    (py, extended)
}

/// Returns the associated types `Target`, `Output` and `Error` of a struct.
fn result_types(
    krate: &TokenStream,
    container: &Container,
    py: &Lifetime,
    own: &dyn Fn(&Type) -> TokenStream,
) -> (TokenStream, TokenStream, TokenStream) {
    let impl_ = quote!(#krate::impl_);
    match container.fields.first() {
        Some(field) if container.transparent && field.into_py_with.is_none() => {
            let ty = own(&field.ty);
            let of = |name: &str| {
                let name = format_ident!("{name}");
                quote!(<#ty as #impl_::IntoPyObject<#py>>::#name)
            };
            (of("Target"), of("Output"), of("Error"))
        }
        _ => {
            let target = match (container.transparent, container.named) {
                (true, _) => quote!(#impl_::PyAny),
                (false, true) => quote!(#impl_::derive::PyDict),
                (false, false) => quote!(#impl_::derive::PyTuple),
            };
            let output = quote!(#impl_::Bound<#py, #target>);
            (target, output, quote!(#impl_::PyErr))
        }
    }
}

/// Creates the pattern that destructures a container into `value_0`, `value_1` and so on.
fn pattern(container: &Container, path: &TokenStream) -> (TokenStream, Vec<proc_macro2::Ident>) {
    let names: Vec<_> = (0..container.fields.len()).map(|index| local(&format!("value_{index}"))).collect();
    let members = container.fields.iter().map(|field| &field.member);
    (quote!(#path { #(#members: #names),* }), names)
}

/// Converts a field to a `PyResult<Bound<'py, PyAny>>`.
fn convert(krate: &TokenStream, field: &Field, name: &proc_macro2::Ident, by_reference: bool) -> TokenStream {
    let (derive, py) = (quote!(#krate::impl_::derive), local("py"));
    match &field.into_py_with {
        Some(function) if by_reference => quote!(#derive::with(#py, ::std::borrow::Cow::Borrowed(#name), #function)),
        Some(function) => quote!(#derive::with(#py, ::std::borrow::Cow::Owned(#name), #function)),
        None => quote!(#derive::object(#py, #name)),
    }
}

/// Creates the body for a struct.
fn write(krate: &TokenStream, container: &Container, by_reference: bool) -> TokenStream {
    let (pattern, names) = pattern(container, &container.path);
    let result = match (container.fields.first(), names.first()) {
        (Some(field), Some(name)) if container.transparent && field.into_py_with.is_none() => {
            let py = local("py");
            quote!(#krate::impl_::IntoPyObject::into_pyobject(#name, #py))
        }
        _ => whole(krate, container, &names, by_reference),
    };
    quote!({ let #pattern = self; #result })
}

/// Converts a container to a dict, to a tuple, or to what its only field converts to.
fn whole(krate: &TokenStream, container: &Container, names: &[proc_macro2::Ident], by_reference: bool) -> TokenStream {
    let (derive, py, dict) = (quote!(#krate::impl_::derive), local("py"), local("dict"));
    let values = container.fields.iter().zip(names).map(|(field, name)| convert(krate, field, name, by_reference));
    if container.transparent {
        return quote!(#(#values)*);
    }
    if container.named {
        let keys = container.fields.iter().map(|field| match &field.getter {
            Some(Getter::Item(Some(syn::Lit::Str(text)))) => quote!(#krate::impl_::derive::intern!(#py, #text)),
            Some(Getter::Item(Some(other))) => quote!(#other),
            _ => {
                let name = &field.name;
                quote!(#krate::impl_::derive::intern!(#py, #name))
            }
        });
        return quote!({
            let #dict = #derive::new_dict(#py);
            #(#derive::set_item(&#dict, #keys, #values?)?;)*
            ::core::result::Result::Ok(#dict)
        });
    }
    quote!(#derive::new_tuple(#py, [#(#values?),*]))
}

fn enum_arm(krate: &TokenStream, container: &Container, by_reference: bool) -> TokenStream {
    let (pattern, names) = pattern(container, &container.path);
    let whole = whole(krate, container, &names, by_reference);
    quote!(#pattern => #krate::impl_::derive::erase((move || #whole)()),)
}
