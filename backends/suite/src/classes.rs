//! Classes.

use std::any::type_name;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::ControlFlow;
use std::ptr::NonNull;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3_backend::{
    Arguments, Attached, Backend, BinaryFn, BinarySlot, BuiltinType, Class, ClassFlags, ClassSpec, Constant, Function,
    FunctionDef, Global, HashFn, LenFn, Member, MethodKind, Native, NativeBase, NativeType, Outcome, Owned, Payloads,
    Ref, SetFn, Stop, UnaryFn, UnarySlot, Values, Visit, kind,
};

use crate::{attached, done, eval, eventually, exec, int, repr};

/// A class with a number and a reference.
struct Node<B>(PhantomData<fn() -> B>);

/// The payload of its instances.
struct Contents<B: Backend> {
    number: i64,
    other: Mutex<Option<Global<B>>>,
}

static DROPPED: AtomicUsize = AtomicUsize::new(0);

impl<B: Backend> Drop for Contents<B> {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::SeqCst);
    }
}

/// `object`
pub(crate) struct ObjectType;

impl<B: Backend> NativeType<B> for ObjectType {
    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
        B::type_builtin(py, BuiltinType::Object)
    }
}

/// Returns the type object of a class, which `make` makes on first use. There is one for each backend in the process.
pub(crate) fn once<'py, B: Backend, C: Class<B>>(
    py: Attached<'py, B>,
    make: impl FnOnce(Attached<'py, B>) -> Owned<'py, B, kind::Type>,
) -> Ref<'py, B, kind::Type> {
    static TYPES: Mutex<Vec<(&str, usize)>> = Mutex::new(Vec::new());
    let known = |types: &[(&str, usize)]| types.iter().find(|(name, _)| *name == type_name::<C>()).map(|it| it.1);
    let first = known(&TYPES.lock().expect("nobody panics"));
    let address = first.unwrap_or_else(|| {
        // Without the lock, because making a type runs Python. So another thread may be faster.
        let made = make(py);
        let mut types = TYPES.lock().expect("nobody panics");
        known(&types).unwrap_or_else(|| {
            let made = made.into_ptr().as_ptr().expose_provenance();
            types.push((type_name::<C>(), made));
            made
        })
    });
    let pointer = NonNull::new(std::ptr::with_exposed_provenance_mut(address)).expect("a type");
    // SAFETY: the type was leaked, so it is never freed.
    unsafe { Ref::from_ptr(pointer) }
}

impl<B: Backend> Class<B> for Node<B>
where
    kind::Any: NativeBase<B>,
{
    type Base = Native<kind::Any, ObjectType>;
    type Payload = Contents<B>;

    const HAS_DICT: bool = false;
    const HAS_WEAKREFS: bool = false;
    const MAY_TRAVERSE: bool = true;

    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
        once::<B, Self>(py, make)
    }

    fn traverse(payloads: Payloads<'_, B, Self>, visit: &mut Visit<'_, B>) -> ControlFlow<Stop> {
        match payloads.own.other.try_lock().as_deref() {
            // SAFETY: the collector runs on an attached thread.
            Ok(Some(other)) => visit(other.as_ref(unsafe { Attached::assume() })),
            _ => ControlFlow::Continue(()),
        }
    }

    fn clear<'a>(_py: Attached<'_, B>, _object: Option<Ref<'a, B>>, payloads: Payloads<'a, B, Self>) {
        let other = payloads.own.other.lock().expect("nobody panics").take();
        drop(other);
    }

    unsafe fn dispose(_py: Attached<'_, B>, payload: &mut ManuallyDrop<Contents<B>>) {
        // SAFETY: the payload is not used again, as the caller promises. The constructor always fills it.
        unsafe { ManuallyDrop::drop(payload) }
    }
}

fn contents<'a, B: Backend>(object: Ref<'a, B>) -> &'a Contents<B>
where
    kind::Any: NativeBase<B>,
{
    // SAFETY: this is called only for instances of the class, which the constructor has filled.
    unsafe { B::class_payload::<Node<B>>(object) }
}

