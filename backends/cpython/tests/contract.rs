//! Checks that this backend keeps the contract, both in full and reduced to its required operations, with assertions on
//! every call.

use pyo3_backend_cpython::CPython;
use pyo3_backend_decorators::{Checked, Core};

pyo3_backend_suite::contract_suite!(whole: CPython);
pyo3_backend_suite::contract_suite!(core: Core<CPython>);
pyo3_backend_suite::contract_suite!(checked: Checked<CPython>);
pyo3_backend_suite::contract_suite!(checked_core: Checked<Core<CPython>>);
