//! `slice`.

use pyo3_backend::{SliceIndices, SliceOps, kind};
use pyo3_ffi as ffi;

use crate::convert::{from_ssize, raw, status, to_ssize};
use crate::{At, CPython, Outcome, Owned, Ref};

impl SliceOps for CPython {
    #[inline]
    fn slice_new<'py>(py: At<'py>, start: Ref<'_>, stop: Ref<'_>, step: Ref<'_>) -> Owned<'py, kind::Slice> {
        owned_or_abort!(py, unsafe ffi::PySlice_New(raw(start), raw(stop), raw(step)))
    }

    #[inline]
    fn slice_from_indices<'py>(py: At<'py>, start: isize, stop: isize, step: isize) -> Owned<'py, kind::Slice> {
        let part = |part| -> Owned<'py, kind::Int> { owned_or_abort!(py, unsafe ffi::PyLong_FromSsize_t(part)) };
        let (start, stop, step) = (part(start), part(stop), part(step));
        owned_or_abort!(py, unsafe ffi::PySlice_New(raw(start.as_ref()), raw(stop.as_ref()), raw(step.as_ref())))
    }

    #[inline]
    fn slice_indices<'py>(py: At<'py>, slice: Ref<'_, kind::Slice>, length: usize) -> Outcome<'py, SliceIndices> {
        let (mut start, mut stop, mut step) = (0, 0, 0);
        // SAFETY: attached, with a slice by its kind; the step is not 0, because the first call succeeded.
        let len = unsafe {
            status(py, ffi::PySlice_Unpack(raw(slice), &mut start, &mut stop, &mut step))?;
            ffi::PySlice_AdjustIndices(to_ssize(length), &mut start, &mut stop, step)
        };
        Ok(SliceIndices { start, stop, step, len: from_ssize(len) })
    }
}
