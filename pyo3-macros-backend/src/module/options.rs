//! The options of `#[pymodule]`.

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{LitStr, Path};

use crate::options::{self, Name, OptionSet};

/// The options of `#[pymodule]`.
#[derive(Default)]
pub struct ModuleOptions {
    /// `crate`
    pub krate: Option<Path>,
    /// `name`
    pub name: Option<Name>,
    /// `module`
    pub module: Option<LitStr>,
    /// `submodule`
    pub submodule: bool,
    /// `gil_used`
    pub gil_used: Option<bool>,
}

impl OptionSet for ModuleOptions {
    const OWNER: &'static str = "`#[pymodule]`";
    const NAMES: &'static [&'static str] = &["crate", "name", "module", "submodule", "gil_used"];

    fn apply(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        match name.to_string().as_str() {
            "crate" => self.krate = Some(options::quoted_path(input)?),
            "name" => self.name = Some(options::python_name(input)?),
            "module" => self.module = Some(options::string(input)?),
            "submodule" => self.submodule = options::flag(input)?,
            _ => self.gil_used = Some(options::flag(input)?),
        }
        Ok(())
    }
}
