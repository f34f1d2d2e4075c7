//! Lets the executable find the libpython that the build used. Does nothing on RustPython, which is linked in.

fn main() {
    pyo3_build_config::add_libpython_rpath_link_args();
}
