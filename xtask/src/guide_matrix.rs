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

struct Column {
    title: &'static str,
    /// The `runtime` of the gaps that only this column has.
    own: &'static str,
    /// The `runtime` of gaps that an earlier column has, too.
    shared: Option<&'static str>,
}

const COLUMNS: [Column; 3] = [
    Column { title: "CPython", own: "cpython", shared: None },
    Column { title: "RustPython", own: "rustpython", shared: None },
    Column { title: "RustPython on WebAssembly", own: "wasm", shared: Some("rustpython") },
];

const HEAD: &str = "\
# What the tests show

<p class=\"runtimes\"><b>CPython</b> <b>RustPython</b> <b>WebAssembly</b></p>

<!-- Written by `cargo xtask guide-matrix --write`, from the suite and tests/known_gaps.toml. Do not edit. -->

The same test suite runs on every runtime. Each row is a module of the suite. A test that is known to fail is a *gap*; the list
below the table says why. `cargo xtask test` (for WebAssembly, `cargo xtask wasm --suite`) runs the gaps as well, and fails if
one of them passes.

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
    let mut text = HEAD.to_owned();
    let titles: Vec<&str> = COLUMNS.iter().map(|column| column.title).collect();
    text.push_str(&format!("| tests | {} |\n|---|{}\n", titles.join(" | "), "---|".repeat(COLUMNS.len())));
    let all = COLUMNS.iter().map(|column| {
        let names: Vec<&str> = column.shared.into_iter().chain([column.own]).collect();
        gaps::of(&names)
    });
    let all: Vec<Vec<Gap>> = all.collect::<Result<_>>()?;
    for module in modules()? {
        let start = format!("suite::{module}::");
        let cells = all.iter().map(|gaps| match gaps.iter().filter(|gap| gap.test.starts_with(&start)).count() {
            0 => "all pass".to_owned(),
            1 => "1 gap".to_owned(),
            count => format!("{count} gaps"),
        });
        text.push_str(&format!("| `{module}` | {} |\n", cells.collect::<Vec<_>>().join(" | ")));
    }
    for column in COLUMNS {
        text.push_str(&format!("\n## Gaps on {}\n\n", column.title));
        if let Some(shared) = column.shared.and_then(|own| COLUMNS.iter().find(|column| column.own == own)) {
            text.push_str(&format!("Those of {}, and:\n\n", shared.title));
        }
        let gaps = gaps::of(&[column.own])?;
        if gaps.is_empty() {
            text.push_str("None.\n");
        }
        // One reason often holds for several tests.
        for same in gaps.chunk_by(|one, next| one.reason == next.reason) {
            let tests: Vec<String> = same.iter().map(|gap| format!("`{}`", gap.test)).collect();
            match &tests[..] {
                [test] => text.push_str(&format!("- {test}: {}\n", same[0].reason)),
                tests => {
                    text.push_str(&format!("- {} ({} tests)", same[0].reason, tests.len()));
                    tests.iter().for_each(|test| text.push_str(&format!("\n  - {test}")));
                    text.push('\n');
                }
            }
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
