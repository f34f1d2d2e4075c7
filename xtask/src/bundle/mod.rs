//! `cargo xtask bundle`: builds one executable from RustPython and unmodified extension crates.
//!
//! RustPython cannot load a shared library, so the crates are linked in. For each crate this generates a package with a
//! library that Rust code can depend on (`manifest`), and on top of them a package with a `main` that registers their
//! modules (`host`). All bundles are compiled in one folder, with the same features of RustPython's dependencies
//! (`xtask/bundle.toml`), so that RustPython is compiled only once.

mod archive;
mod check;
pub mod fetch;
mod host;
mod manifest;
mod pip;
mod project;
mod site;
pub mod stdlib;
#[cfg(test)]
mod tests;
pub mod wasm;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use self::host::{Form, Host, Site, Start, Written};
use self::project::Project;
use self::site::Files;
use crate::flags;
use crate::patch::{self, Ours};
use crate::sh::root;

/// Builds the executable.
///
/// # Errors
///
/// If something that was requested cannot be in a bundle, or does not compile.
pub fn run(options: &flags::Bundle) -> Result<bool> {
    check::options(options)?;
    let folder = root().join("target/bundle");
    let Crates { sources, mut projects, patches } = crates(&options.with)?;
    let mut folders = Vec::new();
    for site in &options.site {
        site::check_folder(site)?;
        folders.push(site.canonicalize()?);
    }
    if !options.pip.is_empty() {
        let provided: Vec<_> = projects.iter().map(|project| &project.distribution).collect();
        folders.push(pip::install(&options.pip, &provided, &folder.join("pip"))?);
    }
    if options.target.is_some() {
        let made = wasm::make(options, &wasm::Parts { sources: &sources, projects, patches, folders })?;
        made.announce()?;
        return Ok(true);
    }
    let key = key(options, &sources);
    let work = folder.join("hosts").join(&key);
    let mut files = Files::default();
    let mut locks = BTreeSet::new();
    let mut extensions = Vec::new();
    for project in &mut projects {
        files.merge(std::mem::take(&mut project.files))?;
        for extension in &project.extensions {
            locks.insert(extension.package.manifest_path.with_file_name("Cargo.lock").into_std_path_buf());
        }
    }
    for (source, project) in sources.iter().zip(&projects) {
        locks.insert(source.join("Cargo.lock"));
        for extension in &project.extensions {
            extensions.push((extension, manifest::generate(extension, &folder.join("crates"))?));
        }
    }
    if !files.is_empty() {
        let packages = work.join("packages");
        files.put(&packages)?;
        folders.insert(0, packages);
    }

    let with_archive = options.frozen && !folders.is_empty();
    let start = match (&options.script, &options.module) {
        (Some(script), _) => Start::Script(script.canonicalize()?),
        (None, Some(module)) => Start::Module(module.clone()),
        (None, None) => Start::Arguments,
    };
    let site = if options.frozen && with_archive { Site::Archive } else { Site::Folders(folders.clone()) };
    let host = Host { extensions, site, start, frozen: options.frozen, ssl: options.ssl, patches, form: Form::Native };
    let written = host.write(&work)?;
    written.lock(&locks)?;
    let built = compile(&written, &folder.join("build"), with_archive)?;

    let mut bytes = fs::read(&built.0).with_context(|| format!("cannot read {}", built.0.display()))?;
    if with_archive {
        bytes.extend(archive::make(&folders, &built.1, &work.join("compiled"))?);
    }
    let output = output(options);
    put(&built.0, &output, &bytes)?;
    let size = bytes.len() as f64 / 1e6;
    eprintln!("{} ({size:.1} MB)", output.display());
    if !options.frozen {
        eprintln!(
            "it reads the standard library and the packages from their folders on this machine; --frozen makes a file that \
             needs nothing else"
        );
    }
    Ok(true)
}

/// Returns the options of a bundle for this machine that contains only these crates.
pub fn options(with: Vec<String>) -> flags::Bundle {
    flags::Bundle {
        with,
        output: None,
        frozen: false,
        script: None,
        module: None,
        site: Vec::new(),
        pip: Vec::new(),
        ssl: false,
        target: None,
        style: None,
        stdlib: None,
        opt_level: None,
    }
}

/// The requested crates.
struct Crates {
    sources: Vec<PathBuf>,
    projects: Vec<Project>,
    /// Our packages that replace upstream's.
    patches: Vec<Ours>,
}

