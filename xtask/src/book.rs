//! `cargo xtask book`: the guide as a book, with its links checked. The tests compile its Rust examples.

use anyhow::Result;

use crate::sh::{Cmd, root};
use crate::tools;

/// Builds the book into `target/book` and checks every link between its pages.
///
/// # Errors
///
/// If a tool cannot be installed, the book does not build, or a link is broken.
pub fn run() -> Result<()> {
    Cmd::new(tools::mdbook()?).args(["build", "guide"]).dir(root()).run()?;
    let start = root().join("target/book/index.html");
    Cmd::new(tools::linkchecker()?).args(["--no-status", "--no-warnings"]).arg(&start).run()?;
    println!("{}", start.display());
    Ok(())
}