struct New;

impl<B: Backend> Function<B> for New
where
    kind::Any: NativeBase<B>,
{
    fn call<'a, 'py: 'a, A: Arguments<'a, B>>(
        py: Attached<'py, B>,
        receiver: Option<Ref<'a, B>>,
        arguments: A,
    ) -> Outcome<'py, B, Owned<'py, B>> {
        let class = receiver.and_then(|class| class.cast::<kind::Type>(py)).expect("the type to make");
        let number = arguments.positional().first().map_or(Ok(0), |number| B::int_to_i64(py, *number))?;
        // SAFETY: the runtime passes the class or a subtype to its constructor.
        unsafe {
            B::class_allocate::<Node<B>>(py, class, Values::new(Contents { number, other: Mutex::new(None) }, ()))
        }
    }
}

struct Double;

impl<B: Backend> Function<B> for Double
where
    kind::Any: NativeBase<B>,
{
    const NO_ARGUMENTS: bool = true;

    fn call<'a, 'py: 'a, A: Arguments<'a, B>>(
        py: Attached<'py, B>,
        receiver: Option<Ref<'a, B>>,
        _arguments: A,
    ) -> Outcome<'py, B, Owned<'py, B>> {
        Ok(int(py, contents(receiver.expect("an instance")).number * 2))
    }
}

