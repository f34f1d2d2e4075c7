//! The patch in a crate's `.cargo/config.toml`.
//!
//! The patch is a block of text between two marks at the end of the file, so removing it restores the previous contents
//! exactly. (A TOML editor would reformat the rest.) Nothing is written unless the whole file is valid TOML.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use toml::Table;

use super::family::Ours;
use super::graph::Kept;

const BEGIN: &str = "# >>> written by `cargo xtask patch`; `cargo xtask patch --undo` takes it away";
/// Follows [`BEGIN`] if the previous text did not end with a newline.
const JOINED: &str = " (and the end of the line above)";
/// Follows [`BEGIN`] if there was no file.
const MADE: &str = " with the file";
const END: &str = "# <<< written by `cargo xtask patch`";

/// The file that contains a patch.
#[derive(Debug)]
pub struct Written {
    pub file: PathBuf,
}

/// Returns a path as a TOML string.
pub fn quoted(path: &Path) -> String {
    // TOML accepts the escapes of JSON.
    serde_json::Value::from(path.to_string_lossy().into_owned()).to_string()
}

/// Returns the file that cargo reads. If both exist, cargo prefers the old name without an extension.
fn file(root: &Path) -> PathBuf {
    let old = root.join(".cargo/config");
    if old.is_file() { old } else { root.join(".cargo/config.toml") }
}

/// Writes the block, and replaces an existing one.
///
/// # Errors
///
/// If the file is not TOML, already patches one of the packages, or cannot be written.
pub fn write(root: &Path, packages: &[Ours]) -> Result<Written> {
    let file = file(root);
    let old = match fs::read_to_string(&file) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
    };
    let kept = match old {
        Some(text) => without(&text).map_or(Some(text), |removed| removed),
        None => None,
    };
    if let Some(text) = &kept {
        let parsed: Table = text.parse().with_context(|| format!("{} is not TOML", file.display()))?;
        let patched = parsed.get("patch").and_then(|patch| patch.get("crates-io"));
        for package in packages {
            if patched.is_some_and(|patched| patched.get(&package.name).is_some()) {
                bail!(
                    "{} already patches `{}`\n  remedy: remove that entry, or keep it and omit --write",
                    file.display(),
                    package.name
                );
            }
        }
    }
    let text = with(kept.as_deref(), packages);
    if let Err(error) = text.parse::<Table>() {
        bail!(
            "the patch cannot be appended to {} (is its `patch` an inline table?): {error}\n  remedy: insert the \
             output of `cargo xtask patch` by hand",
            file.display()
        );
    }
    fs::create_dir_all(file.parent().expect("it is in a folder"))?;
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(Written { file })
}

/// Removes the block, or the file if it was created for the block. Returns the file if it contained a block.
///
/// # Errors
///
/// If the file cannot be read or written, or the end of the block is missing.
pub fn undo(root: &Path) -> Result<Option<PathBuf>> {
    let file = file(root);
    let Ok(text) = fs::read_to_string(&file) else { return Ok(None) };
    if text.contains(BEGIN) && !text.contains(END) {
        bail!("{} has lost the line `{END}`\n  remedy: remove the patch by hand", file.display());
    }
    match without(&text) {
        None => return Ok(None),
        Some(Some(rest)) => fs::write(&file, rest)?,
        Some(None) => {
            fs::remove_file(&file)?;
            // The folder was created with the file. It stays if it contains anything else.
            fs::remove_dir(file.parent().expect("it is in a folder")).ok();
        }
    }
    Ok(Some(file))
}

/// Removes the block until the result is dropped.
///
/// # Errors
///
/// As for [`undo`].
pub fn suspended(root: &Path) -> Result<Option<Kept>> {
    let file = file(root);
    if !fs::read_to_string(&file).is_ok_and(|text| text.contains(BEGIN)) {
        return Ok(None);
    }
    let kept = Kept::new(file.clone())?;
    let text = fs::read_to_string(&file)?;
    // Keeps the file, so that its folder is not removed.
    fs::write(&file, without(&text).flatten().unwrap_or_default())?;
    Ok(Some(kept))
}

fn with(text: Option<&str>, packages: &[Ours]) -> String {
    let joined = text.is_some_and(|text| !text.is_empty() && !text.ends_with('\n'));
    let mut whole = text.unwrap_or_default().to_owned();
    if joined {
        whole.push('\n');
    }
    whole.push_str(BEGIN);
    if joined {
        whole.push_str(JOINED);
    }
    if text.is_none() {
        whole.push_str(MADE);
    }
    whole.push('\n');
    // Each package gets a separate table, since `[patch.crates-io]` may exist already and must not occur twice.
    for package in packages {
        whole.push_str(&format!("[patch.crates-io.{}]\npath = {}\n", package.name, quoted(&package.folder)));
    }
    whole.push_str(END);
    whole.push('\n');
    whole
}

/// Returns the text without the block: `None` if there is no block, `Some(None)` if the file should be removed.
fn without(text: &str) -> Option<Option<String>> {
    let begin = text.find(BEGIN)?;
    let end = begin + text[begin..].find(END)? + END.len();
    let first = text[begin..].lines().next().unwrap_or_default();
    let (mut before, after) = (&text[..begin], &text[end..]);
    let after = after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n')).unwrap_or(after);
    if first.contains(JOINED) {
        before = before.strip_suffix('\n').unwrap_or(before);
    }
    let rest = format!("{before}{after}");
    Some((!(first.ends_with(MADE) && rest.is_empty())).then_some(rest))
}
