//! A toy Python runtime with a backend: what the contract requires, with a switch for each fault.
//!
//! Objects are never freed, so that even a dead object is valid memory, and tests of faults have no undefined
//! behaviour. Every thread has its own interpreter. There is no Python code: everything callable is Rust.

#![allow(dead_code, reason = "each test uses some of it")]

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ffi::{CStr, c_void};
use std::marker::PhantomData;
use std::ptr::NonNull;

use pyo3_backend::*;

mod classes;

/// The possible faults, of which one is active at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    AttachDoesNotAttach,
    DetachStaysAttached,
    AttachStaysAttached,
    TakeLeavesPending,
    RaiseForgets,
    PendingForgets,
    ErrWithoutException,
    OkWithException,
    InfallibleRaises,
    RetainForgets,
    ReleaseTwice,
    ReleaseLosesException,
    CallTakesArguments,
    ListGetForgetsRetain,
    ListOfAnotherLength,
    TupleOfAnotherLength,
    TupleGetPastTheEnd,
    TupleGetIsDead,
    TypeOfRunsPython,
    StrRunsPython,
    StrIsBytes,
    StrHasOtherText,
    StrMoves,
    BytesAreLonger,
    FloatIsRounded,
    ConstantIsNew,
    TypeIsNoSubtypeOfItself,
    HashIsMinusOne,
    DictGetHoldsLock,
    ClassSetAttributeRunsPython,
    InitializeDoesNothing,
    ResultHasOtherKind,
    CapsuleIsNone,
    AllocatesAnother,
    BufferWithoutMemory,
    BufferOfAnotherLength,
    UnlockedMutex,
    ConstructorSeesException,
    CallsDetached,
}

thread_local! {
    static FAULT: Cell<Fault> = const { Cell::new(Fault::None) };
    static ATTACHED: Cell<bool> = const { Cell::new(false) };
    static PENDING: Cell<Option<NonNull<Object>>> = const { Cell::new(None) };
    static KNOWN: RefCell<HashMap<Known, NonNull<Object>>> = RefCell::new(HashMap::new());
    /// The function that `type_of` and others call when they are faulty.
    static CALLBACK: Cell<Option<NonNull<Object>>> = const { Cell::new(None) };
}

/// Activates one fault on this thread.
pub fn with_fault(fault: Fault) {
    FAULT.set(fault);
}

/// Sets the function that faulty operations call.
pub fn set_callback(function: NonNull<Object>) {
    CALLBACK.set(Some(function));
}

fn is(fault: Fault) -> bool {
    FAULT.get() == fault
}

// ANCHOR: builtins
/// The contents of the module `builtins`.
const BUILTINS: &[(&str, BuiltinType)] = &[
    ("object", BuiltinType::Object),
    ("int", BuiltinType::Int),
    ("str", BuiltinType::Str),
    ("list", BuiltinType::List),
];
// ANCHOR_END: builtins

/// The singleton objects.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Known {
    Builtins,
    Builtin(BuiltinType),
    Exception(ExceptionType),
    Constant(u8),
}

type Pointer = NonNull<Object>;
type Native = Box<dyn Fn(At<'_>, &[Pointer]) -> Result<Pointer, Raised>>;

// ANCHOR: object
/// An object: a count, a type, and a value.
pub struct Object {
    count: Cell<usize>,
    class: Cell<Option<Pointer>>,
    value: Value,
}
// ANCHOR_END: object

enum Value {
    /// The base type.
    Type(Option<Pointer>),
    Plain,
    Int(i64),
    Float(f64),
    Str(RefCell<Vec<Box<str>>>),
    Bytes(Vec<u8>),
    Tuple(Vec<Pointer>),
    List(RefCell<Vec<Pointer>>),
    Dict(RefCell<Vec<(Pointer, Pointer)>>),
    Function(Native),
    Capsule(NonNull<c_void>, Option<&'static CStr>, Cell<*mut c_void>),
    /// Names and the types they refer to.
    Module(&'static [(&'static str, BuiltinType)]),
    Instance(*mut c_void, TypeId),
}

/// The backend.
#[derive(Clone, Copy)]
pub struct Toy;

/// Evidence that an exception is pending in `PENDING`.
pub struct Raised(());

