//! Entry points of the procedural macros. `pyo3-macros-backend` implements them. `pyo3` documents what they are for, where
//! it exports them; the docs here follow those.

use proc_macro::TokenStream;

/// Options: `name`, `module`, `extends`, `frozen`, `subclass`, `dict`, `weakref`, `unsendable`, `get_all`, `set_all`,
/// `rename_all`, `eq`, `eq_int`, `ord`, `hash`, `str`, `new = "from_fields"`, `mapping`, `sequence`, `generic`,
/// `immutable_type`, `from_py_object`, `freelist`, `crate`. Fields: `#[pyo3(get, set, name = "...")]`.
#[proc_macro_attribute]
pub fn pyclass(args: TokenStream, input: TokenStream) -> TokenStream {
    pyo3_macros_backend::pyclass(args.into(), input.into(), cfg!(feature = "multiple-pymethods")).into()
}

/// What `#[pyclass]` adds to an item with conditional parts.
#[doc(hidden)]
#[proc_macro_derive(ClassOfConditionalItem, attributes(pyo3_class))]
pub fn derive_class(input: TokenStream) -> TokenStream {
    pyo3_macros_backend::derive_class(input.into(), cfg!(feature = "multiple-pymethods")).into()
}

/// Methods: `#[new]`, `#[getter]`, `#[setter]`, `#[deleter]`, `#[staticmethod]`, `#[classmethod]`, `#[classattr]`,
/// special methods by their Python names, and ordinary methods; `#[pyo3(name, signature, text_signature, warn)]` on any
/// of them.
#[proc_macro_attribute]
pub fn pymethods(args: TokenStream, input: TokenStream) -> TokenStream {
    pyo3_macros_backend::pymethods(args.into(), input.into(), cfg!(feature = "multiple-pymethods")).into()
}

/// Options: `name`, `signature`, `text_signature`, `pass_module`, `warn`, `crate`. Arguments:
/// `#[pyo3(from_py_with = f)]`.
#[proc_macro_attribute]
pub fn pyfunction(args: TokenStream, input: TokenStream) -> TokenStream {
    pyo3_macros_backend::pyfunction(args.into(), input.into()).into()
}

/// Expands a function or methods whose arguments have conditions.
#[doc(hidden)]
#[proc_macro_derive(ItemOfConditions, attributes(pyo3_options, pyo3_item))]
pub fn derive_item(input: TokenStream) -> TokenStream {
    pyo3_macros_backend::derive_item(input.into(), cfg!(feature = "multiple-pymethods")).into()
}

/// Options: `name`, `module`, `submodule`, `gil_used`, `crate`. In a module, `#[pymodule_export]` exports a `use` or a
/// constant, and `#[pymodule_init]` runs a function last.
#[proc_macro_attribute]
pub fn pymodule(args: TokenStream, input: TokenStream) -> TokenStream {
    pyo3_macros_backend::pymodule(args.into(), input.into()).into()
}

/// Structs read attributes or items, tuple structs read tuples, enums try each variant.
///
/// Type and variants: `#[pyo3(transparent, from_item_all, rename_all, annotation, crate)]`. Fields:
/// `#[pyo3(attribute, item, from_py_with, default)]`.
#[proc_macro_derive(FromPyObject, attributes(pyo3))]
pub fn derive_from_py_object(input: TokenStream) -> TokenStream {
    pyo3_macros_backend::derive_from_pyobject(input.into()).into()
}

/// A struct becomes a dict, a tuple struct a tuple, and a transparent struct what its field
/// becomes.
#[proc_macro_derive(IntoPyObject, attributes(pyo3))]
pub fn derive_into_py_object(input: TokenStream) -> TokenStream {
    pyo3_macros_backend::derive_into_pyobject(input.into()).into()
}

/// References convert as `#[derive(IntoPyObject)]` converts values.
#[proc_macro_derive(IntoPyObjectRef, attributes(pyo3))]
pub fn derive_into_py_object_ref(input: TokenStream) -> TokenStream {
    pyo3_macros_backend::derive_into_pyobject_ref(input.into()).into()
}

/// Defines a fragment of type information under a new symbol. For the macros by example of `pyo3`.
#[cfg(feature = "experimental-inspect")]
#[doc(hidden)]
#[proc_macro]
pub fn fragment_with_symbol(input: TokenStream) -> TokenStream {
    pyo3_macros_backend::fragment_with_symbol(input.into()).into()
}
