//! `cargo xtask downstream`: runs the tests of other people's unmodified crates with this `pyo3`.
//!
//! For each row of the table: unpacks the source distribution, replaces upstream's packages (`patch`), builds, inspects
//! the built files (`evidence`), runs the suite, and compares the result with that of stock PyO3 in the same procedure.

mod build;
mod evidence;
mod fetch;
mod python;
mod table;
mod tally;
mod verdict;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use self::build::Built;
use self::table::{Figures, Row, Table};
use self::tally::Tally;
use crate::patch::Plan;
use crate::python::{Interpreter, Which};
use crate::runtime::{Pythonless, Runtime, runtimes};
use crate::sh::{Cmd, root};
use crate::{bundle, flags};

/// The plugin that records how each test ended.
const REPORT: &str = include_str!("report.py");

/// The version of Python that RustPython implements.
const RUSTPYTHON: &str = "3.14";

/// The time limit. A suite that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(30 * 60);

/// Returns the folder for all files of this command.
fn folder() -> PathBuf {
    root().join("target/downstream")
}

/// One line of the final table.
struct Line {
    row: String,
    on: String,
    found: String,
    stock: String,
    verdict: String,
    bad: bool,
}

/// Runs the command. Returns `false` if anything is worse than with stock.
///
/// # Errors
///
/// If the options contradict each other, the tables cannot be read, or there is no such crate or runtime. Problems with
/// a single crate are part of the result instead.
pub fn run(options: &flags::Downstream) -> Result<bool> {
    let table = Table::read()?;
    let mut figures = Figures::read()?;
    let rows = table.select(&options.crate_name)?;
    if options.write && !options.stock {
        bail!("`--write` records what stock passes\n  remedy: give `--stock`, too");
    }
    let choice = match (options.runtime, options.stock) {
        (Some(choice), true) if choice != crate::runtime::Choice::CPython => {
            bail!("the published PyO3 has no RustPython\n  remedy: give `--stock` with `--runtime cpython`")
        }
        (_, true) => crate::runtime::Choice::CPython,
        (choice, false) => choice.unwrap_or_default(),
    };

    let mut lines = Vec::new();
    for runtime in runtimes(choice, Which::Chosen(&options.python))? {
        for row in &rows {
            println!("\n==== {} {} on {}", row.id(), row.version, runtime.title());
            let start = Instant::now();
            let line = match &runtime {
                Runtime::CPython(interpreter) if options.stock => {
                    measure_stock(row, interpreter, &mut figures, options.write)
                }
                Runtime::CPython(interpreter) => on_cpython(row, interpreter, &figures),
                Runtime::RustPython(pythonless) => on_rustpython(row, pythonless, &figures),
            };
            let mut line = line.unwrap_or_else(|error| {
                println!("  error: {error:#}");
                Line {
                    row: String::new(),
                    on: String::new(),
                    found: "-".to_owned(),
                    stock: "-".to_owned(),
                    verdict: "ERROR, see above".to_owned(),
                    bad: true,
                }
            });
            line.row = format!("{} {}", row.id(), row.version);
            line.on = runtime.title();
            println!("  {} s", start.elapsed().as_secs());
            lines.push(line);
        }
    }

    println!("\nPassed / failed / skipped:");
    println!(
        "{:28} {:18} {:>18} {:>18}",
        "crate",
        "on",
        if options.stock { "stock" } else { "ours" },
        "stock, recorded"
    );
    for Line { row, on, found, stock, verdict, .. } in &lines {
        println!("{row:28} {on:18} {found:>18} {stock:>18}  {verdict}");
    }
    Ok(!lines.iter().any(|line| line.bad))
}

impl Line {
    fn new(found: &Tally, stock: &Tally, worse: &[String]) -> Line {
        for problem in worse {
            println!("  worse: {problem}");
        }
        Line {
            row: String::new(),
            on: String::new(),
            found: found.to_string(),
            stock: stock.to_string(),
            verdict: if worse.is_empty() { "ok".to_owned() } else { "WORSE, see above".to_owned() },
            bad: !worse.is_empty(),
        }
    }
}

fn on_cpython(row: &Row, interpreter: &Interpreter, figures: &Figures) -> Result<Line> {
    let stock = expected(row, figures, &interpreter.series())?;
    let found = suite(row, interpreter, false)?;
    Ok(Line::new(&found, stock, &verdict::worse(&found, stock)))
}

