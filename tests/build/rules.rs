//! Bounds: which of them hold, and rules that the document has to keep because the generator does not see to them.

use serde_json::{Map, Value};

use crate::build_script::compile;
use crate::build_script::document::{is_bound, is_request, is_response, nodes, path, used_by};
use crate::{LOOKUPS, YAML, document};

/// The schemas of all requests or of all responses, by their path.
fn schemas(part: fn(&str) -> bool) -> Vec<(String, Map<String, Value>)> {
    let document = document();
    let used = used_by(&document, part);
    nodes(&document)
        .into_iter()
        .filter(|node| node.is_schema && used.contains(&node.pointer))
        .map(|node| (path(&node.pointer), node.value.as_object().unwrap().clone()))
        .collect()
}

#[test]
fn requests_are_held_to_bounds_and_responses_never_are() {
    let text = YAML
        .replace(
            "        success:\n          type: boolean\n",
            "        success:\n          type: string\n          minLength: 3\n          format: uuid\n",
        )
        .replace(
            "description: The response to an acceptance.\n",
            "description: The response to an acceptance.\n      additionalProperties: false\n",
        );
    assert!(text.contains("additionalProperties: false"));
    let client = compile(&[("a.yaml", text)]).unwrap();
    assert!(client.contains("pub success: ::std::string::String"));
    assert!(!client.contains("deny_unknown_fields"));
    assert!(client.contains("longer than 75 characters"));
}

#[test]
fn no_schema_with_a_bound_serves_requests_and_responses() {
    let responses = schemas(is_response);
    for (path, schema) in schemas(is_request) {
        let shared = responses.iter().any(|(other, _)| *other == path);
        let bounded = schema.iter().any(|(key, value)| is_bound(key, value));
        assert!(
            !(shared && bounded),
            "{path} would hold responses to its bounds"
        );
    }
}

#[test]
fn bounds_that_generated_types_do_not_check_are_those_of_the_permission_check() {
    let mut unchecked = vec![];
    for (path, schema) in schemas(is_request) {
        for (key, value) in schema.iter().filter(|(key, value)| is_bound(key, value)) {
            let checked = [
                "pattern",
                "minLength",
                "maxLength",
                "additionalProperties",
                "enum",
            ];
            // The client always sends the largest limit.
            let is_limit = path.contains("whatsapp_business_solutions.get.parameters.5");
            if !is_limit && !checked.contains(&key.as_str()) {
                unchecked.push(format!("{path}.{key}: {value}"));
            }
        }
    }
    let create = "components.schemas.WhatsAppBusinessSolutionCreateRequest.properties";
    let by_hand = ["owner_permissions", "partner_permissions"];
    assert_eq!(
        unchecked,
        by_hand.map(|name| format!("{create}.{name}.maxItems: 1"))
    );
}

#[test]
fn every_pattern_is_anchored() {
    for (path, schema) in schemas(is_request) {
        let Some(pattern) = schema.get("pattern") else {
            continue;
        };
        let pattern = pattern.as_str().unwrap();
        // Generated code looks for the pattern anywhere in the text. A `|` would leave each side with one anchor.
        let anchored = pattern.starts_with('^') && pattern.ends_with('$') && !pattern.contains('|');
        assert!(anchored, "{path}: {pattern}");
    }
}

#[test]
fn no_path_parameter_leads_to_another_path() {
    let document = document();
    let parameters = nodes(&document)
        .into_iter()
        .filter(|node| node.value.get("in").is_some_and(|place| place == "path"));
    let mut count = 0;
    for parameter in parameters {
        let pattern = parameter.value.pointer("/schema/pattern").unwrap();
        let pattern = regress::Regex::new(pattern.as_str().unwrap()).unwrap();
        for value in ["", ".", "..", "1/2"] {
            assert!(
                pattern.find(value).is_none(),
                "{} may be `{value}`",
                path(&parameter.pointer)
            );
        }
        count += 1;
    }
    let written = [YAML, LOOKUPS].map(|text| text.matches("in: path").count());
    assert_eq!(count, written.iter().sum::<usize>());
}
