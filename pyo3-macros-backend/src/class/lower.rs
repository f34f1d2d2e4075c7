//! The lowering of `#[pyclass]`: the class as data, and the traits that turn the Rust type into a class.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::parse::{Class, ClassBody, Field};
use super::{derived, variants};
use crate::condition::Condition;
use crate::doc::c_string;
use crate::function::{
    ArgumentOptions, Body, Callee, ElideLifetimes, First, Kind, Outcome, Param, Params, Source, at, imports, local,
    placed, replace_self, signature_constant,
};
use crate::introspection;
use crate::options::Given;
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;

/// Returns everything that is generated besides the user's own item.
pub fn class(
    class: &Class,
    display: Option<(String, Vec<TokenStream>)>,
    vis: &syn::Visibility,
    several_blocks: bool,
) -> TokenStream {
    let Class { krate, ident, name, options, doc, body, .. } = class;
    let impl_ = quote!(#krate::impl_);
    let base = match &options.extends {
        Some(base) => base.value.to_token_stream(),
        None => quote!(#impl_::PyAny),
    };
    let module = match &options.module {
        Some(Given { value: module, .. }) => quote!(::core::option::Option::Some(#module)),
        None => quote!(::core::option::Option::None),
    };
    let either = |given: bool, yes: &str, no: &str| format_ident!("{}", if given { yes } else { no });
    let has_classes = matches!(body, ClassBody::Classes(..));
    let frozen = either(options.frozen.is_some() || has_classes, "True", "False");
    let dict = either(options.dict.is_some(), "PointerSlot", "NoSlot");
    let weakref = either(options.weakref.is_some(), "PointerSlot", "NoSlot");
    let threads = either(options.unsendable.is_some(), "OneThread", "AnyThread");
    let (subclass, immutable) = (options.subclass.is_some() || has_classes, options.immutable_type.is_some());
    let (mapping, sequence) = (options.mapping.is_some(), options.sequence.is_some());
    let subclassable = subclass.then(|| quote!(impl #impl_::pyclass::Subclassable for #ident {}));
    let free_list = options.free_list.as_ref().map(|Given { value: capacity, .. }| {
        quote! {
            fn free_list() -> ::core::option::Option<&'static #impl_::pyclass::FreeList> {
                static LIST: #impl_::pyclass::FreeList = #impl_::pyclass::FreeList::new(#capacity);
                ::core::option::Option::Some(&LIST)
            }
        }
    });
    let type_hint = introspection::class_hint(class);
    let doc = doc.c_string(krate, "");
    let (mut items, mut statements) = match body {
        ClassBody::Fields(fields) => properties(class, fields),
        ClassBody::Variants(..) => Default::default(),
        ClassBody::Classes(list) => (TokenStream::new(), variants::attributes(class, list)),
    };
    let (more, defaults) = derived::protocols(class, display);
    items.extend(more);
    if let (ClassBody::Fields(fields), true) = (body, options.new.is_some()) {
        let (more, statement) = constructor(class, fields);
        items.extend(more);
        statements.extend(statement);
    }
    if options.generic.is_some() {
        statements.extend(quote!(builder.generic();));
    }
    let methods = if several_blocks {
        quote!(#impl_::pyclass::collect_blocks::<#ident>(builder);)
    } else {
        quote!(#impl_::pyclass::Methods::<#ident>::collect(builder);)
    };
    let sendable = options
        .unsendable
        .is_none()
        .then(|| quote!(const _: () = #impl_::pyclass::needs_send_and_sync_or_unsendable::<#ident>();));
    let into_object = match body {
        ClassBody::Fields(_) => quote!(#impl_::Bound::new(py, self)),
        ClassBody::Variants(..) => quote!(#impl_::pyclass::variant(py, &__INSTANCES, __index(&self), self)),
        ClassBody::Classes(list) => variants::into_object(class, list),
    };
    let classes = match body {
        ClassBody::Classes(list) => variants::classes(class, list, vis, several_blocks),
        _ => TokenStream::new(),
    };
    let input_type = introspection::conversion_of_class(krate, "INPUT_TYPE");
    let output_type = introspection::conversion_of_class(krate, "OUTPUT_TYPE");
    let from_object = options.from_py_object.is_some().then(|| {
        quote! {
            impl<'a, 'py> #impl_::FromPyObject<'a, 'py> for #ident {
                type Error = #impl_::pyclass::PyClassGuardError<'a, 'py>;
                #input_type
                // Not `Self::Error`, which could also be a variant.
                fn extract(
                    object: #impl_::Borrowed<'a, 'py, #impl_::PyAny>,
                ) -> ::core::result::Result<Self, #impl_::pyclass::PyClassGuardError<'a, 'py>> {
                    #impl_::pyclass::clone_out::<Self>(object)
                }
            }
        }
    });
    // Older versions of PyO3 extracted a class with neither option by value. The facades for them redefine this macro
    // to do the same.
    let implicit = (options.from_py_object.is_none() && options.skip_from_py_object.is_none())
        .then(|| quote!(#impl_::pyclass::implicit_from_py_object!(#ident);));
    // If the base is a Rust class, the value of the class alone does not make an instance.
    let into_object = options.extends.is_none().then(|| {
        quote! {
            impl<'py> #impl_::IntoPyObject<'py> for #ident {
                type Target = Self;
                type Output = #impl_::Bound<'py, Self>;
                type Error = #impl_::PyErr;
                #output_type
                fn into_pyobject(self, py: #impl_::Python<'py>) -> #impl_::PyResult<#impl_::Bound<'py, Self>> {
                    #into_object
                }
            }
        }
    });
    let fragments = introspection::class(class);
    let (empty, imports) = (configured_out(class), imports(krate));
    quote! {
        #empty
        #classes
        #[allow(clippy::all, non_snake_case, unused_variables, unused_mut, unused_qualifications, deprecated)]
        const _: () = {
            #imports
            #sendable
            #items
            #subclassable
            impl #impl_::pyclass::PyClass for #ident {
                const NAME: &'static str = #name;
                type Frozen = #impl_::pyclass::boolean_struct::#frozen;
            }
            impl #impl_::pyclass::PyClassImpl for #ident {
                type BaseType = #base;
                type DictSlot = #impl_::pyclass::#dict;
                type WeakrefSlot = #impl_::pyclass::#weakref;
                type Threads = #impl_::pyclass::#threads;
                const MODULE: ::core::option::Option<&'static str> = #module;
                #type_hint
                const DOC: &'static ::core::ffi::CStr = #doc;
                const FLAGS: #impl_::pyclass::ClassFlags = #impl_::pyclass::ClassFlags {
                    subclassable: #subclass,
                    immutable: #immutable,
                    mapping: #mapping,
                    sequence: #sequence,
                };
                const TRAVERSES: bool = <#ident>::__PYO3_TRAVERSES;
                #free_list
                fn type_cell() -> &'static #impl_::pyclass::TypeCell {
                    static CELL: #impl_::pyclass::TypeCell = #impl_::pyclass::TypeCell::new();
                    &CELL
                }
                fn collect(builder: &mut #impl_::pyclass::ClassBuilder<Self>) {
                    #statements
                    #methods
                    #defaults
                }
                fn traverse(
                    &self,
                    visit: #impl_::pyclass::PyVisit<'_>,
                ) -> ::core::result::Result<(), #impl_::pyclass::PyTraverseError> {
                    self.__pyo3_traverse(visit)
                }
                fn clear(py: #impl_::Python<'_>, cell: #impl_::pyclass::Clearing<'_, Self>) -> #impl_::PyResult<()> {
                    <#ident>::__pyo3_clear(py, cell)
                }
            }
            #into_object
            #from_object
            #implicit
            #fragments
            impl #ident {
                #[doc(hidden)]
                pub const __PYO3_EXPORT: #impl_::pyclass::AddClass<Self> = #impl_::pyclass::AddClass::new();
            }
        };
    }
}

/// Creates an error for the case that `cfg` removes all variants of an enum.
fn configured_out(class: &Class) -> Option<TokenStream> {
    let (ClassBody::Variants(variants, _) | ClassBody::Classes(variants)) = &class.body else { return None };
    let conditions: Vec<Condition> = variants.iter().map(|variant| Condition::of(&variant.cfgs)).collect();
    let some = Condition::any(&conditions);
    let missing = (!some.is_always()).then(|| some.negated().attribute())?;
    let message =
        format!("no variant of `{}` is left after `cfg`, and an enum without variants is no class", class.ident);
    Some(quote_spanned!(class.ident.span()=> #missing ::core::compile_error!(#message);))
}

/// Creates the properties of the fields that Python may read or write.
fn properties(class: &Class, fields: &[Field]) -> (TokenStream, TokenStream) {
    let (krate, ident) = (&class.krate, &class.ident);
    let impl_ = quote!(#krate::impl_);
    let (mut items, mut statements) = (TokenStream::new(), TokenStream::new());
    for (index, field) in fields.iter().enumerate() {
        let Field { member, cfgs, .. } = field;
        let Some(name) = &field.name else { continue };
        let text = &name.text;
        let c_name = c_string(krate, text);
        let doc = field.doc.c_string(krate, "");
        let span = at(field.ty.span());
        if field.get {
            let getter = format_ident!("__Get{index}");
            let placed = placed(&impl_, span);
            let read = quote_spanned!(span=> #placed::field::of(&slf.#member).get(py, &slf.#member));
            items.extend(quote! {
                #(#cfgs)*
                struct #getter;
                #(#cfgs)*
                impl #impl_::shape::Unary for #getter {
                    fn call<'a, 'py: 'a>(
                        py: #impl_::Python<'py>,
                        receiver: #impl_::Borrowed<'a, 'py, #impl_::PyAny>,
                    ) -> #impl_::PyResult<#impl_::Bound<'py, #impl_::PyAny>> {
                        let mut holder = #impl_::receiver::no_guard();
                        let slf = #impl_::receiver::shared::<#ident>(receiver, &mut holder)?;
                        #read
                    }
                }
            });
            statements.extend(quote!(#(#cfgs)* builder.getter::<#getter>(#c_name, #doc);));
        }
        if field.set {
            let setter = format_ident!("__Set{index}");
            let mut ty = field.ty.clone();
            ElideLifetimes.visit_type_mut(&mut ty);
            let ty = replace_self(ty.to_token_stream(), &ident.to_token_stream());
            let krate = placed(krate, span);
            let extract = quote_spanned! {span=>
                let mut argument = ::core::default::Default::default();
                let value = #krate::impl_::extract_argument::Argument::<#ty>::extract(
                    value, &mut argument, #text,
                )?;
            };
            items.extend(quote! {
                #(#cfgs)*
                struct #setter;
                #(#cfgs)*
                impl #impl_::shape::Set for #setter {
                    fn call<'a, 'py: 'a>(
                        py: #impl_::Python<'py>,
                        receiver: #impl_::Borrowed<'a, 'py, #impl_::PyAny>,
                        _name: #impl_::Borrowed<'a, 'py, #impl_::PyAny>,
                        value: ::core::option::Option<#impl_::Borrowed<'a, 'py, #impl_::PyAny>>,
                    ) -> #impl_::PyResult<()> {
                        let ::core::option::Option::Some(value) = value else {
                            return #impl_::protocol::no_deleter(py, receiver);
                        };
                        #extract
                        let mut holder = #impl_::receiver::no_guard();
                        let slf = #impl_::receiver::exclusive::<#ident>(receiver, &mut holder)?;
                        slf.#member = value;
                        ::core::result::Result::Ok(())
                    }
                }
            });
            statements.extend(quote!(#(#cfgs)* builder.setter::<#setter>(#c_name, #doc);));
        }
    }
    // A write-only property takes its doc from the setter, any other from the getter.
    (items, statements)
}

/// Creates a constructor that takes every field: `new = "from_fields"`.
fn constructor(class: &Class, fields: &[Field]) -> (TokenStream, TokenStream) {
    let (krate, ident) = (&class.krate, &class.ident);
    let impl_ = quote!(#krate::impl_);
    let class_tokens = ident.to_token_stream();
    let (mut list, mut names, mut members) = (Vec::new(), Vec::new(), Vec::new());
    for (index, field) in fields.iter().enumerate() {
        let mut ty = field.ty.clone();
        ElideLifetimes.visit_type_mut(&mut ty);
        let name = match (&field.name, &field.member) {
            (_, syn::Member::Named(ident)) => crate::options::Name::of(ident).text,
            (Some(name), _) => name.text.clone(),
            (None, _) => format!("_{index}"),
        };
        list.push(Param {
            name,
            span: Span::call_site(),
            ty,
            kind: Kind::Positional { default: None },
            annotation: None,
            options: ArgumentOptions::default(),
        });
        names.push(format_ident!("value_{index}"));
        members.push(&field.member);
    }
    let params = Params { list, positional_only: 0, returns: None };
    let signature = signature_constant(krate, &params, "__new__", Some(&class_tokens));
    let body = Body {
        krate,
        class: Some(&class_tokens),
        first: First::None,
        callee: Callee::generated(quote!((|#(#names),*| #ident { #(#members: #names),* }))),
        params: &params,
        source: Source::Call,
        outcome: Outcome::Instance(class_tokens.clone()),
        warnings: &[],
        or_not_implemented: false,
    }
    .to_tokens();
    let (py, receiver, arguments) = (local("py"), local("receiver"), local("arguments"));
    let text = params.text(None);
    let items = quote! {
        struct __FromFields;
        impl #impl_::function::Function for __FromFields {
            fn call<'a, 'py: 'a, __Arguments: #impl_::bind::CallArguments<'a, 'py>>(
                #py: #impl_::Python<'py>,
                #receiver: ::core::option::Option<#impl_::Borrowed<'a, 'py, #impl_::PyAny>>,
                #arguments: __Arguments,
            ) -> #impl_::PyResult<#impl_::Bound<'py, #impl_::PyAny>> {
                #signature
                let #receiver = #impl_::function::present(#receiver);
                #body
            }
        }
    };
    (items, quote!(builder.constructor::<__FromFields>(::core::option::Option::Some(#text));))
}
