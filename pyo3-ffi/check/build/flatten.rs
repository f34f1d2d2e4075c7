//! Reads the tables of `src/tables` and `src/cpython`, and writes them as one flat Rust file without macros and cfgs,
//! the input of ctest.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Expr, Ident, Item, Meta, ReturnType, Token, Type};

/// The cfgs that describe the headers of the interpreter.
pub struct Cfgs(HashSet<String>);

impl Cfgs {
    /// Returns the cfgs of the current build of `pyo3-ffi`.
    pub fn of_this_build() -> Self {
        let printed = pyo3_build_config::get().build_script_outputs();
        let mut names: HashSet<String> = printed
            .iter()
            .filter_map(|line| line.strip_prefix("cargo:rustc-cfg="))
            .map(|name| name.replace('"', ""))
            .collect();
        assert!(names.contains("Py_3_9"), "the configuration names no version: {printed:?}");
        let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
        names.insert(format!("target_pointer_width={}", target("POINTER_WIDTH")));
        names.insert(format!("target_endian={}", target("ENDIAN")));
        names.insert(target("FAMILY"));
        Self(names)
    }

    /// Whether the plain cfg `name` is set.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Returns the value of the C macro `Py_LIMITED_API`.
    pub fn limited_api_version(&self) -> String {
        let minor = (9..).take_while(|minor| self.has(&format!("Py_3_{minor}"))).last().unwrap_or(9);
        format!("0x03{minor:02x}0000")
    }

    /// Whether an item with these attributes is compiled.
    fn allow(&self, attributes: &[Attribute]) -> bool {
        attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).all(|attribute| {
            let condition: Meta = attribute.parse_args().expect("a cfg has one condition");
            self.holds(&condition)
        })
    }

    fn holds(&self, condition: &Meta) -> bool {
        match condition {
            Meta::Path(path) => path.get_ident().is_some_and(|name| self.has(&name.to_string())),
            Meta::NameValue(pair) => {
                let (Some(name), Expr::Lit(value)) = (pair.path.get_ident(), &pair.value) else {
                    panic!("cannot read the cfg {}", condition.to_token_stream());
                };
                let syn::Lit::Str(value) = &value.lit else { panic!("a cfg's value is a string") };
                self.has(&format!("{name}={}", value.value()))
            }
            Meta::List(list) => {
                let inner = list
                    .parse_args_with(syn::punctuated::Punctuated::<Meta, Token![,]>::parse_terminated)
                    .expect("a cfg's operands are conditions");
                match list.path.get_ident().map(ToString::to_string).as_deref() {
                    Some("all") => inner.iter().all(|one| self.holds(one)),
                    Some("any") => inner.iter().any(|one| self.holds(one)),
                    Some("not") => !self.holds(&inner[0]),
                    _ => panic!("unknown cfg operator in {}", list.to_token_stream()),
                }
            }
        }
    }
}

/// The declarations in the tables, after applying cfgs.
#[derive(Default)]
pub struct Items {
    /// Imported functions, as signatures without attributes.
    pub functions: Vec<syn::Signature>,
    /// Imported functions that are called through a Rust function, which has a different address.
    pub wrapped: HashSet<String>,
    /// Imported variables.
    pub variables: Vec<syn::ForeignItemStatic>,
    /// Structures with a known layout.
    pub structs: Vec<syn::ItemStruct>,
    /// Opaque structures.
    pub opaque: Vec<Ident>,
    /// Constants. ctest reads their values from the real crate.
    pub constants: Vec<(Ident, Type, Expr)>,
    /// String constants.
    pub texts: Vec<(Ident, Expr)>,
    /// Type aliases, including those of function pointers.
    pub aliases: Vec<(Ident, Type)>,
    /// Enumerations.
    pub enums: Vec<syn::ItemEnum>,
}

