//! Has libffi, which `ctypes` is made of, linked in where there is an archive of it, so that the executable needs the C
//! library and no other.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=CC");
    let linux = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux");
    // The compiler at hand knows where this machine's libraries are, not another's.
    let native = env::var("HOST") == env::var("TARGET");
    if !linux || !native || env::var_os("CARGO_FEATURE_FROZEN").is_none() {
        return;
    }
    if let Some(archive) = ["libffi_pic.a", "libffi.a"].into_iter().find_map(find) {
        let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("archives");
        fs::create_dir_all(&folder).expect("cargo made the folder above");
        fs::copy(archive, folder.join("libffi.a")).expect("the archive can be read");
        // Searched before the folders of the system, and there is no shared library in it.
        println!("cargo:rustc-link-search=native={}", folder.display());
    }
}

/// A file among the libraries of the C compiler.
fn find(name: &str) -> Option<PathBuf> {
    let compiler = env::var_os("CC").unwrap_or_else(|| "cc".into());
    let output = Command::new(compiler).arg(format!("-print-file-name={name}")).output().ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    // Of what it does not know, it prints the name alone.
    Some(PathBuf::from(path.trim())).filter(|path| path.is_absolute() && Path::new(path).is_file())
}
