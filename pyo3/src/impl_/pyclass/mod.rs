//! Classes: what `#[pyclass]` and `#[pymethods]` say of one, and how that reaches the contract.

mod base;
mod contract;
mod items;
mod type_object;

use core::ffi::CStr;
use std::sync::OnceLock;

pub use pyo3_backend::{ClassFlags, FreeList, InstanceSlot, MethodKind, NoSlot, PointerSlot};

pub use self::base::{Initializer, NoInitializer, PyClassBaseType, Subclassable};
pub use self::contract::{ClassOf, Clearing, NativeTypeOf};
pub use self::items::Items;
pub use self::type_object::{TypeCell, type_handle};
pub use crate::pyclass::{
    AnyThread, CompareOp, OneThread, PyClass, PyClassGuardError, PyTraverseError, PyVisit, boolean_struct,
};
pub use crate::types::PyType;

pub(crate) use self::base::{PayloadsOf, native_base};

use crate::impl_::module::AddToModule;
pub use crate::pycell::PyRef;
use crate::pyclass::{PyClassGuard, Threads};
pub use crate::pyclass_init::PyClassInitializer;
use crate::types::module::PyModuleMethods;
use crate::types::{DerefToPyAny, PyModule};
use crate::{Borrowed, Bound, Py, PyAny, PyResult, PyTypeInfo, Python, ffi};

/// What `#[pyclass]` knows of a class. Implemented by the macro alone.
pub trait PyClassImpl: Sized + 'static {
    /// What it extends.
    type BaseType: PyTypeInfo + PyClassBaseType + Subclassable;

    /// Room for a `__dict__`.
    type DictSlot: InstanceSlot;

    /// Room for weak references.
    type WeakrefSlot: InstanceSlot;

    /// On which threads instances may be used.
    type Threads: Threads;

    /// `__module__`.
    const MODULE: Option<&'static str>;

    /// `__doc__`, or empty.
    const DOC: &'static CStr;

    /// What is true of the class as a whole.
    const FLAGS: ClassFlags;

    /// Whether there is a `__traverse__`.
    const TRAVERSES: bool;

    /// The option `freelist`.
    fn free_list() -> Option<&'static FreeList> {
        None
    }

    /// Where the type object is kept.
    fn type_cell() -> &'static TypeCell;

    /// Collects methods, properties, protocols and class attributes.
    fn collect(items: &mut Items<Self>);

    /// `__traverse__`.
    ///
    /// # Errors
    ///
    /// Where the collector wants no more.
    fn traverse(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError>;

    /// `__clear__`.
    ///
    /// # Errors
    ///
    /// What the user's function returns.
    fn clear(py: Python<'_>, cell: Clearing<'_, Self>) -> PyResult<()>;
}

/// What a class has that no `#[pymethods]` gave: the inherent items of generated code hide these.
pub trait Fallback: Sized {
    /// No `__traverse__`.
    const __PYO3_TRAVERSES: bool = false;

    /// No methods.
    fn __pyo3_collect(_items: &mut Items<Self>) {}

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

#[expect(unsafe_code, reason = "the trait promises what casts rely on")]
mod type_info {
    use super::{PyClass, PyTypeInfo, Python, ffi, type_handle};

    // SAFETY: instances of the type object are made by `allocate` for the class or one that extends it.
    unsafe impl<T: PyClass> PyTypeInfo for T {
        #[cfg(feature = "compat-0-29")]
        const NAME: &'static str = <T as PyClass>::NAME;
        #[cfg(feature = "compat-0-29")]
        const MODULE: Option<&'static str> = <T as super::PyClassImpl>::MODULE;

        #[inline]
        fn type_object_raw(py: Python<'_>) -> *mut ffi::PyTypeObject {
            crate::type_object::raw_type(type_handle::<T>(py))
        }
    }
}

impl<T: PyClass> DerefToPyAny for T {}

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

impl<T: PyClass> AddToModule for AddClass<T> {
    fn add_to_module(&self, module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add_class::<T>()
    }
}

/// Fails to compile where instances could not be shared between threads.
pub const fn assert_sync<T: Send + Sync>() {}

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
/// Where the runtime cannot allocate one.
pub fn variant<'py, T: PyClass, const N: usize>(
    py: Python<'py>,
    instances: &'static Variants<T, N>,
    index: usize,
    value: impl Into<PyClassInitializer<T>>,
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
/// Where the runtime cannot allocate one.
pub fn variant_object<T: PyClass, const N: usize>(
    py: Python<'_>,
    instances: &'static Variants<T, N>,
    index: usize,
    value: impl Into<PyClassInitializer<T>>,
) -> PyResult<Py<PyAny>> {
    variant(py, instances, index, value).map(|instance| instance.into_any().unbind())
}

/// The class of a variant, as the attribute of its enum.
///
/// # Errors
///
/// None.
pub fn class_object<T: PyClass>(py: Python<'_>) -> PyResult<Py<PyAny>> {
    Ok(T::type_object(py).into_any().unbind())
}

/// An enum's value in an instance of its variant's class `V`.
///
/// # Errors
///
/// Where the runtime cannot allocate one.
pub fn variant_instance<'py, E, V>(py: Python<'py>, value: E, variant: V) -> PyResult<Bound<'py, E>>
where
    E: PyClass + Into<PyClassInitializer<E>>,
    V: PyClass<BaseType = E>,
{
    Ok(Bound::new(py, value.into().add_subclass(variant))?.into_super())
}

/// The index of an item behind a `__getitem__`: `IndexError` where there is none.
///
/// # Errors
///
/// Always.
pub fn no_item(index: isize) -> PyResult<Py<PyAny>> {
    let _ = index;
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

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(crate::types::PyTuple::empty(py))
    }
}
