//! The conditions of `#[cfg(...)]` attributes, and how they combine.
//!
//! Macros see a user's functions before the compiler decides which of them exist. So code that combines several
//! functions is generated for every case, and the compiler selects the one that applies.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Meta};

/// The condition under which an item exists.
#[derive(Clone, Debug)]
pub enum Condition {
    /// No `#[cfg(...)]` at all.
    Always,
    /// `#[cfg(...)]` with these tokens in the parentheses.
    When(TokenStream),
}

impl Condition {
    /// Returns the condition of an item with the attributes `cfgs`.
    pub fn of(cfgs: &[Attribute]) -> Self {
        let conditions = cfgs.iter().filter_map(|attr| match &attr.meta {
            Meta::List(list) => Some(Condition::When(list.tokens.clone())),
            _ => None,
        });
        conditions.fold(Condition::Always, Condition::and)
    }

    /// Returns the condition that at least one of `conditions` holds.
    pub fn any<'a>(conditions: impl IntoIterator<Item = &'a Condition>) -> Self {
        let mut predicates = Vec::new();
        for condition in conditions {
            match condition {
                Condition::Always => return Condition::Always,
                Condition::When(predicate) => predicates.push(predicate),
            }
        }
        match predicates.as_slice() {
            [only] => Condition::When((*only).clone()),
            _ => Condition::When(quote!(any(#(#predicates),*))),
        }
    }

    /// Returns the condition that both hold.
    pub fn and(self, other: Condition) -> Self {
        match (self, other) {
            (Condition::Always, other) => other,
            (this, Condition::Always) => this,
            (Condition::When(this), Condition::When(other)) => Condition::When(quote!(all(#this, #other))),
        }
    }

    /// Returns the condition that this one does not hold.
    pub fn negated(&self) -> Self {
        Condition::When(match self {
            Condition::Always => quote!(any()),
            Condition::When(predicate) => quote!(not(#predicate)),
        })
    }

    /// Whether no `#[cfg(...)]` is needed.
    pub fn is_always(&self) -> bool {
        matches!(self, Condition::Always)
    }

    /// Returns the attribute, if one is needed.
    pub fn attribute(&self) -> Option<TokenStream> {
        match self {
            Condition::Always => None,
            Condition::When(predicate) => Some(quote!(#[cfg(#predicate)])),
        }
    }
}
