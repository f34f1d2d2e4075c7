//! `cargo xtask valgrind`: runs the tests under valgrind's memcheck.
//!
//! `tests/valgrind.supp` lists reports about the runtime or the C library, and `tests/valgrind.toml` lists tests that
//! take too long, all with reasons. Every other error counts.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::artifacts::Executable;
use crate::flags;
use crate::libtest::{self, Outcome};
use crate::metadata::{self, Members};
use crate::runtime::{Runtime, chosen_runtimes};
use crate::sh::{Cmd, on_path, root};
use crate::suite::gaps::{self, Gap};
use crate::suite::{self, Totals};

/// The suppressions, in valgrind's own format.
const SUPPRESSIONS: &str = "tests/valgrind.supp";
/// Tests, or whole executables, that are skipped.
const SKIPPED: &str = "tests/valgrind.toml";
/// The packages with these tests. The tests of the backend run too.
const PACKAGES: [&str; 1] = ["pyo3-tests"];
/// The time limit for one executable. Valgrind makes everything 20 to 50 times slower.
const LIMIT: Duration = Duration::from_secs(3 * 60 * 60);

/// Runs the tests. Returns `true` if they pass and memcheck reports nothing.
///
/// # Errors
///
/// If valgrind is not installed, or the tests do not build.
pub fn run(options: &flags::Valgrind) -> Result<bool> {
    let Some(valgrind) = on_path("valgrind") else {
        bail!("valgrind is not installed\n  remedy: install your system's package of that name");
    };
    let only: Vec<&str> = options.only.iter().flat_map(|list| list.split(',')).collect();
    let mut totals = Totals::default();
    for runtime in chosen_runtimes(options.runtime, &options.python, false, false)? {
        println!("\n== {} under valgrind", runtime.title());
        let built = suite::build(&runtime, &Members::read()?, &PACKAGES)?;
        if !built.success {
            built.errors.values().flatten().for_each(|error| println!("{error}"));
            bail!("the tests do not build");
        }
        let skipped = gaps::read(&root().join(SKIPPED), "skip", &[runtime.name(), runtime.variant()])?;
        let mut run = Run { runtime, valgrind: valgrind.clone(), skipped, outcomes: BTreeMap::new(), errors: 0 };
        let wanted = |exe: &&Executable| only.is_empty() || only.contains(&exe.target.as_str());
        for executable in built.executables.iter().filter(wanted) {
            run.executable(executable, &options.test)?;
        }
        let gaps = gaps::known(&run.runtime, None)?;
        let judgement = gaps::judge(&run.outcomes, &gaps, true);
        judgement.failures.iter().for_each(|failure| println!("FAILED {failure}"));
        totals += Totals {
            passed: judgement.passed,
            failed: judgement.failures.len() + run.errors,
            gaps: judgement.expected.len(),
        };
    }
    println!("\n{} passed, {} failed tests and errors of memcheck", totals.passed, totals.failed);
    Ok(totals.failed == 0)
}

/// One runtime's run.
struct Run {
    runtime: Runtime,
    valgrind: PathBuf,
    skipped: Vec<Gap>,
    outcomes: BTreeMap<String, Outcome>,
    errors: usize,
}

impl Run {
    fn executable(&mut self, executable: &Executable, tests: &[String]) -> Result<()> {
        let target = &executable.target;
        if let Some(skip) = self.skipped.iter().find(|skip| skip.test == *target) {
            println!("{target}: skipped: {}", skip.reason);
            return Ok(());
        }
        let logs = metadata::target_folder()?.join("memcheck").join(self.runtime.variant()).join(target);
        if logs.exists() {
            fs::remove_dir_all(&logs)?;
        }
        fs::create_dir_all(&logs)?;

        let plain = Cmd::new(&executable.path);
        let known = libtest::names(&self.runtime.prepare(plain))?;
        // valgrind runs one thread at a time, so parallel tests would gain nothing.
        let mut program = self.under_valgrind(executable, &logs).args(["--test-threads=1", "--exact"]).args(tests);
        for skip in &self.skipped {
            let Some(name) = skip.test.strip_prefix(&format!("{target}::")) else { continue };
            if !known.iter().any(|known| known == name) {
                println!("FAILED {}: there is no such test, but {SKIPPED} names it", skip.test);
                self.errors += 1;
            }
            println!("{}: skipped: {}", skip.test, skip.reason);
            program = program.args(["--skip", name]);
        }

        let start = Instant::now();
        let tests = libtest::run(&self.runtime.prepare(program), LIMIT)?;
        let reports = reports(&logs)?;
        for (name, text) in &tests.output {
            println!("---- {target}::{name}\n{text}");
        }
        if let Some(note) = &tests.note {
            println!("FAILED {target}: {note}");
            self.errors += 1;
        }
        for report in reports.iter().filter(|report| report.errors > 0) {
            println!("{}", report.text);
        }
        let errors: usize = reports.iter().map(|report| report.errors).sum();
        let (count, seconds) = (tests.outcomes.len(), start.elapsed().as_secs());
        println!("{target}: {count} tests, {errors} errors of memcheck, {seconds} s; {}", logs.display());
        self.errors += errors;
        self.outcomes.extend(tests.outcomes.into_iter().map(|(name, outcome)| (format!("{target}::{name}"), outcome)));
        Ok(())
    }

