//! The building blocks of default bodies: functions of `builtins` and methods of built-in types.
//!
//! None of this is fast. A default body is correct on every runtime, and a backend overrides it where speed matters.

use core::convert::Infallible;

use crate::{Attached, Backend, BuiltinType, ExceptionType, Kind, Outcome, Owned, Ref, kind};

type Result<'py, B> = Outcome<'py, B, Owned<'py, B>>;

/// `module.name`
pub(crate) fn member<'py, B: Backend>(py: Attached<'py, B>, module: &str, name: &str) -> Result<'py, B> {
    let module = B::code_import(py, B::str_from_utf8(py, module).as_ref())?;
    attribute(py, module.as_ref(), name)
}

/// `builtins.name(*args)`
pub(crate) fn builtin<'py, B: Backend>(py: Attached<'py, B>, name: &str, args: &[Ref<'_, B>]) -> Result<'py, B> {
    function(py, "builtins", name, args)
}

/// `module.name(*args)`
pub(crate) fn function<'py, B: Backend>(
    py: Attached<'py, B>,
    module: &str,
    name: &str,
    args: &[Ref<'_, B>],
) -> Result<'py, B> {
    let function = member(py, module, name)?;
    call(py, function.as_ref(), args)
}

/// Calls a method of the built-in type itself, so that overrides in a subclass are ignored.
pub(crate) fn method_of<'py, B: Backend>(
    py: Attached<'py, B>,
    which: BuiltinType,
    name: &str,
    args: &[Ref<'_, B>],
) -> Result<'py, B> {
    let method = attribute(py, B::type_builtin(py, which).any(), name)?;
    call(py, method.as_ref(), args)
}

/// `object.name`
pub(crate) fn attribute<'py, B: Backend>(py: Attached<'py, B>, object: Ref<'_, B>, name: &str) -> Result<'py, B> {
    B::object_get_attribute(py, object, B::str_from_utf8(py, name).as_ref())
}

/// `object.name = value`
pub(crate) fn set_attribute<'py, B: Backend>(
    py: Attached<'py, B>,
    object: Ref<'_, B>,
    name: &str,
    value: Ref<'_, B>,
) -> Outcome<'py, B, ()> {
    B::object_set_attribute(py, object, B::str_from_utf8(py, name).as_ref(), Some(value))
}

/// `object.name(*args)`, looked up in the type of the object, as the runtime does for special methods.
pub(crate) fn special<'py, B: Backend>(
    py: Attached<'py, B>,
    object: Ref<'_, B>,
    name: &str,
    args: &[Ref<'_, B>],
) -> Result<'py, B> {
    let method = attribute(py, B::type_of(py, object).any(), name)?;
    let mut all = Vec::with_capacity(args.len() + 1);
    all.push(object);
    all.extend_from_slice(args);
    call(py, method.as_ref(), &all)
}

/// `callable(*args)`
pub(crate) fn call<'py, B: Backend>(py: Attached<'py, B>, callable: Ref<'_, B>, args: &[Ref<'_, B>]) -> Result<'py, B> {
    B::call(py, callable, tuple(py, args).as_ref(), None)
}

/// Makes an instance of a built-in type by calling the type with `args`.
pub(crate) fn instance<'py, B: Backend, K: Kind>(
    py: Attached<'py, B>,
    which: BuiltinType,
    args: &[Ref<'_, B>],
) -> Outcome<'py, B, Owned<'py, B, K>> {
    call(py, B::type_builtin(py, which).any(), args).and_then(of_kind)
}

/// Makes a tuple of these items.
pub(crate) fn tuple<'py, B: Backend>(py: Attached<'py, B>, items: &[Ref<'_, B>]) -> Owned<'py, B, kind::Tuple> {
    let owned = items.iter().map(|item| Ok(Ref::to_owned(*item, py)));
    let Ok(tuple) = B::tuple_from::<Infallible>(py, items.len(), owned);
    tuple
}

/// Makes an `int` of this value.
pub(crate) fn int<'py, B: Backend>(py: Attached<'py, B>, value: usize) -> Owned<'py, B, kind::Int> {
    B::int_from_u64(py, value as u64)
}

/// Casts the result of something that should return an object of kind `K`.
///
/// # Errors
///
/// `TypeError` if it did not.
pub(crate) fn of_kind<'py, B: Backend, K: Kind>(object: Owned<'py, B>) -> Outcome<'py, B, Owned<'py, B, K>> {
    object.cast().map_err(|object| {
        let py = object.py();
        let found = type_name(py, B::type_of(py, object.as_ref()));
        raise(py, ExceptionType::TypeError, &format!("unexpected object of type '{found}'"))
    })
}

