//! Enums as classes: names, docs and identity of their variants, and changes of their values.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;

use pyo3_tests::{raises, run, scope_of, scope_with};

/// How something is done.
#[pyclass(eq, eq_int)]
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    Slow = 1,
    Fast = 5,
}

#[pymethods]
impl Mode {
    fn flip(&mut self) {
        *self = match self {
            Mode::Slow => Mode::Fast,
            Mode::Fast => Mode::Slow,
        };
    }

    fn flip_through(mut slf: PyRefMut<'_, Self>) {
        slf.flip();
    }

    fn __iadd__(&mut self, steps: usize) {
        (0..steps).for_each(|_| self.flip());
    }
}

#[test]
fn enums_without_fields_can_change() {
    Python::attach(|py| {
        // A separate instance, because all tests share the instances for the variants.
        let mode = Bound::new(py, Mode::Slow).unwrap();
        mode.borrow_mut().flip();
        assert_eq!(*mode.borrow(), Mode::Fast);
        let scope = scope_of::<Mode>(py);
        scope.set_item("mode", &mode).unwrap();
        run(
            &scope,
            cr#"
assert mode == Mode.Fast == 5
mode.flip()
assert mode == Mode.Slow and int(mode) == 1 and repr(mode) == "Mode.Slow"
mode.flip_through()
assert mode == Mode.Fast and mode != Mode.Slow
mode += 3
assert mode == Mode.Slow == 1
"#,
        );
        let guard = mode.borrow();
        assert!(raises(&scope, c"mode.flip()").is_instance_of::<PyRuntimeError>(py));
        drop(guard);
        run(&scope, c"mode.flip()");
        mode.extract::<PyRefMut<'_, Mode>>().unwrap().flip();
        assert_eq!(*mode.borrow(), Mode::Slow);
    });
}

#[pyclass]
#[derive(Clone, Copy)]
enum Direction {
    Left,
    Right,
}

#[pyfunction]
fn left() -> Direction {
    Direction::Left
}

#[pyfunction]
fn right() -> Direction {
    Direction::Right
}

#[test]
fn a_variant_is_the_same_object_whatever_python_does_to_the_class() {
    Python::attach(|py| {
        let scope = scope_with(py, [wrap_pyfunction!(left, py), wrap_pyfunction!(right, py)]);
        scope.set_item("Direction", py.get_type::<Direction>()).unwrap();
        run(
            &scope,
            cr#"
kept = Direction.Left
assert left() is kept and right() is Direction.Right
Direction.Left = Direction.Right
try:
    assert left() is kept and repr(left()) == "Direction.Left"
    del Direction.Left
    assert left() is kept and repr(left()) == "Direction.Left"
finally:
    Direction.Left = kept
assert left() is Direction.Left
"#,
        );
        assert!(Py::new(py, Direction::Left).unwrap().bind(py).repr().unwrap() == "Direction.Left");
    });
}

/// The variants have the names of associated types and variants that generated code uses.
#[pyclass(eq, from_py_object)]
#[derive(Clone, Debug, PartialEq)]
enum Status {
    Ok,
    Err,
    Error,
    Output,
    Target,
    Item,
    Some,
    None,
    BaseType,
    Holder,
}

#[pyclass]
#[allow(dead_code, reason = "the test is about the names")]
enum Event {
    Error { code: i32 },
    Output(String),
    Target {},
    BaseType(),
}

#[pyfunction]
fn next_status(status: Status) -> Status {
    match status {
        Status::Error => Status::Output,
        Status::Output => Status::Target,
        Status::Target => Status::Item,
        other => other,
    }
}

#[test]
fn variants_may_be_called_as_associated_types_are() {
    Python::attach(|py| {
        let scope = scope_with(py, [wrap_pyfunction!(next_status, py)]);
        scope.set_item("Status", py.get_type::<Status>()).unwrap();
        scope.set_item("Event", py.get_type::<Event>()).unwrap();
        run(
            &scope,
            cr#"
assert next_status(Status.Error) == Status.Output
assert next_status(Status.Output) == Status.Target
assert next_status(Status.Target) == Status.Item
for name in "Ok", "Err", "Some", "None", "BaseType", "Holder":
    assert next_status(getattr(Status, name)) is getattr(Status, name)
assert Event.Error(3).code == 3
assert Event.Output("text")[0] == "text"
"#,
        );
        let event = Bound::new(py, Event::Error { code: 1 });
        assert!(event.is_ok());
        let event = Event::Output("x".to_owned()).into_pyobject(py).unwrap();
        assert_eq!(event.getattr("_0").unwrap().to_string(), "x");
    });
}

#[pyclass(get_all, eq, frozen, hash, rename_all = "SCREAMING_SNAKE_CASE")]
#[derive(PartialEq, Hash)]
#[allow(dead_code, reason = "used only from Python, by name")]
enum Format {
    Rgb8Unorm,
    Rg32Float,
    HTTPServer,
    A1B2,
    R16g16,
    #[pyo3(name = "own")]
    Other,
}

