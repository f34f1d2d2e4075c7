//! The JSON text of a fragment, as it is built.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};

use proc_macro2::TokenStream;
use quote::quote;

use crate::doc::Doc;

/// A fragment: text that the macro knows, and pieces that the compiler computes.
pub struct Json<'a> {
    krate: &'a TokenStream,
    text: String,
    pieces: TokenStream,
}

impl<'a> Json<'a> {
    /// Creates a fragment of this type.
    pub fn new(krate: &'a TokenStream, kind: &str) -> Self {
        Json { krate, text: format!(r#"{{"type":"{kind}""#), pieces: TokenStream::new() }
    }

    /// Appends text that is already JSON.
    pub fn raw(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Appends the name of a key, after other keys.
    pub fn key(&mut self, name: &str) -> &mut Self {
        self.raw(&format!(r#","{name}":"#))
    }

    /// Appends a string.
    pub fn string(&mut self, value: &str) -> &mut Self {
        let quoted = quoted(value);
        self.raw(&quoted)
    }

    /// Appends an expression of type `&'static str` as a string.
    pub fn computed(&mut self, value: &TokenStream) -> &mut Self {
        let krate = self.krate;
        self.piece(quote!(#krate::impl_::introspection::Piece::Quoted(#value)))
    }

    /// Appends a type hint.
    pub fn hint(&mut self, hint: &TokenStream) -> &mut Self {
        let krate = self.krate;
        self.piece(quote!(#krate::impl_::introspection::Piece::Hint(#hint)))
    }

    /// Appends a list of names of fragments. Each is an expression and may have `#[cfg(...)]` attributes.
    pub fn members(&mut self, members: &TokenStream) -> &mut Self {
        let krate = self.krate;
        self.piece(quote!(#krate::impl_::introspection::Piece::Members(&[#members])))
    }

    /// Appends the key `"doc"`, if there is a docstring.
    pub fn doc(&mut self, doc: &Doc) -> &mut Self {
        if !doc.is_empty() {
            self.key("doc").computed(&doc.string());
        }
        self
    }

    fn piece(&mut self, piece: TokenStream) -> &mut Self {
        self.flush();
        self.pieces.extend(quote!(#piece,));
        self
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            let (krate, text) = (self.krate, std::mem::take(&mut self.text));
            self.pieces.extend(quote!(#krate::impl_::introspection::Piece::Text(#text),));
        }
    }

    /// Creates the item that puts the fragment into the library.
    pub fn finish(&mut self) -> TokenStream {
        self.raw("}");
        self.flush();
        let (krate, pieces) = (self.krate, &self.pieces);
        // Items that `pyo3` itself defines with its macros belong to no module of the user's.
        if krate.to_string() == "crate" {
            return TokenStream::new();
        }
        let symbol = symbol(&pieces.to_string());
        quote!(#krate::impl_::introspection::emit!(#symbol, [#pieces]);)
    }
}

/// Calls the macro by example that defines a fragment, with a new symbol and the pieces: from `path [pieces]`, the call
/// `path!(symbol, [pieces]);`. For macros by example, which cannot make a unique symbol.
pub fn with_symbol(input: TokenStream) -> TokenStream {
    let symbol = symbol(&input.to_string());
    let mut path: Vec<_> = input.into_iter().collect();
    let pieces = path.pop();
    quote!(#(#path)*!(#symbol, #pieces);)
}

/// Creates a symbol that is unique in the library, from the crate, the text, and the number of earlier fragments.
fn symbol(text: &str) -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let mut hasher = DefaultHasher::new();
    for name in ["CARGO_PKG_NAME", "CARGO_PKG_VERSION", "CARGO_CRATE_NAME"] {
        std::env::var(name).ok().hash(&mut hasher);
    }
    text.hash(&mut hasher);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("PYO3_INTROSPECTION_1_{:016x}_{count}", hasher.finish())
}

/// Converts text to a JSON string.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if u32::from(control) < 32 => quoted.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
