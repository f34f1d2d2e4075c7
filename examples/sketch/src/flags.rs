//! The command line.

use std::path::PathBuf;

xflags::xflags! {
    /// Runs a Python script that draws on `sketch.canvas`, and writes the drawing as an SVG file.
    cmd sketch {
        /// The script.
        required script: PathBuf
        /// The output file. By default, it is written beside the script.
        optional -o,--output FILE: PathBuf
        /// The time limit of the script in seconds (10).
        optional --seconds N: f64
        /// The memory limit of the script in MB (200).
        optional --megabytes N: usize
    }
}
