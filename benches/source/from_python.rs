//! Python code that calls Rust.

use crate::program::Bench;

const VECTOR: &str = "v = speed.Vector(3, 4)";
const LIST: &str = "f = speed.sum_list; items = list(range(1000))";

/// All benchmarks of this file. The first one is the bare loop, whose cost is part of all others.
pub const BENCHES: &[Bench] = &[
    Bench::small("py_loop", "", "pass"),
    Bench::small("py_call_no_args", "f = speed.no_args", "f()"),
    Bench::small("py_call_three_ints", "f = speed.add3", "f(1, 2, 3)"),
    Bench::small("py_call_object", "f = speed.echo", "f(None)"),
    Bench::small("py_call_str", "f = speed.str_len", "f('hello')"),
    Bench::small("py_call_defaults", "f = speed.default_keywords", "f(1)"),
    Bench::small("py_call_keywords", "f = speed.default_keywords", "f(1, b=5, c=6)"),
    Bench::small("py_call_args_kwargs", "f = speed.variable", "f(1, 2, x=3)"),
    Bench::small("py_call_back", "f = speed.call_back; g = abs", "f(g, 1)"),
    Bench::large("py_sum_list_1000", LIST, "f(items)"),
    Bench::large("py_sum_vec_1000", "f = speed.sum_vec; items = list(range(1000))", "f(items)"),
    Bench::small("py_raise_catch", "f = speed.fail", "try:\n    f()\nexcept ValueError:\n    pass"),
    Bench::small("py_wrong_type", "f = speed.add3", "try:\n    f(1, 2, '3')\nexcept TypeError:\n    pass"),
    Bench::small("py_class_new", "C = speed.Vector", "C(1, 2)"),
    Bench::small("py_class_static", "f = speed.Vector.zero", "f()"),
    Bench::small("py_class_method", VECTOR, "v.touch()"),
    Bench::small("py_class_method_mut", VECTOR, "v.step()"),
    Bench::small("py_class_method_ints", VECTOR, "v.dot(5, 6)"),
    Bench::small("py_class_field_get", VECTOR, "v.x"),
    Bench::small("py_class_field_set", VECTOR, "v.x = 5"),
    Bench::small("py_class_getter", VECTOR, "v.y"),
    Bench::small("py_class_setter", VECTOR, "v.y = 5"),
    Bench::small("py_class_add", VECTOR, "v + v"),
    Bench::small("py_class_eq", VECTOR, "v == v"),
    Bench::small("py_class_len", "v = speed.Vector(3, 4); n = len", "n(v)"),
    Bench::small("py_class_getitem", VECTOR, "v[1]"),
    Bench::small("py_class_call", VECTOR, "v(7)"),
];
