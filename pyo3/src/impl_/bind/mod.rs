//! Binding the arguments of a call to the parameters of a signature. Runs on every runtime, and copies nothing in the
//! usual case.

mod errors;
mod room;

use core::convert::Infallible;
use core::marker::PhantomData;

use pyo3_backend::{Arguments, KeywordName, TupleOps};

use crate::backend::Active;
use crate::types::{PyDict, PyDictMethods, PyString, PyTuple};
use crate::{Borrowed, Bound, PyAny, PyResult, Python};

pub use self::room::Room;

type Object<'a, 'py> = Borrowed<'a, 'py, PyAny>;
/// The argument of one parameter, if it is given.
type Slot<'a, 'py> = Option<Object<'a, 'py>>;

/// The arguments of one call, in terms of public types. A view: it copies nothing.
pub trait CallArguments<'a, 'py: 'a>: Copy {
    /// The name of a keyword argument.
    type Name: Keyword<'py>;

    /// Returns the number of positional arguments.
    fn count(self) -> usize;

    /// Returns the positional arguments.
    fn positional(self) -> &'a [Object<'a, 'py>];

    /// Returns the tuple of exactly the positional arguments, if the caller has passed one.
    fn tuple(self) -> Option<Borrowed<'a, 'py, PyTuple>>;

    /// Returns the number of keyword arguments.
    fn keyword_count(self) -> usize;

    /// Visits the keyword arguments in order.
    ///
    /// # Errors
    ///
    /// What `visit` returns.
    fn each_keyword(
        self,
        py: Python<'py>,
        visit: impl FnMut(&Self::Name, Object<'a, 'py>) -> PyResult<()>,
    ) -> PyResult<()>;
}

/// The name of a keyword argument.
pub trait Keyword<'py> {
    /// Returns the text, or `None` if it contains surrogates.
    fn text(&self, py: Python<'py>) -> Option<&str>;

    /// Returns the string object.
    fn object(&self, py: Python<'py>) -> Bound<'py, PyString>;
}

/// The contract's view of arguments, in terms of public types.
pub struct View<'py, A>(A, PhantomData<Python<'py>>);

impl<A: Copy> Clone for View<'_, A> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: Copy> Copy for View<'_, A> {}

impl<'py, A> View<'py, A> {
    /// Wraps `arguments`.
    #[inline]
    pub(crate) fn new(_py: Python<'py>, arguments: A) -> Self {
        View(arguments, PhantomData)
    }
}

impl<'a, 'py: 'a, A: Arguments<'a, Active>> CallArguments<'a, 'py> for View<'py, A> {
    type Name = A::Name;

    #[inline]
    fn count(self) -> usize {
        self.0.positional().len()
    }

    #[inline]
    fn positional(self) -> &'a [Object<'a, 'py>] {
        Borrowed::wrap_all(self.0.positional())
    }

    #[inline]
    fn tuple(self) -> Option<Borrowed<'a, 'py, PyTuple>> {
        self.0.positional_tuple().map(Borrowed::from_handle)
    }

    #[inline]
    fn keyword_count(self) -> usize {
        self.0.keyword_count()
    }

    #[inline]
    fn each_keyword(
        self,
        py: Python<'py>,
        mut visit: impl FnMut(&Self::Name, Object<'a, 'py>) -> PyResult<()>,
    ) -> PyResult<()> {
        self.0.each_keyword(py.attached(), |name, value| visit(name, Borrowed::wrap(value)))
    }
}

impl<'py, N: KeywordName<Active>> Keyword<'py> for N {
    #[inline]
    fn text(&self, py: Python<'py>) -> Option<&str> {
        KeywordName::text(self, py.attached())
    }

