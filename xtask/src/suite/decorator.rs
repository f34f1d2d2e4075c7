//! `cargo xtask test --backend`: the suite through a backend around the runtime's own.

use std::str::FromStr;

use crate::runtime::Runtime;

/// A backend of `backends/decorators`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decorator {
    /// The required operations of the contract, and the default bodies of the others.
    Core,
    /// The contract asserted around each operation.
    Checked,
}

impl Decorator {
    /// The name on the command line and in data files.
    pub fn name(self) -> &'static str {
        match self {
            Decorator::Core => "core",
            Decorator::Checked => "checked",
        }
    }

    /// The feature of `pyo3` that puts it around the backend.
    pub fn feature(self) -> String {
        format!("pyo3/backend-{}", self.name())
    }

    /// The names under which data files have what is so with it on `runtime`.
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
            _ => Err(format!("`{name}` is no backend around another one; there are: core, checked")),
        }
    }
}
