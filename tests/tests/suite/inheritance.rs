//! Classes that extend classes: Rust from Rust, Python from Rust, Rust from built-in types.

use pyo3::PyClassInitializer;
use pyo3::exceptions::{PyException, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use pyo3_tests::{add_class, raises, run, scope, scope_of};

#[pyclass(subclass)]
struct Animal {
    #[pyo3(get, set)]
    name: String,
}

#[pymethods]
impl Animal {
    #[new]
    #[pyo3(signature = (name = "nobody".to_owned()))]
    fn new(name: String) -> Self {
        Animal { name }
    }

    fn speak(&self) -> String {
        format!("{} is silent", self.name)
    }

    fn legs(&self) -> u32 {
        0
    }

    #[staticmethod]
    fn kingdom() -> &'static str {
        "animalia"
    }
}

#[pyclass(extends = Animal, subclass)]
struct Dog {
    #[pyo3(get)]
    tricks: Vec<String>,
}

#[pymethods]
impl Dog {
    #[new]
    fn new(name: String) -> PyClassInitializer<Self> {
        PyClassInitializer::from(Animal { name }).add_subclass(Dog { tricks: vec!["sit".into()] })
    }

    fn speak(&self) -> &'static str {
        "woof"
    }

    fn both(slf: PyRef<'_, Self>) -> (String, usize) {
        (slf.as_super().name.clone(), slf.tricks.len())
    }

    fn rename(mut slf: PyRefMut<'_, Self>, name: String) {
        slf.tricks.push("listen".into());
        slf.into_super().name = name;
    }
}

#[pyclass(extends = Dog)]
struct Puppy {
    #[pyo3(get)]
    weeks: u32,
}

#[pymethods]
impl Puppy {
    #[new]
    fn new(name: String, weeks: u32) -> PyClassInitializer<Self> {
        PyClassInitializer::from(Animal { name }).add_subclass(Dog { tricks: vec![] }).add_subclass(Puppy { weeks })
    }

    fn legs(&self) -> u32 {
        4
    }

    fn whole(slf: PyRef<'_, Self>) -> String {
        let weeks = slf.weeks;
        let dog = slf.into_super();
        let tricks = dog.tricks.len();
        format!("{} {tricks} {weeks}", dog.into_super().name)
    }
}

