//! `#[pyfunction]` as a syntax tree.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{ItemFn, Signature, Visibility};

use super::body::Callee;
use super::options::{FunctionOptions, TextSignature, Warning};
use super::params::Params;
use crate::arguments::leave_out_absent;
use crate::doc::Doc;
use crate::errors::Errors;
use crate::options::{Name, cfgs, take_helpers};

/// A `#[pyfunction]`.
pub struct Function {
    /// The crate that generated code refers to.
    pub krate: TokenStream,
    /// The Rust function.
    pub ident: Ident,
    /// The function to call.
    pub callee: Callee,
    /// The visibility, which the generated module gets too.
    pub vis: Visibility,
    /// The `#[cfg(...)]` attributes that decide whether the function exists.
    pub cfgs: Vec<syn::Attribute>,
    /// The name in Python.
    pub name: Name,
    /// Whether the module is passed as first argument.
    pub pass_module: bool,
    /// The parameters.
    pub params: Params,
    /// The text signature: `__text_signature__`.
    pub text_signature: TextSignature,
    /// The docstring: `__doc__`.
    pub doc: Doc,
    /// Warnings issued by each call.
    pub warnings: Vec<Warning>,
    /// The signature in Rust.
    pub sig: Signature,
    /// The options as given. The fields above are computed from them.
    pub options: FunctionOptions,
}

impl Function {
    /// Parses `item`, removing the helper attributes from it.
    pub fn parse(errors: &mut Errors, mut options: FunctionOptions, item: &mut ItemFn) -> Self {
        take_helpers(errors, &mut item.attrs, &mut options);
        leave_out_absent(&mut item.attrs, options.signature.as_mut().map(|given| &mut given.value));
        let pass_module = options.pass_module.is_some();
        let signature = options.signature.as_ref().map(|given| &given.value);
        let mut inputs: Vec<_> = item.sig.inputs.iter_mut().collect();
        let first = usize::from(pass_module).min(inputs.len());
        let params = Params::parse(errors, &mut inputs[first..], signature);
        Function {
            krate: crate::options::krate(&options.krate),
            callee: Callee::new(item.sig.ident.to_token_stream(), &item.sig),
            ident: item.sig.ident.clone(),
            vis: item.vis.clone(),
            cfgs: cfgs(&item.attrs),
            name: options.name.as_ref().map_or_else(|| Name::of(&item.sig.ident), |given| given.value.clone()),
            pass_module,
            params,
            text_signature: options.text_signature.as_ref().map(|given| given.value.clone()).unwrap_or_default(),
            doc: Doc::of(&item.attrs),
            warnings: options.warn.iter().map(|given| given.value.clone()).collect(),
            sig: item.sig.clone(),
            options,
        }
    }

    /// Returns a function to generate in place of this one, which has errors. It is exported in the same way, and does
    /// nothing.
    pub fn stub(&self) -> Self {
        Function {
            krate: self.krate.clone(),
            ident: self.ident.clone(),
            callee: Callee::generated(quote!((|| ()))),
            vis: self.vis.clone(),
            cfgs: self.cfgs.clone(),
            name: self.name.clone(),
            pass_module: false,
            params: Params::default(),
            text_signature: TextSignature::Absent,
            doc: Doc::default(),
            warnings: Vec::new(),
            sig: self.sig.clone(),
            options: FunctionOptions::default(),
        }
    }
}
