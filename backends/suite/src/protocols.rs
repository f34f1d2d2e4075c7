//! Protocols that classes implement.

use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use pyo3_backend::{
    Arguments, Attached, Backend, BinaryFn, BinarySlot, BoolFn, Class, ClassFlags, ClassSpec, CompareFn, CompareOp,
    ContainsFn, DescriptorGetFn, Function, Member, Native, NativeBase, NextFn, Outcome, Owned, Payloads, Ref, RepeatFn,
    RepeatSlot, SetFn, SetSlot, Stop, TernaryFn, TernarySlot, UnaryFn, UnarySlot, Values, Visit, kind,
};

use crate::classes::{ObjectType, class, once};
use crate::{attached, done, eval, exec, failed, int, repr, text, try_eval};

/// A class that implements every protocol and shows what it is asked.
struct Probe<B>(PhantomData<fn() -> B>);

/// The payload of its instances.
#[derive(Default)]
struct State {
    /// How many items the iterator still has.
    left: AtomicI64,
    /// What was stored last.
    stored: Mutex<String>,
}

impl<B: Backend> Class<B> for Probe<B>
where
    kind::Any: NativeBase<B>,
{
    type Base = Native<kind::Any, ObjectType>;
    type Payload = State;

    const HAS_DICT: bool = false;
    const HAS_WEAKREFS: bool = false;
    const MAY_TRAVERSE: bool = false;

    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
        once::<B, Self>(py, make)
    }

    fn traverse(_payloads: Payloads<'_, B, Self>, _visit: &mut Visit<'_, B>) -> ControlFlow<Stop> {
        ControlFlow::Continue(())
    }

    fn clear<'a>(_py: Attached<'_, B>, _object: Option<Ref<'a, B>>, _payloads: Payloads<'a, B, Self>) {}

    unsafe fn dispose(_py: Attached<'_, B>, payload: &mut ManuallyDrop<State>) {
        // SAFETY: the payload is not used again, as the caller promises. The constructor always fills it.
        unsafe { ManuallyDrop::drop(payload) }
    }
}

fn state<'a, B: Backend>(object: Ref<'a, B>) -> &'a State
where
    kind::Any: NativeBase<B>,
{
    // SAFETY: this is called only for instances of the class, which the constructor has filled.
    unsafe { B::class_payload::<Probe<B>>(object) }
}

/// Makes a tuple.
fn tuple<'py, B: Backend>(py: Attached<'py, B>, items: &[Ref<'_, B>]) -> Outcome<'py, B, Owned<'py, B>> {
    B::tuple_from(py, items.len(), items.iter().map(|item| Ok(Ref::to_owned(*item, py)))).map(Owned::any)
}

