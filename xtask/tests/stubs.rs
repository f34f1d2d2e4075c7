//! Tests the output of `cargo xtask stubs` for an example, and its errors.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder of the tools is in the repository").to_owned()
}

/// Runs the command for a CPython that need not be installed, since the library is not loaded.
fn stubs(args: &[&str]) -> Output {
    let configuration = repository().join("backends/cpython/configurations/cpython-3.14.txt");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(repository()).arg("stubs").args(args).env("PYO3_CONFIG_FILE", configuration);
    command.output().expect("it runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it prints UTF-8")
}

fn printed(args: &[&str]) -> String {
    let output = stubs(args);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// Returns the expected stubs of the example.
fn expected() -> String {
    fs::read_to_string(repository().join("examples/wordcount/wordcount.pyi")).expect("it is there")
}

/// Returns the printed file, which follows a line with its name.
fn file(printed: &str) -> &str {
    let (name, text) = printed.split_once('\n').expect("more than one line");
    assert_eq!(name, "# wordcount/__init__.pyi");
    text
}

#[test]
fn an_example_for_cpython() {
    assert_eq!(file(&printed(&["wordcount"])), expected());

    // The result is the same for the folder of the crate, with an output folder, and for the library that was built.
    let folder = repository().join("target/stubs-test-out");
    let output = stubs(&["examples/wordcount", "--output", folder.to_str().expect("a plain name")]);
    assert!(output.status.success() && output.stdout.is_empty(), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(folder.join("wordcount/__init__.pyi")).expect("it is written"), expected());

    let built = text(&output.stderr);
    let line = built.lines().find_map(|line| line.strip_prefix("read: ")).expect("it says which library");
    assert_eq!(file(&printed(&[line])), expected());
    let output = stubs(&[line, "--module", "garden"]);
    let error = text(&output.stderr);
    assert!(
        !output.status.success() && error.contains("its modules: wordcount") && error.contains("remedy: "),
        "{error}"
    );
    let output = stubs(&[line, "--runtime", "cpython"]);
    assert!(text(&output.stderr).contains("only affect building"), "{}", text(&output.stderr));
}

/// Compiles RustPython if necessary, which takes minutes. `cargo xtask ci` runs this test.
#[test]
#[ignore = "compiles RustPython"]
fn an_example_for_rustpython() {
    assert_eq!(file(&printed(&["wordcount", "--runtime", "rustpython"])), expected());
}

#[test]
fn both_runtimes_at_once_are_refused() {
    let output = stubs(&["wordcount", "--runtime", "all"]);
    let error = text(&output.stderr);
    assert!(!output.status.success() && error.contains("one build has one runtime"), "{error}");
}
