//! `#[pymodule] mod name { ... }`: its marked items become members of the Python module.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Attribute, Item, ItemMod, Meta, UseTree};

use super::inherited::{ItemMacro, pass_on};
use super::options::ModuleOptions;
use super::{Module, into_result, variable};
use crate::doc::Doc;
use crate::errors::Errors;
use crate::function::Callee;
use crate::introspection::Contents;
use crate::options::{cfgs, take, take_helpers};
use crate::syntax::{at, is_python, local, placed};

pub fn lower(mut errors: Errors, mut options: ModuleOptions, mut item: ItemMod) -> TokenStream {
    take_helpers(&mut errors, &mut item.attrs, &mut options);
    let module = Module::new(options, &item.ident, Doc::of(&item.attrs));
    let Some((_, items)) = &mut item.content else {
        errors.push(syn::Error::new_spanned(&item, "`#[pymodule]` needs the module's items here, between braces"));
        return errors.or_tokens(TokenStream::new);
    };
    let mut fill = Fill { module: &module, statements: TokenStream::new(), init: None, contents: Contents::default() };
    for item in items.iter_mut() {
        fill.item(&mut errors, item);
    }
    let Fill { statements, init, contents, .. } = fill;
    let fill = quote!(#statements #init ::core::result::Result::Ok(()));
    let exported = quote!(__PYO3_EXPORT);
    let (attrs, vis, ident) = (&item.attrs, &item.vis, &item.ident);
    let items = item.content.as_ref().map(|(_, items)| items.as_slice()).unwrap_or_default();
    let stands_for = |definition: TokenStream| {
        quote! {
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            pub struct __PYO3_EXPORT;
            #[allow(clippy::all, non_snake_case, unused_qualifications)]
            const _: () = { #definition };
        }
    };
    let generated = errors
        .or_stub(|| stands_for(module.definition(&exported, &fill, &contents)), || stands_for(module.stub(&exported)));
    quote! {
        #(#attrs)*
        #vis mod #ident {
            #(#items)*
            #generated
        }
    }
}

/// The statements that fill the module, as they are built.
struct Fill<'a> {
    module: &'a Module,
    statements: TokenStream,
    init: Option<TokenStream>,
    /// The content that type stubs show.
    contents: Contents,
}

