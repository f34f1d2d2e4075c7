//! `cargo xtask test`: runs one suite on every runtime.

pub mod decorator;
pub mod facades;
pub mod gaps;
mod stable_abi;
mod wheels;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;

use self::decorator::Decorator;
use crate::artifacts::{self, Built, Executable};
use crate::libtest::{self, Outcome};
use crate::metadata::Members;
use crate::python::Interpreter;
use crate::runtime::{Runtime, chosen_runtimes};
use crate::sh::{Cmd, root};
use crate::{boundary, flags};

/// The package that compares our declarations of the C API with CPython's headers. RustPython has no headers; there the
/// package belongs to the suite and only runs the functions.
const FFI_CHECK: &str = "pyo3-ffi-check";
/// The time limit for one test executable.
const LIMIT: Duration = Duration::from_secs(600);

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    pub passed: usize,
    pub failed: usize,
    pub gaps: usize,
}

impl std::ops::AddAssign for Totals {
    fn add_assign(&mut self, other: Totals) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.gaps += other.gaps;
    }
}

/// Runs everything that was requested, and prints a line for each part and the sum.
///
/// # Errors
///
/// If something cannot run at all, for example because there is no CPython.
pub fn run(options: &flags::Test) -> Result<Totals> {
    let only: Vec<&str> = options.only.iter().flat_map(|list| list.split(',')).collect();
    let runtimes = chosen_runtimes(options.runtime, &options.python, options.all_pythons, options.abi3)?;
    let members = Members::read()?;
    let mut parts = Vec::new();
    if let Some(decorator) = options.backend {
        for runtime in &runtimes {
            let name = format!("suite on {}, {}", runtime.title(), decorator.name());
            parts.push((name, run_suite(runtime, &members, &only, Some(decorator))?));
        }
        return Ok(sum_up(parts, &runtimes));
    }
    if only.is_empty() {
        parts.push(("backend boundary".to_owned(), check_boundary()?));
        parts.push(("xtask".to_owned(), cargo_test(&Cmd::cargo().args(["test", "-p", "xtask"]))?));
        // Separate, because the suite turns on features that change the output of macros.
        let cmd = Cmd::cargo().args(["test", "-p", "pyo3-macros-backend", "--test", "expansions"]);
        parts.push(("expansions of macros".to_owned(), cargo_test(&cmd)?));
    }
    // Parts without test files, which `--only` may name.
    let is_part = |name: &&str| [stable_abi::NAME, facades::NAME, wheels::NAME].contains(name);
    for runtime in runtimes.iter().filter(|_| only.is_empty() || !only.iter().all(is_part)) {
        parts.push((format!("suite on {}", runtime.title()), run_suite(runtime, &members, &only, None)?));
        if only.is_empty() {
            parts.push((format!("examples in docs, {}", runtime.title()), run_doc_tests(runtime, &members)?));
            parts.push((format!("ssl, {}", runtime.title()), run_ssl(runtime)?));
            // Newer headers lack some old functions of the stable ABI.
            if let Runtime::CPython(Interpreter { stable_abi: false, .. }) = runtime {
                parts.push((format!("C declarations, {}", runtime.title()), check_ffi(runtime)?));
            }
        }
    }
    for runtime in runtimes.iter().filter(|_| only.is_empty() || only.contains(&facades::NAME)) {
        parts.push((format!("code for older versions, {}", runtime.title()), facades::check(runtime)?));
    }
    let interpreters: Vec<&Interpreter> = runtimes.iter().filter_map(Runtime::interpreter).collect();
    if !interpreters.is_empty() && (only.is_empty() || only.contains(&stable_abi::NAME)) {
        parts.push(("one build for the stable ABI".to_owned(), stable_abi::check(&interpreters)?));
    }
    // Any interpreter will do, as long as its builds do not use the stable ABI.
    let own = interpreters.iter().find(|python| !python.stable_abi);
    if let Some(python) = own.filter(|_| only.is_empty() || only.contains(&wheels::NAME)) {
        parts.push((format!("wheels by maturin, {}", python.title()), wheels::check(python)?));
    }
    // Compile errors of macros do not depend on the runtime, so they run once, on the one that builds fastest.
    let quick = runtimes.iter().find(|runtime| runtime.interpreter().is_some());
    if let (Some(runtime), true) = (quick, only.is_empty()) {
        let cmd = Cmd::cargo().args(["test", "-p", "pyo3-tests", "--features", "ui", "--test", "macros_ui"]);
        parts.push(("compile errors of macros".to_owned(), cargo_test(&runtime.prepare(cmd))?));
        // These also run only once: on RustPython they would rebuild the virtual machine. See the feature `apart`.
        let cmd = Cmd::cargo().args(["test", "-p", "pyo3-tests", "--features", "apart", "--test", "conversions_apart"]);
        parts.push(("conversions with a separate build".to_owned(), cargo_test(&runtime.prepare(cmd))?));
        let cmd = Cmd::cargo().args(["test", "-p", "pyo3", "--features", "full", "--doc", "conversions"]);
        parts.push(("examples in the docs of all conversions".to_owned(), cargo_test(&runtime.prepare(cmd))?));
    }
    Ok(sum_up(parts, &runtimes))
}

