//! Extensions of `parking_lot::Once`: threads detach while they wait. Feature `parking_lot`; the feature `lock_api`
//! extends its locks.

use parking_lot::{Once, OnceState};

use super::locks::{Initializer, OnceExt, sealed};
use crate::Python;

impl sealed::Sealed for Once {}

impl OnceExt for Once {
    type OnceState = OnceState;

    fn call_once_py_attached(&self, py: Python<'_>, f: impl FnOnce()) {
        if self.state().done() {
            return;
        }
        let mut f = Initializer::new(f);
        py.detach(|| self.call_once(|| f.attached(|f| f())));
    }

    fn call_once_force_py_attached(&self, py: Python<'_>, f: impl FnOnce(&OnceState)) {
        if self.state().done() {
            return;
        }
        let mut f = Initializer::new(f);
        py.detach(|| self.call_once_force(|state| f.attached(|f| f(&state))));
    }
}
