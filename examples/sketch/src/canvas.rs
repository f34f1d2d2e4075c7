//! The module `sketch`, with the canvas that scripts draw on.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use svg::node::element::{Circle, Line, Text};
use svg::{Document, Node};

/// A drawing.
#[pymodule]
pub mod sketch {
    #[pymodule_export]
    use super::Canvas;
    #[pymodule_export]
    use crate::limits::LimitExceeded;
}

/// A point, in units of the drawing. The origin is the upper left corner.
type Point = (f64, f64);

/// A sheet of paper. The program passes one to the script as `sketch.canvas`.
#[pyclass(module = "sketch")]
pub struct Canvas {
    /// The width, in units of the drawing.
    #[pyo3(get)]
    width: f64,
    /// The height, in units of the drawing.
    #[pyo3(get)]
    height: f64,
    shapes: usize,
    document: Document,
}

impl Canvas {
    /// Creates an empty sheet.
    pub fn new(width: f64, height: f64) -> Self {
        Canvas { width, height, shapes: 0, document: Document::new().set("viewBox", (0.0, 0.0, width, height)) }
    }

    /// Returns the drawing as SVG.
    pub fn to_svg(&self) -> String {
        format!("{}\n", self.document)
    }

    fn add(&mut self, shape: impl Node) {
        self.document.append(shape);
        self.shapes += 1;
    }
}

#[pymethods]
impl Canvas {
    /// Draws a straight line.
    #[pyo3(signature = (start, end, *, color="black", width=1.0))]
    fn line(&mut self, start: Point, end: Point, color: &str, width: f64) -> PyResult<()> {
        let ((x1, y1), (x2, y2)) = (finite(start)?, finite(end)?);
        let line = Line::new().set("x1", x1).set("y1", y1).set("x2", x2).set("y2", y2);
        self.add(line.set("stroke", color).set("stroke-width", positive("width", width)?));
        Ok(())
    }

    /// Draws a circle. With `fill`, draws a filled disc.
    #[pyo3(signature = (center, radius, *, color="black", width=1.0, fill=None))]
    fn circle(&mut self, center: Point, radius: f64, color: &str, width: f64, fill: Option<&str>) -> PyResult<()> {
        let (x, y) = finite(center)?;
        let circle = Circle::new().set("cx", x).set("cy", y).set("r", positive("radius", radius)?);
        let circle = circle.set("stroke", color).set("stroke-width", positive("width", width)?);
        self.add(circle.set("fill", fill.unwrap_or("none")));
        Ok(())
    }

    /// Writes a line of text that starts at `place`.
    #[pyo3(signature = (place, text, *, color="black", size=10.0))]
    fn text(&mut self, place: Point, text: String, color: &str, size: f64) -> PyResult<()> {
        let (x, y) = finite(place)?;
        let text = Text::new(text).set("x", x).set("y", y).set("fill", color);
        self.add(text.set("font-size", positive("size", size)?));
        Ok(())
    }

    /// Returns the number of shapes.
    fn __len__(&self) -> usize {
        self.shapes
    }

    fn __repr__(&self) -> String {
        format!("<canvas of {} by {} with {} shapes>", self.width, self.height, self.shapes)
    }
}

/// Checks that both coordinates of a point are finite.
fn finite(point: Point) -> PyResult<Point> {
    if point.0.is_finite() && point.1.is_finite() {
        return Ok(point);
    }
    Err(PyValueError::new_err(format!("there is no place {point:?}")))
}

/// Checks that a length is positive and finite.
fn positive(what: &str, length: f64) -> PyResult<f64> {
    if length.is_finite() && length > 0.0 {
        return Ok(length);
    }
    Err(PyValueError::new_err(format!("{what} must be more than 0, not {length}")))
}
