//! The type that a conversion is derived for, as a syntax tree: containers with their fields.

use proc_macro2::{Ident, TokenStream};
use syn::parse::ParseStream;
use syn::{Data, DeriveInput, Expr, Fields, Index, Lit, LitStr, Member, Path, Token, Type};

use crate::errors::Errors;
use crate::options::{self, Flag, Function, Name, One, Value, check_together, options, take_helpers};
use crate::rename::RenamingRule;

options! {
    /// The options of the type or of a variant.
    pub struct ContainerOptions for "a derived conversion" {
        "transparent" transparent: One<Flag>, "It is the same as its only field.";
        "from_item_all" from_item_all: One<Flag>, "Every field is read by `object[\"name\"]`."
            excludes ["transparent" "the whole object is the field"];
        "annotation" annotation: One<LitStr>, "What errors call the variant.";
        "rename_all" rename_all: One<RenamingRule>, "The case of the names of fields."
            excludes ["transparent" "the field has no name in Python"];
        "crate" krate: One<Path>, "The path of this crate, where it has another name.";
    }
}

/// How a field is read from an object.
#[derive(Clone)]
pub enum Getter {
    /// `object.name`.
    Attribute(Option<String>),
    /// `object[key]`.
    Item(Option<Lit>),
}

/// `attribute` or `attribute("name")`.
#[derive(Clone, Debug)]
pub struct AttributeKey(Option<String>);

impl Value for AttributeKey {
    const FORM: &'static str = "(\"name\")";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        match key(input)? {
            None => Ok(Some(AttributeKey(None))),
            Some(Lit::Str(text)) if text.value().is_empty() => {
                Err(syn::Error::new(text.span(), "an attribute has a name; write it here, or `attribute` alone"))
            }
            Some(Lit::Str(text)) => Ok(Some(AttributeKey(Some(text.value())))),
            Some(other) => Err(syn::Error::new(other.span(), "an attribute's name is a string")),
        }
    }
}

/// `item` or `item(key)`.
#[derive(Clone, Debug)]
pub struct ItemKey(Option<Lit>);

impl Value for ItemKey {
    const FORM: &'static str = "(key)";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        key(input).map(|key| Some(ItemKey(key)))
    }
}

/// Parses the literal in parentheses, if there are any.
fn key(input: ParseStream<'_>) -> syn::Result<Option<Lit>> {
    if !input.peek(syn::token::Paren) {
        return Ok(None);
    }
    options::in_parentheses(input, |inner, _| {
        let key = inner.parse()?;
        if !inner.is_empty() {
            return Err(inner.error("one key is enough"));
        }
        Ok(Some(key))
    })
}

/// `default` or `default = expression`.
#[derive(Clone, Debug)]
pub struct DefaultValue(Option<Expr>);

impl Value for DefaultValue {
    const FORM: &'static str = " = expression";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        let given = if input.peek(Token![=]) { Some(options::expression(input)?) } else { None };
        Ok(Some(DefaultValue(given)))
    }
}

options! {
    /// The options of a field.
    pub struct FieldOptions for "a field of a derived conversion" {
        "attribute" attribute: One<AttributeKey>, "It is read by `object.name`."
            excludes ["item" "a field is read in one way"];
        "item" item: One<ItemKey>, "It is read by `object[key]`.";
        "from_py_with" from_py_with: One<Function>, "The function that converts it from Python.";
        "into_py_with" into_py_with: One<Function>, "The function that converts it to Python.";
        "default" default: One<DefaultValue>, "Its value where it is missing.";
    }
}

/// A field.
pub struct Field {
    /// The Rust name or index.
    pub member: Member,
    /// The name as a key or attribute, after renaming.
    pub name: String,
    /// The type.
    pub ty: Type,
    /// How the field is read.
    pub getter: Option<Getter>,
    /// The function that converts the field from Python.
    pub from_py_with: Option<Expr>,
    /// The function that converts the field to Python.
    pub into_py_with: Option<Expr>,
    /// The default for a missing field. The inner `None` means `Default::default()`.
    pub default: Option<Option<Expr>>,
}

