//! Compiling, evaluating and importing.

use core::ffi::CStr;

use pyo3_backend::{Attached, CodeOps, CompileMode, Outcome, Owned, Ref, kind};
use rustpython_vm::builtins::PyDict;
use rustpython_vm::compiler::Mode;
use rustpython_vm::function::ArgMapping;
use rustpython_vm::scope::Scope;
use rustpython_vm::{AsObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::RustPython;
use crate::convert::{object, own_outcome, own_outcome_as, payload};
use crate::vm::vm;

impl CodeOps for RustPython {
    fn code_compile<'py>(
        py: Attached<'py, Self>,
        source: &CStr,
        filename: &CStr,
        mode: CompileMode,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Code>> {
        let vm = vm(py);
        let mode = match mode {
            CompileMode::Eval => Mode::Eval,
            CompileMode::Exec => Mode::Exec,
        };
        let compiled = match source.to_str() {
            Ok(source) => vm
                .compile(source, mode, filename.to_string_lossy())
                .map_err(|error| error.into_pyexception(vm, Some(source))),
            Err(_) => {
                Err(vm.new_exception_msg(vm.ctx.exceptions.syntax_error.to_owned(), "source code is not UTF-8".into()))
            }
        };
        own_outcome_as(py, compiled)
    }

    fn code_eval<'py>(
        py: Attached<'py, Self>,
        code: Ref<'_, Self, kind::Code>,
        globals: Ref<'_, Self, kind::Dict>,
        locals: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self>> {
        let vm = vm(py);
        let globals = payload(globals).to_owned();
        let locals = ArgMapping::new(object(locals).to_owned());
        let scope = scope(Some(locals), globals, vm);
        own_outcome(py, scope.and_then(|scope| vm.run_code_obj(payload(code).to_owned(), scope)))
    }

    fn code_import<'py>(
        py: Attached<'py, Self>,
        name: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Owned<'py, Self>> {
        let vm = vm(py);
        let name = payload(name);
        let import = || {
            // `__import__` returns the topmost package. The module itself is in `sys.modules` then.
            let topmost = vm.import(name, 0)?;
            match modules(vm)?.get_item(name.as_object(), vm) {
                Err(missing) if missing.fast_isinstance(vm.ctx.exceptions.key_error) => Ok(topmost),
                module => module,
            }
        };
        own_outcome(py, import())
    }

    fn code_main_dict<'py>(py: Attached<'py, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Dict>> {
        let vm = vm(py);
        own_outcome_as(py, vm.ensure_main_module().map(|module| module.dict()))
    }
}

/// Returns `sys.modules`.
pub(crate) fn modules(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    vm.sys_module.as_object().get_attr(vm.ctx.intern_str("modules"), vm)
}

/// Creates the scope in which code runs. Adds `__builtins__` to `globals` if it is missing.
pub(crate) fn scope(locals: Option<ArgMapping>, globals: PyRef<PyDict>, vm: &VirtualMachine) -> PyResult<Scope> {
    // The VM's own constructor calls methods of a subclass of `dict`, and panics if they raise.
    if globals.inner_getitem_opt("__builtins__", vm)?.is_none() {
        globals.inner_setitem("__builtins__", vm.builtins.clone().into(), vm)?;
    }
    let locals = locals.unwrap_or_else(|| ArgMapping::from_dict_exact(globals.clone()));
    Ok(Scope::new(Some(locals), globals))
}
