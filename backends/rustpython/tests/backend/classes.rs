//! Tests that classes are created, instantiated, extended, collected and dropped.

use std::mem::ManuallyDrop;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

use pyo3_backend::{
    Arguments, BinaryFn, BinarySlot, Class, ClassFlags, ClassOps, ClassSpec, CompareFn, CompareOp, Derived, ErrorOps,
    ExceptionType, Function, FunctionDef, Global, HashFn, IntOps, KeywordName, LenFn, Member, MethodKind, Native,
    NativeBase, NativeType, NextFn, ObjectOps, Outcome, Owned, Payloads, Protocol, ProtocolOps, Ref, RefOps, SetFn,
    SetSlot, Stop, StrOps, TernaryFn, TernarySlot, ThreadOps, TypeOps, UnaryFn, UnarySlot, Values, Visit, kind,
};
use pyo3_backend_rustpython::RustPython;

use crate::{Any, Py, attached, describe, eval, eval_with, exec, repr, wait_for};

/// A number and a reference: the payload of a class with every kind of member.
struct Node {
    number: i64,
    child: Mutex<Option<Global<RustPython>>>,
}

static ALIVE: AtomicUsize = AtomicUsize::new(0);

impl Node {
    fn new(number: i64) -> Self {
        ALIVE.fetch_add(1, Ordering::SeqCst);
        Node { number, child: Mutex::new(None) }
    }

    fn of<'a>(object: Ref<'a, RustPython>) -> &'a Node {
        unsafe { RustPython::class_payload::<NodeClass>(object) }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Returns the one member that implements a protocol on this runtime.
fn member(protocol: Protocol<RustPython>) -> Member<RustPython> {
    protocol.into_members().pop().expect("a slot")
}

struct ObjectType;

impl NativeType<RustPython> for ObjectType {
    fn type_object<'py>(py: Py<'py>) -> Ref<'py, RustPython, kind::Type> {
        RustPython::type_builtin(py, pyo3_backend::BuiltinType::Object)
    }
}

struct DictType;

impl NativeType<RustPython> for DictType {
    fn type_object<'py>(py: Py<'py>) -> Ref<'py, RustPython, kind::Type> {
        RustPython::type_builtin(py, pyo3_backend::BuiltinType::Dict)
    }
}

struct ExceptionBase;

impl NativeType<RustPython> for ExceptionBase {
    fn type_object<'py>(py: Py<'py>) -> Ref<'py, RustPython, kind::Type> {
        RustPython::exception_type(py, ExceptionType::Exception)
    }
}

/// Returns the type object of a class, which is created once. Waits detached, because creating a type allocates.
fn once<'py, C: Class<RustPython>>(
    py: Py<'py>,
    cell: &'static OnceLock<Global<RustPython, kind::Type>>,
    spec: impl FnOnce() -> ClassSpec<'static, RustPython>,
) -> Ref<'py, RustPython, kind::Type> {
    static MAKING: Mutex<()> = Mutex::new(());
    if cell.get().is_none() {
        let _making = RustPython::thread_detach(py, || MAKING.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
        if cell.get().is_none() {
            let class = RustPython::class_create::<C>(py, spec());
            let class = class.unwrap_or_else(|raised| panic!("{}", describe(py, raised)));
            let _ = cell.set(class.into_global());
        }
    }
    cell.get().expect("just made").as_ref(py)
}

struct NodeClass;

impl Class<RustPython> for NodeClass {
    type Base = Native<kind::Any, ObjectType>;
    type Payload = Node;
    const HAS_DICT: bool = false;
    const HAS_WEAKREFS: bool = true;
    const MAY_TRAVERSE: bool = true;

    fn type_object<'py>(py: Py<'py>) -> Ref<'py, RustPython, kind::Type> {
        static TYPE: OnceLock<Global<RustPython, kind::Type>> = OnceLock::new();
        once::<Self>(py, &TYPE, || ClassSpec {
            name: "Node",
            module: Some("tests"),
            doc: c"Node(number)\n--\n\nA node.",
            flags: ClassFlags { subclassable: true, ..Default::default() },
            members: node_members(),
        })
    }

    fn traverse(payloads: Payloads<'_, RustPython, Self>, visit: &mut Visit<'_, RustPython>) -> ControlFlow<Stop> {
        let payload = payloads.own;
        match payload.child.try_lock() {
            Ok(child) => match &*child {
                Some(child) => visit(child.as_ref(unsafe { Py::assume() })),
                None => ControlFlow::Continue(()),
            },
            Err(_) => ControlFlow::Continue(()),
        }
    }

    fn clear<'a>(_py: Py<'_>, _: Option<pyo3_backend::Ref<'a, RustPython>>, payloads: Payloads<'a, RustPython, Self>) {
        let payload = payloads.own;
        drop(payload.child.lock().expect("no panic").take());
    }

    unsafe fn dispose(_py: Py<'_>, payload: &mut ManuallyDrop<Node>) {
        assert!(RustPython::thread_is_attached());
        unsafe { ManuallyDrop::drop(payload) };
    }
}

