//! The classes of the module `datetime`, for casts.

imported_types! {
    /// Python's `datetime.date`.
    PyDate = "datetime"."date";
    /// Python's `datetime.datetime`.
    PyDateTime = "datetime"."datetime";
    /// Python's `datetime.time`.
    PyTime = "datetime"."time";
    /// Python's `datetime.timedelta`.
    PyDelta = "datetime"."timedelta";
    /// Python's `datetime.tzinfo`.
    PyTzInfo = "datetime"."tzinfo";
}