impl Drop for Raised {
    fn drop(&mut self) {
        if let Some(exception) = PENDING.take() {
            give_up(exception);
        }
    }
}

// ANCHOR: shorthands
type At<'py> = Attached<'py, Toy>;
type Handle<'a, K = kind::Any> = Ref<'a, Toy, K>;
type Own<'py, K = kind::Any> = Owned<'py, Toy, K>;
// ANCHOR_END: shorthands

fn get<'a>(object: Pointer) -> &'a Object {
    // SAFETY: objects are never freed.
    unsafe { object.as_ref() }
}

fn of<K>(object: Handle<'_, K>) -> &Object {
    get(object.as_ptr())
}

fn retain(object: Pointer) -> Pointer {
    let count = &get(object).count;
    count.set(count.get() + 1);
    object
}

fn give_up(object: Pointer) {
    let count = &get(object).count;
    count.set(count.get().saturating_sub(1));
    if get(object).count.get() == 0 {
        match &get(object).value {
            Value::Tuple(items) => items.iter().copied().for_each(give_up),
            Value::List(items) => items.take().into_iter().for_each(give_up),
            Value::Dict(entries) => entries.take().into_iter().for_each(|(key, value)| {
                give_up(key);
                give_up(value);
            }),
            _ => {}
        }
    }
}

fn new(class: Option<Pointer>, value: Value) -> Pointer {
    NonNull::from(Box::leak(Box::new(Object { count: Cell::new(1), class: Cell::new(class), value })))
}

fn make<'py, K>(class: BuiltinType, value: Value) -> Own<'py, K> {
    // SAFETY: the object is new, and of this type.
    unsafe { Owned::from_ptr(new(Some(builtin(class)), value)) }
}

fn lend<'a, K>(object: Pointer) -> Handle<'a, K> {
    // SAFETY: objects are never freed.
    unsafe { Ref::from_ptr(object) }
}

fn known(what: Known, make: impl FnOnce() -> Pointer) -> Pointer {
    if let Some(object) = KNOWN.with_borrow(|known| known.get(&what).copied()) {
        return object;
    }
    let object = make();
    KNOWN.with_borrow_mut(|known| known.insert(what, object));
    object
}

fn builtin(which: BuiltinType) -> Pointer {
    let object = known(Known::Builtin(which), || {
        let base = (which != BuiltinType::Object).then(|| builtin(BuiltinType::Object));
        new(None, Value::Type(base))
    });
    // `type` is its own type.
    if get(object).class.get().is_none() {
        get(object).class.set(Some(object));
        get(object).class.set(Some(builtin(BuiltinType::Type)));
    }
    object
}

fn exception_class(which: ExceptionType) -> Pointer {
    known(Known::Exception(which), || {
        let base = match which {
            ExceptionType::BaseException => builtin(BuiltinType::Object),
            _ => exception_class(ExceptionType::BaseException),
        };
        new(Some(builtin(BuiltinType::Type)), Value::Type(Some(base)))
    })
}

fn class_of(object: Pointer) -> Pointer {
    get(object).class.get().expect("every object has a type")
}

fn inherits(sub: Pointer, base: Pointer) -> bool {
    let mut class = Some(sub);
    while let Some(this) = class {
        if this == base {
            return true;
        }
        class = match get(this).value {
            Value::Type(base) => base,
            _ => None,
        };
    }
    false
}

fn set_pending(which: ExceptionType) -> Raised {
    drop(Raised(()));
    PENDING.set(Some(new(Some(exception_class(which)), Value::Plain)));
    Raised(())
}

fn fail<T>(which: ExceptionType) -> Result<T, Raised> {
    Err(set_pending(which))
}

fn invoke(py: At<'_>, callable: Pointer, arguments: &[Pointer]) -> Result<Pointer, Raised> {
    match &get(callable).value {
        Value::Function(native) => native(py, arguments),
        Value::Type(_) => Ok(new(Some(callable), Value::Plain)),
        _ => fail(ExceptionType::TypeError),
    }
}

/// Calls the function of the test, if the toy is faulty.
fn run_python(py: At<'_>) {
    let callback = CALLBACK.take().expect("the test has set one");
    if let Ok(result) = invoke(py, callback, &[]) {
        give_up(result);
    }
}

// ANCHOR: types
impl BackendTypes for Toy {
    type Object = Object;
    type Raised<'py> = Raised;
}
// ANCHOR_END: types