macro_rules! functions {
    ($($name:ident: $shape:ident($py:ident $(, $argument:ident: $type:ty)*) -> $result:ty $body:block)*) => {
        $(
            struct $name;
            impl $shape<RustPython> for $name {
                fn call<'a, 'py: 'a>($py: Py<'py>, $($argument: $type),*) -> Outcome<'py, RustPython, $result> $body
            }
        )*
    };
}

fn number<'py>(py: Py<'py>, value: i64) -> Any<'py> {
    RustPython::int_from_i64(py, value).any()
}

/// Returns the number of a node, or of an `int`.
fn operand(py: Py<'_>, object: Ref<'_, RustPython>) -> Option<i64> {
    if RustPython::type_is_subtype(py, RustPython::type_of(py, object), NodeClass::type_object(py)) {
        return Some(Node::of(object).number);
    }
    RustPython::int_to_i64(py, object).ok()
}

functions! {
    GetNumber: UnaryFn(py, receiver: Ref<'a, RustPython>) -> Owned<'py, RustPython> { Ok(number(py, Node::of(receiver).number)) }
    Repr: UnaryFn(py, receiver: Ref<'a, RustPython>) -> Owned<'py, RustPython> {
        Ok(RustPython::str_from_utf8(py, &format!("Node({})", Node::of(receiver).number)).any())
    }
    GetChild: UnaryFn(py, receiver: Ref<'a, RustPython>) -> Owned<'py, RustPython> {
        let child = Node::of(receiver).child.lock().expect("no panic");
        Ok(child.as_ref().map_or_else(|| RustPython::constant_none(py).to_owned(py), |child| child.bind(py).clone()))
    }
    SetChild: SetFn(_py, receiver: Ref<'a, RustPython>, _key: Ref<'a, RustPython>, value: Option<Ref<'a, RustPython>>) -> () {
        let value = value.map(|value| value.to_owned(_py).into_global());
        let old = std::mem::replace(&mut *Node::of(receiver).child.lock().expect("no panic"), value);
        drop(old);
        Ok(())
    }
    Length: LenFn(_py, receiver: Ref<'a, RustPython>) -> usize { Ok(Node::of(receiver).number.unsigned_abs() as usize) }
    Hash: HashFn(_py, receiver: Ref<'a, RustPython>) -> isize { Ok(Node::of(receiver).number as isize) }
    Add: BinaryFn(py, left: Ref<'a, RustPython>, right: Ref<'a, RustPython>) -> Owned<'py, RustPython> {
        match (operand(py, left), operand(py, right)) {
            (Some(left), Some(right)) => Ok(number(py, left + right)),
            _ => Ok(RustPython::constant_not_implemented(py).to_owned(py)),
        }
    }
    Power: TernaryFn(py, left: Ref<'a, RustPython>, right: Ref<'a, RustPython>, third: Ref<'a, RustPython>) -> Owned<'py, RustPython> {
        let text = format!("{:?} ** {:?} % {}", operand(py, left), operand(py, right), repr(py, third));
        Ok(RustPython::str_from_utf8(py, &text).any())
    }
    GetItem: BinaryFn(py, receiver: Ref<'a, RustPython>, key: Ref<'a, RustPython>) -> Owned<'py, RustPython> {
        let index = RustPython::int_to_i64(py, key)?;
        let raise = |which| RustPython::error_raise_new(py, RustPython::exception_type(py, which).any(), key);
        if index < Node::of(receiver).number { Ok(number(py, index * 10)) } else { Err(raise(ExceptionType::IndexError)) }
    }
    Compare: CompareFn(py, receiver: Ref<'a, RustPython>, other: Ref<'a, RustPython>, op: CompareOp) -> Owned<'py, RustPython> {
        let Some(other) = operand(py, other) else { return Ok(RustPython::constant_not_implemented(py).to_owned(py)) };
        let own = Node::of(receiver).number;
        let answer = match op {
            CompareOp::Lt => own < other,
            CompareOp::Le => own <= other,
            CompareOp::Eq => own == other,
            CompareOp::Ne => own != other,
            CompareOp::Gt => own > other,
            CompareOp::Ge => own >= other,
        };
        Ok(RustPython::constant_bool(py, answer).any().to_owned(py))
    }
}

struct New;

impl Function<RustPython> for New {
    fn call<'a, 'py: 'a, A: Arguments<'a, RustPython>>(
        py: Py<'py>,
        receiver: Option<Ref<'a, RustPython>>,
        arguments: A,
    ) -> Outcome<'py, RustPython, Any<'py>> {
        let subtype: Ref<'_, RustPython, kind::Type> = unsafe { receiver.expect("the type").assume_kind() };
        let mut value = arguments.positional().first().map_or(Ok(0), |first| RustPython::int_to_i64(py, *first))?;
        arguments.each_keyword(py, |name, keyword| {
            assert_eq!(name.text(py), Some("number"));
            value = RustPython::int_to_i64(py, keyword)?;
            Ok(())
        })?;
        unsafe { RustPython::class_allocate::<NodeClass>(py, subtype, Values::new(Node::new(value), ())) }
    }
}

/// Returns `(receiver, number of arguments)`.
struct Describe;

impl Function<RustPython> for Describe {
    fn call<'a, 'py: 'a, A: Arguments<'a, RustPython>>(
        py: Py<'py>,
        receiver: Option<Ref<'a, RustPython>>,
        arguments: A,
    ) -> Outcome<'py, RustPython, Any<'py>> {
        let receiver = receiver.map_or_else(|| "nothing".to_owned(), |receiver| repr(py, receiver));
        let text = format!("{receiver} and {} arguments", arguments.positional().len() + arguments.keyword_count());
        Ok(RustPython::str_from_utf8(py, &text).any())
    }
}

/// Like `Describe`, but takes no arguments.
struct DescribePlain;

impl Function<RustPython> for DescribePlain {
    const NO_ARGUMENTS: bool = true;

    fn call<'a, 'py: 'a, A: Arguments<'a, RustPython>>(
        py: Py<'py>,
        receiver: Option<Ref<'a, RustPython>>,
        arguments: A,
    ) -> Outcome<'py, RustPython, Any<'py>> {
        Describe::call(py, receiver, arguments)
    }
}

fn node_members() -> Vec<Member<RustPython>> {
    type B = RustPython;
    type C = NodeClass;
    let method = |name, kind, no_arguments| Member::Method {
        def: FunctionDef { name, doc: c"", no_arguments },
        kind,
        entry: match no_arguments {
            true => B::class_method_entry::<C, DescribePlain>(kind),
            false => B::class_method_entry::<C, Describe>(kind),
        },
    };
    vec![
        Member::Slot(B::slot_constructor::<C, New>()),
        member(B::slot_unary::<C, Repr>(UnarySlot::Repr)),
        member(B::slot_len::<C, Length>()),
        member(B::slot_hash::<C, Hash>()),
        member(B::slot_binary::<C, Add>(BinarySlot::Add)),
        member(B::slot_ternary::<C, Power>(TernarySlot::Power)),
        member(B::slot_binary::<C, GetItem>(BinarySlot::GetItem)),
        member(B::slot_compare::<C, Compare>()),
        Member::Property {
            name: c"number",
            doc: c"The number.",
            getter: Some(B::class_getter_entry::<C, GetNumber>()),
            setter: None,
        },
        Member::Property {
            name: c"child",
            doc: c"",
            getter: Some(B::class_getter_entry::<C, GetChild>()),
            setter: Some(B::class_setter_entry::<C, SetChild>()),
        },
        method(c"method", MethodKind::Instance, false),
        method(c"plain", MethodKind::Instance, true),
        method(c"of_class", MethodKind::Class, false),
        method(c"of_nothing", MethodKind::Static, false),
    ]
}

/// A class that extends `Node`, has a dict, and stores text.
struct Leaf;

struct NewLeaf;

impl Function<RustPython> for NewLeaf {
    fn call<'a, 'py: 'a, A: Arguments<'a, RustPython>>(
        py: Py<'py>,
        receiver: Option<Ref<'a, RustPython>>,
        _arguments: A,
    ) -> Outcome<'py, RustPython, Any<'py>> {
        let subtype: Ref<'_, RustPython, kind::Type> = unsafe { receiver.expect("the type").assume_kind() };
        unsafe {
            RustPython::class_allocate::<Leaf>(
                py,
                subtype,
                Values::new("a leaf".to_owned(), Values::new(Node::new(7), ())),
            )
        }
    }
}

functions! {
    LeafText: UnaryFn(py, receiver: Ref<'a, RustPython>) -> Owned<'py, RustPython> {
        let leaf = unsafe { RustPython::class_payload::<Leaf>(receiver) };
        Ok(RustPython::str_from_utf8(py, leaf).any())
    }
}

impl Class<RustPython> for Leaf {
    type Base = Derived<NodeClass>;
    type Payload = String;
    const HAS_DICT: bool = true;
    const HAS_WEAKREFS: bool = false;
    const MAY_TRAVERSE: bool = false;

    fn type_object<'py>(py: Py<'py>) -> Ref<'py, RustPython, kind::Type> {
        static TYPE: OnceLock<Global<RustPython, kind::Type>> = OnceLock::new();
        // The base first, because the lock of `once` is not reentrant.
        NodeClass::type_object(py);
        once::<Self>(py, &TYPE, || ClassSpec {
            name: "Leaf",
            module: None,
            doc: c"",
            flags: ClassFlags::default(),
            members: vec![
                Member::Slot(RustPython::slot_constructor::<Self, NewLeaf>()),
                Member::Property {
                    name: c"text",
                    doc: c"",
                    getter: Some(RustPython::class_getter_entry::<Self, LeafText>()),
                    setter: None,
                },
            ],
        })
    }

    fn traverse(_: Payloads<'_, RustPython, Self>, _: &mut Visit<'_, RustPython>) -> ControlFlow<Stop> {
        ControlFlow::Continue(())
    }

    fn clear<'a>(_: Py<'_>, _: Option<pyo3_backend::Ref<'a, RustPython>>, _: Payloads<'a, RustPython, Self>) {}

    unsafe fn dispose(_: Py<'_>, payload: &mut ManuallyDrop<String>) {
        unsafe { ManuallyDrop::drop(payload) };
    }
}

macro_rules! extends_native {
    ($($class:ident($name:literal): $kind:ident, $base:ty;)*) => {
        $(
            struct $class;

            impl Function<RustPython> for $class {
                fn call<'a, 'py: 'a, A: Arguments<'a, RustPython>>(
                    py: Py<'py>,
                    receiver: Option<Ref<'a, RustPython>>,
                    _arguments: A,
                ) -> Outcome<'py, RustPython, Any<'py>> {
                    let subtype: Ref<'_, RustPython, kind::Type> = unsafe { receiver.expect("the type").assume_kind() };
                    unsafe { RustPython::class_allocate::<$class>(py, subtype, Values::new("kept".to_owned(), ())) }
                }
            }

            impl UnaryFn<RustPython> for $class {
                fn call<'a, 'py: 'a>(py: Py<'py>, receiver: Ref<'a, RustPython>) -> Outcome<'py, RustPython, Any<'py>> {
                    let instance = unsafe { RustPython::class_payload::<$class>(receiver) };
                    Ok(RustPython::str_from_utf8(py, instance).any())
                }
            }

            impl Class<RustPython> for $class {
                type Base = Native<kind::$kind, $base>;
                type Payload = String;
                const HAS_DICT: bool = false;
                const HAS_WEAKREFS: bool = false;
                const MAY_TRAVERSE: bool = false;

                fn type_object<'py>(py: Py<'py>) -> Ref<'py, RustPython, kind::Type> {
                    static TYPE: OnceLock<Global<RustPython, kind::Type>> = OnceLock::new();
                    once::<Self>(py, &TYPE, || ClassSpec {
                        name: $name,
                        module: Some("tests"),
                        doc: c"",
                        flags: ClassFlags { subclassable: true, ..Default::default() },
                        members: vec![
                            Member::Slot(RustPython::slot_constructor::<Self, Self>()),
                            Member::Property { name: c"text", doc: c"", getter: Some(RustPython::class_getter_entry::<Self, Self>()), setter: None },
                        ],
                    })
                }

                fn traverse(_: Payloads<'_, RustPython, Self>, _: &mut Visit<'_, RustPython>) -> ControlFlow<Stop> {
                    ControlFlow::Continue(())
                }

                fn clear<'a>(_: Py<'_>, _: Option<pyo3_backend::Ref<'a, RustPython>>, _: Payloads<'a, RustPython, Self>) {}

                unsafe fn dispose(_: Py<'_>, payload: &mut ManuallyDrop<String>) {
                    unsafe { ManuallyDrop::drop(payload) };
                }
            }
        )*
    };
}

