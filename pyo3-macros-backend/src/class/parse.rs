//! `#[pyclass]` as a syntax tree.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Attribute, Fields, Generics, Index, Item, ItemEnum, ItemStruct, LitStr, Member, Type, Visibility};

use super::options::{ClassOptions, Display, FieldOptions, VariantOptions};
use crate::doc::Doc;
use crate::errors::Errors;
use crate::options::{Flag, Given, Name, docs, krate, take_helpers};

/// A class.
pub struct Class {
    /// The crate that generated code refers to.
    pub krate: TokenStream,
    /// The Rust type.
    pub ident: Ident,
    /// The name in Python.
    pub name: String,
    /// The options of `#[pyclass]`.
    pub options: ClassOptions,
    /// The docstring: `__doc__`.
    pub doc: Doc,
    /// Fields or variants.
    pub body: ClassBody,
    /// The visibility of the Rust type.
    pub vis: Visibility,
    /// What `__str__` returns, with `str = "..."`.
    pub format: Option<Format>,
    /// The generic parameters. It cannot have any.
    pub generics: Generics,
}

/// The content of the Rust type.
pub enum ClassBody {
    /// A struct.
    Fields(Vec<Field>),
    /// An enum whose variants hold nothing, and the integer type of its discriminants.
    Variants(Vec<Variant>, Ident),
    /// An enum whose variants hold fields. Each variant is a class.
    Classes(Vec<Variant>),
}

/// A field of a struct.
pub struct Field {
    /// The Rust name or index.
    pub member: Member,
    /// The name in Python. Fields of tuple structs need not have one.
    pub name: Option<Name>,
    /// The type.
    pub ty: Type,
    /// Whether Python may read it.
    pub get: bool,
    /// Whether Python may write it.
    pub set: bool,
    /// The docstring of the property: `__doc__`.
    pub doc: Doc,
    /// The options as given.
    pub options: FieldOptions,
}

/// A variant of an enum.
pub struct Variant {
    /// The Rust name.
    pub ident: Ident,
    /// The name in Python.
    pub name: String,
    /// The doc comments, which become the `__doc__` of its class.
    pub docs: Vec<Attribute>,
    /// The fields.
    pub fields: Vec<VariantField>,
    /// The options as given.
    pub options: VariantOptions,
}

/// A field of a variant.
pub struct VariantField {
    /// The Rust name or index.
    pub member: Member,
    /// The type.
    pub ty: Type,
    /// The doc comments, which become the `__doc__` of the property.
    pub docs: Vec<Attribute>,
}

impl Class {
    /// Parses `item`, removing helper attributes from it.
    pub fn parse(errors: &mut Errors, mut options: ClassOptions, item: &mut Item) -> Option<Self> {
        let (attrs, ident, generics, vis) = match item {
            Item::Struct(item) => (&mut item.attrs, &item.ident, &item.generics, &item.vis),
            Item::Enum(item) => (&mut item.attrs, &item.ident, &item.generics, &item.vis),
            other => {
                errors.push(syn::Error::new_spanned(other, "`#[pyclass]` is for structs and enums"));
                return None;
            }
        };
        take_helpers(errors, attrs, &mut options);
        let doc = Doc::of(attrs);
        let (ident, generics, vis) = (ident.clone(), generics.clone(), vis.clone());
        let name = options.name.as_ref().map_or_else(|| Name::of(&ident), |given| given.value.clone()).text;
        let body = match item {
            Item::Struct(item) => ClassBody::Fields(fields(errors, &options, item)),
            Item::Enum(item) => variants(errors, &mut options, item),
            _ => return None,
        };
        let format = match &options.display {
            Some(Given { value: Display::Format(text), .. }) => errors.ok(Format::parse(text)),
            _ => None,
        };
        Some(Class { krate: krate(&options.krate), ident, name, options, doc, body, vis, format, generics })
    }

    /// Returns a class to generate in place of this one, which has errors. It looks the same to other code, so that
    /// this compiles, but is empty. Returns `None` if no class can be generated.
    pub fn stub(&self) -> Option<Self> {
        let given = &self.options;
        let is_struct = matches!(self.body, ClassBody::Fields(_));
        let options = ClassOptions {
            krate: given.krate.clone(),
            extends: given.extends.clone().filter(|_| is_struct),
            // Otherwise, classes that extend it would report an error as well.
            subclass: Some(Given::generated(Flag)),
            frozen: given.frozen.clone(),
            dict: given.dict.clone(),
            weakref: given.weakref.clone(),
            unsendable: given.unsendable.clone(),
            from_py_object: given.from_py_object.clone(),
            skip_from_py_object: given.skip_from_py_object.clone(),
            ..ClassOptions::default()
        };
        self.generics.params.is_empty().then(|| Class {
            krate: self.krate.clone(),
            ident: self.ident.clone(),
            name: self.name.clone(),
            options,
            doc: Doc::default(),
            body: ClassBody::Fields(Vec::new()),
            vis: self.vis.clone(),
            format: None,
            generics: Generics::default(),
        })
    }
}

