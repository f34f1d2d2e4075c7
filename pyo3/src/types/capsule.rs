//! [`PyCapsule`]: a pointer that one extension passes to another through Python.

#![expect(unsafe_code, reason = "PyO3's API for capsules uses raw pointers")]

use core::ffi::{CStr, c_char, c_void};
use core::marker::PhantomData;
use core::ptr::NonNull;
use std::ffi::CString;

use pyo3_backend::{CapsuleDropFn, CapsuleOps};

use crate::backend::{Active, Attached};
use crate::err::ResultExt;
use crate::exceptions::{PyAttributeError, PyImportError, PySystemError};
use crate::panic::catch_and_report;
use crate::types::PyAnyMethods;
use crate::{Bound, PyAny, PyResult, Python, ffi};

native_types! {
    /// Python's `types.CapsuleType`: a pointer with a name. Its methods are in [`PyCapsuleMethods`].
    ///
    /// A module can offer a table of functions in a capsule, as `datetime.datetime_CAPI` does. Code that knows the
    /// capsule's name and the layout of the table can then call the functions directly, without going through Python.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::{PyCapsule, PyCapsuleMethods};
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let capsule = PyCapsule::new_with_value(py, 42u32, c"demo.answer")?;
    ///     let pointer = capsule.pointer_checked(Some(c"demo.answer"))?.cast::<u32>();
    ///     // SAFETY: the name says what is behind the pointer, and the capsule is alive.
    ///     assert_eq!(unsafe { pointer.read() }, 42);
    ///     assert!(capsule.pointer_checked(Some(c"demo.question")).is_err());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyCapsule = Capsule;
}

/// The contents of a capsule that owns a value.
///
/// The value comes first, so that a pointer to the contents is also a pointer to the value.
#[repr(C)]
struct Contents<T, F> {
    value: T,
    destructor: F,
    /// The name of the capsule, unless it is static.
    name: Option<CString>,
}

/// The destructor of a capsule with a `Contents<T, F>`: passes the value to `F`, then drops the name.
struct DropContents<T, F>(PhantomData<fn() -> (T, F)>);

impl<T, F> CapsuleDropFn<Active> for DropContents<T, F>
where
    T: Send + 'static,
    F: FnOnce(T, *mut c_void) + Send + 'static,
{
    unsafe fn call(py: Attached<'_>, pointer: NonNull<c_void>, context: *mut c_void) {
        // SAFETY: `owning` made the capsule with this destructor and a leaked box. Only the destructor takes the box
        // back, once.
        let contents = unsafe { Box::from_raw(pointer.cast::<Contents<T, F>>().as_ptr()) };
        let Contents { value, destructor, name } = *contents;
        catch_and_report(Python::from_attached(py), None, || {
            destructor(value, context);
            Ok(())
        });
        drop(name);
    }
}

/// Creates a capsule that owns `value`.
fn owning<'py, T, F>(
    py: Python<'py>,
    value: T,
    static_name: Option<&'static CStr>,
    own_name: Option<CString>,
    destructor: F,
) -> PyResult<Bound<'py, PyCapsule>>
where
    T: Send + 'static,
    F: FnOnce(T, *mut c_void) + Send + 'static,
{
    let contents = NonNull::from(Box::leak(Box::new(Contents { value, destructor, name: own_name })));
    // SAFETY: the box was just leaked, so the pointer is valid. A `CString` does not move its text, and it lives until
    // the capsule's destructor drops the contents. After that, nobody can ask the capsule for its name.
    let own_name = unsafe { (*contents.as_ptr()).name.as_deref().map(|name| &*core::ptr::from_ref(name)) };
    let destructor = Active::capsule_destructor::<DropContents<T, F>>();
    // SAFETY: the destructor is the right one for this pointer. It may run on any thread, because the contents are
    // `Send`.
    let made =
        unsafe { Active::capsule_new(py.attached(), contents.cast(), static_name.or(own_name), Some(destructor)) };
    if made.is_err() {
        // SAFETY: no capsule was made, so nothing else owns the contents.
        drop(unsafe { Box::from_raw(contents.as_ptr()) });
    }
    made.or_raise(py).map(Bound::from_handle)
}

