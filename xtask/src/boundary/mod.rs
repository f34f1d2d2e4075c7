//! `check-backend-boundary`: the frontend names no runtime, and the build plans agree.
//!
//! There are six rules about the boundary, and three about macro output and operations (see [`report::Rule`]). Each has
//! fixtures under `xtask/fixtures/boundary/<rule>/` that must fail at exactly the lines marked `~`. The same scanner
//! reads the switch, the one frontend file that names the runtimes. There it must find what is forbidden everywhere
//! else, which proves that the scanner works.

mod cfgs;
mod escape;
mod manifests;
mod operations;
mod paths;
pub mod report;
mod scan;
mod settings;
mod sources;
#[cfg(test)]
mod tests;
mod tree;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use manifests::ManifestContext;
use report::{Hit, Position, Rule, Seen, Violation};
use scan::FileContext;
use settings::Settings;
use sources::{Sources, is_in};
use tree::Plan;

/// The outcome of a check.
pub struct Report {
    pub violations: Vec<Violation>,
    pub seen: Seen,
}

impl Report {
    /// Prints all violations, and the numbers of files and places that were checked.
    pub fn print(&self) {
        for violation in &self.violations {
            println!("{violation}");
        }
        match self.violations.len() {
            0 => println!("boundary holds: {}", self.seen),
            count => println!("{count} violation(s) of the backend boundary ({})", self.seen),
        }
    }
}

/// The folder of the fixtures, from the root of the repository.
pub const FIXTURES: &str = "xtask/fixtures/boundary";

/// Returns the layers of the fixture `name` (`<rule>/<case>`, or `clean`).
pub fn fixture_layers(root: &Path, name: &str) -> Result<Vec<PathBuf>> {
    let fixtures = root.join(FIXTURES);
    let layer = fixtures.join(name);
    // The folder of a rule contains fixtures but is not a fixture.
    let has_form = name == "clean" || name.split('/').filter(|part| !part.is_empty()).count() == 2;
    if !has_form || !layer.is_dir() {
        bail!("there is no fixture {name}; fixtures are named <rule>/<case>, like the folders of {FIXTURES}/");
    }
    let clean = fixtures.join("clean");
    Ok(if layer == clean { vec![clean] } else { vec![clean, layer] })
}

/// Checks the files of `layers`. Files of later layers replace those of earlier ones.
pub fn check(layers: &[PathBuf]) -> Result<Report> {
    let sources = Sources::read(layers)?;
    let settings = Settings::read(&sources)?;
    let mut check = Check { sources: &sources, settings: &settings, violations: Vec::new(), seen: Seen::default() };
    check.frontend()?;
    check.backends()?;
    check.plans()?;
    let Check { mut violations, seen, .. } = check;
    settings.apply(&mut violations);
    violations.sort_by(|a, b| (&a.file, a.hit.at, a.hit.rule).cmp(&(&b.file, b.hit.at, b.hit.rule)));
    Ok(Report { violations, seen })
}

struct Check<'a> {
    sources: &'a Sources,
    settings: &'a Settings,
    violations: Vec<Violation>,
    seen: Seen,
}

