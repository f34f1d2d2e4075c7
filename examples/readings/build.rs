//! Lets the executable find libpython where the build found it. It does nothing on RustPython, which is linked in.

fn main() {
    pyo3_build_config::add_libpython_rpath_link_args();
}