    fn object(&self, py: Python<'py>) -> Bound<'py, PyString> {
        Bound::from_handle(self.to_object(py.attached()))
    }
}

/// The parameters of a function, as data.
pub struct Signature {
    /// The function's name, for errors.
    pub function: &'static str,
    /// The class that the function is a method of, for errors.
    pub class: Option<&'static str>,
    /// The parameters that can be given by position.
    pub positional: &'static [&'static str],
    /// How many of them can be given only by position.
    pub positional_only: usize,
    /// How many of them have no default.
    pub required_positional: usize,
    /// The parameters that can be given only by name, and whether they are required.
    pub keyword_only: &'static [(&'static str, bool)],
}

impl Signature {
    /// Creates the signature of a function.
    pub const fn of_function(
        function: &'static str,
        positional: &'static [&'static str],
        positional_only: usize,
        required_positional: usize,
        keyword_only: &'static [(&'static str, bool)],
    ) -> Self {
        Signature { function, class: None, positional, positional_only, required_positional, keyword_only }
    }

    /// Creates the signature of a method of the class called `class`.
    pub const fn of_method(
        function: &'static str,
        class: &'static str,
        positional: &'static [&'static str],
        positional_only: usize,
        required_positional: usize,
        keyword_only: &'static [(&'static str, bool)],
    ) -> Self {
        Signature { function, class: Some(class), positional, positional_only, required_positional, keyword_only }
    }

    /// Returns the number of named parameters.
    #[expect(clippy::len_without_is_empty, reason = "a number of parameters, not a collection")]
    pub const fn len(&self) -> usize {
        self.positional.len() + self.keyword_only.len()
    }

    /// Returns the index of the parameter that can be given by this name.
    #[inline]
    fn place(&self, name: &str) -> Option<usize> {
        let count = self.positional.len();
        let by_name = &self.positional[self.positional_only..];
        if let Some(place) = by_name.iter().position(|parameter| *parameter == name) {
            return Some(self.positional_only + place);
        }
        self.keyword_only.iter().position(|(parameter, _)| *parameter == name).map(|place| count + place)
    }
}

/// How to treat positional arguments beyond the parameters.
pub trait VarargsHandler {
    /// The value that the function gets.
    type Out<'py>;

    /// Whether such arguments are allowed.
    const ACCEPTED: bool;

    /// Collects the arguments from index `from` on.
    ///
    /// # Errors
    ///
    /// `TypeError` if extra arguments are not allowed.
    fn collect<'a, 'py: 'a, A: CallArguments<'a, 'py>>(
        py: Python<'py>,
        signature: &'static Signature,
        arguments: A,
        from: usize,
    ) -> PyResult<Self::Out<'py>>;
}

/// How to treat keyword arguments without a parameter.
pub trait VarkeywordsHandler {
    /// The value that the function gets.
    type Out<'py>: Default;

    /// Whether such arguments are allowed.
    const ACCEPTED: bool;

    /// Adds one argument.
    ///
    /// # Errors
    ///
    /// `TypeError` if extra arguments are not allowed.
    fn add<'py>(
        py: Python<'py>,
        signature: &'static Signature,
        out: &mut Self::Out<'py>,
        name: &impl Keyword<'py>,
        value: Object<'_, 'py>,
    ) -> PyResult<()>;
}

/// Allows no extra positional arguments.
pub struct NoVarargs;

impl VarargsHandler for NoVarargs {
    type Out<'py> = ();
    const ACCEPTED: bool = false;

    #[inline]
    fn collect<'a, 'py: 'a, A: CallArguments<'a, 'py>>(
        _py: Python<'py>,
        signature: &'static Signature,
        arguments: A,
        from: usize,
    ) -> PyResult<()> {
        if arguments.count() > from { Err(errors::too_many(signature, arguments.count())) } else { Ok(()) }
    }
}

/// Allows no extra keyword arguments.
pub struct NoVarkeywords;

impl VarkeywordsHandler for NoVarkeywords {
    type Out<'py> = ();
    const ACCEPTED: bool = false;

    fn add<'py>(
        py: Python<'py>,
        signature: &'static Signature,
        (): &mut (),
        name: &impl Keyword<'py>,
        _value: Object<'_, 'py>,
    ) -> PyResult<()> {
        Err(errors::unexpected(signature, &name.object(py)))
    }
}

