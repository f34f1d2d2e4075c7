//! `cargo xtask ci`: everything that must hold before a change is merged.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::metadata::Members;
use crate::python::Which;
use crate::runtime::{Choice, Runtime, runtimes};
use crate::sh::{Cmd, on_path, root};
use crate::suite::Totals;
use crate::suite::decorator::Decorator;
use crate::{bench, book, boundary, c_names, compare, docs, downstream, features, flags, suite, wasm};

/// A finished step.
struct Done {
    name: String,
    outcome: String,
    seconds: f64,
}

#[derive(Default)]
struct Steps {
    done: Vec<Done>,
    totals: Totals,
}

impl Steps {
    /// Runs one step. If it fails, later steps still run.
    fn run(&mut self, name: &str, command: &str, work: impl FnOnce() -> Result<Totals>) {
        println!("\n==== {name}\n$ {command}");
        let start = Instant::now();
        let result = work();
        let seconds = start.elapsed().as_secs_f64();
        let outcome = match result {
            Ok(totals) => {
                self.totals += totals;
                if totals.failed == 0 { "ok" } else { "FAILED" }
            }
            Err(error) => {
                println!("error: {error:#}");
                self.totals.failed += 1;
                "FAILED"
            }
        };
        println!("==== {name}: {outcome}, {seconds:.0} s");
        self.done.push(Done { name: name.to_owned(), outcome: outcome.to_owned(), seconds });
    }

    /// Records that a step did not run, and why.
    fn skip(&mut self, name: &str, reason: &str) {
        println!("\n==== {name}: SKIPPED, {reason}");
        self.done.push(Done { name: name.to_owned(), outcome: "SKIPPED".to_owned(), seconds: 0.0 });
    }

    /// Runs a step that returns whether it succeeded.
    fn run_good(&mut self, name: &str, command: &str, step: impl FnOnce() -> Result<bool>) {
        self.run(name, command, || Ok(Totals { failed: usize::from(!step()?), ..Totals::default() }));
    }

    fn run_cmd(&mut self, name: &str, cmd: &Cmd) {
        self.run(name, &cmd.to_string(), || cmd.run().map(|()| Totals::default()));
    }
}

/// Runs all steps, then prints a table of them and the number of tests.
///
/// # Errors
///
/// If CPython is requested and not installed.
pub fn run(options: &flags::Ci) -> Result<bool> {
    let choice = options.runtime.unwrap_or_default();
    let all = runtimes(choice, Which::Chosen(&options.python))?;
    // Lints and docs do not depend on the version of CPython, so one is enough.
    let mut kinds: Vec<&Runtime> = Vec::new();
    for runtime in &all {
        if !kinds.iter().any(|seen| seen.name() == runtime.name()) {
            kinds.push(runtime);
        }
    }

    let members = Members::read()?;
    let mut steps = Steps::default();
    steps.run_cmd("format", &Cmd::cargo().args(["fmt", "--all", "--check"]));
    for folder in suite::facades::folders()? {
        let cmd = Cmd::cargo().args(["fmt", "--check", "--manifest-path"]).arg(folder.join("Cargo.toml"));
        steps.run_cmd(&format!("format, {}", suite::facades::title(&folder)), &cmd);
    }
    for runtime in &kinds {
        let cmd = members.command(runtime, &["clippy", "--all-targets"], &[]);
        steps.run_cmd(&format!("clippy, {}", runtime.title()), &cmd.args(["--", "-D", "warnings"]));
        for folder in suite::facades::folders()? {
            let name = suite::facades::title(&folder);
            let cmd = suite::facades::command(runtime, &["clippy", "--all-targets"], &folder);
            steps.run_cmd(&format!("clippy, {name}, {}", runtime.title()), &cmd.args(["--", "-D", "warnings"]));
        }
    }
    if all.iter().any(|runtime| matches!(runtime, Runtime::CPython(_))) {
        other_cpythons(&mut steps);
    }
    steps.run("boundary", "cargo xtask check-backend-boundary", || {
        let report = boundary::check(&[root()])?;
        report.print();
        Ok(Totals { failed: report.violations.len(), ..Totals::default() })
    });
    let test = flags::Test {
        runtime: Some(choice),
        python: options.python.clone(),
        all_pythons: false,
        abi3: false,
        backend: None,
        only: None,
    };
    steps.run("test", "cargo xtask test", || suite::run(&test));
    let core = flags::Test {
        runtime: Some(choice),
        python: options.python.clone(),
        all_pythons: false,
        abi3: false,
        backend: Some(Decorator::Core),
        only: Some("suite".to_owned()),
    };
    steps.run("core", "cargo xtask test --backend core --only suite", || suite::run(&core));
    let checked = flags::Test { backend: Some(Decorator::Checked), ..core };
    steps.run("checked", "cargo xtask test --backend checked --only suite", || suite::run(&checked));
    // `pythonize` builds in a minute, with the virtual machine of the tests. The other crates are for releases.
    let downstream = flags::Downstream {
        runtime: Some(choice),
        crate_name: vec!["pythonize".to_owned()],
        python: options.python.clone(),
        stock: false,
        write: false,
    };
    steps.run_good("downstream", "cargo xtask downstream --crate pythonize", || downstream::run(&downstream));
    if choice.cpython() {
        speed(&mut steps, options);
    }
    webassembly(&mut steps);
    if options.all {
        slow(&mut steps, &kinds, options);
    }
    for runtime in &kinds {
        steps.run_cmd(&format!("docs, {}", runtime.title()), &docs::command(&members, runtime)?.0);
    }
    if choice == Choice::All {
        steps.run_good("C names", "cargo xtask c-names", || c_names::run(false));
    }
    steps.run("guide", "cargo xtask book", || book::run().map(|()| Totals::default()));

    println!("\n{:32} {:>8} {:>8}", "step", "", "seconds");
    for Done { name, outcome, seconds } in &steps.done {
        println!("{name:32} {outcome:>8} {seconds:>8.0}");
    }
    println!("{} passed, {} failed", steps.totals.passed, steps.totals.failed);
    Ok(steps.totals.failed == 0)
}

