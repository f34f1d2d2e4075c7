//! `cargo xtask test --backend`: runs the suite with a decorator around the backend.

use std::str::FromStr;

use crate::runtime::Runtime;

/// A decorator of `backends/decorators`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decorator {
    /// Only the required operations of the contract; all others use their default bodies.
    Core,
    /// Asserts the contract around each operation.
    Checked,
}

impl Decorator {
    /// Returns the name on the command line and in data files.
    pub fn name(self) -> &'static str {
        match self {
            Decorator::Core => "core",
            Decorator::Checked => "checked",
        }
    }

    /// Returns the feature of `pyo3` that puts the decorator around the backend.
    pub fn feature(self) -> String {
        format!("pyo3/backend-{}", self.name())
    }

    /// Returns the names that data files use for entries that concern this decorator on `runtime`.
    pub fn variants(self, runtime: &Runtime) -> [String; 2] {
        [self.name().to_owned(), format!("{}-{}", runtime.name(), self.name())]
    }
}

impl FromStr for Decorator {
    type Err = String;

    fn from_str(name: &str) -> Result<Decorator, String> {
        match name {
            "core" => Ok(Decorator::Core),
            "checked" => Ok(Decorator::Checked),
            _ => Err(format!("`{name}` is not a decorator; the decorators are core and checked")),
        }
    }
}