// ANCHOR: references
impl RefOps for Toy {
    fn ref_retain(_py: At<'_>, object: Handle<'_>) {
        if !is(Fault::RetainForgets) {
            retain(object.as_ptr());
        }
    }

    unsafe fn ref_release(_py: At<'_>, object: NonNull<Object>) {
        give_up(object);
        if is(Fault::ReleaseTwice) {
            give_up(object);
        }
        if is(Fault::ReleaseLosesException) {
            drop(Raised(()));
        }
    }

    unsafe fn ref_release_anywhere(object: NonNull<Object>) {
        give_up(object);
    }

    fn ref_count(_py: At<'_>, object: Handle<'_>) -> usize {
        of(object).count.get()
    }
}
// ANCHOR_END: references

// ANCHOR: errors
impl ErrorOps for Toy {
    fn error_take<'py>(_py: At<'py>, raised: Raised) -> Own<'py, kind::BaseException> {
        let exception =
            PENDING.take().unwrap_or_else(|| new(Some(exception_class(ExceptionType::BaseException)), Value::Plain));
        if is(Fault::TakeLeavesPending) {
            PENDING.set(Some(retain(exception)));
        }
        std::mem::forget(raised);
        // SAFETY: this is the reference that was pending.
        unsafe { Owned::from_ptr(exception) }
    }

    fn error_raise<'py>(_py: At<'py>, exception: Own<'py, kind::BaseException>) -> Raised {
        drop(Raised(()));
        if !is(Fault::RaiseForgets) {
            PENDING.set(Some(exception.into_ptr()));
        }
        Raised(())
    }

    fn error_is_raised(_py: At<'_>) -> Option<bool> {
        Some(PENDING.get().is_some())
    }

    fn exception_type<'py>(_py: At<'py>, which: ExceptionType) -> Handle<'py, kind::Type> {
        lend(exception_class(which))
    }
}
// ANCHOR_END: errors

impl CApiOps for Toy {
    fn capi_error_fetch<'py>(_py: At<'py>) -> Option<Raised> {
        let waits = PENDING.get().is_some() && !is(Fault::PendingForgets);
        // A value must not be made unless it is returned: dropping it would discard the exception.
        waits.then(|| Raised(()))
    }

    fn capi_error_leave<'py>(_py: At<'py>, raised: Raised) {
        std::mem::forget(raised);
    }
}

impl TypeOps for Toy {
    fn type_of<'a>(py: At<'_>, object: Handle<'a>) -> Handle<'a, kind::Type> {
        if is(Fault::TypeOfRunsPython) && CALLBACK.get().is_some() {
            run_python(py);
        }
        lend(class_of(object.as_ptr()))
    }

    fn type_builtin<'py>(_py: At<'py>, which: BuiltinType) -> Handle<'py, kind::Type> {
        if is(Fault::InfallibleRaises) {
            std::mem::forget(set_pending(ExceptionType::SystemError));
        }
        lend(builtin(which))
    }

    fn type_is_subtype(_py: At<'_>, sub: Handle<'_, kind::Type>, base: Handle<'_, kind::Type>) -> bool {
        if is(Fault::TypeIsNoSubtypeOfItself) && sub.is(base) && !sub.is(lend::<kind::Any>(builtin(BuiltinType::Type)))
        {
            return false;
        }
        inherits(sub.as_ptr(), base.as_ptr())
    }
}

