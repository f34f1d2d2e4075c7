//! Several threads import one module at once. This needs a process in which nothing has imported the module yet.

use std::ffi::CStr;

use pyo3::prelude::*;

/// Creates modules in a temporary folder. `at_once` runs each function on a thread and returns their results or
/// exceptions.
const HELPERS: &CStr = c"
import sys, tempfile, threading
from pathlib import Path

folder = tempfile.TemporaryDirectory()
sys.path.insert(0, folder.name)

def module(name, *lines):
    (Path(folder.name) / (name + '.py')).write_text('\\n'.join(lines))

def at_once(*functions):
    results, barrier = [], threading.Barrier(len(functions))
    def body(function):
        barrier.wait()
        try:
            results.append(function())
        except BaseException as error:
            results.append(error)
    threads = [threading.Thread(target=body, args=(function,), daemon=True) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), 'an import does not end'
    return results

def importing(statement, value):
    code = compile(statement, '<importing>', 'exec')
    def run():
        scope = {}
        exec(code, scope)
        return eval(value, scope)
    return run
";

fn run(code: &CStr) {
    Python::initialize();
    Python::attach(|py| {
        let scope = pyo3_tests::scope(py);
        pyo3_tests::run(&scope, HELPERS);
        pyo3_tests::run(&scope, code);
        pyo3_tests::run(&scope, c"sys.path.remove(folder.name); folder.cleanup()");
    });
}

#[test]
fn a_slow_module_is_whole_for_every_thread() {
    run(c"
lines = ['import time', 'runs = []', 'runs.append(1)']
for index in range(20):
    lines += [f'name_{index} = {index}', 'time.sleep(0.005)']
statements = ['from {} import last', 'from {} import *', 'import {0}; last = {0}.last']
for round in range(5):
    name = f'slow_{round}'
    module(name, *lines, 'last = 42')
    functions = [importing(statements[index % 3].format(name), 'last') for index in range(12)]
    results = at_once(*functions)
    assert results == [42] * 12, results
    assert sys.modules[name].runs == [1]
");
}

#[test]
fn a_module_that_puts_another_one_in_its_place_is_whole() {
    // If `decimal` is written in Python, it is such a module.
    run(c"
value = 'Decimal(\"1.5\") + 1'
functions = [importing('from decimal import *', value), importing('from decimal import Decimal', value)] * 6
results = at_once(*functions)
assert [str(result) for result in results] == ['2.5'] * 12, results
");
}

#[test]
fn modules_that_import_each_other_do_not_wait_for_ever() {
    run(c"
for round in range(10):
    first, second = f'first_{round}', f'second_{round}'
    for name, other in (first, second), (second, first):
        module(name, 'import time; time.sleep(0.01)', f'import {other}', 'time.sleep(0.01)', 'last = 42')
    # A thread may see one of them in part, as on one thread; afterwards both are whole.
    results = at_once(*(importing(f'import {name}', name) for name in [first, second] * 2))
    assert not [result for result in results if isinstance(result, BaseException)], results
    assert sys.modules[first].last == sys.modules[second].last == 42
");
}
