//! Rust code that creates, borrows and converts its own classes.

use std::hint::black_box;

use pyo3::prelude::*;
use pyo3::{PyClassInitializer, PyTypeInfo};

use crate::kinds::{Base, Color, Extended, Fixed, Shape};
use crate::program::benches;

fn fixed() -> Fixed {
    Fixed { number: 7, text: String::new() }
}

fn base(py: Python<'_>) -> PyResult<Bound<'_, Base>> {
    Bound::new(py, Base { number: 7 })
}

fn extended(py: Python<'_>) -> PyResult<Bound<'_, Extended>> {
    Bound::new(py, PyClassInitializer::from(Base { number: 1 }).add_subclass(Extended { more: 2 }))
}

benches! {
    "cl"

    py_new |py| {} => Py::new(py, Base { number: 7 })?.drop_ref(py);
    bound_new |py| {} => Bound::new(py, black_box(Base { number: 7 }))?;
    bound_new_extended |py| {} => extended(py)?;
    into_pyobject |py| {} => black_box(fixed()).into_pyobject(py)?;
    type_object |py| {} => black_box(py).get_type::<Base>();
    type_object_raw |py| {} => Base::type_object_raw(black_box(py)) as usize;
    borrow |py| { let base = base(py)?; } => black_box(&base).borrow().number;
    borrow_mut |py| { let base = base(py)?; } => black_box(&base).borrow_mut().number = 8;
    try_borrow |py| { let base = base(py)?; } => black_box(&base).try_borrow().is_ok();
    try_borrow_fails |py| { let base = base(py)?; let _held = base.borrow_mut(); } => black_box(&base).try_borrow().is_err();
    py_borrow |py| { let base = base(py)?.unbind(); } => black_box(&base).borrow(py).number;
    get |py| { let fixed = Bound::new(py, fixed())?; } => black_box(&fixed).get().number;
    py_get |py| { let fixed = Bound::new(py, fixed())?.unbind(); } => black_box(&fixed).get().number;
    as_super |py| { let extended = extended(py)?; } => { let extended = extended.borrow(); extended.more + extended.as_super().number };
    into_super |py| { let extended = extended(py)?; } => black_box(&extended).clone().into_super().borrow().number;
    cast |py| { let base = base(py)?.into_any(); } => black_box(&base).cast::<Base>()?;
    cast_extended |py| { let base = extended(py)?.into_any(); } => black_box(&base).cast::<Base>()?;
    cast_fails |py| { let base = base(py)?.into_any(); } => black_box(&base).cast::<Extended>().is_err();
    extract_pyref |py| { let base = base(py)?.into_any(); } => black_box(&base).extract::<PyRef<'_, Base>>()?.number;
    extract_pyref_mut |py| { let base = base(py)?.into_any(); } => black_box(&base).extract::<PyRefMut<'_, Base>>()?.number;
    extract_clone |py| { let fixed = Bound::new(py, fixed())?.into_any(); } => black_box(&fixed).extract::<Fixed>()?;
    extract_py |py| { let fixed = Bound::new(py, fixed())?.into_any(); } => black_box(&fixed).extract::<Py<Fixed>>()?.drop_ref(py);
    extract_fails |py| { let base = base(py)?.into_any(); } => black_box(&base).extract::<PyRef<'_, Extended>>().is_err();
    enum_into |py| {} => black_box(Color::Green).into_pyobject(py)?;
    enum_from |py| { let green = Color::Green.into_pyobject(py)?.into_any(); } => black_box(&green).extract::<Color>()?;
    complex_enum_into |py| {} => black_box(Shape::Circle { radius: 1.5 }).into_pyobject(py)?;
    vec_into |py| {} => vec![fixed(), fixed(), fixed()].into_pyobject(py)?;
    getattr_field |py| { let fixed = Bound::new(py, fixed())?; } => fixed.getattr(pyo3::intern!(py, "number"))?;
    call_method |py| { let base = base(py)?; } => base.call_method0(pyo3::intern!(py, "number"))?;
}
