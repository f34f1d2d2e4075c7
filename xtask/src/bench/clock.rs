//! Measures wall-clock times in alternating rounds, so that other load on the machine affects both sides equally.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::{Pair, Sides, median, numbers};
use crate::stock::Start;

/// Returns the times of both sides: the medians, and the median of the ratios of each round.
pub fn compare(
    sides: &Sides<'_>,
    (ours, stock): (&Start, &Start),
    names: &[&str],
    rounds: usize,
) -> Result<BTreeMap<String, Pair>> {
    let time = |start: &Start| sides.command(start).arg("time").args(names).read();
    let mut samples: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for round in 0..rounds {
        println!("measuring times, round {} of {rounds} ...", round + 1);
        let (ours, stock) = if round % 2 == 0 {
            let ours = time(ours)?;
            (ours, time(stock)?)
        } else {
            let stock = time(stock)?;
            (time(ours)?, stock)
        };
        let (ours, stock) = (numbers(&ours)?, numbers(&stock)?);
        for name in names {
            let of = |costs: &super::Costs| costs.get(*name).copied().with_context(|| format!("no result for {name}"));
            samples.entry(name.to_string()).or_default().push((of(&ours)?, of(&stock)?));
        }
    }
    let pair = |samples: &[(f64, f64)]| Pair {
        ours: median(samples.iter().map(|(ours, _)| *ours)),
        stock: median(samples.iter().map(|(_, stock)| *stock)),
        ratio: median(samples.iter().map(|(ours, stock)| ours / stock)),
    };
    Ok(samples.into_iter().map(|(name, samples)| (name, pair(&samples))).collect())
}
