//! Creates classes from specifications, extends them, and lets the collector and destructors run.

mod support;

use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::ops::ControlFlow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3_backend::*;
use support::*;

struct ObjectType;

impl NativeType<CPython> for ObjectType {
    fn type_object(py: At<'_>) -> Lent<'_, kind::Type> {
        CPython::type_builtin(py, BuiltinType::Object)
    }
}

struct SyntaxErrorType;

impl NativeType<CPython> for SyntaxErrorType {
    fn type_object(py: At<'_>) -> Lent<'_, kind::Type> {
        CPython::exception_type(py, ExceptionType::SyntaxError)
    }
}

struct DictType;

impl NativeType<CPython> for DictType {
    fn type_object(py: At<'_>) -> Lent<'_, kind::Type> {
        CPython::type_builtin(py, BuiltinType::Dict)
    }
}

struct TupleType;

impl NativeType<CPython> for TupleType {
    fn type_object(py: At<'_>) -> Lent<'_, kind::Type> {
        CPython::type_builtin(py, BuiltinType::Tuple)
    }
}

/// The payload of every class here: an optional reference, and the counter of live payloads.
struct Cell {
    held: RefCell<Option<Global<CPython>>>,
    alive: &'static AtomicUsize,
}

impl Cell {
    fn new(alive: &'static AtomicUsize) -> Self {
        alive.fetch_add(1, Ordering::SeqCst);
        Cell { held: RefCell::new(None), alive }
    }
}

impl Drop for Cell {
    fn drop(&mut self) {
        self.alive.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Gets `cell.held`.
struct GetHeld<C>(C);

impl<C: Class<CPython, Payload = Cell>> UnaryFn<CPython> for GetHeld<C> {
    fn call<'a, 'py: 'a>(py: At<'py>, receiver: Lent<'a>) -> Done<'py, Obj<'py>> {
        // SAFETY: the backend passes instances of `C`.
        let cell = unsafe { CPython::class_payload::<C>(receiver) };
        let held = cell.held.borrow();
        Ok(held.as_ref().map_or_else(|| CPython::constant_none(py), |held| held.as_ref(py)).to_owned(py))
    }
}

/// Sets `cell.held`.
struct SetHeld<C>(C);

impl<C: Class<CPython, Payload = Cell>> SetFn<CPython> for SetHeld<C> {
    fn call<'a, 'py: 'a>(py: At<'py>, receiver: Lent<'a>, _key: Lent<'a>, value: Option<Lent<'a>>) -> Done<'py, ()> {
        // SAFETY: as above.
        let cell = unsafe { CPython::class_payload::<C>(receiver) };
        let old = cell.held.replace(value.map(|value| value.to_owned(py).into_global()));
        drop(old);
        Ok(())
    }
}

/// The constructor of `C`.
struct New<C>(C);

impl<C: Make> Function<CPython> for New<C> {
    fn call<'a, 'py: 'a, A: Arguments<'a, CPython>>(
        py: At<'py>,
        receiver: Option<Lent<'a>>,
        _arguments: A,
    ) -> Done<'py, Obj<'py>> {
        // SAFETY: a constructor's receiver is the type to create.
        let subtype = unsafe { receiver.unwrap().assume_kind() };
        // SAFETY: CPython passes the class or a subtype to its constructor.
        unsafe { CPython::class_allocate::<C>(py, subtype, C::values()) }
    }
}

/// Returns the number of arguments, and whether there was a receiver.
struct Method;

impl Function<CPython> for Method {
    fn call<'a, 'py: 'a, A: Arguments<'a, CPython>>(
        py: At<'py>,
        receiver: Option<Lent<'a>>,
        arguments: A,
    ) -> Done<'py, Obj<'py>> {
        let given = arguments.positional().len() + arguments.keyword_count();
        Ok(int(py, given as i64 + if receiver.is_some() { 100 } else { 0 }))
    }
}

/// Like `Method`, but takes no arguments.
struct Bare;

impl Function<CPython> for Bare {
    const NO_ARGUMENTS: bool = true;

