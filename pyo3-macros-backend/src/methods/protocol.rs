//! The special methods: what each one takes and returns, and how it fills its slot.
//!
//! [`PROTOCOLS`] is the only place that names them: a new one is a new row. The vocabulary of the rows is in
//! [`slot`](super::slot).

use super::slot::{Combination, Gives, Place, Shape, Slot, Takes};

/// A special method.
#[derive(Debug, PartialEq, Eq)]
pub struct Protocol {
    /// The name in Python.
    pub name: &'static str,
    /// How the macro treats it.
    pub kind: Kind,
}

/// How the macro treats a special method.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// It fills a slot, alone or with others.
    InSlot {
        /// The arguments that Python passes after the receiver.
        takes: &'static [Takes],
        /// The result that Python expects.
        gives: Gives,
        /// The slot.
        slot: Slot,
        /// The place in it.
        place: Place,
    },
    /// `__call__`: the user chooses the signature.
    Call,
    /// `__init__`: the user chooses the signature.
    Init,
    /// `__new__`: the user chooses the signature.
    New,
    /// `__traverse__`: the collector calls it with Rust's `&self`.
    Traverse,
    /// `__clear__`: the collector calls it.
    Clear,
}

impl Protocol {
    /// Returns the special method called `name`, or `None` for an ordinary method.
    pub fn of(name: &str) -> Option<&'static Self> {
        PROTOCOLS.iter().find(|protocol| protocol.name == name)
    }

    /// Returns the number of arguments that Python passes after the receiver, or `None` if the user chooses the
    /// signature.
    pub fn arity(&self) -> Option<usize> {
        match &self.kind {
            Kind::InSlot { takes, .. } => Some(takes.len()),
            Kind::Traverse => Some(1),
            Kind::Clear => Some(0),
            Kind::Call | Kind::Init | Kind::New => None,
        }
    }
}

