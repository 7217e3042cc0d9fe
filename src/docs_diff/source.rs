//! A file: what it is, how it differs, and what the lock takes over from it.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::LazyLock;

use regex::Regex;

use super::compare::compare;
use super::lock::{Known, Lock, Wording, fingerprints, item_and_aspect};
use super::model::{Aspect, Difference, Form, Kind, Page, ReadError};
use super::openapi::{Document, read_source as read_openapi};
use super::page;
use super::text::pattern;

/// Larger than any page, and than the published file.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// A file that could be read.
#[derive(Debug)]
pub struct Source {
    form: Form,
    version: Option<String>,
    /// What it says of each operation; one for a page, and without wording for an OpenAPI file.
    says: Vec<Page>,
}

/// Reads at most one byte more than [`MOST_BYTES`], which is enough to see that a file is too large.
///
/// # Errors
///
/// Those of `reader`.
pub fn read_bounded(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![];
    reader.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a page, as text or Markdown, or an OpenAPI file, as YAML or JSON.
///
/// `version` is assumed for a file that names none.
///
/// # Errors
///
/// Why it cannot be compared.
pub fn read_source(
    bytes: &[u8],
    yaml: &Document,
    version: Option<&str>,
) -> Result<Source, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::TooLarge("4 MiB"));
    }
    let text = std::str::from_utf8(bytes)
        .ok()
        .filter(|text| !text.contains('\0'));
    let text = text
        .ok_or(ReadError::Binary)?
        .trim_start_matches('\u{feff}');
    let start = text.trim_start();
    if start.is_empty() {
        return Err(ReadError::Empty);
    }
    if is_html(start) {
        return Err(ReadError::Html);
    }
    let (form, told, says) = if is_openapi(text) {
        let (operations, version) = read_openapi(text, yaml)?;
        let page = |(index, operation)| Page {
            form: Form::OpenApi,
            index,
            operation,
            wording: BTreeMap::new(),
        };
        let says = operations.into_iter().map(page).collect();
        (Form::OpenApi, Some(version), says)
    } else {
        let (page, version) = page::read(text, yaml)?;
        (page.form, version, vec![page])
    };
    let told = told.filter(|told| !told.is_empty());
    Ok(Source {
        form,
        version: told.or_else(|| version.map(str::to_owned)),
        says,
    })
}

impl Source {
    /// The name by which the lock knows it: what it is, and of which version.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.version {
            Some(version) => format!("{} {version}", self.form),
            None => self.form.to_string(),
        }
    }

    /// How it differs from the YAML and the lock, in the order of the YAML.
    #[must_use]
    pub fn compare(&self, yaml: &Document, lock: &Lock) -> Vec<Difference> {
        let name = self.name();
        let of = |page: &Page| compare(&yaml.operations[page.index], page, lock, &name);
        self.says.iter().flat_map(of).collect()
    }

    /// What the source does not state, so that it was not compared.
    #[must_use]
    pub fn not_stated(&self) -> Vec<&'static str> {
        let has_versions = |page: &Page| page.operation.get("versions").is_some();
        match self.form {
            Form::OpenApi => vec!["versions", "wording", "examples"],
            Form::Page if self.says.iter().any(has_versions) => vec!["bounds", "values of enums"],
            Form::Page => vec!["bounds", "values of enums", "versions"],
            Form::Markdown => vec!["bounds", "versions"],
        }
    }
}

impl Lock {
    /// Takes over the wording of pages. OpenAPI files have none that is compared.
    ///
    /// # Errors
    ///
    /// Why nothing was taken over: facts that are not those of the YAML, or pages that say different things.
    pub fn update_wording(
        &mut self,
        yaml: &Document,
        sources: &[(String, Source)],
    ) -> Result<(), String> {
        let mut taken: BTreeMap<(usize, Form), (&str, Wording)> = BTreeMap::new();
        for (file, source) in sources {
            let differences = source.compare(yaml, self);
            let is_wording = |aspect: Aspect| matches!(aspect, Aspect::Prose | Aspect::Example);
            let mut facts = differences
                .iter()
                .filter(|one| !one.known && !is_wording(one.aspect));
            if let Some(fact) = facts.next() {
                let item = &fact.item;
                return Err(format!(
                    "{file}: `{item}` is not as the YAML has it; change the YAML, or acknowledge it"
                ));
            }
            for page in source.says.iter().filter(|page| page.form != Form::OpenApi) {
                let wording = fingerprints(page);
                let other = taken.insert((page.index, page.form), (file, wording.clone()));
                let Some((other, before)) = other else {
                    continue;
                };
                let differs = |key: &&String| before.get(*key) != wording.get(*key);
                if let Some(key) = before.keys().chain(wording.keys()).find(differs) {
                    let (item, _) = item_and_aspect(key);
                    return Err(format!(
                        "{other} and {file} have different words for `{item}`; give one of them"
                    ));
                }
            }
        }
        for ((index, form), (_, wording)) in taken {
            let operation = yaml.operations[index].name.clone();
            let forms = self.wording.entry(operation).or_default();
            forms.insert(form.to_string(), wording);
        }
        Ok(())
    }

    /// Acknowledges the differences of a source, in place of what was known of it before.
    pub fn acknowledge(&mut self, yaml: &Document, source: &Source) {
        let name = source.name();
        for page in &source.says {
            let operation = &yaml.operations[page.index];
            let differences = compare(operation, page, self, &name);
            let own = differences.iter().filter(|one| one.kind != Kind::Gone);
            self.set_known(&operation.name, name.clone(), own.map(Known::of).collect());
        }
    }
}

/// A page as the browser saves it, alone or as an archive.
fn is_html(start: &str) -> bool {
    static HTML: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?is)\A(?:<!doctype html|from: <saved by |[<f].{0,2000}<html)"));
    HTML.is_match(start)
}

fn is_openapi(text: &str) -> bool {
    static KEY: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"(?m)\A\s*\{|^\s*["']?(?:openapi|swagger)["']? *:"#));
    KEY.is_match(text)
}
