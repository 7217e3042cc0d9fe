//! Broken documents: schemas.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "an array without items",
        edits: &[(
            "          items:\n            $ref: '#/components/schemas/WhatsAppBusinessAccountConfigurablePermissionTask'\n        partner_app_id:\n",
            "        partner_app_id:\n",
        )],
        says: "<owner_permissions:>:9: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.owner_permissions: an array needs `items`, the schema of what stands in it",
    },
    Case {
        name: "a required property that is misspelt",
        edits: &[(
            "      required: [solution_id, success]",
            "      required: [solution_id, sucess]",
        )],
        says: "<required: [solution_id, sucess]>:31: components.schemas.WhatsAppBusinessSolutionAcceptResponse.required[1]: `sucess` is required, and no property has that name; did you mean `success`?",
    },
    Case {
        name: "a required property that is not there",
        edits: &[(
            "          required: [message, type, code]",
            "          required: [message, type, code, colour]",
        )],
        says: "<required: [message, type, code, colour]>:43: components.schemas.GraphAPIError.properties.error.required[3]: `colour` is required, and no property has that name",
    },
    Case {
        name: "a property required twice",
        edits: &[(
            "      required: [solution_id, success]",
            "      required: [solution_id, success, success]",
        )],
        says: "<required: [solution_id, success, success]>:40: components.schemas.WhatsAppBusinessSolutionAcceptResponse.required[2]: `success` stands in this list twice",
    },
    Case {
        name: "two properties of one name in Rust",
        edits: &[(
            "            fbtrace_id:\n",
            "            fbtraceId:\n              type: string\n            fbtrace_id:\n",
        )],
        says: "<fbtrace_id:>:13: components.schemas.GraphAPIError.properties.error.properties.fbtrace_id: `fbtrace_id` and `fbtraceId` would be the same field `fbtrace_id` in Rust",
    },
    Case {
        name: "a bound of another type",
        edits: &[(
            "        success:\n          type: boolean",
            "        success:\n          type: boolean\n          minLength: 1",
        )],
        says: "<minLength: 1>:11: components.schemas.WhatsAppBusinessSolutionAcceptResponse.properties.success.minLength: this belongs to the type string, and the schema is of type boolean; change one of the two",
    },
    Case {
        name: "a bound without a type",
        edits: &[(
            "        solution_name:\n          type: string\n",
            "        solution_name:\n",
        )],
        says: "<minLength: 2>:11: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.solution_name.minLength: this needs `type: string` beside it\n<maxLength: 75>:11: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.solution_name.maxLength: this needs `type: string` beside it",
    },
    Case {
        name: "lengths in the wrong order",
        edits: &[("          minLength: 2", "          minLength: 76")],
        says: "<minLength: 76>:22: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.solution_name.minLength: `minLength` is greater than `maxLength`, so that no value fits",
    },
    Case {
        name: "numbers of items in the wrong order",
        edits: &[(
            "            far. An empty array gives the owner no configurable permission.\n",
            "            far. An empty array gives the owner no configurable permission.\n          minItems: 2\n",
        )],
        says: "<minItems: 2>:21: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.owner_permissions.minItems: `minItems` is greater than `maxItems`, so that no value fits",
    },
    Case {
        name: "a pattern that is no regular expression",
        edits: &[(
            "            be valid, and accessible to whoever sends the request.\n          pattern: '^[0-9]+$'",
            "            be valid, and accessible to whoever sends the request.\n          pattern: '^[0-9+$'",
        )],
        says: "<pattern: '^[0-9+$'>:20: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.partner_app_id.pattern: `^[0-9+$` is no valid regular expression: Unbalanced bracket",
    },
    Case {
        name: "a pattern without its end",
        edits: &[(
            "            be valid, and accessible to whoever sends the request.\n          pattern: '^[0-9]+$'",
            "            be valid, and accessible to whoever sends the request.\n          pattern: '^[0-9]+'",
        )],
        says: "<pattern: '^[0-9]+'>:20: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.partner_app_id.pattern: `^[0-9]+` is not anchored, and the generated check searches anywhere in the text; write it as `^(…)$`",
    },
    Case {
        name: "a pattern without its beginning",
        edits: &[(
            "            be valid, and accessible to whoever sends the request.\n          pattern: '^[0-9]+$'",
            "            be valid, and accessible to whoever sends the request.\n          pattern: '[0-9]+$'",
        )],
        says: "<pattern: '[0-9]+$'>:20: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.partner_app_id.pattern: `[0-9]+$` is not anchored, and the generated check searches anywhere in the text; write it as `^(…)$`",
    },
    Case {
        name: "a pattern whose end is only looked for",
        edits: &[(
            "            be valid, and accessible to whoever sends the request.\n          pattern: '^[0-9]+$'",
            "            be valid, and accessible to whoever sends the request.\n          pattern: '^[0-9]+\\$'",
        )],
        says: "<pattern: '^[0-9]+\\$'>:20: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.partner_app_id.pattern: `^[0-9]+\\$` is not anchored, and the generated check searches anywhere in the text; write it as `^(…)$`",
    },
    Case {
        name: "a pattern split in two",
        edits: &[(
            "            be valid, and accessible to whoever sends the request.\n          pattern: '^[0-9]+$'",
            "            be valid, and accessible to whoever sends the request.\n          pattern: '^[0-9]+|me$'",
        )],
        says: "<pattern: '^[0-9]+|me$'>:20: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.partner_app_id.pattern: `^[0-9]+|me$` is not anchored, and the generated check searches anywhere in the text; write it as `^(…)$`",
    },
    Case {
        name: "an enum value of another type",
        edits: &[("      enum: [MESSAGING]", "      enum: [MESSAGING, 7]")],
        says: "<enum: [MESSAGING, 7]>:25: components.schemas.WhatsAppBusinessAccountConfigurablePermissionTask.enum[1]: the number 7 is no value of type string; quote it if text is meant",
    },
    Case {
        name: "an enum value twice",
        edits: &[("REJECTED, DEACTIVATED]", "REJECTED, REJECTED]")],
        says: "<enum: [DRAFT, INITIATED, NOTIFICATION_SENT, ACCEPTED, REJECTED, REJECTED]>:71: components.schemas.WhatsAppBusinessSolutionPartnerStatus.enum[5]: the text `REJECTED` stands in this `enum` twice",
    },
    Case {
        name: "an empty enum",
        edits: &[("      enum: [MESSAGING]", "      enum: []")],
        says: "<enum: []>:7: components.schemas.WhatsAppBusinessAccountConfigurablePermissionTask.enum: an empty `enum` lets no value through; name the values or remove it",
    },
];
