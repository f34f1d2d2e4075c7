//! Implements the methods of every Python object: each is one operation of the contract.

use core::cmp::Ordering;

use pyo3_backend::{BinaryOp, ObjectOps, RefOps, TypeOps, UnaryOp};

use super::compare::CompareOp;
use super::{PyAny, PyAnyMethods};
use crate::backend::{Active, Outcome, Owned};
use crate::call::PyCallArgs;
use crate::conversion::{FromPyObject, IntoPyObject, IntoPyObjectExt};
use crate::err::ResultExt;
use crate::exceptions::PyTypeError;
use crate::types::values::{with, with_name};
use crate::types::{PyDict, PyIterator, PyList, PyString, PySuper, PyType};
use crate::{Bound, BoundObject, Py, PyResult, PyTypeCheck, PyTypeInfo, Python, ffi};

/// Converts the outcome of an operation to a `Bound`.
#[inline]
fn object<'py>(py: Python<'py>, outcome: Outcome<'py, Owned<'py>>) -> PyResult<Bound<'py, PyAny>> {
    outcome.or_raise(py).map(Bound::wrap)
}

fn compared<'py, O>(left: &Bound<'py, PyAny>, right: O, op: pyo3_backend::CompareOp) -> PyResult<bool>
where
    O: IntoPyObject<'py>,
{
    let py = left.py();
    with(py, right, |right| Active::object_compare_bool(py.attached(), left.any_handle(), right, op))
}

fn unary<'py>(operand: &Bound<'py, PyAny>, op: UnaryOp) -> PyResult<Bound<'py, PyAny>> {
    let py = operand.py();
    object(py, Active::object_unary(py.attached(), op, operand.any_handle()))
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
                with(py, other, |other| Active::object_binary(py.attached(), BinaryOp::$op, self.any_handle(), other))
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
        with_name(py, attr_name, |name| Active::object_get_attribute(py.attached(), self.any_handle(), name))
            .map(Bound::wrap)
    }

    fn getattr_opt<N>(&self, attr_name: N) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        N: IntoPyObject<'py, Target = PyString>,
    {
        let py = self.py();
        with_name(py, attr_name, |name| Active::object_get_attribute_opt(py.attached(), self.any_handle(), name))
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
            Active::object_set_attribute(py.attached(), self.any_handle(), name.as_borrowed().handle(), Some(value))
        })
    }

    fn delattr<N>(&self, attr_name: N) -> PyResult<()>
    where
        N: IntoPyObject<'py, Target = PyString>,
    {
        let py = self.py();
        with_name(py, attr_name, |name| Active::object_set_attribute(py.attached(), self.any_handle(), name, None))
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
        with(py, other, |other| {
            Active::object_compare(py.attached(), self.any_handle(), other, compare_op.into_contract())
        })
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
            Active::object_power(py.attached(), self.any_handle(), other, modulus.as_borrowed().any_handle())
        })
        .map(Bound::wrap)
    }

    fn is_callable(&self) -> bool {
        Active::object_is_callable(self.py().attached(), self.any_handle())
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
        Active::object_is_truthy(py.attached(), self.any_handle()).or_raise(py)
    }

    #[inline]
    fn is_none(&self) -> bool {
        self.any_handle().is(Active::constant_none(self.py().attached()))
    }

    fn is_empty(&self) -> PyResult<bool> {
        self.len().map(|length| length == 0)
    }

    fn get_item<K>(&self, key: K) -> PyResult<Bound<'py, PyAny>>
    where
        K: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, key, |key| Active::object_get_item(py.attached(), self.any_handle(), key)).map(Bound::wrap)
    }

    fn set_item<K, V>(&self, key: K, value: V) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>,
    {
        let py = self.py();
        let key = key.into_pyobject_or_pyerr(py)?.into_any();
        with(py, value, |value| {
            Active::object_set_item(py.attached(), self.any_handle(), key.as_borrowed().any_handle(), Some(value))
        })
    }

    fn del_item<K>(&self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, key, |key| Active::object_set_item(py.attached(), self.any_handle(), key, None))
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
        Active::ref_count(self.py().attached(), self.any_handle()) as isize
    }

    fn repr(&self) -> PyResult<Bound<'py, PyString>> {
        let py = self.py();
        Active::object_repr(py.attached(), self.any_handle()).or_raise(py).map(Bound::from_handle)
    }

    fn str(&self) -> PyResult<Bound<'py, PyString>> {
        let py = self.py();
        Active::object_str(py.attached(), self.any_handle()).or_raise(py).map(Bound::from_handle)
    }

    #[inline]
    fn hash(&self) -> PyResult<isize> {
        let py = self.py();
        Active::object_hash(py.attached(), self.any_handle()).or_raise(py)
    }

    fn len(&self) -> PyResult<usize> {
        let py = self.py();
        Active::object_len(py.attached(), self.any_handle()).or_raise(py)
    }

    fn dir(&self) -> PyResult<Bound<'py, PyList>> {
        let py = self.py();
        Active::object_dir(py.attached(), self.any_handle()).or_raise(py).map(Bound::from_handle)
    }

    #[inline]
    fn is_instance(&self, ty: &Bound<'py, PyAny>) -> PyResult<bool> {
        let py = self.py();
        Active::type_is_instance(py.attached(), self.any_handle(), ty.any_handle()).or_raise(py)
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
        with(py, value, |value| Active::object_contains(py.attached(), self.any_handle(), value))
    }

    fn py_super(&self) -> PyResult<Bound<'py, PySuper>> {
        PySuper::new(&self.get_type(), self)
    }
}
