//! [`PyAny`], and what every Python object can do.
//!
//! The methods are declared here and implemented in `methods.rs`; `compare.rs` has the comparison operators.

pub(crate) mod compare;
mod methods;

use core::cmp::Ordering;

use pyo3_backend::TypeOps;

use self::compare::CompareOp;
use crate::backend::Active;
use crate::call::PyCallArgs;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::types::{PyDict, PyIterator, PyList, PyString, PySuper, PyType};
use crate::{Bound, Py, PyResult, PyTypeCheck, PyTypeInfo, Python, ffi};

/// Any Python object.
///
/// Used as `Bound<'py, PyAny>` and `Py<PyAny>`, if nothing is known about the type.
pub struct PyAny(());

impl crate::instance::NativeKind for PyAny {
    type Kind = pyo3_backend::kind::Any;
}

#[expect(unsafe_code, reason = "everything is an object")]
// SAFETY: every object is an instance of `object`.
unsafe impl PyTypeInfo for PyAny {
    old_names!(PyAny, Some("builtins"));
    type_hint!("typing" "Any");

    fn type_object_raw(py: Python<'_>) -> *mut ffi::PyTypeObject {
        crate::type_object::raw_type(Active::type_builtin(py.attached(), pyo3_backend::BuiltinType::Object))
    }

    #[inline]
    fn is_type_of(_: &Bound<'_, PyAny>) -> bool {
        true
    }
}