extends_native! {
    DictLike("DictLike"): Dict, DictType;
    Trouble("Trouble"): BaseException, ExceptionBase;
}

/// A class that tries to extend `OSError`, whose instances are larger than its kind declares.
struct OsTrouble;
struct OsErrorType;

impl NativeType<RustPython> for OsErrorType {
    fn type_object<'py>(py: Py<'py>) -> Ref<'py, RustPython, kind::Type> {
        RustPython::exception_type(py, ExceptionType::OSError)
    }
}

impl Class<RustPython> for OsTrouble {
    type Base = Native<kind::BaseException, OsErrorType>;
    type Payload = ();
    const HAS_DICT: bool = false;
    const HAS_WEAKREFS: bool = false;
    const MAY_TRAVERSE: bool = false;

    fn type_object<'py>(_py: Py<'py>) -> Ref<'py, RustPython, kind::Type> {
        unreachable!("it is never made")
    }

    fn traverse(_: Payloads<'_, RustPython, Self>, _: &mut Visit<'_, RustPython>) -> ControlFlow<Stop> {
        ControlFlow::Continue(())
    }

    fn clear<'a>(_: Py<'_>, _: Option<pyo3_backend::Ref<'a, RustPython>>, _: Payloads<'a, RustPython, Self>) {}

    unsafe fn dispose(_: Py<'_>, _: &mut ManuallyDrop<()>) {}
}

