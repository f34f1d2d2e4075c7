//! A sensor: a task that sends readings.

use std::time::Duration;

use tokio::sync::mpsc::Sender;
use tokio::time::interval;

use crate::rules::Reading;

/// Sends `count` readings, one per millisecond. Their values rise from 0 in steps of 10.
pub async fn sensor(name: String, count: u32, readings: Sender<Reading>) {
    let mut ticks = interval(Duration::from_millis(1));
    for number in 0..count {
        ticks.tick().await;
        let reading = Reading { sensor: name.clone(), number, value: f64::from(number) * 10.0 };
        if readings.send(reading).await.is_err() {
            // The receiver is gone.
            return;
        }
    }
}
