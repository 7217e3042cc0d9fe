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

    fn told(&self, known: bool) -> impl Iterator<Item = &Difference> {
        self.differences
            .iter()
            .filter(move |difference| difference.known == known)
    }
}

impl Report {
    /// How many differences are not known.
    #[must_use]
    pub fn differences(&self) -> usize {
        self.compared
            .iter()
            .map(|compared| compared.told(false).count())
            .sum()
    }

    /// For a person: each difference with its place in the YAML and with what both sides say; the last line counts.
    #[must_use]
    pub fn human(&self, yaml: &Document) -> String {
        let mut out = String::new();
        for compared in &self.compared {
            out.push_str(&format!("{} ({})\n", compared.file, compared.source));
            for difference in compared
                .told(false)
                .chain(compared.told(true).filter(|_| self.verbose))
            {
                let Difference {
                    operation, item, ..
                } = difference;
                let (place, ours, theirs) = sides(difference, yaml);
                out.push_str(&format!(
                    "\n  {operation}\n  {item}: {}\n",
                    headline(difference)
                ));
                side(&mut out, &place, &ours);
                side(&mut out, "the page", &theirs);
            }
            let known = compared.told(true).filter(|_| !self.verbose);
            let known =
                known.map(|known| format!("\n  known: {}: {}", known.item, headline(known)));
            let known: String = known.collect();
            let space = if known.is_empty() { "" } else { "\n" };
            let silent = compared.not_stated.join(", ");
            out.push_str(&format!(
                "{known}{space}\n  not stated by this form: {silent}\n\n"
            ));
        }
        printable(&format!("{out}{}\n", self.counts()))
    }

    /// For a review comment. What a page says stands in code, so that it can become neither markup nor a mention.
    #[must_use]
    pub fn markdown(&self, yaml: &Document) -> String {
        let mut out = String::from("## Pages against the YAML\n\n");
        for compared in &self.compared {
            out.push_str(&format!(
                "### {} ({})\n\n",
                code(&compared.file),
                compared.source
            ));
            for difference in &compared.differences {
                let (place, ours, theirs) = sides(difference, yaml);
                let known = if difference.known { ", known" } else { "" };
                out.push_str(&format!(
                    "- {} {}: **{}**{known}, {}\n",
                    code(&difference.operation),
                    code(&difference.item),
                    headline(difference),
                    code(&place),
                ));
                if !difference.known || self.verbose {
                    let (ours, theirs) = (code(&ours), code(&theirs));
                    out.push_str(&format!("  - YAML: {ours}\n  - page: {theirs}\n"));
                }
            }
            let silent = compared.not_stated.join(", ");
            out.push_str(&format!("- not stated by this form: {silent}\n\n"));
        }
        for (file, reason) in &self.refused {
            let (file, reason) = (code(file), code(reason));
            out.push_str(&format!("- {file} could not be read: {reason}\n\n"));
        }
        printable(&format!("{out}{}\n", self.counts()))
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
        let number = |count: usize, what: &str| {
            format!("{count} {what}{}", if count == 1 { "" } else { "s" })
        };
        let known = self
            .compared
            .iter()
            .map(|compared| compared.told(true).count());
        let pages = number(self.compared.len(), "page");
        let mut counts = format!("{pages}, {}", number(self.differences(), "difference"));
        match known.sum::<usize>() {
            0 => {}
            known => counts.push_str(&format!(", {known} known")),
        }
        if !self.refused.is_empty() {
            let refused = number(self.refused.len(), "file");
            counts.push_str(&format!("; {refused} could not be read"));
        }
        counts
    }
}

/// The place in the YAML, what it says there, and what the page says.
fn sides(difference: &Difference, yaml: &Document) -> (String, String, String) {
    let file = yaml.file_of(&difference.operation);
    let place = format!("{file}:{}", difference.line);
    let page = difference.marked.clone();
    let page = page.unwrap_or_else(|| said(&difference.page));
    (place, said(&difference.yaml), page)
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
            let facts = facts
                .iter()
                .map(|(name, value)| format!("{name}: {}", said(value)));
            facts.collect::<Vec<_>>().join("; ")
        }
        number @ Value::Number(_) => number.to_string(),
    }
}

/// What one side says, wrapped where it is long.
fn side(out: &mut String, name: &str, said: &str) {
    const WIDTH: usize = 100;
    let mut line = format!("    {name} says:");
    for word in said.split_whitespace() {
        if line.chars().count() + word.chars().count() >= WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = "     ".to_owned();
        }
        line.push(' ');
        line.push_str(word);
    }
    out.push_str(&line);
    out.push('\n');
}

/// Text as code in Markdown: in more backticks than it has itself.
fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Without what would steer a terminal or turn the order of what is read.
fn printable(text: &str) -> String {
    let steers = |c: &char| c.is_control() && *c != '\n';
    let turns = |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !steers(c) && !turns(c)).collect()
}