#[test]
fn a_foreign_layout_is_refused() {
    attached(|py| {
        let spec =
            ClassSpec { name: "OsTrouble", module: None, doc: c"", flags: ClassFlags::default(), members: Vec::new() };
        let raised = RustPython::class_create::<OsTrouble>(py, spec).err().expect("an error");
        assert_eq!(
            describe(py, raised),
            "TypeError: type 'OSError' cannot be extended: its instances have a layout of their own"
        );
        let _ = <kind::BaseException as NativeBase<RustPython>>::INFO;
    });
}

/// Runs one test at a time, because these tests count living nodes.
fn counted(body: impl for<'py> FnOnce(Py<'py>)) {
    static COUNTING: Mutex<()> = Mutex::new(());
    let _counting = COUNTING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    attached(|py| {
        assert_eq!(ALIVE.load(Ordering::SeqCst), 0);
        body(py);
        RustPython::thread_detach(py, || ());
        wait_for(py, || {
            drop(eval(py, "__import__('gc').collect()"));
            ALIVE.load(Ordering::SeqCst) == 0
        });
    });
}

fn node_class<'py>(py: Py<'py>) -> [(&'static str, Ref<'py, RustPython>); 2] {
    [("Node", NodeClass::type_object(py).any()), ("Leaf", Leaf::type_object(py).any())]
}

