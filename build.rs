//! Compiles the OpenAPI documents into one client: reads them, refuses what the generator would misread, and generates.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::{env, fs};

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, HooksMode, TypeImpl};
use serde_json::Value;

#[path = "src/build/document.rs"]
pub(crate) mod document;
#[path = "src/build/read.rs"]
mod read;

pub(crate) use read::read;

/// A document may refer to what an earlier one defines.
const DOCUMENTS: [&str; 2] = [
    "openapi/multi-partner-solutions.yaml",
    "openapi/solution-lookups.yaml",
];

/// What a generated client holds for its hooks.
const INNER_TYPE: &str = "crate::generated::RequestSlot";

/// A schema whose type is written by hand, because callers and this crate branch on it. The generated type would be a
/// closed enum, and one value that Meta adds would make the whole response unreadable.
const HAND_WRITTEN: (&str, &str) = (
    "WhatsAppBusinessSolutionPartnerStatus",
    "crate::generated::PartnerStatus",
);

fn main() {
    for input in ["build.rs", "src/build", "openapi"] {
        println!("cargo::rerun-if-changed={input}");
    }
    // These lines fail the build. With an exit status other than 0, cargo would also print all output of this program,
    // such as the back trace of a panic in the generator.
    for error in run().err().unwrap_or_default() {
        println!("cargo::error={}", error.replace('\n', " "));
    }
}

fn run() -> Result<(), Vec<String>> {
    let mut texts = vec![];
    for name in DOCUMENTS {
        let text = fs::read_to_string(name).map_err(|error| vec![format!("{name}: {error}")])?;
        texts.push((name, text));
    }
    let output = Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("client.rs");
    fs::write(&output, compile(&texts)?)
        .map_err(|error| vec![format!("{}: {error}", output.display())])
}

/// Turns documents, given as name and text, into Rust.
///
/// # Errors
///
/// One line per mistake: the document, the line and column or the path of keys, and what is wrong there.
pub(crate) fn compile(documents: &[(&str, String)]) -> Result<String, Vec<String>> {
    let mut all = Value::Null;
    for (name, text) in documents {
        let document = read(text).map_err(|error| vec![format!("{name}:{error}")])?;
        document::check(&document, &all).map_err(|errors| named(name, &errors))?;
        document::merge(&mut all, document);
    }
    let names: Vec<&str> = documents.iter().map(|(name, _)| *name).collect();
    document::parse(&document::without_bounds_in_responses(&all))
        .and_then(|spec| generate(&spec))
        .map_err(|errors| named(&names.join(", "), &errors))
}

fn named(document: &str, errors: &[String]) -> Vec<String> {
    let named = errors.iter().map(|error| format!("{document}: {error}"));
    named.collect()
}

/// Generates formatted code. An error is one line.
fn generate(spec: &OpenAPI) -> Result<String, Vec<String>> {
    let mut generator = Generator::new(&settings());
    // The generator panics on much of what it does not support.
    let result = catch_unwind(AssertUnwindSafe(|| generator.generate_tokens(spec)));
    let error = match result.map(|tokens| tokens.map(syn::parse2)) {
        Ok(Ok(Ok(file))) => return Ok(prettyplease::unparse(&file)),
        Ok(Ok(Err(error))) => error.to_string(),
        Ok(Err(error)) => error.to_string(),
        Err(panic) => match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
            (Some(text), _) => text.clone(),
            (None, Some(text)) => (*text).to_owned(),
            (None, None) => "a panic without a message".to_owned(),
        },
    };
    let line = error.split_whitespace().collect::<Vec<_>>().join(" ");
    Err(vec![format!("the generator stops with: {line}")])
}

fn settings() -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    let (schema, ours) = HAND_WRITTEN;
    settings
        .with_hooks(HooksMode::Expected)
        .with_inner_type(INNER_TYPE.parse().expect("the path of a type"))
        .with_derive("PartialEq")
        .with_replacement(schema, ours, [TypeImpl::Display].into_iter());
    settings
}