    fn call<'a, 'py: 'a, A: Arguments<'a, CPython>>(
        py: At<'py>,
        receiver: Option<Lent<'a>>,
        arguments: A,
    ) -> Done<'py, Obj<'py>> {
        Method::call(py, receiver, arguments)
    }
}

struct GetItem;

impl BinaryFn<CPython> for GetItem {
    fn call<'a, 'py: 'a>(py: At<'py>, _left: Lent<'a>, right: Lent<'a>) -> Done<'py, Obj<'py>> {
        Ok(right.to_owned(py))
    }
}

struct Len;

impl LenFn<CPython> for Len {
    fn call<'a, 'py: 'a>(_py: At<'py>, _receiver: Lent<'a>) -> Done<'py, usize> {
        Ok(3)
    }
}

struct Hash;

impl HashFn<CPython> for Hash {
    fn call<'a, 'py: 'a>(_py: At<'py>, _receiver: Lent<'a>) -> Done<'py, isize> {
        Ok(-1)
    }
}

struct Compare;

impl CompareFn<CPython> for Compare {
    fn call<'a, 'py: 'a>(py: At<'py>, _receiver: Lent<'a>, _other: Lent<'a>, op: CompareOp) -> Done<'py, Obj<'py>> {
        Ok(text(py, &format!("{op:?}")).any())
    }
}

static METHOD: FunctionDef = FunctionDef { name: c"method", doc: c"method($self, *args)\n--\n\n", no_arguments: false };
static STATIC: FunctionDef = FunctionDef { name: c"static", doc: c"", no_arguments: false };
static CLASS: FunctionDef = FunctionDef { name: c"klass", doc: c"", no_arguments: true };

trait Make: Class<CPython> {
    fn values() -> <Derived<Self> as BaseClass<CPython>>::Values;
}

/// Returns the one member that implements a protocol on this runtime.
fn member(protocol: Protocol<CPython>) -> Member<CPython> {
    protocol.into_members().pop().expect("a slot")
}

macro_rules! class {
    ($name:ident: $base:ty, dict $dict:expr, weak $weak:expr, traverse $traverse:expr, flags $flags:expr,
     values $values:expr, members [$($member:expr),*], alive $alive:ident $(, free list $capacity:expr)?) => {
        struct $name;

        static $alive: AtomicUsize = AtomicUsize::new(0);

        impl Make for $name {
            fn values() -> <Derived<Self> as BaseClass<CPython>>::Values {
                $values
            }
        }

        impl Class<CPython> for $name {
            type Base = $base;
            type Payload = Cell;
            const HAS_DICT: bool = $dict;
            const HAS_WEAKREFS: bool = $weak;
            const MAY_TRAVERSE: bool = $traverse;

            $(const FREE_LIST: Option<&'static FreeList> = {
                static LIST: FreeList = FreeList::new($capacity);
                Some(&LIST)
            };)?

            fn type_object(py: At<'_>) -> Lent<'_, kind::Type> {
                static TYPE: OnceLock<Global<CPython, kind::Type>> = OnceLock::new();
                if let Some(class) = TYPE.get() {
                    // SAFETY: attached, and the static keeps the class alive.
                    return unsafe { Lent::from_ptr(class.as_ptr()) };
                }
                let spec = ClassSpec {
                    name: stringify!($name),
                    module: Some("tests.classes"),
                    // CPython takes the signature only from a doc that begins with the name of the class.
                    doc: match stringify!($name) {
                        "Plain" => c"Plain(a, b=1)\n--\n\nThe doc.",
                        _ => c"The doc.",
                    },
                    flags: $flags,
                    members: vec![$($member),*],
                };
                let class = match CPython::class_create::<$name>(py, spec) {
                    Ok(class) => class,
                    Err(raised) => panic!("{}", message(py, raised)),
                };
                // Another thread may have been faster.
                let class = TYPE.get_or_init(|| class.into_global());
                // SAFETY: as above.
                unsafe { Lent::from_ptr(class.as_ptr()) }
            }

            fn traverse(payloads: Payloads<'_, CPython, Self>, visit: &mut Visit<'_, CPython>) -> ControlFlow<Stop> {
                let payload = payloads.own;
                match payload.held.try_borrow().as_deref() {
                    // SAFETY: the payload keeps the object alive; the collector runs attached.
                    Ok(Some(held)) => visit(unsafe { Lent::from_ptr(held.as_ptr()) }),
                    _ => ControlFlow::Continue(()),
                }
            }

            fn clear<'a>(_py: At<'_>, _: Option<pyo3_backend::Ref<'a, CPython>>, payloads: Payloads<'a, CPython, Self>) {
                let payload = payloads.own;
                drop(payload.held.take());
            }

            unsafe fn dispose(_py: At<'_>, payload: &mut ManuallyDrop<Cell>) {
                // SAFETY: the caller does not use the payload again.
                unsafe { ManuallyDrop::drop(payload) }
            }
        }
    };
}

const OPEN: ClassFlags = ClassFlags { subclassable: true, immutable: false, mapping: false, sequence: false };

macro_rules! new {
    ($class:ty) => {
        Member::Slot(CPython::slot_constructor::<$class, New<$class>>())
    };
}

macro_rules! held {
    ($class:ty) => {
        Member::Property {
            name: c"held",
            doc: c"",
            getter: Some(CPython::class_getter_entry::<$class, GetHeld<$class>>()),
            setter: Some(CPython::class_setter_entry::<$class, SetHeld<$class>>()),
        }
    };
}

macro_rules! method {
    ($class:ty, $def:ident, $kind:ident, $function:ty) => {
        Member::Method {
            def: $def,
            kind: MethodKind::$kind,
            entry: CPython::class_method_entry::<$class, $function>(MethodKind::$kind),
        }
    };
}

class!(Plain: Native<kind::Any, ObjectType>, dict false, weak false, traverse false, flags OPEN,
    values Values::new(Cell::new(&PLAIN), ()),
    members [new!(Plain), method!(Plain, METHOD, Instance, Method),
        method!(Plain, STATIC, Static, Method), method!(Plain, CLASS, Class, Bare),
        member(CPython::slot_hash::<Plain, Hash>()), member(CPython::slot_compare::<Plain, Compare>())],
    alive PLAIN);
class!(Full: Native<kind::Any, ObjectType>, dict true, weak true, traverse true, flags OPEN,
    values Values::new(Cell::new(&FULL), ()), members [new!(Full), held!(Full)], alive FULL);
class!(Child: Derived<Full>, dict false, weak false, traverse true, flags OPEN,
    values Values::new(Cell::new(&CHILD), Values::new(Cell::new(&FULL), ())), members [new!(Child)], alive CHILD);
class!(Closed: Native<kind::Any, ObjectType>, dict false, weak false, traverse false,
    flags ClassFlags { subclassable: false, immutable: true, mapping: true, sequence: false },
    values Values::new(Cell::new(&CLOSED), ()),
    members [member(CPython::slot_binary::<Closed, GetItem>(BinarySlot::GetItem)),
        member(CPython::slot_len::<Closed, Len>())], alive CLOSED);
class!(Row: Native<kind::Any, ObjectType>, dict false, weak false, traverse false,
    flags ClassFlags { sequence: true, ..OPEN }, values Values::new(Cell::new(&ROW), ()),
    members [new!(Row), member(CPython::slot_binary::<Row, GetItem>(BinarySlot::GetItem)),
        member(CPython::slot_len::<Row, Len>())], alive ROW);
class!(Error: Native<kind::BaseException, SyntaxErrorType>, dict false, weak true, traverse true, flags OPEN,
    values Values::new(Cell::new(&ERROR), ()), members [new!(Error), held!(Error)], alive ERROR);
class!(Table: Native<kind::Dict, DictType>, dict false, weak false, traverse true, flags OPEN,
    values Values::new(Cell::new(&TABLE), ()), members [new!(Table), held!(Table)], alive TABLE);

class!(Kept: Native<kind::Any, ObjectType>, dict false, weak false, traverse false, flags OPEN,
    values Values::new(Cell::new(&KEPT), ()), members [new!(Kept)], alive KEPT, free list 1);
class!(KeptFull: Native<kind::Any, ObjectType>, dict true, weak true, traverse true, flags OPEN,
    values Values::new(Cell::new(&KEPT_FULL), ()), members [new!(KeptFull), held!(KeptFull)], alive KEPT_FULL, free list 1);

// What a later CPython could do: the base needs more room than this build has reserved, or its size varies.
class!(Cramped: Native<kind::Dict, SyntaxErrorType>, dict false, weak false, traverse false, flags OPEN,
    values Values::new(Cell::new(&CRAMPED), ()), members [], alive CRAMPED);
class!(Growing: Native<kind::Set, TupleType>, dict false, weak false, traverse false, flags OPEN,
    values Values::new(Cell::new(&GROWING), ()), members [], alive GROWING);

/// Runs one test at a time, because the tests count live payloads.
fn alone<R>(body: impl for<'py> FnOnce(At<'py>) -> R) -> R {
    static LOCK: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _lock = LOCK.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    attached(body)
}

fn alive(counter: &AtomicUsize) -> usize {
    counter.load(Ordering::SeqCst)
}

#[test]
fn a_plain_class() {
    alone(|py| {
        let class = Plain::type_object(py);
        let globals = [("C", class.any())];
        let before = CPython::ref_count(py, class.any());
        assert_eq!(
            run(py, &globals, "result = C().method(1, k=2), C.static(1), C.klass(), C().static()"),
            "(102, 1, 100, 0)"
        );
        assert_eq!(
            run(py, &globals, "result = C.__name__, C.__module__, C.__doc__"),
            "('Plain', 'tests.classes', 'The doc.')"
        );
        assert_eq!(run(py, &globals, "result = C.method.__text_signature__"), "'($self, *args)'");
        if !cfg!(all(Py_LIMITED_API, not(Py_3_10))) {
            // CPython 3.9 loses the signature, and the limited API has no way to restore it.
            assert_eq!(run(py, &globals, "import inspect; result = str(inspect.signature(C))"), "'(a, b=1)'");
        }
        assert_eq!(run(py, &globals, "result = hash(C()), C() < 1, C() == 1"), "(-2, 'Lt', 'Eq')");
        assert_eq!(run(py, &globals, "result = C.__hash__(C()), C.__lt__(C(), 1)"), "(-2, 'Lt')");
        assert!(run(py, &globals, "result = C.method(1)").starts_with("TypeError: descriptor 'method'"));
        assert!(
            run(py, &globals, "result = C.__new__(int)")
                .starts_with("TypeError: tests.classes.Plain.__new__(int): int is not a subtype")
        );
        assert!(run(py, &globals, "result = object.__new__(C)").starts_with("TypeError: object.__new__("));
        assert!(run(py, &globals, "C().x = 1").starts_with("AttributeError"));
        assert_eq!(
            run(py, &globals, "class D(C):\n  def __init__(self): self.x = 1\nresult = D().x, D().method()"),
            "(1, 100)"
        );
        assert_eq!(run(py, &globals, "import gc; gc.collect(); result = gc.is_tracked(C())"), "False");
        assert_eq!(alive(&PLAIN), 0);
        assert_eq!(CPython::ref_count(py, class.any()), before);
    });
}

#[test]
fn dicts_weak_references_and_cycles() {
    alone(|py| {
        for class in [Full::type_object(py), Child::type_object(py)] {
            let globals = [("C", class.any())];
            assert_eq!(
                run(py, &globals, "a = C(); a.x = 1; result = a.__dict__, C.__dictoffset__ > 0"),
                "({'x': 1}, True)"
            );
            assert_eq!(
                run(
                    py,
                    &globals,
                    "import weakref\nr = []\na = C()\nw = weakref.ref(a, r.append)\nalive = w() is a\ndel a\nresult = alive, w(), len(r)"
                ),
                "(True, None, 1)"
            );
            assert_eq!(alive(&FULL), 0);
            let cycle = "import gc, weakref\nfor i in range(50):\n  a = C()\n  a.held = a\n  a.me = a\n  b = C()\n  b.held = [b]\n  w = weakref.ref(a)\ndel a, b\ngc.collect()\nresult = w()";
            let before = CPython::ref_count(py, class.any());
            assert_eq!(run(py, &globals, cycle), "None");
            assert_eq!((alive(&FULL), alive(&CHILD)), (0, 0));
            assert_eq!(CPython::ref_count(py, class.any()), before);
            let python = "import gc\nclass D(C):\n  __slots__ = ('s',)\nclass E(D): pass\nfor T in D, E:\n  a = T()\n  a.s = a\n  a.held = a\n  a.y = a\ndel a, T\ngc.collect()\nresult = 0";
            assert_eq!(run(py, &globals, python), "0");
            let collected = run(py, &[], "import gc; gc.collect(); result = 0");
            assert_eq!(collected, "0");
            assert_eq!((alive(&FULL), alive(&CHILD)), (0, 0));
        }
        assert_eq!(
            run(py, &[("C", Child::type_object(py).any())], "result = C.__mro__[1].__name__, C().held"),
            "('Full', None)"
        );
    });
}

#[test]
fn finalisers_of_python_subclasses() {
    alone(|py| {
        let globals = [("C", Full::type_object(py).any())];
        let source = "import gc\nlog = []\nclass D(C):\n  def __del__(self): log.append(self.held)\nd = D(); d.held = 5; del d\ne = D(); e.held = e; del e\ngc.collect()\nresult = log[0], type(log[1]).__name__\nlog.clear()\ngc.collect()";
        assert_eq!(run(py, &globals, source), "(5, 'D')");
        run(py, &[], "import gc; gc.collect(); result = 0");
        assert_eq!(alive(&FULL), 0);
    });
}

#[test]
fn native_bases() {
    alone(|py| {
        if cfg!(all(Py_LIMITED_API, not(Py_3_10))) && CPython::interpreter_version().starts_with("3.9.") {
            // Slots of static types cannot be read.
            let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| Error::type_object(py).as_ptr()));
            let text = made.unwrap_err().downcast::<String>().unwrap();
            assert!(text.starts_with("TypeError: cannot extend the type 'SyntaxError'"), "{text}");
            return;
        }
        let globals = [("E", Error::type_object(py).any()), ("T", Table::type_object(py).any())];
        assert_eq!(
            run(
                py,
                &globals,
                "try:\n  raise E('m', ('f', 1, 2, 't'))\nexcept SyntaxError as e:\n  result = e.msg, e.text, e.held, e.args[0]"
            ),
            "('m', 't', None, 'm')"
        );
        assert_eq!(
            run(py, &globals, "t = T(a=1); t['b'] = 2; result = t, len(t), isinstance(t, dict)"),
            "({'a': 1, 'b': 2}, 2, True)"
        );
        let cycle = "import gc, sys\nclass F(E): pass\nclass U(T): pass\nfor i in range(50):\n  for X in E, F, T, U:\n    x = X()\n    x.held = x\n    x = X()\n    x.held = [x]\n    y = X()\n    if X in (E, F): y.__cause__ = y; y.attr = y\n    else: y[0] = y\ndel x, y, X, F, U\ngc.collect()\nresult = 0";
        let before = (CPython::ref_count(py, globals[0].1), CPython::ref_count(py, globals[1].1));
        assert_eq!(run(py, &globals, cycle), "0");
        run(py, &[], "import gc; gc.collect(); result = 0");
        assert_eq!((alive(&ERROR), alive(&TABLE)), (0, 0));
        assert_eq!((CPython::ref_count(py, globals[0].1), CPython::ref_count(py, globals[1].1)), before);
    });
}

