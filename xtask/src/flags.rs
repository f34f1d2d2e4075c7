//! The command line.

use std::path::PathBuf;

use crate::runtime::Choice;

xflags::xflags! {
    /// Development tasks. `cargo xtask <command> --help` explains one command.
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
        /// Runs all tests on every runtime: the boundary check, xtask's own tests, the suite of tests/, unit tests,
        /// examples in docs, and the check of the C declarations. RustPython is built and tested in an environment
        /// without any Python. Failures listed in tests/known_gaps.toml are expected; all else fails.
        cmd test {
            /// cpython, rustpython, or all (the default).
            optional --runtime RUNTIME: Choice
            /// A CPython to test with; may be repeated. Else those of PYO3_TEST_PYTHONS (separated as in PATH), else
            /// PYO3_PYTHON, else python3 on PATH.
            repeated --python PATH: PathBuf
            /// Runs only these test files (comma-separated, without `.rs`; a crate's name for its unit tests).
            optional --only FILES: String
        }
    }
}
