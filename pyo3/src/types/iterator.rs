//! [`PyIterator`]: Python's iterators.

use pyo3_backend::ObjectOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::exceptions::PyStopIteration;
use crate::types::PyAnyMethods;
use crate::{Bound, PyAny, PyResult, intern};

imported_types! {
    /// A Python iterator: any object with a `__next__` method.
    ///
    /// `Bound<'py, PyIterator>` is a Rust iterator that yields a `PyResult` for each item.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let mut sum = 0;
    ///     for number in py.eval(c"iter([1, 2, 3])", None, None)?.try_iter()? {
    ///         sum += number?.extract::<i32>()?;
    ///     }
    ///     assert_eq!(sum, 6);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyIterator = "_collections_abc"."Iterator", is_iterator;
}

/// Returns `true` if the object has `__next__`.
#[inline]
fn is_iterator(object: &Bound<'_, PyAny>) -> bool {
    Active::object_is_iterator(object.py().attached(), object.any_handle())
}

impl PyIterator {
    /// Returns an iterator over `obj`: `iter(obj)`. Same as [`PyAnyMethods::try_iter`].
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `obj` is not iterable.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyIterator, PyList};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 2])?;
    ///     let mut iterator = PyIterator::from_object(&list)?;
    ///     assert_eq!(iterator.next().unwrap()?.extract::<i32>()?, 1);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[expect(unsafe_code, reason = "the operation returns an iterator")]
    pub fn from_object<'py>(obj: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyIterator>> {
        Active::object_iter(obj.py().attached(), obj.any_handle())
            .or_raise(obj.py())
            // SAFETY: `iter` returns an iterator, which is all that `PyIterator` requires.
            .map(|iterator| unsafe { Bound::wrap_unchecked(iterator.any()) })
    }
}

/// The result of [`Bound::send`].
#[derive(Debug)]
pub enum PySendResult<'py> {
    /// The generator yielded this value, and is suspended.
    Next(Bound<'py, PyAny>),
    /// The generator ended with this value.
    Return(Bound<'py, PyAny>),
}

impl<'py> Bound<'py, PyIterator> {
    /// Sends a value into a generator, and runs it up to its next `yield` or to its end.
    ///
    /// `None` can be sent to any iterator, and asks for the next item.
    ///
    /// # Errors
    ///
    /// Returns the exception that the generator raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyIterator, iterator::PySendResult};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let names = pyo3::types::PyDict::new(py);
    ///     py.run(c"def echo():\n    got = yield 1\n    return got", Some(&names), None)?;
    ///     let generator = names.get_item("echo")?.unwrap().call0()?.cast_into::<PyIterator>()?;
    ///     let PySendResult::Next(first) = generator.send(py.None().bind(py))? else { panic!("it yields") };
    ///     assert_eq!(first.extract::<i32>()?, 1);
    ///     let PySendResult::Return(last) = generator.send("hello".into_pyobject(py)?.as_any())? else { panic!("it returns") };
    ///     assert_eq!(last.extract::<String>()?, "hello");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn send(&self, value: &Bound<'py, PyAny>) -> PyResult<PySendResult<'py>> {
        let py = self.py();
        let answer = match self.getattr_opt(intern!(py, "send"))? {
            Some(send) => send.call1((value,)),
            None if value.is_none() => self.call_method0(intern!(py, "__next__")),
            None => self.call_method1(intern!(py, "send"), (value,)),
        };
        match answer {
            Ok(item) => Ok(PySendResult::Next(item)),
            Err(error) if error.is_instance_of::<PyStopIteration>(py) => {
                Ok(PySendResult::Return(error.value(py).getattr(intern!(py, "value"))?))
            }
            Err(error) => Err(error),
        }
    }
}

impl<'py> Iterator for Bound<'py, PyIterator> {
    type Item = PyResult<Bound<'py, PyAny>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let py = self.py();
        match Active::iter_next(py.attached(), self.any_handle()) {
            Ok(item) => item.map(|item| Ok(Bound::wrap(item))),
            Err(raised) => Some(Err(raised).or_raise(py)),
        }
    }

    /// Returns `__length_hint__` as the lower bound. If that raises an exception, reports it as unraisable, and the
    /// bound is 0.
    fn size_hint(&self) -> (usize, Option<usize>) {
        let py = self.py();
        match Active::object_length_hint(py.attached(), self.any_handle(), 0).or_raise(py) {
            Ok(hint) => (hint, None),
            Err(error) => {
                error.write_unraisable(py, Some(self));
                (0, None)
            }
        }
    }
}

impl<'py> IntoIterator for &Bound<'py, PyIterator> {
    type Item = PyResult<Bound<'py, PyAny>>;
    type IntoIter = Bound<'py, PyIterator>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.clone()
    }
}