const fn row(
    name: &'static str,
    takes: &'static [Takes],
    gives: Gives,
    (shape, which, combination): (Shape, &'static str, Combination),
    place: Place,
) -> Protocol {
    Protocol { name, kind: Kind::InSlot { takes, gives, slot: Slot { shape, which, combination }, place } }
}

const fn special(name: &'static str, kind: Kind) -> Protocol {
    Protocol { name, kind }
}

/// Describes a slot of one function.
const fn alone(shape: Shape, which: &'static str) -> (Shape, &'static str, Combination) {
    (shape, which, Combination::Alone)
}

/// Describes an arithmetic operator.
const fn operator(which: &'static str) -> (Shape, &'static str, Combination) {
    (Shape::Binary, which, Combination::Operator)
}

/// Describes an in-place operator.
const fn in_place(which: &'static str) -> (Shape, &'static str, Combination) {
    (Shape::Binary, which, Combination::InPlace)
}

const ONE: &[Takes] = &[Takes::Object];
const TWO: &[Takes] = &[Takes::Object, Takes::Object];
const POWER: (Shape, &str, Combination) = (Shape::Ternary, "Power", Combination::Power);
const COMPARISON: (Shape, &str, Combination) = (Shape::Compare, "", Combination::Comparison);
const ITEM: (Shape, &str, Combination) = (Shape::Set, "Item", Combination::StoreOrDelete);
const ATTRIBUTE: (Shape, &str, Combination) = (Shape::Set, "Attribute", Combination::StoreOrDelete);
const DESCRIPTOR: (Shape, &str, Combination) = (Shape::Set, "Descriptor", Combination::StoreOrDelete);
const GET_ATTRIBUTE: (Shape, &str, Combination) = (Shape::Binary, "GetAttribute", Combination::GetAttribute);
const BUFFER: (Shape, &str, Combination) = (Shape::Buffer, "", Combination::Buffer);

/// Every special method that has a slot. All others are ordinary methods, which Python finds by name.
#[rustfmt::skip]
pub const PROTOCOLS: &[Protocol] = &[
    special("__new__", Kind::New),
    special("__init__", Kind::Init),
    special("__call__", Kind::Call),
    row("__repr__", &[], Gives::Object, alone(Shape::Unary, "Repr"), Place::Only),
    row("__str__", &[], Gives::Object, alone(Shape::Unary, "Str"), Place::Only),
    row("__hash__", &[], Gives::Hash, alone(Shape::Hash, ""), Place::Only),
    row("__bool__", &[], Gives::Bool, alone(Shape::Bool, ""), Place::Only),
    row("__lt__", ONE, Gives::ObjectOrNotImplemented, COMPARISON, Place::Comparison("Lt")),
    row("__le__", ONE, Gives::ObjectOrNotImplemented, COMPARISON, Place::Comparison("Le")),
    row("__eq__", ONE, Gives::ObjectOrNotImplemented, COMPARISON, Place::Comparison("Eq")),
    row("__ne__", ONE, Gives::ObjectOrNotImplemented, COMPARISON, Place::Comparison("Ne")),
    row("__gt__", ONE, Gives::ObjectOrNotImplemented, COMPARISON, Place::Comparison("Gt")),
    row("__ge__", ONE, Gives::ObjectOrNotImplemented, COMPARISON, Place::Comparison("Ge")),
    row("__richcmp__", &[Takes::Object, Takes::CompareOp], Gives::ObjectOrNotImplemented, COMPARISON, Place::AllComparisons),
    row("__getattribute__", ONE, Gives::Object, GET_ATTRIBUTE, Place::Always),
    row("__getattr__", ONE, Gives::Object, GET_ATTRIBUTE, Place::Missing),
    row("__setattr__", TWO, Gives::Nothing, ATTRIBUTE, Place::Store),
    row("__delattr__", ONE, Gives::Nothing, ATTRIBUTE, Place::Delete),
    row("__get__", TWO, Gives::Object, (Shape::DescriptorGet, "", Combination::OrNone), Place::Only),
    row("__set__", TWO, Gives::Nothing, DESCRIPTOR, Place::Store),
    row("__delete__", ONE, Gives::Nothing, DESCRIPTOR, Place::Delete),
    row("__iter__", &[], Gives::Object, alone(Shape::Unary, "Iter"), Place::Only),
    row("__next__", &[], Gives::Next, alone(Shape::Next, ""), Place::Only),
    row("__await__", &[], Gives::Object, alone(Shape::Unary, "Await"), Place::Only),
    row("__aiter__", &[], Gives::Object, alone(Shape::Unary, "AsyncIter"), Place::Only),
    row("__anext__", &[], Gives::AsyncNext, alone(Shape::Unary, "AsyncNext"), Place::Only),
    row("__len__", &[], Gives::Length, alone(Shape::Len, ""), Place::Only),
    row("__contains__", ONE, Gives::Bool, alone(Shape::Contains, ""), Place::Only),
    row("__getitem__", ONE, Gives::Object, alone(Shape::Binary, "GetItem"), Place::Only),
    row("__setitem__", TWO, Gives::Nothing, ITEM, Place::Store),
    row("__delitem__", ONE, Gives::Nothing, ITEM, Place::Delete),
    row("__concat__", ONE, Gives::Object, alone(Shape::Binary, "Concat"), Place::Only),
    row("__repeat__", &[Takes::Count], Gives::Object, alone(Shape::Repeat, "Repeat"), Place::Only),
    row("__inplace_concat__", ONE, Gives::Object, (Shape::Binary, "InplaceConcat", Combination::SequenceInPlace), Place::Only),
    row("__inplace_repeat__", &[Takes::Count], Gives::Object, (Shape::Repeat, "InplaceRepeat", Combination::SequenceInPlace), Place::Only),
    row("__add__", ONE, Gives::ObjectOrNotImplemented, operator("Add"), Place::Forward),
    row("__radd__", ONE, Gives::ObjectOrNotImplemented, operator("Add"), Place::Reflected),
    row("__iadd__", ONE, Gives::Applied, in_place("InplaceAdd"), Place::Only),
    row("__sub__", ONE, Gives::ObjectOrNotImplemented, operator("Subtract"), Place::Forward),
    row("__rsub__", ONE, Gives::ObjectOrNotImplemented, operator("Subtract"), Place::Reflected),
    row("__isub__", ONE, Gives::Applied, in_place("InplaceSubtract"), Place::Only),
    row("__mul__", ONE, Gives::ObjectOrNotImplemented, operator("Multiply"), Place::Forward),
    row("__rmul__", ONE, Gives::ObjectOrNotImplemented, operator("Multiply"), Place::Reflected),
    row("__imul__", ONE, Gives::Applied, in_place("InplaceMultiply"), Place::Only),
    row("__matmul__", ONE, Gives::ObjectOrNotImplemented, operator("MatrixMultiply"), Place::Forward),
    row("__rmatmul__", ONE, Gives::ObjectOrNotImplemented, operator("MatrixMultiply"), Place::Reflected),
    row("__imatmul__", ONE, Gives::Applied, in_place("InplaceMatrixMultiply"), Place::Only),
    row("__truediv__", ONE, Gives::ObjectOrNotImplemented, operator("TrueDivide"), Place::Forward),
    row("__rtruediv__", ONE, Gives::ObjectOrNotImplemented, operator("TrueDivide"), Place::Reflected),
    row("__itruediv__", ONE, Gives::Applied, in_place("InplaceTrueDivide"), Place::Only),
    row("__floordiv__", ONE, Gives::ObjectOrNotImplemented, operator("FloorDivide"), Place::Forward),
    row("__rfloordiv__", ONE, Gives::ObjectOrNotImplemented, operator("FloorDivide"), Place::Reflected),
    row("__ifloordiv__", ONE, Gives::Applied, in_place("InplaceFloorDivide"), Place::Only),
    row("__mod__", ONE, Gives::ObjectOrNotImplemented, operator("Remainder"), Place::Forward),
    row("__rmod__", ONE, Gives::ObjectOrNotImplemented, operator("Remainder"), Place::Reflected),
    row("__imod__", ONE, Gives::Applied, in_place("InplaceRemainder"), Place::Only),
    row("__divmod__", ONE, Gives::ObjectOrNotImplemented, operator("DivMod"), Place::Forward),
    row("__rdivmod__", ONE, Gives::ObjectOrNotImplemented, operator("DivMod"), Place::Reflected),
    row("__pow__", TWO, Gives::ObjectOrNotImplemented, POWER, Place::Forward),
    row("__rpow__", TWO, Gives::ObjectOrNotImplemented, POWER, Place::Reflected),
    row("__ipow__", TWO, Gives::Applied, (Shape::Ternary, "InplacePower", Combination::InPlace), Place::Only),
    row("__lshift__", ONE, Gives::ObjectOrNotImplemented, operator("LeftShift"), Place::Forward),
    row("__rlshift__", ONE, Gives::ObjectOrNotImplemented, operator("LeftShift"), Place::Reflected),
    row("__ilshift__", ONE, Gives::Applied, in_place("InplaceLeftShift"), Place::Only),
    row("__rshift__", ONE, Gives::ObjectOrNotImplemented, operator("RightShift"), Place::Forward),
    row("__rrshift__", ONE, Gives::ObjectOrNotImplemented, operator("RightShift"), Place::Reflected),
    row("__irshift__", ONE, Gives::Applied, in_place("InplaceRightShift"), Place::Only),
    row("__and__", ONE, Gives::ObjectOrNotImplemented, operator("And"), Place::Forward),
    row("__rand__", ONE, Gives::ObjectOrNotImplemented, operator("And"), Place::Reflected),
    row("__iand__", ONE, Gives::Applied, in_place("InplaceAnd"), Place::Only),
    row("__xor__", ONE, Gives::ObjectOrNotImplemented, operator("Xor"), Place::Forward),
    row("__rxor__", ONE, Gives::ObjectOrNotImplemented, operator("Xor"), Place::Reflected),
    row("__ixor__", ONE, Gives::Applied, in_place("InplaceXor"), Place::Only),
    row("__or__", ONE, Gives::ObjectOrNotImplemented, operator("Or"), Place::Forward),
    row("__ror__", ONE, Gives::ObjectOrNotImplemented, operator("Or"), Place::Reflected),
    row("__ior__", ONE, Gives::Applied, in_place("InplaceOr"), Place::Only),
    row("__neg__", &[], Gives::Object, alone(Shape::Unary, "Negative"), Place::Only),
    row("__pos__", &[], Gives::Object, alone(Shape::Unary, "Positive"), Place::Only),
    row("__abs__", &[], Gives::Object, alone(Shape::Unary, "Absolute"), Place::Only),
    row("__invert__", &[], Gives::Object, alone(Shape::Unary, "Invert"), Place::Only),
    row("__int__", &[], Gives::Object, alone(Shape::Unary, "Int"), Place::Only),
    row("__float__", &[], Gives::Object, alone(Shape::Unary, "Float"), Place::Only),
    row("__index__", &[], Gives::Object, alone(Shape::Unary, "Index"), Place::Only),
    row("__getbuffer__", &[Takes::View, Takes::Flags], Gives::Nothing, BUFFER, Place::GetBuffer),
    row("__releasebuffer__", &[Takes::View], Gives::Nothing, BUFFER, Place::ReleaseBuffer),
    special("__traverse__", Kind::Traverse),
    special("__clear__", Kind::Clear),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(name: &str) -> Option<(&'static str, Place)> {
        match &Protocol::of(name)?.kind {
            Kind::InSlot { slot, place, .. } => Some((slot.which, *place)),
            _ => None,
        }
    }

    #[test]
    fn reflected_and_inplace_operators_are_told_apart() {
        assert_eq!(placed("__rshift__"), Some(("RightShift", Place::Forward)));
        assert_eq!(placed("__rrshift__"), Some(("RightShift", Place::Reflected)));
        assert_eq!(placed("__irshift__"), Some(("InplaceRightShift", Place::Only)));
        assert_eq!(placed("__ror__"), Some(("Or", Place::Reflected)));
        assert_eq!(Protocol::of("__idivmod__"), None);
        assert_eq!(Protocol::of("__format__"), None);
    }

    #[test]
    fn no_name_and_no_place_is_there_twice() {
        for (index, protocol) in PROTOCOLS.iter().enumerate() {
            for other in &PROTOCOLS[..index] {
                assert_ne!(protocol.name, other.name);
                if let (Kind::InSlot { slot, place, .. }, Kind::InSlot { slot: other_slot, place: other_place, .. }) =
                    (&protocol.kind, &other.kind)
                {
                    assert!(
                        (slot, place) != (other_slot, other_place),
                        "`{}` and `{}` are in one place",
                        protocol.name,
                        other.name
                    );
                }
            }
        }
    }
}
