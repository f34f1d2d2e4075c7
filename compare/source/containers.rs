//! Methods of dicts, lists, tuples and sets, and of their subclasses.

use pyo3::PyTypeCheck;
use pyo3::prelude::*;
use pyo3::types::*;

use crate::eval;
use crate::report::{Report, shown};

pub fn run(report: &Report<'_>, scope: &Bound<'_, PyDict>) -> PyResult<()> {
    for source in
        ["{}", "{'a': 1, 'b': 2}", "Pairs(a=1)", "collections.OrderedDict(a=1)", "collections.defaultdict(list)"]
    {
        dicts(report, scope, source);
    }
    for source in ["[]", "[1, 2, 3]", "[3, 1, 2]", "Items([1, 2])", "['a', 1]"] {
        lists(report, scope, source);
    }
    for source in ["()", "(1, 2, 3)", "Row((1, 2))"] {
        tuples(report, scope, source);
    }
    for source in ["set()", "{1}", "Members({1})"] {
        sets(report, scope, source);
    }
    for source in ["'abc'", "b'abc'", "bytearray(b'abc')", "[1, 2]", "(1, 2)", "range(3)", "collections.deque([1, 2])"]
    {
        sequences(report, scope, source);
    }
    for source in
        ["{'a': 1}", "types.MappingProxyType({'a': 1})", "collections.UserDict(a=1)", "collections.ChainMap({})"]
    {
        mappings(report, scope, source);
    }
    built_from_iterators(report, scope.py());
    Ok(())
}

/// Prints the lines `SOURCE.NAME`. Each call gets a fresh object of type `T`.
struct Methods<'a, 'py> {
    report: &'a Report<'py>,
    scope: &'a Bound<'py, PyDict>,
    source: &'a str,
}

impl<'py> Methods<'_, 'py> {
    fn line<T: PyTypeCheck>(&self, name: &str, call: impl FnOnce(Bound<'py, T>) -> PyResult<String>) {
        self.report.line(&format!("{}.{name}", self.source), || call(eval(self.scope, self.source)?.cast_into::<T>()?));
    }
}

/// Wraps a `method` that changes the object, and shows the object afterwards.
fn changed<'py, T>(
    method: impl FnOnce(&Bound<'py, T>) -> PyResult<()>,
) -> impl FnOnce(Bound<'py, T>) -> PyResult<String> {
    |object| {
        method(&object)?;
        shown(object.as_any())
    }
}

fn texts<'py>(items: impl Iterator<Item = Bound<'py, PyAny>>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