/// Returns what stock passes on this version of Python, or on the nearest version that was measured.
fn expected<'a>(row: &Row, figures: &'a Figures, series: &str) -> Result<&'a Tally> {
    let (measured, stock) = figures.nearest(row, series)?;
    if measured != series {
        println!("  compared with stock on CPython {measured}");
    }
    Ok(stock)
}

/// Builds and runs a suite with stock. The line is bad only if the suite cannot be measured.
fn measure_stock(row: &Row, interpreter: &Interpreter, figures: &mut Figures, write: bool) -> Result<Line> {
    let series = interpreter.series();
    let found = suite(row, interpreter, true)?;
    if let Some(note) = &found.note {
        bail!("{note}");
    }
    let recorded = figures.get(row, &series);
    let verdict = match recorded {
        Some(recorded) if *recorded == found => "as recorded",
        _ if write => "recorded",
        Some(_) => "DIFFERENT",
        None => "not recorded yet",
    };
    let line = Line {
        row: String::new(),
        on: String::new(),
        found: found.to_string(),
        stock: recorded.map_or_else(|| "-".to_owned(), Tally::to_string),
        verdict: verdict.to_owned(),
        bad: verdict == "DIFFERENT",
    };
    if write {
        figures.record(row, &series, &found)?;
    }
    Ok(line)
}

/// Builds the crate for CPython and runs its suite.
fn suite(row: &Row, interpreter: &Interpreter, stock: bool) -> Result<Tally> {
    let side = if stock { "stock" } else { "ours" };
    let kind = format!("{side}-{}", interpreter.tag());
    let tree = fetch::unpack(row, &folder().join("trees").join(&kind).join(row.id()))?;
    if !stock {
        patch(row, &tree, false)?;
    }
    let python = python::environment(interpreter, &row.id(), &row.requirements)?;
    let log = log_file(row, &kind)?;
    if row.module.is_none() {
        let cargo = interpreter.prepare(build::for_cpython(row, &tree, &kind, "test"));
        return cargo_test(row, &cargo.env("PYTHONPATH", python::packages(&python)?), stock, &log);
    }
    // An extension module is not linked with libpython. maturin sets this variable too.
    let cargo = interpreter.prepare(build::for_cpython(row, &tree, &kind, "build")).args(["--lib"]);
    let built = build::run(&cargo.env("PYO3_BUILD_EXTENSION_MODULE", "1").env("PYO3_PYTHON", &python))?;
    check(&built, stock)?;
    let library = built.files.first().context("the crate makes no shared library")?;
    let site = build::lay_out(row, &tree, library)?;
    let cmd = pytest(row, interpreter.prepare(Cmd::new(&python)), &tree, &[site], &log)?;
    run_pytest(&cmd, &log)
}

/// Patches the crate to use ours, updates its lock file as far as necessary, and proves that the patch works.
fn patch(row: &Row, tree: &Path, rustpython: bool) -> Result<()> {
    let mut plan = Plan::new(&tree.join(&row.manifest), rustpython)?;
    plan.write()?;
    let proof = plan.settle()?;
    if !proof.problems.is_empty() {
        let list: Vec<_> = proof.problems.iter().map(ToString::to_string).collect();
        bail!("the crate would not use ours\n{}", list.join("\n"));
    }
    println!("  patched with {}", proof.ours.join(", "));
    Ok(())
}

/// Runs `cargo test` with this command, after inspecting what it builds.
fn cargo_test(row: &Row, cargo: &Cmd, stock: bool, log: &Path) -> Result<Tally> {
    check(&build::run(&cargo.clone().arg("--no-run"))?, stock)?;
    let cmd = cargo.clone().arg("--no-fail-fast").args(&row.tests).env("CARGO_TERM_COLOR", "never");
    println!("  $ {}", cmd.brief());
    let status = cmd.log(log, LIMIT)?;
    let mut tally = Tally::of_cargo(&fs::read_to_string(log)?);
    if status.is_none() {
        tally.note = Some("it was stopped: it took too long".to_owned());
    } else if status.is_some_and(|status| !status.success()) && tally.failed.is_empty() {
        tally.note.get_or_insert_with(|| "cargo failed, but no test did".to_owned());
    }
    announce(&tally, log);
    Ok(tally)
}

/// Checks, by the packages that cargo compiled and by the bytes of the files, that only the right PyO3 is used.
fn check(built: &Built, stock: bool) -> Result<()> {
    let wrong = if stock { &built.ours } else { &built.stock };
    if !wrong.is_empty() {
        bail!("cargo compiled {}", wrong.join(", "));
    }
    println!("  {}", evidence::prove(&built.files, stock)?);
    Ok(())
}