// ANCHOR: attributes
impl ObjectOps for Toy {
    fn object_get_attribute<'py>(
        py: At<'py>,
        object: Handle<'_>,
        name: Handle<'_, kind::Str>,
    ) -> Outcome<'py, Toy, Own<'py>> {
        if is(Fault::ErrWithoutException) {
            return Err(Raised(()));
        }
        let Value::Module(members) = &of(object).value else { return fail(ExceptionType::AttributeError) };
        match members.iter().find(|(own, _)| Toy::str_equals(py, name, own)) {
            // SAFETY: `retain` has just taken this reference.
            Some((_, class)) => Ok(unsafe { Owned::from_ptr(retain(builtin(*class))) }),
            None => fail(ExceptionType::AttributeError),
        }
    }

    fn object_set_attribute<'py>(
        _py: At<'py>,
        _object: Handle<'_>,
        _name: Handle<'_, kind::Str>,
        _value: Option<Handle<'_>>,
    ) -> Outcome<'py, Toy, ()> {
        if is(Fault::OkWithException) {
            std::mem::forget(set_pending(ExceptionType::ValueError));
        }
        Ok(())
    }

    fn object_hash<'py>(_py: At<'py>, object: Handle<'_>) -> Outcome<'py, Toy, isize> {
        Ok(if is(Fault::HashIsMinusOne) { -1 } else { object.as_ptr().addr().get() as isize >> 4 })
    }

    fn object_repr<'py>(py: At<'py>, _object: Handle<'_>) -> Outcome<'py, Toy, Own<'py, kind::Str>> {
        if is(Fault::ResultHasOtherKind) {
            return Ok(make(BuiltinType::Int, Value::Int(1)));
        }
        Ok(Toy::str_from_utf8(py, "<toy>"))
    }

    fn constant<'py>(_py: At<'py>, which: Constant) -> Handle<'py> {
        let (number, class) = match which {
            Constant::None => (0, BuiltinType::NoneType),
            Constant::NotImplemented => (1, BuiltinType::NotImplementedType),
            Constant::Ellipsis => (2, BuiltinType::EllipsisType),
            Constant::True => (3, BuiltinType::Bool),
            Constant::False => (4, BuiltinType::Bool),
        };
        let make = || new(Some(builtin(class)), Value::Plain);
        lend(if is(Fault::ConstantIsNew) { make() } else { known(Known::Constant(number), make) })
    }
}
// ANCHOR_END: attributes

impl IntOps for Toy {
    fn int_from_i64<'py>(_py: At<'py>, value: i64) -> Own<'py, kind::Int> {
        make(BuiltinType::Int, Value::Int(value))
    }

    fn int_to_i64<'py>(_py: At<'py>, object: Handle<'_>) -> Outcome<'py, Toy, i64> {
        match of(object).value {
            Value::Int(value) => Ok(value),
            _ => fail(ExceptionType::TypeError),
        }
    }
}

impl FloatOps for Toy {
    fn float_from_f64<'py>(_py: At<'py>, value: f64) -> Own<'py, kind::Float> {
        make(BuiltinType::Float, Value::Float(if is(Fault::FloatIsRounded) { value.round() } else { value }))
    }

    fn float_value(_py: At<'_>, float: Handle<'_, kind::Float>) -> f64 {
        match of(float).value {
            Value::Float(value) => value,
            _ => f64::NAN,
        }
    }
}

impl ComplexOps for Toy {}

impl ContextOps for Toy {}

impl StrOps for Toy {
    fn str_from_utf8<'py>(py: At<'py>, text: &str) -> Own<'py, kind::Str> {
        if is(Fault::StrRunsPython) {
            run_python(py);
        }
        let class = if is(Fault::StrIsBytes) { BuiltinType::Bytes } else { BuiltinType::Str };
        let text = if is(Fault::StrHasOtherText) { "?" } else { text };
        make(class, Value::Str(RefCell::new(vec![text.into()])))
    }

    fn str_to_utf8<'a, 'py>(_py: At<'py>, string: Handle<'a, kind::Str>) -> Outcome<'py, Toy, &'a str> {
        let Value::Str(text) = &of(string).value else { return fail(ExceptionType::TypeError) };
        let mut copies = text.borrow_mut();
        if is(Fault::StrMoves) {
            let copy = copies[0].clone();
            copies.push(copy);
        }
        let text: *const str = &raw const **copies.last().expect("there is one");
        // SAFETY: a boxed string does not move, and objects are never freed.
        Ok(unsafe { &*text })
    }

    fn str_equals(_py: At<'_>, string: Handle<'_, kind::Str>, text: &str) -> bool {
        matches!(&of(string).value, Value::Str(own) if *own.borrow()[0] == *text)
    }
}

impl BytesOps for Toy {
    fn bytes_from_slice<'py>(_py: At<'py>, contents: &[u8]) -> Own<'py, kind::Bytes> {
        let mut contents = contents.to_vec();
        if is(Fault::BytesAreLonger) {
            contents.push(0);
        }
        make(BuiltinType::Bytes, Value::Bytes(contents))
    }

    fn bytes_as_slice<'a>(_py: At<'_>, bytes: Handle<'a, kind::Bytes>) -> &'a [u8] {
        match &get(bytes.as_ptr()).value {
            Value::Bytes(contents) => contents,
            _ => &[],
        }
    }
}

