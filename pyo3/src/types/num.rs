//! [`PyInt`]: Python's `int`.

use core::convert::Infallible;

use crate::types::PyAnyMethods;
use crate::{Bound, IntoPyObject, Python};

native_types! {
    /// Python's `int`. Rust's integers convert to it and from it.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyInt;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let number = PyInt::new(py, 2_u64.pow(40));
    ///     assert_eq!(number, 1_099_511_627_776_u64);
    ///     assert_eq!(number.call_method0("bit_length")?.extract::<u32>()?, 41);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyInt = Int;
}

impl PyInt {
    /// Creates an `int` with the value of a Rust integer.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::PyInt;
    /// # Python::initialize();
    /// Python::attach(|py| assert_eq!(PyInt::new(py, 42u8), 42u64));
    /// ```
    #[inline]
    pub fn new<'a, T>(py: Python<'a>, i: T) -> Bound<'a, PyInt>
    where
        T: IntoPyObject<'a, Target = PyInt, Output = Bound<'a, PyInt>, Error = Infallible>,
    {
        match i.into_pyobject(py) {
            Ok(int) => int,
            Err(never) => match never {},
        }
    }
}

/// Implements equality with Rust's integers. An `int` out of the Rust type's range is unequal.
macro_rules! equal_to {
    ($($integer:ident)+) => {
        $(
            impl PartialEq<$integer> for Bound<'_, PyInt> {
                #[inline]
                fn eq(&self, other: &$integer) -> bool {
                    self.extract::<$integer>().is_ok_and(|value| value == *other)
                }
            }

            impl PartialEq<Bound<'_, PyInt>> for $integer {
                #[inline]
                fn eq(&self, other: &Bound<'_, PyInt>) -> bool {
                    other == self
                }
            }
        )+
    };
}

equal_to!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);
