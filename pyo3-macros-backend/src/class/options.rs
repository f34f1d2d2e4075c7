//! The options of `#[pyclass]`, of its fields, and of enum variants.

use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Path, Token, Type};

use crate::function::DeclaredSignature;
use crate::options::{Flag, Name, One, Value, Word, options, string};
use crate::rename::RenamingRule;

/// `str` or `str = "format"`.
#[derive(Clone, Debug)]
pub enum Display {
    /// The `Display` implementation of the type.
    Trait,
    /// A format string that names fields.
    Format(LitStr),
}

impl Value for Display {
    const FORM: &'static str = " or str = \"format\"";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        match input.peek(Token![=]) {
            true => string(input).map(|text| Some(Display::Format(text))),
            false => Ok(Some(Display::Trait)),
        }
    }
}

/// `new = "from_fields"`.
#[derive(Clone, Debug)]
pub struct FromFields;

impl Value for FromFields {
    const FORM: &'static str = " = \"from_fields\"";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        let how = string(input)?;
        if how.value() != "from_fields" {
            return Err(syn::Error::new(how.span(), "the only value of `new` is \"from_fields\""));
        }
        Ok(Some(FromFields))
    }
}

/// `constructor = (...)`.
#[derive(Clone, Debug)]
pub struct ConstructorSignature(pub DeclaredSignature);

impl Value for ConstructorSignature {
    const FORM: &'static str = " = (...)";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        input.parse::<Token![=]>()?;
        // Only the parentheses, because a constructor cannot declare its result.
        let group: proc_macro2::Group = input.parse()?;
        syn::parse2(group.into_token_stream()).map(|signature| Some(ConstructorSignature(signature)))
    }
}

options! {
    /// The options of `#[pyclass]`.
    pub struct ClassOptions for "`#[pyclass]`" {
        "crate" krate: One<Path>, "The path of this crate, where it has another name.";
        "name" name: One<Name>, "The name in Python.";
        "module" module: One<LitStr>, "`__module__`: where Python finds the class.";
        "extends" extends: One<Type>, "The base class, one of Python's or another `#[pyclass]`." on [Struct];
        "subclass" subclass: One<Flag>, "Python and other classes may extend it." on [Struct];
        "frozen" frozen: One<Flag>, "Nobody changes an instance; `get` needs no borrowing.";
        "immutable_type" immutable_type: One<Flag>, "Python cannot set attributes of the class.";
        "dict" dict: One<Flag>, "Instances have a `__dict__`.";
        "weakref" weakref: One<Flag>, "Instances can be weakly referenced.";
        "unsendable" unsendable: One<Flag>, "Instances stay on one thread, and need not be `Send`.";
        "freelist" free_list: One<Expr>, "How many dead instances are kept for reuse.";
        "get_all" get_all: One<Flag>, "Every field is readable from Python.";
        "set_all" set_all: One<Flag>, "Every field is writable from Python."
            excludes ["frozen" "a `frozen` class has no fields that Python can set"] on [Struct];
        "rename_all" rename_all: One<RenamingRule>, "The case of the names of fields and variants.";
        "new" new: One<FromFields>, "A constructor that takes every field." on [Struct];
        "mapping" mapping: One<Flag>, "It is a mapping, as `dict` is."
            excludes ["sequence" "a class is one of the two"];
        "sequence" sequence: One<Flag>, "It is a sequence, as `list` is.";
        "eq" eq: One<Flag>, "`==` and `!=` by `PartialEq`.";
        "eq_int" eq_int: One<Flag>, "`==` and `!=` with integers, by discriminant."
            needs ["eq" "variants compare with each other, too"] on [Enum];
        "ord" ord: One<Flag>, "`<`, `<=`, `>` and `>=` by `PartialOrd`." needs ["eq" "what is ordered is comparable"];
        "hash" hash: One<Flag>, "`__hash__` by `Hash`."
            needs ["eq" "what has a hash is comparable", "frozen" "what changes cannot keep its hash"];
        "str" display: One<Display>, "`__str__` by `Display`, or by a format string over the fields.";
        "generic" generic: One<Flag>, "`Class[item]` makes a `types.GenericAlias`." on [Struct];
        "from_py_object" from_py_object: One<Flag>, "`FromPyObject` by `Clone`."
            excludes ["skip_from_py_object" "one asks for `FromPyObject`, the other refuses it"];
        "skip_from_py_object" skip_from_py_object: One<Flag>, "No `FromPyObject` by `Clone`.";
    }
}

options! {
    /// The options of a field.
    pub struct FieldOptions for "a field of a `#[pyclass]`" {
        "get" get: One<Word>, "Python may read it.";
        "set" set: One<Word>, "Python may write it.";
        "name" name: One<Name>, "The name in Python.";
    }
}

options! {
    /// The options of an enum variant.
    pub struct VariantOptions for "a variant of a `#[pyclass]`" {
        "name" name: One<Name>, "The name in Python.";
        "constructor" constructor: One<ConstructorSignature>, "The signature of its constructor." on [FieldEnum];
    }
}
