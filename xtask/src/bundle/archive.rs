//! Packs Python files into an archive at the end of an executable.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::site::files_in;
use crate::sh::Cmd;

/// Compiles Python files like `importlib`, and reports files that do not compile. Those are packed anyway: the error is
/// then raised on import.
const COMPILE: &str = "
import os, py_compile, sys
source, target = sys.argv[1:]
for line in sys.stdin.read().splitlines():
    compiled = os.path.join(target, line + 'c')
    os.makedirs(os.path.dirname(compiled), exist_ok=True)
    try:
        py_compile.compile(os.path.join(source, line), compiled, line, doraise=True,
                           invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    except (py_compile.PyCompileError, ValueError) as error:
        print(f'not compiled: {line}: {error}', file=sys.stderr)
";

/// Makes an archive of the files of several folders. If several folders contain the same file, the first one counts.
///
/// `compiler` is an executable that behaves like `python`. Compiled files go to `cache`.
///
/// # Errors
///
/// If a file cannot be read, or the compiler does not run.
pub fn make(folders: &[PathBuf], compiler: &Path, cache: &Path) -> Result<Vec<u8>> {
    let mut files: BTreeMap<String, PathBuf> = BTreeMap::new();
    for (index, folder) in folders.iter().enumerate() {
        let compiled = cache.join(index.to_string());
        let places = files_in(folder)?;
        compile(folder, &places, &compiled, compiler)?;
        for place in places {
            let name = place.to_string_lossy().replace('\\', "/");
            let file = compiled.join(format!("{name}c"));
            if name.ends_with(".py") && file.is_file() {
                files.entry(format!("{name}c")).or_insert(file);
            }
            files.entry(name).or_insert_with(|| folder.join(&place));
        }
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // Without times, the same files make the same archive.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, file) in &files {
        writer.start_file(name.as_str(), options)?;
        writer.write_all(&fs::read(file).with_context(|| format!("cannot read {}", file.display()))?)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// Compiles the files that have changed.
fn compile(folder: &Path, places: &[PathBuf], target: &Path, compiler: &Path) -> Result<()> {
    let time = |file: &Path| fs::metadata(file).and_then(|data| data.modified()).ok();
    let mut list = String::new();
    for place in places.iter().filter(|place| place.extension().is_some_and(|extension| extension == "py")) {
        let name = place.to_string_lossy();
        let compiled = target.join(format!("{name}c"));
        let newest = time(&folder.join(place)).max(time(compiler));
        if time(&compiled).is_none_or(|compiled| Some(compiled) <= newest) {
            list.push_str(&format!("{name}\n"));
        }
    }
    if list.is_empty() {
        return Ok(());
    }
    let cmd = Cmd::new(compiler).args(["-I", "-c", COMPILE]).arg(folder).arg(target);
    let mut child = cmd.command().stdin(std::process::Stdio::piped()).spawn()?;
    child.stdin.take().context("it is piped")?.write_all(list.as_bytes())?;
    let status = child.wait()?;
    anyhow::ensure!(status.success(), "the Python files of {} could not be compiled ({status})", folder.display());
    Ok(())
}