#[test]
fn words_begin_after_digits() {
    Python::attach(|py| {
        let scope = scope_of::<Format>(py);
        run(
            &scope,
            cr#"
names = sorted(name for name in dir(Format) if not name.startswith("__"))
assert names == ["A1B2", "HTTP_SERVER", "R16G16", "RG32_FLOAT", "RGB8_UNORM", "own"], names
assert repr(Format.RGB8_UNORM) == "Format.RGB8_UNORM"
assert hash(Format.RGB8_UNORM) == hash(Format.RGB8_UNORM)
"#,
        );
    });
}

/// What has an area.
#[pyclass(name = "Shape", module = "shapes", get_all)]
enum OwnShape {
    /// Round.
    Circle {
        /// From the middle to the edge.
        radius: f64,
        #[doc = concat!("Where it ", "is.")]
        centre: (f64, f64),
    },
    /// Two of them,
    ///
    /// side by side.
    #[pyo3(name = "Two")]
    Pair(
        /// The left one.
        i32,
        i32,
    ),
    Nothing {},
}

#[pymethods]
impl OwnShape {
    fn area(&self) -> f64 {
        match self {
            OwnShape::Circle { radius, centre: _ } => radius * radius * 3.0,
            OwnShape::Pair(left, right) => f64::from(left + right),
            OwnShape::Nothing {} => 0.0,
        }
    }
}

#[test]
fn variants_with_fields_have_names_and_docs_of_their_own() {
    Python::attach(|py| {
        let scope = scope_of::<OwnShape>(py);
        run(
            &scope,
            cr#"
assert Shape.__doc__ == "What has an area."
circle, pair, nothing = Shape.Circle, Shape.Two, Shape.Nothing
assert circle.__name__ == "Circle" and circle.__module__ == "shapes"
assert circle.__doc__ == "Round."
assert circle.__text_signature__ == "(radius, centre)"
assert circle.radius.__doc__ == "From the middle to the edge."
assert circle.centre.__doc__ == "Where it is."
assert circle.__match_args__ == ("radius", "centre")
assert pair.__name__ == "Two"
assert pair.__doc__ == "Two of them,\n\nside by side."
assert pair._0.__doc__ == "The left one." and not pair._1.__doc__
assert nothing.__name__ == "Nothing" and not nothing.__doc__
one = circle(2, (0, 0))
assert isinstance(one, Shape) and one.area() == 12 and one.radius == 2 and one.centre == (0, 0)
assert pair(1, 2).area() == 3 and pair(1, 2)[1] == 2
"#,
        );
        pyo3_tests::assert_messages(
            &scope,
            &[
                (
                    c"circle()",
                    "TypeError: Circle.__new__() missing 2 required positional arguments: 'radius' and 'centre'",
                ),
                (c"pair(1, 2)[2]", "IndexError: tuple index out of range"),
            ],
        );
    });
}

#[test]
fn variants_with_fields_say_that_they_are_inside_the_enum() {
    Python::attach(|py| {
        run(
            &scope_of::<OwnShape>(py),
            cr#"
assert Shape.Circle.__qualname__ == "Shape.Circle" and Shape.Two.__qualname__ == "Shape.Two"
assert repr(Shape.Circle) == "<class 'shapes.Shape.Circle'>"
"#,
        );
    });
}

/// The enum is local to a function, and some variants depend on the target.
#[test]
fn enums_with_conditional_variants_may_be_local() {
    #[pyclass]
    enum Local {
        #[cfg(any(unix, windows, target_os = "wasi"))]
        Here {
            x: i32,
        },
        #[cfg(not(any(unix, windows, target_os = "wasi")))]
        Elsewhere {
            y: NoSuchType,
        },
        Always(i32),
    }

    #[pyclass(eq)]
    #[derive(PartialEq)]
    enum Plain {
        #[cfg(not(any(unix, windows, target_os = "wasi")))]
        Elsewhere,
        #[cfg(any(unix, windows, target_os = "wasi"))]
        Here,
        Always,
    }

    Python::attach(|py| {
        let scope = scope_of::<Local>(py);
        pyo3_tests::add_class::<Plain>(&scope);
        let plain = Plain::Always.into_pyobject(py).unwrap();
        scope.set_item("always", plain).unwrap();
        scope.set_item("here", Plain::Here.into_pyobject(py).unwrap()).unwrap();
        run(
            &scope,
            cr#"
assert Local.Here(3).x == 3 and Local.Always(4)[0] == 4 and not hasattr(Local, "Elsewhere")
assert always is Plain.Always and here is Plain.Here and not hasattr(Plain, "Elsewhere")
"#,
        );
        for local in [Local::Here { x: 1 }, Local::Always(1)] {
            let local = local.into_pyobject(py).unwrap();
            match &*local.borrow() {
                Local::Here { x } => assert_eq!(*x, 1),
                Local::Always(x) => assert_eq!(*x, 1),
            }
        }
    });
}

#[pyclass(frozen)]
enum Frozen {
    Only,
}

#[pymethods]
impl Frozen {
    fn __richcmp__(&self, other: &Self, op: CompareOp) -> bool {
        let _ = (self, other);
        op.matches(std::cmp::Ordering::Equal)
    }
}

#[test]
fn a_frozen_enum_is_read_without_a_guard() {
    Python::attach(|py| {
        let only = Py::new(py, Frozen::Only).unwrap();
        assert!(matches!(only.get(), Frozen::Only));
        run(&scope_of::<Frozen>(py), c"assert Frozen.Only == Frozen.Only");
    });
}
