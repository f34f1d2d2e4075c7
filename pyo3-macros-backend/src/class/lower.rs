//! The lowering of `#[pyclass]`: the class as data, and the traits that turn the Rust type into a class.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::parse::{Class, ClassBody};
use super::{derived, fields, variants};
use crate::function::imports;
use crate::introspection;
use crate::options::Given;
use crate::syntax::{at, placed, replace_self};

/// Returns everything that is generated besides the user's own item.
pub fn class(class: &Class, several_blocks: bool) -> TokenStream {
    let Class { krate, ident, options, body, .. } = class;
    let impl_ = quote!(#krate::impl_);
    let classes = match body {
        ClassBody::Classes(list) => variants::classes(class, list, several_blocks),
        _ => TokenStream::new(),
    };
    let any_thread = options.unsendable.is_none().then(|| any_thread(class));
    let (items, collect) = contents(class, several_blocks);
    let subclassable = is_subclassable(class).then(|| quote!(impl #impl_::pyclass::Subclassable for #ident {}));
    let (traits, conversions) = (traits(class, &collect), conversions(class));
    let fragments = introspection::class(class);
    let imports = imports(krate);
    quote! {
        #classes
        #[allow(clippy::all, non_snake_case, unused_variables, unused_mut, unused_qualifications, deprecated)]
        const _: () = {
            #imports
            #any_thread
            #items
            #subclassable
            #traits
            #conversions
            #fragments
            impl #ident {
                #[doc(hidden)]
                pub const __PYO3_EXPORT: #impl_::pyclass::AddClass<Self> = #impl_::pyclass::AddClass::new();
            }
        };
    }
}

fn has_variant_classes(class: &Class) -> bool {
    matches!(class.body, ClassBody::Classes(..))
}

fn is_subclassable(class: &Class) -> bool {
    class.options.subclass.is_some() || has_variant_classes(class)
}

/// Creates the items for the members of the class, and the statements that register the members.
fn contents(class: &Class, several_blocks: bool) -> (TokenStream, TokenStream) {
    let Class { krate, ident, options, body, .. } = class;
    let impl_ = quote!(#krate::impl_);
    let (mut items, mut statements) = match body {
        ClassBody::Fields(list) => fields::properties(class, list),
        ClassBody::Variants(..) => Default::default(),
        ClassBody::Classes(list) => (TokenStream::new(), variants::attributes(class, list)),
    };
    let (more, defaults) = derived::protocols(class);
    items.extend(more);
    if let (ClassBody::Fields(list), true) = (body, options.new.is_some()) {
        let (more, statement) = fields::constructor(class, list);
        items.extend(more);
        statements.extend(statement);
    }
    if options.generic.is_some() {
        statements.extend(quote!(builder.generic();));
    }
    statements.extend(match several_blocks {
        true => quote!(#impl_::pyclass::collect_blocks::<#ident>(builder);),
        false => quote!(#impl_::pyclass::Methods::<#ident>::collect(builder);),
    });
    statements.extend(defaults);
    (items, statements)
}

/// Creates the traits that make the type a class. `collect`: the statements that register its members.
fn traits(class: &Class, collect: &TokenStream) -> TokenStream {
    let Class { krate, ident, name, options, .. } = class;
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
    let frozen = either(options.frozen.is_some() || has_variant_classes(class), "True", "False");
    let (has_dict, has_weakrefs) = (options.dict.is_some(), options.weakref.is_some());
    let threads = either(options.unsendable.is_some(), "OneThread", "AnyThread");
    let (subclassable, immutable) = (is_subclassable(class), options.immutable_type.is_some());
    let (mapping, sequence) = (options.mapping.is_some(), options.sequence.is_some());
    let free_list = free_list(class);
    let (type_hint, doc) = (introspection::class_hint(class), class.doc.c_string(krate, ""));
    quote! {
        impl #impl_::pyclass::PyClass for #ident {
            const NAME: &'static str = #name;
            type Frozen = #impl_::pyclass::boolean_struct::#frozen;
        }
        impl #impl_::pyclass::PyClassImpl for #ident {
            type BaseType = #base;
            type Threads = #impl_::pyclass::#threads;
            const HAS_DICT: bool = #has_dict;
            const HAS_WEAKREFS: bool = #has_weakrefs;
            const MODULE: ::core::option::Option<&'static str> = #module;
            #type_hint
            const DOC: &'static ::core::ffi::CStr = #doc;
            const FLAGS: #impl_::pyclass::ClassFlags = #impl_::pyclass::ClassFlags {
                subclassable: #subclassable,
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
            fn members() -> #impl_::pyclass::Members {
                #impl_::pyclass::ClassBuilder::<Self>::members(|builder| { #collect })
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
    }
}

/// Creates the constant for the list of dead instances.
fn free_list(class: &Class) -> Option<TokenStream> {
    let (krate, Given { value: capacity, .. }) = (&class.krate, class.options.free_list.as_ref()?);
    let ty = quote!(#krate::impl_::pyclass::FreeList);
    Some(quote! {
        const FREE_LIST: ::core::option::Option<&'static #ty> = {
            static LIST: #ty = #ty::new(#capacity);
            ::core::option::Option::Some(&LIST)
        };
    })
}

/// Creates the conversions from and to instances.
fn conversions(class: &Class) -> TokenStream {
    let Class { krate, ident, options, body, .. } = class;
    let impl_ = quote!(#krate::impl_);
    let input_type = introspection::conversion_of_class(krate, "INPUT_TYPE");
    let output_type = introspection::conversion_of_class(krate, "OUTPUT_TYPE");
    // If the base is a Rust class, the value of the class alone does not make an instance.
    let into_object = options.extends.is_none().then(|| {
        let into_object = match body {
            ClassBody::Fields(_) => quote!(#impl_::Bound::new(py, self)),
            ClassBody::Variants(..) => quote!(#impl_::pyclass::variant(py, &__INSTANCES, __index(&self), self)),
            ClassBody::Classes(list) => variants::into_object(class, list),
        };
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
    quote!(#into_object #from_object #implicit)
}

/// Creates the check that any thread can use an instance: first each field, for the sake of the message, then the whole.
fn any_thread(class: &Class) -> TokenStream {
    let (krate, ident) = (&class.krate, &class.ident);
    let threads = quote!(#krate::impl_::threads);
    let field = |ty: &Type| {
        let (threads, span) = (placed(&threads, at(ty.span())), at(ty.span()));
        let ty = replace_self(ty.to_token_stream(), &ident.to_token_stream());
        quote_spanned!(span=> #threads::field::<#ty, __PYO3_ANY_THREAD>();)
    };
    let fields: TokenStream = match &class.body {
        ClassBody::Fields(list) => list.iter().map(|one| field(&one.ty)).collect(),
        ClassBody::Variants(..) => TokenStream::new(),
        ClassBody::Classes(list) => list.iter().flat_map(|variant| &variant.fields).map(|one| field(&one.ty)).collect(),
    };
    let any_thread = quote!(#threads::Instances::<#ident>::ANY_THREAD);
    if fields.is_empty() {
        return quote!(const _: () = #threads::class(#any_thread););
    }
    // In one constant, because its value, and so the second check, is only computed if the first has found nothing.
    quote! {
        const _: () = {
            const __PYO3_ANY_THREAD: bool = #any_thread;
            #fields
            #threads::class(__PYO3_ANY_THREAD);
        };
    }
}
