//! The module of the example: `import playground`.

use std::collections::BTreeSet;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// A Rust module, compiled to WebAssembly together with Python itself.
#[pymodule]
pub mod playground {
    #[pymodule_export]
    use super::{Life, count_words, primes};
}

/// Returns all prime numbers below `limit`.
#[pyfunction]
fn primes(limit: usize) -> PyResult<Vec<usize>> {
    if limit > 10_000_000 {
        return Err(PyValueError::new_err("limit must be at most 10,000,000"));
    }
    let mut is_composite = vec![false; limit];
    let mut found = Vec::new();
    for number in 2..limit {
        if !is_composite[number] {
            found.push(number);
            (number * number..limit).step_by(number).for_each(|multiple| is_composite[multiple] = true);
        }
    }
    Ok(found)
}

/// Counts the words of `text`, the most frequent first. `key`, if given, maps each word to what is counted.
#[pyfunction]
#[pyo3(signature = (text, key=None))]
fn count_words(text: &str, key: Option<Bound<'_, PyAny>>) -> PyResult<Vec<(String, usize)>> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for word in text.split_whitespace() {
        let word = match &key {
            Some(key) => key.call1((word,))?.extract()?,
            None => word.to_owned(),
        };
        match counts.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => counts.push((word, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| core::cmp::Reverse(*count));
    Ok(counts)
}

/// Conway's Game of Life on an infinite plane.
///
/// In the text, dots and spaces are dead cells; any other character is a living cell.
#[pyclass(module = "playground", subclass, eq, skip_from_py_object)]
#[derive(Clone, PartialEq)]
struct Life {
    cells: BTreeSet<(i32, i32)>,
    /// The number of steps so far.
    #[pyo3(get)]
    age: usize,
}

#[pymethods]
impl Life {
    #[new]
    fn new(text: &str) -> PyResult<Self> {
        let rows = text.lines().zip(0..);
        let cells: BTreeSet<_> = rows
            .flat_map(|(line, y)| line.chars().zip(0..).filter(|(c, _)| !". ".contains(*c)).map(move |(_, x)| (y, x)))
            .collect();
        if cells.is_empty() {
            return Err(PyValueError::new_err("nothing lives there"));
        }
        Ok(Life { cells, age: 0 })
    }

    /// Advances the game by `steps`.
    #[pyo3(signature = (steps=1))]
    fn step(&mut self, steps: usize) {
        for _ in 0..steps {
            let neighbours = |(y, x): (i32, i32)| {
                (-1..=1)
                    .flat_map(move |dy| (-1..=1).map(move |dx| (y + dy, x + dx)))
                    .filter(move |cell| *cell != (y, x))
            };
            let living = |cell| neighbours(cell).filter(|cell| self.cells.contains(cell)).count();
            let near: BTreeSet<_> = self.cells.iter().flat_map(|cell| neighbours(*cell).chain([*cell])).collect();
            let next = near.into_iter().filter(|cell| match living(*cell) {
                2 => self.cells.contains(cell),
                count => count == 3,
            });
            self.cells = next.collect();
            self.age += 1;
        }
    }

    fn __len__(&self) -> usize {
        self.cells.len()
    }

    fn __contains__(&self, cell: (i32, i32)) -> bool {
        self.cells.contains(&cell)
    }

    fn __str__(&self) -> String {
        let (Some(top), Some(bottom)) = (self.cells.first(), self.cells.last()) else { return String::new() };
        let columns = || self.cells.iter().map(|(_, x)| *x);
        let (left, right) = (columns().min().unwrap_or(0), columns().max().unwrap_or(0));
        let row = |y| (left..=right).map(|x| if self.cells.contains(&(y, x)) { '#' } else { '.' }).collect::<String>();
        (top.0..=bottom.0).map(row).collect::<Vec<_>>().join("\n")
    }

    fn __repr__(&self) -> String {
        format!("<Life of {} cells, age {}>", self.cells.len(), self.age)
    }
}