protocol_functions! {
    Itself: UnaryFn(py, receiver: Ref<'a, B>) -> Owned<'py, B> { Ok(receiver.to_owned(py)) }
    Next: NextFn(py, receiver: Ref<'a, B>) -> Option<Owned<'py, B>> {
        let left = state(receiver).left.fetch_sub(1, Ordering::SeqCst);
        Ok((left > 0).then(|| int(py, left)))
    }
    Bool: BoolFn(_py, receiver: Ref<'a, B>) -> bool { Ok(state(receiver).left.load(Ordering::SeqCst) > 0) }
    Contains: ContainsFn(py, _receiver: Ref<'a, B>, value: Ref<'a, B>) -> bool {
        B::object_compare_bool(py, value, int(py, 7).as_ref(), CompareOp::Eq)
    }
    GetItem: BinaryFn(py, _left: Ref<'a, B>, right: Ref<'a, B>) -> Owned<'py, B> {
        tuple(py, &[text(py, "item").as_ref().any(), right])
    }
    GetAttribute: BinaryFn(py, left: Ref<'a, B>, right: Ref<'a, B>) -> Owned<'py, B> {
        let is_own = right.cast::<kind::Str>(py).is_some_and(|name| B::str_equals(py, name, "own"));
        if is_own { Ok(text(py, "an attribute").any()) } else { B::slot_generic_get_attribute(py, left, right) }
    }
    Repeat: RepeatFn(py, _receiver: Ref<'a, B>, count: isize) -> Owned<'py, B> {
        tuple(py, &[text(py, "repeat").as_ref().any(), int(py, count as i64).as_ref()])
    }
    Power: TernaryFn(py, _left: Ref<'a, B>, right: Ref<'a, B>, third: Ref<'a, B>) -> Owned<'py, B> {
        tuple(py, &[right, third])
    }
    Compare: CompareFn(py, _receiver: Ref<'a, B>, other: Ref<'a, B>, op: CompareOp) -> Owned<'py, B> {
        tuple(py, &[text(py, &format!("{op:?}")).as_ref().any(), other])
    }
    Store: SetFn(py, receiver: Ref<'a, B>, key: Ref<'a, B>, value: Option<Ref<'a, B>>) -> () {
        let value = value.map_or_else(|| "nothing".to_owned(), |value| repr(py, value));
        *state(receiver).stored.lock().expect("nobody panics") = format!("{} = {value}", repr(py, key));
        Ok(())
    }
    Stored: UnaryFn(py, receiver: Ref<'a, B>) -> Owned<'py, B> {
        Ok(text(py, &state(receiver).stored.lock().expect("nobody panics")).any())
    }
    Describe: DescriptorGetFn(
        py, receiver: Ref<'a, B>, instance: Option<Ref<'a, B>>, owner: Option<Ref<'a, B>>
    ) -> Owned<'py, B> {
        // Without an instance it is itself, so that the class stays accessible.
        let Some(instance) = instance else { return Ok(receiver.to_owned(py)) };
        tuple(py, &[instance, owner.unwrap_or(B::constant_none(py))])
    }
}

/// Returns how many arguments a call had: positional ones, then keyword arguments.
struct Call;

impl<B: Backend> Function<B> for Call {
    fn call<'a, 'py: 'a, A: Arguments<'a, B>>(
        py: Attached<'py, B>,
        receiver: Option<Ref<'a, B>>,
        arguments: A,
    ) -> Outcome<'py, B, Owned<'py, B>> {
        assert!(receiver.is_some());
        let counts = [arguments.positional().len(), arguments.keyword_count()].map(|count| int(py, count as i64));
        tuple(py, &counts.each_ref().map(Owned::as_ref))
    }
}

struct New;

impl<B: Backend> Function<B> for New
where
    kind::Any: NativeBase<B>,
{
    fn call<'a, 'py: 'a, A: Arguments<'a, B>>(
        py: Attached<'py, B>,
        receiver: Option<Ref<'a, B>>,
        _arguments: A,
    ) -> Outcome<'py, B, Owned<'py, B>> {
        let class = receiver.and_then(|class| class.cast::<kind::Type>(py)).expect("the type to make");
        // SAFETY: the runtime passes the class or a subtype to its constructor.
        unsafe { B::class_allocate::<Probe<B>>(py, class, Values::new(State::default(), ())) }
    }
}

/// `__init__(left=0)`
struct Init;

impl<B: Backend> Function<B> for Init
where
    kind::Any: NativeBase<B>,
{
    fn call<'a, 'py: 'a, A: Arguments<'a, B>>(
        py: Attached<'py, B>,
        receiver: Option<Ref<'a, B>>,
        arguments: A,
    ) -> Outcome<'py, B, Owned<'py, B>> {
        let left = arguments.positional().first().map_or(Ok(0), |left| B::int_to_i64(py, *left))?;
        state(receiver.expect("an instance")).left.store(left, Ordering::SeqCst);
        Ok(B::constant_none(py).to_owned(py))
    }
}

fn make<B: Backend>(py: Attached<'_, B>) -> Owned<'_, B, kind::Type>
where
    kind::Any: NativeBase<B>,
{
    type C<B> = Probe<B>;
    let stored = Member::Property {
        name: c"stored",
        doc: c"",
        getter: Some(B::class_getter_entry::<C<B>, Stored>()),
        setter: None,
    };
    let mut members = vec![Member::Slot(B::slot_constructor::<C<B>, New>()), Member::Unhashable, stored];
    for protocol in [
        B::slot_init::<C<B>, Init>(),
        B::slot_unary::<C<B>, Itself>(UnarySlot::Iter),
        B::slot_next::<C<B>, Next>(),
        B::slot_bool::<C<B>, Bool>(),
        B::slot_contains::<C<B>, Contains>(),
        B::slot_binary::<C<B>, GetItem>(BinarySlot::GetItem),
        B::slot_binary::<C<B>, GetAttribute>(BinarySlot::GetAttribute),
        B::slot_repeat::<C<B>, Repeat>(RepeatSlot::Repeat),
        B::slot_ternary::<C<B>, Power>(TernarySlot::Power),
        B::slot_compare::<C<B>, Compare>(),
        B::slot_set::<C<B>, Store>(SetSlot::Item),
        B::slot_set::<C<B>, Store>(SetSlot::Descriptor),
        B::slot_descriptor_get::<C<B>, Describe>(),
        B::slot_call::<C<B>, Call>(),
    ] {
        members.extend(protocol.into_members());
    }
    let spec = ClassSpec { name: "Probe", module: Some("tests"), doc: c"", flags: ClassFlags::default(), members };
    done(py, B::class_create::<C<B>>(py, spec))
}

/// An instance can be called, iterated over, searched, tested, compared, and stored into.
pub fn every_protocol_answers<B: Backend>()
where
    kind::Any: NativeBase<B>,
{
    attached::<B>(|py| {
        for (source, expected) in [
            ("list(Probe(3))", "[3, 2, 1]"),
            ("next(Probe(), 'the end')", "'the end'"),
            ("bool(Probe(1)), bool(Probe())", "(True, False)"),
            ("7 in Probe(), 8 in Probe()", "(True, False)"),
            ("Probe()[1], Probe()['k']", "(('item', 1), ('item', 'k'))"),
            ("Probe().own, Probe().__class__ is Probe", "('an attribute', True)"),
            ("Probe() * 3, 4 * Probe()", "(('repeat', 3), ('repeat', 4))"),
            ("Probe() ** 2, pow(Probe(), 2, 5)", "((2, None), (2, 5))"),
            ("Probe() < 1, Probe() == 2, 3 < Probe()", "(('Lt', 1), ('Eq', 2), ('Gt', 3))"),
            ("Probe()(), Probe()(1, 2, k=3)", "((0, 0), (2, 1))"),
        ] {
            assert_eq!(
                repr(py, eval(py, source, &[("Probe", class::<B, Probe<B>>(py))]).as_ref()),
                expected,
                "{source}"
            );
        }
        let stored = exec(
            py,
            "probe = Probe()
probe['k'] = 1
result = [probe.stored]
del probe['k']
result.append(probe.stored)
",
            &[("Probe", class::<B, Probe<B>>(py))],
        );
        assert_eq!(repr(py, stored.as_ref()), "[\"'k' = 1\", \"'k' = nothing\"]");
        let refused = failed(py, try_eval(py, "hash(Probe())", &[("Probe", class::<B, Probe<B>>(py))]));
        assert!(refused.starts_with("TypeError: unhashable type"), "{refused}");
        let missing = failed(py, try_eval(py, "Probe().none_such", &[("Probe", class::<B, Probe<B>>(py))]));
        assert!(missing.starts_with("AttributeError"), "{missing}");
    });
}

/// An instance in the body of a class is a descriptor.
pub fn descriptors_are_asked<B: Backend>()
where
    kind::Any: NativeBase<B>,
{
    attached::<B>(|py| {
        let facts = exec(
            py,
            "class Owner:
    field = probe = Probe()
    def __repr__(self): return 'owner'
owner = Owner()
result = [owner.field == (owner, Owner), Owner.field is Owner.probe]
owner.field = 5
result.append(Owner.field.stored)
del owner.field
result.append(Owner.field.stored)
",
            &[("Probe", class::<B, Probe<B>>(py))],
        );
        assert_eq!(repr(py, facts.as_ref()), "[True, True, 'owner = 5', 'owner = nothing']");
    });
}
