//! Tests `append_to_inittab!`. It must run before the interpreter starts, so it needs a separate process.

use pyo3::append_to_inittab;
use pyo3::prelude::*;

#[pymodule]
fn linked_in(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("answer", 42)
}

#[pymodule]
mod linked_in_declared {
    use pyo3::prelude::*;

    #[pyfunction]
    fn double(number: i32) -> i32 {
        number * 2
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("more", "here")
    }
}

#[test]
fn linked_modules_are_imported() {
    append_to_inittab!(linked_in);
    append_to_inittab!(linked_in_declared);
    Python::attach(|py| {
        py.run(
            c"
import linked_in, sys
assert linked_in.answer == 42 and linked_in.__name__ == 'linked_in'
assert sys.modules['linked_in'] is linked_in
assert linked_in.__spec__ is not None
import linked_in as again
assert again is linked_in
from linked_in_declared import double, more
assert double(4) == 8 and more == 'here'
assert 'linked_in' in sys.builtin_module_names
",
            None,
            None,
        )
        .map_err(|error| error.display(py))
        .unwrap();
        assert!(py.import("linked_in").unwrap().is(py.import("linked_in").unwrap()));
    });
}
