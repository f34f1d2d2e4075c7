//! Kinds: markers for what a handle points to, and the built-in types behind them.

use crate::DateTimeType;

/// A marker for what a handle points to.
///
/// Only a checked cast, or an operation that creates such an object, gives a handle of a kind. Operations rely on it:
/// one that takes a handle of kind [`List`] does not check for a list again. Subclasses of the type are of its kind.
pub trait Kind: 'static {
    /// The objects of this kind.
    const MEMBERS: Members;
}

/// The objects of a [kind](Kind).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Members {
    /// All objects.
    Any,
    /// Instances of a built-in type and of its subclasses.
    Builtin(BuiltinType),
    /// Instances of a built-in exception type and of its subclasses.
    Exception(ExceptionType),
    /// Objects of any type that has `__next__`.
    Iterator,
    /// Instances of a type of the module `datetime` and of its subclasses.
    DateTime(DateTimeType),
}

/// Any object.
pub enum Any {}

impl Kind for Any {
    const MEMBERS: Members = Members::Any;
}

/// An instance of `BaseException`.
pub enum BaseException {}

impl Kind for BaseException {
    const MEMBERS: Members = Members::Exception(ExceptionType::BaseException);
}

/// An iterator: its type has `__next__`.
pub enum Iterator {}

impl Kind for Iterator {
    const MEMBERS: Members = Members::Iterator;
}

macro_rules! exception_kinds {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("An instance of `", stringify!($name), "`.")]
            pub enum $name {}

            impl Kind for $name {
                const MEMBERS: Members = Members::Exception(ExceptionType::$name);
            }
        )*
    };
}

// The exceptions whose instances hold more than `BaseException` does. Subclasses that add nothing are of these kinds,
// too.
exception_kinds! {
    AttributeError BaseExceptionGroup ImportError NameError OSError StopIteration SyntaxError SystemExit UnicodeError
}

macro_rules! datetime_kinds {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $(
            $(#[$doc])*
            pub enum $name {}

            impl Kind for $name {
                const MEMBERS: Members = Members::DateTime(DateTimeType::$name);
            }
        )*
    };
}

datetime_kinds! {
    /// `datetime.date`
    Date,
    /// `datetime.datetime`
    DateTime,
    /// `datetime.time`
    Time,
    /// `datetime.timedelta`
    Delta,
    /// `datetime.tzinfo`
    TzInfo,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The built-in types for which the frontend has a type of its own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum BuiltinType {
            /// `object`
            Object,
            $($(#[$doc])* $name,)*
        }

        $(
            $(#[$doc])*
            pub enum $name {}

            impl Kind for $name {
                const MEMBERS: Members = Members::Builtin(BuiltinType::$name);
            }
        )*
    };
}

kinds! {
    /// `type`
    Type,
    /// `int`
    Int,
    /// `float`
    Float,
    /// `bool`
    Bool,
    /// `complex`
    Complex,
    /// `str`
    Str,
    /// `bytes`
    Bytes,
    /// `bytearray`
    ByteArray,
    /// `tuple`
    Tuple,
    /// `list`
    List,
    /// `dict`
    Dict,
    /// `set`
    Set,
    /// `frozenset`
    FrozenSet,
    /// `slice`
    Slice,
    /// `range`
    Range,
    /// `types.ModuleType`
    Module,
    /// `types.FunctionType`: a function written in Python
    Function,
    /// `types.BuiltinFunctionType`: a function of the runtime or of an extension
    BuiltinFunction,
    /// `types.CodeType`
    Code,
    /// `types.FrameType`
    Frame,
    /// `types.TracebackType`
    Traceback,
    /// `types.MappingProxyType`
    MappingProxy,
    /// `memoryview`
    MemoryView,
    /// `weakref.ref`
    WeakRef,
    /// `types.CapsuleType`
    Capsule,
    /// `super`
    Super,
    /// `type(None)`
    NoneType,
    /// `type(...)`
    EllipsisType,
    /// `type(NotImplemented)`
    NotImplementedType,
}

macro_rules! exceptions {
    ($($name:ident)*) => {
        /// The built-in exception types.
        ///
        /// A runtime too old to have one of these answers with the nearest ancestor that it has.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ExceptionType {
            $(#[doc = concat!("`", stringify!($name), "`")] $name,)*
        }

        impl ExceptionType {
            /// Every built-in exception type.
            pub const ALL: &'static [ExceptionType] = &[$(ExceptionType::$name,)*];

            /// Returns the name in `builtins`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(ExceptionType::$name => stringify!($name),)*
                }
            }
        }
    };
}

exceptions! {
    BaseException Exception ArithmeticError AssertionError AttributeError BaseExceptionGroup BlockingIOError
    BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError
    ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError EncodingWarning FileExistsError
    FileNotFoundError FloatingPointError FutureWarning GeneratorExit ImportError ImportWarning
    IndentationError IndexError InterruptedError IsADirectoryError KeyboardInterrupt KeyError LookupError
    MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError
    PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError RecursionError
    ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError
    SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError
    UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning
    ZeroDivisionError
}
