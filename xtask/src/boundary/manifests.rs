//! Rules 3 and 5: the names that manifests of the frontend and of backends may contain.

use anyhow::{Context, Result};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::report::{Hit, Position, Rule};
use super::sources::{is_in, resolve};
use super::{cfgs, escape};

type Value<'i> = Spanned<DeValue<'i>>;

/// Facts about a frontend manifest that are not in its text.
pub struct ManifestContext<'a> {
    /// The folder of the package, from the root of the repository.
    pub folder: &'a str,
    /// The package may pass `runtime-rustpython` on to `pyo3`.
    pub forwards: bool,
    /// The folders of the frontend.
    pub frontend: &'a [String],
    /// The text of the root manifest.
    pub workspace: Option<&'a str>,
    /// Whether a path from the root is a frontend file.
    pub scanned: &'a dyn Fn(&str) -> bool,
}

/// Checks rule 3 for the manifest of a frontend package, and rule 4 for the files that it compiles.
pub fn check_frontend(text: &str, context: &ManifestContext<'_>) -> Result<Vec<Hit>> {
    let root = DeTable::parse(text)?.into_inner();
    let workspace = context.workspace.map(DeTable::parse).transpose()?;
    let workspace = workspace.map(Spanned::into_inner);
    let mut forward = Vec::new();
    if context.forwards {
        forward.push("pyo3/runtime-rustpython".to_owned());
        // The name in the manifest, which may rename the package.
        for (key, spec, _) in dependencies(&root) {
            if spec.get("package").and_then(|package| package.get_ref().as_str()) == Some("pyo3") {
                forward.push(format!("{key}/runtime-rustpython"));
            }
        }
    }
    let mut check = Frontend { text, forward, hits: Vec::new() };
    for (key, value) in &root {
        if key.get_ref() == "package" {
            continue;
        }
        check.walk(&mut vec![key.get_ref().to_string()], value);
    }
    if let Some(target) = root.get("target").and_then(|target| target.get_ref().as_table()) {
        for key in target.keys() {
            check.target(key.get_ref(), key.span().start);
        }
    }
    check.local_dependencies(&root, context, workspace.as_ref());
    check.compiled_files(&root, context);
    check.hits.sort_by_key(|hit| hit.at);
    Ok(check.hits)
}

struct Frontend<'t> {
    text: &'t str,
    /// The allowed contents of `runtime-rustpython`.
    forward: Vec<String>,
    hits: Vec<Hit>,
}

impl Frontend<'_> {
    fn walk(&mut self, keys: &mut Vec<String>, value: &Value<'_>) {
        match value.get_ref() {
            DeValue::Table(table) => {
                for (key, value) in table {
                    keys.push(key.get_ref().to_string());
                    if !self.is_forward(keys, value) {
                        self.name(key.get_ref(), &keys.join("."), key.span().start);
                        self.walk(keys, value);
                    }
                    keys.pop();
                }
            }
            DeValue::Array(values) => values.iter().for_each(|value| self.walk(keys, value)),
            // A path repeats the name of the dependency, which has its own check.
            DeValue::String(_) if keys.last().is_some_and(|key| key == "path") => {}
            DeValue::String(string) => {
                let what = format!("{} = {string}", keys.join("."));
                self.name(string, &what, value.span().start);
            }
            _ => {}
        }
    }

    /// Whether the entry is `runtime-rustpython = ["pyo3/runtime-rustpython"]`, which forwards the user's choice
    /// unseen.
    fn is_forward(&self, keys: &[String], value: &Value<'_>) -> bool {
        let forwards = |value: &Value<'_>| {
            value.get_ref().as_str().is_some_and(|value| self.forward.iter().any(|forward| forward == value))
        };
        !self.forward.is_empty()
            && *keys == ["features", "runtime-rustpython"]
            && value.get_ref().as_array().is_some_and(|values| values.iter().all(forwards))
    }

    fn name(&mut self, name: &str, what: &str, offset: usize) {
        let lower = name.to_lowercase();
        let ffi = lower == "pyo3-ffi" && !what.starts_with("features.");
        if ffi || lower.contains("rustpython") || lower.contains("cpython") || lower.ends_with("/inert") {
            self.hit(offset, what, format!("`{what}` names a runtime in a frontend manifest"));
        }
    }

    /// Requires that a local dependency of the frontend is part of the frontend, so that the rules apply to it.
    fn local_dependencies(
        &mut self,
        root: &DeTable<'_>,
        context: &ManifestContext<'_>,
        workspace: Option<&DeTable<'_>>,
    ) {
        for (key, spec, offset) in dependencies(root) {
            let own = spec.get("path").and_then(|path| path.get_ref().as_str());
            let shared = || shared(workspace, key)?.get("path")?.get_ref().as_str();
            let folder = match (own, shared()) {
                (Some(path), _) => resolve(context.folder, path),
                (None, Some(path)) if spec.get("workspace").is_some() => resolve("", path),
                _ => continue,
            };
            let at = Position::of_offset(self.text, offset);
            let neutral = folder
                .is_some_and(|folder| context.frontend.iter().any(|root| *root == folder || is_in(&folder, root)));
            if !neutral && !self.hits.iter().any(|hit| hit.at == at) {
                let what = format!("dependencies.{key}");
                let message = format!("`{what}` is a crate of this repository outside the frontend");
                self.hit(offset, &what, message);
            }
        }
    }

    /// Requires that `build = ".."` and the `path` of each target lead to files that the check reads.
    fn compiled_files(&mut self, root: &DeTable<'_>, context: &ManifestContext<'_>) {
        let mut paths: Vec<&Value<'_>> = Vec::new();
        paths.extend(root.get("package").and_then(|package| package.get_ref().get("build")));
        for kind in ["lib", "bin", "test", "example", "bench"] {
            match root.get(kind).map(|value| value.get_ref()) {
                Some(DeValue::Array(targets)) => {
                    paths.extend(targets.iter().filter_map(|target| target.get_ref().get("path")));
                }
                Some(target) => paths.extend(target.get("path")),
                None => {}
            }
        }
        for value in paths {
            let Some(path) = value.get_ref().as_str() else {
                continue;
            };
            let found = resolve(context.folder, path).is_some_and(|file| (context.scanned)(&file));
            if !found {
                let at = Position::of_offset(self.text, value.span().start);
                self.hits.push(escape::manifest_path(path, at));
            }
        }
    }

    fn target(&mut self, key: &str, offset: usize) {
        let Some(predicate) = key.strip_prefix("cfg(").and_then(|rest| rest.strip_suffix(')')) else {
            return;
        };
        let mut hits = Vec::new();
        if let Ok(tokens) = predicate.parse() {
            cfgs::check(tokens, &mut hits);
        }
        if !hits.is_empty() {
            self.hit(offset, &format!("target.{key}"), format!("the target table `{key}` is not neutral"));
        }
    }

    fn hit(&mut self, offset: usize, what: &str, message: String) {
        self.hits.push(Hit {
            rule: Rule::Manifest,
            at: Position::of_offset(self.text, offset),
            what: what.to_owned(),
            message,
            remedy: "depend on `pyo3` or `pyo3-backend`; only the switch's feature in pyo3/Cargo.toml names runtimes"
                .to_owned(),
        });
    }
}

