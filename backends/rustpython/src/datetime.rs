//! The module `datetime`, which RustPython implements in Python. Its types are imported once.

use std::sync::OnceLock;

use pyo3_backend::{
    Attached, DateField, DateTimeOps, DateTimeType, DeltaField, HasDate, HasTime, Outcome, Owned, Ref, TimeField, kind,
};
use rustpython_vm::builtins::{PyType, PyTypeRef};
use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

use crate::RustPython;
use crate::convert::{object, outcome, own, own_as};
use crate::vm::vm;

const TYPES: [DateTimeType; 5] =
    [DateTimeType::Date, DateTimeType::DateTime, DateTimeType::Time, DateTimeType::Delta, DateTimeType::TzInfo];

/// Returns a type of the module, which the first call imports.
fn class(vm: &VirtualMachine, which: DateTimeType) -> PyResult<&'static Py<PyType>> {
    static CLASSES: OnceLock<[PyTypeRef; TYPES.len()]> = OnceLock::new();
    let classes = match CLASSES.get() {
        Some(classes) => classes,
        None => {
            // Importing runs Python code, so it must not be inside `get_or_init`. Two threads find the same types.
            let module = vm.import("datetime", 0)?;
            let mut found = Vec::with_capacity(TYPES.len());
            for which in TYPES {
                let class = module.get_attr(which.name(), vm)?;
                let is_no_type = |_| vm.new_type_error(format!("datetime.{} is not a type", which.name()));
                found.push(class.downcast::<PyType>().map_err(is_no_type)?);
            }
            let found: [PyTypeRef; TYPES.len()] = found.try_into().expect("one for each");
            CLASSES.get_or_init(|| found)
        }
    };
    Ok(&classes[which as usize])
}

/// Returns an attribute as defined by the type itself, even if a subclass overrides it.
fn member(vm: &VirtualMachine, which: DateTimeType, name: &'static str, time: Ref<'_, RustPython>) -> PyObjectRef {
    let read = || {
        let descriptor = class(vm, which)?.get_attr(vm.ctx.intern_str(name));
        let descriptor = descriptor.ok_or_else(|| vm.new_attribute_error(name.to_owned()))?;
        vm.call_if_get_descriptor(&descriptor, object(time).to_owned())
    };
    read().expect("the type has this attribute, and its instances have a value for it")
}

/// Returns an attribute that is a number.
fn number(vm: &VirtualMachine, which: DateTimeType, name: &'static str, time: Ref<'_, RustPython>) -> i32 {
    member(vm, which, name, time).try_to_value(vm).expect("the type sees to it that it is in range")
}

impl DateTimeOps for RustPython {
    fn datetime_type<'py>(
        py: Attached<'py, Self>,
        which: DateTimeType,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Type>> {
        Ok(own_as(py, outcome(py, class(vm(py), which))?.to_owned()))
    }

    fn datetime_check(py: Attached<'_, Self>, handle: Ref<'_, Self>, which: DateTimeType) -> bool {
        class(vm(py), which).is_ok_and(|class| object(handle).fast_isinstance(class))
    }

    fn date_field<K: HasDate>(py: Attached<'_, Self>, date: Ref<'_, Self, K>, field: DateField) -> i32 {
        number(vm(py), K::TYPE, field.name(), date.any())
    }

    fn time_field<K: HasTime>(py: Attached<'_, Self>, time: Ref<'_, Self, K>, field: TimeField) -> i32 {
        number(vm(py), K::TYPE, field.name(), time.any())
    }

    fn delta_field(py: Attached<'_, Self>, delta: Ref<'_, Self, kind::Delta>, field: DeltaField) -> i32 {
        number(vm(py), DateTimeType::Delta, field.name(), delta.any())
    }

    fn time_zone<'py, K: HasTime>(
        py: Attached<'py, Self>,
        time: Ref<'_, Self, K>,
    ) -> Option<Owned<'py, Self, kind::TzInfo>> {
        let vm = vm(py);
        let zone = member(vm, K::TYPE, "tzinfo", time.any());
        if vm.is_none(&zone) {
            return None;
        }
        Some(own(py, zone).cast().unwrap_or_else(|_| panic!("a time zone is a `tzinfo`: the constructor sees to it")))
    }
}
