//! `str`. The VM stores it as WTF-8: UTF-8 in which a lone surrogate has three bytes.

use core::ffi::CStr;
use std::borrow::Cow;

use pyo3_backend::{Attached, Outcome, Owned, Ref, StrOps, kind};
use rustpython_vm::builtins::PyStr;
use rustpython_vm::function::{FuncArgs, KwArgs};
use rustpython_vm::{AsObject, Context, Py, PyObjectRef};

use crate::convert::{object, own_as, own_outcome_as, payload};
use crate::vm::vm;
use crate::{Raised, RustPython};

mod terminated;

use self::terminated::terminated;

/// Returns the error for a string with lone surrogates. Like CPython, it names the first run of them; the VM's own
/// conversion names only the first one.
#[cold]
fn surrogates_not_allowed<'py>(py: Attached<'py, RustPython>, string: &Py<PyStr>) -> Raised<'py> {
    let lone = || string.as_wtf8().code_points().map(|code| code.to_char().is_none());
    let start = lone().position(|lone| lone).expect("there is one, or the text would be UTF-8");
    let end = start + lone().skip(start).take_while(|lone| *lone).count();
    let (vm, text) = (vm(py), |text: &str| Context::genesis().new_str(text));
    let reason = text("surrogates not allowed");
    Raised::new(py, vm.new_unicode_encode_error(text("utf-8"), string.to_owned(), start, end, reason))
}

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
        string.to_str().ok_or_else(|| surrogates_not_allowed(py, string))
    }

    fn str_to_c_str<'a, 'py>(
        py: Attached<'py, Self>,
        string: Ref<'a, Self, kind::Str>,
    ) -> Outcome<'py, Self, &'a CStr> {
        terminated(payload(string), Self::str_to_utf8(py, string)?)
            .map_err(|error| Raised::new(py, vm(py).new_value_error(error.to_string())))
    }

    fn str_encode_surrogates<'py>(
        py: Attached<'py, Self>,
        string: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Bytes>> {
        Ok(own_as(py, Context::genesis().new_bytes(payload(string).as_bytes().to_vec())))
    }

    fn str_to_lossy<'a>(_py: Attached<'_, Self>, string: Ref<'a, Self, kind::Str>) -> Cow<'a, str> {
        // Like PyO3, this replaces each byte of a lone surrogate, and not the surrogate as a whole.
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
