//! Runs one target on whatever AFL++ feeds; by itself, on its standard input, once.

use std::process::ExitCode;

use whatsapp_multi_partner_solutions::fuzz::{TARGETS, Target};

/// A target that has to crash: where the fuzzer does not find this, it is blind, and its silence means nothing.
const BLINDNESS: (&str, Target) = ("blindness", |data| {
    if let [b'o', b'w', 0x17, ..] = data {
        panic!("three bytes are found one after another, by coverage");
    }
});

fn main() -> ExitCode {
    let name = std::env::args().nth(1);
    let targets = || TARGETS.iter().chain([&BLINDNESS]);
    let Some((_, target)) = targets().find(|(known, _)| Some(*known) == name.as_deref()) else {
        TARGETS.iter().for_each(|(known, _)| println!("{known}"));
        return ExitCode::from(2);
    };
    afl::fuzz(true, |data| target(data));
    ExitCode::SUCCESS
}
