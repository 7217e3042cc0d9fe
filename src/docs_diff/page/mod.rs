//! Stub until the readers are here.
use super::model::{ReadError, Source};
/// Stub.
///
/// # Errors
///
/// Always.
pub fn read_page(text: &str) -> Result<Source, ReadError> {
    Err(ReadError::NoEndpoint(text.chars().take(20).collect()))
}