/// Reads every file that the `mod.rs` of these folders would compile.
pub fn read(folders: &[&Path], cfgs: &Cfgs) -> Items {
    let mut found = Items::default();
    for folder in folders {
        for item in parse(&folder.join("mod.rs")).items {
            if let Item::Mod(module) = item
                && cfgs.allow(&module.attrs)
                && module.ident != "macros"
            {
                collect(parse(&folder.join(format!("{}.rs", module.ident))).items, cfgs, &mut found);
            }
        }
    }
    assert!(found.functions.len() > 500 && found.structs.len() > 5, "the tables were not understood");
    found
}

fn parse(path: &Path) -> syn::File {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn collect(items: Vec<Item>, cfgs: &Cfgs, found: &mut Items) {
    for item in items {
        match item {
            Item::Mod(module) if cfgs.allow(&module.attrs) => {
                collect(module.content.map(|(_, items)| items).unwrap_or_default(), cfgs, found);
            }
            Item::Macro(call) if cfgs.allow(&call.attrs) => rows(&call.mac, cfgs, found),
            Item::Enum(one) if cfgs.allow(&one.attrs) => found.enums.push(one),
            // Hand-written types, which are anonymous or bit fields in C. Only their names matter here.
            Item::Union(one) if cfgs.allow(&one.attrs) => found.opaque.push(one.ident),
            Item::Struct(one) if cfgs.allow(&one.attrs) && one.ident != "PyObject" => found.opaque.push(one.ident),
            Item::Struct(mut one) if cfgs.allow(&one.attrs) => {
                keep_allowed_fields(&mut one, cfgs);
                found.structs.push(one);
            }
            Item::Type(one) if cfgs.allow(&one.attrs) => found.aliases.push((one.ident, *one.ty)),
            _ => {}
        }
    }
}

fn keep_allowed_fields(one: &mut syn::ItemStruct, cfgs: &Cfgs) {
    if let syn::Fields::Named(fields) = &mut one.fields {
        fields.named = fields.named.iter().filter(|field| cfgs.allow(&field.attrs)).cloned().collect();
    }
}

/// A row of `constants!`.
struct ConstantRow(Vec<Attribute>, Ident, Type, Expr);
/// A row of `fn_types!`.
struct AliasRow(Vec<Attribute>, Ident, Type);
/// A row of `opaque!`.
struct OpaqueRow(Vec<Attribute>, Ident);

impl Parse for ConstantRow {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (attributes, name) = (input.call(Attribute::parse_outer)?, input.parse()?);
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        input.parse::<Token![=]>()?;
        let value = input.parse()?;
        input.parse::<Token![;]>()?;
        Ok(Self(attributes, name, ty, value))
    }
}

impl Parse for AliasRow {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (attributes, name) = (input.call(Attribute::parse_outer)?, input.parse()?);
        input.parse::<Token![:]>()?;
        let pointer: syn::TypeBareFn = input.parse()?;
        input.parse::<Token![;]>()?;
        let ty = syn::parse_quote!(unsafe extern "C" #pointer);
        Ok(Self(attributes, name, ty))
    }
}

impl Parse for OpaqueRow {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (attributes, name) = (input.call(Attribute::parse_outer)?, input.parse()?);
        input.parse::<Token![;]>()?;
        Ok(Self(attributes, name))
    }
}

fn parse_rows<T: Parse>(tokens: TokenStream) -> Vec<T> {
    let all = |input: ParseStream<'_>| {
        let mut rows = Vec::new();
        while !input.is_empty() {
            rows.push(input.parse()?);
        }
        Ok(rows)
    };
    all.parse2(tokens).unwrap_or_else(|error| panic!("a row has an unknown form: {error}"))
}