/// Collects extra arguments in a tuple: `*args`.
pub struct TupleVarargs;

impl VarargsHandler for TupleVarargs {
    type Out<'py> = Bound<'py, PyTuple>;
    const ACCEPTED: bool = true;

    fn collect<'a, 'py: 'a, A: CallArguments<'a, 'py>>(
        py: Python<'py>,
        _signature: &'static Signature,
        arguments: A,
        from: usize,
    ) -> PyResult<Bound<'py, PyTuple>> {
        if from == 0
            && let Some(all) = arguments.tuple()
        {
            return Ok(all.to_owned());
        }
        let surplus = arguments.positional().get(from..).unwrap_or_default();
        let objects = surplus.iter().map(|object| Ok(object.any_handle().to_owned(py.attached())));
        let count = objects.len();
        match Active::tuple_from::<Infallible>(py.attached(), count, objects) {
            Ok(tuple) => Ok(Bound::from_handle(tuple)),
            Err(never) => match never {},
        }
    }
}

/// Collects extra arguments in a dict, or `None` if there are none: `**kwargs`.
pub struct DictVarkeywords;

impl VarkeywordsHandler for DictVarkeywords {
    type Out<'py> = Option<Bound<'py, PyDict>>;
    const ACCEPTED: bool = true;

    fn add<'py>(
        py: Python<'py>,
        _signature: &'static Signature,
        out: &mut Option<Bound<'py, PyDict>>,
        name: &impl Keyword<'py>,
        value: Object<'_, 'py>,
    ) -> PyResult<()> {
        out.get_or_insert_with(|| PyDict::new(py)).set_item(name.object(py), value)
    }
}

/// The arguments of a call: one for each of the `N` named parameters if it is given, what `*args` gets, and what
/// `**kwargs` gets.
pub type Bindings<'s, 'a, 'py, P, K, const N: usize> =
    (&'s [Slot<'a, 'py>; N], <P as VarargsHandler>::Out<'py>, <K as VarkeywordsHandler>::Out<'py>);

/// Binds `arguments` to the `N` named parameters of `signature`. If all are given by position, they are not even copied:
/// the caller reads them where the runtime has put them. Otherwise they are collected in `room`.
///
/// # Errors
///
/// `TypeError`, with CPython's message, if they do not fit.
#[inline]
pub fn bind<'s, 'a, 'py: 'a, A, P, K, const N: usize>(
    py: Python<'py>,
    signature: &'static Signature,
    arguments: A,
    room: &'s mut Room<'a, 'py, N>,
) -> PyResult<Bindings<'s, 'a, 'py, P, K, N>>
where
    A: CallArguments<'a, 'py>,
    P: VarargsHandler,
    K: VarkeywordsHandler,
    'a: 's,
{
    // The most common call: all parameters by position, and perhaps more arguments for `*args`.
    if signature.positional.len() == N
        && (P::ACCEPTED || arguments.count() == N)
        && arguments.keyword_count() == 0
        && let Some(all) = room::all_given(arguments.positional())
    {
        return match P::collect(py, signature, arguments, N) {
            Ok(varargs) => Ok((all, varargs, K::Out::default())),
            Err(error) => Err(error),
        };
    }
    let slots = room.cleared();
    let surplus = if N == 0 {
        bind_surplus::<A, P, K>(py, signature, arguments)
    } else {
        bind_others::<A, P, K>(py, signature, arguments, slots)
    };
    match surplus {
        Ok((varargs, keywords)) => Ok((slots, varargs, keywords)),
        Err(error) => Err(error),
    }
}

/// Binds arguments as [`bind`] does, for all other calls, to as many parameters as there are slots. The code is the same
/// for any number.
fn bind_others<'a, 'py: 'a, A, P, K>(
    py: Python<'py>,
    signature: &'static Signature,
    arguments: A,
    slots: &mut [Slot<'a, 'py>],
) -> PyResult<(P::Out<'py>, K::Out<'py>)>
where
    A: CallArguments<'a, 'py>,
    P: VarargsHandler,
    K: VarkeywordsHandler,
{
    let count = signature.positional.len();
    let given = arguments.count().min(count);
    let positional = arguments.positional();
    // The checks of the indices keep this loop short: it need not be vectorized.
    for index in 0..given {
        slots[index] = Some(positional[index]);
    }
    let surplus = P::collect(py, signature, arguments, count)?;
    let mut keywords = K::Out::default();
    if arguments.keyword_count() != 0 {
        bind_keywords::<A, K>(py, signature, arguments, slots, &mut keywords)?;
    }
    let required = signature.required_positional.max(given);
    if slots[given.min(slots.len())..required.min(slots.len())].iter().any(Option::is_none) {
        return Err(errors::missing_positional(signature, slots));
    }
    let by_name = slots[count.min(slots.len())..].iter().zip(signature.keyword_only);
    if by_name.into_iter().any(|(slot, (_, required))| *required && slot.is_none()) {
        return Err(errors::missing_keywords(signature, slots));
    }
    Ok((surplus, keywords))
}

