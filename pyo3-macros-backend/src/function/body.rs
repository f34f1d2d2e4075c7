//! The body of a generated call: bind the arguments, convert them, call the user's function, convert its result.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::declared::replace_self;
use super::options::Warning;
use super::params::{Kind, Param, Params};

/// What is passed before the arguments from Python.
#[derive(Clone)]
pub enum First {
    /// Nothing.
    None,
    /// The module (`pass_module`) or the class (`#[classmethod]`), whichever handle the function asks for.
    Handle {
        /// `PyModule` or `PyType`.
        of: TokenStream,
    },
    /// `&self` of this class.
    Shared(TokenStream),
    /// `&mut self` of this class.
    Exclusive(TokenStream),
    /// `slf: PyRef<'_, Self>` and the like, of this class.
    Typed(TokenStream),
}

/// What is called: `path(first, arguments...)`.
#[derive(Clone)]
pub struct Callee {
    /// Its path.
    pub path: TokenStream,
    /// Where its receiver is declared, for errors.
    pub receiver: Span,
    /// Where its result is declared, for errors.
    pub result: Span,
    /// What it gives, for type hints.
    pub output: syn::ReturnType,
    /// Whether it is an `async fn`, whose call makes a coroutine. For [`Source::Call`] alone.
    pub is_async: bool,
    /// Whether it is an `unsafe fn`. Who exports one to Python says that no call from there breaks its promise.
    pub is_unsafe: bool,
}

impl Callee {
    /// An expression that generated code has made up.
    pub fn generated(path: TokenStream) -> Self {
        let (receiver, result) = (Span::call_site(), Span::call_site());
        Callee { path, receiver, result, output: syn::ReturnType::Default, is_async: false, is_unsafe: false }
    }

    /// The function at `path`, declared by `sig`.
    pub fn new(path: TokenStream, sig: &syn::Signature) -> Self {
        let of = |tokens: &dyn ToTokens| {
            let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
            let first = spans.next().unwrap_or_else(Span::call_site);
            at(spans.last().and_then(|last| first.join(last)).unwrap_or(first))
        };
        Callee {
            path,
            receiver: sig.inputs.first().map_or_else(|| at(sig.ident.span()), |first| of(first)),
            result: match &sig.output {
                syn::ReturnType::Default => at(sig.ident.span()),
                syn::ReturnType::Type(_, ty) => of(ty),
            },
            output: sig.output.clone(),
            is_async: sig.asyncness.is_some(),
            is_unsafe: is_unsafe(sig),
        }
    }

