//! Macros for the type hints of this crate: one line in an `impl`, which expands to nothing without
//! `experimental-inspect`.

/// Defines `IntoPyObject::OUTPUT_TYPE`. Takes what [`hint!`] takes.
macro_rules! output_type {
    ($($hint:tt)+) => {
        #[cfg(feature = "experimental-inspect")]
        const OUTPUT_TYPE: $crate::inspect::PyStaticExpr = $crate::type_hints::hint!($($hint)+);
    };
}

/// Defines `FromPyObject::INPUT_TYPE`. Takes what [`hint!`] takes.
macro_rules! input_type {
    ($($hint:tt)+) => {
        #[cfg(feature = "experimental-inspect")]
        const INPUT_TYPE: $crate::inspect::PyStaticExpr = $crate::type_hints::hint!($($hint)+);
    };
}

/// Defines the `TYPE_HINT` of a type. Takes what [`hint!`] takes.
macro_rules! type_hint {
    ($($hint:tt)+) => {
        #[cfg(feature = "experimental-inspect")]
        const TYPE_HINT: $crate::inspect::PyStaticExpr = $crate::type_hints::hint!($($hint)+);
    };
}

/// Expands to a type hint. It takes:
///
/// - `"module" "Name"`, or `builtin "Name"`;
/// - `type T`: the Python type that `T` stands for; `own T` if only `PyTypeInfo` defines it;
/// - `into T`: what a `T` is converted to; `from T`: what a `T` is extracted from;
/// - `sequence of T`: what a sequence of `T` is converted to;
/// - `A[B, C]` and `A | B` of hints, each in parentheses;
/// - `native Kind`: a type of the runtime.
#[cfg(feature = "experimental-inspect")]
macro_rules! hint {
    ($module:literal $name:literal) => {
        $crate::inspect::PyStaticExpr::Attribute {
            value: &$crate::inspect::PyStaticExpr::Name { id: $module },
            attr: $name,
        }
    };
    (builtin $name:expr) => {
        $crate::inspect::PyStaticExpr::Attribute {
            value: &$crate::inspect::PyStaticExpr::Name { id: "builtins" },
            attr: $name,
        }
    };
    (type $ty:ty) => { <$ty as $crate::PyTypeCheck>::TYPE_HINT };
    (into $ty:ty) => { <$ty as $crate::IntoPyObject<'_>>::OUTPUT_TYPE };
    (from $ty:ty) => { <$ty as $crate::FromPyObject<'_, '_>>::INPUT_TYPE };
    (sequence of $ty:ty) => { <$ty as $crate::IntoPyObject<'_>>::SEQUENCE_OUTPUT_TYPE };
    (own $ty:ty) => { <$ty as $crate::PyTypeInfo>::TYPE_HINT };
    (none) => {
        $crate::inspect::PyStaticExpr::Constant { value: $crate::inspect::PyStaticConstant::None }
    };
    (($($generic:tt)+) [$(($($parameter:tt)+)),*]) => {
        $crate::type_hint_subscript!(
            $crate::type_hints::hint!($($generic)+),
            $($crate::type_hints::hint!($($parameter)+)),*
        )
    };
    ($(($($choice:tt)+))|+) => {
        $crate::type_hint_union!($($crate::type_hints::hint!($($choice)+)),+)
    };
    (native Bool) => { $crate::type_hints::hint!("builtins" "bool") };
    (native BuiltinFunction) => { $crate::type_hints::hint!("types" "BuiltinFunctionType") };
    (native ByteArray) => { $crate::type_hints::hint!("builtins" "bytearray") };
    (native Bytes) => { $crate::type_hints::hint!("builtins" "bytes") };
    (native Capsule) => { $crate::type_hints::hint!("types" "CapsuleType") };
    (native Code) => { $crate::type_hints::hint!("types" "CodeType") };
    (native Complex) => { $crate::type_hints::hint!("builtins" "complex") };
    (native Dict) => { $crate::type_hints::hint!("builtins" "dict") };
    (native EllipsisType) => { $crate::type_hints::hint!("types" "EllipsisType") };
    (native Float) => { $crate::type_hints::hint!("builtins" "float") };
    (native Frame) => { $crate::type_hints::hint!("types" "FrameType") };
    (native FrozenSet) => { $crate::type_hints::hint!("builtins" "frozenset") };
    (native Function) => { $crate::type_hints::hint!("types" "FunctionType") };
    (native Int) => { $crate::type_hints::hint!("builtins" "int") };
    (native List) => { $crate::type_hints::hint!("builtins" "list") };
    (native MappingProxy) => { $crate::type_hints::hint!("types" "MappingProxyType") };
    (native MemoryView) => { $crate::type_hints::hint!("builtins" "memoryview") };
    (native Module) => { $crate::type_hints::hint!("types" "ModuleType") };
    (native NoneType) => { $crate::type_hints::hint!(none) };
    (native NotImplementedType) => { $crate::type_hints::hint!("types" "NotImplementedType") };
    (native Range) => { $crate::type_hints::hint!("builtins" "range") };
    (native Set) => { $crate::type_hints::hint!("builtins" "set") };
    (native Slice) => { $crate::type_hints::hint!("builtins" "slice") };
    (native Str) => { $crate::type_hints::hint!("builtins" "str") };
    (native Super) => { $crate::type_hints::hint!("builtins" "super") };
    (native Traceback) => { $crate::type_hints::hint!("types" "TracebackType") };
    (native Tuple) => { $crate::type_hints::hint!("builtins" "tuple") };
    (native Type) => { $crate::type_hints::hint!("builtins" "type") };
    (native WeakRef) => { $crate::type_hints::hint!("weakref" "ReferenceType") };
    (native "_collections_abc" $name:literal) => { $crate::type_hints::hint!("collections.abc" $name) };
    (native $module:literal $name:literal) => { $crate::type_hints::hint!($module $name) };
}

#[cfg(feature = "experimental-inspect")]
pub(crate) use hint;

/// The hint for an implementation that does not say what it takes or gives.
#[cfg(feature = "experimental-inspect")]
pub(crate) const INCOMPLETE: crate::inspect::PyStaticExpr = hint!("_typeshed" "Incomplete");
