//! Tests tables and columns from Python.

use std::ffi::{CStr, CString};
use std::path::Path;

use columns::columns;
use pyo3::exceptions::{PyIndexError, PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Runs `work` with a scope that contains the module and a small table.
fn with_scope<R>(work: impl FnOnce(&Bound<'_, PyDict>) -> R) -> R {
    Python::initialize();
    Python::attach(|py| {
        let module = pyo3::wrap_pymodule!(columns)(py);
        let scope = PyDict::new(py);
        scope.update(module.bind(py).dict().as_mapping()).expect("a module's names go into a dict");
        let table = c"t = Table(kind=['a', 'b', 'a'], size=[1, 2, 3], price=[0.5, 1.5, 2.5])";
        py.run(table, Some(&scope), None).expect("a table is made");
        work(&scope)
    })
}

fn holds(scope: &Bound<'_, PyDict>, condition: &CStr) {
    let py = scope.py();
    match py.eval(condition, Some(scope), None).and_then(|value| value.is_truthy()) {
        Ok(true) => {}
        Ok(false) => panic!("not true: {}", condition.to_string_lossy()),
        Err(error) => panic!("{}: {error}", condition.to_string_lossy()),
    }
}

fn raises<E: pyo3::PyTypeInfo>(scope: &Bound<'_, PyDict>, code: &CStr) {
    let py = scope.py();
    let error = py.eval(code, Some(scope), None).expect_err("an exception is raised");
    assert!(error.is_instance_of::<E>(py), "{}: {error}", code.to_string_lossy());
}

#[test]
fn columns_have_one_type() {
    with_scope(|scope| {
        holds(scope, c"t['size'].to_list() == [1, 2, 3] and type(t['size'][0]) is int");
        holds(scope, c"t['price'].to_list() == [0.5, 1.5, 2.5] and type(t['price'][0]) is float");
        holds(scope, c"t['kind'].to_list() == ['a', 'b', 'a']");
        holds(scope, c"repr(Column([True, False])) == 'Column([True, False])'");
        raises::<PyTypeError>(scope, c"Column([1, 'a'])");
        raises::<PyIndexError>(scope, c"t['size'][3]");
        raises::<PyKeyError>(scope, c"t['weight']");
    });
}

#[test]
fn columns_compute() {
    with_scope(|scope| {
        holds(scope, c"(t['size'] * t['price']).to_list() == [0.5, 3.0, 7.5]");
        holds(scope, c"(t['size'] + 1).sum() == 9 and (t['size'] - 1).mean() == 1 and (t['size'] / 2)[0] == 0.5");
        holds(scope, c"(t['kind'] == 'a').to_list() == [True, False, True]");
        holds(scope, c"(t['price'] >= 1.5).to_list() == [False, True, True] and (t['kind'] == 'a').sum() == 2");
        raises::<PyTypeError>(scope, c"t['kind'] + 1");
        raises::<PyValueError>(scope, c"t['size'] + Column([1])");
        raises::<PyValueError>(scope, c"Column([]).mean()");
    });
}

#[test]
fn tables_select_and_group() {
    with_scope(|scope| {
        holds(scope, c"t.names == ['kind', 'size', 'price'] and len(t) == 3 and 'size' in t and 'weight' not in t");
        holds(scope, c"t.filter(t['size'] > 1)['kind'].to_list() == ['b', 'a']");
        holds(scope, c"t.sums('size', by='kind') == {'a': 4.0, 'b': 2.0}");
        holds(scope, c"repr(t.with_column('size', t['size'] * 2)) == '<Table of 3 rows: kind, price, size>'");
        holds(scope, c"len(Table()) == 0");
        raises::<PyValueError>(scope, c"Table(a=[1], b=[1, 2])");
        raises::<PyTypeError>(scope, c"t.filter(t['size'])");
        raises::<PyTypeError>(scope, c"t.sums('kind', by='kind')");
    });
}

#[test]
fn the_example_runs() {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    with_scope(|scope| {
        let py = scope.py();
        let run = || {
            let module = pyo3::wrap_pymodule!(columns)(py);
            let sys = py.import("sys")?;
            sys.getattr("modules")?.set_item("columns", module)?;
            sys.setattr("argv", ("rainfall.py", scripts.join("rainfall.csv")))?;
            let output = py.import("io")?.call_method0("StringIO")?;
            let stdout = sys.getattr("stdout")?;
            sys.setattr("stdout", &output)?;
            let source = CString::new(std::fs::read(scripts.join("rainfall.py"))?)?;
            let ended = py.run(&source, Some(scope), None);
            sys.setattr("stdout", stdout)?;
            ended?;
            output.call_method0("getvalue")?.extract::<String>()
        };
        let expected = "\
<Table of 6 rows: station, month, rain>
4 of 6 months had more than 10 litres, 33.31 on average
Alder: 3.56
Birch, north: 1.68
Cedar: 0.30
";
        assert_eq!(run().unwrap_or_else(|error: PyErr| panic!("{error}")), expected);
    });
}