impl PyCapsule {
    /// Creates a capsule that owns `value` and points to it.
    ///
    /// The value is dropped together with the capsule, on any thread.
    ///
    /// # Errors
    ///
    /// Returns an error if the runtime cannot make the capsule.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use std::ffi::c_void;
    /// use std::ptr::NonNull;
    ///
    /// use pyo3::types::PyCapsule;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let capsule = PyCapsule::new_with_value(py, [1_u8, 2, 3], c"my_crate.numbers")?;
    ///     let pointer: NonNull<c_void> = capsule.pointer_checked(Some(c"my_crate.numbers"))?;
    ///     // SAFETY: the name says that the capsule is the one above, which keeps its value until it is dropped.
    ///     let numbers = unsafe { pointer.cast::<[u8; 3]>().as_ref() };
    ///     assert_eq!(numbers, &[1, 2, 3]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new_with_value<'py, T>(py: Python<'py>, value: T, name: &'static CStr) -> PyResult<Bound<'py, Self>>
    where
        T: 'static + Send,
    {
        owning(py, value, Some(name), None, |_, _| {})
    }

    /// Creates a capsule like [`new_with_value`](Self::new_with_value), with an optional name that need not be static.
    ///
    /// # Errors
    ///
    /// Returns an error if the runtime cannot make the capsule.
    #[deprecated(since = "0.29.0", note = "`PyCapsule::new_with_value` takes a static name")]
    pub fn new<T: 'static + Send>(py: Python<'_>, value: T, name: Option<CString>) -> PyResult<Bound<'_, Self>> {
        owning(py, value, None, name, |_, _| {})
    }

    /// Creates a capsule like [`new_with_value`](Self::new_with_value), and passes the value and the context to
    /// `destructor` when the capsule dies.
    ///
    /// A panic of `destructor` is reported to `sys.unraisablehook`.
    ///
    /// # Errors
    ///
    /// Returns an error if the runtime cannot make the capsule.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use std::sync::atomic::{AtomicU32, Ordering};
    ///
    /// use pyo3::types::PyCapsule;
    ///
    /// static DROPPED: AtomicU32 = AtomicU32::new(0);
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let capsule = PyCapsule::new_with_value_and_destructor(py, 7_u32, c"my_crate.number", |value, _context| {
    ///         DROPPED.store(value, Ordering::Relaxed);
    ///     })?;
    ///     drop(capsule);
    ///     assert_eq!(DROPPED.load(Ordering::Relaxed), 7);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new_with_value_and_destructor<'py, T, F>(
        py: Python<'py>,
        value: T,
        name: &'static CStr,
        destructor: F,
    ) -> PyResult<Bound<'py, Self>>
    where
        T: 'static + Send,
        F: FnOnce(T, *mut c_void) + Send + 'static,
    {
        owning(py, value, Some(name), None, destructor)
    }

    /// Creates a capsule like [`new_with_value_and_destructor`](Self::new_with_value_and_destructor), with an optional
    /// name that need not be static.
    ///
    /// # Errors
    ///
    /// Returns an error if the runtime cannot make the capsule.
    #[deprecated(since = "0.29.0", note = "`PyCapsule::new_with_value_and_destructor` takes a static name")]
    pub fn new_with_destructor<T: 'static + Send, F: FnOnce(T, *mut c_void) + Send + 'static>(
        py: Python<'_>,
        value: T,
        name: Option<CString>,
        destructor: F,
    ) -> PyResult<Bound<'_, Self>> {
        owning(py, value, None, name, destructor)
    }

    /// Creates a capsule for a pointer that it does not own: `PyCapsule_New` without a destructor.
    ///
    /// # Errors
    ///
    /// Returns an error if the runtime cannot make the capsule.
    ///
    /// # Safety
    ///
    /// The pointer must be valid for the use that the name implies, as long as any code may have the capsule.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use std::ptr::NonNull;
    ///
    /// use pyo3::types::PyCapsule;
    ///
    /// static ANSWER: u32 = 42;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     // SAFETY: a static lives as long as the process. It is only read.
    ///     let capsule = unsafe { PyCapsule::new_with_pointer(py, NonNull::from(&ANSWER).cast(), c"my_crate.answer") }?;
    ///     let pointer = capsule.pointer_checked(Some(c"my_crate.answer"))?;
    ///     // SAFETY: the name says what the pointer points to.
    ///     assert_eq!(unsafe { *pointer.cast::<u32>().as_ref() }, 42);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub unsafe fn new_with_pointer<'py>(
        py: Python<'py>,
        pointer: NonNull<c_void>,
        name: &'static CStr,
    ) -> PyResult<Bound<'py, Self>> {
        // SAFETY: the caller promises that the pointer is valid. There is no destructor to call.
        unsafe { Self::new_with_pointer_and_destructor(py, pointer, name, None) }
    }

    /// Creates a capsule for a pointer that it does not own, with a C function to call when the capsule dies:
    /// `PyCapsule_New`.
    ///
    /// # Errors
    ///
    /// Returns an error if the runtime cannot make the capsule.
    ///
    /// # Safety
    ///
    /// Same as [`new_with_pointer`](Self::new_with_pointer). Besides, it must be sound to call the destructor with this
    /// capsule, on any thread.
    pub unsafe fn new_with_pointer_and_destructor<'py>(
        py: Python<'py>,
        pointer: NonNull<c_void>,
        name: &'static CStr,
        destructor: Option<ffi::PyCapsule_Destructor>,
    ) -> PyResult<Bound<'py, Self>> {
        // SAFETY: the caller promises that the pointer is valid and that the destructor may be called with this
        // capsule.
        unsafe { Active::capsule_new(py.attached(), pointer, Some(name), destructor) }
            .or_raise(py)
            .map(Bound::from_handle)
    }

    /// Imports the capsule named `package.module.attribute`, and returns a reference to what it points to.
    ///
    /// # Errors
    ///
    /// Same as [`import_pointer`](Self::import_pointer). Besides, returns `SystemError` if the pointer is not aligned
    /// for a `T`.
    ///
    /// # Safety
    ///
    /// The capsule of that name must point to a `T` that lives for `'py` and that nobody changes during that time.
    pub unsafe fn import<'py, T>(py: Python<'py>, name: &CStr) -> PyResult<&'py T> {
        let pointer = Self::import_pointer(py, name)?.cast::<T>();
        if !pointer.is_aligned() {
            let (name, wanted) = (name.to_string_lossy(), core::any::type_name::<T>());
            return Err(PySystemError::new_err(format!(
                "The pointer from the `{name}` capsule is not aligned to rust type {wanted}"
            )));
        }
        // SAFETY: the caller promises a live, unchanging `T` at the pointer. The alignment was checked above.
        Ok(unsafe { pointer.as_ref() })
    }

    /// Imports the capsule named `package.module.attribute`, and returns its pointer: `PyCapsule_Import`.
    ///
    /// # Errors
    ///
    /// Returns `ImportError` if the first part of the name is not a module, or `AttributeError` if another part does
    /// not exist or the object is not a capsule of this name.
    pub fn import_pointer(py: Python<'_>, name: &CStr) -> PyResult<NonNull<c_void>> {
        let path = name.to_string_lossy();
        let mut parts = path.split('.');
        let top = parts.next().unwrap_or_default();
        let module = py
            .import(top)
            .map_err(|_| PyImportError::new_err(format!("PyCapsule_Import could not import module \"{top}\"")))?;
        let found = parts.try_fold(module.into_any(), |object: Bound<'_, PyAny>, part| object.getattr(part))?;
        match found.cast::<PyCapsule>() {
            Ok(capsule) if capsule.is_valid_checked(Some(name)) => capsule.pointer_checked(Some(name)),
            _ => Err(PyAttributeError::new_err(format!("PyCapsule_Import \"{path}\" is not valid"))),
        }
    }
}

