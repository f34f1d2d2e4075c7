//! Doc comments, which become `__doc__`.

use std::ffi::CString;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The lines of an item's doc comments.
#[derive(Clone, Default, Debug)]
pub struct Doc {
    lines: Vec<Line>,
}

#[derive(Clone, Debug)]
enum Line {
    Text(String),
    /// A value that only the compiler can compute, such as `#[doc = concat!(...)]`.
    Computed(TokenStream),
}

impl Line {
    fn known(&self) -> Option<&str> {
        match self {
            Line::Text(text) => Some(text),
            Line::Computed(_) => None,
        }
    }
}

/// Returns `text` as an expression of type `&'static CStr`.
pub fn c_string(krate: &TokenStream, text: &str) -> TokenStream {
    match CString::new(text) {
        Ok(text) => Literal::c_string(&text).into_token_stream(),
        // A NUL inside. The constant function reports it at compile time.
        Err(_) => {
            let text = format!("{text}\0");
            quote!(const { #krate::impl_::text::c_string(#text) })
        }
    }
}

impl Doc {
    /// Reads the doc attributes among `attrs`, without removing them.
    pub fn of(attrs: &[Attribute]) -> Self {
        let mut lines = Vec::new();
        for attr in attrs {
            let Meta::NameValue(pair) = &attr.meta else { continue };
            if !pair.path.is_ident("doc") {
                continue;
            }
            match &pair.value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
                    // rustc keeps the space after `///`, which does not belong to the text.
                    let text = text.value();
                    lines.extend(text.split('\n').enumerate().map(|(index, line)| {
                        let line = if index == 0 { line.strip_prefix(' ').unwrap_or(line) } else { line };
                        Line::Text(line.to_owned())
                    }));
                }
                other => lines.push(Line::Computed(other.to_token_stream())),
            }
        }
        Doc { lines }
    }

    /// Returns the text as one string, with `?` for computed lines.
    #[cfg(test)]
    pub fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| match line {
            Line::Text(text) => text.as_str(),
            Line::Computed(_) => "?",
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

impl Doc {
    /// Returns `before` and the text as an expression of type `&'static CStr`.
    pub fn c_string(&self, krate: &TokenStream, before: &str) -> TokenStream {
        let texts: Option<Vec<&str>> = self.lines.iter().map(Line::known).collect();
        match texts {
            Some(texts) => c_string(krate, &format!("{before}{}", texts.join("\n"))),
            None => {
                let text = self.joined(before, "\0");
                quote!(const { #krate::impl_::text::c_string(#text) })
            }
        }
    }

    /// As [`c_string`](Self::c_string), after the text signature of a function, from which Python computes
    /// `__text_signature__`.
    pub fn with_signature(&self, krate: &TokenStream, name: &str, signature: Option<&str>) -> TokenStream {
        let before = signature.map_or_else(String::new, |text| format!("{name}{text}\n--\n\n"));
        self.c_string(krate, &before)
    }

    /// Returns the text as an expression of type `&'static str`.
    pub fn string(&self) -> TokenStream {
        self.joined("", "")
    }

    /// Whether there is no doc comment at all.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    fn joined(&self, before: &str, after: &str) -> TokenStream {
        let mut pieces: Vec<TokenStream> = Vec::new();
        let mut text = before.to_owned();
        for (index, line) in self.lines.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            match line {
                Line::Text(more) => text.push_str(more),
                Line::Computed(expr) => {
                    let before = std::mem::take(&mut text);
                    pieces.push(quote!(#before));
                    pieces.push(expr.clone());
                }
            }
        }
        text.push_str(after);
        pieces.push(quote!(#text));
        quote!(::core::concat!(#(#pieces),*))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn one_leading_space_goes_and_the_rest_stays() {
        let item: syn::ItemStruct = parse_quote! {
            /// Line1
            ///Line2
            ///  Line3
            struct S;
        };
        assert_eq!(Doc::of(&item.attrs).text(), "Line1\nLine2\n Line3");
    }
}
