//! Writes our function declarations as C prototypes.
//!
//! A C compiler accepts a second declaration of a function only if its type is the same, including `const`. So
//! compiling the file after the headers checks every signature. Static assertions check enumerations.

use std::fmt::Write;

use quote::ToTokens;
use syn::{FnArg, GenericArgument, PathArguments, ReturnType, Type};

use crate::flatten::{Cfgs, Items};
use crate::rules;

/// Writes the C file.
pub fn render(items: &Items, headers: &[&str], cfgs: &Cfgs) -> String {
    let mut writer = Writer::default();
    for header in headers {
        writeln!(writer.text, "#include <{header}>").expect("writing to a string");
    }
    for signature in &items.functions {
        let mut arguments: Vec<String> = signature
            .inputs
            .iter()
            .enumerate()
            .map(|(index, argument)| match argument {
                FnArg::Typed(argument) => {
                    let differs = rules::c_argument(&signature.ident.to_string(), index, cfgs);
                    differs.map_or_else(|| writer.ty(&argument.ty), str::to_owned)
                }
                FnArg::Receiver(_) => unreachable!("a C function has no receiver"),
            })
            .collect();
        if signature.variadic.is_some() {
            arguments.push("...".to_owned());
        }
        let differs = rules::c_result(&signature.ident.to_string(), cfgs);
        let result = differs.map_or_else(|| writer.result(&signature.output), str::to_owned);
        let arguments = if arguments.is_empty() { "void".to_owned() } else { arguments.join(", ") };
        // The parentheses prevent the expansion of a macro with the same name.
        writeln!(writer.text, "extern {result} ({})({arguments});", signature.ident).expect("writing to a string");
    }
    for row in &items.variables {
        let constant = if matches!(row.mutability, syn::StaticMutability::None) { " const" } else { "" };
        let (element, count) = match &*row.ty {
            Type::Array(array) => (&*array.elem, format!("[{}]", c_expression(&array.len))),
            single => (single, String::new()),
        };
        let (name, ty) = (&row.ident, writer.ty(element));
        writeln!(writer.text, "extern {ty}{constant} {name}{count};").expect("writing to a string");
    }
    for (name, value) in &items.texts {
        let value = value.to_token_stream();
        writeln!(writer.text, "_Static_assert(__builtin_strcmp({name}, {value}) == 0, \"{name}\");")
            .expect("writing to a string");
    }
    for one in &items.enums {
        let mut next = "0".to_owned();
        for variant in &one.variants {
            let value =
                variant.discriminant.as_ref().map_or(next.clone(), |(_, value)| value.to_token_stream().to_string());
            let name = &variant.ident;
            writeln!(writer.text, "_Static_assert({name} == {value}, \"{name}\");").expect("writing to a string");
            next = format!("({value}) + 1");
        }
    }
    if !cfgs.has("Py_LIMITED_API") {
        writer.text += rules::VALUES;
        if cfgs.has("Py_3_12") {
            writer.text += rules::VALUES_3_12;
        }
    }
    writer.text
}

/// Converts a constant expression from Rust to C by removing its casts.
fn c_expression(expression: &syn::Expr) -> String {
    expression.to_token_stream().to_string().replace("as usize", "")
}

#[derive(Default)]
struct Writer {
    text: String,
    typedefs: usize,
}

impl Writer {
    fn result(&mut self, output: &ReturnType) -> String {
        match output {
            ReturnType::Default => "void".to_owned(),
            // C functions that never return have the return type `void`.
            ReturnType::Type(_, ty) if matches!(**ty, Type::Never(_)) => "void".to_owned(),
            ReturnType::Type(_, ty) => self.ty(ty),
        }
    }

    fn ty(&mut self, ty: &Type) -> String {
        match ty {
            Type::Ptr(pointer) => {
                let target = self.ty(&pointer.elem);
                if pointer.const_token.is_some() { format!("{target} const *") } else { format!("{target} *") }
            }
            Type::BareFn(pointer) => {
                let arguments: Vec<String> = pointer.inputs.iter().map(|argument| self.ty(&argument.ty)).collect();
                let arguments = if arguments.is_empty() { "void".to_owned() } else { arguments.join(", ") };
                let result = self.result(&pointer.output);
                self.typedefs += 1;
                let name = format!("check_fn_{}", self.typedefs);
                writeln!(self.text, "typedef {result} (*{name})({arguments});").expect("writing to a string");
                name
            }
            Type::Path(path) => {
                let last = path.path.segments.last().expect("a path has a segment");
                // Function pointers in C are nullable.
                if let (true, PathArguments::AngleBracketed(inner)) = (last.ident == "Option", &last.arguments)
                    && let Some(GenericArgument::Type(inner)) = inner.args.first()
                {
                    return self.ty(inner);
                }
                rules::c_type(&last.ident.to_string())
            }
            other => panic!("no C for the type {}", other.to_token_stream()),
        }
    }
}
