//! Text. The VM stores it as WTF-8: UTF-8 in which a lone surrogate is three bytes.

use core::ffi::CStr;
use std::borrow::Cow;

use pyo3_backend::{Attached, Outcome, Owned, Ref, StrOps, kind};
use rustpython_vm::function::{FuncArgs, KwArgs};
use rustpython_vm::{AsObject, Context, PyObjectRef};

use crate::RustPython;
use crate::convert::{object, outcome, own_as, own_outcome_as, payload};
use crate::vm::vm;

impl StrOps for RustPython {
    #[inline]
    fn str_from_utf8<'py>(py: Attached<'py, Self>, text: &str) -> Owned<'py, Self, kind::Str> {
        own_as(py, Context::genesis().new_str(text))
    }

    fn str_intern<'py>(py: Attached<'py, Self>, text: &str) -> Owned<'py, Self, kind::Str> {
        own_as(py, Context::genesis().intern_str(text).to_owned())
    }

    #[inline]
    fn str_to_utf8<'a, 'py>(py: Attached<'py, Self>, string: Ref<'a, Self, kind::Str>) -> Outcome<'py, Self, &'a str> {
        let string = payload(string);
        match string.to_str() {
            Some(text) => Ok(text),
            // Finds the surrogate, and raises what CPython raises.
            None => outcome(py, string.try_as_utf8(vm(py)).map(|text| text.as_str())),
        }
    }

    fn str_encode_surrogates<'py>(
        py: Attached<'py, Self>,
        string: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Bytes>> {
        Ok(own_as(py, Context::genesis().new_bytes(payload(string).as_bytes().to_vec())))
    }

    fn str_to_lossy<'a>(_py: Attached<'_, Self>, string: Ref<'a, Self, kind::Str>) -> Cow<'a, str> {
        // As PyO3 counts: each byte of a lone surrogate is replaced, not the surrogate as one.
        String::from_utf8_lossy(payload(string).as_bytes())
    }

    fn str_decode<'py>(
        py: Attached<'py, Self>,
        source: Ref<'_, Self>,
        encoding: Option<&CStr>,
        errors: Option<&CStr>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>> {
        let vm = vm(py);
        // `str(source, encoding, errors)` is the same operation under another name.
        let mut arguments: Vec<PyObjectRef> = vec![object(source).to_owned()];
        let encoding = encoding.map_or(Cow::Borrowed("utf-8"), CStr::to_string_lossy);
        arguments.push(vm.ctx.new_str(encoding).into());
        if let Some(errors) = errors {
            arguments.push(vm.ctx.new_str(errors.to_string_lossy()).into());
        }
        let decoded = vm.ctx.types.str_type.as_object().call_with_args(FuncArgs::new(arguments, KwArgs::default()), vm);
        own_outcome_as(py, decoded.and_then(|text| text.try_downcast(vm)))
    }

    #[inline]
    fn str_equals(_py: Attached<'_, Self>, string: Ref<'_, Self, kind::Str>, text: &str) -> bool {
        payload(string).as_bytes() == text.as_bytes()
    }
}