protocol_functions! {
    Repr: UnaryFn(py, receiver: Ref<'a, B>) -> Owned<'py, B> {
        Ok(B::str_from_utf8(py, &format!("Node({})", contents(receiver).number)).any())
    }
    Len: LenFn(_py, receiver: Ref<'a, B>) -> usize { Ok(contents(receiver).number as usize) }
    Hash: HashFn(_py, receiver: Ref<'a, B>) -> isize { Ok(contents(receiver).number as isize) }
    Add: BinaryFn(py, left: Ref<'a, B>, right: Ref<'a, B>) -> Owned<'py, B> {
        let (node, number) = if B::type_check(py, right, BuiltinType::Int) { (left, right) } else { (right, left) };
        if !B::type_check(py, number, BuiltinType::Int) {
            return Ok(B::constant(py, Constant::NotImplemented).to_owned(py));
        }
        Ok(int(py, contents(node).number + B::int_to_i64(py, number)?))
    }
    Number: UnaryFn(py, receiver: Ref<'a, B>) -> Owned<'py, B> { Ok(int(py, contents(receiver).number)) }
    SetOther: SetFn(py, receiver: Ref<'a, B>, _key: Ref<'a, B>, value: Option<Ref<'a, B>>) -> () {
        let new = value.map(|value| value.to_owned(py).into_global());
        let old = std::mem::replace(&mut *contents(receiver).other.lock().expect("nobody panics"), new);
        drop(old);
        Ok(())
    }
}

fn make<B: Backend>(py: Attached<'_, B>) -> Owned<'_, B, kind::Type>
where
    kind::Any: NativeBase<B>,
{
    type C<B> = Node<B>;
    let mut members = vec![
        Member::Slot(B::slot_constructor::<C<B>, New>()),
        Member::Method {
            def: FunctionDef { name: c"double", doc: c"double($self)\n--\n\nTwice.", no_arguments: true },
            kind: MethodKind::Instance,
            entry: B::class_method_entry::<C<B>, Double>(MethodKind::Instance),
        },
        Member::Property {
            name: c"number",
            doc: c"The number.",
            getter: Some(B::class_getter_entry::<C<B>, Number>()),
            setter: None,
        },
        Member::Property {
            name: c"other",
            doc: c"",
            getter: None,
            setter: Some(B::class_setter_entry::<C<B>, SetOther>()),
        },
    ];
    for protocol in [
        B::slot_unary::<C<B>, Repr>(UnarySlot::Repr),
        B::slot_len::<C<B>, Len>(),
        B::slot_hash::<C<B>, Hash>(),
        B::slot_binary::<C<B>, Add>(BinarySlot::Add),
    ] {
        members.extend(protocol.into_members());
    }
    let flags = ClassFlags { subclassable: true, ..ClassFlags::default() };
    let spec = ClassSpec { name: "Node", module: Some("tests"), doc: c"A node.", flags, members };
    done(py, B::class_create::<C<B>>(py, spec))
}

/// Returns the type object of a class.
pub(crate) fn class<B: Backend, C: Class<B>>(py: Attached<'_, B>) -> Ref<'_, B> {
    C::type_object(py).any()
}

/// Instances can be created, their payloads read, and both dropped.
pub fn instances_have_payloads<B: Backend>()
where
    kind::Any: NativeBase<B>,
{
    attached::<B>(|py| {
        let node = eval(py, "Node(21)", &[("Node", class::<B, Node<B>>(py))]);
        assert_eq!(contents(node.as_ref()).number, 21);
        let facts = eval(py, "(n.double(), n.number, type(n).__module__, type(n).__doc__)", &[("n", node.as_ref())]);
        assert_eq!(repr(py, facts.as_ref()), "(42, 21, 'tests', 'A node.')");
        let name = B::str_from_utf8(py, "added");
        let class = class::<B, Node<B>>(py).cast::<kind::Type>(py).expect("a class");
        done(py, B::class_set_attribute(py, class, name.as_ref(), int(py, 5).as_ref()));
        assert_eq!(repr(py, eval(py, "n.added", &[("n", node.as_ref())]).as_ref()), "5");
        let before = DROPPED.load(Ordering::SeqCst);
        drop((facts, node));
        eventually(py, || DROPPED.load(Ordering::SeqCst) > before);
    });
}

/// Protocols work through syntax, through the visible methods, and in a Python subclass.
pub fn protocols_answer<B: Backend>()
where
    kind::Any: NativeBase<B>,
{
    attached::<B>(|py| {
        let results = eval(
            py,
            "(repr(Node(3)), len(Node(3)), Node(3) + 1, 1 + Node(3), Node.__len__(Node(2)))",
            &[("Node", class::<B, Node<B>>(py))],
        );
        assert_eq!(repr(py, results.as_ref()), "('Node(3)', 3, 4, 4, 2)");
        let hashes = eval(
            py,
            "[(hash(Node(it)), Node(it).__hash__()) for it in (-2, -1, 0)]",
            &[("Node", class::<B, Node<B>>(py))],
        );
        assert_eq!(repr(py, hashes.as_ref()), "[(-2, -2), (-2, -2), (0, 0)]");
        let refused = eval(py, "Node(3).__add__('x')", &[("Node", class::<B, Node<B>>(py))]);
        assert!(refused.as_ref().is(B::constant_not_implemented(py)));
    });
}

/// A Python class can extend the class.
pub fn a_class_can_be_extended<B: Backend>()
where
    kind::Any: NativeBase<B>,
{
    attached::<B>(|py| {
        let results = exec(
            py,
            "class Sub(Node):\n  def __len__(self): return 9\nresult = (len(Sub(1)), repr(Sub(4)), isinstance(Sub(), Node))",
            &[("Node", class::<B, Node<B>>(py))],
        );
        assert_eq!(repr(py, results.as_ref()), "(9, 'Node(4)', True)");
    });
}

/// The collector breaks a cycle through a payload.
pub fn references_are_collected<B: Backend>()
where
    kind::Any: NativeBase<B>,
{
    attached::<B>(|py| {
        let before = DROPPED.load(Ordering::SeqCst);
        exec(py, "n = Node(1)\nn.other = [n]\ndel n\nresult = None", &[("Node", class::<B, Node<B>>(py))]);
        eventually(py, || DROPPED.load(Ordering::SeqCst) > before);
    });
}
