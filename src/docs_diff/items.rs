//! What the name of an item tells.

use super::model::Group;

/// The group that the facts of an item belong to; none for what is no fact of a page.
pub(super) fn fact_group(item: &str) -> Option<Group> {
    let (head, rest) = item.split_once('.').unwrap_or((item, ""));
    Some(match head {
        "versions" => Group::Versions,
        "base_url" => Group::BaseUrl,
        "auth" => Group::Auth,
        "header" => Group::Headers,
        "path" => Group::PathParameters,
        "request" => Group::Request,
        "status" => Group::Statuses,
        "response" => Group::Response(rest.split('.').next().unwrap_or_default().to_owned()),
        "error" => Group::Error,
        "enum" => Group::Enum(rest.to_owned()),
        "query" | "cookie" => Group::OtherParameters,
        _ => return None,
    })
}

/// The group that the wording of an item belongs to.
pub(super) fn prose_group(item: &str) -> Group {
    let (head, rest) = item.split_once('.').unwrap_or((item, ""));
    match head {
        "description" => Group::DescriptionProse,
        "schema" | "enum" => Group::SchemaProse(rest.to_owned()),
        "introduction" => Group::IntroductionProse,
        "summary" => Group::SummaryProse,
        _ => Group::FieldProse,
    }
}

/// The items that this one stands in, the nearest first: a field below a field, in a body, in an answer.
pub(super) fn holders(item: &str) -> Vec<String> {
    let mut holders = vec![];
    let mut here = item;
    while let Some((above, _)) = here.rsplit_once('.') {
        holders.push(above.to_owned());
        if let Some(status) = above
            .strip_prefix("response.")
            .filter(|at| !at.contains('.'))
        {
            holders.push(format!("status.{status}"));
        }
        here = above;
    }
    holders
}
