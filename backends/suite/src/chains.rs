//! Classes that extend other Rust classes.

use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use pyo3_backend::{
    Attached, Backend, BaseClass, Class, ClassFlags, ClassSpec, Derived, Global, Member, Native, NativeBase, Outcome,
    Owned, Payloads, Ref, Stop, UnaryFn, Values, Visit, kind,
};

use crate::classes::{ObjectType, class, once};
use crate::{attached, done, eventually, exec, int, repr};

/// Notes what is dropped, in order.
type Log = Arc<Mutex<Vec<&'static str>>>;

/// The payload of each class here.
struct Part<B: Backend> {
    name: &'static str,
    number: i64,
    held: Mutex<Option<Global<B>>>,
    log: Log,
}

impl<B: Backend> Drop for Part<B> {
    fn drop(&mut self) {
        self.log.lock().expect("nobody panics").push(self.name);
    }
}

/// The base of the others, with weak references.
struct Lower<B>(PhantomData<fn() -> B>);

/// Extends it, with a dict.
struct Middle<B>(PhantomData<fn() -> B>);

/// Extends that one.
struct Upper<B>(PhantomData<fn() -> B>);

macro_rules! classes {
    ($($name:ident extends $base:ty, dict $dict:expr, weakrefs $weakrefs:expr;)*) => {
        $(
            impl<B: Backend> Class<B> for $name<B>
            where
                kind::Any: NativeBase<B>,
            {
                type Base = $base;
                type Payload = Part<B>;

                const HAS_DICT: bool = $dict;
                const HAS_WEAKREFS: bool = $weakrefs;
                const MAY_TRAVERSE: bool = true;

                fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
                    once::<B, Self>(py, |py| {
                        let number = Member::Property {
                            name: c"number",
                            doc: c"",
                            getter: Some(B::class_getter_entry::<Self, Number<Self>>()),
                            setter: None,
                        };
                        let spec = ClassSpec {
                            name: stringify!($name),
                            module: Some("tests"),
                            doc: c"",
                            flags: ClassFlags { subclassable: true, ..ClassFlags::default() },
                            members: vec![number],
                        };
                        done(py, B::class_create::<Self>(py, spec))
                    })
                }

                fn traverse(payloads: Payloads<'_, B, Self>, visit: &mut Visit<'_, B>) -> ControlFlow<Stop> {
                    match payloads.own.held.try_lock().as_deref() {
                        // SAFETY: the collector runs on an attached thread.
                        Ok(Some(held)) => visit(held.as_ref(unsafe { Attached::assume() })),
                        _ => ControlFlow::Continue(()),
                    }
                }

                fn clear<'a>(_py: Attached<'_, B>, _object: Option<Ref<'a, B>>, payloads: Payloads<'a, B, Self>) {
                    let held = payloads.own.held.lock().expect("nobody panics").take();
                    drop(held);
                }

                unsafe fn dispose(_py: Attached<'_, B>, payload: &mut ManuallyDrop<Part<B>>) {
                    // SAFETY: the payload is not used again, as the caller promises. It is always filled.
                    unsafe { ManuallyDrop::drop(payload) }
                }
            }
        )*
    };
}

classes! {
    Lower extends Native<kind::Any, ObjectType>, dict false, weakrefs true;
    Middle extends Derived<Lower<B>>, dict true, weakrefs false;
    Upper extends Derived<Middle<B>>, dict false, weakrefs false;
}

/// Returns the number in the payload of `C`.
struct Number<C>(PhantomData<fn() -> C>);

impl<B: Backend, C: Class<B, Payload = Part<B>>> UnaryFn<B> for Number<C> {
    fn call<'a, 'py: 'a>(py: Attached<'py, B>, receiver: Ref<'a, B>) -> Outcome<'py, B, Owned<'py, B>> {
        // SAFETY: the backend passes an instance of the class. Nobody here makes one without its memory.
        Ok(int(py, unsafe { B::class_payload::<C>(receiver) }.number))
    }
}

