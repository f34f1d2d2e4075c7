//! Capsules: pointers that one extension hands to another through Python.

#![expect(unsafe_code, reason = "a capsule is about raw pointers, in the API we are compatible with")]

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
    /// Python's `types.CapsuleType`: a pointer with a name. Methods are in [`PyCapsuleMethods`].
    ///
    /// A module offers a table of functions in a capsule, as `datetime.datetime_CAPI` does, and whoever knows the name and
    /// what is behind it can use them without a detour through Python.
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

/// What a capsule that owns a value points to. The value comes first: a pointer to the whole is one to the value.
#[repr(C)]
struct Contents<T, F> {
    value: T,
    destructor: F,
    /// The capsule's name, if it is not static.
    name: Option<CString>,
}

/// Drops `Contents<T, F>`.
struct DropContents<T, F>(PhantomData<fn() -> (T, F)>);

impl<T, F> CapsuleDropFn<Active> for DropContents<T, F>
where
    T: Send + 'static,
    F: FnOnce(T, *mut c_void) + Send + 'static,
{
    unsafe fn call(py: Attached<'_>, pointer: NonNull<c_void>, context: *mut c_void) {
        // SAFETY: `owning` made the capsule with this destructor and a leaked box, which nobody else takes back.
        let contents = unsafe { Box::from_raw(pointer.cast::<Contents<T, F>>().as_ptr()) };
        let Contents { value, destructor, name } = *contents;
        catch_and_report(Python::from_attached(py), None, || {
            destructor(value, context);
            Ok(())
        });
        drop(name);
    }
}

/// A capsule around a value that it owns.
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
    // SAFETY: just leaked; the text of a `CString` stays where it is. It is dropped with the contents, which is when the
    // capsule dies, and nobody asks a dead capsule for its name.
    let own_name = unsafe { (*contents.as_ptr()).name.as_deref().map(|name| &*core::ptr::from_ref(name)) };
    let destructor = Active::capsule_destructor::<DropContents<T, F>>();
    // SAFETY: the destructor is the one for this pointer; `Send` allows it to run on any thread.
    let made =
        unsafe { Active::capsule_new(py.attached(), contents.cast(), static_name.or(own_name), Some(destructor)) };
    if made.is_err() {
        // SAFETY: there is no capsule, so the contents are still ours.
        drop(unsafe { Box::from_raw(contents.as_ptr()) });
    }
    made.or_raise(py).map(Bound::from_handle)
}

impl PyCapsule {
    /// A capsule that owns `value` and points to it. The value is dropped with the capsule, on whichever thread that is.
    ///
    /// # Errors
    ///
    /// If the runtime cannot make one.
    pub fn new_with_value<'py, T>(py: Python<'py>, value: T, name: &'static CStr) -> PyResult<Bound<'py, Self>>
    where
        T: 'static + Send,
    {
        owning(py, value, Some(name), None, |_, _| {})
    }

