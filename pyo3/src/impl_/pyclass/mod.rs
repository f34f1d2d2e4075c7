//! The items about classes that the output of `#[pyclass]` and `#[pymethods]` uses.
//!
//! Classes are defined in [`pyclass`](mod@crate::pyclass), from which this file re-exports. It adds what only generated
//! code needs: the builder of members, defaults for missing parts of a class, and the values of enums.

mod builder;

use std::sync::OnceLock;

pub use self::builder::ClassBuilder;
pub use pyo3_backend::{ClassFlags, FreeList, MethodKind};
#[cfg(feature = "macros")]
pub use pyo3_macros::ClassOfConditionalItem;

pub use crate::pyclass::base::{Initializer, NoInitializer, PyClassBaseType, Subclassable};
pub use crate::pyclass::clearing::Clearing;
pub use crate::pyclass::contract::{ClassOf, NativeTypeOf};
pub use crate::pyclass::definition::PyClassImpl;
pub use crate::pyclass::guard::clone_out;
pub use crate::pyclass::members::Members;
pub use crate::pyclass::type_cell::TypeCell;
pub use crate::pyclass::type_object::type_handle;
pub use crate::pyclass::{
    AnyThread, CompareOp, OneThread, PyClass, PyClassGuard, PyClassGuardError, PyClassInitializer, PyTraverseError,
    PyVisit, boolean_struct,
};
pub use crate::types::PyType;

use crate::impl_::module::AddToModule;
use crate::types::PyModule;
use crate::types::module::PyModuleMethods;
use crate::{Bound, Py, PyAny, PyResult, Python};

/// Defaults for a class whose `#[pymethods]` do not provide these. The inherent items of generated code take
/// precedence.
pub trait CollectorDefaults: Sized {
    /// Whether the class has a `__traverse__`.
    const __PYO3_TRAVERSES: bool = false;

    /// Visits nothing.
    fn __pyo3_traverse(&self, _visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        Ok(())
    }

    /// Clears nothing.
    fn __pyo3_clear(_py: Python<'_>, _cell: Clearing<'_, Self>) -> PyResult<()> {
        Ok(())
    }
}

impl<T> CollectorDefaults for T {}

/// The additions of a class's only `#[pymethods]` block. A second block would be a second implementation. The
/// compiler's message about that contains this name, which is the only place to say what to do.
pub trait OnlyOnePymethodsBlockWithoutFeatureMultiplePymethods: PyClass {
    /// Adds the functions of the block.
    fn collect(builder: &mut ClassBuilder<Self>);
}

/// The methods of `T`, with or without a `#[pymethods]` block.
pub struct Methods<T>(core::marker::PhantomData<fn() -> T>);

impl<T: OnlyOnePymethodsBlockWithoutFeatureMultiplePymethods> Methods<T> {
    /// Adds the methods of the block.
    #[inline]
    pub fn collect(builder: &mut ClassBuilder<T>) {
        <T as OnlyOnePymethodsBlockWithoutFeatureMultiplePymethods>::collect(builder);
    }
}

/// The methods of a class without a block.
pub trait NoMethods<T> {
    /// Adds nothing.
    fn collect(_builder: &mut ClassBuilder<T>) {}
}

impl<T> NoMethods<T> for Methods<T> {}

/// Expands to nothing. In a facade for 0.29 or before, it lets a class that is `Clone` be extracted by value if the
/// class has neither `from_py_object` nor `skip_from_py_object`.
#[doc(hidden)]
#[macro_export]
macro_rules! __pyo3_implicit_from_py_object {
    ($class:ident) => {};
}
pub use crate::__pyo3_implicit_from_py_object as implicit_from_py_object;

/// The export of a class from its module.
pub struct AddClass<T>(core::marker::PhantomData<fn() -> T>);

