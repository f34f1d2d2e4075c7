//! [`PyAny`], and what every Python object can do.

use core::cmp::Ordering;

use pyo3_backend::{BinaryOp, ObjectOps, RefOps, TypeOps, UnaryOp};

use crate::backend::{Active, Outcome, Owned, Ref};
use crate::call::PyCallArgs;
use crate::conversion::{FromPyObject, IntoPyObject, IntoPyObjectExt};
use crate::err::ResultExt;
use crate::exceptions::PyTypeError;
use crate::pyclass::CompareOp;
use crate::types::{PyDict, PyIterator, PyList, PyString, PySuper, PyType};
use crate::{Bound, BoundObject, Py, PyResult, PyTypeCheck, PyTypeInfo, Python, ffi};

/// Any Python object.
///
/// Used as `Bound<'py, PyAny>` and `Py<PyAny>`, where nothing is known about the type.
pub struct PyAny(());

impl crate::instance::NativeKind for PyAny {
    type Kind = pyo3_backend::kind::Any;
}

#[expect(unsafe_code, reason = "everything is an object")]
// SAFETY: every object is an instance of `object`.
unsafe impl PyTypeInfo for PyAny {
    old_names!(PyAny, Some("builtins"));

    fn type_object_raw(py: Python<'_>) -> *mut ffi::PyTypeObject {
        crate::type_object::raw_type(Active::builtin_type(py.attached(), pyo3_backend::BuiltinType::Object))
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

    /// `self.attr_name`. Use [`intern!`](crate::intern) for names that are asked for often.
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

    /// `getattr(self, attr_name, None)`, telling a missing attribute from one that is `None`.
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

    /// How `self` and `other` are ordered, by `==`, `<` and `>` in turn.
    ///
    /// # Errors
    ///
    /// `TypeError` where none of them holds, or what a comparison raises.
    fn compare<O>(&self, other: O) -> PyResult<Ordering>
    where
        O: IntoPyObject<'py>;

    /// The result of a comparison, whatever it is.
    ///
    /// # Errors
    ///
    /// `TypeError` where there is no such comparison.
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
    /// What the call raises; `TypeError` where `self` cannot be called.
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
    /// `KeyError`, `IndexError`, or `TypeError` where `self` has no items.
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
    /// `TypeError` where `self` cannot be iterated.
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
    /// What the conversion says.
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
    /// `TypeError` where `self` is unhashable.
    fn hash(&self) -> PyResult<isize>;

    /// `len(self)`
    ///
    /// # Errors
    ///
    /// `TypeError` where `self` has no length.
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
    /// `TypeError` where `ty` is nothing of the sort.
    fn is_instance(&self, ty: &Bound<'py, PyAny>) -> PyResult<bool>;

    /// `type(self) is ty`
    fn is_exact_instance(&self, ty: &Bound<'py, PyAny>) -> bool;

    /// Whether it can be cast to `T`.
    fn is_instance_of<T: PyTypeCheck>(&self) -> bool;

    /// Whether its type is exactly that of `T`.
    fn is_exact_instance_of<T: PyTypeInfo>(&self) -> bool;

    /// `value in self`
    ///
    /// # Errors
    ///
    /// `TypeError` where `self` is no container.
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

/// The result of an operation, as an object.
#[inline]
fn object<'py>(py: Python<'py>, outcome: Outcome<'py, Owned<'py>>) -> PyResult<Bound<'py, PyAny>> {
    outcome.or_raise(py).map(Bound::wrap)
}

/// Converts an argument, and hands its handle to an operation.
#[inline]
fn with<'py, V, R>(py: Python<'py>, value: V, operation: impl FnOnce(Ref<'_>) -> Outcome<'py, R>) -> PyResult<R>
where
    V: IntoPyObject<'py>,
{
    let value = value.into_pyobject_or_pyerr(py)?.into_any();
    operation(value.as_borrowed().any_handle()).or_raise(py)
}

/// Converts an attribute's name, and hands its handle to an operation.
#[inline]
fn with_name<'py, N, R>(
    py: Python<'py>,
    name: N,
    operation: impl FnOnce(Ref<'_, pyo3_backend::kind::Str>) -> Outcome<'py, R>,
) -> PyResult<R>
where
    N: IntoPyObject<'py, Target = PyString>,
{
    let name = name.into_pyobject_or_pyerr(py)?;
    operation(name.as_borrowed().handle_for()).or_raise(py)
}

fn compared<'py, O>(left: &Bound<'py, PyAny>, right: O, op: pyo3_backend::CompareOp) -> PyResult<bool>
where
    O: IntoPyObject<'py>,
{
    let py = left.py();
    with(py, right, |right| Active::compare_bool(py.attached(), left.any_handle(), right, op))
}

/// The operator in the contract's terms.
fn contract_op(op: CompareOp) -> pyo3_backend::CompareOp {
    match op {
        CompareOp::Lt => pyo3_backend::CompareOp::Lt,
        CompareOp::Le => pyo3_backend::CompareOp::Le,
        CompareOp::Eq => pyo3_backend::CompareOp::Eq,
        CompareOp::Ne => pyo3_backend::CompareOp::Ne,
        CompareOp::Gt => pyo3_backend::CompareOp::Gt,
        CompareOp::Ge => pyo3_backend::CompareOp::Ge,
    }
}

fn unary<'py>(operand: &Bound<'py, PyAny>, op: UnaryOp) -> PyResult<Bound<'py, PyAny>> {
    let py = operand.py();
    object(py, Active::unary(py.attached(), op, operand.any_handle()))
}

