//! [`PyAny`] and the methods of every Python object.
//!
//! This file declares the methods, and `methods.rs` implements them. `compare.rs` has the comparison operators.

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
/// Use `Bound<'py, PyAny>` or `Py<PyAny>` for an object of unknown type.
pub struct PyAny(());

impl crate::instance::NativeKind for PyAny {
    type Kind = pyo3_backend::kind::Any;
}

#[expect(unsafe_code, reason = "`PyTypeInfo` is an unsafe trait")]
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

/// Methods that every Python object has.
///
/// They are named after Python's functions and operators: `getattr`, `call`, `len`, `lt`, `add`. A method that runs
/// Python code returns the exception which that code raises as its error. Every method that takes a value to convert
/// also returns the error of that conversion.
#[doc(alias = "PyAny")]
pub trait PyAnyMethods<'py>: crate::types::sealed::Sealed {
    /// Returns `true` if `self` and `other` are the same object: `self is other`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let (one, other) = (PyList::empty(py), PyList::empty(py));
    ///     assert!(one.is(&one) && !one.is(&other));
    ///     assert!(one.as_any().eq(&other)?);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn is<T: AsRef<Py<PyAny>>>(&self, other: T) -> bool;

    /// Returns `true` if the object has this attribute: `hasattr(self, attr_name)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that reading the attribute raises, unless it is `AttributeError`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let text = "text".into_pyobject(py)?;
    ///     assert!(text.hasattr("upper")? && !text.hasattr("append")?);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn hasattr<N>(&self, attr_name: N) -> PyResult<bool>
    where
        N: IntoPyObject<'py, Target = PyString>;

    /// Returns the attribute `attr_name`: `self.attr_name`.
    ///
    /// Use [`intern!`](crate::intern) for names that you use often.
    ///
    /// # Errors
    ///
    /// Returns `AttributeError` if there is no such attribute, or the exception that a descriptor raises.
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

    /// Returns the attribute `attr_name`, or `None` if the object does not have it.
    ///
    /// # Errors
    ///
    /// Returns the exception that a descriptor raises, unless it is `AttributeError`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let math = py.import("math")?;
    ///     assert!(math.getattr_opt("pi")?.is_some());
    ///     assert!(math.getattr_opt("cake")?.is_none());
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn getattr_opt<N>(&self, attr_name: N) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        N: IntoPyObject<'py, Target = PyString>;

    /// Sets the attribute `attr_name`: `self.attr_name = value`.
    ///
    /// # Errors
    ///
    /// Returns `AttributeError` if the attribute cannot be set, or the exception that a descriptor raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let settings = py.import("types")?.call_method0("SimpleNamespace")?;
    ///     settings.setattr("depth", 3)?;
    ///     assert_eq!(settings.getattr("depth")?.extract::<i32>()?, 3);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn setattr<N, V>(&self, attr_name: N, value: V) -> PyResult<()>
    where
        N: IntoPyObject<'py, Target = PyString>,
        V: IntoPyObject<'py>;

    /// Deletes the attribute `attr_name`: `del self.attr_name`.
    ///
    /// # Errors
    ///
    /// Returns `AttributeError` if the attribute cannot be deleted, or the exception that a descriptor raises.
    fn delattr<N>(&self, attr_name: N) -> PyResult<()>
    where
        N: IntoPyObject<'py, Target = PyString>;

    /// Returns the ordering of `self` and `other`, found by trying `==`, `<` and `>` in turn.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if none of them holds, or the exception that a comparison raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use std::cmp::Ordering;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let number = py.eval(c"1.5", None, None)?;
    ///     assert_eq!(number.compare(2)?, Ordering::Less);
    ///     assert!(number.compare("2").is_err());
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn compare<O>(&self, other: O) -> PyResult<Ordering>
    where
        O: IntoPyObject<'py>;

    /// Compares with the operator `compare_op`, and returns the resulting object, which need not be a `bool`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the objects do not support this comparison.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::basic::CompareOp;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let number = 3_i32.into_pyobject(py)?;
    ///     assert!(number.rich_compare(3, CompareOp::Le)?.extract::<bool>()?);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn rich_compare<O>(&self, other: O, compare_op: CompareOp) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns the truth of `self < other`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the objects cannot be compared so, or the exception that the comparison raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = py.eval(c"[1, 2]", None, None)?;
    ///     assert!(list.lt([1, 3])?);
    ///     assert!(list.lt("text").is_err());
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn lt<O>(&self, other: O) -> PyResult<bool>
    where
        O: IntoPyObject<'py>;

    /// Returns the truth of `self <= other`.
    ///
    /// # Errors
    ///
    /// Same as [`lt`](PyAnyMethods::lt).
    fn le<O>(&self, other: O) -> PyResult<bool>
    where
        O: IntoPyObject<'py>;

    /// Returns the truth of `self == other`.
    ///
    /// # Errors
    ///
    /// Returns the exception that the comparison raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let text = py.eval(c"'abc'", None, None)?;
    ///     assert!(text.eq("abc")?);
    ///     assert!(!text.eq(3)?);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn eq<O>(&self, other: O) -> PyResult<bool>
    where
        O: IntoPyObject<'py>;

    /// Returns the truth of `self != other`.
    ///
    /// # Errors
    ///
    /// Returns the exception that the comparison raises.
    fn ne<O>(&self, other: O) -> PyResult<bool>
    where
        O: IntoPyObject<'py>;

    /// Returns the truth of `self > other`.
    ///
    /// # Errors
    ///
    /// Same as [`lt`](PyAnyMethods::lt).
    fn gt<O>(&self, other: O) -> PyResult<bool>
    where
        O: IntoPyObject<'py>;

    /// Returns the truth of `self >= other`.
    ///
    /// # Errors
    ///
    /// Same as [`lt`](PyAnyMethods::lt).
    fn ge<O>(&self, other: O) -> PyResult<bool>
    where
        O: IntoPyObject<'py>;

    /// Returns `-self`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the object does not support the operator, or the exception that its method raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert_eq!(py.eval(c"5", None, None)?.neg()?.extract::<i32>()?, -5);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn neg(&self) -> PyResult<Bound<'py, PyAny>>;

    /// Returns `+self`.
    ///
    /// # Errors
    ///
    /// Same as [`neg`](PyAnyMethods::neg).
    fn pos(&self) -> PyResult<Bound<'py, PyAny>>;

    /// Returns `abs(self)`.
    ///
    /// # Errors
    ///
    /// Same as [`neg`](PyAnyMethods::neg).
    fn abs(&self) -> PyResult<Bound<'py, PyAny>>;

    /// Returns `~self`.
    ///
    /// # Errors
    ///
    /// Same as [`neg`](PyAnyMethods::neg).
    fn bitnot(&self) -> PyResult<Bound<'py, PyAny>>;

    /// Returns `self + other`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the objects do not support the operator, or the exception that it raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = py.eval(c"[1]", None, None)?;
    ///     assert_eq!(list.add([2, 3])?.to_string(), "[1, 2, 3]");
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn add<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns `self - other`.
    ///
    /// # Errors
    ///
    /// Same as [`add`](PyAnyMethods::add).
    fn sub<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns `self * other`.
    ///
    /// # Errors
    ///
    /// Same as [`add`](PyAnyMethods::add).
    fn mul<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns `self @ other`.
    ///
    /// # Errors
    ///
    /// Same as [`add`](PyAnyMethods::add).
    fn matmul<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns `self / other`.
    ///
    /// # Errors
    ///
    /// Same as [`add`](PyAnyMethods::add). Numbers raise `ZeroDivisionError` if `other` is zero.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyZeroDivisionError;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let seven = py.eval(c"7", None, None)?;
    ///     assert_eq!(seven.div(2)?.extract::<f64>()?, 3.5);
    ///     assert_eq!(seven.floor_div(2)?.extract::<i32>()?, 3);
    ///     assert!(seven.div(0).unwrap_err().is_instance_of::<PyZeroDivisionError>(py));
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn div<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns `self // other`.
    ///
    /// # Errors
    ///
    /// Same as [`add`](PyAnyMethods::add). Numbers raise `ZeroDivisionError` if `other` is zero.
    fn floor_div<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns `self % other`.
    ///
    /// # Errors
    ///
    /// Same as [`add`](PyAnyMethods::add). Numbers raise `ZeroDivisionError` if `other` is zero.
    fn rem<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns `divmod(self, other)`.
    ///
    /// # Errors
    ///
    /// Same as [`add`](PyAnyMethods::add). Numbers raise `ZeroDivisionError` if `other` is zero.
    fn divmod<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns `self << other`.
    ///
    /// # Errors
    ///
    /// Same as [`add`](PyAnyMethods::add). Integers raise `ValueError` if `other` is negative.
    fn lshift<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns `self >> other`.
    ///
    /// # Errors
    ///
    /// Same as [`add`](PyAnyMethods::add). Integers raise `ValueError` if `other` is negative.
    fn rshift<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns `pow(self, other, modulus)`. Pass `py.None()` as `modulus` for none.
    ///
    /// # Errors
    ///
    /// Same as [`add`](PyAnyMethods::add). Numbers raise `ZeroDivisionError` for zero to a negative power.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let base = py.eval(c"3", None, None)?;
    ///     assert_eq!(base.pow(4, py.None())?.extract::<i32>()?, 81);
    ///     assert_eq!(base.pow(4, 10)?.extract::<i32>()?, 1);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn pow<O1, O2>(&self, other: O1, modulus: O2) -> PyResult<Bound<'py, PyAny>>
    where
        O1: IntoPyObject<'py>,
        O2: IntoPyObject<'py>;

    /// Returns `self & other`.
    ///
    /// # Errors
    ///
    /// Same as [`add`](PyAnyMethods::add).
    fn bitand<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns `self | other`.
    ///
    /// # Errors
    ///
    /// Same as [`add`](PyAnyMethods::add).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let set = py.eval(c"{1}", None, None)?;
    ///     assert!(set.bitor(py.eval(c"{2}", None, None)?)?.eq(py.eval(c"{1, 2}", None, None)?)?);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn bitor<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns `self ^ other`.
    ///
    /// # Errors
    ///
    /// Same as [`add`](PyAnyMethods::add).
    fn bitxor<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>;

    /// Returns `true` if the object can be called: `callable(self)`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert!(py.eval(c"print", None, None)?.is_callable());
    ///     assert!(!py.eval(c"3", None, None)?.is_callable());
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn is_callable(&self) -> bool;

    /// Calls the object: `self(*args, **kwargs)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that the call raises: `TypeError` if the object cannot be called.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let sorted = py.eval(c"sorted", None, None)?;
    ///     let options = [("reverse", true)].into_py_dict(py)?;
    ///     let result = sorted.call(([1, 3, 2],), Some(&options))?;
    ///     assert_eq!(result.extract::<Vec<i32>>()?, [3, 2, 1]);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn call<A>(&self, args: A, kwargs: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>>
    where
        A: PyCallArgs<'py>;

    /// Calls the object without arguments: `self()`.
    ///
    /// # Errors
    ///
    /// Same as [`call`](PyAnyMethods::call).
    fn call0(&self) -> PyResult<Bound<'py, PyAny>>;

    /// Calls the object with positional arguments: `self(*args)`.
    ///
    /// # Errors
    ///
    /// Same as [`call`](PyAnyMethods::call).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let max = py.eval(c"max", None, None)?;
    ///     assert_eq!(max.call1((3, 8, 5))?.extract::<i32>()?, 8);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn call1<A>(&self, args: A) -> PyResult<Bound<'py, PyAny>>
    where
        A: PyCallArgs<'py>;

    /// Calls the method `name`: `self.name(*args, **kwargs)`.
    ///
    /// # Errors
    ///
    /// Same as [`getattr`](PyAnyMethods::getattr) and [`call`](PyAnyMethods::call).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let options = [("sep", "-")].into_py_dict(py)?;
    ///     let text = py.eval(c"b'\\x01\\x02'", None, None)?.call_method("hex", (), Some(&options))?;
    ///     assert_eq!(text.extract::<String>()?, "01-02");
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn call_method<N, A>(&self, name: N, args: A, kwargs: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>,
        A: PyCallArgs<'py>;

    /// Calls the method `name` without arguments: `self.name()`.
    ///
    /// # Errors
    ///
    /// Same as [`call_method`](PyAnyMethods::call_method).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let shout = "hello".into_pyobject(py)?.call_method0("upper")?;
    ///     assert_eq!(shout.extract::<String>()?, "HELLO");
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn call_method0<N>(&self, name: N) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>;

    /// Calls the method `name` with positional arguments: `self.name(*args)`.
    ///
    /// # Errors
    ///
    /// Same as [`call_method`](PyAnyMethods::call_method).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let parts = "a,b,c".into_pyobject(py)?.call_method1("split", (",", 1))?;
    ///     assert_eq!(parts.extract::<Vec<String>>()?, ["a", "b,c"]);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn call_method1<N, A>(&self, name: N, args: A) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>,
        A: PyCallArgs<'py>;

    /// Returns the truth value of the object: `bool(self)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `__bool__` or `__len__` raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert!(py.eval(c"[0]", None, None)?.is_truthy()?);
    ///     assert!(!py.eval(c"''", None, None)?.is_truthy()?);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn is_truthy(&self) -> PyResult<bool>;

    /// Returns `true` if the object is `None`.
    fn is_none(&self) -> bool;

    /// Returns `true` if the object has length zero: `len(self) == 0`.
    ///
    /// # Errors
    ///
    /// Same as [`len`](PyAnyMethods::len).
    fn is_empty(&self) -> PyResult<bool>;

    /// Returns an item: `self[key]`.
    ///
    /// # Errors
    ///
    /// Returns `KeyError` or `IndexError` if there is no such item, or `TypeError` if the object has no items.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let object = py.eval(c"{'a': [10, 20]}", None, None)?;
    ///     assert_eq!(object.get_item("a")?.get_item(-1)?.extract::<i32>()?, 20);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn get_item<K>(&self, key: K) -> PyResult<Bound<'py, PyAny>>
    where
        K: IntoPyObject<'py>;

    /// Sets an item: `self[key] = value`.
    ///
    /// # Errors
    ///
    /// Same as [`get_item`](PyAnyMethods::get_item).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let object = py.eval(c"[1, 2, 3]", None, None)?;
    ///     object.set_item(0, "one")?;
    ///     object.del_item(2)?;
    ///     assert_eq!(object.to_string(), "['one', 2]");
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn set_item<K, V>(&self, key: K, value: V) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>;

    /// Deletes an item: `del self[key]`.
    ///
    /// # Errors
    ///
    /// Same as [`get_item`](PyAnyMethods::get_item).
    fn del_item<K>(&self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>;

    /// Returns an iterator over the object: `iter(self)`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the object is not iterable.
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

    /// Returns the type of the object: `type(self)`.
    fn get_type(&self) -> Bound<'py, PyType>;

    /// Returns the type of the object as a raw pointer: a borrowed reference.
    fn get_type_ptr(&self) -> *mut ffi::PyTypeObject;

    /// Converts the object to a Rust value, which may borrow from the object.
    ///
    /// # Errors
    ///
    /// Returns the error of the conversion.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let object = py.eval(c"(1, 'one', [True])", None, None)?;
    ///     let (number, name, flags): (i32, String, Vec<bool>) = object.extract()?;
    ///     assert_eq!((number, name.as_str(), flags.len()), (1, "one", 1));
    ///     assert!(object.extract::<f64>().is_err());
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn extract<'a, T>(&'a self) -> Result<T, T::Error>
    where
        T: FromPyObject<'a, 'py>;

    /// Returns the reference count of the object.
    #[deprecated(since = "0.29.0", note = "use `pyo3::ffi::Py_REFCNT(obj.as_ptr())` instead")]
    fn get_refcnt(&self) -> isize;

    /// Returns `repr(self)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `__repr__` raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let text = py.eval(c"'text'", None, None)?;
    ///     assert_eq!(text.repr()?, "'text'");
    ///     assert_eq!(text.str()?, "text");
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn repr(&self) -> PyResult<Bound<'py, PyString>>;

    /// Returns `str(self)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `__str__` raises.
    fn str(&self) -> PyResult<Bound<'py, PyString>>;

    /// Returns `hash(self)`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the object is unhashable.
    fn hash(&self) -> PyResult<isize>;

    /// Returns the length of the object: `len(self)`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the object has no length.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert_eq!(py.eval(c"'four'", None, None)?.len()?, 4);
    ///     assert!(py.eval(c"4", None, None)?.len().is_err());
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn len(&self) -> PyResult<usize>;

    /// Returns a list of the names of the object's attributes: `dir(self)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `__dir__` raises.
    fn dir(&self) -> PyResult<Bound<'py, PyList>>;

    /// Returns `true` if the object is an instance of `ty`: `isinstance(self, ty)`.
    ///
    /// `ty` is a type, or a tuple of types.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `ty` is anything else.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bool = py.eval(c"True", None, None)?;
    ///     assert!(bool.is_instance(&py.eval(c"(str, int)", None, None)?)?);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn is_instance(&self, ty: &Bound<'py, PyAny>) -> PyResult<bool>;

    /// Returns `true` if the type of the object is `ty` itself: `type(self) is ty`.
    fn is_exact_instance(&self, ty: &Bound<'py, PyAny>) -> bool;

    /// Returns `true` if the object is an instance of `T` or of a subclass.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyBool, PyInt};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bool = py.eval(c"True", None, None)?;
    ///     assert!(bool.is_instance_of::<PyBool>() && bool.is_instance_of::<PyInt>());
    ///     assert!(!bool.is_exact_instance_of::<PyInt>());
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn is_instance_of<T: PyTypeCheck>(&self) -> bool;

    /// Returns `true` if the object is an instance of `T`, but not of a subclass.
    fn is_exact_instance_of<T: PyTypeInfo>(&self) -> bool;

    /// Returns `true` if the object contains `value`: `value in self`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the object is not a container.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert!(py.eval(c"range(0, 10, 2)", None, None)?.contains(4)?);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn contains<V>(&self, value: V) -> PyResult<bool>
    where
        V: IntoPyObject<'py>;

    /// Returns the object as an instance of its base class: `super(type(self), self)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `super` raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// #[pyclass(subclass)]
    /// struct Greeter;
    ///
    /// #[pymethods]
    /// impl Greeter {
    ///     fn greet(&self) -> &'static str {
    ///         "hello"
    ///     }
    /// }
    ///
    /// #[pyclass(extends = Greeter)]
    /// struct Shouter;
    ///
    /// #[pymethods]
    /// impl Shouter {
    ///     #[new]
    ///     fn new() -> (Self, Greeter) {
    ///         (Shouter, Greeter)
    ///     }
    ///
    ///     fn greet(slf: &Bound<'_, Self>) -> PyResult<String> {
    ///         let quiet: String = slf.py_super()?.call_method0("greet")?.extract()?;
    ///         Ok(quiet.to_uppercase())
    ///     }
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let shouter = py.get_type::<Shouter>().call0()?;
    ///     assert_eq!(shouter.call_method0("greet")?.extract::<String>()?, "HELLO");
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    fn py_super(&self) -> PyResult<Bound<'py, PySuper>>;
}
