//! `slice`.

use malachite_bigint::Sign;
use pyo3_backend::{Attached, Outcome, Owned, Ref, SliceIndices, SliceOps, kind};
use rustpython_vm::builtins::PySlice;
use rustpython_vm::{Context, PyObject, PyPayload, PyResult, VirtualMachine};

use crate::RustPython;
use crate::convert::{object, outcome, own_as, payload};
use crate::vm::vm;

/// Returns a bound of a slice, clipped to the range of an index, or `None` if it is omitted.
fn bound(vm: &VirtualMachine, bound: Option<&PyObject>) -> PyResult<Option<isize>> {
    let Some(bound) = bound.filter(|bound| !vm.is_none(bound)) else { return Ok(None) };
    let Some(index) = bound.try_index_opt(vm) else {
        return Err(vm.new_type_error("slice indices must be integers or None or have an __index__ method"));
    };
    let index = index?;
    let index = index.as_bigint();
    let furthest = if index.sign() == Sign::Minus { isize::MIN } else { isize::MAX };
    Ok(Some(isize::try_from(index).unwrap_or(furthest)))
}

fn indices(vm: &VirtualMachine, slice: &PySlice, length: usize) -> PyResult<SliceIndices> {
    let step = bound(vm, slice.step.as_deref())?.unwrap_or(1);
    if step == 0 {
        return Err(vm.new_value_error("slice step cannot be zero"));
    }
    let (first, last) = if step < 0 { (isize::MAX, isize::MIN) } else { (0, isize::MAX) };
    let start = bound(vm, slice.start.as_deref())?.unwrap_or(first);
    let stop = bound(vm, Some(&slice.stop))?.unwrap_or(last);
    // The negated step has to be a valid step too.
    Ok(SliceIndices::clip(start, stop, step.max(-isize::MAX), length))
}

impl SliceOps for RustPython {
    fn slice_new<'py>(
        py: Attached<'py, Self>,
        start: Ref<'_, Self>,
        stop: Ref<'_, Self>,
        step: Ref<'_, Self>,
    ) -> Owned<'py, Self, kind::Slice> {
        let owned = |part| object(part).to_owned();
        let slice = PySlice { start: Some(owned(start)), stop: owned(stop), step: Some(owned(step)) };
        own_as(py, slice.into_ref(Context::genesis()))
    }

    fn slice_indices<'py>(
        py: Attached<'py, Self>,
        slice: Ref<'_, Self, kind::Slice>,
        length: usize,
    ) -> Outcome<'py, Self, SliceIndices> {
        outcome(py, indices(vm(py), payload(slice), length))
    }
}
