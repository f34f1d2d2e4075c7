//! Strings and bytes.

use std::hint::black_box;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use rustpython_vm::builtins::{PyBytes as VmBytes, PyStr as VmStr};
use rustpython_vm::{PyObjectRef, VirtualMachine};

use crate::pair::{VmResult, pairs};

pairs! {
    text:

    str:
        |py| {} PyString::new(py, black_box("some text")),
        |vm| {} vm.ctx.new_str(black_box("some text"));
    str_value:
        |py| { let text = PyString::new(py, "some text"); } black_box(&text).to_str()?.len(),
        |vm| { let text = vm.ctx.new_str("some text"); } black_box(&text).to_str().map(str::len);
    string:
        |py| { let text = PyString::new(py, "some text").into_any(); } black_box(&text).extract::<String>()?,
        |vm| { let text: PyObjectRef = vm.ctx.new_str("some text").into(); }
            black_box(&text).downcast_ref::<VmStr>().and_then(|text| text.to_str()).map(str::to_owned);
    bytes:
        |py| {} PyBytes::new(py, black_box(b"some bytes")),
        |vm| {} vm.ctx.new_bytes(black_box(b"some bytes").to_vec());
    bytes_value:
        |py| { let bytes = PyBytes::new(py, b"some bytes"); } black_box(&bytes).as_bytes().len(),
        |vm| { let bytes = vm.ctx.new_bytes(b"some bytes".to_vec()); } black_box(&bytes).as_bytes().len();
    slice:
        |py| { let bytes = PyBytes::new(py, b"some bytes").into_any(); } black_box(&bytes).extract::<&[u8]>()?.len(),
        |vm| { let bytes: PyObjectRef = vm.ctx.new_bytes(b"some bytes".to_vec()).into(); }
            black_box(&bytes).downcast_ref::<VmBytes>().map(|bytes| bytes.as_bytes().len());
}