#[test]
fn what_python_sees() {
    counted(|py| {
        exec(
            py,
            r#"
assert Node.__name__ == Node.__qualname__ == 'Node' and Node.__module__ == 'tests'
assert Node.__doc__ == 'A node.' and Node.__text_signature__ == '(number)', (Node.__doc__, Node.__text_signature__)
assert repr(Node) == "<class 'tests.Node'>"
n = Node(3)
assert n.number == 3 and repr(n) == str(n) == 'Node(3)' and len(n) == 3 and hash(n) == 3
assert hash(Node(-1)) == -2
assert Node(number=5).number == 5
assert n + 1 == 4 and 1 + n == 4 and n + n == 6
assert Node.__add__(n, 1) == 4 and Node.__radd__(n, 1) == 4 and n.__repr__() == 'Node(3)'
assert n ** 2 == 'Some(3) ** Some(2) % None' and 2 ** n == 'Some(2) ** Some(3) % None' and pow(n, 2, 9).endswith('% 9')
assert n[2] == 20 and list(n) == [0, 10, 20] and 10 in n
assert n == Node(3) and n != Node(4) and n < Node(4) and n >= 3 and (n == 'x') is False
assert n.method(1, k=2) == 'Node(3) and 2 arguments' and Node.method(n) == 'Node(3) and 0 arguments'
assert n.plain() == 'Node(3) and 0 arguments'
assert Node.of_class() == n.of_class() == "<class 'tests.Node'> and 0 arguments"
assert Node.of_nothing(1) == n.of_nothing(1) == 'nothing and 1 arguments'
assert all(n.method(i) and n.plain() and Node(i).number == i for i in range(300))
import weakref
ref = weakref.ref(n)
assert ref() is n
del n
import time
for _ in range(2000):
    if ref() is None: break
    time.sleep(0.001)
assert ref() is None
"#,
            &node_class(py),
        );
    });
}