    /// As [`new_with_value`](Self::new_with_value), with a name made at run time.
    ///
    /// # Errors
    ///
    /// If the runtime cannot make one.
    #[deprecated(since = "0.29.0", note = "`PyCapsule::new_with_value` takes a static name")]
    pub fn new<T: 'static + Send>(py: Python<'_>, value: T, name: Option<CString>) -> PyResult<Bound<'_, Self>> {
        owning(py, value, None, name, |_, _| {})
    }

    /// As [`new_with_value`](Self::new_with_value); when the capsule dies, `destructor` gets the value and the context.
    ///
    /// A panic of the destructor goes to `sys.unraisablehook`.
    ///
    /// # Errors
    ///
    /// If the runtime cannot make one.
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

    /// As [`new_with_value_and_destructor`](Self::new_with_value_and_destructor), with a name made at run time.
    ///
    /// # Errors
    ///
    /// If the runtime cannot make one.
    #[deprecated(since = "0.29.0", note = "`PyCapsule::new_with_value_and_destructor` takes a static name")]
    pub fn new_with_destructor<T: 'static + Send, F: FnOnce(T, *mut c_void) + Send + 'static>(
        py: Python<'_>,
        value: T,
        name: Option<CString>,
        destructor: F,
    ) -> PyResult<Bound<'_, Self>> {
        owning(py, value, None, name, destructor)
    }

    /// A capsule around a pointer that it does not own: `PyCapsule_New` without a destructor.
    ///
    /// # Errors
    ///
    /// If the runtime cannot make one.
    ///
    /// # Safety
    ///
    /// The pointer is valid, for what the name promises, as long as anybody may have the capsule.
    pub unsafe fn new_with_pointer<'py>(
        py: Python<'py>,
        pointer: NonNull<c_void>,
        name: &'static CStr,
    ) -> PyResult<Bound<'py, Self>> {
        // SAFETY: the caller's promise; there is no destructor.
        unsafe { Self::new_with_pointer_and_destructor(py, pointer, name, None) }
    }

    /// As [`new_with_pointer`](Self::new_with_pointer), with a C function that gets the capsule when it dies:
    /// `PyCapsule_New`.
    ///
    /// # Errors
    ///
    /// If the runtime cannot make one.
    ///
    /// # Safety
    ///
    /// As for `new_with_pointer`. The destructor may be called with this capsule, on any thread.
    pub unsafe fn new_with_pointer_and_destructor<'py>(
        py: Python<'py>,
        pointer: NonNull<c_void>,
        name: &'static CStr,
        destructor: Option<unsafe extern "C" fn(*mut ffi::PyObject)>,
    ) -> PyResult<Bound<'py, Self>> {
        // SAFETY: the caller's promise.
        unsafe { Active::capsule_new(py.attached(), pointer, Some(name), destructor) }
            .or_raise(py)
            .map(Bound::from_handle)
    }

    /// Imports the capsule called `package.module.attribute`, and gives what it points to.
    ///
    /// # Errors
    ///
    /// As for [`import_pointer`](Self::import_pointer); `SystemError` if the pointer is not aligned for a `T`.
    ///
    /// # Safety
    ///
    /// The capsule of that name points to a `T`, which nobody changes and which lives as long as `'py`.
    pub unsafe fn import<'py, T>(py: Python<'py>, name: &CStr) -> PyResult<&'py T> {
        let pointer = Self::import_pointer(py, name)?.cast::<T>();
        if !pointer.is_aligned() {
            let (name, wanted) = (name.to_string_lossy(), core::any::type_name::<T>());
            return Err(PySystemError::new_err(format!(
                "The pointer from the `{name}` capsule is not aligned to rust type {wanted}"
            )));
        }
        // SAFETY: the caller's promise; the alignment was checked.
        Ok(unsafe { pointer.as_ref() })
    }

    /// Imports the capsule called `package.module.attribute`, and gives its pointer: `PyCapsule_Import`.
    ///
    /// # Errors
    ///
    /// `ImportError` if the first part of the name is no module, `AttributeError` if one of the others is not there
    /// or is no capsule of this name.
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
    /// Sets the context, a pointer that only its user knows the meaning of. `PyCapsule_SetContext`.
    ///
    /// # Errors
    ///
    /// `ValueError` where foreign code took the capsule's pointer away.
    fn set_context(&self, context: *mut c_void) -> PyResult<()>;

    /// The context, null where none was set. `PyCapsule_GetContext`.
    ///
    /// # Errors
    ///
    /// `ValueError` where foreign code took the capsule's pointer away.
    fn context(&self) -> PyResult<*mut c_void>;

    /// The pointer, where the capsule has this name. `PyCapsule_GetPointer`.
    ///
    /// # Errors
    ///
    /// `ValueError` if it has another name.
    fn pointer_checked(&self, name: Option<&CStr>) -> PyResult<NonNull<c_void>>;

    /// Whether the capsule has this name, and a pointer. `PyCapsule_IsValid`.
    fn is_valid_checked(&self, name: Option<&CStr>) -> bool;

    /// The name. `PyCapsule_GetName`.
    ///
    /// # Errors
    ///
    /// `ValueError` where foreign code took the capsule's pointer away.
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

/// The name of a capsule: a C string that the capsule holds.
///
/// It is good for as long as the capsule lives, and nobody gives the capsule another name.
#[derive(Clone, Copy)]
pub struct CapsuleName(NonNull<c_char>);

impl CapsuleName {
    /// The text.
    ///
    /// # Safety
    ///
    /// For `'a` the capsule lives, and keeps its name.
    pub unsafe fn as_cstr<'a>(self) -> &'a CStr {
        // SAFETY: the caller's promise.
        unsafe { CStr::from_ptr(self.as_ptr()) }
    }

    /// The pointer to the text.
    pub fn as_ptr(self) -> *const c_char {
        self.0.as_ptr().cast_const()
    }
}
