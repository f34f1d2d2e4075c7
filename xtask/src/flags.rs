//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process;

use crate::bundle::{stdlib::Stdlib, wasm::Style};
use crate::runtime::Choice;
use crate::suite::decorator::Decorator;

/// An option that has the name of a keyword, so that no field can have it; and the name that the field has.
const KEYWORD: (&str, &str) = ("--crate", "--crate-name");

xflags::xflags! {
    /// Development tasks. This help names every command with all its options.
    cmd xtask {
        /// Checks that the frontend names no Python runtime, that macro output goes through `pyo3::impl_`, that
        /// backends do not know each other, and that each build plan has one runtime. Rules and exceptions:
        /// xtask/boundary.toml.
        cmd check-backend-boundary {
            /// Folder to check instead of this repository. It needs an xtask/boundary.toml.
            optional --root DIR: PathBuf
            /// Checks a fixture, `<rule>/<case>` below xtask/fixtures/boundary: it must fail (`clean` must not).
            optional --fixture NAME: String
        }
        /// Prints the operations of the contract: those that a backend must write, and how many have a default body. Fails if
        /// more than sixty are required.
        cmd contract {
        }
        /// Compares the guide's page of options and special methods with the tables that the macros read.
        cmd macro-reference {
            /// Writes the page.
            optional --write
        }
        /// Compares the guide's page of what each runtime passes with the suite and its known gaps.
        cmd guide-matrix {
            /// Writes the page.
            optional --write
        }
        /// Runs all tests on every runtime: the boundary check, xtask's own tests, the suite of tests/, unit tests,
        /// examples in docs, the tests of `ssl`, what was written for older versions of PyO3 (compat/), mistakes in
        /// macros' input, the check of the C declarations, wheels that maturin makes of patched crates (skipped where it
        /// is not installed), and one extension module for the stable ABI that each CPython loads. RustPython is built
        /// and tested in an environment without any Python. Failures listed in tests/known_gaps.toml are expected; all
        /// else fails.
        cmd test {
            /// cpython, rustpython, or all (the default).
            optional --runtime RUNTIME: Choice
            /// A CPython to test with; may be repeated. The default is PYO3_TEST_PYTHONS (separated as in PATH), then
            /// PYO3_PYTHON, then python3 on PATH.
            repeated --python PATH: PathBuf
            /// The CPython half on every CPython 3.9 or later that is found, one after the other: those of
            /// PYO3_TEST_PYTHONS, pyenv's versions, and python3, python and python3.X on PATH with their debug and
            /// free-threaded builds; each once. With `--runtime all`, RustPython too.
            optional --all-pythons
            /// Compiles for the stable ABI (feature `abi3-py39`) instead of for each version's own.
            optional --abi3
            /// Runs the suite alone, through a backend around the runtime's own. `core` has only the operations that the
            /// contract requires, and default bodies for all others; `checked` asserts the contract around each operation.
            optional --backend NAME: Decorator
            /// Runs only these test files (comma-separated, without `.rs`; a crate's name for its unit tests;
            /// `stable-abi` for the module that each CPython loads, `facades` for the tests of compat/,
            /// `wheels` for what maturin makes of patched crates).
            optional --only FILES: String
        }
        /// Compiles the integration tests of the published PyO3 0.30.1 (from cargo's registry, never copied) against
        /// this crate and runs them. Every difference from xtask/conformance.toml is an error.
        cmd conformance {
            /// cpython, rustpython, or all (the default).
            optional --runtime RUNTIME: Choice
            /// A CPython to run on; may be repeated. The default is as for `test`.
            repeated --python PATH: PathBuf
            /// Every CPython that is found, as for `test`.
            optional --all-pythons
            /// Compiles for the stable ABI, as for `test`.
            optional --abi3
            /// Runs only these files (comma-separated, `test_` and `.rs` may be left out).
            optional --only FILES: String
            /// Shows compiler errors and the output of tests that fail.
            optional --verbose
            /// Writes what was found into xtask/conformance.toml; reasons are kept, new ones are yours to write.
            optional --write-expectations
        }
        /// Measures speed. CPython: one set of benchmarks, compiled against this crate and against the published PyO3
        /// 0.30.1; instructions are counted with valgrind where it is installed, times are measured in alternating
        /// rounds. RustPython: a call, beside the same function made by hand and by rustpython-vm's derive macros.
        cmd bench {
            /// cpython, rustpython, or all (the default).
            optional --runtime RUNTIME: Choice
            /// A CPython to measure on; may be repeated. The default is as for `test`.
            repeated --python PATH: PathBuf
            /// Runs only benchmarks whose names contain one of these (comma-separated; CPython only).
            optional --only NAMES: String
            /// Rounds of time measurements (7; fifty times as many, and shorter ones, on RustPython).
            optional --rounds N: usize
            /// Fails if a limit of benches/limits.toml is exceeded. Times on CPython have no limit: without valgrind this
            /// fails, too, unless --times-only says that no instructions are wanted.
            optional --check
            /// Counts no instructions (CPython only), for machines without valgrind.
            optional --times-only
            /// Writes what was counted or measured on CPython into a file, as JSON: `unit`, and `benchmarks` with `name`,
            /// `ours`, `stock` and `ratio` of each.
            optional --json FILE: PathBuf
        }
        /// Makes some 37,000 calls on objects of all sorts, with this crate and with the published PyO3 0.30.1, and compares
        /// what they answer. Every difference from compare/known.toml is an error. CPython only.
        cmd compare {
            /// A CPython to compare on; may be repeated. The default is as for `test`.
            repeated --python PATH: PathBuf
        }
        /// Runs the tests under valgrind's memcheck, with CPython's own allocator turned off. It takes an hour or so for
        /// each runtime. Errors that are not ours are in tests/valgrind.supp, tests that are left out in
        /// tests/valgrind.toml; any other error fails.
        cmd valgrind {
            /// cpython, rustpython, or all (the default).
            optional --runtime RUNTIME: Choice
            /// A CPython to run on; may be repeated. The default is as for `test`.
            repeated --python PATH: PathBuf
            /// Runs only these test files (comma-separated, without `.rs`; a crate's name for its unit tests).
            optional --only FILES: String
            /// Runs only the test of this name, with all its modules; may be repeated.
            repeated --test NAME: String
        }
        /// Counts the words of a folder's .py files with examples/wordcount, first on RustPython (embedded, in an
        /// environment without any Python), then on CPython if there is one, and compares the results.
        cmd demo {
            /// The folder. The default is the standard library that comes with RustPython.
            optional folder: PathBuf
            /// The CPython to use. The default is as for `test`.
            repeated --python PATH: PathBuf
        }
        /// Makes a crate that was written for PyO3 use this one: prints the `[patch.crates-io]` table for it, resolves the
        /// crate with that table, and checks that ours is used and upstream's is not. Fails if not: it looks for the
        /// ways in which cargo drops a patch without an error (a feature that is missing here, a locked dependency, an
        /// exact requirement, a clash of `links`) and says what to do. The lock file stays as it is.
        cmd patch {
            /// The folder of the crate or workspace (the current one).
            optional dir: PathBuf
            /// cpython (the default) or rustpython.
            optional --runtime RUNTIME: Choice
            /// Writes the patch into .cargo/config.toml of the crate's workspace, below what is there.
            optional --write
            /// Removes what --write wrote.
            optional --undo
        }
        /// Makes one executable of RustPython, extension crates that were written for PyO3, and packages of Python. The
        /// crates are not edited. It behaves as `python` does; with --script or --module it is an application, which runs
        /// that and nothing else. RustPython is compiled at the first time, which takes some minutes; all bundles share it.
        cmd bundle {
            /// A crate: its folder, or the package of PyPI whose source distribution is to be fetched, as NAME or
            /// NAME@VERSION; may be repeated.
            repeated --with CRATE: String
            /// The file to write. The default is `python-bundle`, or the name of the script or module.
            optional -o, --output FILE: PathBuf
            /// Puts the standard library and the packages into the file, which then needs nothing else. Without it, they
            /// are read from where they are on this machine.
            optional --frozen
            /// Runs this script, and nothing else.
            optional --script FILE: PathBuf
            /// Runs this module as `python -m` does, and nothing else.
            optional --module NAME: String
            /// A folder with packages of Python, as in PYTHONPATH; may be repeated.
            repeated --site DIR: PathBuf
            /// A package of PyPI that has a wheel of Python alone, as NAME or NAME==VERSION, with what it depends on; may
            /// be repeated. It needs pip, of any Python.
            repeated --pip NAME: String
            /// Adds the module `ssl`.
            optional --ssl
            /// A module of WebAssembly instead, for browsers and any WASI host: `wasm32-wasip1`. Everything is in the
            /// file. The guide says more (`browser.md`).
            optional --target TARGET: String
            /// With --target: `command` (the default) is a program, `reactor` exports functions to run code again and
            /// again.
            optional --style STYLE: Style
            /// With --target: which modules of the standard library's Python part are in it: `minimal` (the default),
            /// `full`, or names with commas between, `minimal` among them or not.
            optional --stdlib MODULES: Stdlib
            /// With --target: what the compiler optimises for: s (the default) or z for size, 1 to 3 for speed.
            optional --opt-level LEVEL: String
        }
        /// Builds the demonstration for WebAssembly (examples/playground, as an application and in bundles), runs it under
        /// node's WASI, and compares what it prints with the same on this machine. Prints sizes and times. It needs
        /// a toolchain with the standard library for wasm32-wasip1, and says how to get one.
        cmd wasm {
            /// Only checks that the target compiles. Where there is no toolchain for it, that is said, and is no error.
            optional --check
            /// Runs the suite's tests instead. Those that are known to fail there are in tests/known_gaps.toml, with
            /// `runtime = "wasm"`.
            optional --suite
            /// With --suite: only tests whose names contain this; may be repeated.
            repeated --test NAME: String
            /// Runs the demonstration natively and nothing else, and writes what it prints into this folder.
            optional --write-reference DIR: PathBuf
            /// Compares with what was written there by --write-reference, of another toolchain, and compiles nothing natively.
            optional --reference DIR: PathBuf
            /// Writes what examples/playground needs into this folder instead: a site of static files.
            optional --site DIR: PathBuf
        }
        /// Compiles `pyo3` with no optional feature, with each alone, and with all of them. A warning counts as a failure.
        cmd features {
            /// cpython (the default), rustpython, or all.
            optional --runtime RUNTIME: Choice
            /// A CPython to build for. The default is as for `test`; what compiles is the same for all.
            repeated --python PATH: PathBuf
        }
        /// Prints the type stubs (`.pyi`) of an extension crate, from what the macros write into its library with the feature
        /// `experimental-inspect`. Builds the library, with this PyO3 in place of upstream's, or takes one that is built.
        /// The library is read, not loaded.
        cmd stubs {
            /// The crate: its folder, or the name of a package of this repository. Or a built library.
            required source: PathBuf
            /// cpython (the default) or rustpython. The stubs are the same, unless the crate asks for the version of Python.
            optional --runtime RUNTIME: Choice
            /// The name of the module, if it is not that of the library.
            optional --module NAME: String
            /// Features of the crate to build with (comma-separated).
            optional --features LIST: String
            /// Writes the files below this folder, in a folder with the name of the module.
            optional -o, --output DIR: PathBuf
            /// The CPython to build for. The default is as for `test`; with PYO3_CONFIG_FILE none is needed.
            repeated --python PATH: PathBuf
        }
        /// Builds crates that were written for PyO3, unmodified, with this one in its place, and runs their own tests.
        /// xtask/downstream.toml says which. Fetches their source distributions, proves from what was built that ours is
        /// in it and upstream's is not, and prints how many tests passed, failed and were skipped beside what they do with
        /// the published PyO3. Fails on any difference for the worse, fewer tests included. All is kept below
        /// target/downstream.
        cmd downstream {
            /// cpython, rustpython, or all (the default).
            optional --runtime RUNTIME: Choice
            /// Only this crate, or this suite of a crate (`jiter-rust`); may be repeated.
            repeated --crate-name NAME: String
            /// A CPython to test with; may be repeated. The default is as for `test`.
            repeated --python PATH: PathBuf
            /// Measures the published PyO3 instead, by the same steps (CPython only).
            optional --stock
            /// With --stock: records what was found in xtask/downstream-stock.toml.
            optional --write
        }
        /// Runs everything that must hold before a merge: format, clippy for each runtime, the boundary, all tests, docs for
        /// each runtime, the guide and its links (if mdbook and linkchecker are installed). Ends with a table of the steps.
        cmd ci {
            /// Also what takes minutes and seldom fails: `compare`, `features`, and `stubs` for RustPython.
            optional --all
            /// cpython, rustpython, or all (the default).
            optional --runtime RUNTIME: Choice
            /// A CPython to test with; may be repeated. The default is as for `test`.
            repeated --python PATH: PathBuf
        }
    }
}

