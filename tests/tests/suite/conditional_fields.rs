//! Classes with `#[cfg(...)]` and `#[cfg_attr(...)]` on the item, its fields, its variants and their fields. Every part
//! of the class must agree about what exists.

use pyo3::prelude::*;

use pyo3_tests::{add_class, assert_messages, run, scope_of};

/// Has fields that exist and fields that do not, in a constructor.
#[pyclass(new = "from_fields", get_all, eq, str = "{first} {here} {last}")]
#[derive(Clone, PartialEq)]
struct Fields {
    first: i32,
    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    elsewhere: NoSuchType,
    /// Of this target.
    #[cfg(any(unix, windows, target_os = "wasi"))]
    here: String,
    // Two conditions, of which only the first holds.
    #[cfg(any(unix, windows, target_os = "wasi"))]
    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    nowhere: NoSuchType,
    last: bool,
}

/// Has options that only apply under a condition.
#[pyclass(new = "from_fields")]
#[cfg_attr(any(unix, windows, target_os = "wasi"), pyo3(name = "Renamed"), doc = "And documented.")]
#[cfg_attr(not(any(unix, windows, target_os = "wasi")), pyo3(name = "Other"))]
struct Options {
    #[cfg_attr(any(unix, windows, target_os = "wasi"), allow(unused), pyo3(get), doc = "Read.")]
    read: i32,
    #[cfg_attr(not(any(unix, windows, target_os = "wasi")), pyo3(get))]
    #[cfg_attr(any(unix, windows, target_os = "wasi"), cfg_attr(any(unix, windows, target_os = "wasi"), pyo3(set)))]
    written: i32,
    #[cfg_attr(any(unix, windows, target_os = "wasi"), cfg(not(any(unix, windows, target_os = "wasi"))))]
    elsewhere: NoSuchType,
}

#[pymethods]
impl Options {
    fn both(&self) -> (i32, i32) {
        (self.read, self.written)
    }
}

/// The indices of fields are those of the fields that exist.
#[pyclass(new = "from_fields")]
struct Tuple(
    #[cfg(not(any(unix, windows, target_os = "wasi")))] NoSuchType,
    #[cfg(any(unix, windows, target_os = "wasi"))]
    #[pyo3(get, name = "zero")]
    i32,
    #[pyo3(get, set, name = "one")] i32,
);

#[test]
fn a_constructor_takes_the_fields_that_exist() {
    Python::attach(|py| {
        let scope = scope_of::<Fields>(py);
        add_class::<Options>(&scope);
        add_class::<Tuple>(&scope);
        run(
            &scope,
            cr#"
fields = Fields(1, "two", last=True)
assert (fields.first, fields.here, fields.last) == (1, "two", True)
assert str(fields) == "1 two true" and fields == Fields(1, "two", True)
assert Fields.__text_signature__ == "(first, here, last)" and Fields.here.__doc__ == "Of this target."
assert not hasattr(Fields, "elsewhere") and not hasattr(Fields, "nowhere")

assert Renamed.__name__ == "Renamed" and Renamed.__doc__.endswith("condition.\nAnd documented.")
options = Renamed(read=1, written=2)
options.written = 3
assert options.read == 1 and options.both() == (1, 3) and Renamed.read.__doc__ == "Read."
assert Renamed.__text_signature__ == "(read, written)"
try:
    options.written
except AttributeError:
    pass
else:
    assert False

pair = Tuple(1, 2)
pair.one += 1
assert (pair.zero, pair.one) == (1, 3)
"#,
        );
        assert_messages(
            &scope,
            &[
                (
                    c"Fields(1, 'two', True, 4)",
                    "TypeError: Fields.__new__() takes 3 positional arguments but 4 were given",
                ),
                (c"Fields(1, nowhere=2)", "TypeError: Fields.__new__() got an unexpected keyword argument 'nowhere'"),
            ],
        );
        let fields: Bound<'_, Fields> = scope.as_any().get_item("fields").unwrap().cast_into().unwrap();
        assert!(*fields.borrow() == Fields { first: 1, here: "two".to_owned(), last: true });
    });
}

