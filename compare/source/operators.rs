//! Operators on two objects.

use pyo3::basic::CompareOp;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::eval;
use crate::report::{Report, shown};

/// Expressions that are used as both left and right operands.
const OPERANDS: [&str; 29] = [
    "None",
    "True",
    "3",
    "2**70",
    "1.5",
    "1j",
    "'abc'",
    "b'ab'",
    "bytearray(b'x')",
    "(1, 2)",
    "[1]",
    "{'a': 1}",
    "{1}",
    "frozenset({1})",
    "range(3)",
    "Plain()",
    "Odd(3)",
    "Raises()",
    "I(5)",
    "S('s')",
    "datetime.date(2020, 1, 2)",
    "datetime.timedelta(1)",
    "decimal.Decimal('1.5')",
    "int",
    "len",
    "NotImplemented",
    "collections.Counter('a')",
    "array.array('i', [1])",
    "IE.A",
];

type Operator = for<'py> fn(&Bound<'py, PyAny>, &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>>;

macro_rules! operators {
    ($($method:ident),*) => { &[$((stringify!($method), |left, right| left.$method(right))),*] };
}

const OPERATORS: &[(&str, Operator)] =
    operators![add, sub, mul, div, floor_div, rem, matmul, bitand, bitor, bitxor, divmod];

/// Operators that need much time or memory with large numbers.
const OF_SMALL_NUMBERS: &[(&str, Operator)] = &[
    ("lshift", |left, right| left.lshift(right)),
    ("rshift", |left, right| left.rshift(right)),
    ("pow", |left, right| left.pow(right, left.py().None())),
    ("pow modulo 5", |left, right| left.pow(right, 5)),
];

const COMPARISONS: [CompareOp; 6] =
    [CompareOp::Lt, CompareOp::Le, CompareOp::Eq, CompareOp::Ne, CompareOp::Gt, CompareOp::Ge];

/// Applies all operators to all pairs.
pub fn run(report: &Report<'_>, scope: &Bound<'_, PyDict>) -> PyResult<()> {
    for left in OPERANDS {
        for right in OPERANDS {
            let pair = || Ok::<_, PyErr>((eval(scope, left)?, eval(scope, right)?));
            let small = left != "2**70" && right != "2**70";
            let more = if small { OF_SMALL_NUMBERS } else { &[] };
            for (name, operator) in [OPERATORS, more].into_iter().flatten() {
                report.line(&format!("{name} | {left} | {right}"), || {
                    let (left, right) = pair()?;
                    shown(&operator(&left, &right)?)
                });
            }
            compare(report, &format!("{left} | {right}"), &pair);
        }
    }
    Ok(())
}

fn compare<'py>(
    report: &Report<'py>,
    names: &str,
    pair: &dyn Fn() -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)>,
) {
    let line = |name: &str, call: &dyn Fn(Bound<'py, PyAny>, Bound<'py, PyAny>) -> PyResult<String>| {
        report.line(&format!("{name} | {names}"), || pair().and_then(|(left, right)| call(left, right)));
    };
    for op in COMPARISONS {
        line(&format!("{op:?}"), &|left, right| shown(&left.rich_compare(right, op)?));
    }
    line("compare", &|left, right| Ok(format!("{:?}", left.compare(right)?)));
    line("eq", &|left, right| Ok(left.eq(right)?.to_string()));
    line("contains", &|left, right| Ok(left.contains(right)?.to_string()));
    line("get_item", &|left, right| shown(&left.get_item(right)?));
    line("set_item", &|left, right| {
        left.set_item(right, 1)?;
        shown(&left)
    });
    line("del_item", &|left, right| {
        left.del_item(right)?;
        shown(&left)
    });
}