macro_rules! comparisons {
    ($($method:ident $op:ident)*) => {
        $(
            #[inline]
            fn $method<O>(&self, other: O) -> PyResult<bool>
            where
                O: IntoPyObject<'py>,
            {
                compared(self, other, pyo3_backend::CompareOp::$op)
            }
        )*
    };
}

macro_rules! unary_operators {
    ($($method:ident $op:ident)*) => {
        $(
            fn $method(&self) -> PyResult<Bound<'py, PyAny>> {
                unary(self, UnaryOp::$op)
            }
        )*
    };
}

macro_rules! binary_operators {
    ($($method:ident $op:ident)*) => {
        $(
            fn $method<O>(&self, other: O) -> PyResult<Bound<'py, PyAny>>
            where
                O: IntoPyObject<'py>,
            {
                let py = self.py();
                with(py, other, |other| Active::binary(py.attached(), BinaryOp::$op, self.any_handle(), other))
                    .map(Bound::wrap)
            }
        )*
    };
}

impl<'py> PyAnyMethods<'py> for Bound<'py, PyAny> {
    #[inline]
    fn is<T: AsRef<Py<PyAny>>>(&self, other: T) -> bool {
        self.as_unbound().is(other)
    }

    fn hasattr<N>(&self, attr_name: N) -> PyResult<bool>
    where
        N: IntoPyObject<'py, Target = PyString>,
    {
        self.getattr_opt(attr_name).map(|value| value.is_some())
    }

    fn getattr<N>(&self, attr_name: N) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>,
    {
        let py = self.py();
        with_name(py, attr_name, |name| Active::get_attribute(py.attached(), self.any_handle(), name)).map(Bound::wrap)
    }

    fn getattr_opt<N>(&self, attr_name: N) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        N: IntoPyObject<'py, Target = PyString>,
    {
        let py = self.py();
        with_name(py, attr_name, |name| Active::get_attribute_opt(py.attached(), self.any_handle(), name))
            .map(|value| value.map(Bound::wrap))
    }

    fn setattr<N, V>(&self, attr_name: N, value: V) -> PyResult<()>
    where
        N: IntoPyObject<'py, Target = PyString>,
        V: IntoPyObject<'py>,
    {
        let py = self.py();
        let name = attr_name.into_pyobject_or_pyerr(py)?;
        with(py, value, |value| {
            Active::set_attribute(py.attached(), self.any_handle(), name.as_borrowed().handle_for(), Some(value))
        })
    }

    fn delattr<N>(&self, attr_name: N) -> PyResult<()>
    where
        N: IntoPyObject<'py, Target = PyString>,
    {
        let py = self.py();
        with_name(py, attr_name, |name| Active::set_attribute(py.attached(), self.any_handle(), name, None))
    }

    fn compare<O>(&self, other: O) -> PyResult<Ordering>
    where
        O: IntoPyObject<'py>,
    {
        let other = other.into_pyobject_or_pyerr(self.py())?.into_any();
        let other = other.as_borrowed();
        for (op, ordering) in [
            (pyo3_backend::CompareOp::Eq, Ordering::Equal),
            (pyo3_backend::CompareOp::Lt, Ordering::Less),
            (pyo3_backend::CompareOp::Gt, Ordering::Greater),
        ] {
            if compared(self, other, op)? {
                return Ok(ordering);
            }
        }
        Err(PyTypeError::new_err("PyAny::compare(): All comparisons returned false"))
    }

    fn rich_compare<O>(&self, other: O, compare_op: CompareOp) -> PyResult<Bound<'py, PyAny>>
    where
        O: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, other, |other| Active::compare(py.attached(), self.any_handle(), other, contract_op(compare_op)))
            .map(Bound::wrap)
    }

    comparisons! { lt Lt  le Le  eq Eq  ne Ne  gt Gt  ge Ge }

    unary_operators! { neg Negative  pos Positive  abs Absolute  bitnot Invert }

    binary_operators! {
        add Add
        sub Subtract
        mul Multiply
        matmul MatrixMultiply
        div TrueDivide
        floor_div FloorDivide
        rem Remainder
        divmod DivMod
        lshift LeftShift
        rshift RightShift
        bitand And
        bitor Or
        bitxor Xor
    }

    fn pow<O1, O2>(&self, other: O1, modulus: O2) -> PyResult<Bound<'py, PyAny>>
    where
        O1: IntoPyObject<'py>,
        O2: IntoPyObject<'py>,
    {
        let py = self.py();
        let modulus = modulus.into_pyobject_or_pyerr(py)?.into_any();
        with(py, other, |other| {
            Active::power(py.attached(), self.any_handle(), other, modulus.as_borrowed().any_handle())
        })
        .map(Bound::wrap)
    }

    fn is_callable(&self) -> bool {
        Active::is_callable(self.py().attached(), self.any_handle())
    }

    fn call<A>(&self, args: A, kwargs: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>>
    where
        A: PyCallArgs<'py>,
    {
        args.call(self.as_borrowed(), kwargs)
    }

    #[inline]
    fn call0(&self) -> PyResult<Bound<'py, PyAny>> {
        self.call((), None)
    }

    #[inline]
    fn call1<A>(&self, args: A) -> PyResult<Bound<'py, PyAny>>
    where
        A: PyCallArgs<'py>,
    {
        self.call(args, None)
    }

    fn call_method<N, A>(&self, name: N, args: A, kwargs: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>,
        A: PyCallArgs<'py>,
    {
        let name = name.into_pyobject_or_pyerr(self.py())?;
        args.call_method(self.as_borrowed(), name.as_borrowed(), kwargs)
    }

    #[inline]
    fn call_method0<N>(&self, name: N) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>,
    {
        self.call_method(name, (), None)
    }

    #[inline]
    fn call_method1<N, A>(&self, name: N, args: A) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPyObject<'py, Target = PyString>,
        A: PyCallArgs<'py>,
    {
        self.call_method(name, args, None)
    }

    fn is_truthy(&self) -> PyResult<bool> {
        let py = self.py();
        Active::is_truthy(py.attached(), self.any_handle()).or_raise(py)
    }

    #[inline]
    fn is_none(&self) -> bool {
        self.any_handle().is(Active::none(self.py().attached()))
    }

    fn is_empty(&self) -> PyResult<bool> {
        self.len().map(|length| length == 0)
    }

    fn get_item<K>(&self, key: K) -> PyResult<Bound<'py, PyAny>>
    where
        K: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, key, |key| Active::get_item(py.attached(), self.any_handle(), key)).map(Bound::wrap)
    }

    fn set_item<K, V>(&self, key: K, value: V) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>,
    {
        let py = self.py();
        let key = key.into_pyobject_or_pyerr(py)?.into_any();
        with(py, value, |value| {
            Active::set_item(py.attached(), self.any_handle(), key.as_borrowed().any_handle(), Some(value))
        })
    }

    fn del_item<K>(&self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, key, |key| Active::set_item(py.attached(), self.any_handle(), key, None))
    }

    fn try_iter(&self) -> PyResult<Bound<'py, PyIterator>> {
        PyIterator::from_object(self)
    }

    fn get_type(&self) -> Bound<'py, PyType> {
        let py = self.py();
        Bound::from_handle(Active::type_of(py.attached(), self.any_handle()).to_owned(py.attached()))
    }

    #[inline]
    fn get_type_ptr(&self) -> *mut ffi::PyTypeObject {
        crate::type_object::raw_type(Active::type_of(self.py().attached(), self.any_handle()))
    }

    #[inline]
    fn extract<'a, T>(&'a self) -> Result<T, T::Error>
    where
        T: FromPyObject<'a, 'py>,
    {
        FromPyObject::extract(self.as_borrowed())
    }

    fn get_refcnt(&self) -> isize {
        Active::count(self.py().attached(), self.any_handle()) as isize
    }

    fn repr(&self) -> PyResult<Bound<'py, PyString>> {
        let py = self.py();
        Active::repr(py.attached(), self.any_handle()).or_raise(py).map(Bound::from_handle)
    }

    fn str(&self) -> PyResult<Bound<'py, PyString>> {
        let py = self.py();
        Active::str(py.attached(), self.any_handle()).or_raise(py).map(Bound::from_handle)
    }

    fn hash(&self) -> PyResult<isize> {
        let py = self.py();
        Active::hash(py.attached(), self.any_handle()).or_raise(py)
    }

    fn len(&self) -> PyResult<usize> {
        let py = self.py();
        Active::len(py.attached(), self.any_handle()).or_raise(py)
    }

    fn dir(&self) -> PyResult<Bound<'py, PyList>> {
        let py = self.py();
        Active::dir(py.attached(), self.any_handle()).or_raise(py).map(Bound::from_handle)
    }

    fn is_instance(&self, ty: &Bound<'py, PyAny>) -> PyResult<bool> {
        let py = self.py();
        Active::is_instance(py.attached(), self.any_handle(), ty.any_handle()).or_raise(py)
    }

    fn is_exact_instance(&self, ty: &Bound<'py, PyAny>) -> bool {
        Active::type_of(self.py().attached(), self.any_handle()).any().is(ty.any_handle())
    }

    #[inline]
    fn is_instance_of<T: PyTypeCheck>(&self) -> bool {
        T::type_check(self)
    }

    #[inline]
    fn is_exact_instance_of<T: PyTypeInfo>(&self) -> bool {
        T::is_exact_type_of(self)
    }

    fn contains<V>(&self, value: V) -> PyResult<bool>
    where
        V: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, value, |value| Active::contains(py.attached(), self.any_handle(), value))
    }

    fn py_super(&self) -> PyResult<Bound<'py, PySuper>> {
        PySuper::new(&self.get_type(), self)
    }
}
