//! The buffer protocol.

#[cfg(any(not(Py_LIMITED_API), Py_3_11))]
mod present {
    use core::ffi::CStr;

    use pyo3_backend::{BufferLayout, BufferOps, ExceptionType, kind};
    use pyo3_ffi as ffi;

    use crate::convert::raw;
    use crate::{At, CPython, Outcome, Owned, Raised, Ref};

    /// A buffer view. It is boxed because some exporters keep pointers into the structure itself.
    pub struct View(Box<ffi::Py_buffer>);

    // SAFETY: the structure is only read until its release, which needs an attached thread.
    unsafe impl Send for View {}
    // SAFETY: as above.
    unsafe impl Sync for View {}

    impl View {
        /// Returns the slice of the `ndim` values at `first`.
        ///
        /// # Safety
        ///
        /// `first` points to `ndim` values that live as long as the view. It may be anything if `ndim` is zero.
        #[inline]
        unsafe fn dimensions<T>(&self, first: *const ffi::Py_ssize_t) -> &[T] {
            const { assert!(size_of::<T>() == size_of::<ffi::Py_ssize_t>()) };
            if self.0.ndim == 0 {
                return &[];
            }
            // SAFETY: upheld by the caller; sizes and strides are as wide as `Py_ssize_t`.
            unsafe { core::slice::from_raw_parts(first.cast(), self.0.ndim as usize) }
        }
    }

    /// Releases a view without shape or strides and returns the error for it.
    #[cold]
    #[inline(never)]
    fn incomplete(py: At<'_>, view: View) -> Raised<'_> {
        let missing = if view.0.shape.is_null() { c"shape is null" } else { c"strides is null" };
        CPython::buffer_release(py, view);
        Raised::with_message(py, ExceptionType::BufferError, missing)
    }

    impl BufferOps for CPython {
        const HAS_BUFFERS: bool = true;
        type BufferView = View;

        #[inline]
        fn buffer_get<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, View> {
            // Exporters should fill in all fields. Those they leave out read as empty, and the view as read-only.
            // Writing the fields here is cheaper than asking the allocator for zeroed memory.
            let mut view = Box::new(ffi::Py_buffer { readonly: 1, ..ffi::Py_buffer::new() });
            status!(py, unsafe ffi::PyObject_GetBuffer(raw(object), &mut *view, ffi::PyBUF_FULL_RO))?;
            let view = View(view);
            // The flags ask for both. An exporter that leaves one out is broken, and its data would be misread.
            if view.0.ndim != 0 && (view.0.shape.is_null() || view.0.strides.is_null()) {
                return Err(incomplete(py, view));
            }
            Ok(view)
        }

        #[inline]
        fn buffer_layout(view: &View) -> BufferLayout<'_, CPython> {
            let raw = &view.0;
            BufferLayout {
                start: raw.buf.cast(),
                len: raw.len as usize,
                item_size: raw.itemsize as usize,
                read_only: raw.readonly != 0,
                format: match raw.format.is_null() {
                    true => c"B",
                    // SAFETY: the exporter's format is a C string that lives as long as the view.
                    false => unsafe { CStr::from_ptr(raw.format) },
                },
                // SAFETY: `buffer_get` checked that shape and strides are present; each has one value per dimension.
                shape: unsafe { view.dimensions(raw.shape) },
                // SAFETY: as above.
                strides: unsafe { view.dimensions(raw.strides) },
                // SAFETY: not null, so it has one value per dimension.
                suboffsets: (!raw.suboffsets.is_null()).then(|| unsafe { view.dimensions(raw.suboffsets) }),
                // SAFETY: the view owns a reference. If it is not null, it has the layout of a `Global`, which is a
                // non-null pointer.
                object: (!raw.obj.is_null()).then(|| unsafe { &*(&raw const raw.obj).cast() }),
            }
        }

        fn buffer_release(_py: At<'_>, mut view: View) {
            // SAFETY: the view came from `PyObject_GetBuffer`, and is released once, by an attached thread.
            unsafe { ffi::PyBuffer_Release(&mut *view.0) }
        }

        #[inline]
        fn buffer_memoryview<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, Owned<'py, kind::MemoryView>> {
            owned!(py, unsafe ffi::PyMemoryView_FromObject(raw(object)))
        }
    }
}

#[cfg(not(any(not(Py_LIMITED_API), Py_3_11)))]
mod absent {
    use pyo3_backend::{BufferLayout, BufferOps, ExceptionType};

    use crate::{At, CPython, Outcome, Raised, Ref};

    /// An uninhabited view. The box keeps the compiler from calling code unreachable that is unreachable for this ABI
    /// only.
    pub struct View(Box<core::convert::Infallible>);

    impl BufferOps for CPython {
        const HAS_BUFFERS: bool = false;
        type BufferView = View;

        fn buffer_get<'py>(py: At<'py>, _object: Ref<'_>) -> Outcome<'py, View> {
            let text = c"the stable ABI of this version of Python has no buffer protocol";
            Err(Raised::with_message(py, ExceptionType::BufferError, text))
        }

        fn buffer_layout(view: &View) -> BufferLayout<'_, CPython> {
            match *view.0 {}
        }

        fn buffer_release(_py: At<'_>, view: View) {
            match *view.0 {}
        }
    }
}
