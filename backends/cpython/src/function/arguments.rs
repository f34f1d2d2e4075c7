//! Views of the arguments of a call.

use core::mem::MaybeUninit;

use pyo3_backend::{Arguments, KeywordName, StrOps, TupleOps, kind};
use pyo3_ffi as ffi;

use crate::convert::{borrowed, from_ssize, raw};
use crate::{At, CPython, Owned, Ref};

/// Arguments on the caller's stack: the positional ones, then the values of the keyword arguments. A tuple has the
/// names.
#[derive(Clone, Copy)]
pub struct FastArguments<'a> {
    /// A pointer rather than a slice, because one value per name follows the positional arguments. Null only if there
    /// are no arguments at all.
    first: *const Ref<'a>,
    count: usize,
    names: Option<Ref<'a, kind::Tuple>>,
}

impl<'a> FastArguments<'a> {
    /// No arguments.
    #[inline]
    pub(crate) const fn none() -> Self {
        FastArguments { first: core::ptr::null(), count: 0, names: None }
    }

    /// Creates the view of the arguments of a `METH_FASTCALL` function.
    ///
    /// # Safety
    ///
    /// The arguments are as CPython passes them: `count` objects at `first`, then one for each name in the tuple
    /// `names` unless that is null. All are alive for `'a`.
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    #[inline]
    pub(crate) unsafe fn new(
        first: *const *mut ffi::PyObject,
        count: ffi::Py_ssize_t,
        names: *mut ffi::PyObject,
    ) -> Self {
        // SAFETY: upheld by the caller.
        let names = core::ptr::NonNull::new(names).map(|names| unsafe { Ref::from_ptr(names) });
        FastArguments { first: first.cast(), count: from_ssize(count), names }
    }
}

impl<'a> Arguments<'a, CPython> for FastArguments<'a> {
    type Name = Keyword<'a>;

    #[inline]
    fn positional(self) -> &'a [Ref<'a>] {
        if self.count == 0 {
            return &[];
        }
        // SAFETY: by the promise of `new`, `count` live objects are there. A `Ref` is a non-null pointer.
        unsafe { core::slice::from_raw_parts(self.first, self.count) }
    }

    #[inline]
    fn keyword_count(self) -> usize {
        self.names.map_or(0, |names| {
            // SAFETY: whoever holds a handle is attached.
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
        let mut index = 0;
        while let Some(name) = CPython::tuple_get(py, names, index) {
            // SAFETY: CPython puts only strings into the tuple. By the promise of `new`, one value per name follows the
            // positional arguments.
            unsafe { visit(&Keyword(name.assume_kind()), *self.first.add(self.count + index))? };
            index += 1;
        }
        Ok(())
    }
}

/// Arguments in a tuple and a dict, as CPython calls `__new__`, `__init__` and `__call__`. A reference to it is the view.
pub struct TupleArguments<'a> {
    tuple: Ref<'a, kind::Tuple>,
    positional: &'a [Ref<'a>],
    keywords: &'a [(Ref<'a>, Ref<'a>)],
}

impl TupleArguments<'_> {
    /// Runs `body` with a view of these arguments.
    ///
    /// # Safety
    ///
    /// `args` is a tuple, and `kwargs` is null or a dict with string keys. Both are alive for the call.
    #[inline]
    pub(crate) unsafe fn with<'a, R>(
        args: *mut ffi::PyObject,
        kwargs: *mut ffi::PyObject,
        body: impl FnOnce(&TupleArguments<'a>) -> R,
    ) -> R {
        // SAFETY: upheld by the caller.
        let tuple = unsafe { borrowed(args) };
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: the tuple keeps its items alive. Their array is part of it and never changes. A `Ref` is a non-null
        // pointer.
        let positional = unsafe {
            let first = (&raw const (*args.cast::<ffi::PyTupleObject>()).ob_item).cast();
            core::slice::from_raw_parts(first, from_ssize(ffi::PyTuple_GET_SIZE(args)))
        };
        // The limited API does not expose the array of items, so the pointers are copied.
        #[cfg(Py_LIMITED_API)]
        let (mut first, many);
        #[cfg(Py_LIMITED_API)]
        // SAFETY: the tuple keeps its items alive for `'a`. The copies live until this function returns, and the view
        // is used only by `body`, which runs inside.
        let positional = unsafe {
            let size = from_ssize(ffi::PyTuple_Size(args));
            let item = |index: usize| -> Ref<'a> { borrowed(ffi::PyTuple_GetItem(args, index as ffi::Py_ssize_t)) };
            let copies: &[Ref<'a>] = if size <= FEW {
                first = [None::<Ref<'a>>; FEW];
                for (index, place) in first.iter_mut().take(size).enumerate() {
                    *place = Some(item(index));
                }
                // An `Option<Ref>` that is `Some` has the representation of a `Ref`.
                core::slice::from_raw_parts(first.as_ptr().cast(), size)
            } else {
                many = (0..size).map(item).collect::<Vec<_>>();
                &many
            };
            core::slice::from_raw_parts(copies.as_ptr(), size)
        };
        if kwargs.is_null() {
            return body(&TupleArguments { tuple, positional, keywords: &[] });
        }
        let mut few = [const { MaybeUninit::uninit() }; FEW];
        // SAFETY: upheld by the caller.
        let held = unsafe { Held::new(kwargs, &mut few) };
        // SAFETY: the pairs live until `held` is dropped, when this function returns, and the view is used only by
        // `body`, which runs inside.
        let keywords = unsafe { core::slice::from_raw_parts(held.pairs, held.count) };
        body(&TupleArguments { tuple, positional, keywords })
    }
}

