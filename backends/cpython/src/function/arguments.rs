//! The views of the arguments of a call.

use pyo3_backend::{Arguments, KeywordName, StrOps, TupleOps, kind};
use pyo3_ffi as ffi;

use crate::convert::{borrowed, raw, unsigned};
use crate::{At, CPython, Owned, Ref};

/// Arguments on the caller's stack: the positional ones, then the values of the keyword arguments, whose names are in a
/// tuple.
#[derive(Clone, Copy)]
pub struct FastArguments<'a> {
    positional: &'a [Ref<'a>],
    /// As many values as there are names follow the positional arguments.
    names: Option<Ref<'a, kind::Tuple>>,
}

impl<'a> FastArguments<'a> {
    /// No arguments.
    #[inline]
    pub(crate) const fn none() -> Self {
        FastArguments { positional: &[], names: None }
    }

    /// The arguments of a `METH_FASTCALL` function.
    ///
    /// # Safety
    ///
    /// As CPython passes them: `count` objects at `first`, then one for each name in the tuple `names`, if it is not
    /// null; all alive for `'a`.
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    #[inline]
    pub(crate) unsafe fn new(
        first: *const *mut ffi::PyObject,
        count: ffi::Py_ssize_t,
        names: *mut ffi::PyObject,
    ) -> Self {
        // SAFETY: the caller's promise. A `Ref` is a pointer that is not null. Without any argument at all `first` may be
        // null or dangling, which a slice's pointer must not be.
        unsafe {
            let names = core::ptr::NonNull::new(names).map(|names| Ref::from_ptr(names));
            let first = if first.is_null() { core::ptr::NonNull::dangling().as_ptr() } else { first.cast() };
            FastArguments { positional: core::slice::from_raw_parts(first, unsigned(count)), names }
        }
    }
}

impl<'a> Arguments<'a, CPython> for FastArguments<'a> {
    type Name = Keyword<'a>;

    #[inline]
    fn positional(self) -> &'a [Ref<'a>] {
        self.positional
    }

    #[inline]
    fn keyword_count(self) -> usize {
        self.names.map_or(0, |names| {
            // SAFETY: a tuple is at hand, so the thread is attached.
            CPython::tuple_len(unsafe { At::assume() }, names)
        })
    }

    #[inline]
    fn each_keyword<E>(
        self,
        py: At<'_>,
        mut visit: impl FnMut(&Keyword<'a>, Ref<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(names) = self.names else { return Ok(()) };
        let mut value = self.positional.as_ptr_range().end;
        let mut index = 0;
        while let Some(name) = CPython::tuple_get(py, names, index) {
            // SAFETY: CPython puts only strings there; and by `new`, there is one value for each name.
            unsafe {
                visit(&Keyword(name.assume_kind()), *value)?;
                value = value.add(1);
            }
            index += 1;
        }
        Ok(())
    }
}

/// Arguments in a tuple and a dict: how CPython calls `__new__`, `__init__` and `__call__`.
#[derive(Clone, Copy)]
pub struct TupleArguments<'a> {
    positional: &'a [Ref<'a>],
    keywords: Option<Ref<'a, kind::Dict>>,
}

impl TupleArguments<'_> {
    /// Runs `body` with a view of these arguments.
    ///
    /// # Safety
    ///
    /// `args` is a tuple, `kwargs` null or a dict with string keys; both are alive for the call.
    #[inline]
    pub(crate) unsafe fn with<'a, R>(
        args: *mut ffi::PyObject,
        kwargs: *mut ffi::PyObject,
        body: impl FnOnce(TupleArguments<'a>) -> R,
    ) -> R {
        // SAFETY: the caller's promise.
        let keywords = core::ptr::NonNull::new(kwargs).map(|kwargs| unsafe { Ref::from_ptr(kwargs) });
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: a tuple, which keeps its items alive, in an array that is part of it and never changes. A `Ref` is a
        // pointer that is not null.
        let positional = unsafe {
            let first = (&raw const (*args.cast::<ffi::PyTupleObject>()).ob_item).cast();
            core::slice::from_raw_parts(first, unsigned(ffi::PyTuple_GET_SIZE(args)))
        };
        // The limited API does not say where the items are: their pointers are copied.
        #[cfg(Py_LIMITED_API)]
        let (mut few, many);
        #[cfg(Py_LIMITED_API)]
        // SAFETY: a tuple, which keeps its items alive for `'a`. The copies live until `body` is done: its view has no
        // longer a life than this function gives it, for `body` runs inside.
        let positional = unsafe {
            let size = unsigned(ffi::PyTuple_Size(args));
            let item = |index: usize| -> Ref<'a> { borrowed(ffi::PyTuple_GetItem(args, index as ffi::Py_ssize_t)) };
            let copies: &[Ref<'a>] = if size <= FEW {
                few = [None::<Ref<'a>>; FEW];
                for (index, place) in few.iter_mut().take(size).enumerate() {
                    *place = Some(item(index));
                }
                // An optional reference that is there is a reference.
                core::slice::from_raw_parts(few.as_ptr().cast(), size)
            } else {
                many = (0..size).map(item).collect::<Vec<_>>();
                &many
            };
            core::slice::from_raw_parts(copies.as_ptr(), size)
        };
        body(TupleArguments { positional, keywords })
    }
}

/// How many positional arguments are copied to the stack.
#[cfg(Py_LIMITED_API)]
const FEW: usize = 8;

impl<'a> Arguments<'a, CPython> for TupleArguments<'a> {
    type Name = Keyword<'a>;

    #[inline]
    fn positional(self) -> &'a [Ref<'a>] {
        self.positional
    }

    #[inline]
    fn keyword_count(self) -> usize {
        self.keywords.map_or(0, |keywords| {
            // SAFETY: a dict, which is at hand, so the thread is attached.
            unsigned(unsafe { ffi::PyDict_Size(raw(keywords)) })
        })
    }

    #[inline]
    fn each_keyword<E>(
        self,
        _py: At<'_>,
        mut visit: impl FnMut(&Keyword<'a>, Ref<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(keywords) = self.keywords else { return Ok(()) };
        let (mut cursor, mut name, mut value) = (0, core::ptr::null_mut(), core::ptr::null_mut());
        // SAFETY: a dict that belongs to this call: it does not change before the call is over, and keeps names and
        // values alive. All keys were seen to be strings.
        unsafe {
            while ffi::PyDict_Next(raw(keywords), &mut cursor, &mut name, &mut value) != 0 {
                visit(&Keyword(borrowed(name)), borrowed(value))?;
            }
        }
        Ok(())
    }
}

/// The name of a keyword argument.
pub struct Keyword<'a>(Ref<'a, kind::Str>);

impl KeywordName<CPython> for Keyword<'_> {
    #[inline]
    fn text(&self, py: At<'_>) -> Option<&str> {
        CPython::str_to_utf8(py, self.0).ok()
    }

    #[inline]
    fn to_object<'py>(&self, py: At<'py>) -> Owned<'py, kind::Str> {
        self.0.to_owned(py)
    }
}
