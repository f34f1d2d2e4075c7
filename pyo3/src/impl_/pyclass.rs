//! Classes, as the output of `#[pyclass]` and `#[pymethods]` names them.
//!
//! What a class is lives in [`pyclass`](mod@crate::pyclass), and is only re-exported here. This file adds what generated code
//! alone needs: defaults for what a class does not say, and the values of enums.

use std::sync::OnceLock;

pub use pyo3_backend::{ClassFlags, FreeList, InstanceSlot, MethodKind, NoSlot, PointerSlot};

pub use crate::pyclass::base::{Initializer, NoInitializer, PyClassBaseType, Subclassable};
pub use crate::pyclass::clearing::Clearing;
pub use crate::pyclass::contract::{ClassOf, NativeTypeOf};
pub use crate::pyclass::definition::PyClassImpl;
pub use crate::pyclass::guard::PyRef;
pub use crate::pyclass::members::Items;
pub use crate::pyclass::type_cell::TypeCell;
pub use crate::pyclass::type_object::type_handle;
pub use crate::pyclass::{
    AnyThread, CompareOp, OneThread, PyClass, PyClassGuardError, PyClassInitializer, PyTraverseError, PyVisit,
    boolean_struct,
};
pub use crate::types::PyType;

use crate::impl_::module::AddToModule;
use crate::pyclass::PyClassGuard;
use crate::types::PyModule;
use crate::types::module::PyModuleMethods;
use crate::{Borrowed, Bound, Py, PyAny, PyResult, Python};

/// What a class has that no `#[pymethods]` gave: the inherent items of generated code hide these.
pub trait Fallback: Sized {
    /// No `__traverse__`.
    const __PYO3_TRAVERSES: bool = false;

    /// Nothing to visit.
    ///
    /// # Errors
    ///
    /// None.
    fn __pyo3_traverse(&self, _visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        Ok(())
    }

    /// Nothing to clear.
    ///
    /// # Errors
    ///
    /// None.
    fn __pyo3_clear(_py: Python<'_>, _cell: Clearing<'_, Self>) -> PyResult<()> {
        Ok(())
    }
}

impl<T> Fallback for T {}

/// What the only `#[pymethods]` block of a class adds to it. A second block is a second implementation, and the compiler's
/// message about that has nothing but this name to say what to do.
pub trait OnlyOnePymethodsBlockWithoutFeatureMultiplePymethods: PyClass {
    /// Adds its functions.
    fn collect(items: &mut Items<Self>);
}

/// The methods of `T`, with or without a block.
pub struct Methods<T>(core::marker::PhantomData<fn() -> T>);

impl<T: OnlyOnePymethodsBlockWithoutFeatureMultiplePymethods> Methods<T> {
    /// Adds those of the block.
    #[inline]
    pub fn collect(items: &mut Items<T>) {
        <T as OnlyOnePymethodsBlockWithoutFeatureMultiplePymethods>::collect(items);
    }
}

/// Classes without a block.
pub trait NoMethods<T> {
    /// Adds nothing.
    fn collect(_items: &mut Items<T>) {}
}

impl<T> NoMethods<T> for Methods<T> {}

/// Nothing. In a facade for 0.29 or before: lets a class that says neither `from_py_object` nor `skip_from_py_object` be
/// extracted by value if it is `Clone`.
#[doc(hidden)]
#[macro_export]
macro_rules! __pyo3_implicit_from_py_object {
    ($class:ident) => {};
}
pub use crate::__pyo3_implicit_from_py_object as implicit_from_py_object;

/// What a class exports from the module it is in.
pub struct AddClass<T>(core::marker::PhantomData<fn() -> T>);

impl<T> AddClass<T> {
    /// For `T`.
    #[expect(clippy::new_without_default, reason = "it lives in a constant")]
    pub const fn new() -> Self {
        AddClass(core::marker::PhantomData)
    }
}

#[diagnostic::do_not_recommend]
impl<T: PyClass> AddToModule for AddClass<T> {
    #[cfg(feature = "experimental-inspect")]
    const INTROSPECTION_ID: Option<&'static str> = Some(super::introspection::id_of_class::<T>());

    fn add_to_module(&self, module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add_class::<T>()
    }
}

/// Fails to compile where instances could not be shared between threads. The compiler's message about that has nothing but this
/// name to say what to do.
pub const fn needs_send_and_sync_or_unsendable<T: Send + Sync>() {}

/// The instances that stand for the variants of an enum without fields, made on first use and kept for ever. Python finds
/// them as attributes of the class; what it does to those attributes changes nothing here.
pub struct Variants<T, const N: usize>([OnceLock<Py<T>>; N]);

impl<T, const N: usize> Variants<T, N> {
    /// None is made yet.
    #[expect(clippy::new_without_default, reason = "it lives in a static")]
    pub const fn new() -> Self {
        Variants([const { OnceLock::new() }; N])
    }
}

