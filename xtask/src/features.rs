//! `cargo xtask features`: checks that each optional feature of `pyo3` compiles alone, and that all compile together.
//!
//! A feature that needs another without declaring it compiles if some other crate turns that one on, and fails for
//! users who enable it alone.

use std::time::Instant;

use anyhow::{Result, bail};

use crate::metadata;
use crate::python::Which;
use crate::runtime::{Choice, Runtime, runtimes};
use crate::sh::{Cmd, root};
use crate::{artifacts, flags};

/// Features that are not checked alone: the beginnings of their names, and the reasons.
const ELSEWHERE: [(&str, &str); 6] = [
    ("default", "not a feature itself"),
    ("full", "a set of features"),
    ("runtime-", "the runtime is chosen by `--runtime`"),
    ("abi3", "depends on the version of Python; `cargo xtask ci` has configurations for that"),
    ("extension-module", "deprecated, only affects linking"),
    ("generate-import-lib", "deprecated, only affects linking on Windows"),
];

/// Compiles the combinations. Returns whether all succeed.
///
/// # Errors
///
/// If cargo fails to list the features, or there is no runtime to build for.
pub fn run(options: &flags::Features) -> Result<bool> {
    let choice = options.runtime.unwrap_or(Choice::CPython);
    let mut good = true;
    let mut kinds = Vec::new();
    for runtime in runtimes(choice, Which::Chosen(&options.python))? {
        // The version of CPython does not matter here, so the first one is enough.
        if !kinds.contains(&runtime.name()) {
            kinds.push(runtime.name());
            good &= check(&runtime)?;
        }
    }
    Ok(good)
}

/// Compiles all combinations for `runtime`, and prints a line for each.
///
/// # Errors
///
/// If cargo fails to list the features.
pub fn check(runtime: &Runtime) -> Result<bool> {
    let features = optional()?;
    let mut combinations = vec![Vec::new()];
    combinations.extend(features.iter().map(|feature| vec![feature.as_str()]));
    combinations.push(features.iter().map(String::as_str).collect());

    println!("== features on {}", runtime.title());
    let (start, mut failed) = (Instant::now(), Vec::new());
    for combination in &combinations {
        let title = match combination[..] {
            [] => "none".to_owned(),
            [one] => one.to_owned(),
            _ => format!("all {}", combination.len()),
        };
        let began = Instant::now();
        let outcome = if compiles(runtime, combination)? { "ok" } else { "FAILED" };
        println!("{title:28} {outcome:>6} {:>6.1} s", began.elapsed().as_secs_f64());
        if outcome != "ok" {
            failed.push(title);
        }
    }
    println!("{} combinations, {} failed, {:.0} s", combinations.len(), failed.len(), start.elapsed().as_secs_f64());
    if !failed.is_empty() {
        println!(
            "remedy: declare in pyo3/Cargo.toml what each of these features needs, or make the code that needs more \
             depend on that: {}",
            failed.join(", ")
        );
    }
    Ok(failed.is_empty())
}

/// Returns the features that users can turn on.
fn optional() -> Result<Vec<String>> {
    let all = metadata::features(&root(), "pyo3")?;
    for (name, _) in ELSEWHERE {
        if !all.iter().any(|feature| feature.starts_with(name)) {
            bail!("pyo3 has no feature `{name}`\n  remedy: remove it from the list in xtask/src/features.rs");
        }
    }
    let is_elsewhere = |feature: &String| ELSEWHERE.iter().any(|(name, _)| feature.starts_with(name));
    Ok(all.into_iter().filter(|feature| !is_elsewhere(feature)).collect())
}

/// Whether `pyo3` compiles with exactly these features.
fn compiles(runtime: &Runtime, features: &[&str]) -> Result<bool> {
    let mut list: Vec<String> = features.iter().map(|feature| format!("pyo3/{feature}")).collect();
    if let Runtime::RustPython(_) = runtime {
        list.push("pyo3/runtime-rustpython".to_owned());
    }
    let cmd = Cmd::cargo().args(["check", "-p", "pyo3", "--no-default-features", "--quiet"]);
    let cmd = cmd.args(["--message-format=json", "--features", &list.join(",")]);
    // Warnings count: they reveal code that only another feature uses.
    let mut warned = false;
    let success = artifacts::messages(&runtime.prepare(cmd), |message| {
        if message["reason"] == "compiler-message" {
            warned |= message["message"]["level"] == "warning";
            eprint!("{}", message["message"]["rendered"].as_str().unwrap_or_default());
        }
    })?;
    Ok(success && !warned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_of_users_are_found() {
        let features = optional().expect("cargo takes our manifest");
        for feature in ["anyhow", "chrono", "jiff-02", "macros", "experimental-inspect", "experimental-async", "uuid"] {
            assert!(features.iter().any(|found| found == feature), "{feature} is not among {features:?}");
        }
        assert!(features.iter().all(|feature| !feature.starts_with("runtime") && feature != "default"));
    }
}
