//! Runs one target on whatever AFL++ feeds; by itself, on its standard input, once.
//!
//! Without a target it names them all; with `pages` and a folder it writes pages there, for the fuzzer to begin with.

use std::{io, path::Path, process::ExitCode};

use whatsapp_multi_partner_solutions::fuzz::{TARGETS, Target};

#[allow(
    dead_code,
    clippy::unwrap_used,
    reason = "the tests' own, of which more is used there"
)]
#[path = "../../../docs_diff/pages.rs"]
mod pages;
#[allow(
    dead_code,
    clippy::unwrap_used,
    reason = "the tests' own, of which more is used there"
)]
#[path = "../../../docs_diff/render/mod.rs"]
mod render;
#[allow(
    dead_code,
    clippy::unwrap_used,
    reason = "the tests' own, of which more is used there"
)]
#[path = "../../../docs_diff/spec.rs"]
mod spec;

/// A target that has to crash: where the fuzzer does not find this, it is blind, and its silence means nothing.
const BLINDNESS: (&str, Target) = ("blindness", |data| {
    if let [b'o', b'w', 0x17, ..] = data {
        panic!("three bytes are found one after another, by coverage");
    }
});

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("pages"), Some(folder)) => match write_pages(Path::new(&folder)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{folder}: {error}");
                ExitCode::FAILURE
            }
        },
        (name, _) => run(name),
    }
}

fn run(name: Option<&str>) -> ExitCode {
    let mut targets = TARGETS.iter().chain([&BLINDNESS]);
    let Some((_, target)) = targets.find(|(known, _)| Some(*known) == name) else {
        TARGETS.iter().for_each(|(known, _)| println!("{known}"));
        return ExitCode::from(2);
    };
    afl::fuzz(true, |data| target(data));
    ExitCode::SUCCESS
}

/// A page in every form: no file of the repository holds one.
fn write_pages(folder: &Path) -> io::Result<()> {
    let (page, other) = (pages::accept(), pages::create());
    for form in render::FORMS {
        let text = render::render(&page, std::slice::from_ref(&other), form);
        std::fs::write(folder.join(format!("{form:?}")), text)?;
    }
    Ok(())
}
