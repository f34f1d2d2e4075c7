//! The options of `#[pymodule]`.

use syn::{LitStr, Path};

use crate::options::{Flag, Name, One, options};

options! {
    /// The options of `#[pymodule]`.
    pub struct ModuleOptions for "`#[pymodule]`" {
        "crate" krate: One<Path>, "The path of this crate, where it has another name.";
        "name" name: One<Name>, "The name in Python.";
        "module" module: One<LitStr>, "The package that it is in.";
        "submodule" submodule: One<Flag>, "It is part of another module, and cannot be imported by itself.";
        "gil_used" gil_used: One<bool>, "Whether it relies on the global interpreter lock.";
    }
}
