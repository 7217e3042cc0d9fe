//! Faults as text, so that a test in any language can script them.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

use super::fault::Fault;
use super::operations::Operation;

/// What is left of a line.
type Words = std::vec::IntoIter<String>;

/// Reads a text in the format of `faults.txt`.
pub(super) fn read(text: &str) -> Result<Vec<(Option<Operation>, Fault)>, String> {
    let mut script = Vec::new();
    for (number, text) in (1..).zip(text.lines()) {
        let read = line(text).map_err(|why| format!("line {number}: {why}"))?;
        script.extend(read);
    }
    Ok(script)
}

/// Reads a line, which may be empty or a comment.
fn line(text: &str) -> Result<Option<(Option<Operation>, Fault)>, String> {
    let words = shlex::split(text).ok_or("a quote is not closed")?;
    let mut words = words.into_iter();
    let Some(first) = words.next() else {
        return Ok(None);
    };
    let operation = match first.strip_suffix(':') {
        Some("any") => None,
        Some(name) => Some(operation(name)?),
        None => return Err("there is no `OPERATION: FAULT`".to_owned()),
    };
    Ok(Some((operation, fault(&mut words)?)))
}

fn operation(name: &str) -> Result<Operation, String> {
    let read = Operation::deserialize(StrDeserializer::<Error>::new(name));
    read.map_err(|why| format!("{why} or `any`"))
}

fn fault(words: &mut Words) -> Result<Fault, String> {
    let mut fault = match &*words.next().unwrap_or_default() {
        "none" => Fault::none(),
        "answer" => Fault::answer(number(words, 200..=999)?),
        "load-balancer" => Fault::load_balancer(number(words, 200..=999)?),
        "throttled" => Fault::throttled(),
        "internal-error" => Fault::internal_error(),
        "hang" => Fault::hang(),
        "close-after-reading" => Fault::close_after_reading(),
        other => {
            return Err(format!(
                "`{other}` is not a fault; use none, answer STATUS, load-balancer STATUS, throttled, internal-error, hang or \
                 close-after-reading"
            ));
        }
    };
    while let Some(word) = words.next() {
        fault = match &*word {
            "carried-out" => fault.carried_out(),
            "status" => fault.status(number(words, 200..=999)?),
            "retry-after" => fault.retry_after(number(words, 0..=u64::MAX)?),
            "delay" => fault.delay(Duration::from_millis(number(words, 0..=u64::MAX)?)),
            "cut-after" => fault.cut_after(number(words, 0..=usize::MAX)?),
            "body" => fault.body(next(words)?),
            "json" => {
                let body = next(words)?;
                let body = serde_json::from_str(&body);
                fault.json(body.map_err(|why| format!("the text after `json` is not JSON: {why}"))?)
            }
            "header" => {
                let (name, value) = (next(words)?, next(words)?);
                fault.try_header(&name, &value)?
            }
            other => {
                return Err(format!(
                    "`{other}` is not a refinement; use carried-out, status STATUS, retry-after SECONDS, delay MILLISECONDS, \
                     cut-after BYTES, header NAME VALUE, body TEXT or json TEXT"
                ));
            }
        };
    }
    Ok(fault)
}

fn next(words: &mut Words) -> Result<String, String> {
    words
        .next()
        .ok_or_else(|| "the line ends too early".to_owned())
}

fn number<T: FromStr + PartialOrd + Display>(
    words: &mut Words,
    range: RangeInclusive<T>,
) -> Result<T, String> {
    let word = next(words)?;
    let number = word.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| {
        let (least, most) = (range.start(), range.end());
        format!("`{word}` is not a number from {least} to {most}")
    })
}
