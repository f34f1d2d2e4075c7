//! Compiles the functions that only C can define.

fn main() {
    println!("cargo:rerun-if-changed=src/varargs.c");
    cc::Build::new().file("src/varargs.c").warnings(true).compile("pyo3_ffi_varargs");
}