/// The number of arguments that fit into the copy on the stack.
const FEW: usize = 8;

/// The name and the value of a keyword argument.
type Pair<'a> = (Ref<'a>, Ref<'a>);

/// The names and values of a dict, each with an owned reference.
///
/// The dict may be shared: callers through the C API can pass any dict, and code that runs while the arguments are
/// converted may change it.
struct Held<'a> {
    pairs: *const Pair<'a>,
    count: usize,
    /// Holds the pairs if there are many.
    _many: Vec<Pair<'a>>,
}

impl<'a> Held<'a> {
    /// Takes references to the names and values. Stores a few pairs in `few`, and many in a vector.
    ///
    /// # Safety
    ///
    /// `kwargs` is a dict, and alive.
    #[inline]
    unsafe fn new(kwargs: *mut ffi::PyObject, few: &mut [MaybeUninit<Pair<'a>>; FEW]) -> Self {
        // SAFETY: a dict. Its pairs are alive when it returns them, and their counts are raised before other code runs.
        unsafe {
            let size = from_ssize(ffi::PyDict_Size(kwargs));
            let mut many = Vec::new();
            let (pairs, room): (*mut Pair<'a>, usize) = if size <= FEW {
                (few.as_mut_ptr().cast(), FEW)
            } else {
                many.reserve_exact(size);
                (many.as_mut_ptr(), size)
            };
            let (mut count, mut cursor) = (0, 0);
            let (mut name, mut value) = (core::ptr::null_mut(), core::ptr::null_mut());
            while count < room && ffi::PyDict_Next(kwargs, &mut cursor, &mut name, &mut value) != 0 {
                ffi::Py_INCREF(name);
                ffi::Py_INCREF(value);
                pairs.add(count).write((borrowed(name), borrowed(value)));
                count += 1;
            }
            Held { pairs, count, _many: many }
        }
    }
}

impl Drop for Held<'_> {
    #[inline]
    fn drop(&mut self) {
        for index in 0..self.count {
            // SAFETY: `count` pairs were written, each with two owned references. An exception may be set, which
            // destructors preserve.
            unsafe {
                let (name, value) = *self.pairs.add(index);
                ffi::Py_DECREF(raw(value));
                ffi::Py_DECREF(raw(name));
            }
        }
    }
}

impl<'a> Arguments<'a, CPython> for &'a TupleArguments<'a> {
    type Name = Keyword<'a>;

    #[inline]
    fn positional(self) -> &'a [Ref<'a>] {
        self.positional
    }

    #[inline]
    fn positional_tuple(self) -> Option<Ref<'a, kind::Tuple>> {
        // C code may pass an instance of a subclass, which must not get to a function as its `*args`.
        // SAFETY: a tuple, which is alive.
        (unsafe { ffi::PyTuple_CheckExact(raw(self.tuple)) } != 0).then_some(self.tuple)
    }

    #[inline]
    fn keyword_count(self) -> usize {
        self.keywords.len()
    }

    #[inline]
    fn each_keyword<E>(
        self,
        _py: At<'_>,
        mut visit: impl FnMut(&Keyword<'a>, Ref<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.keywords.iter().try_for_each(|(name, value)| {
            // SAFETY: by the promise of `with`, all keys are strings.
            visit(&Keyword(unsafe { name.assume_kind() }), *value)
        })
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