/// Packages that work with any backend, which the tests of each backend may use.
const ANY_BACKEND: [&str; 2] = ["pyo3-backend-decorators", "pyo3-backend-suite"];

/// Checks rule 5 for the manifest of a backend. `workspace` is the text of the root manifest.
pub fn check_backend(text: &str, workspace: Option<&str>) -> Result<Vec<Hit>> {
    let root = DeTable::parse(text)?.into_inner();
    let own = root
        .get("package")
        .and_then(|package| package.get_ref().get("name")?.get_ref().as_str())
        .context("a backend's manifest has no package.name")?;
    let workspace = workspace.map(DeTable::parse).transpose()?.map(Spanned::into_inner);
    let mut hits = Vec::new();
    for (key, spec, offset) in dependencies(&root) {
        let package = package_name(key, spec, workspace.as_ref());
        let message = if package == "pyo3" || package.starts_with("pyo3-macros") {
            format!("{own} depends on the frontend (`{package}`)")
        } else if package.starts_with("pyo3-backend-") && package != own && !ANY_BACKEND.contains(&package.as_str()) {
            format!("{own} depends on another backend (`{package}`)")
        } else if (own.ends_with("-cpython") && package.starts_with("rustpython"))
            || (own.ends_with("-rustpython") && package.starts_with("pyo3-ffi"))
        {
            format!("{own} depends on another runtime (`{package}`)")
        } else {
            continue;
        };
        hits.push(Hit {
            rule: Rule::BackendManifest,
            at: Position::of_offset(text, offset),
            what: package,
            message,
            remedy: "a backend knows the contract (`pyo3-backend`) and its runtime, nothing else".to_owned(),
        });
    }
    hits.sort_by_key(|hit| hit.at);
    Ok(hits)
}

/// Returns all dependencies of a manifest: key, specification and offset in the text.
fn dependencies<'t, 'i>(root: &'t DeTable<'i>) -> Vec<(&'t str, &'t DeValue<'i>, usize)> {
    let mut tables: Vec<&DeTable<'i>> = vec![root];
    if let Some(targets) = root.get("target").and_then(|target| target.get_ref().as_table()) {
        tables.extend(targets.values().filter_map(|target| target.get_ref().as_table()));
    }
    let mut found = Vec::new();
    for table in tables {
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(list) = table.get(kind).and_then(|list| list.get_ref().as_table()) else {
                continue;
            };
            found.extend(list.iter().map(|(key, spec)| (key.get_ref().as_ref(), spec.get_ref(), key.span().start)));
        }
    }
    found
}

/// Returns the workspace's specification of the dependency `key`.
fn shared<'t, 'i>(workspace: Option<&'t DeTable<'i>>, key: &str) -> Option<&'t DeValue<'i>> {
    let list = workspace?.get("workspace")?.get_ref().get("dependencies")?;
    list.get_ref().get(key).map(Spanned::get_ref)
}

/// Returns the package of a dependency, given by `package = ".."` in the manifest or in the workspace.
fn package_name(key: &str, spec: &DeValue<'_>, workspace: Option<&DeTable<'_>>) -> String {
    let renamed = |spec: &DeValue<'_>| spec.as_table()?.get("package")?.get_ref().as_str().map(str::to_owned);
    renamed(spec).or_else(|| renamed(shared(workspace, key)?)).unwrap_or_else(|| key.to_owned())
}