/// A variant that exists has only the fields that exist.
#[pyclass(skip_from_py_object)]
#[derive(Clone)]
enum Shape {
    Circle {
        radius: f64,
        #[cfg(not(any(unix, windows, target_os = "wasi")))]
        unit: NoSuchType,
    },
    #[cfg_attr(any(unix, windows, target_os = "wasi"), pyo3(name = "Two", constructor = (_0, _1 = 5)), doc = "Two numbers.")]
    Pair(
        i32,
        #[cfg(not(any(unix, windows, target_os = "wasi")))] NoSuchType,
        #[cfg(any(unix, windows, target_os = "wasi"))] i32,
    ),
    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    Elsewhere { field: NoSuchType },
}

/// The integer type is conditional.
#[pyclass(eq, eq_int, skip_from_py_object)]
#[cfg_attr(any(unix, windows, target_os = "wasi"), repr(u8))]
#[derive(Clone, PartialEq)]
enum Level {
    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    Missing = 1,
    Low = 2,
    #[cfg_attr(any(unix, windows, target_os = "wasi"), pyo3(name = "HIGH"))]
    High = 200,
}

#[test]
fn variants_have_the_fields_that_exist() {
    Python::attach(|py| {
        let scope = scope_of::<Shape>(py);
        add_class::<Level>(&scope);
        scope.set_item("pair", Shape::Pair(1, 2)).unwrap();
        scope.set_item("circle", Shape::Circle { radius: 2.5 }).unwrap();
        run(
            &scope,
            cr#"
assert circle.radius == Shape.Circle(2.5).radius and Shape.Circle.__match_args__ == ("radius",)
assert (pair._0, pair[1], len(pair)) == (1, 2, 2) and Shape.Two(3)[1] == 5
assert type(pair) is Shape.Two and Shape.Two.__doc__.endswith("Two numbers.")
assert not hasattr(Shape, "Elsewhere") and not hasattr(Shape, "Pair")
assert int(Level.HIGH) == 200 and Level.Low == 2 and repr(Level.HIGH) == "Level.HIGH"
assert not hasattr(Level, "Missing")
"#,
        );
    });
}

/// The whole class is conditional, below the attribute of the macro.
#[pyclass(new = "from_fields")]
#[cfg(not(any(unix, windows, target_os = "wasi")))]
struct Whole {
    field: NoSuchType,
}

/// Another derive macro with helpers of the same name does not see those of the class.
#[pyclass(get_all, skip_from_py_object)]
#[derive(FromPyObject)]
struct TwoMacros {
    #[cfg_attr(any(unix, windows, target_os = "wasi"), pyo3(name = "imag"))]
    real: f64,
}

#[test]
fn other_derive_macros_do_not_see_the_options_of_the_class() {
    Python::attach(|py| {
        let value: TwoMacros = 1.5f64.into_pyobject(py).unwrap().extract().unwrap();
        let object = Bound::new(py, value).unwrap();
        assert_eq!(object.getattr("imag").unwrap().extract::<f64>().unwrap(), 1.5);
    });
}

#[pymodule(submodule)]
mod conditional_module {
    use super::*;

    #[pyclass(new = "from_fields", get_all)]
    struct Member {
        #[cfg(any(unix, windows, target_os = "wasi"))]
        here: i32,
        #[cfg(not(any(unix, windows, target_os = "wasi")))]
        elsewhere: NoSuchType,
    }
}

#[test]
fn a_class_in_a_module() {
    Python::attach(|py| {
        let scope = pyo3_tests::scope(py);
        let module = pyo3::wrap_pymodule!(conditional_module)(py);
        scope.set_item("module", module).unwrap();
        run(&scope, c"assert module.Member(3).here == 3 and module.Member.__module__ == 'conditional_module'");
    });
}

#[test]
fn a_class_inside_a_function() {
    #[pyclass(new = "from_fields", get_all)]
    struct Local {
        #[cfg(any(unix, windows, target_os = "wasi"))]
        here: Vec<Option<i32>>,
        #[cfg(not(any(unix, windows, target_os = "wasi")))]
        here: NoSuchType,
    }

    Python::attach(|py| {
        let scope = scope_of::<Local>(py);
        run(&scope, c"assert Local([1, None]).here == [1, None]");
    });
}
