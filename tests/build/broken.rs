//! What the build says of a broken document: the place, what is true there and what to do, in at most two lines.
//!
//! Each case is the real document with one mistake, and the whole of what the build says.

mod bodies_and_answers;
mod limits;
mod names;
mod parameters;
mod references;
mod schemas;
mod shape;
mod version;
mod yaml;

use crate::harness::{Build, document, edited};

/// One broken document.
struct Case {
    name: &'static str,
    /// Texts of the document, each of which stands in it once, and what replaces them.
    edits: &'static [(&'static str, &'static str)],
    /// The lines, without the name of the file that each begins with; in place of a line's number stands `<its text>`,
    /// so that an edit further up in the document does not touch every case, and what is pointed at can be read here.
    says: &'static str,
}

const FILE: &str = "openapi/multi-partner-solutions.yaml:";

fn try_all(cases: &[Case]) {
    // If the document itself had a failure, each case would say more than it means.
    assert_eq!(Build::of(&document()).result, Ok(()));
    for case in cases {
        let text = edited(case.edits);
        let lines = Build::of(&text).result.expect_err(case.name);
        assert!(lines.len() <= 2, "{}: {lines:#?}", case.name);
        let named = lines
            .iter()
            .map(|line| line.strip_prefix(FILE).expect(line));
        let says: Vec<_> = named.map(|line| with_text(line, &text)).collect();
        assert_eq!(says.join("\n"), case.says, "{}", case.name);
    }
}

/// The message with `<text of the line>` for the number that it begins with, and for one after the word `line`.
fn with_text(message: &str, document: &str) -> String {
    let text = |number: &str| {
        let number: usize = number.parse().expect(message);
        let line = document.lines().nth(number - 1).expect(message);
        format!("<{}>", line.trim())
    };
    let (first, rest) = message.split_once(':').expect(message);
    let Some((before, after)) = rest.split_once("line ") else {
        return format!("{}:{rest}", text(first));
    };
    let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let other = text(&after[..digits]);
    format!("{}:{before}line {other}{}", text(first), &after[digits..])
}

#[test]
fn yaml() {
    try_all(yaml::CASES);
}

#[test]
fn version() {
    try_all(version::CASES);
}

#[test]
fn shape() {
    try_all(shape::CASES);
}

#[test]
fn references() {
    try_all(references::CASES);
}

#[test]
fn schemas() {
    try_all(schemas::CASES);
}

#[test]
fn names() {
    try_all(names::CASES);
}

#[test]
fn parameters() {
    try_all(parameters::CASES);
}

#[test]
fn bodies_and_answers() {
    try_all(bodies_and_answers::CASES);
}

#[test]
fn limits() {
    try_all(limits::CASES);
}

#[test]
fn a_place_is_counted_as_editors_count() {
    let text = "openapi: 3.0.3\ninfo: {title: é, version: 'v1', verzion: x}\npaths: {}\n";
    let says = "2:33: info.verzion: OpenAPI 3.0 knows no key `verzion` in an info object; did you mean `version`?";
    assert_eq!(Build::of(text).result, Err(vec![format!("{FILE}{says}")]));
}

#[test]
fn an_empty_file() {
    for text in ["", "# nothing but a comment\n", "---\n", "~\n"] {
        let says =
            "1:1: the file holds no document; an OpenAPI document begins with `openapi: 3.0.3`";
        assert_eq!(
            Build::of(text).result,
            Err(vec![format!("{FILE}{says}")]),
            "{text:?}"
        );
    }
}

#[test]
fn a_file_that_is_no_document() {
    let says =
        "1:1: an OpenAPI document is a map that begins with `openapi: 3.0.3`, and this is a list";
    assert_eq!(
        Build::of("- openapi: 3.0.3\n").result,
        Err(vec![format!("{FILE}{says}")])
    );
}

#[test]
fn more_failures_than_anyone_reads_are_counted() {
    let text = document().replace("description:", "descripton:");
    let lines = Build::of(&text)
        .result
        .expect_err("every description is misspelt");
    assert_eq!(lines.len(), 21);
    let count = text.matches("descripton:").count();
    assert_eq!(
        lines[20],
        format!(
            "openapi/multi-partner-solutions.yaml: {} more failures like these",
            count - 20
        )
    );
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let below = format!("*a{}", level - 1);
        text += &format!("a{level}: &a{level} [{}]\n", vec![below; 10].join(", "));
    }
    let lines = Build::of(&text)
        .result
        .expect_err("a thousand million nodes");
    let says = "5:45: the aliases up to here multiply into too many nodes; write the values out";
    assert_eq!(lines, [format!("{FILE}{says}")]);
}
