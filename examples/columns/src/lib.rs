//! Tables of columns for Python: read from CSV, filtered, computed with, grouped.
//!
//! A column is one `Vec` of Rust numbers or strings, so Python has little to do: one call handles a whole column.

mod column;
mod table;

use pyo3::prelude::*;

/// Tables of columns.
#[pymodule]
pub mod columns {
    #[pymodule_export]
    use crate::column::Column;
    #[pymodule_export]
    use crate::table::Table;
}
