//! The body of a generated call: it binds and converts the arguments, calls the user's function, and converts its
//! result.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::options::Warning;
use super::params::{Kind, Param, Params};
use crate::syntax::{at, local, or_return, placed, replace_self};

/// The argument that comes before those from Python.
#[derive(Clone)]
pub enum First {
    /// There is none.
    None,
    /// The module (`pass_module`) or the class (`#[classmethod]`), in the handle type that the function takes.
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

/// The function to call: `path(first, arguments...)`.
#[derive(Clone)]
pub struct Callee {
    /// The path.
    pub path: TokenStream,
    /// The span of the receiver's declaration, for errors.
    pub receiver: Span,
    /// The span of the result's declaration, for errors.
    pub result: Span,
    /// The return type, for type hints.
    pub output: syn::ReturnType,
    /// Whether it is an `async fn`, whose call makes a coroutine. Only for [`Source::Call`].
    pub is_async: bool,
    /// Whether it is an `unsafe fn`. Whoever exports one to Python guarantees that every call from Python is sound.
    pub is_unsafe: bool,
}

impl Callee {
    /// Creates the callee for an expression from generated code.
    pub fn generated(path: TokenStream) -> Self {
        let (receiver, result) = (Span::call_site(), Span::call_site());
        Callee { path, receiver, result, output: syn::ReturnType::Default, is_async: false, is_unsafe: false }
    }

    /// Creates the callee for the function at `path`, declared by `sig`.
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