impl Fill<'_> {
    fn item(&mut self, errors: &mut Errors, item: &mut Item) {
        match item {
            Item::Use(item) => {
                if exported(errors, &mut item.attrs) {
                    let cfgs = cfgs(&item.attrs);
                    let mut names = Vec::new();
                    leaves(errors, &item.tree, &mut names);
                    for name in names {
                        self.export(&cfgs, &self.named(&name));
                    }
                }
            }
            Item::Const(item) => {
                if exported(errors, &mut item.attrs) {
                    let (krate, name, cfgs) = (&self.module.krate, &item.ident, cfgs(&item.attrs));
                    self.contents.constants.push((cfgs.clone(), name.clone(), (*item.ty).clone()));
                    let (text, variable) = (name.unraw().to_string(), variable());
                    self.statements
                        .extend(quote!(#(#cfgs)* #krate::impl_::module::add_constant(#variable, #text, #name)?;));
                }
            }
            Item::Fn(item) => {
                if !take(&mut item.attrs, "pymodule_init").is_empty() {
                    self.init(errors, item);
                } else if pass_on(self.module, &mut item.attrs, ItemMacro::Function) {
                    let name = &item.sig.ident;
                    self.export(&cfgs(&item.attrs), &quote!(#name::__PYO3_EXPORT));
                }
                self.refuse_export(errors, &mut item.attrs);
            }
            Item::Struct(item) => self.class(errors, &mut item.attrs, &item.ident),
            Item::Enum(item) => self.class(errors, &mut item.attrs, &item.ident),
            Item::Impl(item) => {
                pass_on(self.module, &mut item.attrs, ItemMacro::Methods);
            }
            Item::Mod(item) => {
                if pass_on(self.module, &mut item.attrs, ItemMacro::Module) {
                    let name = &item.ident;
                    self.export(&cfgs(&item.attrs), &quote!(#name::__PYO3_EXPORT));
                }
                self.refuse_export(errors, &mut item.attrs);
            }
            Item::Type(item) => self.refuse_export(errors, &mut item.attrs),
            Item::Static(item) => self.refuse_export(errors, &mut item.attrs),
            _ => {}
        }
    }

    /// Creates an expression for the export of `name`, which is declared elsewhere. Without one, it refers to a
    /// stand-in, for which the compiler explains what is missing.
    fn named(&self, name: &Ident) -> TokenStream {
        let span = at(name.span());
        let krate = placed(&self.module.krate, span);
        quote_spanned! {span=>
            {
                #[allow(unused_imports)]
                use #krate::impl_::function::fallback::*;
                use #name as wrapped;
                wrapped::__PYO3_EXPORT
            }
        }
    }

    fn export(&mut self, cfgs: &[Attribute], path: &TokenStream) {
        let (krate, module) = (&self.module.krate, variable());
        self.contents.export(krate, cfgs, path);
        let span = path.clone().into_iter().next().map_or_else(proc_macro2::Span::call_site, |first| at(first.span()));
        let krate = placed(krate, span);
        let add = quote_spanned!(span=> #krate::impl_::module::AddToModule::add_to_module(&#path, #module)?;);
        self.statements.extend(quote!(#(#cfgs)* #add));
    }

    fn class(&mut self, errors: &mut Errors, attrs: &mut Vec<Attribute>, name: &Ident) {
        if pass_on(self.module, attrs, ItemMacro::Class) {
            self.export(&cfgs(attrs), &quote!(#name::__PYO3_EXPORT));
        }
        self.refuse_export(errors, attrs);
    }

    fn refuse_export(&self, errors: &mut Errors, attrs: &mut Vec<Attribute>) {
        for attr in take(attrs, "pymodule_export") {
            errors.push(syn::Error::new_spanned(
                attr,
                "`#[pymodule_export]` is for `use` and `const`; functions, classes and modules are exported by themselves",
            ));
        }
    }

    fn init(&mut self, errors: &mut Errors, item: &mut syn::ItemFn) {
        self.contents.incomplete = true;
        if self.init.is_some() {
            errors.at(item.sig.ident.span(), "a module has one `#[pymodule_init]`");
        }
        let (krate, name, cfgs) = (&self.module.krate, &item.sig.ident, cfgs(&item.attrs));
        if crate::function::is_unsafe(&item.sig) {
            errors.at(name.span(), "a module cannot be filled by an `unsafe fn`: `import` keeps no promises");
        }
        let (module, value) = (variable(), local("value"));
        let arguments = item.sig.inputs.iter().map(|input| match input {
            syn::FnArg::Typed(typed) if is_python(&typed.ty) => quote!(#module.py()),
            _ => quote!(#krate::impl_::receiver::Receiver::<#krate::impl_::module::PyModule>::receive(#module)?),
        });
        let result = into_result(krate, &Callee::new(TokenStream::new(), &item.sig), &value);
        self.init = Some(quote! {
            #(#cfgs)*
            {
                #[allow(unused_imports)]
                use #krate::impl_::output::ReturnFallback as _;
                let #value = #name(#(#arguments),*);
                let () = #result?;
            }
        });
    }
}

/// Removes `#[pymodule_export]`. Returns whether it was there.
fn exported(errors: &mut Errors, attrs: &mut Vec<Attribute>) -> bool {
    let taken = take(attrs, "pymodule_export");
    for attr in taken.iter().filter(|attr| !matches!(attr.meta, Meta::Path(_))) {
        errors.push(syn::Error::new_spanned(attr, "`#[pymodule_export]` takes no options"));
    }
    !taken.is_empty()
}

/// Collects the names that a `use` brings into scope.
fn leaves(errors: &mut Errors, tree: &UseTree, names: &mut Vec<Ident>) {
    match tree {
        UseTree::Path(path) => leaves(errors, &path.tree, names),
        UseTree::Name(name) => names.push(name.ident.clone()),
        UseTree::Rename(rename) => names.push(rename.rename.clone()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(errors, tree, names)),
        UseTree::Glob(glob) => {
            errors
                .push(syn::Error::new_spanned(glob, "`#[pymodule_export]` needs names; it cannot see what `*` brings"));
        }
    }
}
