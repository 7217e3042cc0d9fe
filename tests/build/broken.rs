//! What the build says of a broken document.

use crate::YAML;
use crate::build_script::compile;

/// What the document says, what it says instead, and the error. `LINE` stands for the line in
/// which the edit begins.
const CASES: &[[&str; 3]] = &[
    // Not YAML, or not one value per key.
    [
        "'500':\n          description: Internal Server Error. The server",
        "'429':\n          description: Internal Server Error. The server",
        ":LINE:9: duplicate mapping key: 429 not allowed here",
    ],
    [
        "      description: The response to an acceptance.",
        "        description: The response to an acceptance.",
        ":LINE:20: mapping values are not allowed in this context",
    ],
    // Keys that `openapiv3` would drop in silence.
    [
        "      required: [owner_permissions,",
        "      reqiured: [owner_permissions,",
        ": components.schemas.WhatsAppBusinessSolutionCreateRequest.reqiured: OpenAPI 3.0 has no such key here",
    ],
    [
        "operationId: accept_solution",
        "operationID: accept_solution",
        ": paths./{Version}/{Solution-ID}/accept.post.operationID: OpenAPI 3.0 has no such key here",
    ],
    [
        "          $ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerStatus'",
        "          $ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerStatus'\n          nullable: true",
        ": components.schemas.WhatsAppBusinessSolutionAcceptResponse.properties.partner_status.nullable: OpenAPI 3.0 has no such key here",
    ],
    // Schemas that `openapiv3` would take for 'any value'.
    [
        "type: integer\n              description: Number that identifies the error.",
        "type: integer\n              minLength: 1\n              description: Number that identifies the error.",
        ": components.schemas.GraphAPIError.properties.error.properties.code: `type` is missing or unknown, or another key does not go with it",
    ],
    // Values that do not fit, and references that lead nowhere.
    [
        "required: true\n          description: |\n            ID of the solution",
        "required: ture\n          description: |\n            ID of the solution",
        ": paths./{Version}/{Solution-ID}/accept.post.parameters.2: invalid type: string \"ture\", expected a boolean",
    ],
    [
        "#/components/schemas/WhatsAppBusinessSolutionAcceptRequest'",
        "#/components/schemas/WhatsAppBusinessSolutionAcceptRequst'",
        ": paths./{Version}/{Solution-ID}/accept.post.requestBody.content.application/json.schema.$ref: there is no /components/schemas/WhatsAppBusinessSolutionAcceptRequst in this document",
    ],
    // What the generator refuses, or panics on.
    [
        "name: Solution-ID",
        "name: Solution-Id",
        ": the generator stops with: Solution-Id missing from path",
    ],
    [
        "operationId: accept_solution",
        "operationId: create_solution",
        ": the generator stops with: unexpected or unhandled format in the OpenAPI document duplicate operation ID: create_solution",
    ],
];

#[test]
fn a_broken_document_is_refused_with_the_place_of_the_mistake() {
    for [from, to, expected] in CASES {
        let (before, after) = YAML.split_once(from).expect(from);
        assert!(!after.contains(from), "stands there twice: {from}");
        let line = (before.matches('\n').count() + 1).to_string();
        let errors = compile(&[("a.yaml", format!("{before}{to}{after}"))]).expect_err(to);
        let expected = format!("a.yaml{}", expected.replace("LINE", &line));
        assert_eq!(errors, [expected]);
    }
}

#[test]
fn every_misspelt_key_is_named_at_once() {
    let text = YAML.replace("pattern:", "patern:");
    let errors = compile(&[("a.yaml", text.clone())]).unwrap_err();
    assert_eq!(errors.len(), text.matches("patern:").count());
}
