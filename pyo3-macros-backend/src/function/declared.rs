//! The syntax of `signature = (a, /, b = None, *args, c, d = 5, **kwargs)`.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, LitStr, Token};

/// The whole declaration.
#[derive(Clone, Debug)]
pub struct DeclaredSignature {
    /// The items in order.
    pub items: Vec<Item>,
    /// The annotation of the result.
    pub returns: Option<Expr>,
    /// The span of the parentheses, for errors about the whole.
    pub span: Span,
}

/// One item between commas.
#[derive(Clone, Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "a signature has a handful of items; how large they are depends on features of syn"
)]
pub enum Item {
    /// `name` or `name = default`, each with an optional `: "annotation"` after the name.
    Named { name: Ident, annotation: Option<LitStr>, default: Option<Expr> },
    /// `/`.
    Slash(Span),
    /// `*`.
    Star(Span),
    /// `*name`.
    VarArgs(Ident, Option<LitStr>),
    /// `**name`.
    VarKeywords(Ident, Option<LitStr>),
}

impl Item {
    /// Returns the place for errors.
    pub fn span(&self) -> Span {
        match self {
            Item::Named { name, .. } | Item::VarArgs(name, _) | Item::VarKeywords(name, _) => name.span(),
            Item::Slash(span) | Item::Star(span) => *span,
        }
    }
}

impl DeclaredSignature {
    /// Removes the arguments `absent`, which the function has under other conditions.
    pub fn leave_out(&mut self, absent: &[Ident]) {
        let is_absent = |name: &Ident| absent.iter().any(|gone| gone.unraw() == name.unraw());
        for item in &mut self.items {
            // The arguments after it are still passed by name.
            if let Item::VarArgs(name, _) = item
                && is_absent(name)
            {
                *item = Item::Star(name.span());
            }
        }
        self.items.retain(|item| match item {
            Item::Named { name, .. } | Item::VarArgs(name, _) | Item::VarKeywords(name, _) => !is_absent(name),
            Item::Slash(_) | Item::Star(_) => true,
        });
    }
}

impl Parse for DeclaredSignature {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (items, span) = crate::options::in_parentheses(input, |content, span| {
            Ok((content.parse_terminated(Item::parse, Token![,])?, span))
        })?;
        let mut returns = None;
        if input.peek(Token![->]) {
            input.parse::<Token![->]>()?;
            returns = Some(input.parse()?);
        }
        Ok(DeclaredSignature { items: items.into_iter().collect(), returns, span })
    }
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(Token![/]) {
            return Ok(Item::Slash(input.parse::<Token![/]>()?.span));
        }
        if input.peek(Token![*]) {
            let star: Token![*] = input.parse()?;
            if input.peek(Token![*]) {
                input.parse::<Token![*]>()?;
                let name = Ident::parse_any(input)?;
                return Ok(Item::VarKeywords(name, annotation(input)?));
            }
            if input.is_empty() || input.peek(Token![,]) {
                return Ok(Item::Star(star.span));
            }
            let name = Ident::parse_any(input)?;
            return Ok(Item::VarArgs(name, annotation(input)?));
        }
        let name = Ident::parse_any(input)?;
        let annotation = annotation(input)?;
        let default = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Some(input.parse()?)
        } else {
            None
        };
        Ok(Item::Named { name, annotation, default })
    }
}

/// Parses an annotation, which is only used for type stubs.
fn annotation(input: ParseStream<'_>) -> syn::Result<Option<LitStr>> {
    if !input.peek(Token![:]) {
        return Ok(None);
    }
    input.parse::<Token![:]>()?;
    if !input.peek(LitStr) {
        return Err(
            input.error("types of Rust are not repeated here; remove it, or write a type hint, as in `name: \"int\"`")
        );
    }
    input.parse().map(Some)
}

/// Returns a default as a text signature shows it: literals in Python syntax, everything else as `...`.
pub fn python_default(expr: &Expr) -> String {
    match expr {
        Expr::Lit(literal) => literal_text(&literal.lit),
        Expr::Path(path) if path.path.is_ident("None") => "None".to_owned(),
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => match &*unary.expr {
            Expr::Lit(literal) => format!("-{}", literal_text(&literal.lit)),
            _ => "...".to_owned(),
        },
        Expr::Paren(inner) => python_default(&inner.expr),
        Expr::Group(inner) => python_default(&inner.expr),
        _ => "...".to_owned(),
    }
}

fn literal_text(literal: &syn::Lit) -> String {
    match literal {
        syn::Lit::Bool(value) => if value.value { "True" } else { "False" }.to_owned(),
        syn::Lit::Int(value) => value.base10_digits().to_owned(),
        syn::Lit::Float(value) => value.base10_digits().to_owned(),
        syn::Lit::Str(value) if value.token().to_string().starts_with('"') => value.token().to_string(),
        syn::Lit::Char(value) => value.token().to_string(),
        syn::Lit::ByteStr(value) if value.token().to_string().starts_with("b\"") => value.token().to_string(),
        _ => "...".to_owned(),
    }
}
