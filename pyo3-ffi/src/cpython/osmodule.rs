//! `osmodule.h`: paths.

use super::*;

capi! {
    fn PyOS_FSPath(path: *mut PyObject) -> *mut PyObject;
}