    /// Statements that come first, and the call with `values`. In the `unsafe` block of a call stands nothing else that the
    /// user wrote: `values` are computed before.
    pub fn call(&self, values: Vec<TokenStream>) -> (TokenStream, TokenStream) {
        let path = &self.path;
        if !self.is_unsafe {
            return (TokenStream::new(), quote!(#path(#(#values),*)));
        }
        let names: Vec<Ident> = (0..values.len()).map(|index| local(&format!("passed_{index}"))).collect();
        (quote!(#(let #names = #values;)*), quote!(unsafe { #path(#(#names),*) }))
    }
}

/// Whether `sig` says `unsafe fn`.
pub fn is_unsafe(sig: &syn::Signature) -> bool {
    sig.unsafety.is_some()
}

/// What becomes of the returned value.
#[derive(Clone)]
pub enum Outcome {
    /// Any object; `None` for `()`.
    Object,
    /// A new instance of this class.
    Instance(TokenStream),
    /// Nothing.
    Unit,
    /// Nothing, but the receiver was changed: an in-place operator.
    Applied,
    /// `bool`, `usize`: as it is.
    Plain,
    /// A hash.
    Hash,
    /// `Option` of the next item.
    Next,
    /// As `Next`, with `StopAsyncIteration` for the end.
    AsyncNext,
}

/// Where the arguments come from.
pub enum Source {
    /// A whole call, bound to the constant that [`signature_constant`] makes.
    Call,
    /// These variables: borrowed objects, or values that are passed as they are.
    Fixed(Vec<(Ident, Passed)>),
}

/// How a fixed argument arrives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// As an object, to be converted.
    Object,
    /// As the function wants it.
    AsIs,
    /// As an `isize`, for whatever integer the function takes.
    Count,
}

/// Everything a body is made from.
pub struct Body<'a> {
    /// The crate that generated code names.
    pub krate: &'a TokenStream,
    /// The class whose `impl` the user wrote in, if any.
    pub class: Option<&'a TokenStream>,
    /// What comes before the arguments.
    pub first: First,
    /// What is called.
    pub callee: Callee,
    /// The parameters behind `first`.
    pub params: &'a Params,
    /// Where their values come from.
    pub source: Source,
    /// What becomes of the result.
    pub outcome: Outcome,
    /// Warnings to raise first.
    pub warnings: &'a [Warning],
    /// Whether a failed conversion means `NotImplemented`.
    pub or_not_implemented: bool,
}

/// A place for errors in generated code: there, but with the names of generated code.
pub fn at(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// `tokens`, placed at `span` for errors: the crate's path, where it begins an expression that the user is to blame for.
pub fn placed(tokens: &TokenStream, span: Span) -> TokenStream {
    let place = |mut token: proc_macro2::TokenTree| {
        token.set_span(token.span().located_at(span));
        token
    };
    tokens.clone().into_iter().map(place).collect()
}

/// A variable of generated code, invisible to the user's expressions. A constant of that name would be seen in its place:
/// hence the underscores.
pub fn local(name: &str) -> Ident {
    format_ident!("__{name}", span = Span::mixed_site())
}

impl Body<'_> {
    /// The statements. They use the variables `py`, `receiver` and, for [`Source::Call`], `arguments`.
    pub fn to_tokens(&self) -> TokenStream {
        let krate = self.krate;
        let py = local("py");
        let warnings = self.warnings.iter().map(|warning| {
            let message = crate::doc::c_string(krate, &warning.message.value());
            let category = match &warning.category {
                Some(path) => path.to_token_stream(),
                None => quote!(#krate::impl_::warning::UserWarning),
            };
            quote!(#krate::impl_::warning::warn::<#category>(#py, #message)?;)
        });
        let call = if self.callee.is_async { self.coroutine() } else { self.call() };
        quote! {
            #(#warnings)*
            #call
        }
    }

    /// The call, between the warnings and the end.
    fn call(&self) -> TokenStream {
        let (bind, arguments) = self.arguments();
        let (prepare, first) = self.first();
        let (before, call) = self.callee.call(first.into_iter().chain(arguments).collect());
        let finish = self.finish();
        let value = local("value");
        quote! {
            #prepare
            #bind
            #before
            #[allow(clippy::let_unit_value)]
            let #value = #call;
            #finish
        }
    }

    /// The statements that take the receiver, and what is passed for it.
    fn first(&self) -> (TokenStream, Option<TokenStream>) {
        let krate = self.krate;
        let receiver = local("receiver");
        let (slf, holder) = (local("slf"), local("slf_holder"));
        let span = self.callee.receiver;
        let krate = &placed(krate, span);
        let holder = &Ident::new(&holder.to_string(), holder.span().located_at(span));
        let slf = &Ident::new(&slf.to_string(), slf.span().located_at(span));
        let borrow = |take: TokenStream| quote_spanned!(span=> let mut #holder = #krate::impl_::receiver::no_guard(); let #slf = #take;);
        match &self.first {
            First::None => (TokenStream::new(), None),
            First::Handle { of } => {
                let cast = self.attempt(quote!(#krate::impl_::receiver::cast::<#of>(&#receiver)));
                (
                    quote!(let #slf = #cast;),
                    Some(quote_spanned!(span=> #krate::impl_::receiver::Receiver::<#of>::receive(#slf)?)),
                )
            }
            First::Shared(class) => {
                let take = self
                    .attempt(quote_spanned!(span=> #krate::impl_::receiver::shared::<#class>(#receiver, &mut #holder)));
                (borrow(take), Some(quote!(#slf)))
            }
            First::Exclusive(class) => {
                let take = self.attempt(
                    quote_spanned!(span=> #krate::impl_::receiver::exclusive::<#class>(#receiver, &mut #holder)),
                );
                (borrow(take), Some(quote!(#slf)))
            }
            First::Typed(class) => {
                let cast = self.attempt(quote!(#krate::impl_::receiver::cast::<#class>(&#receiver)));
                let receive =
                    self.attempt(quote_spanned!(span=> #krate::impl_::receiver::Receiver::<#class>::receive(#slf)));
                (quote!(let #slf = #cast;), Some(receive))
            }
        }
    }

    /// The statements that prepare the arguments, and the argument expressions.
    fn arguments(&self) -> (TokenStream, Vec<TokenStream>) {
        let py = local("py");
        let mut prepare = match self.source {
            Source::Call => self.bind(),
            Source::Fixed(_) => TokenStream::new(),
        };
        let mut fixed = 0;
        let mut values = Vec::new();
        for (index, param) in self.params.list.iter().enumerate() {
            let slot = match (&self.source, &param.kind) {
                (_, Kind::Python) => {
                    values.push(quote!(#py));
                    continue;
                }
                // Only `async fn` has one.
                (_, Kind::CancelHandle) => continue,
                (Source::Fixed(names), _) => {
                    let Some((name, passed)) = names.get(fixed) else { continue };
                    fixed += 1;
                    match passed {
                        Passed::AsIs => {
                            values.push(quote!(#name));
                            continue;
                        }
                        Passed::Count => {
                            let (ty, span) = (self.own(param.ty.to_token_stream()), at(param.ty.span()));
                            let krate = placed(self.krate, span);
                            values.push(quote_spanned!(span=> #krate::impl_::protocol::count::<#ty>(#name)?));
                            continue;
                        }
                        Passed::Object => quote!(::core::option::Option::Some(#name)),
                    }
                }
                (Source::Call, _) => self.slot(param),
            };
            let holder = holder(index, param);
            prepare
                .extend(quote_spanned!(at(param.ty.span())=> let mut #holder = ::core::default::Default::default();));
            values.push(self.value(param, slot, &holder));
        }
        (prepare, values)
    }

    /// The statement that binds the arguments of a whole call.
    pub(super) fn bind(&self) -> TokenStream {
        let krate = self.krate;
        let (py, arguments) = (local("py"), local("arguments"));
        let (slots, varargs, varkeywords) = (local("slots"), local("varargs"), local("varkeywords"));
        if self.params.passed().next().is_none() {
            return quote!(#krate::impl_::arguments::none(#py, &__PYO3_SIGNATURE, #arguments)?;);
        }
        let surplus = |taken: bool, yes: &str| {
            let name = if taken { format_ident!("{yes}") } else { format_ident!("Refused") };
            quote!(#krate::impl_::arguments::#name)
        };
        let positional = surplus(self.params.varargs().is_some(), "Tuple");
        let keywords = surplus(self.params.varkeywords().is_some(), "Dict");
        quote! {
            let mut #slots = [::core::option::Option::None; __PYO3_SIGNATURE.len()];
            let (#varargs, #varkeywords) =
                #krate::impl_::arguments::bind::<_, #positional, #keywords, _>(#py, &__PYO3_SIGNATURE, #arguments, &mut #slots)?;
        }
    }

    /// Where [`bind`](Self::bind) has put the argument for `param`.
    pub(super) fn slot(&self, param: &Param) -> TokenStream {
        let (slots, varargs, varkeywords) = (local("slots"), local("varargs"), local("varkeywords"));
        match param.kind {
            Kind::VarArgs => quote!(::core::option::Option::Some(#varargs.as_any().as_borrowed())),
            Kind::VarKeywords => quote!(#varkeywords.as_ref().map(|found| found.as_any().as_borrowed())),
            _ => {
                let mut named = self.params.positional().chain(self.params.keyword_only());
                let place = named.position(|other| std::ptr::eq(other, param)).unwrap_or_default();
                quote!(#slots[#place])
            }
        }
    }

    /// The argument for `param`: what is in `slot`, converted, or its default.
    pub(super) fn value(&self, param: &Param, slot: TokenStream, holder: &Ident) -> TokenStream {
        let krate = self.krate;
        let name = &param.name;
        let found = local("found");
        let extract = match &param.from_py_with {
            Some(function) => {
                let function = self.own(function.to_token_stream());
                quote!(#krate::impl_::argument::extract_with(#found, &mut #holder, #name, #function))
            }
            None => {
                let ty = self.own(param.ty.to_token_stream());
                let span = at(param.ty.span());
                let krate = placed(krate, span);
                quote_spanned! {span=>
                    #krate::impl_::argument::Argument::<#ty>::extract(
                        #found, &mut #holder, #name
                    )
                }
            }
        };
        let extract = self.attempt(extract);
        let none = quote!(::core::option::Option::None);
        let absent = match (param.default(), &param.kind) {
            (Some(default), _) if param.is_option() => {
                let default = self.own(default.to_token_stream());
                quote!(#krate::impl_::argument::optional(#default))
            }
            (Some(default), _) => self.own(default.to_token_stream()),
            (None, Kind::VarKeywords) => none.clone(),
            (None, _) => quote!(#krate::impl_::arguments::missing()),
        };
        quote! {
            match #slot {
                ::core::option::Option::Some(#found) => #extract,
                #[allow(clippy::redundant_closure_call)]
                #none => #absent,
            }
        }
    }

    fn own(&self, tokens: TokenStream) -> TokenStream {
        match self.class {
            Some(class) => replace_self(tokens, class),
            None => tokens,
        }
    }

    fn attempt(&self, result: TokenStream) -> TokenStream {
        let (krate, py, found) = (self.krate, local("py"), local("found"));
        if !self.or_not_implemented {
            return quote!(#result?);
        }
        quote! {
            match #result {
                ::core::result::Result::Ok(#found) => #found,
                ::core::result::Result::Err(_) => return #krate::impl_::output::refused(#py),
            }
        }
    }

    /// The expression that turns the returned `value` into what Python gets.
    pub(super) fn finish(&self) -> TokenStream {
        let (krate, py, receiver) = (self.krate, local("py"), local("receiver"));
        let span = self.callee.result;
        let krate = &placed(krate, span);
        let value = Ident::new(&local("value").to_string(), Span::mixed_site().located_at(span));
        let probe = quote_spanned!(span=> #krate::impl_::output::probe(&#value));
        let finish = match &self.outcome {
            Outcome::Object => quote_spanned!(span=> #probe.into_object(#py, #value)),
            Outcome::Instance(class) => {
                quote!(#krate::impl_::output::probe_new::<#class, _>(&#value).create(#py, #receiver, #value))
            }
            Outcome::Unit => quote!({ let () = #value; ::core::result::Result::Ok(()) }),
            Outcome::Applied => {
                quote!({ let () = #value; ::core::result::Result::Ok(#krate::impl_::output::Applied::Done) })
            }
            Outcome::Plain => quote!(::core::result::Result::Ok(#value)),
            Outcome::Hash => quote!(::core::result::Result::Ok(#krate::impl_::output::Hash::into_hash(#value))),
            Outcome::Next => quote_spanned!(span=> #probe.into_next(#py, #value)),
            Outcome::AsyncNext => quote!(#krate::impl_::output::or_stop_async(#probe.into_next(#py, #value))),
        };
        quote_spanned! {span=>
            #[allow(clippy::let_unit_value)]
            let #value = #probe.into_result(#value)?;
            #finish
        }
    }
}

/// What has to be in scope where bodies are: traits that step in where a type's own conversion does not exist.
pub fn imports(krate: &TokenStream) -> TokenStream {
    quote! {
        #[allow(unused_imports)]
        use #krate::impl_::in_scope::*;
    }
}

/// The constant of a function that takes nothing.
pub fn no_arguments(params: &Params) -> Option<TokenStream> {
    params.passed().next().is_none().then(|| {
        quote!(
            const NO_ARGUMENTS: bool = true;
        )
    })
}

/// The variable that keeps what the argument for `param`, the one at `index`, borrows from.
pub(super) fn holder(index: usize, param: &Param) -> Ident {
    format_ident!("__holder_{index}", span = Span::mixed_site().located_at(param.ty.span()))
}

/// The constant that [`Source::Call`] binds against. Constants are not hygienic, and the user's own expressions stand in
/// its scope: no user calls one so.
pub fn signature_constant(
    krate: &TokenStream,
    params: &Params,
    name: &str,
    class: Option<&TokenStream>,
) -> TokenStream {
    let (new, class) = match class {
        Some(class) => ("of_method", Some(quote!(<#class as #krate::impl_::pyclass::PyClass>::NAME,))),
        None => ("of_function", None),
    };
    let new = format_ident!("{new}");
    let positional = params.positional().map(|param| &param.name);
    let positional_only = params.positional_only;
    let required = params.positional().filter(|param| param.default().is_none()).count();
    let keyword_only = params.keyword_only().map(|param| {
        let (name, required) = (&param.name, param.default().is_none());
        quote!((#name, #required))
    });
    quote! {
        const __PYO3_SIGNATURE: #krate::impl_::arguments::Signature = #krate::impl_::arguments::Signature::#new(
            #name, #class &[#(#positional),*], #positional_only, #required, &[#(#keyword_only),*],
        );
    }
}