/// Prints a line for each part, and the sum.
fn sum_up(parts: Vec<(String, Totals)>, runtimes: &[Runtime]) -> Totals {
    println!("\n{:44} {:>7} {:>7} {:>11}", "", "passed", "failed", "known gaps");
    let mut totals = Totals::default();
    for (name, part) in parts {
        println!("{name:44} {:>7} {:>7} {:>11}", part.passed, part.failed, part.gaps);
        totals += part;
    }
    let interpreters = runtimes.iter().filter_map(Runtime::interpreter);
    let paths: Vec<String> = interpreters.map(|python| python.path.display().to_string()).collect();
    if !paths.is_empty() {
        println!("CPython: {}", paths.join(", "));
    }
    println!("{} passed, {} failed", totals.passed, totals.failed);
    totals
}

fn check_boundary() -> Result<Totals> {
    let report = boundary::check(&[root()])?;
    report.print();
    let passed = usize::from(report.violations.is_empty());
    Ok(Totals { passed, failed: report.violations.len(), gaps: 0 })
}

/// Runs `pyo3-ffi-check` for CPython. It runs separately, since its build compiles C against the headers.
fn check_ffi(runtime: &Runtime) -> Result<Totals> {
    cargo_test(&runtime.prepare(Cmd::cargo().args(["test", "-p", FFI_CHECK])))
}

/// Builds the test executables of `packages`, and those of the backend, for `runtime`.
///
/// # Errors
///
/// If cargo cannot be started.
pub fn build(runtime: &Runtime, members: &Members, packages: &[&str]) -> Result<Built> {
    // `test --no-run` would stop at the first compile error.
    let cmd = Cmd::cargo().args(["build", "--keep-going", "--message-format=json"]);
    artifacts::build(&with_packages(runtime, members, cmd, packages, &["--tests", "--examples"]))
}

/// Like [`build`], with a decorator around the backend. Builds all packages, so that the virtual machine has the same
/// features as without a decorator and is not rebuilt.
fn build_decorated(runtime: &Runtime, members: &Members, decorator: Decorator) -> Result<Built> {
    let cmd = Cmd::cargo().args(["build", "--keep-going", "--message-format=json"]);
    let cmd = with_packages(runtime, members, cmd, &all_packages(runtime, members), &["--tests", "--examples"]);
    artifacts::build(&cmd.args(["--features", &decorator.feature()]))
}

fn run_suite(runtime: &Runtime, members: &Members, only: &[&str], decorator: Option<Decorator>) -> Result<Totals> {
    let built = match decorator {
        None => {
            println!("\n== the suite on {}", runtime.title());
            build(runtime, members, &all_packages(runtime, members))?
        }
        Some(decorator) => {
            println!("\n== the suite on {}, with the decorator {}", runtime.title(), decorator.name());
            build_decorated(runtime, members, decorator)?
        }
    };
    let mut totals = Totals::default();
    for (target, errors) in &built.errors {
        println!("{target}: does not compile\n{}", errors.join("\n"));
        totals.failed += 1;
    }
    if !built.success && built.errors.is_empty() {
        println!("the build failed; cargo says why above");
        totals.failed += 1;
    }

    let mut outcomes = BTreeMap::new();
    for executable in built.executables.iter().filter(|exe| only.is_empty() || only.contains(&exe.target.as_str())) {
        totals += run_executable(runtime, executable, &mut outcomes)?;
    }
    let gaps = gaps::known(runtime, decorator)?;
    // If a file does not compile, its gaps are not stale.
    let judgement = gaps::judge(&outcomes, &gaps, !only.is_empty() || !built.success);
    judgement.expected.iter().for_each(|gap| println!("known gap: {gap}"));
    judgement.failures.iter().for_each(|failure| println!("FAILED {failure}"));
    totals += Totals { passed: judgement.passed, failed: judgement.failures.len(), gaps: judgement.expected.len() };
    Ok(totals)
}

