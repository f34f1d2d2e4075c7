//! Async Rust beside Python: tokio tasks collect readings, and a Python script judges them.
//!
//! Calls go both ways. `Rules::judge` calls Python from async Rust, on a thread that may block. The function `recent`
//! of the module `station` makes Python wait for async Rust; it detaches, so that other threads can run Python
//! meanwhile.

mod history;
mod rules;
mod sensor;

pub use history::{Station, station};
pub use rules::{Reading, Rules};
pub use sensor::sensor;

use std::sync::Arc;

use pyo3::PyResult;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Runs the sensors until each has sent `count` readings. Returns the messages of the rules, sorted.
///
/// # Errors
///
/// Returns the first exception that a rule raises.
pub async fn run(station: Arc<Station>, rules: Arc<Rules>, sensors: &[&str], count: u32) -> PyResult<Vec<String>> {
    // Sensors wait when the rules fall further behind than this.
    let (sender, mut receiver) = mpsc::channel(8);
    for name in sensors {
        tokio::spawn(sensor((*name).to_owned(), count, sender.clone()));
    }
    drop(sender);

    let mut judged = JoinSet::new();
    while let Some(reading) = receiver.recv().await {
        station.record(&reading).await;
        judged.spawn(Arc::clone(&rules).judge(reading));
    }
    let mut alarms = Vec::new();
    while let Some(verdict) = judged.join_next().await {
        alarms.extend(verdict.expect("judging does not panic")?);
    }
    alarms.sort();
    Ok(alarms)
}
