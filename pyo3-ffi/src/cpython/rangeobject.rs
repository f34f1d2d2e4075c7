//! `rangeobject.h`: `range`.

use super::*;

type_checks! { PyRange_Check: exact PyRange_Type; }

capi_data! {
    static mut PyRange_Type: PyTypeObject;
    static mut PyRangeIter_Type: PyTypeObject;
    static mut PyLongRangeIter_Type: PyTypeObject;
}
