//! When something exists: the conditions of `#[cfg(...)]` attributes, and what follows from several.
//!
//! Macros see a user's functions before the compiler has decided which of them exist. So what is put together from several
//! of them is generated for every case, and the compiler takes the one that holds.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Meta};

/// A condition.
#[derive(Clone, Debug)]
pub enum Condition {
    /// No `#[cfg(...)]` at all.
    Always,
    /// `#[cfg(...)]` with this in the parentheses.
    When(TokenStream),
}

impl Condition {
    /// That of an item with the attributes `cfgs`.
    pub fn of(cfgs: &[Attribute]) -> Self {
        let conditions = cfgs.iter().filter_map(|attr| match &attr.meta {
            Meta::List(list) => Some(Condition::When(list.tokens.clone())),
            _ => None,
        });
        conditions.fold(Condition::Always, Condition::and)
    }

    /// That one of `conditions` holds.
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

    /// That both hold.
    pub fn and(self, other: Condition) -> Self {
        match (self, other) {
            (Condition::Always, other) => other,
            (this, Condition::Always) => this,
            (Condition::When(this), Condition::When(other)) => Condition::When(quote!(all(#this, #other))),
        }
    }

    /// That it does not hold.
    pub fn negated(&self) -> Self {
        Condition::When(match self {
            Condition::Always => quote!(any()),
            Condition::When(predicate) => quote!(not(#predicate)),
        })
    }

    /// Whether there is nothing to ask.
    pub fn is_always(&self) -> bool {
        matches!(self, Condition::Always)
    }

    /// The attribute, if one is needed.
    pub fn attribute(&self) -> Option<TokenStream> {
        match self {
            Condition::Always => None,
            Condition::When(predicate) => Some(quote!(#[cfg(#predicate)])),
        }
    }
}
