//! How the lifetimes of a type map to those of `FromPyObject<'object, 'py>`.
//!
//! A type may name its lifetimes freely. If a field uses one to borrow from the object (`&'x str`, `Cow<'x, str>`,
//! `Borrowed<'x, 'py, T>`), it is the lifetime of the object. Any other is that of the attachment, as in
//! `Bound<'x, T>`.

use syn::visit_mut::{self, VisitMut};
use syn::{DeriveInput, GenericArgument, Generics, Lifetime, LifetimeParam, PathArguments, parse_quote};

use super::parse::Derived;

/// Returns the lifetimes of the object and of the attachment. Adds to `generics` those that the type does not have, and
/// the bounds between them and the lifetimes of the type.
pub fn lifetimes(input: &DeriveInput, derived: &Derived, generics: &mut Generics) -> (Lifetime, Lifetime) {
    let mut uses = Uses::default();
    for field in derived.containers.iter().flat_map(|container| &container.fields) {
        uses.visit_type_mut(&mut field.ty.clone());
    }
    let all: Vec<&Lifetime> = input.generics.lifetimes().map(|param| &param.lifetime).collect();
    let (of_object, of_python): (Vec<&Lifetime>, Vec<&Lifetime>) =
        all.iter().copied().partition(|lifetime| uses.borrows(lifetime) && !uses.attaches(lifetime));
    // A lifetime used for both the object and the attachment must be shorter than each of them.
    let (of_both, of_python): (Vec<&Lifetime>, Vec<&Lifetime>) =
        of_python.into_iter().partition(|lifetime| uses.borrows(lifetime));
    let mut choose = |candidates: &[&Lifetime], otherwise: &str| match candidates {
        [only] => (*only).clone(),
        _ => {
            let mut fresh: LifetimeParam =
                LifetimeParam::new(Lifetime::new(otherwise, proc_macro2::Span::mixed_site()));
            fresh.bounds.extend(candidates.iter().chain(&of_both).map(|lifetime| (*lifetime).clone()));
            let lifetime = fresh.lifetime.clone();
            generics.params.insert(0, syn::GenericParam::Lifetime(fresh));
            lifetime
        }
    };
    let (object, py) = (choose(&of_object, "'__object"), choose(&of_python, "'__py"));
    for lifetime in of_both {
        for longer in [&object, &py] {
            if all.contains(&longer) {
                generics.make_where_clause().predicates.push(parse_quote!(#longer: #lifetime));
            }
        }
    }
    (object, py)
}

/// The ways in which the fields of a type use lifetimes.
#[derive(Default)]
struct Uses {
    borrowed: Vec<Lifetime>,
    attached: Vec<Lifetime>,
}

impl Uses {
    fn borrows(&self, lifetime: &Lifetime) -> bool {
        self.borrowed.contains(lifetime)
    }

    fn attaches(&self, lifetime: &Lifetime) -> bool {
        self.attached.contains(lifetime)
    }
}

impl VisitMut for Uses {
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        self.borrowed.extend(reference.lifetime.clone());
        visit_mut::visit_type_mut(self, &mut reference.elem);
    }

    fn visit_path_segment_mut(&mut self, segment: &mut syn::PathSegment) {
        if let PathArguments::AngleBracketed(given) = &segment.arguments {
            let lifetimes: Vec<&Lifetime> = given
                .args
                .iter()
                .filter_map(|argument| match argument {
                    GenericArgument::Lifetime(lifetime) => Some(lifetime),
                    _ => None,
                })
                .collect();
            let borrows = ["Cow", "PyClassGuard", "PyClassGuardMut"].iter().any(|name| segment.ident == name);
            match lifetimes.as_slice() {
                [first, rest @ ..] if borrows || !rest.is_empty() => {
                    self.borrowed.push((*first).clone());
                    self.attached.extend(rest.iter().map(|lifetime| (*lifetime).clone()));
                }
                rest => self.attached.extend(rest.iter().map(|lifetime| (*lifetime).clone())),
            }
        }
        visit_mut::visit_path_segment_mut(self, segment);
    }
}
