//! `cargo xtask book`: the guide as a book, with links to the API docs. The tests compile its Rust examples.

mod api;
mod folder;
mod link;
mod pages;

use anyhow::Result;

use crate::metadata;
use crate::sh::{Cmd, root};
use crate::tools;

/// Builds the book into `target/book`, with the API docs in `target/book/api`, and checks every link of its pages.
///
/// # Errors
///
/// If a tool cannot be installed, the docs or the book do not build, or a link is broken.
pub fn run() -> Result<()> {
    let target = metadata::target_folder()?;
    let docs = api::build(&target)?;
    let source = target.join("guide");
    pages::write(&root().join("guide/src"), &source, &api::Index::read(&docs)?)?;
    // The configuration of the book, except for the folder with the pages.
    Cmd::new(tools::mdbook()?).args(["build", "guide"]).env("MDBOOK_BOOK__SRC", &source).dir(root()).run()?;
    let book = root().join("target/book");
    folder::copy(&docs, &book.join(pages::API))?;
    let start = book.join("index.html");
    // Links into the API docs have been resolved to a file and a place in it. rustdoc checks those between its own files.
    Cmd::new(tools::linkchecker()?)
        .args(["--no-status", "--no-warnings", &format!("--no-follow-url=/{}/", pages::API)])
        .arg(&start)
        .run()?;
    println!("{}", start.display());
    Ok(())
}
