//! The type that a conversion is derived for, as a syntax tree: containers with their fields.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::parse::ParseStream;
use syn::{Data, DeriveInput, Expr, Fields, Index, Lit, LitStr, Member, Path, Token, Type};

use crate::errors::Errors;
use crate::options::{self, Flag, Function, Name, One, Value, options, take_helpers};
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
pub struct AttributeKey(pub Option<String>);

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
pub struct ItemKey(pub Option<Lit>);

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
pub struct DefaultValue(pub Option<Expr>);

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
    /// The options as given. The fields above are computed from them.
    pub options: FieldOptions,
}

/// A struct or a variant.
pub struct Container {
    /// The Rust name of the struct or variant.
    pub ident: Ident,
    /// `Type`, or `Type::Variant`.
    pub path: TokenStream,
    /// The title in error messages: `Type` or `Type::Variant`.
    pub title: String,
    /// The name of the Python type in error messages.
    pub annotation: String,
    /// Whether it is converted as its only field is.
    pub transparent: bool,
    /// Whether the fields have names.
    pub named: bool,
    /// The fields.
    pub fields: Vec<Field>,
    /// The options as given.
    pub options: ContainerOptions,
}

/// The whole type.
pub struct Derived {
    /// The crate that generated code refers to.
    pub krate: TokenStream,
    /// The variants. A struct has exactly one container.
    pub containers: Vec<Container>,
    /// Whether it is an enum.
    pub is_enum: bool,
    /// The options of the type as given. Those of a struct are also those of its container.
    pub options: ContainerOptions,
}

/// Parses the input of a derive macro.
pub fn parse(errors: &mut Errors, input: &mut DeriveInput) -> Derived {
    let mut options = ContainerOptions::default();
    take_helpers(errors, &mut input.attrs, &mut options);
    let (ident, rule) = (&input.ident, &options.rename_all);
    let (is_enum, containers) = match &mut input.data {
        Data::Struct(data) => {
            let path = quote!(#ident);
            (false, vec![Container::parse(errors, options.clone(), None, path, ident, &mut data.fields)])
        }
        Data::Enum(data) => {
            let variants = data.variants.iter_mut().map(|variant| {
                let mut own = ContainerOptions::default();
                take_helpers(errors, &mut variant.attrs, &mut own);
                let inherits = own.transparent.is_none() && matches!(variant.fields, Fields::Named(_));
                let inherited = rule.as_ref().filter(|_| inherits).map(|rule| rule.value);
                let (name, fields) = (&variant.ident, &mut variant.fields);
                Container::parse(errors, own, inherited, quote!(#ident::#name), name, fields)
            });
            (true, variants.collect())
        }
        Data::Union(data) => {
            errors.at(data.union_token.span, "a union cannot be converted; use an enum");
            (false, Vec::new())
        }
    };
    Derived { krate: options::krate(&options.krate), containers, is_enum, options }
}

impl Container {
    /// Parses `fields`, removing helper attributes from them. `inherited`: the renaming rule of the enum.
    fn parse(
        errors: &mut Errors,
        options: ContainerOptions,
        inherited: Option<RenamingRule>,
        path: TokenStream,
        ident: &Ident,
        fields: &mut Fields,
    ) -> Self {
        let named = matches!(fields, Fields::Named(_));
        let rule = options.rename_all.as_ref().map(|rule| rule.value).or(inherited).filter(|_| named);
        let from_item_all = options.from_item_all.is_some();
        let transparent = options.transparent.is_some() || (!named && fields.len() == 1);
        let fields = fields.iter_mut().enumerate();
        Container {
            fields: fields.map(|(index, field)| Field::parse(errors, rule, from_item_all, index, field)).collect(),
            ident: ident.clone(),
            title: path.to_string().replace(' ', ""),
            path,
            annotation: options.annotation.as_ref().map_or_else(|| ident.to_string(), |given| given.value.value()),
            transparent,
            named,
            options,
        }
    }
}

impl Field {
    fn parse(
        errors: &mut Errors,
        rule: Option<RenamingRule>,
        from_item_all: bool,
        index: usize,
        field: &mut syn::Field,
    ) -> Self {
        let mut options = FieldOptions::default();
        take_helpers(errors, &mut field.attrs, &mut options);
        let (member, name) = match &field.ident {
            Some(ident) => (Member::Named(ident.clone()), Name::of(ident).text),
            None => (Member::Unnamed(Index::from(index)), index.to_string()),
        };
        let getter = match (&options.attribute, &options.item) {
            (Some(attribute), _) => Some(Getter::Attribute(attribute.value.0.clone())),
            (None, Some(item)) => Some(Getter::Item(item.value.0.clone())),
            (None, None) => from_item_all.then_some(Getter::Item(None)),
        };
        Field {
            member,
            name: rule.map_or(name.clone(), |rule| rule.apply(&name)),
            ty: field.ty.clone(),
            getter,
            from_py_with: options.from_py_with.as_ref().map(|given| given.value.0.clone()),
            into_py_with: options.into_py_with.as_ref().map(|given| given.value.0.clone()),
            default: options.default.as_ref().map(|given| given.value.0.clone()),
            options,
        }
    }
}