fn collect<'py, E>(items: impl Iterator<Item = Result<Own<'py>, E>>) -> Result<Vec<Pointer>, E> {
    let mut taken = Vec::new();
    for item in items {
        taken.push(item?.into_ptr());
    }
    Ok(taken)
}

impl TupleOps for Toy {
    fn tuple_from<'py, E>(
        _py: At<'py>,
        length: usize,
        items: impl Iterator<Item = Result<Own<'py>, E>>,
    ) -> Result<Own<'py, kind::Tuple>, E> {
        let mut items = collect(items.take(length))?;
        if is(Fault::TupleOfAnotherLength) {
            items.pop();
        }
        Ok(make(BuiltinType::Tuple, Value::Tuple(items)))
    }

    fn tuple_len(_py: At<'_>, tuple: Handle<'_, kind::Tuple>) -> usize {
        match &of(tuple).value {
            Value::Tuple(items) => items.len(),
            _ => 0,
        }
    }

    fn tuple_get<'a>(_py: At<'_>, tuple: Handle<'a, kind::Tuple>, index: usize) -> Option<Handle<'a>> {
        let Value::Tuple(items) = &of(tuple).value else { return None };
        let index = if is(Fault::TupleGetPastTheEnd) { index.min(items.len() - 1) } else { index };
        let item = *items.get(index)?;
        if is(Fault::TupleGetIsDead) {
            let copy = new(Some(class_of(item)), Value::Plain);
            give_up(copy);
            return Some(lend(copy));
        }
        Some(lend(item))
    }
}

impl ListOps for Toy {
    fn list_from<'py, E>(
        _py: At<'py>,
        length: usize,
        items: impl Iterator<Item = Result<Own<'py>, E>>,
    ) -> Result<Own<'py, kind::List>, E> {
        let mut items = collect(items.take(length))?;
        if is(Fault::ListOfAnotherLength) {
            items.push(retain(items[0]));
        }
        Ok(make(BuiltinType::List, Value::List(RefCell::new(items))))
    }

    fn list_len(_py: At<'_>, list: Handle<'_, kind::List>) -> usize {
        match &of(list).value {
            Value::List(items) => items.borrow().len(),
            _ => 0,
        }
    }

    fn list_get<'py>(_py: At<'py>, list: Handle<'_, kind::List>, index: usize) -> Option<Own<'py>> {
        let Value::List(items) = &of(list).value else { return None };
        let item = *items.borrow().get(index)?;
        if !is(Fault::ListGetForgetsRetain) {
            retain(item);
        }
        // SAFETY: `retain` has just taken this reference, except in the fault under test.
        Some(unsafe { Owned::from_ptr(item) })
    }
}

impl DictOps for Toy {
    type DictCursor = usize;

    fn dict_new<'py>(_py: At<'py>) -> Own<'py, kind::Dict> {
        make(BuiltinType::Dict, Value::Dict(RefCell::new(Vec::new())))
    }

    fn dict_len(_py: At<'_>, dict: Handle<'_, kind::Dict>) -> usize {
        match &of(dict).value {
            Value::Dict(entries) => entries.borrow().len(),
            _ => 0,
        }
    }

    /// Keys are compared by identity.
    fn dict_set<'py>(
        _py: At<'py>,
        dict: Handle<'_, kind::Dict>,
        key: Handle<'_>,
        value: Handle<'_>,
    ) -> Outcome<'py, Toy, ()> {
        let Value::Dict(entries) = &of(dict).value else { return fail(ExceptionType::TypeError) };
        entries.borrow_mut().push((retain(key.as_ptr()), retain(value.as_ptr())));
        Ok(())
    }

    fn dict_get<'py>(
        py: At<'py>,
        dict: Handle<'_, kind::Dict>,
        key: Handle<'_>,
    ) -> Outcome<'py, Toy, Option<Own<'py>>> {
        static LOCK: Lock<()> = Lock::new(());
        if is(Fault::DictGetHoldsLock) {
            let _locked = LOCK.lock();
            run_python(py);
        }
        let Value::Dict(entries) = &of(dict).value else { return fail(ExceptionType::TypeError) };
        let found = entries.borrow().iter().find(|(own, _)| *own == key.as_ptr()).map(|(_, value)| retain(*value));
        // SAFETY: `retain` has just taken this reference.
        Ok(found.map(|value| unsafe { Owned::from_ptr(value) }))
    }

    fn dict_next<'py>(_py: At<'py>, dict: Handle<'_, kind::Dict>, cursor: &mut usize) -> Option<(Own<'py>, Own<'py>)> {
        let Value::Dict(entries) = &of(dict).value else { return None };
        let (key, value) = *entries.borrow().get(*cursor)?;
        *cursor += 1;
        // SAFETY: `retain` has just taken these references.
        Some(unsafe { (Owned::from_ptr(retain(key)), Owned::from_ptr(retain(value))) })
    }
}

