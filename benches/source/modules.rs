//! Modules, imports, capsules, code.

use std::hint::black_box;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::code::PyCodeInput;
use pyo3::types::{PyCapsule, PyCode, PyCodeMethods, PyDict};

use crate::program::benches;

benches! {
    "mo"

    new |py| {} => PyModule::new(py, "made")?;
    name |py| { let module = py.import("math")?; } => black_box(&module).name()?;
    dict |py| { let module = py.import("math")?; } => black_box(&module).dict();
    getattr |py| { let module = py.import("math")?; } => black_box(&module).getattr(intern!(py, "pi"))?;
    add |py| { let module = PyModule::new(py, "made")?; } => module.add("name", black_box(7))?;
    add_function |py| {
        let module = PyModule::new(py, "made")?;
        let function = wrap_pyfunction!(crate::module::no_args, &module)?;
    } => module.add_function(function.clone())?;
    import_str |py| {} => py.import("math")?;
    import_submodule |py| {} => py.import("os.path")?;
    capsule_new |py| {} => PyCapsule::new_with_value(py, black_box(7_i64), c"name")?;
    capsule_pointer |py| { let capsule = PyCapsule::new_with_value(py, 7_i64, c"name")?; }
        => black_box(&capsule).pointer_checked(Some(c"name"))?;
    capsule_is_valid |py| { let capsule = PyCapsule::new_with_value(py, 7_i64, c"name")?; }
        => black_box(&capsule).is_valid_checked(Some(c"name"));
    compile |py| {} => PyCode::compile(py, c"1 + 1", c"<made>", PyCodeInput::Eval)?;
    run_code |py| { let code = PyCode::compile(py, c"7", c"<made>", PyCodeInput::Eval)?; let globals = PyDict::new(py); }
        => code.run(Some(&globals), None)?;
}
