//! The table: what bare reqwest takes, and the others as a ratio to that.

use crate::size::Size;

/// What the ratio of this client to bare reqwest is to be.
#[derive(Clone, Copy)]
pub enum Goal {
    AtMost(f64),
    AtLeast(f64),
    None,
}

pub fn head(size: &Size) {
    println!(
        "Median of {} rounds; a ratio is the median of the rounds' own ratios to reqwest, with least and greatest. \
         One thread where nothing else is said.",
        size.rounds
    );
}

pub fn operation(name: &str) {
    println!(
        "\n{name:<38} {:>13} {:>34} {:>34}   goal",
        "reqwest", "generated / reqwest", "this client / reqwest"
    );
}

/// Figures by contender, bare reqwest first, and by round.
pub fn row(what: &str, unit: &str, taken: &[Vec<f64>; 3], goal: Goal) {
    let [reqwest, generated, this] = taken;
    let ratio = ratios(this, reqwest);
    println!(
        "{what:<38} {:>13} {:>34} {:>34}   {}",
        number(median(reqwest), unit),
        cell(generated, reqwest),
        cell(this, reqwest),
        goal.told(median(&ratio))
    );
}

/// Bytes still held after a number of calls, by contender.
pub fn left_behind(calls: usize, [reqwest, generated, this]: [i64; 3]) {
    println!(
        "{:<38} {:>13} {:>34} {:>34}",
        format!("bytes held after {calls} calls"),
        reqwest,
        generated,
        this
    );
}

fn cell(taken: &[f64], reqwest: &[f64]) -> String {
    let ratios = ratios(taken, reqwest);
    let middle = format!("{:.3}", median(&ratios));
    if ratios.len() == 1 {
        return format!("{} = {middle}", number(taken[0], ""));
    }
    let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = ratios.iter().copied().fold(0.0, f64::max);
    format!(
        "{} = {middle} ({least:.2}–{greatest:.2})",
        number(median(taken), "")
    )
}

fn ratios(taken: &[f64], reqwest: &[f64]) -> Vec<f64> {
    taken.iter().zip(reqwest).map(|(a, b)| a / b).collect()
}

fn median(taken: &[f64]) -> f64 {
    let mut sorted = taken.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted[sorted.len() / 2];
    let lower = sorted[(sorted.len() - 1) / 2];
    f64::midpoint(lower, upper)
}

fn number(value: f64, unit: &str) -> String {
    let digits = if value < 10.0 {
        2
    } else {
        usize::from(value < 1000.0)
    };
    format!("{value:.digits$} {unit}").trim_end().to_owned()
}

impl Goal {
    fn told(self, ratio: f64) -> String {
        let (sign, bound, met) = match self {
            Self::AtMost(bound) => ('≤', bound, ratio <= bound),
            Self::AtLeast(bound) => ('≥', bound, ratio >= bound),
            Self::None => return String::new(),
        };
        format!("{sign} {bound}: {}", if met { "met" } else { "not met" })
    }
}