/// Methods of [`PyCapsule`].
#[doc(alias = "PyCapsule")]
pub trait PyCapsuleMethods<'py>: crate::types::sealed::Sealed {
    /// Sets the context, a pointer whose meaning only the capsule's users know: `PyCapsule_SetContext`.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if foreign code has removed the capsule's pointer.
    fn set_context(&self, context: *mut c_void) -> PyResult<()>;

    /// Returns the context, or null if none was set: `PyCapsule_GetContext`.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if foreign code has removed the capsule's pointer.
    fn context(&self) -> PyResult<*mut c_void>;

    /// Returns the pointer, after a check of the capsule's name: `PyCapsule_GetPointer`.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if the capsule has another name.
    fn pointer_checked(&self, name: Option<&CStr>) -> PyResult<NonNull<c_void>>;

    /// Returns `true` if the capsule has this name, and a pointer: `PyCapsule_IsValid`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyCapsule;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let capsule = PyCapsule::new_with_value(py, 7_u32, c"my_crate.number")?;
    ///     assert!(capsule.is_valid_checked(Some(c"my_crate.number")));
    ///     assert!(!capsule.is_valid_checked(Some(c"other.number")));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn is_valid_checked(&self, name: Option<&CStr>) -> bool;

    /// Returns the name, if the capsule has one: `PyCapsule_GetName`.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if foreign code has removed the capsule's pointer.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyCapsule;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let capsule = PyCapsule::new_with_value(py, 7_u32, c"my_crate.number")?;
    ///     let name = capsule.name()?.expect("it has one");
    ///     // SAFETY: the capsule lives, and nothing renames it.
    ///     assert_eq!(unsafe { name.as_cstr() }, c"my_crate.number");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn name(&self) -> PyResult<Option<CapsuleName>>;
}

