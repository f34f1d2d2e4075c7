//! `pytypedefs.h`: structures that stay opaque.

#[cfg(not(Py_LIMITED_API))]
pub(crate) use libc::FILE;

opaque! {
    PyThreadState;
    PyInterpreterState;
    PyFrameObject;
    PyCodeObject;
}
