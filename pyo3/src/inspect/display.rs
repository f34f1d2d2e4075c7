//! `Display` for type hints, as Python source code.

use core::fmt::{Display, Formatter, Result, Write as _};

use super::{PyStaticConstant, PyStaticExpr, PyStaticOperator};

impl Display for PyStaticExpr {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Constant { value } => constant(value, f),
            Self::Name { id } => f.write_str(id),
            Self::Attribute { value, attr } => write!(f, "{value}.{attr}"),
            Self::BinOp { left, op: PyStaticOperator::BitOr, right } => write!(f, "{left} | {right}"),
            Self::Tuple { elts: [] } => f.write_str("()"),
            Self::Tuple { elts: [only] } => write!(f, "({only},)"),
            Self::Tuple { elts } => {
                f.write_char('(')?;
                separated(elts, f)?;
                f.write_char(')')
            }
            Self::List { elts } => {
                f.write_char('[')?;
                separated(elts, f)?;
                f.write_char(']')
            }
            Self::Subscript { value, slice } => {
                write!(f, "{value}[")?;
                match slice {
                    // Several parameters are a tuple. Brackets need no parentheses around it, unless it is empty.
                    Self::Tuple { elts } if !elts.is_empty() => separated(elts, f)?,
                    slice => slice.fmt(f)?,
                }
                f.write_char(']')
            }
            Self::PyClass(class) => class.expr().fmt(f),
        }
    }
}

fn separated(items: &[PyStaticExpr], f: &mut Formatter<'_>) -> Result {
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            f.write_str(", ")?;
        }
        item.fmt(f)?;
    }
    Ok(())
}

fn constant(value: &PyStaticConstant, f: &mut Formatter<'_>) -> Result {
    match value {
        PyStaticConstant::None => f.write_str("None"),
        PyStaticConstant::Bool(true) => f.write_str("True"),
        PyStaticConstant::Bool(false) => f.write_str("False"),
        PyStaticConstant::Int(digits) | PyStaticConstant::Float(digits) => f.write_str(digits),
        PyStaticConstant::Str(text) => string(text, f),
        PyStaticConstant::Ellipsis => f.write_str("..."),
    }
}

/// Writes a Python string literal in double quotes. Rust's escapes cannot be used, as some differ from Python's.
fn string(text: &str, f: &mut Formatter<'_>) -> Result {
    f.write_char('"')?;
    for character in text.chars() {
        match character {
            '"' | '\\' => write!(f, "\\{character}")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            '\0' => f.write_str("\\0")?,
            '\u{1}'..='\u{1f}' => write!(f, "\\x{:02x}", u32::from(character))?,
            other => f.write_char(other)?,
        }
    }
    f.write_char('"')
}
