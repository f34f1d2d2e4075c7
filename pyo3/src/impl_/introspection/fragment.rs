//! Fragments of type information: JSON that tools read from the compiled library.
//!
//! Each fragment is a static whose symbol starts with `PYO3_INTROSPECTION_1_`. It contains the length as four bytes in
//! the platform's byte order, then the text. The crate `pyo3-introspection`, which reads fragments, defines the keys.

use crate::inspect::{PyStaticConstant, PyStaticExpr, PyStaticOperator};

/// A part of the text of a fragment.
pub enum Piece {
    /// Text that is already JSON.
    Text(&'static str),
    /// Text that becomes a JSON string, with quotes.
    Quoted(&'static str),
    /// A docstring, which becomes the key `"doc"` after other keys, unless it is empty.
    Doc(&'static str),
    /// A type hint, which becomes a JSON object.
    Hint(PyStaticExpr),
    /// The names of other fragments, which become a JSON list. `None` is left out.
    Members(&'static [Option<&'static str>]),
}

/// Defines the static with the text of `$pieces`, under the name `$symbol`, which must be unique in the library.
#[doc(hidden)]
#[macro_export]
macro_rules! __pyo3_introspection_fragment {
    ($symbol:literal, [$($pieces:tt)*]) => {
        const _: () = {
            const PIECES: &[$crate::impl_::introspection::Piece] = &[$($pieces)*];
            // SAFETY: the symbol has a prefix that nothing else uses. A hash of the crate and the content, and a
            // counter, make it unique.
            #[used]
            #[unsafe(export_name = $symbol)]
            static FRAGMENT: [u8; $crate::impl_::introspection::length(PIECES)] =
                $crate::impl_::introspection::write(PIECES);
        };
    };
}

/// Returns the length in bytes of the fragment of `pieces`.
pub const fn length(pieces: &[Piece]) -> usize {
    let mut out = Output { bytes: &mut [], at: 4 };
    out.pieces(pieces);
    out.at
}

/// Returns the bytes of the fragment of `pieces`.
pub const fn write<const N: usize>(pieces: &[Piece]) -> [u8; N] {
    let mut bytes = [0; N];
    let length = ((N - 4) as u32).to_ne_bytes();
    let mut out = Output { bytes: &mut bytes, at: 0 };
    out.raw(&length);
    out.pieces(pieces);
    bytes
}

/// A buffer for bytes. Bytes past its end are only counted.
struct Output<'a> {
    bytes: &'a mut [u8],
    at: usize,
}

impl Output<'_> {
    const fn byte(&mut self, byte: u8) {
        if self.at < self.bytes.len() {
            self.bytes[self.at] = byte;
        }
        self.at += 1;
    }

    const fn raw(&mut self, bytes: &[u8]) {
        let mut index = 0;
        while index < bytes.len() {
            self.byte(bytes[index]);
            index += 1;
        }
    }

    const fn text(&mut self, text: &str) {
        self.raw(text.as_bytes());
    }

    /// Writes a JSON string.
    const fn quoted(&mut self, text: &str) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let bytes = text.as_bytes();
        self.byte(b'"');
        let mut index = 0;
        while index < bytes.len() {
            match bytes[index] {
                byte @ (b'"' | b'\\') => {
                    self.byte(b'\\');
                    self.byte(byte);
                }
                byte @ 0..0x20 => {
                    self.text("\\u00");
                    self.byte(DIGITS[(byte >> 4) as usize]);
                    self.byte(DIGITS[(byte & 15) as usize]);
                }
                byte => self.byte(byte),
            }
            index += 1;
        }
        self.byte(b'"');
    }

    const fn pieces(&mut self, pieces: &[Piece]) {
        let mut index = 0;
        while index < pieces.len() {
            match &pieces[index] {
                Piece::Text(text) => self.text(text),
                Piece::Quoted(text) => self.quoted(text),
                Piece::Doc(text) => {
                    if !text.is_empty() {
                        self.text(r#","doc":"#);
                        self.quoted(text);
                    }
                }
                Piece::Hint(hint) => self.hint(hint),
                Piece::Members(members) => self.members(members),
            }
            index += 1;
        }
    }

    const fn members(&mut self, members: &[Option<&str>]) {
        self.byte(b'[');
        let (mut index, mut first) = (0, true);
        while index < members.len() {
            if let Some(id) = members[index] {
                if !first {
                    self.byte(b',');
                }
                first = false;
                self.quoted(id);
            }
            index += 1;
        }
        self.byte(b']');
    }

    const fn hint(&mut self, hint: &PyStaticExpr) {
        match hint {
            PyStaticExpr::Constant { value } => self.constant(value),
            PyStaticExpr::Name { id } => {
                self.text(r#"{"type":"name","id":"#);
                self.quoted(id);
            }
            PyStaticExpr::Attribute { value, attr } => {
                self.text(r#"{"type":"attribute","value":"#);
                self.hint(value);
                self.text(r#","attr":"#);
                self.quoted(attr);
            }
            PyStaticExpr::BinOp { left, op: PyStaticOperator::BitOr, right } => {
                self.text(r#"{"type":"binop","op":"bitor","left":"#);
                self.hint(left);
                self.text(r#","right":"#);
                self.hint(right);
            }
            PyStaticExpr::Tuple { elts } => {
                self.text(r#"{"type":"tuple","elts":["#);
                self.hints(elts);
            }
            PyStaticExpr::List { elts } => {
                self.text(r#"{"type":"list","elts":["#);
                self.hints(elts);
            }
            PyStaticExpr::Subscript { value, slice } => {
                self.text(r#"{"type":"subscript","value":"#);
                self.hint(value);
                self.text(r#","slice":"#);
                self.hint(slice);
            }
            PyStaticExpr::PyClass(class) => {
                self.text(r#"{"type":"id","id":"#);
                self.quoted(class.introspection_id());
            }
        }
        self.byte(b'}');
    }

    /// Writes the items of a list, and its end.
    const fn hints(&mut self, items: &[PyStaticExpr]) {
        let mut index = 0;
        while index < items.len() {
            if index > 0 {
                self.byte(b',');
            }
            self.hint(&items[index]);
            index += 1;
        }
        self.byte(b']');
    }

    /// Writes a constant, without the brace that ends it.
    const fn constant(&mut self, value: &PyStaticConstant) {
        self.text(r#"{"type":"constant","kind":"#);
        match value {
            PyStaticConstant::None => self.text(r#""none""#),
            PyStaticConstant::Bool(true) => self.text(r#""bool","value":true"#),
            PyStaticConstant::Bool(false) => self.text(r#""bool","value":false"#),
            PyStaticConstant::Int(digits) => {
                self.text(r#""int","value":"#);
                self.quoted(digits);
            }
            PyStaticConstant::Float(digits) => {
                self.text(r#""float","value":"#);
                self.quoted(digits);
            }
            PyStaticConstant::Str(text) => {
                self.text(r#""str","value":"#);
                self.quoted(text);
            }
            PyStaticConstant::Ellipsis => self.text(r#""ellipsis""#),
        }
    }
}
