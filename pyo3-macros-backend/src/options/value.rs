//! The types of option values. Each type defines its syntax.

use proc_macro2::Span;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Path, Token, Type};

use crate::rename::RenamingRule;

use super::{Name, expression, flag, python_name, quoted_path, string};

/// The value of an option, with its syntax.
pub trait Value: Sized {
    /// What is written after the option's name, for the guide.
    const FORM: &'static str;

    /// Parses what follows the name. Returns `None` for a value that means the same as no option, such as
    /// `frozen = false`.
    ///
    /// # Errors
    /// If the value is not what the option takes.
    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>>;
}

/// A value, and the place of its option.
#[derive(Clone, Debug)]
pub struct Given<T> {
    /// The span of the option's name.
    pub span: Span,
    /// The value.
    pub value: T,
}

impl<T> Given<T> {
    /// Wraps a value that the macro itself adds, as if the user had given it.
    pub fn generated(value: T) -> Self {
        Given { span: Span::call_site(), value }
    }
}

/// An option that is given at most once.
pub type One<T> = Option<Given<T>>;

/// An option that may be given any number of times.
pub type Many<T> = Vec<Given<T>>;

/// The storage for the values of one option.
pub trait Holder {
    /// The same as [`Value::FORM`].
    const FORM: &'static str;
    /// Whether the option may be given more than once.
    const REPEATS: bool;

    /// Parses a value for the option that is named at `span`, and stores it.
    ///
    /// # Errors
    /// If the value is not what the option takes.
    fn put(&mut self, span: Span, input: ParseStream<'_>) -> syn::Result<()>;

    /// Returns where the option is named, if it is given.
    fn span(&self) -> Option<Span>;
}

impl<T: Value> Holder for One<T> {
    const FORM: &'static str = T::FORM;
    const REPEATS: bool = false;

    fn put(&mut self, span: Span, input: ParseStream<'_>) -> syn::Result<()> {
        *self = T::parse(input)?.map(|value| Given { span, value });
        Ok(())
    }

    fn span(&self) -> Option<Span> {
        self.as_ref().map(|given| given.span)
    }
}

impl<T: Value> Holder for Many<T> {
    const FORM: &'static str = T::FORM;
    const REPEATS: bool = true;

    fn put(&mut self, span: Span, input: ParseStream<'_>) -> syn::Result<()> {
        self.extend(T::parse(input)?.map(|value| Given { span, value }));
        Ok(())
    }

    fn span(&self) -> Option<Span> {
        self.first().map(|given| given.span)
    }
}

/// `name`, `name = true` or `name = false`.
#[derive(Clone, Copy, Debug)]
pub struct Flag;

impl Value for Flag {
    const FORM: &'static str = "";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        Ok(flag(input)?.then_some(Flag))
    }
}

/// `name` alone, which cannot be turned off.
#[derive(Clone, Copy, Debug)]
pub struct Word;

impl Value for Word {
    const FORM: &'static str = "";

    fn parse(_: ParseStream<'_>) -> syn::Result<Option<Self>> {
        Ok(Some(Word))
    }
}

/// `name = true` or `name = false`, where both have a meaning.
impl Value for bool {
    const FORM: &'static str = " = true";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        flag(input).map(Some)
    }
}

impl Value for Name {
    const FORM: &'static str = " = \"name\"";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        python_name(input).map(Some)
    }
}

impl Value for LitStr {
    const FORM: &'static str = " = \"text\"";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        string(input).map(Some)
    }
}

impl Value for Path {
    const FORM: &'static str = " = \"path\"";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        quoted_path(input).map(Some)
    }
}

impl Value for Type {
    const FORM: &'static str = " = Type";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        input.parse::<Token![=]>()?;
        input.parse().map(Some)
    }
}

/// `name = function`, or `name = "path"`.
#[derive(Clone, Debug)]
pub struct Function(pub Expr);

impl Value for Function {
    const FORM: &'static str = " = function";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        expression(input).map(|expr| Some(Function(expr)))
    }
}

impl Value for Expr {
    const FORM: &'static str = " = expression";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        input.parse::<Token![=]>()?;
        input.parse().map(Some)
    }
}

/// `name = "rule"`.
impl Value for RenamingRule {
    const FORM: &'static str = " = \"rule\"";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        RenamingRule::parse(&string(input)?).map(Some)
    }
}
