//! Draws the ratios of all benchmarks, one row for each family.

use std::path::Path;

use anyhow::{Context, Result};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::families::Family;
use super::median;

/// Ratios outside of this range are drawn at its ends.
const RANGE: std::ops::Range<f64> = 0.1..4.0;
const SIZE: (u32, u32) = (800, 420);
/// The width of the column of titles.
const TITLES: u32 = 200;
/// Visible on a light and on a dark page.
const TEXT: RGBColor = RGBColor(128, 128, 128);
const FASTER: RGBColor = RGBColor(46, 139, 87);
const SLOWER: RGBColor = RGBColor(205, 92, 50);

/// Writes the file. `unit` is what the ratios compare.
///
/// # Errors
///
/// If it cannot be written.
pub fn write(file: &Path, unit: &str, families: &[Family]) -> Result<()> {
    let mut text = String::new();
    draw(&mut text, unit, families).map_err(|error| anyhow::anyhow!("cannot draw: {error}"))?;
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

fn draw(text: &mut String, unit: &str, families: &[Family]) -> Result<(), Box<dyn std::error::Error>> {
    let area = SVGBackend::with_string(text, SIZE).into_drawing_area();
    let rows = 0.0..families.len() as f64;
    let mut chart = ChartBuilder::on(&area)
        .margin(10)
        .x_label_area_size(45)
        .y_label_area_size(TITLES)
        .build_cartesian_2d(RANGE.log_scale().with_key_points(vec![0.1, 0.2, 0.5, 1.0, 2.0, 4.0]), rows.clone())?;
    let font = ("sans-serif", 13).into_font().color(&TEXT);
    chart
        .configure_mesh()
        .disable_y_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(TEXT.mix(0.3))
        .axis_style(TEXT)
        .label_style(font.clone())
        .y_labels(0)
        .x_label_formatter(&|ratio| format!("{ratio}"))
        .x_desc(format!("{unit}, divided by those of PyO3 (below 1 is faster); the bar is the median"))
        .draw()?;
    chart.draw_series([PathElement::new(vec![(1.0, rows.start), (1.0, rows.end)], TEXT.stroke_width(2))])?;
    for (index, Family { title, ratios }) in families.iter().enumerate() {
        // The first family is at the top.
        let y = (families.len() - index) as f64 - 0.5;
        let dots = ratios.iter().map(|ratio| {
            let color = if *ratio > 1.0 { SLOWER } else { FASTER };
            Circle::new((ratio.clamp(RANGE.start, RANGE.end), y), 4, color.mix(0.5).filled())
        });
        chart.draw_series(dots)?;
        let middle = median(ratios.iter().copied()).clamp(RANGE.start, RANGE.end);
        chart.draw_series([PathElement::new(vec![(middle, y - 0.35), (middle, y + 0.35)], TEXT.stroke_width(3))])?;
        let (_, height) = chart.backend_coord(&(1.0, y));
        let style = font.clone().into_text_style(&area).pos(Pos::new(HPos::Right, VPos::Center));
        area.draw(&Text::new(*title, (TITLES as i32, height), style))?;
    }
    area.present()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_benchmark_is_a_dot() {
        let mut text = String::new();
        let families = [Family { title: "conversions", ratios: vec![0.01, 0.5, 2.0] }];
        draw(&mut text, "instructions", &families).expect("it can be drawn");
        assert_eq!(text.matches("<circle").count(), 3, "{text}");
        assert!(text.contains("conversions") && text.contains("instructions"));
    }
}