fn dicts(report: &Report<'_>, scope: &Bound<'_, PyDict>, source: &str) {
    let methods = Methods { report, scope, source };
    let line = |name: &str, call: &dyn Fn(Bound<'_, PyDict>) -> PyResult<String>| methods.line(name, call);
    line("len", &|dict| Ok(format!("{} {}", dict.len(), dict.is_empty())));
    for key in ["'a'", "1", "[]", "NoHash()", "NoEq()", "None"] {
        let key = &|| eval(scope, key);
        let name =
            |method: &str| format!("{method} {}", key().map(|key| key.get_type().to_string()).unwrap_or_default());
        line(&name("get_item"), &|dict| Ok(format!("{:?}", dict.get_item(key()?)?.map(|value| value.to_string()))));
        line(&name("contains"), &|dict| Ok(dict.contains(key()?)?.to_string()));
        line(&name("as_any get_item"), &|dict| shown(&dict.as_any().get_item(key()?)?));
        methods.line(&name("del_item"), changed(|dict: &Bound<'_, PyDict>| dict.del_item(key()?)));
        methods.line(&name("set_item"), changed(|dict: &Bound<'_, PyDict>| dict.set_item(key()?, 9)));
    }
    line("keys", &|dict| shown(dict.keys().as_any()));
    line("values", &|dict| shown(dict.values().as_any()));
    line("items", &|dict| shown(dict.items().as_any()));
    line("iter", &|dict| Ok(dict.iter().map(|(key, value)| format!("{key}: {value}, ")).collect()));
    line("copy", &|dict| shown(dict.copy()?.as_any()));
    line("into_mapping", &|dict| shown(dict.into_mapping().keys()?.as_any()));
    methods.line(
        "clear",
        changed(|dict: &Bound<'_, PyDict>| {
            dict.clear();
            Ok(())
        }),
    );
    let other = || eval(scope, "{'a': 9, 'z': 1}")?.cast_into::<PyMapping>().map_err(PyErr::from);
    methods.line("update", changed(|dict: &Bound<'_, PyDict>| dict.update(&other()?)));
    methods.line("update_if_missing", changed(|dict: &Bound<'_, PyDict>| dict.update_if_missing(&other()?)));
    methods.line(
        "iter, adding",
        changed(|dict: &Bound<'_, PyDict>| dict.iter().try_for_each(|(key, _)| dict.set_item((key, 1), 2))),
    );
    methods.line(
        "iter, deleting",
        changed(|dict: &Bound<'_, PyDict>| dict.iter().try_for_each(|(key, _)| dict.del_item(key))),
    );
    methods.line(
        "iter, clearing",
        changed(|dict: &Bound<'_, PyDict>| {
            dict.iter().for_each(|_| dict.clear());
            Ok(())
        }),
    );
    methods.line("locked_for_each", changed(|dict: &Bound<'_, PyDict>| dict.locked_for_each(|_, _| Ok(()))));
}

fn lists(report: &Report<'_>, scope: &Bound<'_, PyDict>, source: &str) {
    let methods = Methods { report, scope, source };
    let line = |name: &str, call: &dyn Fn(Bound<'_, PyList>) -> PyResult<String>| methods.line(name, call);
    line("len", &|list| Ok(format!("{} {}", list.len(), list.is_empty())));
    for index in [0, 1, 5, usize::MAX] {
        let after = index.saturating_add(1);
        let values = || eval(scope, "[7, 8]");
        line(&format!("get_item {index}"), &|list| shown(&list.get_item(index)?));
        line(&format!("get_slice {index}"), &|list| shown(list.get_slice(index, after).as_any()));
        let change = |name: &str, method: &dyn Fn(&Bound<'_, PyList>) -> PyResult<()>| {
            methods.line(&format!("{name} {index}"), changed(method));
        };
        change("set_item", &|list| list.set_item(index, 9));
        change("del_item", &|list| list.del_item(index));
        change("insert", &|list| list.insert(index, 9));
        change("set_slice", &|list| list.set_slice(index, after, &values()?));
        change("del_slice", &|list| list.del_slice(0, index));
    }
    methods
        .line("set_slice of no sequence", changed(|list: &Bound<'_, PyList>| list.set_slice(0, 1, &eval(scope, "5")?)));
    methods.line("append", changed(|list: &Bound<'_, PyList>| list.append(4)));
    methods.line("reverse", changed(|list: &Bound<'_, PyList>| list.reverse()));
    methods.line("sort", changed(|list: &Bound<'_, PyList>| list.sort()));
    line("contains", &|list| Ok(format!("{} {}", list.contains(1)?, list.contains("zz")?)));
    line("index 1", &|list| Ok(list.index(1)?.to_string()));
    line("index 'zz'", &|list| Ok(list.index("zz")?.to_string()));
    line("iter", &|list| Ok(texts(list.iter())));
    line("iter, reversed", &|list| Ok(texts(list.iter().rev())));
    line("iter, nth", &|list| {
        Ok(format!("{:?} {}", list.iter().nth(1).map(|item| item.to_string()), list.iter().len()))
    });
    line("iter, adding", &|list| {
        list.iter().take(10).try_for_each(|item| list.append(item))?;
        shown(list.as_any())
    });
    methods.line("iter, deleting", changed(|list: &Bound<'_, PyList>| list.iter().try_for_each(|_| list.del_item(0))));
    line("iter, try_fold", &|list| {
        Ok(list.iter().try_fold(0, |sum, item| item.extract::<i64>().map(|item| sum + item))?.to_string())
    });
    line("to_tuple", &|list| shown(list.to_tuple().as_any()));
    line("extract", &|list| Ok(format!("{:?}", list.extract::<Vec<i32>>()?)));
}

fn tuples(report: &Report<'_>, scope: &Bound<'_, PyDict>, source: &str) {
    let methods = Methods { report, scope, source };
    let line = |name: &str, call: &dyn Fn(Bound<'_, PyTuple>) -> PyResult<String>| methods.line(name, call);
    line("len", &|tuple| Ok(format!("{} {} {}", tuple.len(), tuple.is_empty(), tuple.as_slice().len())));
    for index in [0, 1, 5, usize::MAX] {
        line(&format!("get_item {index}"), &|tuple| shown(&tuple.get_item(index)?));
        line(&format!("get_borrowed_item {index}"), &|tuple| shown(&tuple.get_borrowed_item(index)?.to_owned()));
        line(&format!("get_slice 0 {index}"), &|tuple| shown(tuple.get_slice(0, index).as_any()));
        line(&format!("get_slice {index} 2"), &|tuple| shown(tuple.get_slice(index, 2).as_any()));
    }
    line("iter", &|tuple| Ok(texts(tuple.iter())));
    line("iter_borrowed", &|tuple| Ok(texts(tuple.iter_borrowed().rev().map(|item| item.to_owned()))));
    line("contains", &|tuple| Ok(format!("{} {}", tuple.contains(1)?, tuple.contains("zz")?)));
    line("index", &|tuple| Ok(tuple.index(2)?.to_string()));
    line("to_list", &|tuple| shown(tuple.to_list().as_any()));
    line("extract two", &|tuple| Ok(format!("{:?}", tuple.extract::<(i32, i32)>()?)));
    line("extract three", &|tuple| Ok(format!("{:?}", tuple.extract::<(i32, i32, String)>()?)));
}

fn sets(report: &Report<'_>, scope: &Bound<'_, PyDict>, source: &str) {
    let methods = Methods { report, scope, source };
    let line = |name: &str, call: &dyn Fn(Bound<'_, PySet>) -> PyResult<String>| methods.line(name, call);
    line("len", &|set| Ok(format!("{} {}", set.len(), set.is_empty())));
    for item in ["1", "[]", "NoHash()", "NoEq()", "set()"] {
        let value = &|| eval(scope, item);
        line(&format!("contains {item}"), &|set| Ok(set.contains(value()?)?.to_string()));
        line(&format!("discard {item}"), &|set| Ok(format!("{} {}", set.discard(value()?)?, set.len())));
        line(&format!("add {item}"), &|set| {
            set.add(value()?)?;
            Ok(set.len().to_string())
        });
    }
    line("iter", &|set| Ok(format!("{} {}", set.iter().len(), texts(set.iter()))));
    line("pop", &|set| Ok(format!("{:?}", set.pop().map(|item| item.to_string()))));
    methods.line("iter, adding", changed(|set: &Bound<'_, PySet>| set.iter().try_for_each(|item| set.add((item, 1)))));
    methods.line(
        "clear",
        changed(|set: &Bound<'_, PySet>| {
            set.clear();
            Ok(())
        }),
    );
}

fn sequences(report: &Report<'_>, scope: &Bound<'_, PyDict>, source: &str) {
    let methods = Methods { report, scope, source };
    let line = |name: &str, call: &dyn Fn(Bound<'_, PySequence>) -> PyResult<String>| {
        methods.line(&format!("as sequence.{name}"), call);
    };
    let other = |text| eval(scope, text)?.cast_into::<PySequence>().map_err(PyErr::from);
    line("len", &|sequence| Ok(sequence.len()?.to_string()));
    line("get_item 0", &|sequence| shown(&sequence.get_item(0)?));
    line("get_item 9", &|sequence| shown(&sequence.get_item(9)?));
    line("get_slice", &|sequence| shown(sequence.get_slice(1, 99)?.as_any()));
    line("concat list", &|sequence| shown(sequence.concat(&other("[7]")?)?.as_any()));
    line("concat tuple", &|sequence| shown(sequence.concat(&other("(7,)")?)?.as_any()));
    line("concat itself", &|sequence| shown(sequence.concat(&sequence)?.as_any()));
    line("repeat", &|sequence| shown(sequence.repeat(2)?.as_any()));
    line("in_place_concat", &|sequence| shown(sequence.in_place_concat(&other("[7]")?)?.as_any()));
    line("in_place_repeat", &|sequence| shown(sequence.in_place_repeat(2)?.as_any()));
    line("count", &|sequence| Ok(sequence.count(1)?.to_string()));
    line("index", &|sequence| Ok(sequence.index(2)?.to_string()));
    line("contains", &|sequence| Ok(sequence.contains("b")?.to_string()));
    line("to_list", &|sequence| shown(sequence.to_list()?.as_any()));
    line("to_tuple", &|sequence| shown(sequence.to_tuple()?.as_any()));
    let change = |name: &str, method: &dyn Fn(&Bound<'_, PySequence>) -> PyResult<()>| {
        methods.line(&format!("as sequence.{name}"), changed(method));
    };
    change("set_item", &|sequence| sequence.set_item(0, 5));
    change("set_item past the end", &|sequence| sequence.set_item(9, 5));
    change("set_slice", &|sequence| sequence.set_slice(0, 1, &eval(scope, "[8, 9]")?));
    change("del_item", &|sequence| sequence.del_item(0));
    change("del_slice", &|sequence| sequence.del_slice(0, 1));
}

fn mappings(report: &Report<'_>, scope: &Bound<'_, PyDict>, source: &str) {
    let methods = Methods { report, scope, source };
    let line = |name: &str, call: &dyn Fn(Bound<'_, PyMapping>) -> PyResult<String>| {
        methods.line(&format!("as mapping.{name}"), call);
    };
    line("len", &|mapping| Ok(mapping.len()?.to_string()));
    line("contains", &|mapping| Ok(mapping.contains("a")?.to_string()));
    line("contains a list", &|mapping| Ok(mapping.contains(PyList::empty(mapping.py()))?.to_string()));
    line("get_item", &|mapping| shown(&mapping.get_item("a")?));
    line("get_item, missing", &|mapping| shown(&mapping.get_item("zz")?));
    line("keys", &|mapping| shown(mapping.keys()?.as_any()));
    line("values", &|mapping| shown(mapping.values()?.as_any()));
    line("items", &|mapping| shown(mapping.items()?.as_any()));
    let change = |name: &str, method: &dyn Fn(&Bound<'_, PyMapping>) -> PyResult<()>| {
        methods.line(&format!("as mapping.{name}"), changed(method));
    };
    change("set_item", &|mapping| mapping.set_item("k", 5));
    change("del_item", &|mapping| mapping.del_item("a"));
    change("del_item, missing", &|mapping| mapping.del_item("k"));
}

/// Yields the number one `items` times, but claims to yield `claimed` items.
struct Liar {
    items: usize,
    claimed: usize,
}

impl Iterator for Liar {
    type Item = i32;

    fn next(&mut self) -> Option<i32> {
        self.items = self.items.checked_sub(1)?;
        Some(1)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.claimed, Some(self.claimed))
    }
}

impl ExactSizeIterator for Liar {}

fn built_from_iterators(report: &Report<'_>, py: Python<'_>) {
    for (items, claimed) in [(3, 5), (3, 1)] {
        report.line(&format!("PyList::new of {items} as {claimed}"), || {
            shown(PyList::new(py, Liar { items, claimed })?.as_any())
        });
        report.line(&format!("PyTuple::new of {items} as {claimed}"), || {
            shown(PyTuple::new(py, Liar { items, claimed })?.as_any())
        });
        report.line(&format!("PySet::new of {items} as {claimed}"), || {
            shown(PySet::new(py, Liar { items, claimed })?.as_any())
        });
    }
    report.line("PySet::new of lists", || shown(PySet::new(py, [vec![1]])?.as_any()));
    report.line("PyFrozenSet::new", || shown(PyFrozenSet::new(py, [1, 1, 2])?.as_any()));
    report.line("PyFrozenSet::new of lists", || shown(PyFrozenSet::new(py, [vec![1]])?.as_any()));
    for source in ["[('a', 1), (2, 3)]", "[('a', 1, 2)]", "5", "[5]", "[([], 1)]"] {
        report.line(&format!("PyDict::from_sequence {source}"), || {
            shown(PyDict::from_sequence(&eval(&PyDict::new(py), source)?)?.as_any())
        });
    }
}