/// Returns the command that runs the suite with `program`, which behaves like Python.
fn pytest(row: &Row, program: Cmd, tree: &Path, path: &[PathBuf], log: &Path) -> Result<Cmd> {
    let plugins = folder().join("plugins");
    fs::create_dir_all(&plugins)?;
    fs::write(plugins.join("downstream_report.py"), REPORT)?;
    let path = path.iter().chain([&plugins]);
    Ok(program
        .dir(tree)
        .args(["-m", "pytest", "-p", "downstream_report", "-p", "no:cacheprovider", "-o", "addopts=", "-q", "-rfE"])
        .args(["--color=no", "--tb=short"])
        .args(&row.tests)
        .env("PYTHONPATH", std::env::join_paths(path)?)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYO3_DOWNSTREAM_REPORT", log.with_extension("jsonl")))
}

fn run_pytest(cmd: &Cmd, log: &Path) -> Result<Tally> {
    println!("  $ {}", cmd.brief());
    let report = log.with_extension("jsonl");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let status = cmd.log(log, LIMIT)?;
    let text = fs::read_to_string(&report).unwrap_or_default();
    let mut tally = Tally::of_pytest(&text);
    if let Some(note) = &mut tally.note {
        *note = match status {
            Some(status) => format!("{note} ({status})"),
            None => "it was stopped: it took too long".to_owned(),
        };
    }
    announce(&tally, log);
    Ok(tally)
}

/// Prints the figures, and the path of the output if there is a problem.
fn announce(tally: &Tally, log: &Path) {
    println!("  passed / failed / skipped: {tally}");
    if !tally.failed.is_empty() || tally.note.is_some() {
        println!("  output: {}", log.display());
    }
}

fn log_file(row: &Row, kind: &str) -> Result<PathBuf> {
    let logs = folder().join("logs");
    fs::create_dir_all(&logs)?;
    Ok(logs.join(format!("{}-{kind}.log", row.id())))
}

fn on_rustpython(row: &Row, pythonless: &Pythonless, figures: &Figures) -> Result<Line> {
    let stock = expected(row, figures, RUSTPYTHON)?;
    if let Some(reason) = &row.rustpython.skip {
        println!("  not run: {reason}");
        return Ok(Line {
            row: String::new(),
            on: String::new(),
            found: "-".to_owned(),
            stock: stock.to_string(),
            verdict: "not run there, see above".to_owned(),
            bad: false,
        });
    }
    let found = suite_on_rustpython(row, pythonless)?;
    Ok(Line::new(&found, stock, &verdict::worse_on_rustpython(&found, stock, row)))
}

/// Builds the crate for RustPython and runs its suite.
fn suite_on_rustpython(row: &Row, pythonless: &Pythonless) -> Result<Tally> {
    let log = log_file(row, "rustpython")?;
    let tree = fetch::unpack(row, &folder().join("trees/rustpython").join(row.id()))?;
    if row.module.is_some() {
        return suite_in_a_bundle(row, pythonless, &tree, &log);
    }
    // Uses the versions of this workspace, so that all crates share one build of the virtual machine.
    fs::copy(root().join("Cargo.lock"), tree.join("Cargo.lock"))?;
    patch(row, &tree, true)?;
    let cargo = pythonless.prepare(build::for_rustpython(row, &tree, "test")?);
    cargo_test(row, &cargo, false, &log)
}

/// Builds an executable that contains the crate and pytest, and runs the suite with it.
fn suite_in_a_bundle(row: &Row, pythonless: &Pythonless, tree: &Path, log: &Path) -> Result<Tally> {
    let program = folder().join("programs").join(format!("{}{}", row.id(), std::env::consts::EXE_SUFFIX));
    let requirements = row.rustpython.requirements.as_ref().unwrap_or(&row.requirements);
    bundle::run(&flags::Bundle {
        output: Some(program.clone()),
        pip: requirements.clone(),
        ..bundle::options(vec![tree.to_string_lossy().into_owned()])
    })?;
    println!("  {}", evidence::prove(std::slice::from_ref(&program), false)?);
    let empty = folder().join("empty-modules").join(row.id());
    fs::create_dir_all(&empty)?;
    for module in &row.rustpython.empty_modules {
        fs::write(empty.join(format!("{module}.py")), "")?;
    }
    let mut cmd = pytest(row, pythonless.prepare(Cmd::new(&program)), tree, &[empty], log)?;
    for test in row.rustpython.left_out.keys() {
        let option = if test.contains("::") { "--deselect" } else { "--ignore" };
        cmd = cmd.arg(format!("{option}={test}"));
    }
    run_pytest(&cmd, log)
}
