//! Extensions of `parking_lot::Once`: threads detach while they wait. Feature `parking_lot`; the feature `lock_api`
//! extends its locks.

use parking_lot::{Once, OnceState};

use super::locks::{OnceExt, SameThread, attach_again, sealed};
use crate::Python;

impl sealed::Sealed for Once {}

impl OnceExt for Once {
    type OnceState = OnceState;

    fn call_once_py_attached(&self, py: Python<'_>, f: impl FnOnce()) {
        if self.state().done() {
            return;
        }
        let f = SameThread(f);
        py.detach(|| self.call_once(|| attach_again(|| f.into_inner()())));
    }

    fn call_once_force_py_attached(&self, py: Python<'_>, f: impl FnOnce(&OnceState)) {
        if self.state().done() {
            return;
        }
        let f = SameThread(f);
        py.detach(|| self.call_once_force(|state| attach_again(|| f.into_inner()(&state))));
    }
}