#[test]
fn what_python_must_not_do() {
    counted(|py| {
        let error = |source: &str| describe(py, eval_with(py, source, &node_class(py)).err().expect(source));
        assert_eq!(error("Node(1).plain(2)"), "TypeError: Node.plain() takes no arguments (1 given)");
        assert_eq!(
            error("Node.number.__get__(3)"),
            "TypeError: descriptor 'number' for 'tests.Node' objects doesn't apply to a 'int' object"
        );
        assert_eq!(
            error("Node.child.__set__(3, 4)"),
            "TypeError: descriptor 'child' for 'tests.Node' objects doesn't apply to a 'int' object"
        );
        assert_eq!(
            error("Leaf.text.__get__(Node(1))"),
            "TypeError: descriptor 'text' for 'builtins.Leaf' objects doesn't apply to a 'tests.Node' object"
        );
        assert_eq!(
            error("setattr(Node(1), 'number', 2)"),
            "AttributeError: attribute 'number' of 'Node' objects is not writable"
        );
        assert_eq!(
            error("Node.__new__(int)"),
            "TypeError: tests.Node.__new__(int): int is not a subtype of tests.Node"
        );
        assert_eq!(
            error("Node.__new__(Leaf)"),
            "TypeError: tests.Node.__new__(builtins.Leaf) is not safe, use builtins.Leaf.__new__()"
        );
        assert_eq!(error("Node.__new__()"), "TypeError: tests.Node.__new__(): not enough arguments");
        assert!(error("object.__new__(Node)").starts_with("TypeError: object.__new__("));
        assert!(error("Node.method(3)").starts_with("TypeError: "));
        assert!(error("Node.method()").starts_with("TypeError: "));
        assert!(error("Node.__add__(3, 4)").starts_with("TypeError: "));
        assert!(error("Node.__dict__['of_class'].__get__(None, int)()").starts_with("TypeError: "));
        assert!(error("setattr(Node(1), 'other', 2)").starts_with("AttributeError: "));
        assert!(error("type('M', (Node, dict), {})").starts_with("TypeError: "));
        assert_eq!(error("type('M', (Leaf,), {})"), "TypeError: type 'builtins.Leaf' is not an acceptable base type");
        assert!(error("setattr(type('A', (), {})(), '__class__', Node)").starts_with("TypeError: "));
        // If Python code has removed the constructor, `object` creates instances without the memory of the class.
        exec(py, "Node.kept = Node.__new__\nNode.__new__ = lambda cls, *args: None", &node_class(py));
        for source in ["object.__new__(Node)", "object.__new__(type('Sub', (Node,), {}))"] {
            let made = eval_with(py, source, &node_class(py)).expect(source);
            // SAFETY: an instance of the class, by its type.
            assert!(!unsafe { RustPython::class_has_memory::<NodeClass>(made.as_ref()) }, "{source}");
        }
        assert!(error("Exception.__new__(Node)").starts_with("TypeError: "));
        exec(py, "Node.__new__ = Node.kept\ndel Node.kept\nassert Node(3).number == 3", &node_class(py));
        assert!(
            repr(py, eval(py, "object.__new__").as_ref()).starts_with("<built-in method __new__ of type object at ")
        );
    });
}

#[test]
fn python_subclasses() {
    counted(|py| {
        exec(
            py,
            r#"
class Sub(Node):
    def __new__(cls, number, extra): return super().__new__(cls, number * 2)
    def __init__(self, number, extra): self.extra = extra
    def __repr__(self): return 'Sub of ' + super().__repr__()
    def __radd__(self, other): return 'reflected'
s = Sub(2, extra='x')
assert s.number == 4 and s.extra == 'x' and repr(s) == 'Sub of Node(4)' and s + 1 == 5 and Node(1) + s == 'reflected'
class Init(Node):
    def __init__(self, number, other): self.other = other
try: Init(1)
except TypeError: pass
else: assert False
assert Init(1, 2).other == 2
Node.__call__ = lambda self: 'called'
assert Node(2)() == 'called' and Node(3).number == 3
del Node.__call__
Node.__init__ = lambda self, number: setattr(self, 'child', number)
assert Node(4).child == 4
del Node.__init__
assert Node(4).child is None
class Eq(Node):
    def __eq__(self, other): return True
assert Eq.__hash__ is None
class Slotted(Node):
    __slots__ = ('a',)
t = Slotted(1); t.a = 2
try: t.b = 3
except AttributeError: pass
else: assert False
for i in range(200): assert Sub(i, i).number == 2 * i
"#,
            &node_class(py),
        );
    });
}

