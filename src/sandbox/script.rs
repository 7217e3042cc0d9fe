//! Faults as text, so that a test in any language can script them.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::{FromStr, SplitWhitespace};
use std::time::Duration;

use super::Operation;
use super::fault::Fault;

impl FromStr for Operation {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "create" => Ok(Self::Create),
            "accept" => Ok(Self::Accept),
            "list" => Ok(Self::List),
            "show" => Ok(Self::Show),
            _ => Err(format!(
                "`{name}` is no operation; use create, accept, list, show or any"
            )),
        }
    }
}

/// The words of a fault: the name of its constructor with its argument, then refinements, as in
/// `answer 503 retry-after 2`, `internal-error carried-out` or `none after 1500` (milliseconds).
impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words = &mut text.split_whitespace();
        let mut fault = match words.next().unwrap_or_default() {
            "none" => Self::none(),
            "cut-body" => Self::cut_body(number(words, 0..=usize::MAX)?),
            "answer" => Self::answer(number(words, 200..=999)?),
            "load-balancer" => Self::load_balancer(number(words, 200..=999)?),
            "throttled" => Self::throttled(),
            "internal-error" => Self::internal_error(),
            "hang" => Self::hang(),
            "close-after-reading" => Self::close_after_reading(),
            "close-before-reading" => Self::close_before_reading(),
            other => {
                return Err(format!(
                    "`{other}` is no fault; use none, cut-body BYTES, answer STATUS, load-balancer STATUS, throttled, \
                     internal-error, hang, close-after-reading or close-before-reading"
                ));
            }
        };
        while let Some(word) = words.next() {
            fault = match word {
                "carried-out" => fault.carried_out(),
                "status" => fault.status(number(words, 200..=999)?),
                "retry-after" => fault.retry_after(number(words, 0..=u64::MAX)?),
                "after" => fault.after(Duration::from_millis(number(words, 0..=u64::MAX)?)),
                other => {
                    return Err(format!(
                        "`{other}` refines no fault; use carried-out, status STATUS, retry-after SECONDS or after \
                         MILLISECONDS"
                    ));
                }
            };
        }
        Ok(fault)
    }
}

fn number<T: FromStr + PartialOrd + Display>(
    words: &mut SplitWhitespace<'_>,
    range: RangeInclusive<T>,
) -> Result<T, String> {
    let word = words.next().unwrap_or("nothing");
    let number = word.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| {
        let (least, most) = (range.start(), range.end());
        format!("`{word}` stands where a number has to be, from {least} to {most}")
    })
}

/// Reads a file of faults: per line an operation or `any`, a colon, and a fault. Empty lines and lines that begin with `#`
/// are skipped.
pub(super) fn read(text: &str) -> Result<Vec<(Option<Operation>, Fault)>, String> {
    let mut script = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let read = || {
            let (operation, fault) = line
                .split_once(':')
                .ok_or("there is no `OPERATION: FAULT`")?;
            let operation = match operation.trim() {
                "any" => None,
                name => Some(name.parse()?),
            };
            Ok((operation, fault.parse()?))
        };
        script.push(read().map_err(|why: String| format!("line {number}: {why}"))?);
    }
    Ok(script)
}
