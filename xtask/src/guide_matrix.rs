//! `cargo xtask guide-matrix`: the guide's page of test results per runtime, made from the suite and its known gaps.
//!
//! `cargo xtask test` fails if a test fails that is no known gap, and if a known gap passes, so this page states what
//! the tests show.

use std::fs;

use anyhow::{Context, Result};

use crate::guide_page::Page;
use crate::sh::root;
use crate::suite::gaps::{self, Gap};

const PAGE: Page =
    Page { file: "guide/src/matrix.md", source: "the suite and tests/known_gaps.toml say", command: "guide-matrix" };
const SUITE: &str = "tests/tests/suite";

/// The columns: the name of a runtime on the page, and its name in the file of known gaps.
const RUNTIMES: [(&str, &str); 2] = [("CPython", "cpython"), ("RustPython", "rustpython")];

const HEAD: &str = "\
# What the tests show

<p class=\"runtimes\"><b>CPython</b> <b>RustPython</b></p>

<!-- Written by `cargo xtask guide-matrix --write`, from the suite and tests/known_gaps.toml. Do not edit. -->

The same test suite runs on every runtime. Each row is a module of the suite. A test that is known to fail is a *gap*; the list
below the table says why. `cargo xtask test` runs the gaps as well, and fails if one of them passes.

";

/// Compares the page with the suite, or writes it.
///
/// # Errors
///
/// If a file cannot be read or written.
pub fn run(write: bool) -> Result<bool> {
    PAGE.keep(page()?, write)
}

fn page() -> Result<String> {
    let columns: Vec<(&str, Vec<Gap>)> =
        RUNTIMES.iter().map(|&(title, name)| Ok((title, gaps::of(&[name])?))).collect::<Result<_>>()?;
    let mut text = HEAD.to_owned();
    text.push_str("| tests |");
    columns.iter().for_each(|(title, _)| text.push_str(&format!(" {title} |")));
    text.push_str("\n|---|");
    columns.iter().for_each(|_| text.push_str("---|"));
    text.push('\n');
    for module in modules()? {
        text.push_str(&format!("| `{module}` |"));
        for (_, gaps) in &columns {
            let start = format!("suite::{module}::");
            match gaps.iter().filter(|gap| gap.test.starts_with(&start)).count() {
                0 => text.push_str(" all pass |"),
                1 => text.push_str(" 1 gap |"),
                count => text.push_str(&format!(" {count} gaps |")),
            }
        }
        text.push('\n');
    }
    for (title, gaps) in &columns {
        text.push_str(&format!("\n## Gaps on {title}\n\n"));
        if gaps.is_empty() {
            text.push_str("None.\n");
        }
        for Gap { test, reason } in gaps {
            text.push_str(&format!("- `{test}`: {reason}\n"));
        }
    }
    Ok(text)
}

/// Lists the modules of the suite, files and folders, in alphabetical order.
fn modules() -> Result<Vec<String>> {
    let entries = fs::read_dir(root().join(SUITE)).with_context(|| format!("reading {SUITE}"))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            if entry.path().is_dir() { Some(name) } else { name.strip_suffix(".rs").map(str::to_owned) }
        })
        .filter(|name| name != "main")
        .collect();
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_guide_says_what_the_tests_show() {
        assert!(super::run(false).unwrap(), "run `cargo xtask guide-matrix --write`");
    }
}