impl Check<'_> {
    fn add(&mut self, file: &str, hits: Vec<Hit>) {
        self.violations.extend(hits.into_iter().map(|hit| Violation { file: file.to_owned(), hit }));
    }

    /// Reports that the check could not see what it must see.
    fn blind(&mut self, file: &str, at: Position, message: String) {
        let remedy = "repair the file, or xtask/boundary.toml if the folders have moved".to_owned();
        let hit = Hit { rule: Rule::Sight, at, what: String::new(), message, remedy };
        self.add(file, vec![hit]);
    }

    /// Checks rules 1 to 4.
    fn frontend(&mut self) -> Result<()> {
        let (sources, settings) = (self.sources, self.settings);
        let scanned = |file: &str| {
            file.ends_with(".rs")
                && sources.contains(file)
                && settings.frontend.iter().any(|folder| is_in(file, folder))
        };
        let workspace = self.workspace()?;
        let mut doors_used = Vec::new();
        let mut switch_hits = None;
        for folder in &settings.frontend {
            let mut seen = Seen::default();
            for file in sources.in_folder(folder, ".rs") {
                let context = FileContext {
                    file,
                    door: settings.door(file),
                    macro_output: settings.macro_output.iter().any(|folder| is_in(file, folder)),
                    scanned: &scanned,
                };
                let scan = match scan::scan(&context, &sources.text(file)?) {
                    Ok(scan) => scan,
                    Err(error) => {
                        self.blind(file, error.span().into(), format!("not Rust, so not checked: {error}"));
                        continue;
                    }
                };
                seen += scan.seen;
                doors_used.extend(scan.door_used.into_iter().map(|name| (file.to_owned(), name)));
                let (allowed, hits) = scan.hits.into_iter().partition(|hit| file == settings.switch && is_switch(hit));
                self.add(file, hits);
                if file == settings.switch {
                    switch_hits = Some(allowed);
                }
            }
            for file in sources.in_folder(folder, "/Cargo.toml") {
                let context = ManifestContext {
                    folder: file.strip_suffix("/Cargo.toml").unwrap_or_default(),
                    forwards: settings.forwarders.iter().any(|folder| is_in(file, folder)),
                    frontend: &settings.frontend,
                    workspace: workspace.as_deref(),
                    scanned: &scanned,
                };
                let hits = manifests::check_frontend(&sources.text(file)?, &context);
                self.add(file, hits.with_context(|| format!("in {file}"))?);
                seen.manifests += 1;
            }
            if seen.files == 0 || seen.manifests == 0 {
                self.blind(
                    folder,
                    Position::START,
                    format!("saw {} Rust files and {} manifests here", seen.files, seen.manifests),
                );
            }
            self.seen += seen;
        }
        self.switch_was_seen(&switch_hits.unwrap_or_default());
        self.violations.extend(settings.stale_doors(&doors_used));
        Ok(())
    }

    /// Requires that the scanner found in the switch what it forbids elsewhere, to prove that it works.
    fn switch_was_seen(&mut self, hits: &[Hit]) {
        let expected =
            [(Rule::Cfg, SWITCH_CFGS[1]), (Rule::RuntimePath, SWITCH_NAMES[0]), (Rule::RuntimePath, SWITCH_NAMES[1])];
        for (rule, what) in expected {
            if !hits.iter().any(|hit| hit.rule == rule && hit.what == what) {
                let switch = self.settings.switch.clone();
                self.blind(&switch, Position::START, format!("did not see `{what}` in the switch"));
            }
        }
        if self.seen.outputs == 0 {
            let message = "saw no path in macro output".to_owned();
            self.blind(settings::FILE, Position::START, message);
        }
        if self.seen.cfgs == 0 || self.seen.paths == 0 {
            let message = format!("saw {} cfgs and {} paths in all", self.seen.cfgs, self.seen.paths);
            self.blind(settings::FILE, Position::START, message);
        }
    }

    /// Returns the text of the root manifest. Fixtures may have none.
    fn workspace(&self) -> Result<Option<String>> {
        let exists = self.sources.contains("Cargo.toml");
        exists.then(|| self.sources.text("Cargo.toml")).transpose()
    }

    /// Checks rule 5.
    fn backends(&mut self) -> Result<()> {
        let workspace = self.workspace()?;
        for folder in &self.settings.backends {
            let file = format!("{folder}/Cargo.toml");
            if !self.sources.contains(&file) {
                self.blind(&file, Position::START, "this backend has no manifest".to_owned());
                continue;
            }
            let hits = manifests::check_backend(&self.sources.text(&file)?, workspace.as_deref());
            self.add(&file, hits.with_context(|| format!("in {file}"))?);
            self.seen.manifests += 1;
        }
        Ok(())
    }

    /// Checks rule 6.
    fn plans(&mut self) -> Result<()> {
        for plan in Plan::ALL {
            let text = if self.sources.contains(plan.file()) {
                self.sources.text(plan.file())?
            } else {
                plan.ask_cargo(self.sources.root())?
            };
            self.add(plan.file(), tree::check(plan, &text));
        }
        Ok(())
    }
}

const SWITCH_CFGS: [&str; 2] = ["feature = \"runtime-rustpython\"", "feature = \"runtime-rustpython-without-capi\""];
const SWITCH_NAMES: [&str; 4] = ["pyo3_backend_cpython", "pyo3_backend_rustpython", "CPython", "RustPython"];

/// Whether a finding is one that the switch must contain.
fn is_switch(hit: &Hit) -> bool {
    match hit.rule {
        Rule::Cfg => SWITCH_CFGS.contains(&hit.what.as_str()),
        Rule::RuntimePath => SWITCH_NAMES.contains(&hit.what.as_str()),
        _ => false,
    }
}
