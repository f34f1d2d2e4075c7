//! Writes the page of examples/playground as a static site.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{PLAYGROUND, crates, toolchain};
use crate::bundle;
use crate::bundle::wasm::Style;
use crate::flags;
use crate::sh::{Cmd, on_path, root};

/// The WebAssembly module that the page loads.
const MODULE: &str = "python.wasm";

/// Builds the module, and bundles the page's scripts with their npm packages.
///
/// # Errors
///
/// If npm is not installed, or something cannot be built.
pub fn write(folder: &Path) -> Result<()> {
    let Some(npm) = on_path("npm") else {
        bail!("npm is not on PATH, which the page's libraries come by\n  remedy: install Node.js, version 20 or later");
    };
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let folder = folder.canonicalize()?;
    let options = flags::Bundle {
        output: Some(folder.join(MODULE)),
        target: Some(toolchain::TARGET.to_owned()),
        style: Some(Style::Reactor),
        ..bundle::options(crates())
    };
    bundle::run(&options)?;

    let page = root().join(PLAYGROUND).join("web");
    let npm = |args: &[&str]| Cmd::new(&npm).dir(&page).args(args);
    npm(&["ci", "--no-audit", "--no-fund"]).run()?;
    npm(&["run", "--silent", "build", "--"]).arg(format!("--outdir={}", folder.display())).run()?;
    for file in ["index.html", "style.css"] {
        fs::copy(page.join(file), folder.join(file)).with_context(|| format!("cannot write {file}"))?;
    }
    let bytes = fs::metadata(folder.join(MODULE))?.len();
    fs::write(folder.join("module.json"), format!("{{\"url\": \"{MODULE}\", \"bytes\": {bytes}}}\n"))?;
    println!("{}: serve it with any server of static files", folder.display());
    Ok(())
}
