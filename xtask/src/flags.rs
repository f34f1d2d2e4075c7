//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process;

use crate::bundle::{stdlib::Stdlib, wasm::Style};
use crate::runtime::Choice;
use crate::suite::decorator::Decorator;

/// An option named after a keyword, which no field can be, and the name of its field.
const KEYWORD: (&str, &str) = ("--crate", "--crate-name");

xflags::xflags! {
    /// Development tasks. This help names every command with all its options.
    cmd xtask {
        /// Checks that the frontend names no Python runtime, that macro output goes through `pyo3::impl_`, that
        /// backends do not know each other, and that each build plan has one runtime. Rules and exceptions are in
        /// xtask/boundary.toml.
        cmd check-backend-boundary {
            /// Checks this folder instead of the repository. It must contain an xtask/boundary.toml.
            optional --root DIR: PathBuf
            /// Checks the fixture `<rule>/<case>` of xtask/fixtures/boundary. Every fixture but `clean` must fail.
            optional --fixture NAME: String
        }
        /// Prints the operations of the contract: which ones a backend must write, and how many have a default body.
        /// Fails if more than sixty are required.
        cmd contract {
        }
        /// Checks that the guide's page of macro options and special methods matches the tables of the macros.
        cmd macro-reference {
            /// Writes the page instead of checking it.
            optional --write
        }
        /// Builds the guide as a book in target/book, with the API docs, and checks its links. Installs mdbook and
        /// linkchecker in target/tools if they are not on PATH.
        cmd book {}
        /// Checks that the guide's page of the names of the C API on each runtime matches the docs of pyo3-ffi, which it
        /// builds.
        cmd c-names {
            /// Writes the page instead of checking it.
            optional --write
        }
        /// Checks that the guide's page of test results per runtime matches the suite and its known gaps.
        cmd guide-matrix {
            /// Writes the page instead of checking it.
            optional --write
        }
        /// Runs all tests on every runtime: the boundary check, the tests of xtask, the suite in tests/, unit tests,
        /// doc tests, the tests of `ssl`, code written for older versions of PyO3 (compat/), compile errors of the
        /// macros, the check of the C declarations, wheels that maturin builds from patched crates (it is installed in
        /// target/tools if it is not on PATH), and one stable-ABI extension module that every CPython loads. RustPython is
        /// built and tested in an environment without any Python. Failures listed in tests/known_gaps.toml are expected;
        /// any other failure is an error.
        cmd test {
            /// cpython, rustpython, or all (the default).
            optional --runtime RUNTIME: Choice
            /// A CPython to test with; may be repeated. The default is PYO3_TEST_PYTHONS (separated as in PATH), then
            /// PYO3_PYTHON, then python3 on PATH.
            repeated --python PATH: PathBuf
            /// Runs the CPython half on every CPython 3.9 or later that is found: those of PYO3_TEST_PYTHONS, the
            /// versions of pyenv, and python3, python and python3.X on PATH with their debug and free-threaded builds.
            /// Each one runs once. With `--runtime all`, RustPython runs too.
            optional --all-pythons
            /// Compiles for the stable ABI (feature `abi3-py39`) instead of the ABI of each version.
            optional --abi3
            /// Runs only the suite, with a decorator around the backend. `core` has only the required operations and
            /// uses default bodies for all others; `checked` asserts the contract around each operation.
            optional --backend NAME: Decorator
            /// Runs only these test files (comma-separated, without `.rs`). The name of a crate selects its unit tests,
            /// `stable-abi` the module that every CPython loads, `facades` the tests of compat/, and `wheels` the
            /// wheels that maturin builds from patched crates.
            optional --only FILES: String
        }
        /// Compiles the integration tests of the published PyO3 0.30.1 (from cargo's registry, never copied) against
        /// this crate and runs them. Every difference from xtask/conformance.toml is an error.
        cmd conformance {
            /// cpython, rustpython, or all (the default).
            optional --runtime RUNTIME: Choice
            /// A CPython to run on; may be repeated. The default is as for `test`.
            repeated --python PATH: PathBuf
            /// Runs on every CPython that is found, as for `test`.
            optional --all-pythons
            /// Compiles for the stable ABI, as for `test`.
            optional --abi3
            /// Runs only these files (comma-separated; `test_` and `.rs` may be omitted).
            optional --only FILES: String
            /// Shows compiler errors and the output of failed tests.
            optional --verbose
            /// Writes the results to xtask/conformance.toml. Keeps existing reasons; reasons of new entries must be
            /// added by hand.
            optional --write-expectations
        }
        /// Measures speed. On CPython, compiles one set of benchmarks against this crate and against the published PyO3
        /// 0.30.1, counts instructions with valgrind if it is installed, and measures times in alternating rounds. On
        /// RustPython, compares a call with the same function written by hand and with rustpython-vm's derive macros.
        cmd bench {
            /// cpython, rustpython, or all (the default).
            optional --runtime RUNTIME: Choice
            /// A CPython to measure on; may be repeated. The default is as for `test`.
            repeated --python PATH: PathBuf
            /// Runs only benchmarks whose names contain one of these strings (comma-separated).
            optional --only NAMES: String
            /// Runs only the sample in benches/limits.toml, some 60 benchmarks of all families, with limits wider by a
            /// tenth, and measures no times. Continuous integration does this. CPython only.
            optional --sample
            /// Compares extension modules instead of executables. In a shared library, calls of Python's functions and
            /// thread-local variables cost more. CPython only.
            optional --shared
            /// Compares generated extension modules instead of functions: the size, the time to compile and the
            /// instructions of an import, of modules with nothing, 50 functions, 20 classes, and both. CPython only.
            optional --modules
            /// Number of rounds of time measurements (default 7). RustPython runs fifty times as many, shorter rounds.
            optional --rounds N: usize
            /// Fails if a limit of benches/limits.toml is exceeded. Most limits are for instructions, so this
            /// also fails without valgrind, unless --times-only is given.
            optional --check
            /// Counts no instructions, for machines without valgrind.
            optional --times-only
            /// Measures no times.
            optional --counts-only
            /// Draws the ratios on CPython as an SVG file, for the guide.
            optional --plot FILE: PathBuf
            /// Writes the results on CPython to a JSON file: `unit`, and `benchmarks` with `name`, `ours`, `stock` and
            /// `ratio` of each.
            optional --json FILE: PathBuf
        }
        /// Makes some 37,000 calls on objects of all types with this crate and with the published PyO3 0.30.1, and
        /// compares the results. Every difference from compare/known.toml is an error. CPython only.
        cmd compare {
            /// A CPython to compare on; may be repeated. The default is as for `test`.
            repeated --python PATH: PathBuf
        }
        /// Runs the tests under valgrind's memcheck, with CPython's own allocator turned off. Takes about an hour for
        /// each runtime. tests/valgrind.supp lists errors that are not ours, tests/valgrind.toml lists tests that are
        /// skipped; any other error fails.
        cmd valgrind {
            /// cpython, rustpython, or all (the default).
            optional --runtime RUNTIME: Choice
            /// A CPython to run on; may be repeated. The default is as for `test`.
            repeated --python PATH: PathBuf
            /// Runs only these test files (comma-separated, without `.rs`; a crate's name for its unit tests).
            optional --only FILES: String
            /// Runs only the test with this full name, modules included; may be repeated.
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
        /// Makes a crate that was written for PyO3 use this one: prints the `[patch.crates-io]` table for it, resolves
        /// the crate with that table, and checks that it uses this crate and not upstream's. If it does not, looks for
        /// the reasons for which cargo silently drops a patch (a feature that is missing here, a locked dependency, an
        /// exact requirement, a clash of `links`), says what to do, and fails. Does not change the lock file.
        cmd patch {
            /// The folder of the crate or workspace. The default is the current folder.
            optional dir: PathBuf
            /// cpython (the default) or rustpython.
            optional --runtime RUNTIME: Choice
            /// Appends the patch to .cargo/config.toml of the crate's workspace.
            optional --write
            /// Removes what --write wrote.
            optional --undo
        }
        /// Builds one executable from RustPython, extension crates that were written for PyO3, and Python packages. The
        /// crates are not edited. The executable behaves like `python`; with --script or --module it is an application,
        /// which runs that and nothing else. The first bundle compiles RustPython, which takes some minutes; later
        /// bundles reuse it.
        cmd bundle {
            /// An extension crate: its folder, or a PyPI package whose source distribution is fetched, as NAME or
            /// NAME@VERSION; may be repeated.
            repeated --with CRATE: String
            /// The file to write. The default is `python-bundle`, or the name of the script or module.
            optional -o, --output FILE: PathBuf
            /// Puts the standard library and the packages into the file, which then needs nothing else. Without this
            /// option, the executable reads them from their folders on this machine.
            optional --frozen
            /// Makes an application that runs this script.
            optional --script FILE: PathBuf
            /// Makes an application that runs this module, as `python -m` does.
            optional --module NAME: String
            /// A folder with Python packages, as in PYTHONPATH; may be repeated.
            repeated --site DIR: PathBuf
            /// A PyPI package with a pure-Python wheel, as NAME or NAME==VERSION, and its dependencies; may be
            /// repeated. Needs the pip of any Python.
            repeated --pip NAME: String
            /// Adds the module `ssl`.
            optional --ssl
            /// Builds a WebAssembly module for browsers and any WASI host: `wasm32-wasip1`. The file contains
            /// everything it needs. See `browser.md` in the guide.
            optional --target TARGET: String
            /// With --target: `command` (the default) is a program, `reactor` exports functions that run code
            /// repeatedly.
            optional --style STYLE: Style
            /// With --target: which Python modules of the standard library to include: `minimal` (the default), `full`,
            /// or a comma-separated list of names, which may contain `minimal`.
            optional --stdlib MODULES: Stdlib
            /// With --target: what the compiler optimises for: s (the default) or z for size, 1 to 3 for speed.
            optional --opt-level LEVEL: String
        }
        /// Builds the WebAssembly demonstration (examples/playground, as an application and in bundles), runs it under
        /// node's WASI, and compares its output with that of a native build. Prints sizes and times. Needs a toolchain
        /// with the standard library for wasm32-wasip1; says how to get one if it is missing.
        cmd wasm {
            /// Only checks that the target compiles. Without a toolchain for it, prints a notice and succeeds.
            optional --check
            /// Runs the suite's tests instead. Known failures are in tests/known_gaps.toml, with `runtime = "wasm"`.
            optional --suite
            /// With --suite: runs only tests whose names contain this string; may be repeated.
            repeated --test NAME: String
            /// Runs only the native demonstration, and writes its output into this folder.
            optional --write-reference DIR: PathBuf
            /// Compares with the output that --write-reference wrote into this folder, perhaps with another toolchain,
            /// and skips the native build.
            optional --reference DIR: PathBuf
            /// Instead, writes the files of examples/playground into this folder, as a static site.
            optional --site DIR: PathBuf
        }
        /// Compiles `pyo3` with no optional feature, with each alone, and with all of them. A warning counts as a failure.
        cmd features {
            /// cpython (the default), rustpython, or all.
            optional --runtime RUNTIME: Choice
            /// A CPython to build for. The default is as for `test`; the result is the same for all versions.
            repeated --python PATH: PathBuf
        }
        /// Prints the type stubs (`.pyi`) of an extension crate. Builds its library with this PyO3 and the feature
        /// `experimental-inspect`, or takes a built library, and reads what the macros wrote into it. Does not load the
        /// library.
        cmd stubs {
            /// The folder of the crate, the name of a package of this repository, or a built library.
            required source: PathBuf
            /// cpython (the default) or rustpython. The stubs are the same, unless the crate checks the version of
            /// Python.
            optional --runtime RUNTIME: Choice
            /// The name of the module, if it differs from the name of the library.
            optional --module NAME: String
            /// Features of the crate to build with (comma-separated).
            optional --features LIST: String
            /// Writes the files into a folder named after the module below this folder.
            optional -o, --output DIR: PathBuf
            /// The CPython to build for. The default is as for `test`. None is needed if PYO3_CONFIG_FILE is set.
            repeated --python PATH: PathBuf
        }
        /// Builds the crates listed in xtask/downstream.toml, unmodified, with this crate in place of PyO3, and runs
        /// their own tests. Fetches their source distributions, proves that what was built contains this crate and not
        /// upstream's, and prints how many tests passed, failed and were skipped next to the results with the published
        /// PyO3. Fails if any result is worse or fewer tests ran. Keeps all files below target/downstream.
        cmd downstream {
            /// cpython, rustpython, or all (the default).
            optional --runtime RUNTIME: Choice
            /// Only this crate, or this suite of a crate (such as `jiter-rust`); may be repeated.
            repeated --crate-name NAME: String
            /// A CPython to test with; may be repeated. The default is as for `test`.
            repeated --python PATH: PathBuf
            /// Measures the published PyO3 in the same way instead (CPython only).
            optional --stock
            /// With --stock: records the results in xtask/downstream-stock.toml.
            optional --write
        }
        /// Runs everything that must hold before a merge: format, clippy for each runtime, the boundary check, all
        /// tests, docs for each runtime, and the guide and its links. Ends with a table of the steps.
        cmd ci {
            /// Also runs steps that take minutes and seldom fail: `compare`, `features`, and `stubs` for RustPython.
            optional --all
            /// cpython, rustpython, or all (the default).
            optional --runtime RUNTIME: Choice
            /// A CPython to test with; may be repeated. The default is as for `test`.
            repeated --python PATH: PathBuf
        }
    }
}

/// Parses the command line of this process. Ends the process after `--help`, and if the options are wrong.
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
