//! Rust functions that Python calls.
//!
//! A function is a *type*: zero-sized, implementing [`Function`]. A backend turns it into its own calling convention by
//! monomorphisation, so that the runtime reaches the user's code with one direct call.

use core::ffi::CStr;
use std::sync::OnceLock;

use crate::{Attached, ErrorOps, Outcome, Owned, RaisePanic, Ref, RefOps, kind};

/// The arguments of one call, as the runtime passes them. This is a view: nothing is copied.
///
/// `'a` is the duration of the call, for which the arguments are kept alive.
pub trait Arguments<'a, B: RefOps>: Copy {
    /// The name of a keyword argument.
    type Name: KeywordName<B>;

    /// Returns the positional arguments.
    fn positional(self) -> &'a [Ref<'a, B>];

    /// Returns the tuple that holds the positional arguments and nothing else, if the caller has passed one: `*args` of a
    /// function that has no other parameters is that tuple.
    #[inline]
    fn positional_tuple(self) -> Option<Ref<'a, B, kind::Tuple>> {
        None
    }

    /// Returns the number of keyword arguments.
    fn keyword_count(self) -> usize;

    /// Calls `visit` with each keyword argument in order, until it fails.
    ///
    /// # Errors
    ///
    /// What `visit` returns.
    fn each_keyword<E>(
        self,
        py: Attached<'_, B>,
        visit: impl FnMut(&Self::Name, Ref<'a, B>) -> Result<(), E>,
    ) -> Result<(), E>;
}

/// The name of a keyword argument: text on some runtimes, an object on others.
pub trait KeywordName<B: RefOps> {
    /// Returns the text, or `None` if it contains surrogates, which no parameter name does.
    fn text(&self, py: Attached<'_, B>) -> Option<&str>;

    /// Returns the name as an object, for `**kwargs`.
    fn to_object<'py>(&self, py: Attached<'py, B>) -> Owned<'py, B, kind::Str>;
}

/// What Python sees of a function without calling it.
#[derive(Clone, Copy, Debug)]
pub struct FunctionDef {
    /// `__name__`.
    pub name: &'static CStr,
    /// `__doc__`, preceded by the text signature as CPython writes it (`name(sig)\n--\n\n`), or empty.
    pub doc: &'static CStr,
    /// Whether it takes no arguments at all, so that the runtime need not pass any.
    pub no_arguments: bool,
}

/// A Rust function that Python calls.
///
/// Implemented by a zero-sized type.
pub trait Function<B: RefOps>: 'static {
    /// Whether a function of a module uses its module. If that has a cost, a runtime may withhold the module from other
    /// functions.
    const TAKES_MODULE: bool = false;

    /// Whether it takes no arguments at all, as in [`FunctionDef`]. Its entry then rejects arguments with CPython's
    /// message.
    ///
    /// A constant, so that only the entry that is needed gets compiled.
    const NO_ARGUMENTS: bool = false;

    /// Raises the exception for a panic of [`call_may_unwind`](Self::call_may_unwind).
    const RAISE_PANIC: RaisePanic<B> = RaisePanic::NEVER;

    /// Calls the function. Does not unwind.
    ///
    /// `receiver` is the instance of a method, the class of a class method, the subtype to create for a constructor,
    /// the module of a module's function that [takes it](Self::TAKES_MODULE), and `None` for a static method or a free
    /// function.
    ///
    /// Make it inline: it is the body of the backend's trampoline.
    fn call<'a, 'py: 'a, A: Arguments<'a, B>>(
        py: Attached<'py, B>,
        receiver: Option<Ref<'a, B>>,
        arguments: A,
    ) -> Outcome<'py, B, Owned<'py, B>>;

    /// Calls the function as [`call`](Self::call) does, but a panic of the user's code unwinds. The caller catches it
    /// with [`catch_panic`](crate::catch_panic) and [`RAISE_PANIC`](Self::RAISE_PANIC), in one place for all functions.
    #[inline]
    fn call_may_unwind<'a, 'py: 'a, A: Arguments<'a, B>>(
        py: Attached<'py, B>,
        receiver: Option<Ref<'a, B>>,
        arguments: A,
    ) -> Outcome<'py, B, Owned<'py, B>> {
        Self::call(py, receiver, arguments)
    }
}

/// A function together with its definition.
pub trait DefinedFunction<B: FunctionOps>: Function<B> {
    /// The definition, known at compile time.
    const DEF: &'static FunctionDef;

    /// Returns the place for what the backend derives from the definition. It is the same place on every call, and empty
    /// at first.
    fn state() -> &'static OnceLock<B::FunctionState>;
}

/// Creating function objects.
pub trait FunctionOps: ErrorOps {
    /// What the backend stores with a [`DefinedFunction`]. CPython: nothing, since the compiler creates the
    /// `PyMethodDef`. RustPython: the VM's definitions.
    type FunctionState: Send + Sync + 'static;

    /// Creates a built-in function object. `module` becomes its receiver and determines `__module__`.
    ///
    /// Runs Python: no.
    /// CPython: `PyCFunction_NewEx` with `METH_NOARGS` or `METH_FASTCALL | METH_KEYWORDS`.
    /// RustPython: `PyMethodDef::build_function`.
    fn function_new<'py, F: DefinedFunction<Self>>(
        py: Attached<'py, Self>,
        module: Option<Ref<'_, Self, kind::Module>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::BuiltinFunction>>;

    /// Creates a built-in function object from a closure, which is dropped with the object.
    ///
    /// `name` and `doc` live as long as the process. Neither the closure nor its drop unwinds.
    ///
    /// Runs Python: no.
    /// CPython: `PyCFunction_New` over a capsule. RustPython: a native function.
    fn function_from_closure<'py, F>(
        py: Attached<'py, Self>,
        name: &'static CStr,
        doc: &'static CStr,
        closure: F,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::BuiltinFunction>>
    where
        F: for<'a> Fn(
                Attached<'a, Self>,
                Ref<'a, Self, kind::Tuple>,
                Option<Ref<'a, Self, kind::Dict>>,
            ) -> Outcome<'a, Self, Owned<'a, Self>>
            + Send
            + 'static;
}
