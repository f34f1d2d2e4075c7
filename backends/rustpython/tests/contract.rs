//! The contract, kept by this backend, and by the least of it; asserted on the way, of both.

use pyo3_backend_decorators::{Checked, Core};
use pyo3_backend_rustpython::RustPython;

pyo3_backend_suite::contract_suite!(whole: RustPython);
pyo3_backend_suite::contract_suite!(core: Core<RustPython>);
pyo3_backend_suite::contract_suite!(checked: Checked<RustPython>);
pyo3_backend_suite::contract_suite!(checked_core: Checked<Core<RustPython>>);