fn rows(call: &syn::Macro, cfgs: &Cfgs, found: &mut Items) {
    let tokens = call.tokens.clone();
    match call.path.get_ident().map(ToString::to_string).as_deref() {
        Some(name @ ("capi" | "capi_running")) => {
            for row in parse_rows::<syn::ForeignItemFn>(tokens) {
                if cfgs.allow(&row.attrs) {
                    if name == "capi_running" && cfgs.has("unix") && !cfgs.has("Py_3_14") {
                        found.wrapped.insert(row.sig.ident.to_string());
                    }
                    found.functions.push(row.sig);
                }
            }
        }
        Some("capi_data" | "capi_const_data") => {
            for row in parse_rows::<syn::ForeignItemStatic>(tokens) {
                if cfgs.allow(&row.attrs) {
                    found.variables.push(row);
                }
            }
        }
        Some("structs") => {
            for mut row in parse_rows::<syn::ItemStruct>(tokens) {
                if cfgs.allow(&row.attrs) {
                    keep_allowed_fields(&mut row, cfgs);
                    found.structs.push(row);
                }
            }
        }
        Some("constants") => {
            for ConstantRow(attributes, name, ty, value) in parse_rows(tokens) {
                if !cfgs.allow(&attributes) {
                    continue;
                }
                if matches!(ty, Type::Reference(_)) {
                    found.texts.push((name, value));
                } else {
                    found.constants.push((name, ty, value));
                }
            }
        }
        Some("fn_types") => {
            for AliasRow(attributes, name, ty) in parse_rows(tokens) {
                if cfgs.allow(&attributes) {
                    found.aliases.push((name, ty));
                }
            }
        }
        Some("opaque") => {
            for OpaqueRow(attributes, name) in parse_rows(tokens) {
                if cfgs.allow(&attributes) {
                    found.opaque.push(name);
                }
            }
        }
        // Rust code, which `tests/inline.rs` and `tests/layouts.rs` run. (`slot_makers` is for 3.15.)
        Some("inline_capi" | "type_checks" | "slot_makers" | "state_fields" | "macro_rules") => {}
        other => panic!("an unknown table macro: {other:?}"),
    }
}

/// Writes all items as one flat file.
///
/// ctest lets rustc resolve the names in it, so every type needs an item. It compares only the public ones.
pub fn render(items: &Items) -> String {
    let functions = items.functions.iter().map(|signature| {
        let mut signature = signature.clone();
        if matches!(&signature.output, ReturnType::Type(_, ty) if matches!(**ty, Type::Never(_))) {
            signature.output = ReturnType::Default;
        }
        quote!(pub #signature;)
    });
    let variables = items.variables.iter().map(|row| {
        let (mutability, name, ty) = (&row.mutability, &row.ident, &row.ty);
        quote!(pub static #mutability #name: #ty;)
    });
    let structs = items.structs.iter().map(|one| {
        let name = &one.ident;
        let fields = one.fields.iter().map(|field| {
            let (name, ty) = (&field.ident, nullable(&field.ty));
            quote!(pub #name: #ty)
        });
        quote!(#[repr(C)] pub struct #name { #(#fields),* })
    });
    let constants = items.constants.iter().map(|(name, ty, _)| quote!(pub const #name: #ty = value();));
    let aliases = items.aliases.iter().map(|(name, ty)| quote!(pub type #name = #ty;));
    let known_by_name = items.opaque.iter().chain(items.enums.iter().map(|one| &one.ident));
    quote! {
        #![no_std]
        #![allow(warnings)]
        use core::ffi::*;
        mod libc {
            pub(super) type wchar_t = i32;
            pub(super) type pthread_key_t = u32;
            pub(super) type time_t = i64;
        }
        struct FILE(u8);
        #(#[derive(Clone, Copy)] struct #known_by_name(u8);)*
        const fn value<T>() -> T { loop {} }
        #(#aliases)* #(#constants)* #(#structs)*
        unsafe extern "C" { #(#functions)* #(#variables)* }
    }
    .to_string()
}

/// Returns the alias `F` for the type `Option<F>`: function pointers in C are nullable.
fn nullable(ty: &Type) -> &Type {
    if let Type::Path(path) = ty
        && let Some(last) = path.path.segments.last()
        && last.ident == "Option"
        && let syn::PathArguments::AngleBracketed(inner) = &last.arguments
        && let Some(syn::GenericArgument::Type(alias @ Type::Path(_))) = inner.args.first()
    {
        return alias;
    }
    ty
}
