//! Mistakes in `#[pymodule]`.

use pyo3::prelude::*;

#[pymodule]
fn takes_nothing() -> PyResult<()> {
    Ok(())
}

#[pymodule(nmae = "typo")]
fn unknown_option(_module: &Bound<'_, PyModule>) -> PyResult<()> {
    Ok(())
}

#[pymodule]
mod two_starts {
    use pyo3::prelude::*;

    #[pymodule_init]
    fn one(_module: &Bound<'_, PyModule>) -> PyResult<()> {
        Ok(())
    }

    #[pymodule_init]
    fn two(_module: &Bound<'_, PyModule>) -> PyResult<()> {
        Ok(())
    }
}

#[pymodule]
#[allow(unused_imports)]
mod exports {
    #[pymodule_export]
    fn function() {}

    #[pymodule_export]
    use super::*;
}

#[pymodule]
unsafe fn no_promises(_module: &Bound<'_, PyModule>) -> PyResult<()> {
    Ok(())
}

#[pymodule]
struct NoModule;

fn main() {}
