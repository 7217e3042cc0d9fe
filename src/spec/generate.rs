//! The document to Rust: what the generator is told, and its failures put into words.

use std::sync::Once;

use super::cursor::{Cursor, Step};
use super::failure::{Failure, fold};
use super::node::Node;

/// Schemas whose type is written by hand, because the generator would make a closed enum of them: the name in the
/// document and the type that replaces it. The tests hold the two against each other.
pub(crate) const REPLACED: &[(&str, &str)] = &[(
    "WhatsAppBusinessSolutionPartnerStatus",
    "crate::partner_status::WhatsAppBusinessSolutionPartnerStatus",
)];

fn settings() -> progenitor::GenerationSettings {
    let mut settings = progenitor::GenerationSettings::new();
    settings.with_hooks(progenitor::HooksMode::Expected);
    settings.with_inner_type(quote::quote!(crate::generated::RequestSlot));
    settings.with_derive("PartialEq");
    for (schema, ours) in REPLACED {
        settings.with_replacement(schema, ours, [progenitor::TypeImpl::Display].into_iter());
    }
    // Graph sends times that are no RFC 3339, so a time is kept as it came.
    settings.with_conversion(
        schemars::schema::SchemaObject {
            instance_type: Some(schemars::schema::InstanceType::String.into()),
            format: Some("date-time".to_owned()),
            ..Default::default()
        },
        "crate::timestamp::Timestamp",
        [progenitor::TypeImpl::Display].into_iter(),
    );
    settings
}

/// The client's generated half, formatted.
///
/// # Errors
///
/// What the generator does not take although the checks let it pass.
pub(crate) fn client(document: &Node) -> Result<String, Failure> {
    let root = Cursor::root(document);
    replaced_exist(&root)?;
    let json = serde_json::to_string(document).map_err(|error| {
        root.failure(&format!("this document cannot be written as JSON: {error}"))
    })?;
    let reader = &mut serde_json::Deserializer::from_str(&json);
    let spec: openapiv3::OpenAPI = serde_path_to_error::deserialize(reader).map_err(|error| {
        let here = root.follow(error.path().iter().filter_map(|segment| match segment {
            serde_path_to_error::Segment::Map { key } => Some(Step::Key(key)),
            serde_path_to_error::Segment::Seq { index } => Some(Step::Index(*index)),
            _ => None,
        }));
        here.failure(&format!(
            "this cannot be read as OpenAPI 3.0, and the reader says no more than: {}",
            without_json_place(error.inner())
        ))
    })?;
    generate(&spec).map_err(|error| {
        let error: String = fold(&error).chars().take(160).collect();
        root.failure(&format!(
            "the generator refuses this document and does not say where: {error}"
        ))
    })
}

/// A replacement of a schema that is not there would be dropped in silence.
fn replaced_exist(root: &Cursor<'_>) -> Result<(), Failure> {
    let schemas = root.get("components").and_then(|c| c.get("schemas"));
    let missing = REPLACED
        .iter()
        .find(|(name, _)| schemas.as_ref().is_none_or(|s| s.get(name).is_none()));
    missing.map_or(Ok(()), |(name, ours)| {
        let here = schemas.clone().unwrap_or_else(|| root.clone());
        let text = format!("there is no schema `{name}` any more, and src/spec/generate.rs replaces it by `{ours}`; change both together");
        Err(here.failure(&text))
    })
}

/// The line and column that serde adds are those of the JSON in between, which nobody has seen.
fn without_json_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ")
        .map_or(text.clone(), |(before, _)| before.to_owned())
}

const THREAD: &str = "openapi-generator";

/// The generator panics on much of what it does not take. It has a thread of its own, so that a panic ends there and
/// its back trace, which would tell the reader nothing, is not printed.
fn generate(spec: &openapiv3::OpenAPI) -> Result<String, String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().name() != Some(THREAD) {
                usual(panic);
            }
        }));
    });
    std::thread::scope(|scope| {
        let work = || -> Result<String, String> {
            let tokens = progenitor::Generator::new(&settings())
                .generate_tokens(spec)
                .map_err(|e| e.to_string())?;
            let file = syn::parse2(tokens).map_err(|e| format!("it wrote no valid Rust: {e}"))?;
            Ok(prettyplease::unparse(&file))
        };
        let thread = std::thread::Builder::new()
            .name(THREAD.to_owned())
            .spawn_scoped(scope, work);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                Err(text
                    .or(panic.downcast_ref::<&str>().copied())
                    .unwrap_or("it gave no reason")
                    .to_owned())
            }
            Err(error) => Err(format!("its thread did not start: {error}")),
        }
    })
}
