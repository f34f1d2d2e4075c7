//! `#[pyclass]`.

mod check;
mod derived;
mod lower;
pub mod options;
mod parse;
mod variants;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Item;

use crate::errors::Errors;
use crate::options::parse_list;
use options::ClassOptions;
pub use parse::{Class, ClassBody};

/// Expands `#[pyclass]`. `several_blocks`: the feature `multiple-pymethods`.
pub fn pyclass(args: TokenStream, input: TokenStream, several_blocks: bool) -> TokenStream {
    let item: Item = match syn::parse2(input) {
        Ok(item) => item,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    let mut options = ClassOptions::default();
    parse_list(&mut errors, args, &mut options);
    let (item, generated) = expand(errors, options, item, several_blocks);
    quote!(#item #generated)
}

/// Expands [`pyclass`] with parsed options. Returns the user's item and the generated code.
fn expand(
    mut errors: Errors,
    options: ClassOptions,
    mut item: Item,
    several_blocks: bool,
) -> (TokenStream, TokenStream) {
    let class = parse::Class::parse(&mut errors, options, &mut item);
    let display = class.as_ref().and_then(|class| parse::format_arguments(&mut errors, class));
    if let Some(class) = &class {
        check::class(&mut errors, class);
    }
    let lower = |class: Option<&parse::Class>, display| match class {
        Some(class) => lower::class(class, display, visibility(&item), several_blocks),
        None => TokenStream::new(),
    };
    let generated = errors.or_stub(
        || lower(class.as_ref(), display),
        || lower(class.as_ref().and_then(parse::Class::stub).as_ref(), None),
    );
    (item.into_token_stream(), generated)
}

fn visibility(item: &Item) -> &syn::Visibility {
    match item {
        Item::Struct(item) => &item.vis,
        Item::Enum(item) => &item.vis,
        _ => &syn::Visibility::Inherited,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    fn lowered(args: TokenStream, item: Item) -> String {
        let text = pyclass(args, quote!(#item), false).to_string();
        syn::parse_str::<syn::File>(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        text
    }

    #[test]
    fn structs_and_enums_lower() {
        let text = lowered(
            quote!(name = "Point", frozen, eq, ord, get_all, str = "({x}, {r#type:03})", new = "from_fields"),
            parse_quote!(
                struct P {
                    x: i32,
                    #[pyo3(name = "kind")]
                    r#type: Option<Py<Self>>,
                }
            ),
        );
        assert!(text.contains("\"({}, {:03})\""), "{text}");
        assert!(!text.contains("compile_error"), "{text}");
        let text = lowered(
            quote!(eq),
            parse_quote!(
                pub enum Shape {
                    #[pyo3(constructor = (r=1.0))]
                    Circle {
                        r: f64,
                    },
                    Pair(i32, Box<Self>),
                    Empty(),
                }
            ),
        );
        assert!(!text.contains("compile_error") && text.contains("Shape_Pair"), "{text}");
        lowered(
            quote!(eq, eq_int, rename_all = "SCREAMING_SNAKE_CASE"),
            parse_quote!(
                #[repr(u16, align(8))]
                enum E {
                    A,
                    BigB = 7,
                }
            ),
        );
    }

    #[test]
    fn mistakes_are_reported_together() {
        let text = lowered(
            quote!(ord, mapping, sequence, colour = 1),
            parse_quote!(
                struct P<'a, T>(#[pyo3(get)] &'a T);
            ),
        );
        assert_eq!(text.matches("compile_error").count(), 6, "{text}");
    }
}
