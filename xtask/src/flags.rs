//! The command line.

use std::path::PathBuf;

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
    }
}