/// Converts the result of `__len__` of a built-in type.
pub(crate) fn length<'py, B: Backend>(py: Attached<'py, B>, length: Outcome<'py, B, Owned<'py, B>>) -> usize {
    infallible(py, length.and_then(|length| B::int_to_u64(py, length.as_ref()))) as usize
}

/// Returns the outcome, or `None` if it is an exception of this type, which is then discarded.
#[inline]
pub(crate) fn unless<'py, B: Backend, T>(
    py: Attached<'py, B>,
    outcome: Outcome<'py, B, T>,
    which: ExceptionType,
) -> Outcome<'py, B, Option<T>> {
    let raised = match outcome {
        Ok(value) => return Ok(Some(value)),
        Err(raised) => raised,
    };
    let exception = B::error_take(py, raised);
    match B::exception_matches(py, exception.as_ref().any(), B::exception_type(py, which).any()) {
        true => Ok(None),
        false => Err(B::error_raise(py, exception)),
    }
}

/// Returns the result of an operation that fails only if memory runs out.
///
/// # Panics
///
/// If it fails.
pub(crate) fn infallible<'py, B: Backend, T>(py: Attached<'py, B>, outcome: Outcome<'py, B, T>) -> T {
    outcome.unwrap_or_else(|raised| {
        let exception = B::error_take(py, raised);
        B::error_display(py, exception.as_ref());
        panic!("an operation of the runtime that cannot fail has failed")
    })
}

/// Returns whether the answer is `True`.
pub(crate) fn is_true<'py, B: Backend>(py: Attached<'py, B>, answer: Result<'py, B>) -> Outcome<'py, B, bool> {
    Ok(answer?.as_ref().is(B::constant_bool(py, true)))
}

/// `builtins.name(*args)` for a function that returns `True` or `False`. An exception counts as `False`.
pub(crate) fn is_quietly<'py, B: Backend>(py: Attached<'py, B>, name: &str, args: &[Ref<'_, B>]) -> bool {
    is_true(py, builtin(py, name, args)).unwrap_or_else(|raised| {
        B::error_discard(raised);
        false
    })
}

/// Raises an exception of type `which` with a message.
///
/// Inlined, because the compiler then knows the type. A backend may otherwise need a table of all of them.
#[inline]
pub(crate) fn raise<'py, B: Backend>(py: Attached<'py, B>, which: ExceptionType, message: &str) -> B::Raised<'py> {
    raise_class(py, B::exception_type(py, which), message)
}

#[cold]
fn raise_class<'py, B: Backend>(py: Attached<'py, B>, class: Ref<'_, B, kind::Type>, message: &str) -> B::Raised<'py> {
    let message = B::str_from_utf8(py, message);
    B::error_raise_new(py, class.any(), message.as_ref().any())
}

/// Returns whether a type or one of its bases defines an attribute. The metaclass is ignored.
pub(crate) fn type_has<'py, B: Backend>(
    py: Attached<'py, B>,
    class: Ref<'_, B, kind::Type>,
    name: &str,
) -> Outcome<'py, B, bool> {
    let classes = of_kind::<B, kind::Tuple>(attribute(py, class.any(), "__mro__")?)?;
    let name = B::str_from_utf8(py, name);
    for index in 0..B::tuple_len(py, classes.as_ref()) {
        let class = B::tuple_get(py, classes.as_ref(), index).expect("the index is below the length");
        let members = attribute(py, class, "__dict__")?;
        if B::object_contains(py, members.as_ref(), name.as_ref().any())? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns the name of a type, for messages.
pub(crate) fn type_name<'py, B: Backend>(py: Attached<'py, B>, class: Ref<'_, B, kind::Type>) -> String {
    match B::type_name(py, class) {
        Ok(name) => B::str_to_lossy(py, name.as_ref()).into_owned(),
        Err(raised) => {
            B::error_discard(raised);
            String::from("?")
        }
    }
}

/// `slice(low, high)`
pub(crate) fn slice<B: Backend>(py: Attached<'_, B>, low: usize, high: usize) -> Owned<'_, B, kind::Slice> {
    let (low, high) = (int(py, low), int(py, high));
    B::slice_new(py, low.as_ref().any(), high.as_ref().any(), B::constant_none(py))
}
