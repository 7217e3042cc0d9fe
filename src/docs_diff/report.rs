//! Differences for a person, for a review comment and for a program.

use serde_json::{Value, json};

use super::model::{Aspect, Difference, Kind};
use super::openapi::Document;
use super::source::Source;

/// A file that was compared.
#[derive(Debug)]
pub struct Compared {
    /// Its name.
    pub file: String,
    /// What kind of source it is, and of which version.
    pub source: String,
    /// What it does not state.
    pub not_stated: Vec<&'static str>,
    /// How it differs.
    pub differences: Vec<Difference>,
}

/// All that is reported.
#[derive(Debug, Default)]
pub struct Report {
    /// The files that were compared.
    pub compared: Vec<Compared>,
    /// The files that were not, each with the reason.
    pub refused: Vec<(String, String)>,
    /// Whether known differences are told in full.
    pub verbose: bool,
}

impl Compared {
    /// Compares a source.
    #[must_use]
    pub fn new(file: String, source: &Source, yaml: &Document, lock: &super::Lock) -> Self {
        Self {
            file,
            source: source.name(),
            not_stated: source.not_stated(),
            differences: source.compare(yaml, lock),
        }
    }
}

impl Report {
    fn all(&self) -> impl Iterator<Item = &Difference> {
        self.compared
            .iter()
            .flat_map(|compared| &compared.differences)
    }

    /// How many differences are not known.
    #[must_use]
    pub fn differences(&self) -> usize {
        self.all().filter(|difference| !difference.known).count()
    }

    /// For a person: each difference with its place in the YAML and with what both sides say; the last line counts.
    #[must_use]
    pub fn human(&self, yaml: &Document) -> String {
        let mut out = String::new();
        for compared in &self.compared {
            out += &format!("{} ({})\n", compared.file, compared.source);
            let all = compared.differences.iter();
            let (known, told): (Vec<_>, Vec<_>) = all.partition(|one| one.known && !self.verbose);
            for difference in told {
                let (place, ours, theirs) = sides(difference, yaml);
                let (operation, item) = (&difference.operation, &difference.item);
                out += &format!("\n  {operation}\n  {item}: {}\n", headline(difference));
                out += &format!("    {place} says: {ours}\n    the page says: {theirs}\n");
            }
            out.push('\n');
            for known in known {
                out += &format!("  known: {}: {}\n", known.item, headline(known));
            }
            let silent = compared.not_stated.join(", ");
            out += &format!("  not stated by this form: {silent}\n\n");
        }
        printable(&(out + &self.counts()))
    }

    /// For a review comment. What a page says stands in code, so that it can become neither markup nor a mention.
    #[must_use]
    pub fn markdown(&self, yaml: &Document) -> String {
        let mut out = String::from("## Pages against the YAML\n\n");
        for compared in &self.compared {
            out += &format!("### {} ({})\n\n", code(&compared.file), compared.source);
            for difference in &compared.differences {
                let (place, ours, theirs) = sides(difference, yaml);
                let names = format!("{} {}", code(&difference.operation), code(&difference.item));
                let known = if difference.known { ", known" } else { "" };
                let head = headline(difference);
                out += &format!("- {names}: **{head}**{known}, {}\n", code(&place));
                if !difference.known || self.verbose {
                    out += &format!("  - YAML: {}\n  - page: {}\n", code(&ours), code(&theirs));
                }
            }
            let silent = compared.not_stated.join(", ");
            out += &format!("- not stated by this form: {silent}\n\n");
        }
        for (file, reason) in &self.refused {
            out += &format!("- {} could not be read: {}\n\n", code(file), code(reason));
        }
        printable(&(out + &self.counts()))
    }

    /// For a program: an object with `differences` and `refused`.
    #[must_use]
    pub fn json(&self, yaml: &Document) -> String {
        let mut differences = vec![];
        for compared in &self.compared {
            for difference in &compared.differences {
                let mut value = json!(difference);
                value["yaml_file"] = json!(yaml.file_of(&difference.operation));
                value["file"] = json!(compared.file);
                value["source"] = json!(compared.source);
                differences.push(value);
            }
        }
        let refused = self.refused.iter();
        let refused = refused.map(|(file, reason)| json!({ "file": file, "reason": reason }));
        let all = json!({ "differences": differences, "refused": refused.collect::<Value>() });
        printable(&format!("{all:#}\n"))
    }

    fn counts(&self) -> String {
        let number = |count: usize, what: &str| match count {
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        };
        let pages = number(self.compared.len(), "page");
        let mut counts = format!("{pages}, {}", number(self.differences(), "difference"));
        let known = self.all().filter(|difference| difference.known).count();
        if known > 0 {
            counts += &format!(", {known} known");
        }
        if !self.refused.is_empty() {
            counts += &format!("; {} could not be read", number(self.refused.len(), "file"));
        }
        counts + "\n"
    }
}

/// The place in the YAML, what it says there, and what the page says.
fn sides(difference: &Difference, yaml: &Document) -> (String, String, String) {
    let file = yaml.file_of(&difference.operation);
    let ours = match difference.aspect {
        Aspect::Example => "an example of its own".to_owned(),
        _ => said(&difference.yaml),
    };
    let page = difference.marked.clone();
    let page = page.unwrap_or_else(|| said(&difference.page));
    (format!("{file}:{}", difference.line), ours, page)
}

fn headline(difference: &Difference) -> String {
    let what = match difference.aspect {
        Aspect::Presence => String::new(),
        Aspect::Enum if difference.item == "versions" => "offered versions ".to_owned(),
        Aspect::Enum => "values ".to_owned(),
        Aspect::Prose => "wording ".to_owned(),
        aspect => format!("{aspect} ").replace('_', " "),
    };
    match difference.kind {
        Kind::Gone => format!("{what}acknowledged, and no longer so; run --acknowledge again"),
        kind => format!("{what}{kind}"),
    }
}

/// A value in words.
fn said(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(said).collect::<Vec<_>>().join(", "),
        Value::Object(facts) => {
            let facts = facts.iter().filter(|(_, value)| !value.is_null());
            let facts = facts.map(|(name, value)| format!("{name}: {}", said(value)));
            facts.collect::<Vec<_>>().join("; ")
        }
        number @ Value::Number(_) => number.to_string(),
    }
}

/// Text as code in Markdown: in more backticks than it has itself.
fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or_default() + 1);
    match fence.len() {
        1 => format!("`{text}`"),
        _ => format!("{fence} {text} {fence}"),
    }
}

/// Without what would steer a terminal or turn the order of what is read.
fn printable(text: &str) -> String {
    let steers = |c: &char| c.is_control() && *c != '\n';
    let turns = |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !steers(c) && !turns(c)).collect()
}
