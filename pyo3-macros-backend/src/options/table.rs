//! Lists of options as data: what each is called, takes, requires and excludes, and where it may be given.
//!
//! [`options!`](crate::options::options) turns such a list into a struct that is filled by parsing. A new option is one
//! line in its list, one use where the struct is lowered, and one case in `tests/tests/ui`.

use super::OptionSet;
use crate::errors::Errors;

/// A kind of item on which an option may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A struct that is a class.
    Struct,
    /// An enum without fields that is a class.
    Enum,
    /// An enum with fields that is a class.
    FieldEnum,
    /// An ordinary method, a class method or a static method.
    Method,
    /// `#[new]`, `__init__` or `__call__`.
    Callable,
    /// A special method whose arguments Python determines.
    Protocol,
    /// `#[getter]`, `#[setter]` or `#[deleter]`.
    Accessor,
    /// `#[classattr]`.
    ClassAttribute,
    /// `__traverse__`.
    Traverse,
}

impl Place {
    /// Returns the plural, for messages and the guide.
    pub fn plural(self) -> &'static [&'static str] {
        match self {
            Place::Struct => &["structs"],
            Place::Enum => &["enums without fields"],
            Place::FieldEnum => &["enums with fields"],
            Place::Method => &["methods"],
            Place::Callable => &["constructors", "`__call__`"],
            Place::Protocol => &["protocol methods"],
            Place::Accessor => &["getters", "setters", "deleters"],
            Place::ClassAttribute => &["class attributes"],
            Place::Traverse => &["`__traverse__`"],
        }
    }
}

/// An option, without its value.
#[derive(Debug)]
pub struct OptionInfo {
    /// The name, as written in an attribute.
    pub name: &'static str,
    /// What is written after the name.
    pub form: &'static str,
    /// Whether it may be given more than once.
    pub repeats: bool,
    /// What it does, in one line.
    pub doc: &'static str,
    /// Options that it requires, and why.
    pub needs: &'static [(&'static str, &'static str)],
    /// Options that it cannot be combined with, and why.
    pub excludes: &'static [(&'static str, &'static str)],
    /// Where it may be given. Empty means wherever its attribute may be.
    pub places: &'static [Place],
}

impl OptionInfo {
    /// Returns where it may be given, in words.
    pub fn places(&self) -> String {
        let places: Vec<&str> = self.places.iter().flat_map(|place| place.plural()).copied().collect();
        listed(&places)
    }
}

/// Reports options without those that they require, and options that exclude each other.
pub fn check_together<S: OptionSet>(errors: &mut Errors, set: &S) {
    let spans = set.spans();
    let given = |name: &str| {
        let index = S::OPTIONS.iter().position(|option| option.name == name);
        index.and_then(|index| spans[index])
    };
    for (option, span) in S::OPTIONS.iter().zip(&spans) {
        let Some(span) = *span else { continue };
        for (needed, reason) in option.needs {
            if given(needed).is_none() {
                errors.at(span, explained(format!("`{}` needs `{needed}` as well", option.name), reason));
            }
        }
        for (other, reason) in option.excludes {
            if given(other).is_some() {
                errors.at(span, explained(format!("`{}` and `{other}` exclude each other", option.name), reason));
            }
        }
    }
}

/// Reports options given on items to which they do not apply.
pub fn check_place<S: OptionSet>(errors: &mut Errors, set: &S, place: Place) {
    for (option, span) in S::OPTIONS.iter().zip(set.spans()) {
        let Some(span) = span.filter(|_| !option.places.is_empty() && !option.places.contains(&place)) else {
            continue;
        };
        errors.at(span, format!("`{}` is for {}; remove it here", option.name, option.places()));
    }
}

fn explained(message: String, reason: &str) -> String {
    if reason.is_empty() { message } else { format!("{message}: {reason}") }
}

/// Joins words: `a`, `a and b`, `a, b and c`.
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Defines a struct for a list of options, and the [`OptionSet`] that parses it.
///
/// Each line has: the name as written, the field, the type that stores its values, and what it does; then optionally
/// `needs [other "why", ..]`, `excludes [other "why", ..]` and `on [Place, ..]`.
macro_rules! options {
    (
        $(#[doc = $title:literal])*
        $vis:vis struct $Set:ident for $owner:literal {
            $(
                $name:literal $field:ident: $holder:ty, $doc:literal
                $(needs [$($needed:literal $needed_why:literal),*])?
                $(excludes [$($other:literal $other_why:literal),*])?
                $(on [$($place:ident),*])?;
            )*
        }
    ) => {
        $(#[doc = $title])*
        #[derive(Clone, Debug, Default)]
        $vis struct $Set {
            $(#[doc = $doc] pub $field: $holder,)*
        }

        impl $crate::options::OptionSet for $Set {
            const OWNER: &'static str = $owner;
            const OPTIONS: &'static [$crate::options::OptionInfo] = &[
                $($crate::options::OptionInfo {
                    name: $name,
                    form: <$holder as $crate::options::Holder>::FORM,
                    repeats: <$holder as $crate::options::Holder>::REPEATS,
                    doc: $doc,
                    needs: &[$($(($needed, $needed_why)),*)?],
                    excludes: &[$($(($other, $other_why)),*)?],
                    places: &[$($($crate::options::Place::$place),*)?],
                },)*
            ];

            fn apply(&mut self, name: &str, span: proc_macro2::Span, input: syn::parse::ParseStream<'_>) -> syn::Result<()> {
                match name {
                    $($name => $crate::options::Holder::put(&mut self.$field, span, input),)*
                    _ => Ok(()),
                }
            }

            fn spans(&self) -> Vec<Option<proc_macro2::Span>> {
                vec![$($crate::options::Holder::span(&self.$field)),*]
            }
        }
    };
}

pub(crate) use options;