#[test]
fn rust_subclasses() {
    counted(|py| {
        let leaf = eval_with(py, "Leaf()", &node_class(py)).expect("a leaf");
        assert_eq!(Node::of(leaf.as_ref()).number, 7);
        assert_eq!(unsafe { RustPython::class_payload::<Leaf>(leaf.as_ref()) }, "a leaf");
        exec(
            py,
            "assert leaf.text == 'a leaf' and leaf.number == 7 and repr(leaf) == 'Node(7)' and isinstance(leaf, Node)
assert leaf + 1 == 8 and 1 + leaf == 8 and leaf[1] == 10 and hash(leaf) == 7 and Leaf.__module__ == 'builtins'
leaf.more = [1]
assert leaf.__dict__ == {'more': [1]}
",
            &[node_class(py)[0], node_class(py)[1], ("leaf", leaf.as_ref())],
        );
    });
}

#[test]
fn cycles_are_collected() {
    counted(|py| {
        exec(
            py,
            "
n = Node(1); n.child = [n]; del n
leaf = Leaf(); leaf.me = leaf; del leaf
class Sub(Node): pass
s = Sub(1); s.me = s; s.child = s; del s
import gc
m = Node(2); m.child = x = []
assert any(r is x for r in gc.get_referents(m))
del m, x
",
            &node_class(py),
        );
        assert!(ALIVE.load(Ordering::SeqCst) >= 3);
    });
}

#[test]
fn many_come_and_go() {
    counted(|py| {
        exec(
            py,
            "
for i in range(20000):
    n = Node(i); l = Leaf(); n.child = l; l.x = n; d = DictLike(); d[i] = n; d.clear()
    try: raise Trouble(i)
    except Trouble as e: assert e.args == (i,) and e.text == 'kept'
",
            &[
                node_class(py)[0],
                node_class(py)[1],
                ("DictLike", DictLike::type_object(py).any()),
                ("Trouble", Trouble::type_object(py).any()),
            ],
        );
    });
}

#[test]
fn instances_dropped_elsewhere() {
    counted(|py| {
        let node = eval_with(py, "Node(1)", &node_class(py)).expect("a node").into_global();
        wait_for(py, || RustPython::ref_count(py, node.as_ref(py)) == 1);
        RustPython::thread_detach(py, move || std::thread::spawn(move || drop(node)).join().expect("a thread"));
    });
}

#[test]
fn native_bases() {
    attached(|py| {
        exec(
            py,
            r#"
import json
d = DictLike()
d['a'] = 1
assert d.text == 'kept' and d == {'a': 1} and {**d} == {'a': 1} and json.dumps(d) == '{"a": 1}' and isinstance(d, dict)
d['self'] = d
del d
e = DictLike({'x': 1}, y=2)
assert dict(e) == {'x': 1, 'y': 2}
try:
    try: raise Trouble('one', 2)
    except Trouble as e:
        assert e.args == ('one', 2) and str(e) == "('one', 2)" and e.text == 'kept' and e.__traceback__ is not None
        raise ValueError from e
except ValueError as v:
    assert isinstance(v.__cause__, Trouble)
class Sub(Trouble): pass
assert Sub(1).args == (1,) and Sub(1).text == 'kept'
import gc
gc.collect()
"#,
            &[("DictLike", DictLike::type_object(py).any()), ("Trouble", Trouble::type_object(py).any())],
        );
        let made = eval_with(py, "DictLike(a=1)", &[("DictLike", DictLike::type_object(py).any())]).expect("a dict");
        assert!(RustPython::type_check_kind::<kind::Dict>(py, made.as_ref()));
        assert_eq!(RustPython::object_len(py, made.as_ref()).ok(), Some(1));
    });
}

/// A class that Python code cannot instantiate. It counts down, and stores attributes in its own way.
struct Hidden;

