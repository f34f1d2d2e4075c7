//! The vocabulary of the [protocol table](super::protocol): shapes of slots, places in them, arguments and results; and
//! their names in `impl_`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::function::{Outcome, Passed};

/// The shape of a slot. It names a trait of `impl_::shape`, and the method of `ClassBuilder` that registers a type with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// No operand, any result.
    Unary,
    /// `__next__`.
    Next,
    /// `__len__`.
    Len,
    /// `__hash__`.
    Hash,
    /// `__bool__`.
    Bool,
    /// `__contains__`.
    Contains,
    /// One operand, any result.
    Binary,
    /// A count, any result.
    Repeat,
    /// Two operands, any result.
    Ternary,
    /// One operand and the operator.
    Compare,
    /// A key, and a value to store or none to delete.
    Set,
    /// `__get__`.
    DescriptorGet,
    /// The two functions of a buffer, in `impl_::buffer`.
    Buffer,
}

impl Shape {
    /// Returns the name of the trait.
    pub fn name(self) -> Ident {
        format_ident!("{}", format!("{self:?}"))
    }

    /// Creates the call that registers the type `ty` in the slot called `which`. With `default`, the call has no effect
    /// if the user has filled the slot.
    pub fn register(self, krate: &TokenStream, which: &str, ty: &TokenStream, default: bool) -> TokenStream {
        let (method, slots) = match self {
            Shape::Unary => ("unary", Some("UnarySlot")),
            Shape::Next => ("next", None),
            Shape::Len => ("len", None),
            Shape::Hash => ("hash", None),
            Shape::Bool => ("bool", None),
            Shape::Contains => ("contains", None),
            Shape::Binary => ("binary", Some("BinarySlot")),
            Shape::Repeat => ("repeat", Some("RepeatSlot")),
            Shape::Ternary => ("ternary", Some("TernarySlot")),
            Shape::Compare => ("compare", None),
            Shape::Set => ("set", Some("SetSlot")),
            Shape::DescriptorGet => ("descriptor_get", None),
            Shape::Buffer => ("buffer", None),
        };
        let method = match default {
            true => format_ident!("default_{method}"),
            false => format_ident!("{method}"),
        };
        let slot = slots.map(|slots| {
            let (slots, which) = (format_ident!("{slots}"), format_ident!("{which}"));
            quote!(#krate::impl_::protocol::#slots::#which)
        });
        quote!(builder.#method::<#ty>(#slot))
    }

    /// Returns the parameters of the trait's function after the receiver, called `names`, and its result.
    pub fn signature(self, krate: &TokenStream, names: &[Ident]) -> (TokenStream, TokenStream) {
        let borrowed = quote!(#krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>);
        let optional = quote!(::core::option::Option<#borrowed>);
        let object = quote!(#krate::impl_::Bound<'py, #krate::impl_::PyAny>);
        let (types, result): (&[&TokenStream], TokenStream) = match self {
            Shape::Unary => (&[], object),
            Shape::Next => (&[], quote!(::core::option::Option<#object>)),
            Shape::Len => (&[], quote!(usize)),
            Shape::Hash => (&[], quote!(isize)),
            Shape::Bool => (&[], quote!(bool)),
            Shape::Contains => (&[&borrowed], quote!(bool)),
            Shape::Binary => (&[&borrowed], object),
            Shape::Repeat => (&[&quote!(isize)], object),
            Shape::Ternary => (&[&borrowed, &borrowed], object),
            Shape::Compare => (&[&borrowed, &quote!(#krate::impl_::pyclass::CompareOp)], object),
            Shape::Set => (&[&borrowed, &optional], quote!(())),
            Shape::DescriptorGet => (&[&optional, &optional], object),
            // A buffer has two functions, each with its own trait.
            Shape::Buffer => (&[], quote!(())),
        };
        (names.iter().zip(types).map(|(name, ty)| quote!(#name: #ty,)).collect(), result)
    }
}

/// A slot, which one or several of the user's functions fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// The shape.
    pub shape: Shape,
    /// The variant of `UnarySlot` and the like, or empty if there is only one slot of this shape.
    pub which: &'static str,
    /// How its functions are combined.
    pub combination: Combination,
}

/// How the functions in one slot are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Combination {
    /// There is one function, which is called.
    Alone,
    /// There is one function. Missing optional arguments are passed as `None`.
    OrNone,
    /// There is one function, which changes the receiver.
    InPlace,
    /// There is one function, which may change the receiver, and then the result is the receiver.
    SequenceInPlace,
    /// An operator and its reflected method.
    Operator,
    /// `__pow__` and `__rpow__`.
    Power,
    /// The six comparisons, or one function for all of them.
    Comparison,
    /// Storing and deleting.
    StoreOrDelete,
    /// `__getattribute__` and `__getattr__`.
    GetAttribute,
    /// `__getbuffer__` and `__releasebuffer__`.
    Buffer,
}

/// The place of a function in its slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The only one.
    Only,
    /// The receiver is the left operand.
    Forward,
    /// The receiver is the right operand.
    Reflected,
    /// All comparisons.
    AllComparisons,
    /// One comparison: a variant of `CompareOp`.
    Comparison(&'static str),
    /// All attributes.
    Always,
    /// Attributes that do not exist otherwise.
    Missing,
    /// Reads a property.
    Get,
    /// Stores a value.
    Store,
    /// Deletes a value.
    Delete,
    /// Fills a buffer view.
    GetBuffer,
    /// Releases a buffer view.
    ReleaseBuffer,
}

/// An argument that Python passes to a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// An object, which is converted.
    Object,
    /// A repeat count.
    Count,
    /// The comparison operator.
    CompareOp,
    /// The structure that describes a buffer.
    View,
    /// The requested properties of a buffer.
    Flags,
}

impl Takes {
    /// Returns the description for the guide.
    pub fn described(self) -> &'static str {
        match self {
            Takes::Object => "an object",
            Takes::Count => "an integer",
            Takes::CompareOp => "`CompareOp`",
            Takes::View => "`*mut Py_buffer`",
            Takes::Flags => "`c_int`",
        }
    }

    /// Returns the form in which it arrives, and its type.
    pub fn passed(self, krate: &TokenStream) -> (Passed, TokenStream) {
        match self {
            Takes::Object => (Passed::Object, quote!(#krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>)),
            Takes::Count => (Passed::Count, quote!(isize)),
            Takes::CompareOp => (Passed::AsIs, quote!(#krate::impl_::pyclass::CompareOp)),
            Takes::View => (Passed::AsIs, quote!(*mut ::core::ffi::c_void)),
            Takes::Flags => (Passed::AsIs, quote!(::core::ffi::c_int)),
        }
    }
}

/// The result of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// An object.
    Object,
    /// An object, or `NotImplemented` if an argument is of another type.
    ObjectOrNotImplemented,
    /// Nothing, because it changes the receiver; or `NotImplemented` if an argument is of another type.
    Applied,
    /// The next item, if there is one.
    Next,
    /// As `Next`, but asynchronous.
    AsyncNext,
    /// A length.
    Length,
    /// A hash.
    Hash,
    /// A truth value.
    Bool,
    /// Nothing.
    Nothing,
}

impl Gives {
    /// Returns the description for the guide.
    pub fn described(self) -> &'static str {
        match self {
            Gives::Object => "an object",
            Gives::ObjectOrNotImplemented => "an object; `NotImplemented` where an argument does not convert",
            Gives::Applied => "nothing; `NotImplemented` where an argument does not convert",
            Gives::Next => "an object, or `None` at the end",
            Gives::AsyncNext => "an awaitable, or `None` at the end",
            Gives::Length => "`usize`",
            Gives::Hash => "an integer",
            Gives::Bool => "`bool`",
            Gives::Nothing => "nothing",
        }
    }

    /// Returns the return type of the generated function, and how the result is converted to it.
    pub fn result(self, krate: &TokenStream) -> (TokenStream, Outcome) {
        let object = quote!(#krate::impl_::Bound<'py, #krate::impl_::PyAny>);
        match self {
            Gives::Object | Gives::ObjectOrNotImplemented => (object, Outcome::Object),
            Gives::Applied => (quote!(#krate::impl_::output::Applied), Outcome::Applied),
            Gives::Next => (quote!(::core::option::Option<#object>), Outcome::Next),
            Gives::AsyncNext => (object, Outcome::AsyncNext),
            Gives::Length => (quote!(usize), Outcome::Plain),
            Gives::Hash => (quote!(isize), Outcome::Hash),
            Gives::Bool => (quote!(bool), Outcome::Plain),
            Gives::Nothing => (quote!(()), Outcome::Unit),
        }
    }

    /// Whether an argument of another type means `NotImplemented`.
    pub fn or_not_implemented(self) -> bool {
        matches!(self, Gives::ObjectOrNotImplemented | Gives::Applied)
    }
}

/// Returns the names of a slot's arguments in generated code.
pub fn operands() -> [Ident; 2] {
    ["a", "b"].map(|name| Ident::new(name, Span::mixed_site()))
}
