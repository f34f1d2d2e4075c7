//! Checks that this backend keeps the contract, both in full and reduced to its required operations, with assertions on
//! every call.

use pyo3_backend_decorators::{Checked, Core};
use pyo3_backend_rustpython::RustPython;

pyo3_backend_suite::contract_suite!(whole: RustPython);
pyo3_backend_suite::contract_suite!(core: Core<RustPython>);
pyo3_backend_suite::contract_suite!(checked: Checked<RustPython>);
pyo3_backend_suite::contract_suite!(checked_core: Checked<Core<RustPython>>);