fn fields(errors: &mut Errors, class: &ClassOptions, item: &mut ItemStruct) -> Vec<Field> {
    let mut list = Vec::new();
    for (index, field) in item.fields.iter_mut().enumerate() {
        let mut options = FieldOptions::default();
        take_helpers(errors, &mut field.attrs, &mut options);
        let (member, natural) = match &field.ident {
            Some(ident) => {
                let mut name = Name::of(ident);
                if let Some(rule) = &class.rename_all {
                    name.text = rule.value.apply(&name.text);
                }
                (Member::Named(ident.clone()), Some(name))
            }
            None => (Member::Unnamed(Index { index: index as u32, span: Span::call_site() }), None),
        };
        list.push(Field {
            member,
            name: options.name.as_ref().map(|given| given.value.clone()).or(natural),
            ty: field.ty.clone(),
            get: options.get.is_some() || class.get_all.is_some(),
            set: options.set.is_some() || class.set_all.is_some(),
            doc: Doc::of(&field.attrs),
            options,
        });
    }
    list
}

fn variants(errors: &mut Errors, class: &mut ClassOptions, item: &mut ItemEnum) -> ClassBody {
    let mut list = Vec::new();
    let has_fields = item.variants.iter().any(|variant| !matches!(variant.fields, Fields::Unit));
    if let (true, Some(hash)) = (has_fields, &class.hash) {
        // An enum with fields is always frozen, and `hash` needs a frozen class.
        class.frozen.get_or_insert(Given { span: hash.span, value: Flag });
    }
    for variant in &mut item.variants {
        let mut options = VariantOptions::default();
        take_helpers(errors, &mut variant.attrs, &mut options);
        let natural = Name::of(&variant.ident).text;
        let name =
            options.name.as_ref().map(|given| given.value.text.clone()).unwrap_or_else(|| match &class.rename_all {
                Some(rule) => rule.value.apply(&natural),
                None => natural,
            });
        let fields = variant.fields.iter().enumerate().map(|(index, field)| VariantField {
            member: match &field.ident {
                Some(ident) => Member::Named(ident.clone()),
                None => Member::Unnamed(Index { index: index as u32, span: Span::call_site() }),
            },
            ty: field.ty.clone(),
            docs: docs(&field.attrs),
        });
        list.push(Variant {
            ident: variant.ident.clone(),
            name,
            docs: docs(&variant.attrs),
            fields: fields.collect(),
            options,
        });
    }
    if has_fields {
        return ClassBody::Classes(list);
    }
    ClassBody::Variants(list, discriminant(&item.attrs))
}

/// Returns the integer type that `#[repr(...)]` names.
fn discriminant(attrs: &[Attribute]) -> Ident {
    const INTEGERS: [&str; 12] =
        ["i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"];
    let mut found = None;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("repr")) {
        // rustc reports a malformed `repr` itself.
        let _ = attr.parse_nested_meta(|meta| {
            if let Some(ident) = meta.path.get_ident().filter(|ident| INTEGERS.iter().any(|name| ident == name)) {
                found = Some(ident.clone());
            }
            if meta.input.peek(syn::token::Paren) {
                let inner;
                syn::parenthesized!(inner in meta.input);
                inner.parse::<TokenStream>()?;
            }
            Ok(())
        });
    }
    found.unwrap_or_else(|| Ident::new("isize", Span::call_site()))
}

/// A format string that names fields, in the form that `format!` takes.
pub struct Format {
    /// The format string, with positional arguments.
    pub text: String,
    /// The fields that are the arguments.
    pub fields: Vec<Member>,
}

impl Format {
    /// Parses the string of `str = "..."`.
    ///
    /// # Errors
    /// If something in braces is no field, or a brace has no partner.
    fn parse(literal: &LitStr) -> syn::Result<Self> {
        let wrong = |message: &str| syn::Error::new(literal.span(), message);
        let given = literal.value();
        let (mut text, mut fields) = (String::new(), Vec::new());
        let mut rest = given.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            text.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                text.push_str(brace);
                text.push_str(brace);
                rest = after;
                continue;
            }
            let Some(end) = rest.find('}').filter(|_| brace == "{") else {
                return Err(wrong("unmatched brace in the format string; write `{{` or `}}` for a brace itself"));
            };
            let (name, spec) = match rest[..end].split_once(':') {
                Some((name, spec)) => (name.trim(), format!(":{spec}")),
                None => (rest[..end].trim(), String::new()),
            };
            let Ok(mut field) = syn::parse_str::<Member>(name) else {
                return Err(wrong(&format!("`{name}` is no field; name one, as in `{{field}}` or `{{0}}`")));
            };
            match &mut field {
                Member::Named(ident) => ident.set_span(literal.span()),
                Member::Unnamed(index) => index.span = literal.span(),
            }
            fields.push(field);
            text.push_str(&format!("{{{spec}}}"));
            rest = &rest[end + 1..];
        }
        text.push_str(rest);
        Ok(Format { text, fields })
    }
}