functions! {
    CountDown: NextFn(py, receiver: Ref<'a, RustPython>) -> Option<Owned<'py, RustPython>> {
        let hidden = unsafe { RustPython::class_payload::<Hidden>(receiver) };
        let left = hidden.load(Ordering::SeqCst);
        if left == 0 {
            return Ok(None);
        }
        hidden.store(left - 1, Ordering::SeqCst);
        Ok(Some(number(py, left as i64)))
    }
    SelfIter: UnaryFn(py, receiver: Ref<'a, RustPython>) -> Owned<'py, RustPython> { Ok(receiver.to_owned(py)) }
    Store: SetFn(py, receiver: Ref<'a, RustPython>, key: Ref<'a, RustPython>, value: Option<Ref<'a, RustPython>>) -> () {
        if RustPython::str_equals(py, RustPython::object_str(py, key)?.as_ref(), "left") {
            let value = value.map_or(Ok(0), |value| RustPython::int_to_i64(py, value))?;
            unsafe { RustPython::class_payload::<Hidden>(receiver) }.store(value as usize, Ordering::SeqCst);
            return Ok(());
        }
        let value = value.unwrap_or_else(|| RustPython::constant_none(py));
        eval_with(py, "object.__setattr__(o, k, v)", &[("o", receiver), ("k", key), ("v", value)]).map(drop)
    }
    Lookup: BinaryFn(py, receiver: Ref<'a, RustPython>, name: Ref<'a, RustPython>) -> Owned<'py, RustPython> {
        match RustPython::slot_generic_get_attribute(py, receiver, name) {
            Ok(value) => Ok(value),
            Err(raised) => {
                RustPython::error_discard(raised);
                Ok(name.to_owned(py))
            }
        }
    }
}

impl Class<RustPython> for Hidden {
    type Base = Native<kind::Any, ObjectType>;
    type Payload = AtomicUsize;
    const HAS_DICT: bool = false;
    const HAS_WEAKREFS: bool = false;
    const MAY_TRAVERSE: bool = false;

    fn type_object<'py>(py: Py<'py>) -> Ref<'py, RustPython, kind::Type> {
        static TYPE: OnceLock<Global<RustPython, kind::Type>> = OnceLock::new();
        once::<Self>(py, &TYPE, || ClassSpec {
            name: "Hidden",
            module: Some("tests"),
            doc: c"",
            flags: ClassFlags { immutable: true, ..Default::default() },
            members: vec![
                member(RustPython::slot_next::<Self, CountDown>()),
                member(RustPython::slot_unary::<Self, SelfIter>(UnarySlot::Iter)),
                member(RustPython::slot_unary::<Self, SelfIter>(UnarySlot::Await)),
                member(RustPython::slot_set::<Self, Store>(SetSlot::Attribute)),
                member(RustPython::slot_binary::<Self, Lookup>(BinarySlot::GetAttribute)),
                Member::Unhashable,
            ],
        })
    }

    fn traverse(_: Payloads<'_, RustPython, Self>, _: &mut Visit<'_, RustPython>) -> ControlFlow<Stop> {
        ControlFlow::Continue(())
    }

    fn clear<'a>(_: Py<'_>, _: Option<pyo3_backend::Ref<'a, RustPython>>, _: Payloads<'a, RustPython, Self>) {}

    unsafe fn dispose(_: Py<'_>, _: &mut ManuallyDrop<AtomicUsize>) {}
}

#[test]
fn other_protocols() {
    attached(|py| {
        let class = Hidden::type_object(py);
        let hidden = unsafe { RustPython::class_allocate::<Hidden>(py, class, Values::new(AtomicUsize::new(3), ())) }
            .expect("an instance");
        let names = [("h", hidden.as_ref()), ("Hidden", class.any())];
        exec(
            py,
            r#"
assert list(h) == [3, 2, 1] and next(h, 'end') == 'end'
h.left = 2
assert list(h) == [2, 1]
del h.left
assert h.unknown == 'unknown'
async def wait(): return await h
try: wait().send(None)
except StopIteration as e: assert e.value is None
assert Hidden.__hash__ is None
try: Hidden.new = 1
except TypeError: pass
else: assert False
"#,
            &names,
        );
        let error = |source: &str| describe(py, eval_with(py, source, &names).err().expect(source));
        assert_eq!(error("Hidden()"), "TypeError: cannot create 'tests.Hidden' instances");
        assert_eq!(error("hash(h)"), "TypeError: unhashable type: 'tests.Hidden'");
        assert!(error("Hidden.__new__(Hidden)").starts_with("TypeError: "));
        let name = RustPython::str_from_utf8(py, "CONSTANT");
        let value = number(py, 5);
        RustPython::class_set_attribute(py, class, name.as_ref(), value.as_ref()).expect("set");
        assert_eq!(repr(py, eval_with(py, "Hidden.CONSTANT", &names).expect("it is there").as_ref()), "5");
    });
}