/// Finds, fetches and reads crates.
fn crates(with: &[String]) -> Result<Crates> {
    let sources = sources(with, &root().join("target/bundle/sdists"))?;

    let mut projects: Vec<Project> = Vec::new();
    for source in &sources {
        projects.push(project::read(source)?);
    }
    check::modules(&projects)?;
    let mut patches: Vec<Ours> = Vec::new();
    for (source, project) in sources.iter().zip(&projects) {
        for extension in &project.extensions {
            let crate_folder = extension.package.manifest_path.parent().context("a manifest is in a folder")?;
            for ours in patch::replacements(crate_folder.as_std_path())? {
                if !patches.iter().any(|known| known.folder == ours.folder) {
                    patches.push(ours);
                }
            }
            let title = manifest::title(&extension.package);
            eprintln!("{title}: module {}, from {}", extension.module, source.display());
        }
    }
    Ok(Crates { sources, projects, patches })
}

/// Returns the folders of the requested crates, each once.
fn sources(asked: &[String], cache: &Path) -> Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = Vec::new();
    for text in asked {
        // Text that looks like a path is a path, so that a typo does not become the name of a package.
        let path = Path::new(text);
        let is_path = path.exists() || text.contains(std::path::is_separator) || text.starts_with('.');
        let source = match is_path {
            true => match path.canonicalize() {
                Ok(folder) => folder,
                Err(error) => bail!(
                    "there is no folder {text}: {error}\n  remedy: name the folder of an extension crate, or a package of PyPI \
                     as NAME@VERSION"
                ),
            },
            false => fetch::sdist(&fetch::Wanted::parse(text)?, cache)?,
        };
        if !found.contains(&source) {
            found.push(source);
        }
    }
    Ok(found)
}

/// Resolves the graph, checks it, and builds.
fn compile(written: &Written, target: &Path, with_compiler: bool) -> Result<(PathBuf, PathBuf)> {
    let graph = check::resolve(written, None)?;
    check::graph(&graph)?;
    check::announce_compilation(&graph, target)?;
    let built = written.build(target, with_compiler).context(
        "the bundle does not compile; see the compiler's errors above\n  If a crate uses items that `pyo3::ffi` does not \
         have: on RustPython it has functions of the C API, but no C struct layouts.\n  If types must be annotated (E0283): \
         RustPython's dependencies implement traits for numbers; the guide says what to do (\"Bundles\").\n  If the linker \
         does not find `ffi`: install the development package of libffi (Debian: `libffi-dev`).",
    )?;
    check::remember(&graph, target)?;
    Ok(built)
}

/// Returns a folder name that differs for each bundle.
fn key(options: &flags::Bundle, sources: &[PathBuf]) -> String {
    let mut text = format!("{} {} {:?} {:?}\n", options.frozen, options.ssl, options.script, options.module);
    for folder in sources.iter().chain(&options.site) {
        text.push_str(&format!("{}\n", folder.display()));
    }
    text.push_str(&options.pip.join("\n"));
    format!("{:016x}", manifest::hash(Path::new(&text)))
}

/// Returns the path of the executable to write.
fn output(options: &flags::Bundle) -> PathBuf {
    let suffix = std::env::consts::EXE_SUFFIX;
    match (&options.output, &options.script, &options.module) {
        (Some(output), _, _) => output.clone(),
        (None, Some(script), _) => {
            PathBuf::from(format!("{}{suffix}", script.file_stem().unwrap_or_default().to_string_lossy()))
        }
        (None, None, Some(module)) => PathBuf::from(format!("{}{suffix}", module.rsplit('.').next().unwrap_or(module))),
        (None, None, None) => PathBuf::from(format!("python-bundle{suffix}")),
    }
}

/// Writes the executable. Replaces an existing one even while it runs.
fn put(built: &Path, output: &Path, bytes: &[u8]) -> Result<()> {
    if output.is_dir() {
        bail!("{} is a folder\n  remedy: set -o to the file to write", output.display());
    }
    if let Some(folder) = output.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut name = output.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    let partial = output.with_file_name(name);
    let mut file = fs::File::create(&partial).with_context(|| format!("cannot write {}", partial.display()))?;
    file.write_all(bytes)?;
    drop(file);
    fs::set_permissions(&partial, fs::metadata(built)?.permissions())?;
    fs::rename(&partial, output).with_context(|| format!("cannot write {}", output.display()))?;
    Ok(())
}
