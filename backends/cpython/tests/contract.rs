//! The contract, kept by this backend, and by the least of it; asserted on the way, of both.

use pyo3_backend_cpython::CPython;
use pyo3_backend_decorators::{Checked, Core};

pyo3_backend_suite::contract_suite!(whole: CPython);
pyo3_backend_suite::contract_suite!(core: Core<CPython>);
pyo3_backend_suite::contract_suite!(checked: Checked<CPython>);
pyo3_backend_suite::contract_suite!(checked_core: Checked<Core<CPython>>);
