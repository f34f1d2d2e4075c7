//! `#[pymodule] fn name(m: &Bound<'_, PyModule>) -> PyResult<()>`, and `#[pyfn(m)]` in it.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::Parser;
use syn::{FnArg, Item, ItemFn, Meta, Signature, Stmt, Token, parse_quote};

use super::Module;
use super::inherited::{ItemMacro, pass_on};
use super::options::ModuleOptions;
use crate::doc::Doc;
use crate::errors::Errors;
use crate::function::{Callee, expand_item, is_unsafe};
use crate::introspection::Contents;
use crate::options::{cfgs, take, take_helpers};
use crate::syntax::{is_python, local, placed};

pub fn lower(mut errors: Errors, mut options: ModuleOptions, mut item: ItemFn) -> TokenStream {
    take_helpers(&mut errors, &mut item.attrs, &mut options);
    let takes_python = match item.sig.inputs.first() {
        Some(FnArg::Typed(first)) => is_python(&first.ty),
        _ => false,
    };
    check(&mut errors, &item.sig, takes_python);
    let module = Module::new(options, &item.sig.ident, Doc::of(&item.attrs));
    lower_pyfns(&mut errors, &module, &mut item);
    let (krate, ident, vis) = (&module.krate, &module.ident, &item.vis);
    let callee = Callee::new(TokenStream::new(), &item.sig);
    let receive = {
        let krate = placed(krate, callee.receiver);
        quote_spanned!(callee.receiver=> #krate::impl_::receiver::Receiver::<#krate::impl_::module::PyModule>::receive)
    };
    let (variable, value) = (super::variable(), local("value"));
    let result = super::into_result(krate, &callee, &value);
    let receiver = Ident::new(&variable.to_string(), variable.span().located_at(callee.receiver));
    let python = takes_python.then(|| quote!(#variable.py(),));
    let fill = quote! {
        #[allow(unused_imports)]
        use #krate::impl_::output::ReturnFallback as _;
        let #value = #ident(#python #receive(#receiver)?);
        #result
    };
    let stands_for = |definition: TokenStream| {
        quote! {
            #[doc(hidden)]
            #vis mod #ident {
                #[allow(non_camel_case_types)]
                pub struct __PYO3_EXPORT;
            }
            #[allow(clippy::all, non_snake_case, unused_qualifications)]
            const _: () = { #definition };
        }
    };
    let exported = quote!(#ident::__PYO3_EXPORT);
    // The macro cannot see what the function adds.
    let contents = Contents { incomplete: true, ..Contents::default() };
    let generated = errors
        .or_stub(|| stands_for(module.definition(&exported, &fill, &contents)), || stands_for(module.stub(&exported)));
    quote!(#item #generated)
}

/// Reports functions that cannot make a module.
fn check(errors: &mut Errors, sig: &Signature, takes_python: bool) {
    crate::function::check::plain(errors, sig);
    if sig.inputs.len() != 1 + usize::from(takes_python) {
        errors.at(sig.ident.span(), "a `#[pymodule]` function takes the module, `m: &Bound<'_, PyModule>`");
    }
    if let Some(asyncness) = &sig.asyncness {
        errors.push(syn::Error::new_spanned(asyncness, "a module cannot be made by an `async fn`"));
    }
    if is_unsafe(sig) {
        errors.at(sig.ident.span(), "a module cannot be made by an `unsafe fn`: `import` keeps no promises");
    }
}

/// Replaces `#[pyfn(m, options...)] fn f ...` by the function and a statement that adds it to the module.
fn lower_pyfns(errors: &mut Errors, module: &Module, item: &mut ItemFn) {
    let krate = &module.krate;
    let mut statements = Vec::new();
    for mut statement in std::mem::take(&mut item.block.stmts) {
        let Stmt::Item(Item::Fn(function)) = &mut statement else {
            statements.push(statement);
            continue;
        };
        let Some(attr) = take(&mut function.attrs, "pyfn").into_iter().next() else {
            statements.push(statement);
            continue;
        };
        let parser = |input: syn::parse::ParseStream<'_>| {
            let variable: Ident = input.parse()?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
            Ok((variable, input.parse::<TokenStream>()?))
        };
        let given = attr.meta.require_list().and_then(|list| parser.parse2(list.tokens.clone()));
        let Some((variable, args)) = errors.ok(given) else { continue };
        // Functions inside refer to the same crate as the module.
        function.attrs.insert(0, parse_quote!(#[pyfunction(#args)]));
        pass_on(module, &mut function.attrs, ItemMacro::Function);
        let args = match function.attrs.remove(0).meta {
            Meta::List(list) => list.tokens,
            _ => TokenStream::new(),
        };
        let expanded = expand_item(args, function.clone());
        let (name, cfgs) = (&function.sig.ident, cfgs(&function.attrs));
        let added = quote! {
            #(#cfgs)*
            #krate::impl_::module::AddToModule::add_to_module(
                &#name::__PYO3_EXPORT,
                #krate::impl_::module::as_module(&#variable),
            )?;
        };
        // Finished code, which need not be parsed.
        statements.push(Stmt::Item(Item::Verbatim(quote!(#expanded #added))));
    }
    item.block.stmts = statements;
}
