//! Checks at compile time that the instances of a class can be used from any thread.
//!
//! The macro checks each field, so that the compiler names the one that is not `Send` and `Sync`, where it is declared.
//! The fields of a class that is both by its own `unsafe impl` need not be.

use core::marker::PhantomData;

/// Stands for the instances of the class `T`.
pub struct Instances<T>(PhantomData<T>);

impl<T: Send + Sync> Instances<T> {
    /// Whether any thread can use them.
    pub const ANY_THREAD: bool = true;
}

/// What is true of other classes.
pub trait OneThreadOnly {
    /// Whether any thread can use the instances.
    const ANY_THREAD: bool = false;
}

impl<T> OneThreadOnly for Instances<T> {}

/// Stands for a class. `ANY_THREAD`: that of its [`Instances`].
pub struct Class<const ANY_THREAD: bool>;

/// A class that may have a field of type `F`.
#[diagnostic::on_unimplemented(
    message = "Python may use this class from any thread, but `{F}` is not `Send` and `Sync`",
    label = "another thread cannot use this field",
    note = "use `Arc` in place of `Rc`, and `Mutex` or an atomic type in place of `Cell` or `RefCell`",
    note = "or write `#[pyclass(unsendable)]`: only the thread that made an instance may then use it"
)]
pub trait MayHave<F: ?Sized> {}

#[diagnostic::do_not_recommend]
impl<F: ?Sized> MayHave<F> for Class<true> {}

#[diagnostic::do_not_recommend]
impl<F: ?Sized + Send + Sync> MayHave<F> for Class<false> {}

/// Fails to compile if a class must not have a field of type `F`.
pub const fn field<F: ?Sized, const ANY_THREAD: bool>()
where
    Class<ANY_THREAD>: MayHave<F>,
{
}

/// Fails to compile if the instances are bound to one thread although each field is not: an `impl !Send` does that.
pub const fn class(any_thread: bool) {
    assert!(any_thread, "this class is not `Send` and `Sync`; write `#[pyclass(unsendable)]`");
}
