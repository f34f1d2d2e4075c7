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

#[pymodule(name = "my-module")]
fn dashed(_module: &Bound<'_, PyModule>) -> PyResult<()> {
    Ok(())
}

#[pymodule(submodule, submodule)]
fn twice(_module: &Bound<'_, PyModule>) -> PyResult<()> {
    Ok(())
}

#[pymodule(gil_used = "no")]
fn lock_as_text(_module: &Bound<'_, PyModule>) -> PyResult<()> {
    Ok(())
}

#[pymodule(module = 1)]
fn module_as_number(_module: &Bound<'_, PyModule>) -> PyResult<()> {
    Ok(())
}

#[pymodule]
async fn waits(_module: &Bound<'_, PyModule>) -> PyResult<()> {
    Ok(())
}

#[pymodule]
fn takes_too_much(_module: &Bound<'_, PyModule>, _more: i32) -> PyResult<()> {
    Ok(())
}

#[pymodule]
fn generic<T>(_module: &Bound<'_, PyModule>) -> PyResult<()> {
    Ok(())
}

#[pymodule]
fn with_functions(m: &Bound<'_, PyModule>) -> PyResult<()> {
    #[pyfn(m, nmae = "typo")]
    fn unknown() {}

    #[pyfn]
    fn without_module() {}

    #[pyfn(m)]
    fn generic<T>(_value: T) {}

    Ok(())
}

#[pymodule]
mod marks {
    use pyo3::prelude::*;

    #[pymodule_export]
    struct Class;

    #[pymodule_export]
    static NUMBER: i32 = 1;

    #[pymodule_export]
    type Alias = Class;

    #[pymodule_export]
    mod inner {}

    #[pymodule_export(name = "other")]
    const WITH_OPTIONS: i32 = 1;

    #[pymodule_init]
    unsafe fn init(_module: &Bound<'_, PyModule>) -> PyResult<()> {
        Ok(())
    }
}

fn main() {}
