//! A source file: how it is recognised and compared, and how it updates the lock.

use std::collections::BTreeMap;

use super::compare::compare;
use super::lock::{ABOUT, Known, Lock, fingerprints};
use super::model::{Difference, Form, Kind, Page, ReadError, name};
use super::openapi::{Document, read_source as read_openapi};
use super::page;
use super::text::{Pattern, pattern};

/// The most bytes that a source may have. Pages and the published file are smaller.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// A page as the browser saves it, alone or as an archive.
static HTML: Pattern =
    Pattern::new(|| pattern(r"(?is)\A(?:<!doctype html|from: <saved by |[<f].{0,2000}<html)"));

static OPENAPI: Pattern =
    Pattern::new(|| pattern(r#"(?m)\A\{|^\s*["']?(?:openapi|swagger)["']? *: *["']?\d"#));

/// A file that could be read.
#[derive(Debug)]
pub struct Source {
    /// Its name.
    pub file: String,
    /// The name by which the lock knows it: what it is, and of which version.
    pub name: String,
    /// What it says of each operation: at least one, and exactly one if it is a page.
    pages: Vec<Page>,
}

/// Reads a page, as text or Markdown, or an OpenAPI file, as YAML or JSON.
///
/// `file` is its name in reports. `version` is used if the file does not state one.
///
/// # Errors
///
/// Why it cannot be compared.
pub fn read_source(
    file: &str,
    bytes: &[u8],
    yaml: &Document,
    version: Option<&str>,
) -> Result<Source, ReadError> {
    let text = std::str::from_utf8(bytes).unwrap_or("\0");
    let text = text.trim_start_matches('\u{feff}');
    let (pages, told) = match text.trim_start() {
        _ if bytes.len() > MOST_BYTES => return Err(ReadError::TooLarge("4 MiB")),
        start if start.contains('\0') => return Err(ReadError::NotText("not UTF-8 text")),
        "" => return Err(ReadError::NotText("empty")),
        start if HTML.is_match(start) => return Err(ReadError::NotText("HTML")),
        start if OPENAPI.is_match(start) => {
            let (operations, told) = read_openapi(text, yaml)?;
            let page = |(index, operation)| Page {
                form: Form::OpenApi,
                index,
                operation,
                wording: BTreeMap::new(),
            };
            (operations.into_iter().map(page).collect(), Some(told))
        }
        _ => {
            let (page, told) = page::read(text, yaml)?;
            (vec![page], told)
        }
    };
    let told = told.filter(|told| !told.is_empty());
    let version = told.as_deref().or(version).unwrap_or_default();
    let file = file.to_owned();
    let name = format!("{} {version}", name(pages[0].form));
    let name = name.trim_end().to_owned();
    Ok(Source { file, name, pages })
}

impl Source {
    /// How it differs from the YAML and the lock, in the order of the YAML.
    #[must_use]
    pub fn compare(&self, yaml: &Document, lock: &Lock) -> Vec<Difference> {
        let of = |page: &Page| compare(&yaml.operations[page.index], page, lock, &self.name);
        self.pages.iter().flat_map(of).collect()
    }

    /// What the source does not state, so that it was not compared.
    #[must_use]
    pub fn not_stated(&self) -> &'static str {
        let page = &self.pages[0];
        match page.form {
            Form::OpenApi => "versions; not compared: wording, examples",
            Form::Markdown => "bounds, versions",
            Form::Page if page.operation.has("versions") => "bounds, values of enums",
            Form::Page => "bounds, values of enums, versions",
        }
    }
}

impl Lock {
    /// Stores the wording of pages or, with `known`, acknowledges the differences of files instead. Acknowledged differences
    /// that no longer exist are removed.
    ///
    /// # Errors
    ///
    /// If a file would still differ from the YAML or from another of the files, or if its wording was acknowledged. The lock
    /// then stays as it was.
    pub fn update(&mut self, yaml: &Document, files: &[Source], known: bool) -> Result<(), String> {
        let mut lock = self.clone();
        for (at, source) in files.iter().enumerate() {
            for page in &source.pages {
                let operation = &yaml.operations[page.index];
                if !known && page.form != Form::OpenApi {
                    // The wording of another version must not replace that of the YAML's version. If the lock has none yet,
                    // `description` differs as a whole.
                    let is_other = |one: &Difference| {
                        one.known && one.aspect.is_wording() && one.item != "description"
                    };
                    let now = compare(operation, page, &lock, &source.name);
                    if let Some(Difference { item, .. }) = now.into_iter().find(is_other) {
                        let why = "is acknowledged with other wording; run --acknowledge again";
                        return Err(format!("{}: `{item}` {why}", source.file));
                    }
                    let forms = lock.wording.entry(operation.name.clone()).or_default();
                    forms.insert(page.form, fingerprints(page));
                }
                let mut kept = compare(operation, page, &lock, &source.name);
                kept.retain(|one| one.kind != Kind::Gone && (known || one.known));
                let sources = lock.known.entry(operation.name.clone()).or_default();
                sources.insert(source.name.clone(), kept.iter().map(Known::of).collect());
                sources.retain(|_, known| !known.is_empty());
            }
            // None of the files so far may differ from what the lock says now.
            for other in &files[..=at] {
                let differences = other.compare(yaml, &lock);
                if let Some(Difference { item, .. }) = differences.iter().find(|one| !one.known) {
                    let why = match std::ptr::eq(source, other) {
                        true => "is not as the YAML has it; change the YAML, or run --acknowledge",
                        false => &format!("is not as {} has it; give one of them", other.file),
                    };
                    return Err(format!("{}: `{item}` {why}", source.file));
                }
            }
        }
        lock.known.retain(|_, sources| !sources.is_empty());
        ABOUT.clone_into(&mut lock.about);
        *self = lock;
        Ok(())
    }
}
