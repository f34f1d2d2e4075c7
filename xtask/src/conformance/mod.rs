//! `cargo xtask conformance`: runs the integration tests of the published PyO3, compiled against our crate.
//!
//! The tests are not copied: the targets of a generated package point into cargo's registry.

mod expectations;
mod generate;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::artifacts::{self, Built};
use crate::libtest::{self, Outcome, Tests};
use crate::runtime::{Runtime, chosen_runtimes};
use crate::sh::{Cmd, root};
use crate::{flags, metadata};
use expectations::{CRASH, Expectations, FAIL, Key, NO_BUILD};

/// The file of expectations, from the root of the repository.
const FILE: &str = "xtask/conformance.toml";
/// The time limit for one test executable, and for one test that runs alone.
const LIMIT: Duration = Duration::from_secs(300);

/// Runs the tests. Returns `true` if all results are as expected.
///
/// # Errors
///
/// If the tests cannot be downloaded, or our crate does not compile.
pub fn run(options: &flags::Conformance) -> Result<bool> {
    let target = metadata::target_folder()?;
    let work = root().join("target/conformance");
    let upstream = generate::upstream(&work)?;
    let all = generate::test_files(&upstream)?;
    let files = chosen(&all, options.only.as_deref())?;
    let path = root().join(FILE);
    let mut expectations = Expectations::read(&path)?;
    let mut differences = Vec::new();
    for feature in generate::undeclared(&work)? {
        differences.push(format!("pyo3/Cargo.toml does not declare upstream's feature `{feature}`"));
    }

    for runtime in chosen_runtimes(options.runtime, &options.python, options.all_pythons, options.abi3)? {
        println!("\n== PyO3 {}'s tests on {}", generate::VERSION, runtime.title());
        let folder = work.join(runtime.variant());
        let missing = generate::generate(&folder, &upstream, &all, &runtime)?;
        if !missing.is_empty() {
            println!("features that our crate does not have: {}", missing.join(", "));
        }
        let run = Run::new(&runtime, &folder, &target, &files, options.verbose)?;
        run.print();
        if options.write_expectations {
            expectations.update(runtime.variant(), &files, &run.found);
            if options.only.is_none() {
                expectations.tests.insert(run.version.clone(), run.total as i64);
            }
        }
        differences.extend(expectations.differences(runtime.variant(), &files, &run.found));
        if let (None, Some(count)) = (&options.only, expectations.tests.get(&run.version))
            && *count != run.total as i64
        {
            differences.push(format!("{}: {} tests, but {count} are expected", run.version, run.total));
        }
    }
    if options.write_expectations {
        fs::write(&path, expectations.render())?;
        println!("\nwrote {FILE}");
    }
    if differences.is_empty() {
        println!("\nall as expected");
        return Ok(true);
    }
    println!("\nnot as expected:");
    differences.iter().for_each(|difference| println!("  {difference}"));
    println!("  remedy: fix the cause, or edit {FILE} (--write-expectations updates all but the reasons)");
    Ok(false)
}

/// Returns the named files, with or without `test_`, or all if `only` is `None`.
fn chosen(all: &[String], only: Option<&str>) -> Result<Vec<String>> {
    let Some(only) = only else {
        return Ok(all.to_vec());
    };
    let mut files = Vec::new();
    for name in only.split(',') {
        let full = if name.starts_with("test_") { name.to_owned() } else { format!("test_{name}") };
        if !all.contains(&full) {
            bail!("PyO3 {} has no tests/{full}.rs", generate::VERSION);
        }
        files.push(full);
    }
    Ok(files)
}

/// The results on one runtime.
struct Run {
    /// The key for the number of tests.
    version: String,
    rows: Vec<Row>,
    found: BTreeMap<Key, String>,
    total: usize,
}

/// A line of the table.
struct Row {
    file: String,
    tests: Option<Tests>,
}

