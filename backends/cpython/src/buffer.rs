//! The buffer protocol.

#[cfg(any(not(Py_LIMITED_API), Py_3_11))]
mod present {
    use core::ffi::CStr;

    use pyo3_backend::{BufferLayout, BufferOps, ExceptionType, kind};
    use pyo3_ffi as ffi;

    use crate::convert::raw;
    use crate::{At, CPython, Outcome, Owned, Raised, Ref};

    /// Boxed: some exporters keep pointers into the structure itself.
    pub struct View(Box<ffi::Py_buffer>);

    // SAFETY: the structure is only read, but for its release, which needs an attached thread.
    unsafe impl Send for View {}
    // SAFETY: as above.
    unsafe impl Sync for View {}

    impl View {
        /// `count` values at `first`.
        ///
        /// # Safety
        ///
        /// `first` points to that many values, which live as long as the view.
        #[inline]
        unsafe fn dimensions<T>(&self, first: *const ffi::Py_ssize_t) -> &[T] {
            const { assert!(size_of::<T>() == size_of::<ffi::Py_ssize_t>()) };
            if self.0.ndim == 0 {
                return &[];
            }
            // SAFETY: the caller's promise; sizes and strides are as wide as `Py_ssize_t`.
            unsafe { core::slice::from_raw_parts(first.cast(), self.0.ndim as usize) }
        }
    }

    /// The error of a view without shape or strides, which is given back.
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
            // Exporters write all of it, or should: what they leave out reads as nothing, and as read-only. (All zeros would be
            // asked of the allocator, which costs more than to write them.)
            let mut view = Box::new(ffi::Py_buffer { readonly: 1, ..ffi::Py_buffer::new() });
            status!(py, unsafe ffi::PyObject_GetBuffer(raw(object), &mut *view, ffi::PyBUF_FULL_RO))?;
            let view = View(view);
            // Both were asked for; an exporter that leaves one out is wrong, and would be read as what it is not.
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
                // SAFETY: `buffer_get` saw to it that shape and strides are there, one for each dimension.
                shape: unsafe { view.dimensions(raw.shape) },
                // SAFETY: as above.
                strides: unsafe { view.dimensions(raw.strides) },
                // SAFETY: not null, so one for each dimension.
                suboffsets: (!raw.suboffsets.is_null()).then(|| unsafe { view.dimensions(raw.suboffsets) }),
                // SAFETY: the view owns a reference, and where that is not null it is what a `Global` is, a non-null pointer.
                object: (!raw.obj.is_null()).then(|| unsafe { &*(&raw const raw.obj).cast() }),
            }
        }

        fn buffer_release(_py: At<'_>, mut view: View) {
            // SAFETY: the view came from `PyObject_GetBuffer`, and is released once, while attached.
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

    /// There are none. Behind a box, so that the compiler does not call code unreachable that is so for this ABI only.
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