fn animals(py: Python<'_>) -> Bound<'_, PyDict> {
    let scope = scope_of::<Animal>(py);
    add_class::<Dog>(&scope);
    add_class::<Puppy>(&scope);
    scope
}

#[test]
fn rust_extends_rust() {
    Python::attach(|py| {
        run(
            &animals(py),
            c"
d = Dog('rex')
assert isinstance(d, Animal) and issubclass(Dog, Animal) and Dog.__bases__ == (Animal,)
assert d.name == 'rex' and d.tricks == ['sit']
assert d.speak() == 'woof' and Animal.speak(d) == 'rex is silent'
assert super(Dog, d).speak() == 'rex is silent'
assert d.legs() == 0 and d.kingdom() == 'animalia'
assert d.both() == ('rex', 1)
d.rename('max')
assert d.both() == ('max', 2) and d.name == 'max'
d.name = 'bo'
assert d.both()[0] == 'bo'
",
        );
    });
}

#[test]
fn three_levels() {
    Python::attach(|py| {
        run(
            &animals(py),
            c"
p = Puppy('bit', 6)
assert (p.name, p.tricks, p.weeks) == ('bit', [], 6)
assert p.speak() == 'woof' and p.legs() == 4
assert p.whole() == 'bit 0 6'
assert [c.__name__ for c in Puppy.__mro__] == ['Puppy', 'Dog', 'Animal', 'object']
p.rename('bob')
assert p.whole() == 'bob 1 6'
",
        );
    });
}

#[test]
fn initializers_from_rust() {
    Python::attach(|py| {
        let dog = Bound::new(py, (Dog { tricks: vec![] }, Animal { name: "rex".into() })).unwrap();
        assert_eq!(dog.borrow().as_super().name, "rex");
        assert_eq!(dog.as_super().borrow().name, "rex");
        dog.as_super().borrow_mut().name = "max".into();
        assert_eq!(dog.into_super().borrow().name, "max");
        let initializer =
            PyClassInitializer::from(Animal { name: "x".into() }).add_subclass(Dog { tricks: vec!["a".into()] });
        let dog = Py::new(py, initializer).unwrap();
        let animal: &Bound<'_, Animal> = dog.bind(py).as_any().cast().unwrap();
        assert_eq!(animal.borrow().name, "x");
        assert!(dog.bind(py).cast_exact::<Animal>().is_err());
        assert_eq!(dog.extract::<PyRef<'_, Dog>>(py).unwrap().tricks, ["a"]);
    });
}

#[test]
fn the_borrow_is_of_the_whole_object() {
    Python::attach(|py| {
        let dog = Bound::new(py, (Dog { tricks: vec![] }, Animal { name: "rex".into() })).unwrap();
        let animal = dog.as_super().clone();
        let _writer = dog.borrow_mut();
        assert!(animal.try_borrow().is_err());
        assert!(animal.try_borrow_mut().is_err());
    });
}

#[test]
fn new_of_the_wrong_class() {
    Python::attach(|py| {
        let scope = animals(py);
        for code in [
            c"Dog.__new__(Animal, 'x')",
            c"Animal.__new__(Dog, 'x')",
            c"Dog.__new__(int, 'x')",
            c"Dog.speak(Animal('x'))",
        ] {
            let error = pyo3_tests::eval(&scope, c"lambda code, scope: exec(code, scope)")
                .call1((code.to_str().unwrap(), &scope));
            // Some runtimes allow `Animal.__new__(Dog)`. The object then holds no Rust value of `Dog`.
            if let Err(error) = error {
                assert!(error.is_instance_of::<PyTypeError>(py), "{code:?} gives {error}");
            } else {
                assert_eq!(code, c"Animal.__new__(Dog, 'x')");
            }
        }
    });
}

#[test]
fn python_extends_rust() {
    Python::attach(|py| {
        run(
            &animals(py),
            c"
class Cat(Animal):
    def __new__(cls, name, lives):
        return super().__new__(cls, name)
    def __init__(self, name, lives):
        super().__init__()
        self.lives = lives
    def speak(self):
        return 'meow, ' + super().speak()
    @property
    def legs_twice(self): return self.legs() * 2
    def legs(self): return 4
c = Cat('tom', 9)
assert (c.name, c.lives, c.legs_twice) == ('tom', 9, 8)
assert c.speak() == 'meow, tom is silent'
assert isinstance(c, Animal) and c.__dict__ == {'lives': 9}
class Kitten(Cat):
    __slots__ = ('age',)
k = Kitten('kit', 9)
k.age = 1
assert k.age == 1 and k.name == 'kit'
class Simple(Animal): pass
assert Simple().name == 'nobody' and Simple('x').name == 'x'
class Wolf(Dog):
    def speak(self): return 'howl'
assert Wolf('w').both() == ('w', 1) and Wolf('w').speak() == 'howl'
class Mixin:
    def extra(self): return 'extra ' + self.name
class Mixed(Mixin, Dog): pass
assert Mixed('m').extra() == 'extra m'
",
        );
    });
}

#[test]
fn rust_sees_python_subclasses() {
    #[pyfunction]
    fn name_of(animal: PyRef<'_, Animal>) -> String {
        animal.name.clone()
    }
    #[pyfunction]
    fn rename(mut animal: PyRefMut<'_, Animal>, name: String) {
        animal.name = name;
    }
    #[pyfunction]
    fn speak(animal: &Bound<'_, Animal>) -> PyResult<String> {
        animal.call_method0("speak")?.extract()
    }
    #[pyfunction]
    fn by_reference(animal: &Animal) -> usize {
        animal.name.len()
    }

    Python::attach(|py| {
        let scope = animals(py);
        for function in [
            wrap_pyfunction!(name_of, py),
            wrap_pyfunction!(rename, py),
            wrap_pyfunction!(speak, py),
            wrap_pyfunction!(by_reference, py),
        ] {
            let function = function.unwrap();
            scope.set_item(function.getattr("__name__").unwrap(), function).unwrap();
        }
        run(
            &scope,
            c"
class Cow(Animal):
    def speak(self): return 'moo'
cow = Cow('molly')
assert name_of(cow) == 'molly' and speak(cow) == 'moo' and by_reference(cow) == 5
rename(cow, 'dolly')
assert cow.name == 'dolly'
assert name_of(Puppy('p', 1)) == 'p' and speak(Dog('d')) == 'woof'
",
        );
        assert!(raises(&scope, c"name_of(5)").is_instance_of::<PyTypeError>(py));
    });
}

#[pyclass]
struct Sealed;

#[pymethods]
impl Sealed {
    #[new]
    fn new() -> Self {
        Sealed
    }
}

#[test]
fn only_subclass_may_be_extended() {
    Python::attach(|py| {
        let error = raises(&scope_of::<Sealed>(py), c"class Sub(Sealed): pass");
        assert!(error.is_instance_of::<PyTypeError>(py));
        assert!(error.to_string().contains("is not an acceptable base type"), "{error}");
    });
}

#[pyclass(extends = PyDict)]
struct Counting {
    #[pyo3(get)]
    count: u32,
}

#[pymethods]
impl Counting {
    #[new]
    fn new() -> Self {
        Counting { count: 0 }
    }

    fn put(slf: &Bound<'_, Self>, key: &str, value: i32) -> PyResult<()> {
        slf.borrow_mut().count += 1;
        slf.as_super().set_item(key, value)
    }
}

#[pyclass(extends = PyException)]
struct Detailed {
    #[pyo3(get)]
    code: i32,
}

#[pymethods]
impl Detailed {
    #[new]
    #[pyo3(signature = (code, *_args))]
    fn new(code: i32, _args: &Bound<'_, pyo3::types::PyTuple>) -> Self {
        Detailed { code }
    }
}

#[test]
fn rust_extends_built_in_types() {
    Python::attach(|py| {
        let scope = scope(py);
        add_class::<Counting>(&scope);
        add_class::<Detailed>(&scope);
        run(
            &scope,
            c"
d = Counting()
assert isinstance(d, dict) and d == {}
d.put('a', 1)
d['b'] = 2
assert d.count == 1 and d == {'a': 1, 'b': 2} and len(d) == 2
try:
    raise Detailed(7, 'text')
except Exception as error:
    assert error.code == 7 and error.args == (7, 'text')
",
        );
    });
}