impl<T> AddClass<T> {
    /// Creates the export of `T`.
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

/// The instances that stand for the variants of an enum without fields, made on first use and never released. Python
/// finds them as attributes of the class; changing those attributes does not change the instances here.
pub struct Variants<T, const N: usize>([OnceLock<Py<T>>; N]);

impl<T, const N: usize> Variants<T, N> {
    /// Creates the list with no instance yet.
    #[expect(clippy::new_without_default, reason = "it lives in a static")]
    pub const fn new() -> Self {
        Variants([const { OnceLock::new() }; N])
    }
}

/// Returns the instance that stands for the variant at `index`, whose value is `value`.
///
/// # Errors
///
/// If the runtime cannot allocate the instance.
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

/// Makes the instance if [`variant`] does not find it.
#[cold]
fn first_variant<'py, T: PyClass, const N: usize>(
    py: Python<'py>,
    instances: &'static Variants<T, N>,
    index: usize,
    value: PyClassInitializer<T>,
) -> PyResult<Bound<'py, T>> {
    // Making the type object sets its attributes, and these instances are among them.
    T::type_object(py);
    let place = &instances.0[index];
    if let Some(found) = place.get() {
        return Ok(found.bind(py).clone());
    }
    // If another thread was faster, its instance stands for the variant, and this one is dropped.
    let made = Bound::new(py, value)?.unbind();
    Ok(place.get_or_init(|| made).bind(py).clone())
}

/// Returns the instance of [`variant`] as an object, for the class attribute.
///
/// # Errors
///
/// If the runtime cannot allocate the instance.
pub fn variant_object<'py, T: PyClass, const N: usize>(
    py: Python<'py>,
    instances: &'static Variants<T, N>,
    index: usize,
    value: impl Into<PyClassInitializer<T>>,
) -> PyResult<Bound<'py, PyAny>> {
    variant(py, instances, index, value).map(Bound::into_any)
}

/// Returns the class of a variant, for the attribute of its enum.
pub fn class_object<T: PyClass>(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    Ok(T::type_object(py).into_any())
}

/// Creates an instance of a variant's class `V` that holds an enum's value.
///
/// # Errors
///
/// If the runtime cannot allocate the instance.
pub fn variant_instance<'py, E, V>(py: Python<'py>, value: E, variant: V) -> PyResult<Bound<'py, E>>
where
    E: PyClass + PyClassBaseType<Initializer = PyClassInitializer<E>> + Into<PyClassInitializer<E>>,
    V: PyClass<BaseType = E>,
{
    Ok(Bound::new(py, value.into().add_subclass(variant))?.into_super())
}

/// The result of `__getitem__` for an index out of range.
///
/// # Errors
///
/// Always returns `IndexError`.
pub fn no_item<'py>() -> PyResult<Bound<'py, PyAny>> {
    Err(crate::exceptions::PyIndexError::new_err("tuple index out of range"))
}

#[cfg(feature = "multiple-pymethods")]
mod blocks {
    use core::any::{Any, TypeId};

    use super::{ClassBuilder, PyClass};

    /// One `#[pymethods]` block of one class.
    pub struct MethodsBlock {
        class: fn() -> TypeId,
        collect: &'static (dyn Fn(&mut dyn Any) + Sync),
    }

    /// A block of the class `T`.
    pub trait Block: Sync + 'static {
        /// The class.
        type Class: PyClass;

        /// Adds the methods of the block to `builder`.
        fn collect(builder: &mut ClassBuilder<Self::Class>);
    }

    impl MethodsBlock {
        /// Creates the entry for the block `B`.
        pub const fn new<B: Block>() -> Self {
            MethodsBlock {
                class: TypeId::of::<B::Class>,
                collect: &|builder: &mut dyn Any| {
                    if let Some(builder) = builder.downcast_mut::<ClassBuilder<B::Class>>() {
                        B::collect(builder);
                    }
                },
            }
        }
    }

    inventory::collect!(MethodsBlock);

    /// Collects the methods of all blocks of the class `T`.
    pub fn collect_blocks<T: PyClass>(builder: &mut ClassBuilder<T>) {
        for block in inventory::iter::<MethodsBlock> {
            if (block.class)() == TypeId::of::<T>() {
                (block.collect)(builder);
            }
        }
    }
}

#[cfg(feature = "multiple-pymethods")]
pub use self::blocks::{Block, MethodsBlock, collect_blocks};

/// `()` that converts to an empty tuple. Where functions return `()`, it converts to `None`.
pub struct EmptyTuple(());

/// Returns the empty tuple.
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
