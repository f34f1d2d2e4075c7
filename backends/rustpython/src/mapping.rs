//! The mapping protocol.

use pyo3_backend::{Attached, DictOps, MappingOps, MappingPart, Outcome, Owned, Ref, SequenceOps, kind};
use rustpython_vm::builtins::PyDict;

use crate::RustPython;
use crate::convert::{lend, lend_as, object, outcome};
use crate::vm::vm;

impl MappingOps for RustPython {
    fn mapping_list<'py>(
        py: Attached<'py, Self>,
        mapping: Ref<'_, Self>,
        part: MappingPart,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::List>> {
        let (mapping, vm) = (object(mapping), vm(py));
        if let Some(dict) = mapping.downcast_ref_if_exact::<PyDict>(vm) {
            let dict = lend_as(dict);
            return Ok(match part {
                MappingPart::Keys => Self::dict_keys(py, dict),
                MappingPart::Values => Self::dict_values(py, dict),
                MappingPart::Items => Self::dict_items(py, dict),
            });
        }
        let parts = outcome(py, vm.call_method(mapping, part.method(), ()))?;
        Self::sequence_to_list(py, lend(&parts))
    }
}
