//! Conversions of `Path` and `PathBuf`: to `pathlib.Path`; from any object for which `os.fspath` returns a `str`.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::sync::PyOnceLock;
use crate::types::{PyAny, PyAnyMethods, PyString};
use crate::{Borrowed, Bound, Py, PyErr, PyResult, Python};

impl<'py> IntoPyObject<'py> for &Path {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!("pathlib" "Path");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        CLASS.import(py, "pathlib", "Path")?.call1((self.as_os_str(),))
    }
}

macro_rules! by_reference {
    ($($ty:ty)*) => {
        $(
            impl<'py> IntoPyObject<'py> for $ty {
                type Target = PyAny;
                type Output = Bound<'py, PyAny>;
                type Error = PyErr;
                output_type!("pathlib" "Path");

                #[inline]
                fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
                    let path: &Path = self.as_ref();
                    path.into_pyobject(py)
                }
            }
        )*
    };
}

by_reference! { &&Path PathBuf &PathBuf Cow<'_, Path> &Cow<'_, Path> }

/// Returns `os.fspath(object)`.
fn fspath<'py>(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    static FSPATH: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    FSPATH.import(object.py(), "os", "fspath")?.call1((object,))
}

impl FromPyObject<'_, '_> for PathBuf {
    type Error = PyErr;
    input_type!((type crate::types::PyString) | (("os" "PathLike")[(type crate::types::PyString)]));

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if object.is_exact_instance_of::<PyString>() {
            return object.extract::<OsString>().map(PathBuf::from);
        }
        fspath(object)?.extract::<OsString>().map(PathBuf::from)
    }
}

impl<'a> FromPyObject<'a, '_> for Cow<'a, Path> {
    type Error = PyErr;
    input_type!(from PathBuf);

    fn extract(object: Borrowed<'a, '_, PyAny>) -> PyResult<Self> {
        if !object.is_instance_of::<PyString>() {
            return object.extract::<PathBuf>().map(Cow::Owned);
        }
        Ok(match object.extract::<Cow<'a, OsStr>>()? {
            Cow::Borrowed(path) => Cow::Borrowed(Path::new(path)),
            Cow::Owned(path) => Cow::Owned(PathBuf::from(path)),
        })
    }
}