/// The instance that stands for the variant at `index`, whose value is `value`.
///
/// # Errors
///
/// If the runtime cannot allocate one.
#[inline]
pub fn variant<'py, T: PyClass, const N: usize>(
    py: Python<'py>,
    instances: &'static Variants<T, N>,
    index: usize,
    value: impl Into<PyClassInitializer<T>>,
) -> PyResult<Bound<'py, T>> {
    match instances.0[index].get() {
        Some(found) => Ok(found.bind(py).clone()),
        None => first_variant(py, instances, index, value.into()),
    }
}

/// As [`variant`], where there was no such instance yet.
#[cold]
fn first_variant<'py, T: PyClass, const N: usize>(
    py: Python<'py>,
    instances: &'static Variants<T, N>,
    index: usize,
    value: PyClassInitializer<T>,
) -> PyResult<Bound<'py, T>> {
    // Making the type makes its attributes, among them these instances.
    T::type_object(py);
    let place = &instances.0[index];
    if let Some(found) = place.get() {
        return Ok(found.bind(py).clone());
    }
    // Where another thread was faster, its instance stands for the variant, and this one goes.
    let made = Bound::new(py, value)?.unbind();
    Ok(place.get_or_init(|| made).bind(py).clone())
}

/// As [`variant`], as an object: the class attribute.
///
/// # Errors
///
/// If the runtime cannot allocate one.
pub fn variant_object<'py, T: PyClass, const N: usize>(
    py: Python<'py>,
    instances: &'static Variants<T, N>,
    index: usize,
    value: impl Into<PyClassInitializer<T>>,
) -> PyResult<Bound<'py, PyAny>> {
    variant(py, instances, index, value).map(Bound::into_any)
}

/// The class of a variant, as the attribute of its enum.
///
/// # Errors
///
/// None.
pub fn class_object<T: PyClass>(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    Ok(T::type_object(py).into_any())
}

/// An enum's value in an instance of its variant's class `V`.
///
/// # Errors
///
/// If the runtime cannot allocate one.
pub fn variant_instance<'py, E, V>(py: Python<'py>, value: E, variant: V) -> PyResult<Bound<'py, E>>
where
    E: PyClass + PyClassBaseType<Initializer = PyClassInitializer<E>> + Into<PyClassInitializer<E>>,
    V: PyClass<BaseType = E>,
{
    Ok(Bound::new(py, value.into().add_subclass(variant))?.into_super())
}

/// A `__getitem__` for an index where there is nothing.
///
/// # Errors
///
/// Always: `IndexError`.
pub fn no_item<'py>() -> PyResult<Bound<'py, PyAny>> {
    Err(crate::exceptions::PyIndexError::new_err("tuple index out of range"))
}

/// A copy of the value in an instance: `#[pyclass(from_py_object)]`.
///
/// # Errors
///
/// Where the object is of another class, or borrowed mutably.
pub fn clone_out<'a, 'py, T: PyClass + Clone>(
    object: Borrowed<'a, 'py, PyAny>,
) -> Result<T, PyClassGuardError<'a, 'py>> {
    <PyClassGuard<'a, T> as crate::FromPyObject<'a, 'py>>::extract(object).map(|guard| (*guard).clone())
}

#[cfg(feature = "multiple-pymethods")]
mod blocks {
    use core::any::{Any, TypeId};

    use super::{Items, PyClass};

    /// One `#[pymethods]` block of one class.
    pub struct MethodsBlock {
        class: fn() -> TypeId,
        collect: &'static (dyn Fn(&mut dyn Any) + Sync),
    }

    /// A block of the class `T`.
    pub trait Block: Sync + 'static {
        /// The class.
        type Class: PyClass;

        /// Collects.
        fn collect(items: &mut Items<Self::Class>);
    }

    impl MethodsBlock {
        /// A block.
        pub const fn new<B: Block>() -> Self {
            MethodsBlock {
                class: TypeId::of::<B::Class>,
                collect: &|items: &mut dyn Any| {
                    if let Some(items) = items.downcast_mut::<Items<B::Class>>() {
                        B::collect(items);
                    }
                },
            }
        }
    }

    inventory::collect!(MethodsBlock);

    /// Collects all blocks of the class `T`.
    pub fn collect_blocks<T: PyClass>(items: &mut Items<T>) {
        for block in inventory::iter::<MethodsBlock> {
            if (block.class)() == TypeId::of::<T>() {
                (block.collect)(items);
            }
        }
    }
}

#[cfg(feature = "multiple-pymethods")]
pub use self::blocks::{Block, MethodsBlock, collect_blocks};

/// `()` as a tuple: where functions return `()`, it is `None`.
pub struct EmptyTuple(());

/// The empty tuple.
pub fn empty_tuple() -> EmptyTuple {
    EmptyTuple(())
}

impl<'py> crate::IntoPyObject<'py> for EmptyTuple {
    type Target = crate::types::PyTuple;
    type Output = Bound<'py, crate::types::PyTuple>;
    type Error = core::convert::Infallible;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(crate::types::PyTuple::empty(py))
    }
}
