//! Text that the YAML bounds: taken by the generated type, or refused by name before anything is sent.

use std::{fmt::Display, str::FromStr};

use crate::error::Error;

/// Reads a value as the generated type; the error names it as the page does.
pub(crate) fn bounded<T: FromStr<Err: Display>>(
    name: &str,
    value: impl AsRef<str>,
) -> Result<T, Error> {
    value
        .as_ref()
        .parse()
        .map_err(|why| Error::invalid(format!("{name} {why}")))
}