/// Creates an instance of `Upper` with the numbers 1, 2 and 3.
fn upper<'py, B: Backend>(py: Attached<'py, B>, log: &Log) -> Owned<'py, B>
where
    kind::Any: NativeBase<B>,
{
    let part = |name, number| Part::<B> { name, number, held: Mutex::new(None), log: Arc::clone(log) };
    let values = Values::new(part("lower", 1), ());
    let values = Values::new(part("upper", 3), Values::new(part("middle", 2), values));
    let class = <Upper<B> as Class<B>>::type_object(py);
    // SAFETY: the type of the class.
    done(py, unsafe { B::class_allocate::<Upper<B>>(py, class, values) })
}

/// An instance has the payloads of all its classes, which are found through any of them, and dropped from the last class
/// to the first.
pub fn chains_have_all_payloads<B: Backend>()
where
    kind::Any: NativeBase<B>,
{
    attached::<B>(|py| {
        let log = Log::default();
        let object = upper(py, &log);
        let instance = object.as_ref();
        // SAFETY: the object is an instance of all three classes, created by `class_allocate`.
        let (has_memory, numbers) = unsafe {
            (
                B::class_has_memory::<Upper<B>>(instance) && B::class_has_memory::<Lower<B>>(instance),
                [
                    B::class_payload::<Lower<B>>(instance).number,
                    B::class_payload::<Middle<B>>(instance).number,
                    B::class_payload::<Upper<B>>(instance).number,
                ],
            )
        };
        assert_eq!((has_memory, numbers), (true, [1, 2, 3]));
        let lower = class::<B, Lower<B>>(py);
        let facts = exec(
            py,
            "import weakref
o.attribute = 5
reference = weakref.ref(o)
result = (o.number, Lower.number.__get__(o), vars(o), reference() is o, isinstance(o, Lower))
del reference
",
            &[("o", instance), ("Lower", lower)],
        );
        assert_eq!(repr(py, facts.as_ref()), "(3, 1, {'attribute': 5}, True, True)");
        drop((facts, object));
        eventually(py, || log.lock().expect("nobody panics").len() == 3);
        assert_eq!(*log.lock().expect("nobody panics"), ["upper", "middle", "lower"]);
    });
}

/// The collector breaks a cycle through the payload of any class.
pub fn chains_are_collected<B: Backend>()
where
    kind::Any: NativeBase<B>,
{
    attached::<B>(|py| {
        let log = Log::default();
        let object = upper(py, &log);
        // SAFETY: the object is an instance of the class, created by `class_allocate`.
        let held = unsafe { &B::class_payload::<Middle<B>>(object.as_ref()).held };
        *held.lock().expect("nobody panics") = Some(object.clone().into_global());
        drop(object);
        eventually(py, || log.lock().expect("nobody panics").len() == 3);
    });
}

/// What the contract tells a backend of a chain, in numbers, agrees with the classes.
pub fn links_describe_chains<B: Backend>()
where
    kind::Any: NativeBase<B>,
{
    let (size, align) = (size_of::<Part<B>>(), align_of::<Part<B>>());
    let mut link = <Derived<Upper<B>> as BaseClass<B>>::LINK;
    let mut seen = Vec::new();
    while let Some(here) = link {
        assert_eq!((here.size, here.align), (size, align));
        seen.push((here.has_dict, here.has_weakrefs));
        link = here.base;
    }
    assert_eq!(seen, [(false, false), (true, false), (false, true)]);
    let has_dict = [<Derived<Lower<B>> as BaseClass<B>>::HAS_DICT, <Derived<Upper<B>> as BaseClass<B>>::HAS_DICT];
    assert_eq!((has_dict, <Derived<Upper<B>> as BaseClass<B>>::HAS_WEAKREFS), ([false, true], true));
}