#[test]
fn a_closed_class() {
    alone(|py| {
        let class = Closed::type_object(py);
        let globals = [("C", class.any())];
        assert_eq!(run(py, &globals, "result = C()"), "TypeError: No constructor defined for Closed");
        assert!(run(py, &globals, "class D(C): pass").contains("is not an acceptable base type"));
        CPython::class_set_attribute(
            py,
            class,
            CPython::str_intern(py, "ATTR").as_ref(),
            text(py, "set").as_ref().any(),
        )
        .unwrap();
        assert_eq!(run(py, &globals, "result = C.ATTR"), "'set'");
        let outcome = run(py, &globals, "C.ATTR = 1; result = C.ATTR");
        assert!(
            outcome == "1" || outcome.starts_with("TypeError: cannot set 'ATTR' attribute of immutable type"),
            "{outcome}"
        );
        // SAFETY: the type of the class.
        let object = unsafe { CPython::class_allocate::<Closed>(py, class, Closed::values()) }.unwrap();
        let globals = [("o", object.as_ref())];
        assert_eq!(run(py, &globals, "result = len(o), o['k'], o[-1]"), "(3, 'k', -1)");
        assert!(run(py, &globals, "result = list(reversed(o))").starts_with("TypeError"));
        drop(object);
        assert_eq!(alive(&CLOSED), 0);
    });
}