    fn under_valgrind(&self, executable: &Executable, logs: &Path) -> Cmd {
        Cmd::new(&self.valgrind)
            // Interpreters and their objects live until the end of the process, so they would count as leaks.
            .args(["--tool=memcheck", "--leak-check=no", "--error-limit=no", "--num-callers=40"])
            // Without this, a thread that waits in a loop can starve the others.
            .arg("--fair-sched=try")
            // Prints suppressions that can be copied into the file.
            .arg("--gen-suppressions=all")
            .option("--suppressions=", &root().join(SUPPRESSIONS))
            .option("--log-file=", &logs.join("%p.log"))
            .arg(&executable.path)
            .dir(&executable.folder)
            .env("CARGO_MANIFEST_DIR", &executable.folder)
            .env("RUST_BACKTRACE", "0")
            // CPython's own allocator hides errors in the blocks that it hands out.
            .env("PYTHONMALLOC", "malloc")
    }
}

/// memcheck's log of one process.
struct Report {
    errors: usize,
    /// The errors, without the columns on the left. Empty if there are none.
    text: String,
}

fn reports(folder: &Path) -> Result<Vec<Report>> {
    let mut files: Vec<PathBuf> = folder.read_dir()?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let read = |file: &PathBuf| {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(report(&String::from_utf8_lossy(&bytes)))
    };
    files.iter().map(read).collect()
}

/// Reads a log. If the process was killed before the summary, counts the errors in the log.
fn report(log: &str) -> Report {
    let plain = |line: &str| line.split_once("== ").map_or(line, |(_, text)| text).to_owned();
    let summary = log.lines().rev().find_map(|line| line.split_once("ERROR SUMMARY: "));
    let counted = summary.and_then(|(_, text)| text.split_whitespace().next()?.parse().ok());
    let errors = counted.unwrap_or_else(|| log.matches("<insert_a_suppression_name_here>").count());
    let text = if errors == 0 { String::new() } else { log.lines().map(plain).collect::<Vec<_>>().join("\n") };
    Report { errors, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_counted() {
        let clean = "==7== Memcheck\n==7== \n==7== ERROR SUMMARY: 0 errors from 0 contexts (suppressed: 3 from 2)\n";
        assert_eq!(report(clean).errors, 0);
        assert_eq!(report(clean).text, "");
        let bad = "==7== Invalid read of size 8\n==7==    at 0x1: f (x.c:1)\n==7== ERROR SUMMARY: 12 errors from 2 contexts\n";
        assert_eq!(report(bad).errors, 12);
        assert!(report(bad).text.starts_with("Invalid read of size 8\n"), "{}", report(bad).text);
        let killed = "==7== Invalid read of size 8\n{\n   <insert_a_suppression_name_here>\n   Memcheck:Addr8\n}\n";
        assert_eq!(report(killed).errors, 1);
    }

    #[test]
    fn each_suppression_has_a_reason() {
        let text = fs::read_to_string(root().join(SUPPRESSIONS)).expect("the file is there");
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for (number, line) in lines.iter().enumerate() {
            if *line == "{" {
                let before = number.checked_sub(1).map_or("", |index| lines[index]);
                assert!(before.starts_with('#') && before.len() > 20, "line {}: no reason above", number + 1);
            }
        }
    }

    #[test]
    fn what_is_left_out_has_a_reason() {
        for runtime in ["cpython", "rustpython"] {
            gaps::read(&root().join(SKIPPED), "skip", &[runtime]).expect("the file is as documented");
        }
    }
}
