//! Fetches source distributions from a Python package index.
//!
//! This does not use pip: pip runs the build system of a package to learn its name and version, and a bundle needs no
//! Python. The index lists files and their hashes in a documented format (`https://peps.python.org/pep-0691/`).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::sh::{Cmd, on_path};

const INDEX: &str = "https://pypi.org/simple";
const FORM: &str = "application/vnd.pypi.simple.v1+json";
/// Marks a folder as completely unpacked.
const DONE: &str = ".unpacked";

/// The index's description of a package.
#[derive(Debug, Deserialize)]
pub struct Listing {
    files: Vec<File>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct File {
    filename: String,
    url: String,
    hashes: Hashes,
    /// `false`, or the reason as text.
    #[serde(default)]
    yanked: serde_json::Value,
}

#[derive(Clone, Debug, Deserialize)]
struct Hashes {
    sha256: Option<String>,
}

/// A package, with an optional version: `rpds-py@2026.9.1`, or with `==` as in pip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub name: String,
    pub version: Option<String>,
}

impl Wanted {
    /// # Errors
    ///
    /// If the text is not the name of a package.
    pub fn parse(text: &str) -> Result<Wanted> {
        let (name, version) = match text.split_once("==").or_else(|| text.split_once('@')) {
            Some((name, version)) => (name.trim(), Some(version.trim().to_owned())),
            None => (text.trim(), None),
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let version_is_plain =
            version.as_ref().is_none_or(|version| !version.is_empty() && version.chars().all(|c| plain(c) || c == '+'));
        if name.is_empty() || !name.chars().all(plain) || !version_is_plain {
            bail!(
                "`{text}` is neither a folder nor the name of a package\n  remedy: give a folder with a Cargo.toml, or NAME or \
                 NAME@VERSION as on PyPI"
            );
        }
        Ok(Wanted { name: name.to_owned(), version })
    }

    /// Returns the normalised name, as indexes use it.
    fn key(&self) -> String {
        let mut key = String::new();
        for part in self.name.split(['-', '_', '.']).filter(|part| !part.is_empty()) {
            if !key.is_empty() {
                key.push('-');
            }
            key.push_str(&part.to_ascii_lowercase());
        }
        key
    }
}

/// Returns the folder of a source distribution. Fetches it unless it was fetched before.
///
/// # Errors
///
/// If there is no source distribution, or no network.
pub fn sdist(wanted: &Wanted, cache: &Path) -> Result<PathBuf> {
    let folder = cache.join(wanted.key());
    if let Some(found) = fetched(wanted, &folder) {
        return Ok(found);
    }
    let (version, archive) = archive(wanted, &folder)?;
    let target = folder.join(&version);
    unpack(&archive, &target)?;
    fs::remove_file(&archive)?;
    Ok(target)
}

/// Fetches the archive of a source distribution into `folder`, and checks its hash. Returns the version and the file.
///
/// # Errors
///
/// If there is no source distribution, or no network.
pub fn archive(wanted: &Wanted, folder: &Path) -> Result<(String, PathBuf)> {
    let listing = listing(wanted, folder)?;
    let (version, file) = choose(wanted, &listing)?;
    eprintln!("fetching {}", file.filename);
    let archive = folder.join(&file.filename);
    download(&file.url, &archive, None, wanted)?;
    verify(&archive, file)?;
    Ok((version, archive))
}

/// Returns the SHA-256 of a file in hexadecimal.
///
/// # Errors
///
/// If the file cannot be read.
pub fn sha256(file: &Path) -> Result<String> {
    let digest = Sha256::digest(fs::read(file).with_context(|| format!("cannot read {}", file.display()))?);
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Returns the folder that was fetched before, with the newest version if there are several.
fn fetched(wanted: &Wanted, folder: &Path) -> Option<PathBuf> {
    let done = |folder: &Path| folder.join(DONE).is_file();
    if let Some(version) = &wanted.version {
        return Some(folder.join(version)).filter(|folder| done(folder));
    }
    let entries = fs::read_dir(folder).ok()?.flatten();
    let found = entries.map(|entry| entry.path()).filter(|path| done(path));
    let newest = found.max_by_key(|path| release(&path.file_name().unwrap_or_default().to_string_lossy()))?;
    let version = newest.file_name().unwrap_or_default().to_string_lossy();
    eprintln!(
        "using {} {version}, which was fetched before; `--with {}@VERSION` selects another",
        wanted.name, wanted.name
    );
    Some(newest)
}

fn listing(wanted: &Wanted, cache: &Path) -> Result<Listing> {
    let index = std::env::var("PIP_INDEX_URL").ok().filter(|url| !url.is_empty());
    let index = index.unwrap_or_else(|| INDEX.to_owned());
    let url = format!("{}/{}/", index.trim_end_matches('/'), wanted.key());
    fs::create_dir_all(cache)?;
    let file = cache.join(format!("{}.json", wanted.key()));
    download(&url, &file, Some(FORM), wanted)?;
    let text = fs::read_to_string(&file)?;
    fs::remove_file(&file)?;
    serde_json::from_str(&text).with_context(|| {
        format!(
            "{url} does not answer in the format {FORM}\n  remedy: set PIP_INDEX_URL to an index that does (PyPI is \
             {INDEX}), or fetch and unpack the source distribution of {} yourself, and name its folder",
            wanted.name
        )
    })
}

/// Returns the requested or else the newest version, and its file.
///
/// # Errors
///
/// If there is no source distribution.
pub fn choose<'a>(wanted: &Wanted, listing: &'a Listing) -> Result<(String, &'a File)> {
    let mut candidates: Vec<(String, &File)> = Vec::new();
    for file in &listing.files {
        let Some(stem) = file.filename.strip_suffix(".tar.gz") else { continue };
        let Some((name, version)) = stem.rsplit_once('-') else { continue };
        let same = Wanted { name: name.to_owned(), version: None }.key() == wanted.key();
        let yanked = !matches!(file.yanked, serde_json::Value::Null | serde_json::Value::Bool(false));
        if same && (!yanked || wanted.version.as_deref() == Some(version)) {
            candidates.push((version.to_owned(), file));
        }
    }
    if let Some(version) = &wanted.version {
        candidates.sort_by_key(|(version, _)| release(version));
        let versions: Vec<_> = candidates.iter().map(|(version, _)| version.clone()).collect();
        return candidates.into_iter().find(|(found, _)| found == version).with_context(|| {
            let last = versions.iter().rev().take(5).rev().cloned().collect::<Vec<_>>().join(", ");
            format!(
                "the index has no source distribution of {} {version}\n  there are: {}\n  remedy: ask for one of these",
                wanted.name,
                if last.is_empty() { "none" } else { &last }
            )
        });
    }
    let newest = candidates.into_iter().max_by_key(|(version, _)| release(version));
    newest.with_context(|| {
        format!(
            "the index has no source distribution of {}\n  remedy: get its source elsewhere, and name the folder",
            wanted.name
        )
    })
}

/// Returns a key to order versions: pre-releases before releases, then by number.
fn release(version: &str) -> (bool, Vec<u64>) {
    let finished = version.chars().all(|c| c.is_ascii_digit() || c == '.') || version.contains(".post");
    let numbers = version.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok());
    (finished, numbers.collect())
}

