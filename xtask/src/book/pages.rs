//! The pages of the guide, with links to items replaced by links to the API docs.

use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, bail};
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::api::Index;
use super::folder;
use super::link::Link;
use crate::sh::root;

/// The folder of the API docs in the book.
pub const API: &str = "api";

/// Copies the folder of pages `from` to `to`, with links to items replaced.
///
/// # Errors
///
/// If a file cannot be read or written, or links lead to no item.
pub fn write(from: &Path, to: &Path, index: &Index) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("removing {}", to.display()))?;
    }
    folder::copy(from, to)?;
    let mut broken = Vec::new();
    for entry in fs::read_dir(to)? {
        let file = entry?.path();
        if file.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = fs::read_to_string(&file)?;
        let page = file.strip_prefix(to)?.display().to_string();
        let (text, errors) = linked(&text, |link| index.resolve(link).map(|url| format!("{API}/{url}")));
        broken.extend(errors.iter().map(|error| format!("guide/src/{page}:{error}")));
        // Pages include files from outside the book, by paths from where the pages were.
        let included = text.replace("{{#include ../..", &format!("{{{{#include {}", root().display()));
        fs::write(&file, included)?;
    }
    if !broken.is_empty() {
        broken.sort();
        bail!("links of the guide lead to no item\n{}", broken.join("\n"));
    }
    Ok(())
}

/// Replaces the links to items in `page`. Also returns what is wrong with those that cannot be resolved, each with its
/// line.
fn linked(page: &str, resolve: impl Fn(&Link<'_>) -> Result<String, String>) -> (String, Vec<String>) {
    let mut text = page.to_owned();
    let mut errors = Vec::new();
    // From the end, so that earlier positions stay right.
    for Found { whole, inner, target } in found(page).into_iter().rev() {
        let Some(link) = Link::read(&target) else { continue };
        match resolve(&link) {
            Ok(url) => text.replace_range(whole, &format!("[{}]({url})", &page[inner])),
            Err(remedy) => {
                let line = page[..whole.start].matches('\n').count() + 1;
                errors.push(format!("{line}: {}\n  remedy: {remedy}", &page[whole]));
            }
        }
    }
    (text, errors)
}

/// A link in a page.
struct Found {
    /// All of it.
    whole: Range<usize>,
    /// The text that readers see.
    inner: Range<usize>,
    /// What it leads to.
    target: String,
}

/// Returns the links in a page, also those that only rustdoc takes for links: [`PyList`] without an address.
fn found(page: &str) -> Vec<Found> {
    let undefined = |link: BrokenLink<'_>| {
        // Brackets in prose are not links.
        let is_code = link.link_type == LinkType::Reference || link.reference.starts_with('`');
        is_code.then(|| (CowStr::from(link.reference.to_string()), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(page, Options::ENABLE_TABLES, Some(undefined));
    let mut list: Vec<Found> = Vec::new();
    let mut open = false;
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let start = range.start + 1;
                list.push(Found { whole: range, inner: start..start, target: dest_url.to_string() });
                open = true;
            }
            Event::End(TagEnd::Link) => open = false,
            _ => {
                if let (true, Some(link)) = (open, list.last_mut()) {
                    link.inner.end = link.inner.end.max(range.end);
                }
            }
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(link: &Link<'_>) -> Result<String, String> {
        if link.path == ["Missing"] {
            Err("name another".to_owned())
        } else {
            Ok(format!("api/{}", link.path.join("/")))
        }
    }

    #[test]
    fn links_to_items_get_an_address() {
        let page =
            "A [`PyList`], [`#[pyclass]`](macro@pyclass), [that **one**][`Python::attach`].\n\n| [`Py`] | b |\n|-|-|\n";
        let (text, errors) = linked(page, resolve);
        assert_eq!(
            text,
            "A [`PyList`](api/PyList), [`#[pyclass]`](api/pyclass), [that **one**](api/Python/attach).\n\n\
             | [`Py`](api/Py) | b |\n|-|-|\n"
        );
        assert!(errors.is_empty(), "{errors:?}");
    }

    #[test]
    fn other_text_stays() {
        let page = "A [page](types.md), [site](https://pyo3.rs), [below](#below), a [word], list[int], `[`x`]`.\n\n\
                    ```rust\n/// [`PyList`]\n```\n\n[`cargo xtask`](bundles.md)\n";
        assert_eq!(linked(page, resolve), (page.to_owned(), Vec::new()));
    }

    #[test]
    fn errors_name_line_and_link() {
        let (_, errors) = linked("One\n\n[`Missing`] two\n", resolve);
        assert_eq!(errors, ["3: [`Missing`]\n  remedy: name another"]);
    }
}
