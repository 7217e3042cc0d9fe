//! Compiles the OpenAPI documents into one client: reads them, refuses what the generator would misread, and generates.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::{env, fs};

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, HooksMode, TypeImpl};
use serde_json::Value;
use serde_saphyr::{Location, MessageFormatter, UserMessageFormatter};

#[path = "src/build/document.rs"]
pub(crate) mod document;

/// A document may refer to what an earlier one defines.
const DOCUMENTS: [&str; 2] = [
    "openapi/multi-partner-solutions.yaml",
    "openapi/solution-lookups.yaml",
];

/// What a generated client holds for its hooks.
const INNER_TYPE: &str = "crate::generated::RequestSlot";

/// Schemas whose type is written by hand, because the caller or this crate branches on it. The generated type would be a
/// closed enum, and one value that Meta adds would make the whole response unreadable.
pub(crate) const HAND_WRITTEN: [(&str, &str); 1] = [(
    "WhatsAppBusinessSolutionPartnerStatus",
    "crate::partner_status::WhatsAppBusinessSolutionPartnerStatus",
)];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/build");
    for document in DOCUMENTS {
        println!("cargo::rerun-if-changed={document}");
    }
    // These lines fail the build. With an exit status other than 0, cargo would also print all output of this program,
    // such as the back trace of a panic in the generator.
    for error in run().err().unwrap_or_default() {
        println!("cargo::error={error}");
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
        document::check(&document, &all).map_err(|errors| {
            let named = errors.iter().map(|error| format!("{name}: {error}"));
            named.collect::<Vec<_>>()
        })?;
        document::merge(&mut all, document);
    }
    document::parse(&document::without_bounds_in_responses(all))
        .and_then(|spec| generate_or_blame(&spec))
        .map_err(|errors| {
            let names: Vec<&str> = documents.iter().map(|(name, _)| *name).collect();
            let names = names.join(", ");
            errors
                .iter()
                .map(|error| format!("{names}: {error}"))
                .collect()
        })
}

/// Reads YAML. An error begins with its line and column.
pub(crate) fn read(text: &str) -> Result<Value, String> {
    // `yes` and `no` are strings, as in YAML 1.2.
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let place = error.location().unwrap_or(Location::UNKNOWN);
        let message = UserMessageFormatter.format_message(error.without_snippet());
        format!("{}:{}: {message}", place.line(), place.column())
    })
}

/// Generates, and on failure adds the path that fails by itself, because the generator rarely says where it stopped.
fn generate_or_blame(spec: &OpenAPI) -> Result<String, Vec<String>> {
    generate(spec).map_err(|error| {
        let fails_alone = |path: &&String| {
            let mut alone = spec.clone();
            alone.paths.paths.retain(|other, _| other == *path);
            generate(&alone).is_err()
        };
        let paths: Vec<&String> = spec.paths.paths.keys().filter(fails_alone).collect();
        // If no path compiles, the mistake is outside of them.
        let place = if !paths.is_empty() && paths.len() < spec.paths.paths.len() {
            format!("paths.{}: ", paths[0])
        } else {
            String::new()
        };
        vec![format!("{place}the generator stops with: {error}")]
    })
}

/// Generates formatted code. An error is one line.
fn generate(spec: &OpenAPI) -> Result<String, String> {
    let settings = settings()?;
    let mut generator = Generator::new(&settings);
    // The generator panics on much of what it does not support.
    let result = catch_unwind(AssertUnwindSafe(|| generator.generate_tokens(spec)));
    let code = match result {
        Ok(Ok(tokens)) => syn::parse2(tokens)
            .map(|file| prettyplease::unparse(&file))
            .map_err(|error| error.to_string()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(panic) => Err(panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref().map(|text: &&str| (*text).to_owned()))
            .unwrap_or_else(|| "a panic without a message".to_owned())),
    };
    code.map_err(|error| error.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn settings() -> Result<GenerationSettings, String> {
    let inner_type = INNER_TYPE
        .parse()
        .map_err(|error| format!("{INNER_TYPE}: {error}"))?;
    let mut settings = GenerationSettings::new();
    settings
        .with_hooks(HooksMode::Expected)
        .with_inner_type(inner_type)
        .with_derive("PartialEq");
    for (schema, ours) in HAND_WRITTEN {
        settings.with_replacement(schema, ours, [TypeImpl::Display].into_iter());
    }
    Ok(settings)
}
