//! The only calls into the crate.

use std::sync::LazyLock;

use whatsapp_multi_partner_solutions::docs_diff::{
    COMPILED_IN_YAML, Document, ReadError, read_source,
};

pub use whatsapp_multi_partner_solutions::docs_diff::Lock;

static YAML: LazyLock<Document> =
    LazyLock::new(|| Document::read("the YAML", COMPILED_IN_YAML).unwrap());

/// A difference as it is reported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reported {
    pub operation: String,
    pub item: String,
    pub aspect: String,
    pub kind: String,
}

/// Nothing was compared; why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    Empty,
    NoEndpoint,
    CutShort,
    OtherApi,
    UnknownWording,
    Malformed,
    /// What no page of these tests should end in.
    Unexpected(String),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Empty => Self::Empty,
            ReadError::NoEndpoint(_) => Self::NoEndpoint,
            ReadError::CutShort(_) => Self::CutShort,
            ReadError::OtherApi(_) => Self::OtherApi,
            ReadError::UnknownWording(_) => Self::UnknownWording,
            ReadError::Malformed(_) => Self::Malformed,
            other => Self::Unexpected(other.to_string()),
        }
    }
}

/// Why a text is not read, in the words for a person.
pub fn message(text: &str) -> Option<String> {
    let read = read_source(text.as_bytes(), &YAML, None);
    read.err().map(|error| error.to_string())
}

/// What `--update-lock` makes of an empty lock and these pages.
pub fn lock_of(pages: &[&str]) -> Result<Lock, String> {
    let mut lock = Lock::default();
    let mut sources = vec![];
    for text in pages {
        let source = read_source(text.as_bytes(), &YAML, None);
        sources.push((
            "a page".to_owned(),
            source.map_err(|error| error.to_string())?,
        ));
    }
    lock.accept(&YAML, &sources)?;
    Ok(lock)
}

/// What is reported of a file.
pub fn compare(text: &str, lock: &Lock) -> Result<Vec<Reported>, Failure> {
    let source = read_source(text.as_bytes(), &YAML, None)?;
    let reported = source
        .compare(&YAML, lock)
        .into_iter()
        .map(|difference| Reported {
            operation: difference.operation,
            item: difference.item,
            aspect: difference.aspect.to_string(),
            kind: difference.kind.to_string(),
        });
    Ok(reported.collect())
}