/// The command line of this process. Ends it after `--help`, and where the options are wrong.
pub fn parse() -> Xtask {
    let args = std::env::args_os().skip(1).map(field_name).collect();
    Xtask::from_vec(args).unwrap_or_else(|error| {
        let text = error.to_string().replace(KEYWORD.1, KEYWORD.0);
        if error.is_help() {
            println!("{text}");
            process::exit(0);
        }
        eprintln!("{text}");
        process::exit(2)
    })
}

fn field_name(arg: OsString) -> OsString {
    let (option, field) = KEYWORD;
    match arg.to_str().and_then(|arg| arg.strip_prefix(option)) {
        Some("") => field.into(),
        Some(rest) if rest.starts_with('=') => format!("{field}{rest}").into(),
        _ => arg,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_may_have_the_name_of_a_keyword() {
        let args = ["downstream", "--crate", "jiter", "--stock"].map(|arg| field_name(arg.into()));
        let flags = Xtask::from_vec(args.into()).expect("they are options");
        let XtaskCmd::Downstream(flags) = flags.subcommand else { panic!("another command") };
        assert_eq!(flags.crate_name, ["jiter"]);
        assert_eq!(field_name("--crate=jiter".into()), "--crate-name=jiter");
        assert_eq!(field_name("--crates".into()), "--crates");
    }
}
