//! Selects the Python modules of the standard library for a bundle for WASI.
//!
//! A module brings along the modules that it imports on import. Imports inside functions are not followed: whoever
//! needs those modules must name them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::site::Files;
use crate::sh::root;

/// The selection: `minimal`, `full`, or comma-separated names, which may contain `minimal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stdlib {
    /// All modules.
    Full,
    /// These modules, and if `minimal` those that the interpreter needs to start.
    Modules { minimal: bool, names: Vec<String> },
}

impl Default for Stdlib {
    fn default() -> Self {
        Stdlib::Modules { minimal: true, names: Vec::new() }
    }
}

impl FromStr for Stdlib {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "full" {
            return Ok(Stdlib::Full);
        }
        let mut names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
        let is_name = |name: &String| {
            name.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_'))
        };
        if let Some(wrong) = names.iter().find(|name| !is_name(name)) {
            return Err(format!("`{wrong}` is not the name of a module: give minimal, full, or comma-separated names"));
        }
        let all = names.len();
        names.retain(|name| name != "minimal");
        Ok(Stdlib::Modules { minimal: names.len() != all, names })
    }
}

/// The lists of `xtask/wasm.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    start: Vec<String>,
    minimal: Vec<String>,
}

impl Stdlib {
    /// Returns the files of the modules in `lib`, the standard library of RustPython, or `None` for all of it.
    ///
    /// # Errors
    ///
    /// If a named module does not exist.
    pub fn files(&self, lib: &Path) -> Result<Option<Files>> {
        let Stdlib::Modules { minimal, names } = self else { return Ok(None) };
        let file = root().join("xtask/wasm.toml");
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let lists: Lists = toml::from_str(&text).with_context(|| format!("in {}", file.display()))?;
        let mut library = Library { lib, found: BTreeSet::new() };
        for name in lists.start.iter().chain(lists.minimal.iter().filter(|_| *minimal)) {
            library.add(name)?;
        }
        for name in names {
            library.add(name)?;
            library.add_below(name)?;
        }
        let mut files = Files::default();
        for place in library.found {
            files.copy(place.clone(), lib.join(&place));
        }
        Ok(Some(files))
    }
}

struct Library<'a> {
    lib: &'a Path,
    /// The paths of files below the library.
    found: BTreeSet<PathBuf>,
}

impl Library<'_> {
    /// Returns the path of a module's file, and whether the module is a package.
    fn place(&self, name: &str) -> Option<(PathBuf, bool)> {
        let path = PathBuf::from(name.replace('.', "/"));
        let package = path.join("__init__.py");
        let module = path.with_extension("py");
        match (self.lib.join(&package).is_file(), self.lib.join(&module).is_file()) {
            (true, _) => Some((package, true)),
            (false, true) => Some((module, false)),
            // A namespace package has no code.
            (false, false) => None,
        }
    }

    /// Adds a module that was named.
    fn add(&mut self, name: &str) -> Result<()> {
        if self.place(name).is_none() {
            bail!(
                "RustPython's standard library has no module `{name}` written in Python\n  remedy: those written in Rust \
                 (`math`, `itertools`) are always there and need no name; use --site for your own packages"
            );
        }
        self.follow(name)
    }

    /// Adds the contents of a package.
    fn add_below(&mut self, name: &str) -> Result<()> {
        let Some((place, true)) = self.place(name) else { return Ok(()) };
        let folder = self.lib.join(place.parent().context("a package is a folder")?);
        for entry in fs::read_dir(folder)? {
            let file = entry?.file_name().to_string_lossy().into_owned();
            let below = match file.strip_suffix(".py") {
                Some(stem) => format!("{name}.{stem}"),
                None => format!("{name}.{file}"),
            };
            if !file.starts_with("__") && self.place(&below).is_some() {
                self.follow(&below)?;
                self.add_below(&below)?;
            }
        }
        Ok(())
    }

    /// Adds a module with its parent packages, and what they import. Ignores unknown names: those modules are written
    /// in Rust, or belong to other systems.
    fn follow(&mut self, name: &str) -> Result<()> {
        let mut waiting = vec![name.to_owned()];
        while let Some(name) = waiting.pop() {
            let Some((place, is_package)) = self.place(&name) else { continue };
            if !self.found.insert(place.clone()) {
                continue;
            }
            if let Some((parent, _)) = name.rsplit_once('.') {
                waiting.push(parent.to_owned());
            }
            let text = fs::read_to_string(self.lib.join(&place)).with_context(|| format!("cannot read {name}"))?;
            let package =
                if is_package { name.as_str() } else { name.rsplit_once('.').map_or("", |(parent, _)| parent) };
            waiting.extend(imports(&text, package));
        }
        Ok(())
    }
}

