//! A collector for errors, so that one compilation reports all of them.

use proc_macro2::{Span, TokenStream};

/// Parses `input` as an item of one kind. If it is an item of another kind, `message` is the error.
///
/// # Errors
/// If it is another item, or not an item.
pub fn item<T: syn::parse::Parse>(input: TokenStream, message: &str) -> syn::Result<T> {
    syn::parse2(input.clone()).map_err(|error| match syn::parse2::<syn::Item>(input) {
        Ok(other) => syn::Error::new_spanned(other, message),
        Err(_) => error,
    })
}

/// The errors found so far. Parsing and checking continue after each of them.
#[derive(Default)]
pub struct Errors(Option<syn::Error>);

impl Errors {
    /// Records `error` after those already there.
    pub fn push(&mut self, error: syn::Error) {
        match &mut self.0 {
            Some(first) => first.combine(error),
            None => self.0 = Some(error),
        }
    }

    /// Records `message`, shown at `span`.
    pub fn at(&mut self, span: Span, message: impl std::fmt::Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Returns the value of `result`, or records its error.
    pub fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Returns the output of `lower`, or the errors as `compile_error!` calls.
    pub fn or_tokens(self, lower: impl FnOnce() -> TokenStream) -> TokenStream {
        match self.0 {
            None => lower(),
            Some(error) => error.into_compile_error(),
        }
    }

    /// Returns the output of `lower`, or the errors and the output of `stub`. The stub defines what other code relies
    /// on, so that this does not fail as well.
    pub fn or_stub(self, lower: impl FnOnce() -> TokenStream, stub: impl FnOnce() -> TokenStream) -> TokenStream {
        match self.0 {
            None => lower(),
            Some(error) => {
                let (mut tokens, stub) = (error.into_compile_error(), stub());
                tokens.extend(stub);
                tokens
            }
        }
    }

    /// Returns the texts of all recorded errors, for tests.
    #[cfg(test)]
    pub fn messages(&self) -> Vec<String> {
        self.0.iter().flatten().map(|error| error.to_string()).collect()
    }
}