/// A struct or a variant.
pub struct Container {
    /// `Type`, or `Type::Variant`.
    pub path: TokenStream,
    /// The title in error messages: `Type` or `Type::Variant`.
    pub title: String,
    /// The name of the variant alone.
    pub variant: String,
    /// The name of the Python type in error messages.
    pub annotation: String,
    /// Whether it is converted as its only field is.
    pub transparent: bool,
    /// Whether the fields have names.
    pub named: bool,
    /// The fields.
    pub fields: Vec<Field>,
}

/// The whole type.
pub struct Derived {
    /// The crate that generated code refers to.
    pub krate: TokenStream,
    /// The variants. A struct has exactly one container.
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
            if let Some(annotation) = &given.annotation {
                errors.at(annotation.span, "`annotation` is for variants of enums: errors name a struct by its type");
            }
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
            for (name, span) in [
                ("transparent", given.transparent.as_ref().map(|given| given.span)),
                ("annotation", given.annotation.as_ref().map(|given| given.span)),
                ("from_item_all", given.from_item_all.as_ref().map(|given| given.span)),
            ] {
                if let Some(span) = span {
                    errors.at(span, format!("`{name}` is for the variants of an enum; move it to each that it is for"));
                }
            }
            let type_ident = &input.ident;
            for variant in &mut data.variants {
                let mut own = ContainerOptions::default();
                take_helpers(errors, &mut variant.attrs, &mut own);
                if let (Some(own), true) = (&own.rename_all, given.rename_all.is_some()) {
                    errors.at(own.span, "the enum has a `rename_all` already; remove one of the two");
                }
                let inherits = own.transparent.is_none() && matches!(variant.fields, Fields::Named(_));
                own.rename_all = own.rename_all.or(given.rename_all.clone().filter(|_| inherits));
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
    check_together(errors, given);
    if let (Some(transparent), true) = (&given.transparent, fields.len() > 1) {
        errors.at(transparent.span, format!("`transparent` is for a single field; `{ident}` has {}", fields.len()));
    }
    if let (Some(rule), false) = (&given.rename_all, named) {
        errors.at(rule.span, "`rename_all` is for fields with names; remove it");
    }
    if let (Some(all), false) = (&given.from_item_all, named) {
        errors.at(all.span, "`from_item_all` is for fields with names; remove it");
    }
    let transparent = given.transparent.is_some() || (!named && fields.len() == 1);
    let mut list = Vec::new();
    for (index, field) in fields.iter_mut().enumerate() {
        let mut own = FieldOptions::default();
        take_helpers(errors, &mut field.attrs, &mut own);
        let (member, mut name) = match &field.ident {
            Some(ident) => (Member::Named(ident.clone()), Name::of(ident).text),
            None => (Member::Unnamed(Index::from(index)), index.to_string()),
        };
        check_together(errors, &own);
        if let (Some(rule), true) = (&given.rename_all, named) {
            name = rule.value.apply(&name);
        }
        let key = own.attribute.as_ref().map(|given| given.span).or(own.item.as_ref().map(|given| given.span));
        if let (Some(span), true) = (key, transparent || !named) {
            errors.at(span, "only fields with names can be an `attribute` or an `item`");
        }
        if given.from_item_all.is_some() {
            if let Some(attribute) = &own.attribute {
                errors.at(attribute.span, "`from_item_all` reads every field as an item; remove one of the two");
            }
            if let Some(item) = own.item.as_ref().filter(|item| item.value.0.is_none()) {
                errors.at(item.span, "`from_item_all` makes every field an item; remove this, or give another key");
            }
        }
        if let (Some(default), true) = (&own.default, transparent || !named) {
            errors.at(default.span, "only fields with names can be missing, and have a `default`");
        }
        let getter = match (own.attribute, own.item) {
            (Some(attribute), _) => Some(Getter::Attribute(attribute.value.0)),
            (None, Some(item)) => Some(Getter::Item(item.value.0)),
            (None, None) => given.from_item_all.as_ref().map(|_| Getter::Item(None)),
        };
        list.push(Field {
            member,
            name,
            ty: field.ty.clone(),
            getter,
            from_py_with: own.from_py_with.map(|given| given.value.0),
            into_py_with: own.into_py_with.map(|given| given.value.0),
            default: own.default.map(|given| given.value.0),
        });
    }
    let annotation = given.annotation.as_ref().map_or_else(|| variant.to_owned(), |given| given.value.value());
    Container { path, title, variant: variant.to_owned(), annotation, transparent, named, fields: list }
}
