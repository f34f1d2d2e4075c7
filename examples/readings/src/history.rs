//! The module `station`, through which rules look up earlier readings: Python that waits for async Rust.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use pyo3::prelude::*;
use tokio::runtime::Handle;
use tokio::sync::{Barrier, RwLock};

use crate::rules::Reading;

/// All readings so far.
pub struct Station {
    /// The tokio runtime on which Python waits.
    runtime: Handle,
    /// The values of each sensor.
    values: RwLock<HashMap<String, Vec<f64>>>,
    /// Makes two calls wait for each other.
    pair: Barrier,
}

/// The station that the Python module uses.
static STATION: OnceLock<Arc<Station>> = OnceLock::new();

impl Station {
    /// Returns the station of this program. The first call creates it with `runtime`.
    pub fn of_program(runtime: Handle) -> Arc<Station> {
        let new = || Arc::new(Station { runtime, values: RwLock::default(), pair: Barrier::new(2) });
        Arc::clone(STATION.get_or_init(new))
    }

    /// Stores a reading.
    pub async fn record(&self, reading: &Reading) {
        self.values.write().await.entry(reading.sensor.clone()).or_default().push(reading.value);
    }
}

/// Gives rules access to the station of this program.
#[pymodule]
pub mod station {
    use std::sync::Arc;

    use pyo3::exceptions::PyRuntimeError;
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::rules::Reading;

    fn current() -> PyResult<Arc<super::Station>> {
        super::STATION.get().cloned().ok_or_else(|| PyRuntimeError::new_err("no station is running"))
    }

    /// Returns the last values of a sensor, at most `count`. Raises `KeyError` if there are none.
    #[pyfunction]
    #[pyo3(signature = (sensor, count = 3))]
    fn recent(py: Python<'_>, sensor: &str, count: usize) -> PyResult<Vec<f64>> {
        let station = current()?;
        let values = py.detach(|| {
            station.runtime.block_on(async {
                let all = station.values.read().await;
                all.get(sensor).map(|values| values[values.len().saturating_sub(count)..].to_vec())
            })
        });
        values.ok_or_else(|| pyo3::exceptions::PyKeyError::new_err(sensor.to_owned()))
    }

    /// Waits until another thread calls this function too.
    #[pyfunction]
    fn meet(py: Python<'_>) -> PyResult<()> {
        let station = current()?;
        py.detach(|| station.runtime.block_on(station.pair.wait()));
        Ok(())
    }
}