/// What every Python object can do.
///
/// Names and operators are Python's: `getattr`, `call`, `len`, `lt`, `add`. All raise what Python would raise.
#[doc(alias = "PyAny")]
pub trait PyAnyMethods<'py>: crate::types::sealed::Sealed {
    /// Whether both are the same object: Python's `is`.
    fn is<T: AsRef<Py<PyAny>>>(&self, other: T) -> bool;

    /// `hasattr(self, attr_name)`.
    ///
    /// # Errors
    ///
    /// What reading the attribute raises, but for `AttributeError`.
    fn hasattr<N>(&self, attr_name: N) -> PyResult<bool>
    where
        N: IntoPyObject<'py, Target = PyString>;

    /// `self.attr_name`. Use [`intern!`](crate::intern) for names that you use often.
    ///
    /// # Errors
    ///
    /// `AttributeError`, or what a descriptor raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let pi: f64 = py.import("math")?.getattr("pi")?.extract()?;
    ///     assert!(pi > 3.14);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn getattr<N>(&self, attr_name: N) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>;

    /// `getattr(self, attr_name, None)`, with `None` of Rust for a missing attribute.
    ///
    /// # Errors
    ///
    /// What a descriptor raises, but for `AttributeError`.
    fn getattr_opt<N>(&self, attr_name: N) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        N: IntoPyObject<'py, Target = PyString>;

    /// `self.attr_name = value`.
    ///
    /// # Errors
    ///
    /// `AttributeError`, or what a descriptor raises.
    fn setattr<N, V>(&self, attr_name: N, value: V) -> PyResult<()>
    where
        N: IntoPyObject<'py, Target = PyString>,
        V: IntoPyObject<'py>;

    /// `del self.attr_name`.
    ///
    /// # Errors
    ///
    /// `AttributeError`, or what a descriptor raises.
    fn delattr<N>(&self, attr_name: N) -> PyResult<()>
    where
        N: IntoPyObject<'py, Target = PyString>;

    /// Returns how `self` and `other` are ordered, by `==`, `<` and `>` in turn.
    ///
    /// # Errors
    ///
    /// `TypeError` if none of them holds, or what a comparison raises.
    fn compare<O>(&self, other: O) -> PyResult<Ordering>
    where
        O: IntoPyObject<'py>;

    /// Returns the result of a comparison, which may be any object.
    ///
    /// # Errors
    ///
    /// `TypeError` if there is no such comparison.
    fn rich_compare<O>(&self, other: O, compare_op: CompareOp) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `self < other`
    fn lt<O>(&self, other: O) -> PyResult<bool>
    where
        O: IntoPyObject<'py>;

    /// `self <= other`
    fn le<O>(&self, other: O) -> PyResult<bool>
    where
        O: IntoPyObject<'py>;

    /// `self == other`
    fn eq<O>(&self, other: O) -> PyResult<bool>
    where
        O: IntoPyObject<'py>;

    /// `self != other`
    fn ne<O>(&self, other: O) -> PyResult<bool>
    where
        O: IntoPyObject<'py>;

    /// `self > other`
    fn gt<O>(&self, other: O) -> PyResult<bool>
    where
        O: IntoPyObject<'py>;

    /// `self >= other`
    fn ge<O>(&self, other: O) -> PyResult<bool>
    where
        O: IntoPyObject<'py>;

    /// `-self`
    fn neg(&self) -> PyResult<Bound<'py, PyAny>>;

    /// `+self`
    fn pos(&self) -> PyResult<Bound<'py, PyAny>>;

    /// `abs(self)`
    fn abs(&self) -> PyResult<Bound<'py, PyAny>>;

    /// `~self`
    fn bitnot(&self) -> PyResult<Bound<'py, PyAny>>;

    /// `self + other`
    fn add<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `self - other`
    fn sub<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `self * other`
    fn mul<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `self @ other`
    fn matmul<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `self / other`
    fn div<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `self // other`
    fn floor_div<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `self % other`
    fn rem<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `divmod(self, other)`
    fn divmod<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `self << other`
    fn lshift<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `self >> other`
    fn rshift<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `pow(self, other, modulus)`; pass `py.None()` for no modulus.
    fn pow<O1, O2>(&self, other: O1, modulus: O2) -> PyResult<Bound<'py, PyAny>>
    where
        O1: IntoPyObject<'py>,
        O2: IntoPyObject<'py>;

    /// `self & other`
    fn bitand<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `self | other`
    fn bitor<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `self ^ other`
    fn bitxor<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// `callable(self)`
    fn is_callable(&self) -> bool;

    /// `self(*args, **kwargs)`
    ///
    /// # Errors
    ///
    /// What the call raises; `TypeError` if `self` cannot be called.
    fn call<A>(&self, args: A, kwargs: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>>
    where
        A: PyCallArgs<'py>;

    /// `self()`
    ///
    /// # Errors
    ///
    /// As [`call`](PyAnyMethods::call).
    fn call0(&self) -> PyResult<Bound<'py, PyAny>>;

    /// `self(*args)`
    ///
    /// # Errors
    ///
    /// As [`call`](PyAnyMethods::call).
    fn call1<A>(&self, args: A) -> PyResult<Bound<'py, PyAny>>
    where
        A: PyCallArgs<'py>;

    /// `self.name(*args, **kwargs)`
    ///
    /// # Errors
    ///
    /// As [`getattr`](PyAnyMethods::getattr) and [`call`](PyAnyMethods::call).
    fn call_method<N, A>(&self, name: N, args: A, kwargs: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>,
        A: PyCallArgs<'py>;

    /// `self.name()`
    ///
    /// # Errors
    ///
    /// As [`call_method`](PyAnyMethods::call_method).
    fn call_method0<N>(&self, name: N) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>;

    /// `self.name(*args)`
    ///
    /// # Errors
    ///
    /// As [`call_method`](PyAnyMethods::call_method).
    fn call_method1<N, A>(&self, name: N, args: A) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>,
        A: PyCallArgs<'py>;

    /// `bool(self)`
    ///
    /// # Errors
    ///
    /// What `__bool__` or `__len__` raises.
    fn is_truthy(&self) -> PyResult<bool>;

    /// `self is None`
    fn is_none(&self) -> bool;

    /// `len(self) == 0`
    ///
    /// # Errors
    ///
    /// As [`len`](PyAnyMethods::len).
    fn is_empty(&self) -> PyResult<bool>;

    /// `self[key]`
    ///
    /// # Errors
    ///
    /// `KeyError`, `IndexError`, or `TypeError` if `self` has no items.
    fn get_item<K>(&self, key: K) -> PyResult<Bound<'py, PyAny>>
    where
        K: IntoPyObject<'py>;

    /// `self[key] = value`
    ///
    /// # Errors
    ///
    /// As [`get_item`](PyAnyMethods::get_item).
    fn set_item<K, V>(&self, key: K, value: V) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>;

    /// `del self[key]`
    ///
    /// # Errors
    ///
    /// As [`get_item`](PyAnyMethods::get_item).
    fn del_item<K>(&self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>;

    /// `iter(self)`
    ///
    /// # Errors
    ///
    /// `TypeError` if `self` cannot be iterated.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let mut sum = 0;
    ///     for number in py.eval(c"range(5)", None, None)?.try_iter()? {
    ///         sum += number?.extract::<i32>()?;
    ///     }
    ///     assert_eq!(sum, 10);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn try_iter(&self) -> PyResult<Bound<'py, PyIterator>>;

    /// `type(self)`
    fn get_type(&self) -> Bound<'py, PyType>;

    /// The type as a raw pointer, borrowed from the object.
    fn get_type_ptr(&self) -> *mut ffi::PyTypeObject;

    /// Converts to a Rust type, which may borrow from the object.
    ///
    /// # Errors
    ///
    /// The error of the conversion.
    fn extract<'a, T>(&'a self) -> Result<T, T::Error>
    where
        T: FromPyObject<'a, 'py>;

    /// The reference count.
    #[deprecated(since = "0.29.0", note = "use `pyo3::ffi::Py_REFCNT(obj.as_ptr())` instead")]
    fn get_refcnt(&self) -> isize;

    /// `repr(self)`
    ///
    /// # Errors
    ///
    /// What `__repr__` raises.
    fn repr(&self) -> PyResult<Bound<'py, PyString>>;

    /// `str(self)`
    ///
    /// # Errors
    ///
    /// What `__str__` raises.
    fn str(&self) -> PyResult<Bound<'py, PyString>>;

    /// `hash(self)`
    ///
    /// # Errors
    ///
    /// `TypeError` if `self` is unhashable.
    fn hash(&self) -> PyResult<isize>;

    /// `len(self)`
    ///
    /// # Errors
    ///
    /// `TypeError` if `self` has no length.
    fn len(&self) -> PyResult<usize>;

    /// `dir(self)`
    ///
    /// # Errors
    ///
    /// What `__dir__` raises.
    fn dir(&self) -> PyResult<Bound<'py, PyList>>;

    /// `isinstance(self, ty)`: `ty` may be a tuple of types.
    ///
    /// # Errors
    ///
    /// `TypeError` if `ty` is nothing of the sort.
    fn is_instance(&self, ty: &Bound<'py, PyAny>) -> PyResult<bool>;

    /// `type(self) is ty`
    fn is_exact_instance(&self, ty: &Bound<'py, PyAny>) -> bool;

    /// Whether the object is an instance of `T`.
    fn is_instance_of<T: PyTypeCheck>(&self) -> bool;

    /// Whether its type is exactly that of `T`.
    fn is_exact_instance_of<T: PyTypeInfo>(&self) -> bool;

    /// `value in self`
    ///
    /// # Errors
    ///
    /// `TypeError` if `self` is no container.
    fn contains<V>(&self, value: V) -> PyResult<bool>
    where
        V: IntoPyObject<'py>;

    /// `super(type(self), self)`
    ///
    /// # Errors
    ///
    /// What the call of `super` raises.
    fn py_super(&self) -> PyResult<Bound<'py, PySuper>>;
}