/// Runs the steps that take minutes and seldom fail.
fn slow(steps: &mut Steps, kinds: &[&Runtime], options: &flags::Ci) {
    for runtime in kinds {
        match runtime {
            Runtime::CPython(_) => {
                let compare = flags::Compare { python: options.python.clone() };
                steps.run_good("compare", "cargo xtask compare", || compare::run(&compare));
            }
            // The stubs of an example are the same on every runtime, and a test of xtask covers CPython. Building the
            // example alone selects other features of dependencies than the suite does, so this rebuilds the virtual
            // machine.
            Runtime::RustPython(_) => {
                let cmd = Cmd::cargo().args(["test", "-p", "xtask", "--test", "stubs", "--", "--ignored"]);
                steps.run_cmd(&format!("stubs, {}", runtime.title()), &cmd);
            }
        }
        steps.run_good(&format!("features, {}", runtime.title()), "cargo xtask features", || features::check(runtime));
    }
}

/// Checks versions and ABIs of CPython that need not be installed: configuration files and features describe them.
fn other_cpythons(steps: &mut Steps) {
    // A separate target folder, since each new configuration would make the other builds stale.
    let check = || Cmd::cargo().args(["check", "-p", "pyo3", "--target-dir", "target/configurations"]);
    let folder = root().join("backends/cpython/configurations");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.sort();
    for file in &files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // A file describes a Python; only a feature can select the stable ABI.
        let features: &[&str] = if name.ends_with("abi3t") { &["--features", "pyo3/abi3t-py315"] } else { &[] };
        steps.run_cmd(&format!("check, {name}"), &check().args(features).env("PYO3_CONFIG_FILE", file));
        steps.run(&format!("symbol, {name}"), "cargo rustc -p wordcount --lib --crate-type rlib", || {
            exports(file, features, if features.is_empty() { "PyInit_wordcount" } else { "PyModExport_wordcount" })
        });
    }
    if files.is_empty() {
        steps.run("check, other CPythons", "", || anyhow::bail!("no configuration in {}", folder.display()));
    }
    steps.run_cmd("check, abi3", &check().args(["--features", "abi3-py39"]));
}

/// Checks that an extension module for the described Python exports only the symbol that this Python looks up.
fn exports(configuration: &Path, features: &[&str], expected: &str) -> Result<Totals> {
    // An rlib, since there is no Python to link with.
    Cmd::cargo()
        .args(["rustc", "-p", "wordcount", "--lib", "--crate-type", "rlib", "--target-dir", "target/configurations"])
        .args(features)
        .env("PYO3_CONFIG_FILE", configuration)
        .run()?;
    let library = std::fs::read(root().join("target/configurations/debug/libwordcount.rlib"))?;
    let has = |symbol: &str| library.windows(symbol.len()).any(|bytes| bytes == symbol.as_bytes());
    for symbol in ["PyInit_wordcount", "PyModExport_wordcount"] {
        anyhow::ensure!(
            has(symbol) == (symbol == expected),
            "the module should export `{expected}` alone; see `export_module!` in backends/cpython/src/module/export.rs"
        );
    }
    Ok(Totals::default())
}

/// Counts the instructions of some benchmarks, with wider limits than before a release.
fn speed(steps: &mut Steps, options: &flags::Ci) {
    if on_path("valgrind").is_none() {
        return steps.skip("speed", "valgrind is not installed");
    }
    let bench = flags::Bench {
        runtime: Some(Choice::CPython),
        python: options.python.clone(),
        only: None,
        sample: true,
        shared: false,
        modules: false,
        rounds: None,
        check: true,
        times_only: false,
        counts_only: false,
        plot: None,
        json: None,
    };
    steps.run_good("speed", "cargo xtask bench --sample --check", || bench::run(&bench));
}

/// Checks that WebAssembly compiles, if there is a toolchain for it.
fn webassembly(steps: &mut Steps) {
    match wasm::toolchain::find() {
        Some(_) => steps.run_good("WebAssembly", "cargo xtask wasm --check", wasm::check),
        None => steps.skip("WebAssembly", &wasm::toolchain::missing()),
    }
}
