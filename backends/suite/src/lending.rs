//! Classes that lend memory.

use std::ffi::{c_char, c_int, c_void};
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3_backend::{
    Attached, Backend, BuiltinType, Class, ClassFlags, ClassSpec, GetBufferFn, Native, NativeBase, Outcome, Owned,
    Payloads, Ref, ReleaseBufferFn, Stop, Values, Visit, kind,
};

use crate::classes::{ObjectType, once};
use crate::{attached, done, exec, failed, repr};

/// C's description of lent memory.
#[repr(C)]
struct View<B: Backend> {
    start: *mut c_void,
    object: *mut B::Object,
    len: isize,
    item_size: isize,
    read_only: c_int,
    dimensions: c_int,
    format: *mut c_char,
    shape: *mut isize,
    strides: *mut isize,
    suboffsets: *mut isize,
    internal: *mut c_void,
}

/// A class whose instances lend four bytes.
struct Lender<B>(PhantomData<fn() -> B>);

/// The payload of its instances.
struct Memory {
    bytes: [u8; 4],
    /// How many loans there are.
    lent: AtomicUsize,
}

impl<B: Backend> Class<B> for Lender<B>
where
    kind::Any: NativeBase<B>,
{
    type Base = Native<kind::Any, ObjectType>;
    type Payload = Memory;

    const HAS_DICT: bool = false;
    const HAS_WEAKREFS: bool = false;
    const MAY_TRAVERSE: bool = false;

    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
        once::<B, Self>(py, |py| {
            let lends = B::capi_slot_buffer::<Self, Lend, TakeBack>();
            let members = lends.into_iter().flat_map(|protocol| protocol.into_members()).collect();
            let spec =
                ClassSpec { name: "Lender", module: Some("tests"), doc: c"", flags: ClassFlags::default(), members };
            done(py, B::class_create::<Self>(py, spec))
        })
    }

    fn traverse(_payloads: Payloads<'_, B, Self>, _visit: &mut Visit<'_, B>) -> ControlFlow<Stop> {
        ControlFlow::Continue(())
    }

    fn clear<'a>(_py: Attached<'_, B>, _object: Option<Ref<'a, B>>, _payloads: Payloads<'a, B, Self>) {}

    unsafe fn dispose(_py: Attached<'_, B>, _payload: &mut ManuallyDrop<Memory>) {}
}

fn memory<'a, B: Backend>(object: Ref<'a, B>) -> &'a Memory
where
    kind::Any: NativeBase<B>,
{
    // SAFETY: this is called only for instances of the class that `class_allocate` has made.
    unsafe { B::class_payload::<Lender<B>>(object) }
}

struct Lend;

impl<B: Backend> GetBufferFn<B> for Lend
where
    kind::Any: NativeBase<B>,
{
    unsafe fn call<'a, 'py: 'a>(
        py: Attached<'py, B>,
        receiver: Ref<'a, B>,
        view: *mut c_void,
        _flags: c_int,
    ) -> Outcome<'py, B, ()> {
        let memory = memory(receiver);
        let view = view.cast::<View<B>>();
        // SAFETY: the backend passes a structure in C's layout, which stays in place. So pointers into it are valid as
        // long as it is in use. Nobody writes to memory that is lent for reading.
        unsafe {
            (*view).start = memory.bytes.as_ptr().cast_mut().cast();
            (*view).object = receiver.to_owned(py).into_ptr().as_ptr();
            (*view).len = 4;
            (*view).item_size = 1;
            (*view).read_only = 1;
            (*view).dimensions = 1;
            (*view).format = c"B".as_ptr().cast_mut();
            (*view).shape = &raw mut (*view).len;
            (*view).strides = &raw mut (*view).item_size;
            (*view).suboffsets = std::ptr::null_mut();
            (*view).internal = std::ptr::null_mut();
        }
        memory.lent.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

struct TakeBack;

impl<B: Backend> ReleaseBufferFn<B> for TakeBack
where
    kind::Any: NativeBase<B>,
{
    const PRESENT: bool = true;

    unsafe fn call<'a, 'py: 'a>(_py: Attached<'py, B>, receiver: Ref<'a, B>, _view: *mut c_void) {
        memory(receiver).lent.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Instances lend memory, and learn when it is not used any more, if the runtime supports that.
pub fn classes_lend_memory<B: Backend>()
where
    kind::Any: NativeBase<B>,
{
    attached::<B>(|py| {
        let class = <Lender<B> as Class<B>>::type_object(py);
        let values = Values::new(Memory { bytes: *b"lent", lent: AtomicUsize::new(0) }, ());
        // SAFETY: the type of the class.
        let lender: Owned<'_, B> = done(py, unsafe { B::class_allocate::<Lender<B>>(py, class, values) });
        if B::capi_slot_buffer::<Lender<B>, Lend, TakeBack>().is_none() {
            let refused = failed(py, B::buffer_memoryview(py, lender.as_ref()));
            assert!(refused.starts_with("TypeError: "), "{refused}");
            return;
        }
        let view = done(py, B::buffer_memoryview(py, lender.as_ref()));
        assert!(B::type_check(py, view.as_ref().any(), BuiltinType::MemoryView));
        assert_eq!(memory(lender.as_ref()).lent.load(Ordering::SeqCst), 1);
        let facts = exec(
            py,
            "result = bytes(view), view.readonly, view.shape, view.format\nview.release()",
            &[("view", view.as_ref().any())],
        );
        assert_eq!(repr(py, facts.as_ref()), "(b'lent', True, (4,), 'B')");
        assert_eq!(memory(lender.as_ref()).lent.load(Ordering::SeqCst), 0);
    });
}