impl<'py> PyCapsuleMethods<'py> for Bound<'py, PyCapsule> {
    fn set_context(&self, context: *mut c_void) -> PyResult<()> {
        let py = self.py();
        Active::capsule_set_context(py.attached(), self.handle(), context).or_raise(py)
    }

    fn context(&self) -> PyResult<*mut c_void> {
        let py = self.py();
        Active::capsule_context(py.attached(), self.handle()).or_raise(py)
    }

    fn pointer_checked(&self, name: Option<&CStr>) -> PyResult<NonNull<c_void>> {
        let py = self.py();
        Active::capsule_pointer(py.attached(), self.handle(), name).or_raise(py)
    }

    fn is_valid_checked(&self, name: Option<&CStr>) -> bool {
        Active::capsule_is_valid(self.py().attached(), self.handle(), name)
    }

    fn name(&self) -> PyResult<Option<CapsuleName>> {
        let py = self.py();
        let name = Active::capsule_name(py.attached(), self.handle()).or_raise(py)?;
        Ok(name.map(CapsuleName))
    }
}

/// The name of a capsule: a pointer to a C string.
///
/// It is valid as long as the capsule lives and keeps this name.
#[derive(Clone, Copy)]
pub struct CapsuleName(NonNull<c_char>);

impl CapsuleName {
    /// Returns the name as a `CStr`.
    ///
    /// # Safety
    ///
    /// For the lifetime `'a`, the capsule must live and keep this name.
    pub unsafe fn as_cstr<'a>(self) -> &'a CStr {
        // SAFETY: the caller promises that the capsule, and so the C string, lives for `'a`.
        unsafe { CStr::from_ptr(self.as_ptr()) }
    }

    /// Returns the pointer to the C string.
    pub fn as_ptr(self) -> *const c_char {
        self.0.as_ptr().cast_const()
    }
}