/// Binds arguments as [`bind`] does, to a signature without named parameters.
fn bind_surplus<'a, 'py: 'a, A, P, K>(
    py: Python<'py>,
    signature: &'static Signature,
    arguments: A,
) -> PyResult<(P::Out<'py>, K::Out<'py>)>
where
    A: CallArguments<'a, 'py>,
    P: VarargsHandler,
    K: VarkeywordsHandler,
{
    let surplus = P::collect(py, signature, arguments, 0)?;
    let mut keywords = K::Out::default();
    if arguments.keyword_count() != 0 {
        bind_keywords::<A, K>(py, signature, arguments, &mut [], &mut keywords)?;
    }
    Ok((surplus, keywords))
}

fn bind_keywords<'a, 'py: 'a, A, K>(
    py: Python<'py>,
    signature: &'static Signature,
    arguments: A,
    slots: &mut [Option<Object<'a, 'py>>],
    keywords: &mut K::Out<'py>,
) -> PyResult<()>
where
    A: CallArguments<'a, 'py>,
    K: VarkeywordsHandler,
{
    let mut refused: Vec<&'static str> = Vec::new();
    arguments.each_keyword(py, |name, value| {
        // Skip the lookup of the text if no parameter has a name.
        let text = if signature.len() == 0 { None } else { name.text(py) };
        if let Some(slot) = text.and_then(|text| signature.place(text)).and_then(|place| slots.get_mut(place)) {
            return match slot.replace(value) {
                None => Ok(()),
                Some(_) => Err(errors::repeated(signature, &name.object(py))),
            };
        }
        if !K::ACCEPTED {
            let by_position = &signature.positional[..signature.positional_only];
            if let Some(found) = by_position.iter().find(|parameter| text == Some(**parameter)) {
                refused.push(found);
                return Ok(());
            }
        }
        K::add(py, signature, keywords, name, value)
    })?;
    if refused.is_empty() { Ok(()) } else { Err(errors::positional_only(signature, &refused)) }
}

/// Refuses all arguments, for functions that take none.
///
/// # Errors
///
/// `TypeError` if there are any.
#[inline]
pub fn none<'a, 'py: 'a, A: CallArguments<'a, 'py>>(
    py: Python<'py>,
    signature: &'static Signature,
    arguments: A,
) -> PyResult<()> {
    if arguments.count() == 0 && arguments.keyword_count() == 0 {
        return Ok(());
    }
    refuse(py, signature, arguments)
}

#[cold]
#[inline(never)]
fn refuse<'a, 'py: 'a, A: CallArguments<'a, 'py>>(
    py: Python<'py>,
    signature: &'static Signature,
    arguments: A,
) -> PyResult<()> {
    bind_surplus::<A, NoVarargs, NoVarkeywords>(py, signature, arguments).map(drop)
}

/// Stands in for the argument of a required parameter. It is never called, because [`bind`] has found them all.
#[cold]
pub fn missing<T>() -> T {
    unreachable!("required arguments are bound")
}
