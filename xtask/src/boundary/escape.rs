//! Rule 4: code and cfgs must not come from places that the other rules do not see.

use proc_macro2::{Span, TokenStream};

use super::cfgs;
use super::report::{Hit, Position, Rule};
use super::sources::resolve;

/// Functions of pyo3-build-config that turn the configured interpreter into cfgs.
const CFG_PRINTERS: [&str; 2] = ["use_pyo3_cfgs", "build_script_outputs"];

pub fn check_identifier(name: &str, span: Span) -> Option<Hit> {
    CFG_PRINTERS
        .contains(&name)
        .then(|| hit(span, name, format!("`{name}` brings the interpreter's cfgs into a frontend crate"), NO_CFGS))
}

pub fn check_string(value: &str, span: Span) -> Option<Hit> {
    value.contains("rustc-cfg").then(|| hit(span, "rustc-cfg", "a build script defines a cfg".to_owned(), NO_CFGS))
}

/// Checks `include!(tokens)` in `file`. `scanned` tells whether the check reads a file.
pub fn check_include(tokens: TokenStream, span: Span, file: &str, scanned: &dyn Fn(&str) -> bool) -> Option<Hit> {
    let Some(target) = cfgs::literal(tokens) else {
        return Some(hit(
            span,
            "include!",
            "`include!` of a file that only the compiler can find".to_owned(),
            NO_ESCAPE,
        ));
    };
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    check_target("include!", &target, &[folder.to_owned()], span, scanned)
}

/// Checks `#[path = "target"]` in `file`.
pub fn check_path(target: &str, span: Span, file: &str, scanned: &dyn Fn(&str) -> bool) -> Option<Hit> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    // Inside an inline module the path starts in the folder named after the file.
    let inner = file.strip_suffix(".rs").unwrap_or(file).to_owned();
    check_target("#[path]", target, &[folder, inner], span, scanned)
}

fn check_target(
    kind: &str,
    target: &str,
    folders: &[String],
    span: Span,
    scanned: &dyn Fn(&str) -> bool,
) -> Option<Hit> {
    let found = folders.iter().filter_map(|folder| resolve(folder, target)).any(|file| scanned(&file));
    (!found).then(|| hit(span, kind, format!("`{kind}` leads to {target}, outside the frontend"), NO_ESCAPE))
}

const NO_CFGS: &str = "versions and ABIs belong in backends/ and pyo3-ffi; use a capability";
const NO_ESCAPE: &str = "put the code in a module of the frontend, where the check reads it";

/// Reports a manifest that compiles a file from elsewhere.
pub fn manifest_path(path: &str, at: Position) -> Hit {
    Hit {
        rule: Rule::Escape,
        at,
        what: path.to_owned(),
        message: format!("the manifest compiles {path}, which is not a source file of the frontend"),
        remedy: NO_ESCAPE.to_owned(),
    }
}

fn hit(span: Span, what: &str, message: String, remedy: &str) -> Hit {
    Hit { rule: Rule::Escape, at: span.into(), what: what.to_owned(), message, remedy: remedy.to_owned() }
}
