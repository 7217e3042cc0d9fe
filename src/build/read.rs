//! YAML or JSON as a value: for the build, and for the comparison of Meta's pages.

use serde_saphyr::{Location, MessageFormatter, UserMessageFormatter};

/// Reads YAML. An error begins with its line and column. The library bounds depth and aliases.
pub(crate) fn read(text: &str) -> Result<serde_json::Value, String> {
    // `yes` and `no` are strings, as in YAML 1.2.
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let place = error.location().unwrap_or(Location::UNKNOWN);
        let message = UserMessageFormatter.format_message(error.without_snippet());
        format!("{}:{}: {message}", place.line(), place.column())
    })
}