/// Downloads a file on machines without curl.
const DOWNLOAD: &str = "import shutil, sys, urllib.request
url, file, form = sys.argv[1:]
request = urllib.request.Request(url, headers={'Accept': form})
with urllib.request.urlopen(request) as source, open(file, 'wb') as target:
    shutil.copyfileobj(source, target)
";

fn download(url: &str, file: &Path, form: Option<&str>, wanted: &Wanted) -> Result<()> {
    let form = form.unwrap_or("*/*");
    let cmd = if on_path("curl").is_some() {
        Cmd::new("curl")
            .args(["--silent", "--show-error", "--fail", "--location", "--retry", "2"])
            .args(["--header", &format!("Accept: {form}"), "--output"])
            .arg(file)
            .arg(url)
    } else if let Some(python) = on_path("python3") {
        Cmd::new(python).args(["-c", DOWNLOAD, url]).arg(file).arg(form)
    } else {
        bail!(
            "`curl` or `python3` is needed to fetch {}\n  remedy: install one; or unpack the source distribution yourself, \
             and name its folder",
            wanted.name
        );
    };
    let Err(error) = cmd.read() else { return Ok(()) };
    let text = format!("{error:#}");
    if text.contains("error: 404") || text.contains("Error 404") {
        bail!(
            "there is no package {} at {url}\n  remedy: name it as PyPI does; a folder is given by its path",
            wanted.name
        );
    }
    bail!(
        "{} cannot be fetched\n{}\n  remedy: check the network, or give the folder of an unpacked source distribution",
        wanted.name,
        text.lines().last().unwrap_or_default()
    )
}

/// Checks a file against the hash from the index.
fn verify(archive: &Path, file: &File) -> Result<()> {
    let Some(wanted) = &file.hashes.sha256 else {
        bail!(
            "the index gives no SHA-256 for {}, so it cannot be checked\n  remedy: fetch and unpack it yourself, and name \
             its folder",
            file.filename
        );
    };
    let found = sha256(archive)?;
    if found != *wanted {
        fs::remove_file(archive)?;
        bail!(
            "{} has the SHA-256 {found}, but the index says {wanted}\n  remedy: try again; if that \
             does not help, something changes what you fetch",
            file.filename
        );
    }
    Ok(())
}

/// Unpacks an archive, which contains a single folder, into `target`.
fn unpack(archive: &Path, target: &Path) -> Result<()> {
    let tar = on_path("tar").context("`tar` is needed to unpack source distributions\n  remedy: install it")?;
    let partial = target.with_extension("partial");
    if partial.exists() {
        fs::remove_dir_all(&partial)?;
    }
    if target.exists() {
        // There is no mark, so an earlier run was interrupted.
        fs::remove_dir_all(target)?;
    }
    fs::create_dir_all(&partial)?;
    Cmd::new(tar).arg("-xzf").arg(archive).arg("-C").arg(&partial).read()?;
    let inner = fs::read_dir(&partial)?.flatten().map(|entry| entry.path()).find(|path| path.is_dir());
    let inner = inner.with_context(|| format!("{} has no folder in it", archive.display()))?;
    fs::write(inner.join(DONE), "")?;
    fs::rename(&inner, target)?;
    fs::remove_dir_all(&partial)?;
    Ok(())
}
