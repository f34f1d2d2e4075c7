//! Rule 2: which names belong to a runtime.

use proc_macro2::Span;

use super::report::{Hit, Rule};

/// A path as written, joined with the prefix of the `use` group around it.
pub struct PathSeen<'a> {
    pub segments: &'a [String],
    pub span: Span,
    /// Parentheses follow.
    pub called: bool,
    /// Some names below `ffi` that this file may say.
    pub door: &'a [String],
}

/// What a path turned out to be.
pub enum Verdict {
    Neutral,
    /// Allowed by the door of this file, under this name.
    Door(String),
    Forbidden(Hit),
    /// Starts at a bare `ffi`; forbidden unless the file imports that of the standard library.
    Unless(Hit),
}

/// Whether an identifier is the name of a runtime, or of a crate that belongs to one.
fn names_runtime(identifier: &str) -> bool {
    identifier.starts_with("rustpython")
        || identifier.starts_with("pyo3_backend_")
        || ["pyo3_ffi", "CPython", "RustPython", "PyPy", "GraalPy"].contains(&identifier)
}

pub fn check(path: &PathSeen<'_>) -> Verdict {
    let segments = path.segments;
    if let Some(name) = segments.iter().find(|segment| names_runtime(segment)) {
        if !path.called && path.door.contains(name) {
            return Verdict::Door(name.clone());
        }
        return Verdict::Forbidden(hit(
            path.span,
            name.clone(),
            format!("`{}` names a runtime", segments.join("::")),
            "go through `crate::backend::Active` and the contract; only pyo3/src/backend.rs names a runtime",
        ));
    }

    let Some(at) = segments.iter().position(|segment| segment == "ffi") else {
        return Verdict::Neutral;
    };
    if segments.len() == 1
        || (at > 0 && ["std", "core", "alloc"].contains(&segments[at - 1].as_str()))
    {
        return Verdict::Neutral;
    }
    let (what, listed) = match segments.get(at + 1) {
        None => ("ffi".to_owned(), "ffi"),
        Some(name) => (format!("ffi::{name}"), name.as_str()),
    };
    if !path.called && path.door.iter().any(|name| name == listed) {
        return Verdict::Door(listed.to_owned());
    }
    let verb = if path.called { "calls" } else { "uses" };
    let hit = hit(
        path.span,
        what,
        format!("`{}` {verb} the C API", segments.join("::")),
        "use an op of the contract; a public `*_ptr` function may name a type of `ffi` in a file listed as a door",
    );
    let python = |name: &String| name.starts_with("Py") || name.starts_with("_Py");
    if at == 0 && !segments.get(1).is_some_and(python) {
        Verdict::Unless(hit)
    } else {
        Verdict::Forbidden(hit)
    }
}

/// Questions in a string literal that only make sense if the answer is a runtime's name.
pub fn check_string(value: &str, span: Span) -> Option<Hit> {
    let feature = ["runtime-rustpython", "RUNTIME_RUSTPYTHON"];
    let question = [
        "sys.implementation",
        "implementation.name",
        "python_implementation",
    ];
    let (found, message) =
        if let Some(found) = feature.into_iter().find(|part| value.contains(part)) {
            (found, "a string names the feature that selects a runtime")
        } else {
            let found = question.into_iter().find(|part| value.contains(part))?;
            (found, "Python code that asks which runtime runs it")
        };
    Some(hit(
        span,
        found.to_owned(),
        message.to_owned(),
        "test what must hold everywhere; a known gap goes to tests/known_gaps.toml, a real difference is a capability",
    ))
}

fn hit(span: Span, what: String, message: String, remedy: &str) -> Hit {
    Hit {
        rule: Rule::RuntimePath,
        at: span.into(),
        what,
        message,
        remedy: remedy.to_owned(),
    }
}
