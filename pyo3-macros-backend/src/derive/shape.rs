//! The type to derive for, as a tree: containers with their fields.

use proc_macro2::{Ident, TokenStream};
use syn::parse::ParseStream;
use syn::{Data, DeriveInput, Expr, Fields, Index, Lit, LitStr, Member, Path, Token, Type, parenthesized};

use crate::errors::Errors;
use crate::options::{self, Name, OptionSet, take_helpers};
use crate::rename::RenamingRule;

/// The options of the type or of a variant.
#[derive(Default)]
pub struct ContainerOptions {
    transparent: bool,
    from_item_all: bool,
    annotation: Option<LitStr>,
    rename_all: Option<RenamingRule>,
    krate: Option<Path>,
}

impl OptionSet for ContainerOptions {
    const OWNER: &'static str = "a derived conversion";
    const NAMES: &'static [&'static str] = &["transparent", "from_item_all", "annotation", "rename_all", "crate"];

    fn apply(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        match name.to_string().as_str() {
            "transparent" => self.transparent = options::flag(input)?,
            "from_item_all" => self.from_item_all = options::flag(input)?,
            "annotation" => self.annotation = Some(options::string(input)?),
            "rename_all" => self.rename_all = Some(RenamingRule::parse(&options::string(input)?)?),
            _ => self.krate = Some(options::quoted_path(input)?),
        }
        Ok(())
    }
}

/// How a field is read from an object.
#[derive(Clone)]
pub enum Getter {
    /// `object.name`
    Attribute(Option<String>),
    /// `object[key]`
    Item(Option<Lit>),
}

/// The options of a field.
#[derive(Default)]
struct FieldOptions {
    getter: Option<Getter>,
    from_py_with: Option<Expr>,
    into_py_with: Option<Expr>,
    default: Option<Option<Expr>>,
}

impl OptionSet for FieldOptions {
    const OWNER: &'static str = "a field of a derived conversion";
    const NAMES: &'static [&'static str] = &["attribute", "item", "from_py_with", "into_py_with", "default"];

    fn apply(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        match name.to_string().as_str() {
            "from_py_with" => self.from_py_with = Some(options::expression(input)?),
            "into_py_with" => self.into_py_with = Some(options::expression(input)?),
            "default" => {
                let given = if input.peek(Token![=]) { Some(options::expression(input)?) } else { None };
                self.default = Some(given);
            }
            which => {
                if self.getter.is_some() {
                    return Err(syn::Error::new(
                        name.span(),
                        "a field is read as an `attribute` or as an `item`, not both",
                    ));
                }
                let key = if input.peek(syn::token::Paren) {
                    let inner;
                    parenthesized!(inner in input);
                    Some(inner.parse::<Lit>()?)
                } else {
                    None
                };
                self.getter = Some(match (which, key) {
                    ("item", key) => Getter::Item(key),
                    (_, None) => Getter::Attribute(None),
                    (_, Some(Lit::Str(text))) => Getter::Attribute(Some(text.value())),
                    (_, Some(other)) => return Err(syn::Error::new(other.span(), "an attribute's name is a string")),
                });
            }
        }
        Ok(())
    }
}

/// A field.
pub struct Field {
    /// Its Rust name or number.
    pub member: Member,
    /// The name as a key or attribute, renamed where that was asked for.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// How it is read.
    pub getter: Option<Getter>,
    /// The function that reads it.
    pub from_py_with: Option<Expr>,
    /// The function that writes it.
    pub into_py_with: Option<Expr>,
    /// The value where it is missing; the inner `None` means `Default`.
    pub default: Option<Option<Expr>>,
}

/// A struct, or a variant.
pub struct Container {
    /// `Type`, or `Type::Variant`.
    pub path: TokenStream,
    /// As errors call it: `Type` or `Type::Variant`.
    pub title: String,
    /// The variant's name alone.
    pub variant: String,
    /// What errors say it is in Python.
    pub annotation: String,
    /// Whether it is the same as its only field.
    pub transparent: bool,
    /// Whether its fields have names.
    pub named: bool,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// The whole type.
pub struct Derived {
    /// The crate that generated code names.
    pub krate: TokenStream,
    /// One for a struct.
    pub containers: Vec<Container>,
    /// Whether it is an enum.
    pub is_enum: bool,
}

/// Parses the input of a derive macro.
pub fn parse(errors: &mut Errors, input: &mut DeriveInput) -> Derived {
    let mut given = ContainerOptions::default();
    take_helpers(errors, &mut input.attrs, &mut given);
    let krate = options::krate(&given.krate);
    let title = input.ident.to_string();
    let mut containers = Vec::new();
    let is_enum = match &mut input.data {
        Data::Struct(data) => {
            containers.push(container(
                errors,
                &given,
                {
                    let ident = &input.ident;
                    quote::quote!(#ident)
                },
                title.clone(),
                &title,
                &mut data.fields,
                &input.ident,
            ));
            false
        }
        Data::Enum(data) => {
            let type_ident = &input.ident;
            for variant in &mut data.variants {
                let mut own = ContainerOptions::default();
                take_helpers(errors, &mut variant.attrs, &mut own);
                own.rename_all = own.rename_all.or(given.rename_all);
                let ident = &variant.ident;
                let (name, path) = (ident.to_string(), quote::quote!(#type_ident::#ident));
                containers.push(container(
                    errors,
                    &own,
                    path,
                    format!("{title}::{name}"),
                    &name,
                    &mut variant.fields,
                    ident,
                ));
            }
            if containers.is_empty() {
                errors.at(input.ident.span(), "an enum without variants has no values to convert");
            }
            true
        }
        Data::Union(data) => {
            errors.at(data.union_token.span, "a union cannot be converted; use an enum");
            false
        }
    };
    Derived { krate, containers, is_enum }
}

fn container(
    errors: &mut Errors,
    given: &ContainerOptions,
    path: TokenStream,
    title: String,
    variant: &str,
    fields: &mut Fields,
    ident: &Ident,
) -> Container {
    let named = matches!(fields, Fields::Named(_));
    if fields.is_empty() {
        errors.at(ident.span(), format!("`{ident}` has no fields, so there is nothing to convert"));
    }
    if given.transparent && fields.len() > 1 {
        errors.at(ident.span(), "`transparent` is for a single field");
    }
    let transparent = given.transparent || (!named && fields.len() == 1);
    let mut list = Vec::new();
    for (index, field) in fields.iter_mut().enumerate() {
        let mut own = FieldOptions::default();
        take_helpers(errors, &mut field.attrs, &mut own);
        let (member, mut name) = match &field.ident {
            Some(ident) => (Member::Named(ident.clone()), Name::of(ident).text),
            None => (Member::Unnamed(Index::from(index)), index.to_string()),
        };
        if let (Some(rule), true) = (given.rename_all, named) {
            name = rule.apply(&name);
        }
        if (transparent || !named) && own.getter.is_some() {
            errors
                .push(syn::Error::new_spanned(&field.ty, "only fields with names can be an `attribute` or an `item`"));
        }
        let getter = own.getter.or(given.from_item_all.then_some(Getter::Item(None)));
        list.push(Field {
            member,
            name,
            ty: field.ty.clone(),
            getter,
            from_py_with: own.from_py_with,
            into_py_with: own.into_py_with,
            default: own.default,
        });
    }
    let annotation = given.annotation.as_ref().map_or_else(|| variant.to_owned(), LitStr::value);
    Container { path, title, variant: variant.to_owned(), annotation, transparent, named, fields: list }
}
