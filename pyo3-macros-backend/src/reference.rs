//! The guide's page of all options and special methods, which `cargo xtask macro-reference` writes.

use std::fmt::Write;

use crate::class::options::{ClassOptions, FieldOptions, VariantOptions};
use crate::derive::{ContainerOptions, FieldOptions as DerivedFieldOptions};
use crate::function::{ArgumentOptions, FunctionOptions, MethodOptions};
use crate::methods::{BlockOptions, Kind, PROTOCOLS};
use crate::module::options::ModuleOptions;
use crate::options::OptionSet;

const HEAD: &str = "\
# Macros: options and special methods

<p class=\"runtimes\"><b>every runtime</b></p>

<!-- Written by `cargo xtask macro-reference --write`, from the tables that the macros themselves read. Do not edit. -->

This page lists every option of the macros, and every special method that has a slot. Write an option in the attribute itself,
`#[pyclass(frozen)]`, or in `#[pyo3(...)]` beside it. Unless the last column says otherwise, give each option once.
";

const PROTOCOLS_HEAD: &str = "
## Special methods

A method with one of these names in `#[pymethods]` fills a slot of the class. You may put `Python<'_>` between the receiver
and the arguments. Any other name makes an ordinary method, which Python finds by that name.

| method | arguments | result |
|---|---|---|
";

/// Returns the whole page in Markdown.
pub fn reference() -> String {
    let mut page = HEAD.to_owned();
    section::<ClassOptions>(&mut page, "`#[pyclass]`");
    section::<FieldOptions>(&mut page, "Fields of a `#[pyclass]`: `#[pyo3(...)]`");
    section::<VariantOptions>(&mut page, "Variants of a `#[pyclass]`: `#[pyo3(...)]`");
    section::<BlockOptions>(&mut page, "`#[pymethods]`");
    section::<MethodOptions>(&mut page, "Methods: `#[pyo3(...)]`");
    section::<FunctionOptions>(&mut page, "`#[pyfunction]`");
    section::<ArgumentOptions>(&mut page, "Arguments of functions and methods: `#[pyo3(...)]`");
    section::<ModuleOptions>(&mut page, "`#[pymodule]`");
    section::<ContainerOptions>(&mut page, "Derived conversions, types and variants: `#[pyo3(...)]`");
    section::<DerivedFieldOptions>(&mut page, "Derived conversions, fields: `#[pyo3(...)]`");
    page.push_str(PROTOCOLS_HEAD);
    for protocol in PROTOCOLS {
        let (arguments, result) = match &protocol.kind {
            Kind::InSlot { takes, gives, .. } => {
                let takes: Vec<&str> = takes.iter().map(|takes| takes.described()).collect();
                (takes.join(", "), gives.described())
            }
            Kind::New => ("any, by its `signature`".to_owned(), "the instance"),
            Kind::Init => ("any, by its `signature`".to_owned(), "nothing"),
            Kind::Call => ("any, by its `signature`".to_owned(), "an object"),
            Kind::Traverse => ("`PyVisit<'_>`".to_owned(), "`Result<(), PyTraverseError>`"),
            Kind::Clear => (String::new(), "nothing"),
        };
        row(&mut page, &[&format!("`{}`", protocol.name), &arguments, result]);
    }
    page
}

fn section<S: OptionSet>(page: &mut String, title: &str) {
    write!(page, "\n## {title}\n\n| option | what it does | rules |\n|---|---|---|\n").unwrap_or_default();
    for option in S::OPTIONS {
        let mut rules: Vec<String> = Vec::new();
        rules.extend(option.needs.iter().map(|(other, _)| format!("with `{other}`")));
        rules.extend(option.excludes.iter().map(|(other, _)| format!("not with `{other}`")));
        if !option.places.is_empty() {
            rules.push(format!("for {}", option.places()));
        }
        if option.repeats {
            rules.push("as often as wanted".to_owned());
        }
        row(page, &[&format!("`{}{}`", option.name, option.form), option.doc, &rules.join("; ")]);
    }
}

fn row(page: &mut String, cells: &[&str]) {
    for cell in cells {
        page.push_str("| ");
        page.push_str(&cell.replace('|', "\\|"));
        page.push(' ');
    }
    page.push_str("|\n");
}