#[test]
fn a_sequence() {
    alone(|py| {
        let globals = [("C", Row::type_object(py).any())];
        assert_eq!(
            run(py, &globals, "result = len(C()), list(reversed(C())), C()[-1], C()['x']"),
            "(3, [2, 1, 0], -1, 'x')"
        );
        assert_eq!(run(py, &globals, "result = C.__len__(C()), C.__getitem__(C(), 9)"), "(3, 9)");
        assert_eq!(alive(&ROW), 0);
    });
}

#[test]
fn a_base_with_another_layout_than_the_build_knows_is_refused() {
    fn refusal<C: Make>(py: At<'_>) -> String {
        let spec = ClassSpec { name: "Refused", module: None, doc: c"", flags: OPEN, members: Vec::new() };
        CPython::class_create::<C>(py, spec).map_or_else(|raised| message(py, raised), |_| "no error".to_owned())
    }

    alone(|py| {
        for (refusal, base) in [(refusal::<Cramped>(py), "SyntaxError"), (refusal::<Growing>(py), "tuple")] {
            let expected = format!(
                "TypeError: cannot extend the type '{base}': its instances have another layout than this build knows"
            );
            assert_eq!(refusal, expected);
        }
    });
}

#[test]
fn an_exception_passes_through_destructors() {
    alone(|py| {
        // SAFETY: the type of the class.
        let full = unsafe { CPython::class_allocate::<Full>(py, Full::type_object(py), Full::values()) }.unwrap();
        let class = CPython::exception_type(py, ExceptionType::KeyError);
        let raised = CPython::error_raise_new(py, class.any(), text(py, "k").as_ref().any());
        drop(full);
        assert_eq!(message(py, raised), "KeyError: 'k'");
    });
}

