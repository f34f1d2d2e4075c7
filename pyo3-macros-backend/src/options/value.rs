//! What an option's value can be: each is a type that knows how it is written.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Path, Token, Type};

use crate::rename::RenamingRule;

use super::{Name, expression, flag, python_name, quoted_path, string};

/// The value of an option, with how it is written.
pub trait Value: Sized {
    /// What is written behind the option's name, for the guide.
    const FORM: &'static str;

    /// Parses what stands behind the name. `None` for what is as if it were not there: `frozen = false`.
    ///
    /// # Errors
    /// Where the value is not what the option takes.
    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>>;
}

/// A value and where its option was named.
#[derive(Clone, Debug)]
pub struct Given<T> {
    /// Where the name of the option is.
    pub span: Span,
    /// What it says.
    pub value: T,
}

impl<T> Given<T> {
    /// As if the user had given it: for what generated code asks for.
    pub fn generated(value: T) -> Self {
        Given { span: Span::call_site(), value }
    }
}

/// An option that is given once, or not at all.
pub type One<T> = Option<Given<T>>;

/// An option that is given as often as wanted.
pub type Many<T> = Vec<Given<T>>;

/// Where the values of one option go.
pub trait Holder {
    /// As [`Value::FORM`].
    const FORM: &'static str;
    /// Whether the option may be given again.
    const REPEATS: bool;

    /// Parses a value for the option that is named at `span`.
    ///
    /// # Errors
    /// Where the value is not what the option takes.
    fn put(&mut self, span: Span, input: ParseStream<'_>) -> syn::Result<()>;

    /// Where the option was named, if it was.
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

/// `name` alone; there is nothing to turn off.
#[derive(Clone, Copy, Debug)]
pub struct Word;

impl Value for Word {
    const FORM: &'static str = "";

    fn parse(_: ParseStream<'_>) -> syn::Result<Option<Self>> {
        Ok(Some(Word))
    }
}

/// `name = true` or `name = false`, of which both say something.
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

/// `name = function`, also `name = "path"`.
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

/// `name = (...)`
#[derive(Clone, Debug)]
pub struct Parenthesized(pub TokenStream);

impl Value for Parenthesized {
    const FORM: &'static str = " = (...)";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        input.parse::<Token![=]>()?;
        Ok(Some(Parenthesized(input.parse::<proc_macro2::Group>()?.into_token_stream())))
    }
}

/// `name = "rule"`
impl Value for RenamingRule {
    const FORM: &'static str = " = \"rule\"";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        RenamingRule::parse(&string(input)?).map(Some)
    }
}
