//! Differences for a person, for a review comment and for a program.

use serde_json::{Value, json};

use super::model::{Aspect, Difference, Kind, name};
use super::source::Source;
use crate::error::display::steers_terminal;

/// All that is reported.
#[derive(Debug, Default)]
pub struct Report {
    /// The files that were compared, and how they differ.
    pub compared: Vec<(Source, Vec<Difference>)>,
    /// The files that could not be read, each with the reason.
    pub refused: Vec<(String, String)>,
    /// Whether known differences are shown in full.
    pub verbose: bool,
}

impl Report {
    /// How many differences are not known.
    #[must_use]
    pub fn differences(&self) -> usize {
        let all = self.compared.iter().flat_map(|(_, own)| own);
        all.filter(|one| !one.known).count()
    }

    /// For a person: each difference with its place in the YAML and with what both sides say. The last line counts them.
    #[must_use]
    pub fn human(&self) -> String {
        let mut out = String::new();
        for (source, differences) in &self.compared {
            out += &format!("{} ({})\n", source.file, source.name);
            let mut known = String::new();
            for one in differences {
                let head = headline(one);
                let [operation, item, place, ours, theirs] = parts(one);
                if one.known && !self.verbose {
                    known += &format!("  known: {item}: {head} ({operation})\n");
                    continue;
                }
                out += &format!("\n  {operation}\n  {item}: {head}\n");
                if one.kind != Kind::Gone {
                    out += &format!("    {place} says: {ours}\n    the page says: {theirs}\n");
                }
            }
            let silent = source.not_stated();
            out += &format!("\n{known}  not stated by this form: {silent}\n\n");
        }
        printable(&(out + &self.counts()))
    }

    /// For a review comment. What a file says stands in code, so that it can become neither markup nor a mention.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::from("## Pages against the YAML\n\n");
        for (source, differences) in &self.compared {
            out += &format!("### {} ({})\n\n", code(&source.file), code(&source.name));
            for one in differences {
                let head = headline(one);
                let [operation, item, place, ours, theirs] = parts(one).map(|part| code(&part));
                let known = if one.known { ", known" } else { "" };
                out += &format!("- {operation} {item}: **{head}**{known}, {place}\n");
                if one.kind != Kind::Gone && (!one.known || self.verbose) {
                    out += &format!("  - YAML: {ours}\n  - page: {theirs}\n");
                }
            }
            out += &format!("- not stated by this form: {}\n\n", source.not_stated());
        }
        for (file, reason) in &self.refused {
            out += &format!("- {} could not be read: {}\n\n", code(file), code(reason));
        }
        printable(&(out + &self.counts()))
    }

    /// For a program: an object with `differences` and `refused`.
    #[must_use]
    pub fn json(&self) -> String {
        let mut differences = vec![];
        for (source, own) in &self.compared {
            for one in own {
                let mut one = json!(one);
                one["file"] = json!(source.file);
                one["source"] = json!(source.name);
                differences.push(one);
            }
        }
        let refused = self.refused.iter();
        let refused = refused.map(|(file, reason)| json!({ "file": file, "reason": reason }));
        let all = json!({ "differences": differences, "refused": refused.collect::<Value>() });
        printable(&format!("{all:#}\n"))
    }

    fn counts(&self) -> String {
        let number = |count: usize, what: &str| {
            let s = if count == 1 { "" } else { "s" };
            format!("{count} {what}{s}")
        };
        let pages = number(self.compared.len(), "page");
        let differences = self.differences();
        let mut counts = format!("{pages}, {}", number(differences, "difference"));
        let all: usize = self.compared.iter().map(|(_, own)| own.len()).sum();
        if all > differences {
            counts += &format!(", {} known", all - differences);
        }
        if !self.refused.is_empty() {
            counts += &format!("; {} could not be read", number(self.refused.len(), "file"));
        }
        counts + "\n"
    }
}

/// Operation, item, the place in the YAML, what it says there, and what the page says.
fn parts(one: &Difference) -> [String; 5] {
    let place = format!("{}:{}", one.yaml_file, one.yaml_line);
    let ours = match one.aspect {
        Aspect::Example => "(examples are not compared with the YAML)".to_owned(),
        _ => said(&one.yaml),
    };
    let theirs = one.marked.clone().unwrap_or_else(|| said(&one.page));
    [one.operation.clone(), one.item.clone(), place, ours, theirs]
}

fn headline(difference: &Difference) -> String {
    let what = match difference.aspect {
        Aspect::Presence => String::new(),
        Aspect::Enum if difference.item == "versions" => "offered versions ".to_owned(),
        Aspect::Enum => "values ".to_owned(),
        Aspect::Prose => "wording ".to_owned(),
        aspect => name(aspect).replace('_', " ") + " ",
    };
    match difference.kind {
        Kind::Gone => what + "acknowledged, but no longer so; run --acknowledge to clear it",
        kind => what + &name(kind),
    }
}

/// A value in words.
pub(super) fn said(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(said).collect::<Vec<_>>().join(", "),
        Value::Object(facts) => {
            let facts = facts
                .iter()
                .map(|(name, value)| format!("{name}: {}", said(value)));
            facts.collect::<Vec<_>>().join("; ")
        }
        number @ Value::Number(_) => number.to_string(),
    }
}

/// Text as code in Markdown, with a fence that is longer than any run of backticks in it.
fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or_default() + 1);
    let space = if fence.len() > 1 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Removes control characters, and characters that change the direction of text.
#[must_use]
pub fn printable(text: &str) -> String {
    let is_shown = |c: &char| *c == '\n' || !steers_terminal(*c);
    text.chars().filter(is_shown).collect()
}
