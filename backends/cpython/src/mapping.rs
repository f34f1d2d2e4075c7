//! The mapping protocol.

use pyo3_backend::{MappingOps, MappingPart, kind};

use crate::convert::raw;
use crate::{At, CPython, Outcome, Owned, Ref};

impl MappingOps for CPython {
    #[inline]
    fn mapping_list<'py>(py: At<'py>, mapping: Ref<'_>, part: MappingPart) -> Outcome<'py, Owned<'py, kind::List>> {
        match part {
            MappingPart::Keys => owned!(py, unsafe ffi::PyMapping_Keys(raw(mapping))),
            MappingPart::Values => owned!(py, unsafe ffi::PyMapping_Values(raw(mapping))),
            MappingPart::Items => owned!(py, unsafe ffi::PyMapping_Items(raw(mapping))),
        }
    }

    #[inline]
    fn mapping_proxy<'py>(py: At<'py>, mapping: Ref<'_>) -> Outcome<'py, Owned<'py, kind::MappingProxy>> {
        owned!(py, unsafe ffi::PyDictProxy_New(raw(mapping)))
    }
}
