//! Rust functions that Python calls.
//!
//! A function is a *type*: zero-sized, implementing [`Function`]. A backend turns it into its own calling convention by
//! monomorphisation, so that the way from the runtime to the user's code is one direct call.

use core::ffi::CStr;

use crate::{Attached, ErrorOps, Outcome, Owned, Ref, RefOps, kind};

/// The arguments of one call, as the runtime hands them over: a view, nothing is copied.
///
/// `'a` is how long they are kept alive: the call.
pub trait Arguments<'a, B: RefOps>: Copy {
    /// The name of a keyword argument.
    type Name: KeywordName<B>;

    /// The positional arguments.
    fn positional(self) -> &'a [Ref<'a, B>];

    /// How many keyword arguments there are.
    fn keyword_count(self) -> usize;

    /// Visits the keyword arguments in order, until `visit` fails.
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

/// The name of a keyword argument, text on some runtimes and an object on others.
pub trait KeywordName<B: RefOps> {
    /// The text; `None` where it holds surrogates (no parameter is called so).
    fn text(&self, py: Attached<'_, B>) -> Option<&str>;

    /// The name as an object, for `**kwargs`.
    fn to_object<'py>(&self, py: Attached<'py, B>) -> Owned<'py, B, kind::Str>;
}

/// What Python sees of a function before it is called.
#[derive(Clone, Copy, Debug)]
pub struct FunctionDef {
    /// `__name__`.
    pub name: &'static CStr,
    /// `__doc__`, with the text signature in front as CPython spells it (`name(sig)\n--\n\n`), or empty.
    pub doc: &'static CStr,
    /// Whether it takes no arguments at all, so that a runtime may pass none.
    pub no_arguments: bool,
}

/// A Rust function that Python calls.
///
/// Implemented by a zero-sized type. `call` does not unwind: the neutral layer has turned panics into exceptions.
pub trait Function<B: RefOps>: 'static {
    /// Whether a module's function looks at its module: a runtime for which that costs something may keep it from others.
    const TAKES_MODULE: bool = false;

    /// Whether it takes no arguments at all, as in [`FunctionDef`]: its entry then refuses arguments with CPython's text.
    ///
    /// A constant, so that the code of no other entry is made.
    const NO_ARGUMENTS: bool = false;

    /// Calls it.
    ///
    /// `receiver` is the instance of a method, the class of a class method, the subtype to make for a constructor, the
    /// module of a module's function that [takes it](Self::TAKES_MODULE), and `None` for a static method or a free
    /// function.
    ///
    /// Inline: it is the body of the backend's trampoline.
    fn call<'a, 'py: 'a, A: Arguments<'a, B>>(
        py: Attached<'py, B>,
        receiver: Option<Ref<'a, B>>,
        arguments: A,
    ) -> Outcome<'py, B, Owned<'py, B>>;
}

/// A function together with what Python sees of it, all known when it is compiled.
pub trait DefinedFunction<B: RefOps>: Function<B> {
    /// What Python sees.
    const DEF: &'static FunctionDef;
}

/// Making function objects.
pub trait FunctionOps: ErrorOps {
    /// A function as the runtime calls it: a function pointer, mostly.
    type FunctionEntry: Copy + Send + Sync + 'static;

    /// The entry for `F`.
    ///
    /// Runs Python: no.
    /// CPython: `METH_NOARGS`, `METH_FASTCALL | METH_KEYWORDS`. RustPython: a native function.
    fn function_entry<F: Function<Self>>() -> Self::FunctionEntry;

    /// A built-in function object; `module` becomes its receiver and gives `__module__`.
    ///
    /// Runs Python: no. CPython: `PyCFunction_NewEx`. RustPython: `PyMethodDef::build_function`.
    fn function_new<'py>(
        py: Attached<'py, Self>,
        def: &'static FunctionDef,
        entry: Self::FunctionEntry,
        module: Option<Ref<'_, Self, kind::Module>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::BuiltinFunction>>;

    /// As [`function_new`](Self::function_new), for a function whose definition is a constant: a runtime that wants the
    /// definition in a form of its own has it made by the compiler.
    ///
    /// Runs Python: no. CPython: `PyCFunction_NewEx`. RustPython: as [`function_new`](Self::function_new).
    fn function_of<'py, F: DefinedFunction<Self>>(
        py: Attached<'py, Self>,
        module: Option<Ref<'_, Self, kind::Module>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::BuiltinFunction>> {
        Self::function_new(py, F::DEF, Self::function_entry::<F>(), module)
    }

    /// A built-in function object around a closure, which is dropped with it.
    ///
    /// `name` and `doc` live as long as the process. The closure does not unwind, and neither does its drop.
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
