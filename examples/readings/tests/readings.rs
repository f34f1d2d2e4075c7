//! Tests sensors and rules. All tests share one Python and one tokio runtime.

use std::ffi::{CStr, CString};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use readings::{Reading, Rules, Station, run, station};
use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    pyo3::append_to_inittab!(station);
    Python::initialize();
    let runtime = Runtime::new().expect("tokio can start its threads");
    Station::of_program(runtime.handle().clone());
    runtime
});

fn this_station() -> Arc<Station> {
    Station::of_program(RUNTIME.handle().clone())
}

fn rules(code: &CStr) -> Arc<Rules> {
    LazyLock::force(&RUNTIME);
    Arc::new(Python::attach(|py| Rules::load(py, code)).expect("the rules are good"))
}

fn reading(sensor: &str, value: f64) -> Reading {
    Reading { sensor: sensor.to_owned(), number: 0, value }
}

#[test]
fn the_rules_of_the_example_judge_all_readings() {
    let code = CString::new(include_str!("../scripts/rules.py")).expect("no null bytes");
    let rules = rules(&code);
    let alarms = RUNTIME.block_on(run(this_station(), rules, &["north", "south"], 5)).expect("no rule raises");
    let expected: Vec<String> = ["north", "south"]
        .iter()
        .flat_map(|name| [3, 4].map(|number| format!("{name}: reading {number} is {number}0.0")))
        .collect();
    assert_eq!(alarms, expected);
}

#[test]
fn what_a_rule_raises_arrives() {
    let rules = rules(c"def judge(reading): raise ValueError(reading.sensor)");
    let error = RUNTIME.block_on(run(this_station(), rules, &["east"], 1)).expect_err("the rule raises");
    Python::attach(|py| {
        assert!(error.is_instance_of::<PyValueError>(py));
        assert_eq!(error.value(py).to_string(), "east");
    });
}

#[test]
fn python_looks_at_recorded_readings() {
    let rules = rules(c"import station\ndef judge(reading): return str(station.recent(reading.sensor, count=2))");
    let station = this_station();
    RUNTIME.block_on(async {
        for value in [1.0, 2.0, 3.0] {
            station.record(&reading("west", value)).await;
        }
        let said = Arc::clone(&rules).judge(reading("west", 3.0)).await.expect("there are readings");
        assert_eq!(said.as_deref(), Some("[2.0, 3.0]"));
        let error = rules.judge(reading("nowhere", 0.0)).await.expect_err("there are none");
        Python::attach(|py| assert!(error.is_instance_of::<PyKeyError>(py)));
    });
}

/// Two Python calls wait for each other in async Rust. If one kept the interpreter while waiting, the other could not
/// run.
#[test]
fn python_that_waits_for_rust_lets_others_run() {
    let rules = rules(c"import station\ndef judge(reading): station.meet(); return reading.sensor");
    let both = RUNTIME.block_on(async {
        let calls = async {
            let other = tokio::spawn(Arc::clone(&rules).judge(reading("first", 0.0)));
            let second = rules.judge(reading("second", 0.0)).await;
            (other.await.expect("judging does not panic"), second)
        };
        tokio::time::timeout(Duration::from_secs(60), calls).await.expect("both calls come back")
    });
    assert_eq!(both.0.expect("nothing is raised").as_deref(), Some("first"));
    assert_eq!(both.1.expect("nothing is raised").as_deref(), Some("second"));
}