#[cfg(all(Py_LIMITED_API, not(Py_3_10)))]
#[test]
fn classes_use_nothing_newer_than_the_abi() {
    assert_not_imported("PyObject_Generic", "GetDict");
}

#[test]
#[cfg(not(Py_GIL_DISABLED))]
fn memory_is_used_again() {
    // Two instances die, and the list has room for one. Objects of all sizes created meanwhile use up the allocator's
    // memory.
    let script = "
a, b, c = C(), C(), C()
first, last = id(b), id(c)
del b, c
others = [bytes(size) for size in range(400) for _ in range(20)]
d, e = C(), C()
result = id(d) == first, id(e) in (first, last)";
    alone(|py| {
        for (class, counter) in [(Kept::type_object(py), &KEPT), (KeptFull::type_object(py), &KEPT_FULL)] {
            let before = CPython::ref_count(py, class.any());
            assert_eq!(run(py, &[("C", class.any())], script), "(True, False)");
            assert_eq!(alive(counter), 0);
            assert_eq!(CPython::ref_count(py, class.any()), before);
        }
    });
}

#[test]
fn memory_that_is_used_again_is_as_new() {
    alone(|py| {
        let globals = [("C", KeptFull::type_object(py).any())];
        let script = "
import gc, weakref
def one():
    c = C()
    c.x = c.held = c
    return weakref.ref(c)
seen = []
for _ in range(3):
    dead = one()
    gc.collect()
    new = C()
    seen.append((dead(), new.__dict__, weakref.getweakrefcount(new), gc.is_tracked(new)))
    del new
result = seen == [(None, {}, 0, True)] * 3";
        assert_eq!(run(py, &globals, script), "True");
        let script = "
class D(C):
    __slots__ = ('a', 'b', 'c')
    def __del__(self): self.a = 1
ds = [D() for _ in range(3)]
del ds
result = [type(c).__name__ for c in (C(), D(), C(), D())]";
        assert_eq!(run(py, &globals, script), "['KeptFull', 'D', 'KeptFull', 'D']");
        assert_eq!(alive(&KEPT_FULL), 0);
    });
}
