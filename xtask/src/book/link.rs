//! Links to items, spelled as in doc comments: `Python::attach`, `macro@pyclass`, `pyo3::types::PyList`.

/// What a link says about its target.
#[derive(Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// The kind of item, if the link says it: `macro` in `macro@pyclass`.
    pub kind: Option<&'a str>,
    /// The names in the path, without that of the crate.
    pub path: Vec<&'a str>,
}

impl Link<'_> {
    /// Reads the target of a link. Returns `None` if this is no path to an item, but for example a URL.
    pub fn read(target: &str) -> Option<Link<'_>> {
        let target = target.trim_matches('`');
        let (kind, path) = match target.split_once('@') {
            Some((kind, path)) => (Some(kind), path),
            None => (None, target),
        };
        let (kind, path) = match (path.strip_suffix('!'), path.strip_suffix("()")) {
            (Some(path), _) => (Some("macro"), path),
            (_, Some(path)) => (kind.or(Some("fn")), path),
            _ => (kind, path),
        };
        // `Py<T>`: as in doc comments, the arguments of a type do not matter.
        let path =
            path.split_once('<').filter(|(_, arguments)| arguments.ends_with('>')).map_or(path, |(name, _)| name);
        let mut path: Vec<&str> = path.split("::").collect();
        if path.len() > 1 && path[0] == "pyo3" {
            path.remove(0);
        }
        let is_name = |name: &&str| {
            !name.starts_with(|c: char| c.is_ascii_digit())
                && !name.is_empty()
                && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        };
        path.iter().all(is_name).then_some(Link { kind, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(target: &str) -> Option<(Option<&str>, Vec<&str>)> {
        Link::read(target).map(|link| (link.kind, link.path))
    }

    #[test]
    fn paths_are_read_as_in_doc_comments() {
        assert_eq!(read("`PyList`"), Some((None, vec!["PyList"])));
        assert_eq!(read("pyo3::types::PyList"), Some((None, vec!["types", "PyList"])));
        assert_eq!(read("macro@pyclass"), Some((Some("macro"), vec!["pyclass"])));
        assert_eq!(read("`intern!`"), Some((Some("macro"), vec!["intern"])));
        assert_eq!(read("`Python::attach()`"), Some((Some("fn"), vec!["Python", "attach"])));
        assert_eq!(read("`Bound<'py, T>`"), Some((None, vec!["Bound"])));
        assert_eq!(read("pyo3"), Some((None, vec!["pyo3"])));
    }

    #[test]
    fn other_targets_are_not_paths() {
        for target in ["https://pyo3.rs", "types.md", "sync.md#locks", "#locks", "", "`a b`", "0", "list[int]"] {
            assert_eq!(read(target), None, "{target}");
        }
    }
}