impl SetOps for Toy {}

impl SliceOps for Toy {}

impl DateTimeOps for Toy {}

impl SequenceOps for Toy {}

impl MappingOps for Toy {}

impl WeakrefOps for Toy {
    fn weakref_target<'py>(_py: At<'py>, _reference: Handle<'_>) -> Option<Own<'py>> {
        // There are no weak references, so none refers to anything.
        None
    }
}

impl CallOps for Toy {
    fn call<'py>(
        py: At<'py>,
        callable: Handle<'_>,
        args: Handle<'_, kind::Tuple>,
        _kwargs: Option<Handle<'_, kind::Dict>>,
    ) -> Outcome<'py, Toy, Own<'py>> {
        let Value::Tuple(arguments) = &of(args).value else { return fail(ExceptionType::TypeError) };
        let result = if is(Fault::CallsDetached) {
            ATTACHED.set(false);
            let result = invoke(py, callable.as_ptr(), arguments);
            ATTACHED.set(true);
            result?
        } else {
            invoke(py, callable.as_ptr(), arguments)?
        };
        if is(Fault::CallTakesArguments) {
            give_up(args.as_ptr());
        }
        // SAFETY: the function returns an owned reference.
        Ok(unsafe { Owned::from_ptr(result) })
    }
}

// ANCHOR: import
impl CodeOps for Toy {
    fn code_import<'py>(py: At<'py>, name: Handle<'_, kind::Str>) -> Outcome<'py, Toy, Own<'py>> {
        if !Toy::str_equals(py, name, "builtins") {
            return fail(ExceptionType::ImportError);
        }
        let module = known(Known::Builtins, || new(Some(builtin(BuiltinType::Module)), Value::Module(BUILTINS)));
        // SAFETY: `retain` has just taken this reference.
        Ok(unsafe { Owned::from_ptr(retain(module)) })
    }
}
// ANCHOR_END: import

// ANCHOR: interpreter
impl InterpreterOps for Toy {
    const ATTACHED_IS_EXCLUSIVE: bool = true;

    fn interpreter_is_initialized() -> bool {
        !is(Fault::InitializeDoesNothing)
    }

    fn interpreter_initialize() {}

    unsafe fn interpreter_embed<R>(body: impl for<'py> FnOnce(At<'py>) -> R) -> R {
        ATTACHED.set(true);
        // SAFETY: `ATTACHED` is what makes a thread of the toy attached.
        let result = body(unsafe { Attached::assume() });
        ATTACHED.set(false);
        result
    }

    fn interpreter_version() -> &'static str {
        "1"
    }
}
// ANCHOR_END: interpreter

// ANCHOR: threads
impl ThreadOps for Toy {
    const HAS_THREADS: bool = false;

    fn thread_is_attached() -> bool {
        ATTACHED.get()
    }

    fn thread_attach<R>(body: impl for<'py> FnOnce(At<'py>) -> R) -> Result<R, AttachError> {
        if is_attach_forbidden() {
            return Err(AttachError::InTraverse);
        }
        let before = ATTACHED.replace(!is(Fault::AttachDoesNotAttach));
        // SAFETY: `ATTACHED` is what makes a thread of the toy attached.
        let result = body(unsafe { Attached::assume() });
        if !is(Fault::AttachStaysAttached) {
            ATTACHED.set(before);
        }
        Ok(result)
    }

    fn thread_detach<R>(_py: At<'_>, body: impl FnOnce() -> R + Send) -> R {
        ATTACHED.set(is(Fault::DetachStaysAttached));
        let result = body();
        ATTACHED.set(true);
        result
    }
}
// ANCHOR_END: threads

