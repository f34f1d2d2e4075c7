//! The command line.

use std::path::PathBuf;

xflags::xflags! {
    /// Runs a Python script that draws on `sketch.canvas`, and writes the drawing as an SVG file.
    cmd sketch {
        /// The script.
        required script: PathBuf
        /// Where the drawing goes; else beside the script.
        optional -o,--output FILE: PathBuf
        /// How long the script may run (10).
        optional --seconds N: f64
        /// How much memory the script may take, in MB (200).
        optional --megabytes N: usize
    }
}