/// Returns the modules that the text of a module in `package` imports on import: at its top level, or in an `if`, `try`
/// or `with` there. For `from x import y`, returns both `x` and `x.y`.
fn imports(text: &str, package: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_definition = false;
    let mut quotes: Option<&str> = None;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let begins = line.trim_start();
        if let Some(mark) = quotes {
            if begins.contains(mark) {
                quotes = None;
            }
            continue;
        }
        // A multi-line string that is a statement by itself, such as a docstring.
        let bare = begins.trim_start_matches(['r', 'R']);
        if let Some(mark) = ["\"\"\"", "'''"].into_iter().find(|mark| bare.starts_with(mark)) {
            if !bare[3..].contains(mark) {
                quotes = Some(mark);
            }
            continue;
        }
        if begins.is_empty() || begins.starts_with('#') {
            continue;
        }
        if !line.starts_with([' ', '\t']) && !line.starts_with(')') {
            let words = ["def ", "class ", "async ", "@", "if __name__", "if TYPE_CHECKING"];
            in_definition = words.iter().any(|word| line.starts_with(word));
        }
        if in_definition {
            continue;
        }
        let mut statement = begins.split('#').next().unwrap_or_default().trim().to_owned();
        if statement.starts_with("from ") && statement.contains('(') {
            while !statement.contains(')') {
                let Some(more) = lines.next() else { break };
                statement.push(' ');
                statement.push_str(more.split('#').next().unwrap_or_default().trim());
            }
        }
        for statement in statement.split(';') {
            found.extend(imported(statement.trim(), package));
        }
    }
    found
}

fn imported(statement: &str, package: &str) -> Vec<String> {
    let names = |list: &str| -> Vec<String> {
        let list = list.trim_matches(|c: char| c == '(' || c == ')' || c.is_whitespace());
        let first = |part: &str| part.split_whitespace().next().map(|name| name.trim_matches(['(', ')']).to_owned());
        list.split(',').filter_map(first).collect()
    };
    if let Some(list) = statement.strip_prefix("import ") {
        return names(list);
    }
    let Some((from, list)) = statement.strip_prefix("from ").and_then(|rest| rest.split_once(" import")) else {
        return Vec::new();
    };
    let from = from.trim();
    let level = from.chars().take_while(|c| *c == '.').count();
    let mut base: Vec<&str> = match level {
        0 => Vec::new(),
        _ => {
            let parts: Vec<&str> = package.split('.').filter(|part| !part.is_empty()).collect();
            parts[..parts.len().saturating_sub(level - 1)].to_vec()
        }
    };
    base.extend(from[level..].split('.').filter(|part| !part.is_empty()));
    let base = base.join(".");
    let below = names(list).into_iter().filter(|name| name != "*").map(|name| format!("{base}.{name}"));
    let mut found: Vec<String> = below.collect();
    found.push(base);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read() {
        assert_eq!("full".parse(), Ok(Stdlib::Full));
        assert_eq!("minimal".parse(), Ok(Stdlib::default()));
        let names = vec!["json".to_owned(), "xml.dom".to_owned()];
        assert_eq!("json, xml.dom".parse(), Ok(Stdlib::Modules { minimal: false, names: names.clone() }));
        assert_eq!("json,minimal,xml.dom".parse(), Ok(Stdlib::Modules { minimal: true, names }));
        for wrong in ["", "json,", "a-b", "../x"] {
            let error = wrong.parse::<Stdlib>().expect_err(wrong);
            assert!(error.contains("comma-separated names"), "{error}");
        }
    }

    #[test]
    fn imports_at_the_top_are_seen() {
        let text = "'''import no'''\n\"\"\"\nimport neither\n\"\"\"\nimport os, sys as system # import x\nfrom . import a\n\
            from .b import (c,\n    d) # e\nfrom ..f import *\ntry:\n    import g; import h\nexcept ImportError:\n    pass\n\
            def i():\n    import j\nclass K:\n    from l import m\nif __name__ == '__main__':\n    import n\nfrom o import p\n";
        let expected = ["os", "sys", "q.r.a", "q.r", "q.r.b.c", "q.r.b.d", "q.r.b", "q.f", "g", "h", "o.p", "o"]
            .map(str::to_owned);
        assert_eq!(imports(text, "q.r"), expected);
    }

    #[test]
    fn modules_bring_along_what_they_import() {
        let lib =
            crate::metadata::package_folder(&root(), "rustpython-pylib", "0.6.0").expect("it is locked").join("Lib");
        let places = |text: &str| {
            let files = text.parse::<Stdlib>().expect("it is a list").files(&lib).expect("they are there");
            files.expect("it is not all").places()
        };
        let json = places("json");
        for wanted in
            ["json/__init__.py", "json/decoder.py", "json/scanner.py", "re/_parser.py", "encodings/utf_8.py", "os.py"]
        {
            assert!(json.iter().any(|place| place == wanted), "{wanted} is not among {json:?}");
        }
        assert!(!json.iter().any(|place| place.starts_with("asyncio") || place.starts_with("tkinter")), "{json:?}");
        let minimal = places("minimal");
        for wanted in ["dataclasses.py", "datetime.py", "traceback.py", "collections/__init__.py"] {
            assert!(minimal.iter().any(|place| place == wanted), "{wanted} is not among {minimal:?}");
        }
        let error = "no_such_module".parse::<Stdlib>().expect("it is a list").files(&lib).expect_err("there is none");
        assert!(error.to_string().contains("has no module `no_such_module`"), "{error}");
    }
}
