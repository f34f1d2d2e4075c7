//! The protocol methods: which names are slots, and of which shape.

/// The shape of a protocol function, beside its receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No operand, any result. With the name of the slot.
    Unary(&'static str),
    /// `__next__`
    Next,
    /// `__anext__`
    AsyncNext,
    /// `__len__`
    Len,
    /// `__hash__`
    Hash,
    /// `__bool__`
    Bool,
    /// `__contains__`
    Contains,
    /// One operand, any result, the receiver on the left.
    Binary(&'static str),
    /// An arithmetic operator: its slot, and whether the receiver is on the right.
    Operator(&'static str, bool),
    /// An in-place operator, which gives the receiver back.
    Inplace(&'static str),
    /// `__inplace_concat__`
    InplaceConcat,
    /// `__repeat__` and `__inplace_repeat__`: the slot.
    Repeat(&'static str),
    /// `__pow__` or, reflected, `__rpow__`
    Power(bool),
    /// `__ipow__`
    InplacePower,
    /// `__richcmp__`
    Compare,
    /// `__eq__` and its five siblings, by the operator's name.
    CompareOne(&'static str),
    /// Stores under a key: the slot.
    Store(&'static str),
    /// Deletes a key: the slot.
    Delete(&'static str),
    /// `__getattribute__`
    GetAttribute,
    /// `__getattr__`
    GetMissingAttribute,
    /// `__get__`
    DescriptorGet,
    /// `__set__`
    DescriptorSet,
    /// `__delete__`
    DescriptorDelete,
    /// `__call__`
    Call,
    /// `__init__`
    Init,
    /// `__new__`
    New,
    /// `__traverse__`
    Traverse,
    /// `__clear__`
    Clear,
    /// `__getbuffer__`
    GetBuffer,
    /// `__releasebuffer__`
    ReleaseBuffer,
}

impl Shape {
    /// The shape of the protocol method called `name`; `None` for an ordinary method.
    pub fn of(name: &str) -> Option<Self> {
        use Shape::*;
        Some(match name {
            "__repr__" => Unary("Repr"),
            "__str__" => Unary("Str"),
            "__iter__" => Unary("Iter"),
            "__neg__" => Unary("Negative"),
            "__pos__" => Unary("Positive"),
            "__abs__" => Unary("Absolute"),
            "__invert__" => Unary("Invert"),
            "__int__" => Unary("Int"),
            "__float__" => Unary("Float"),
            "__index__" => Unary("Index"),
            "__await__" => Unary("Await"),
            "__aiter__" => Unary("AsyncIter"),
            "__next__" => Next,
            "__anext__" => AsyncNext,
            "__len__" => Len,
            "__hash__" => Hash,
            "__bool__" => Bool,
            "__contains__" => Contains,
            "__getitem__" => Binary("GetItem"),
            "__concat__" => Binary("Concat"),
            "__repeat__" => Repeat("Repeat"),
            "__inplace_concat__" => InplaceConcat,
            "__inplace_repeat__" => Repeat("InplaceRepeat"),
            "__pow__" => Power(false),
            "__rpow__" => Power(true),
            "__ipow__" => InplacePower,
            "__richcmp__" => Compare,
            "__lt__" => CompareOne("Lt"),
            "__le__" => CompareOne("Le"),
            "__eq__" => CompareOne("Eq"),
            "__ne__" => CompareOne("Ne"),
            "__gt__" => CompareOne("Gt"),
            "__ge__" => CompareOne("Ge"),
            "__setitem__" => Store("Item"),
            "__delitem__" => Delete("Item"),
            "__setattr__" => Store("Attribute"),
            "__delattr__" => Delete("Attribute"),
            "__getattribute__" => GetAttribute,
            "__getattr__" => GetMissingAttribute,
            "__get__" => DescriptorGet,
            "__set__" => DescriptorSet,
            "__delete__" => DescriptorDelete,
            "__call__" => Call,
            "__init__" => Init,
            "__new__" => New,
            "__traverse__" => Traverse,
            "__clear__" => Clear,
            "__getbuffer__" => GetBuffer,
            "__releasebuffer__" => ReleaseBuffer,
            _ => return arithmetic(name),
        })
    }

    /// How many arguments Python passes behind the receiver; `None` where the method has a signature of its own.
    pub fn arity(self) -> Option<usize> {
        use Shape::*;
        Some(match self {
            Unary(_) | Next | AsyncNext | Len | Hash | Bool | Clear => 0,
            Contains | Binary(_) | Operator(..) | Inplace(_) | CompareOne(_) | Delete(_) | GetAttribute => 1,
            GetMissingAttribute | DescriptorDelete | Traverse | ReleaseBuffer | InplaceConcat | Repeat(_) => 1,
            Power(_) | InplacePower | Compare | Store(_) | DescriptorGet | DescriptorSet | GetBuffer => 2,
            Call | Init | New => return None,
        })
    }
}

fn arithmetic(name: &str) -> Option<Shape> {
    const OPERATORS: [(&str, &str, &str); 13] = [
        ("add", "Add", "InplaceAdd"),
        ("sub", "Subtract", "InplaceSubtract"),
        ("mul", "Multiply", "InplaceMultiply"),
        ("matmul", "MatrixMultiply", "InplaceMatrixMultiply"),
        ("truediv", "TrueDivide", "InplaceTrueDivide"),
        ("floordiv", "FloorDivide", "InplaceFloorDivide"),
        ("mod", "Remainder", "InplaceRemainder"),
        ("divmod", "DivMod", ""),
        ("lshift", "LeftShift", "InplaceLeftShift"),
        ("rshift", "RightShift", "InplaceRightShift"),
        ("and", "And", "InplaceAnd"),
        ("or", "Or", "InplaceOr"),
        ("xor", "Xor", "InplaceXor"),
    ];
    let word = name.strip_prefix("__")?.strip_suffix("__")?;
    let find = |word: &str| OPERATORS.iter().find(|(operator, ..)| *operator == word);
    if let Some((_, slot, _)) = find(word) {
        return Some(Shape::Operator(slot, false));
    }
    if let Some((_, slot, _)) = word.strip_prefix('r').and_then(find) {
        return Some(Shape::Operator(slot, true));
    }
    let (_, _, slot) = word.strip_prefix('i').and_then(find)?;
    (!slot.is_empty()).then_some(Shape::Inplace(slot))
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn reflected_and_inplace_operators_are_told_apart() {
        assert_eq!(Shape::of("__rshift__"), Some(Shape::Operator("RightShift", false)));
        assert_eq!(Shape::of("__rrshift__"), Some(Shape::Operator("RightShift", true)));
        assert_eq!(Shape::of("__irshift__"), Some(Shape::Inplace("InplaceRightShift")));
        assert_eq!(Shape::of("__ror__"), Some(Shape::Operator("Or", true)));
        assert_eq!(Shape::of("__idivmod__"), None);
        assert_eq!(Shape::of("__format__"), None);
    }
}