/// Returns the packages that form the suite on `runtime`.
fn all_packages<'m>(runtime: &Runtime, members: &'m Members) -> Vec<&'m str> {
    let ffi_check = matches!(runtime, Runtime::RustPython(_)).then_some(FFI_CHECK);
    members.suite().into_iter().chain(ffi_check).collect()
}

fn with_packages(runtime: &Runtime, members: &Members, mut cmd: Cmd, packages: &[&str], targets: &[&str]) -> Cmd {
    let own = format!("pyo3-backend-{}", runtime.name());
    for package in packages.iter().copied().chain([own.as_str()]) {
        cmd = cmd.args(["-p", package]);
    }
    let selecting: Vec<&str> = members.selecting().into_iter().filter(|package| packages.contains(package)).collect();
    runtime.prepare(cmd.args(targets).args(runtime.features(&selecting)))
}

/// Runs one executable and adds the outcomes of its tests to `outcomes`, under `target::test`.
fn run_executable(
    runtime: &Runtime,
    executable: &Executable,
    outcomes: &mut BTreeMap<String, Outcome>,
) -> Result<Totals> {
    let start = Instant::now();
    let program = Cmd::new(&executable.path)
        .dir(&executable.folder)
        .env("CARGO_MANIFEST_DIR", &executable.folder)
        .env("RUST_BACKTRACE", "0");
    let target = &executable.target;
    let mut totals = Totals::default();
    let tests = match libtest::run(&runtime.prepare(program), LIMIT) {
        Ok(tests) => tests,
        Err(error) => {
            println!("FAILED {target}: {error:#}");
            totals.failed += 1;
            return Ok(totals);
        }
    };
    for (name, text) in &tests.output {
        println!("---- {target}::{name}\n{text}");
    }
    let count = |wanted: fn(&Outcome) -> bool| tests.outcomes.values().filter(|outcome| wanted(outcome)).count();
    let passed = count(|outcome| *outcome == Outcome::Passed);
    let seconds = start.elapsed().as_secs_f64();
    if !tests.outcomes.is_empty() {
        println!("{target}: {passed} of {} passed, {seconds:.1} s", tests.outcomes.len());
    }
    if let Some(note) = &tests.note {
        println!("{target}: {note}");
        // A crash of a single test is already counted.
        totals.failed += usize::from(!tests.outcomes.values().any(|outcome| matches!(outcome, Outcome::Crashed(_))));
    }
    if let (Runtime::RustPython(_), Some(library)) = (runtime, linked_python(&executable.path)) {
        println!("FAILED {target}: links with {library}");
        totals.failed += 1;
    }
    outcomes.extend(tests.outcomes.into_iter().map(|(name, outcome)| (format!("{target}::{name}"), outcome)));
    Ok(totals)
}

/// Returns the libpython that an executable links with, on systems that have `ldd`.
fn linked_python(executable: &Path) -> Option<String> {
    let libraries = Cmd::new("ldd").arg(executable).read().ok()?;
    libraries.lines().find(|line| line.contains("libpython")).map(|line| line.trim().to_owned())
}

fn run_doc_tests(runtime: &Runtime, members: &Members) -> Result<Totals> {
    cargo_test(&with_packages(
        runtime,
        members,
        Cmd::cargo().args(["test", "--no-fail-fast"]),
        &all_packages(runtime, members),
        &["--doc"],
    ))
}

/// Runs the tests of the standard library's `ssl`. This is a separate build: the feature changes the features of the
/// virtual machine's dependencies, and the suite alone should not need a C compiler.
fn run_ssl(runtime: &Runtime) -> Result<Totals> {
    let cmd = Cmd::cargo().args(["test", "-p", "pyo3-tests", "--features", "pyo3-tests/ssl", "--test", "ssl"]);
    let cmd = match runtime {
        Runtime::CPython(_) => cmd,
        Runtime::RustPython(_) => cmd.args(["-p", "pyo3-backend-rustpython"]),
    };
    cargo_test(&runtime.prepare(cmd.args(runtime.features(&["pyo3-tests"]))))
}

/// Runs a `cargo test` command and counts its result lines.
fn cargo_test(cmd: &Cmd) -> Result<Totals> {
    println!("\n== {cmd}");
    let (lines, status) = cmd.follow()?;
    let (passed, failed) = libtest::sums(&lines.join("\n"));
    Ok(Totals { passed, failed: failed.max(usize::from(!status.success())), gaps: 0 })
}
