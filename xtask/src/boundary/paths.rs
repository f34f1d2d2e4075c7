//! Rule 2: names that belong to a runtime.

use proc_macro2::Span;

use super::report::{Hit, Rule};
use super::settings::Door;

/// A path as written, joined with the prefix of the `use` group around it.
pub struct PathSeen<'a> {
    pub segments: &'a [String],
    pub span: Span,
    /// Whether parentheses follow.
    pub called: bool,
    /// The names below `ffi` that this file may use.
    pub door: Option<&'a Door>,
}

impl PathSeen<'_> {
    /// Whether the door allows `name`.
    fn allowed(&self, name: &str) -> bool {
        self.door.is_some_and(|door| (door.calls || !self.called) && door.names.iter().any(|one| one == name))
    }
}

/// The result of checking a path.
pub enum Verdict {
    Neutral,
    /// Allowed by the door of this file, under this name.
    Door(String),
    Forbidden(Hit),
    /// Starts with a bare `ffi`. Forbidden unless the file imports the `ffi` of the standard library.
    Unless(Hit),
}

/// Whether an identifier is the name of a runtime, or of a crate that belongs to one.
fn names_runtime(identifier: &str) -> bool {
    let lower = identifier.to_lowercase();
    ["rustpython", "cpython", "graalpy"].iter().any(|name| lower.contains(name))
        || ["pyo3_ffi", "PyPy"].contains(&identifier)
}

/// Whether an identifier is spelled like functions and macros of the C API: `PyList_New`, `Py_INCREF`. Types of the C
/// API have no capital letter after an underscore: `PyObject`, `Py_ssize_t`. `PyCapsule_Destructor` is the exception.
pub fn is_c_function(identifier: &str) -> bool {
    if identifier == "PyCapsule_Destructor" {
        return false;
    }
    let Some((start, rest)) = identifier.trim_start_matches('_').split_once('_') else {
        return false;
    };
    start.starts_with("Py") && rest.starts_with(|first: char| first.is_ascii_uppercase())
}

pub fn check(path: &PathSeen<'_>) -> Verdict {
    let segments = path.segments;
    if let Some(name) = segments.iter().find(|segment| names_runtime(segment)) {
        if path.allowed(name) {
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
        return match segments.iter().find(|segment| is_c_function(segment)) {
            None => Verdict::Neutral,
            Some(name) => Verdict::Forbidden(hit(
                path.span,
                name.clone(),
                format!("`{name}` is a function of the C API"),
                "use an operation of the contract",
            )),
        };
    };
    if segments.len() == 1 || ["std", "core", "alloc"].contains(&segments[0].as_str()) {
        return Verdict::Neutral;
    }
    let (what, listed) = match segments.get(at + 1) {
        None => ("ffi".to_owned(), "ffi"),
        Some(name) => (format!("ffi::{name}"), name.as_str()),
    };
    if path.allowed(listed) {
        return Verdict::Door(listed.to_owned());
    }
    let verb = if path.called { "calls" } else { "uses" };
    let hit = hit(
        path.span,
        what,
        format!("`{}` {verb} the C API", segments.join("::")),
        "use an operation of the contract; a public `*_ptr` function may name a type of `ffi` in a file listed as a door",
    );
    let python = |name: &String| name.starts_with("Py") || name.starts_with("_Py");
    if at == 0 && !segments.get(1).is_some_and(python) { Verdict::Unless(hit) } else { Verdict::Forbidden(hit) }
}

/// Expressions in a string literal that ask for the name of the runtime.
const QUESTIONS: [&str; 3] = ["sys.implementation", "implementation.name", "python_implementation"];

/// Finds strings that name a runtime or ask for its name. Doc comments do not count as strings here.
pub fn check_string(value: &str, span: Span) -> Option<Hit> {
    let lower = value.to_lowercase();
    let (found, message) = if let Some(found) = ["rustpython", "cpython"].into_iter().find(|name| lower.contains(name))
    {
        (found, format!("a string names a runtime ({found})"))
    } else {
        let found = QUESTIONS.into_iter().find(|part| value.contains(part))?;
        (found, "Python code that asks which runtime runs it".to_owned())
    };
    Some(hit(
        span,
        found.to_owned(),
        message,
        "test what must hold everywhere; list a known gap in tests/known_gaps.toml; a real difference is a capability",
    ))
}

fn hit(span: Span, what: String, message: String, remedy: &str) -> Hit {
    Hit { rule: Rule::RuntimePath, at: span.into(), what, message, remedy: remedy.to_owned() }
}