impl SectionOps for Toy {
    type RawMutex = ToyMutex;

    fn section_run<R>(_py: At<'_>, _subjects: Subjects<'_, Toy>, body: impl FnOnce() -> R) -> R {
        body()
    }
}

/// A mutex that, in one of the faults, is never locked.
pub struct ToyMutex(RawLock);

impl RawMutex<Toy> for ToyMutex {
    const UNLOCKED: Self = ToyMutex(RawLock::new());

    fn lock(&self) {
        if !is(Fault::UnlockedMutex) {
            RawMutex::<Toy>::lock(&self.0);
        }
    }

    fn unlock(&self) {
        RawMutex::<Toy>::unlock(&self.0);
    }

    fn is_locked(&self) -> bool {
        RawMutex::<Toy>::is_locked(&self.0)
    }
}

impl BufferOps for Toy {
    const HAS_BUFFERS: bool = true;
    type BufferView = [usize; 2];

    fn buffer_get<'py>(_py: At<'py>, object: Handle<'_>) -> Outcome<'py, Toy, [usize; 2]> {
        let Value::Bytes(contents) = &of(object).value else { return fail(ExceptionType::TypeError) };
        let start = if is(Fault::BufferWithoutMemory) { 0 } else { contents.as_ptr().addr() };
        Ok([start, contents.len()])
    }

    fn buffer_layout(view: &[usize; 2]) -> BufferLayout<'_, Toy> {
        let shape = if is(Fault::BufferOfAnotherLength) { &[1000] } else { &view[1..] };
        BufferLayout {
            start: std::ptr::with_exposed_provenance_mut(view[0]),
            len: view[1],
            item_size: 1,
            read_only: true,
            format: c"B",
            shape,
            strides: &[1],
            suboffsets: None,
            object: None,
        }
    }

    fn buffer_release(_py: At<'_>, _view: [usize; 2]) {}
}

impl CapsuleOps for Toy {
    fn capsule_destructor<F: CapsuleDropFn<Toy>>() -> CapsuleDestructor<Toy> {
        unsafe extern "C" fn destroy<F: CapsuleDropFn<Toy>>(capsule: *mut Object) {
            let Some(Value::Capsule(pointer, _, context)) = NonNull::new(capsule).map(|capsule| &get(capsule).value)
            else {
                return;
            };
            // SAFETY: this is the only call for this capsule.
            unsafe { F::call(Attached::assume(), *pointer, context.get()) }
        }
        destroy::<F>
    }

    unsafe fn capsule_new<'py>(
        _py: At<'py>,
        pointer: NonNull<c_void>,
        name: Option<&'static CStr>,
        _destructor: Option<CapsuleDestructor<Toy>>,
    ) -> Outcome<'py, Toy, Own<'py, kind::Capsule>> {
        if is(Fault::CapsuleIsNone) {
            // SAFETY: deliberately violated: the object is not a capsule, and that is the fault under test.
            return Ok(unsafe { Toy::constant_none(Attached::assume()).to_owned(Attached::assume()).assume_kind() });
        }
        Ok(make(BuiltinType::Capsule, Value::Capsule(pointer, name, Cell::new(std::ptr::null_mut()))))
    }

    fn capsule_parts<'py>(_py: At<'py>, capsule: Handle<'_, kind::Capsule>) -> Outcome<'py, Toy, CapsuleParts> {
        let Value::Capsule(pointer, name, context) = &of(capsule).value else { return fail(ExceptionType::ValueError) };
        let name = name.map(|name| NonNull::from(name).cast());
        Ok(CapsuleParts { pointer: *pointer, name, context: context.get() })
    }

    fn capsule_set_context<'py>(
        _py: At<'py>,
        capsule: Handle<'_, kind::Capsule>,
        context: *mut c_void,
    ) -> Outcome<'py, Toy, ()> {
        let Value::Capsule(_, _, own) = &of(capsule).value else { return fail(ExceptionType::ValueError) };
        own.set(context);
        Ok(())
    }
}

/// Functions and classes in the form that the toy calls.
pub struct Entry<F>(PhantomData<F>);