impl Run {
    fn new(runtime: &Runtime, folder: &Path, target: &Path, files: &[String], verbose: bool) -> Result<Run> {
        let built = compile(runtime, folder, target, files)?;
        let version = match runtime {
            Runtime::CPython(python) => {
                let abi = if python.stable_abi { "-abi3" } else { "" };
                format!("cpython-{}{abi}", python.series())
            }
            Runtime::RustPython(_) => "rustpython".to_owned(),
        };
        let mut run = Run { version, rows: Vec::new(), found: BTreeMap::new(), total: 0 };
        for file in files {
            let key =
                |test: &str| Key { runtime: runtime.variant().to_owned(), file: file.clone(), test: test.to_owned() };
            let Some(executable) = built.executables.iter().find(|executable| executable.target == *file) else {
                if verbose {
                    built.errors.get(file).into_iter().flatten().for_each(|error| println!("{error}"));
                }
                run.found.insert(key(""), NO_BUILD.to_owned());
                run.rows.push(Row { file: file.clone(), tests: None });
                continue;
            };
            let program =
                Cmd::new(&executable.path).dir(folder).env("CARGO_MANIFEST_DIR", folder).env("RUST_BACKTRACE", "0");
            let tests = match libtest::run(&runtime.prepare(program), LIMIT) {
                Ok(tests) => tests,
                Err(error) => {
                    println!("{file}: {error:#}");
                    run.found.insert(key(""), CRASH.to_owned());
                    run.rows.push(Row { file: file.clone(), tests: None });
                    continue;
                }
            };
            run.total += tests.outcomes.len();
            for (name, outcome) in &tests.outcomes {
                let how = match outcome {
                    Outcome::Passed | Outcome::Ignored => continue,
                    Outcome::Failed => FAIL,
                    Outcome::Crashed(_) => CRASH,
                };
                if let (true, Some(output)) = (verbose, tests.output.get(name)) {
                    println!("---- {file} {name}\n{output}");
                }
                run.found.insert(key(name), how.to_owned());
            }
            run.rows.push(Row { file: file.clone(), tests: Some(tests) });
        }
        Ok(run)
    }

    fn print(&self) {
        println!("{:44} {:>5} {:>5} {:>5} {:>5} {:>6}", "file", "built", "tests", "pass", "fail", "crash");
        let mut sums = [0; 4];
        for Row { file, tests } in &self.rows {
            let Some(tests) = tests else {
                println!("{file:44} {:>5}", "NO");
                continue;
            };
            let count = |wanted: fn(&Outcome) -> bool| tests.outcomes.values().filter(|one| wanted(one)).count();
            let numbers = [
                tests.outcomes.len(),
                count(|outcome| *outcome == Outcome::Passed),
                count(|outcome| *outcome == Outcome::Failed),
                count(|outcome| matches!(outcome, Outcome::Crashed(_))),
            ];
            let [all, pass, fail, crash] = numbers;
            let note = tests.note.as_deref().unwrap_or_default();
            println!("{file:44} {:>5} {all:>5} {pass:>5} {fail:>5} {crash:>6}  {note}", "yes");
            sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
        }
        let [all, pass, fail, crash] = sums;
        let built = self.rows.iter().filter(|row| row.tests.is_some()).count();
        let built = format!("{built}/{}", self.rows.len());
        println!("{:44} {built:>5} {all:>5} {pass:>5} {fail:>5} {crash:>6}", "total");
    }
}

/// Compiles each file separately, so that one that fails does not affect the others.
fn compile(runtime: &Runtime, folder: &Path, target: &Path, files: &[String]) -> Result<Built> {
    let mut cmd = Cmd::cargo()
        .args(["build", "--quiet", "--keep-going", "--message-format=json", "--target-dir"])
        .arg(target)
        .dir(folder);
    for file in files {
        cmd = cmd.args(["--test", file]);
    }
    let built = artifacts::build(&runtime.prepare(cmd))?;
    let ours = built.errors.iter().filter(|(target, _)| !files.contains(target));
    let errors: Vec<String> =
        ours.flat_map(|(target, errors)| errors.iter().map(move |error| format!("{target}: {error}"))).collect();
    if !errors.is_empty() {
        bail!("dependencies of the tests do not compile\n{}", errors.join("\n"));
    }
    if built.executables.is_empty() && built.errors.is_empty() {
        bail!("nothing was built; cargo says why above");
    }
    Ok(built)
}