    /// Returns the statements that precede the call, and the call with `values`. An `unsafe` call computes `values` in
    /// the statements, so that its `unsafe` block contains none of the user's other code.
    pub fn call(&self, values: Vec<TokenStream>) -> (TokenStream, TokenStream) {
        let path = &self.path;
        if !self.is_unsafe {
            return (TokenStream::new(), quote!(#path(#(#values),*)));
        }
        let names: Vec<Ident> = (0..values.len()).map(|index| local(&format!("passed_{index}"))).collect();
        (quote!(#(let #names = #values;)*), quote!(unsafe { #path(#(#names),*) }))
    }
}

/// Whether `sig` declares an `unsafe fn`.
pub fn is_unsafe(sig: &syn::Signature) -> bool {
    sig.unsafety.is_some()
}

/// How to convert the returned value.
#[derive(Clone)]
pub enum Outcome {
    /// To an object: `None` for `()`.
    Object,
    /// To a new instance of this class.
    Instance(TokenStream),
    /// There is no value.
    Unit,
    /// There is no value, but the receiver was changed: an in-place operator.
    Applied,
    /// Not at all: a `bool` or a `usize`.
    Plain,
    /// To a hash.
    Hash,
    /// To an `Option` of the next item.
    Next,
    /// As `Next`, with `StopAsyncIteration` at the end.
    AsyncNext,
}

/// The source of the arguments.
pub enum Source {
    /// A whole call, bound to the constant that [`signature_constant`] creates.
    Call,
    /// These variables: borrowed objects, or values that are passed on unchanged.
    Fixed(Vec<(Ident, Passed)>),
}

/// The form in which a fixed argument arrives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// An object, which is converted.
    Object,
    /// The type that the function takes.
    AsIs,
    /// An `isize`, which is converted to the integer type that the function takes.
    Count,
}

/// The parts of a generated body.
pub struct Body<'a> {
    /// The crate that generated code refers to.
    pub krate: &'a TokenStream,
    /// The class of the user's `impl` block, if any.
    pub class: Option<&'a TokenStream>,
    /// The argument before the others.
    pub first: First,
    /// The function to call.
    pub callee: Callee,
    /// The parameters after `first`.
    pub params: &'a Params,
    /// The source of their values.
    pub source: Source,
    /// How to convert the result.
    pub outcome: Outcome,
    /// The warnings to issue first.
    pub warnings: &'a [Warning],
    /// Whether a failed conversion means `NotImplemented`.
    pub or_not_implemented: bool,
}

impl Body<'_> {
    /// Creates the statements. They use the variables `py`, `receiver` and, for [`Source::Call`], `arguments`.
    pub fn to_tokens(&self) -> TokenStream {
        let krate = self.krate;
        let py = local("py");
        let warnings = self.warnings.iter().map(|warning| {
            let message = crate::doc::c_string(krate, &warning.message.value());
            let category = match &warning.category {
                Some(path) => path.to_token_stream(),
                None => quote!(#krate::impl_::warning::UserWarning),
            };
            let warned = or_return(quote!(#krate::impl_::warning::warn::<#category>(#py, #message)));
            quote!(#warned;)
        });
        let call = if self.callee.is_async { self.coroutine() } else { self.call() };
        quote! {
            #(#warnings)*
            #call
        }
    }

    /// Creates the call, which comes after the warnings.
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
            let #value = #call;
            #finish
        }
    }

    /// Creates the statements that take the receiver, and the expression that is passed for it.
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
                let receive = quote_spanned!(span=> #krate::impl_::receiver::Receiver::<#of>::receive(#slf));
                (quote!(let #slf = #cast;), Some(or_return(receive)))
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

    /// Creates the statements that prepare the arguments, and the argument expressions.
    fn arguments(&self) -> (TokenStream, Vec<TokenStream>) {
        let py = local("py");
        let mut prepare = match self.source {
            Source::Call => self.bind(),
            Source::Fixed(_) => TokenStream::new(),
        };
        let mut fixed = 0;
        let mut values = Vec::new();
        for (index, param) in self.params.list.iter().enumerate() {
            let holder = holder(index, param);
            let value = match (&self.source, &param.kind) {
                (_, Kind::Python) => {
                    values.push(quote!(#py));
                    continue;
                }
                // Only an `async fn` has a cancel handle.
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
                            let count = quote_spanned!(span=> #krate::impl_::protocol::count::<#ty>(#name));
                            values.push(or_return(count));
                            continue;
                        }
                        Passed::Object => self.extract(param, name, &holder),
                    }
                }
                (Source::Call, _) => self.value(param, self.slot(param), &holder),
            };
            prepare
                .extend(quote_spanned!(at(param.ty.span())=> let mut #holder = ::core::default::Default::default();));
            values.push(value);
        }
        (prepare, values)
    }

    /// Creates the statement that binds the arguments of a whole call.
    pub(super) fn bind(&self) -> TokenStream {
        let krate = self.krate;
        let (py, arguments) = (local("py"), local("arguments"));
        let (room, slots) = (local("room"), local("slots"));
        let (varargs, varkeywords) = (local("varargs"), local("varkeywords"));
        if self.params.passed().next().is_none() {
            let bound = or_return(quote!(#krate::impl_::bind::none(#py, &__PYO3_SIGNATURE, #arguments)));
            return quote!(#bound;);
        }
        let handler = |taken: bool, some: &str, none: &str| {
            let name = format_ident!("{}", if taken { some } else { none });
            quote!(#krate::impl_::bind::#name)
        };
        let positional = handler(self.params.varargs().is_some(), "TupleVarargs", "NoVarargs");
        let keywords = handler(self.params.varkeywords().is_some(), "DictVarkeywords", "NoVarkeywords");
        let bound = or_return(quote! {
            #krate::impl_::bind::bind::<_, #positional, #keywords, _>(#py, &__PYO3_SIGNATURE, #arguments, &mut #room)
        });
        quote! {
            let mut #room = #krate::impl_::bind::Room::<{ __PYO3_SIGNATURE.len() }>::new();
            let (#slots, #varargs, #varkeywords) = #bound;
        }
    }

    /// Returns the expression in which [`bind`](Self::bind) has put the argument for `param`.
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

    /// Creates the expression that converts `object`, a variable, for `param`.
    fn extract(&self, param: &Param, object: &Ident, holder: &Ident) -> TokenStream {
        let (krate, name) = (self.krate, &param.name);
        let extract = match param.converter() {
            Some(function) => {
                let function = self.own(function.to_token_stream());
                quote!(#krate::impl_::extract_argument::extract_with(#object, &mut #holder, #name, #function))
            }
            None => {
                let ty = self.own(param.ty.to_token_stream());
                let span = at(param.ty.span());
                let krate = placed(krate, span);
                quote_spanned! {span=>
                    #krate::impl_::extract_argument::Argument::<#ty>::extract(
                        #object, &mut #holder, #name
                    )
                }
            }
        };
        self.attempt(extract)
    }

    /// Creates the expression for `param`: the converted value of `slot`, or the default.
    pub(super) fn value(&self, param: &Param, slot: TokenStream, holder: &Ident) -> TokenStream {
        let (krate, found) = (self.krate, local("found"));
        let extract = self.extract(param, &found, holder);
        let none = quote!(::core::option::Option::None);
        let absent = match (param.default(), &param.kind) {
            (Some(default), _) if param.is_option() => {
                let default = self.own(default.to_token_stream());
                quote!(#krate::impl_::extract_argument::optional(#default))
            }
            (Some(default), _) => self.own(default.to_token_stream()),
            (None, Kind::VarKeywords) => none.clone(),
            (None, _) => quote!(#krate::impl_::bind::missing()),
        };
        quote! {
            match #slot {
                ::core::option::Option::Some(#found) => #extract,
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
            return or_return(result);
        }
        quote! {
            match #result {
                ::core::result::Result::Ok(#found) => #found,
                ::core::result::Result::Err(_) => return #krate::impl_::output::refused(#py),
            }
        }
    }

    /// Creates the expression that converts the returned `value` to what Python gets.
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
        let result = or_return(quote_spanned!(span=> #probe.into_result(#value)));
        quote! {
            let #value = #result;
            #finish
        }
    }
}

/// Imports what bodies need: traits for types that have no conversion of their own.
pub fn imports(krate: &TokenStream) -> TokenStream {
    quote! {
        #[allow(unused_imports)]
        use #krate::impl_::in_scope::*;
    }
}

/// Creates the constant of a function that takes no arguments.
pub fn no_arguments(params: &Params) -> Option<TokenStream> {
    params.passed().next().is_none().then(|| {
        quote!(
            const NO_ARGUMENTS: bool = true;
        )
    })
}

/// Returns the variable that holds what the argument for `param` at `index` borrows from.
pub(super) fn holder(index: usize, param: &Param) -> Ident {
    format_ident!("__holder_{index}", span = Span::mixed_site().located_at(param.ty.span()))
}

/// Creates the constant that [`Source::Call`] binds against. Constants are not hygienic and the user's expressions see
/// this one, so its name is one that no user would choose.
pub(super) fn signature_constant(
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
        const __PYO3_SIGNATURE: #krate::impl_::bind::Signature = #krate::impl_::bind::Signature::#new(
            #name, #class &[#(#positional),*], #positional_only, #required, &[#(#keyword_only),*],
        );
    }
}
