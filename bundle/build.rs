//! Links a static libffi, which `ctypes` uses, if an archive of it exists, so that the executable depends only on the C
//! library.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=CC");
    let linux = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux");
    // The local compiler only knows the libraries of this machine.
    let native = env::var("HOST") == env::var("TARGET");
    if !linux || !native || env::var_os("CARGO_FEATURE_FROZEN").is_none() {
        return;
    }
    if let Some(archive) = ["libffi_pic.a", "libffi.a"].into_iter().find_map(find) {
        let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("archives");
        fs::create_dir_all(&folder).expect("cargo made the folder above");
        fs::copy(archive, folder.join("libffi.a")).expect("the archive can be read");
        // The linker searches this folder first and finds no shared library in it.
        println!("cargo:rustc-link-search=native={}", folder.display());
    }
}

/// Finds a file among the libraries of the C compiler.
fn find(name: &str) -> Option<PathBuf> {
    let compiler = env::var_os("CC").unwrap_or_else(|| "cc".into());
    let output = Command::new(compiler).arg(format!("-print-file-name={name}")).output().ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    // For an unknown file, the compiler prints only the name.
    Some(PathBuf::from(path.trim())).filter(|path| path.is_absolute() && Path::new(path).is_file())
}
