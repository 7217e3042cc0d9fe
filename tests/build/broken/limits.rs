//! Broken documents: limits of the generator.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "an enum in an answer",
        edits: &[(
            "            type:\n              type: string\n              description: The class",
            "            type:\n              type: string\n              enum: [OAuthException]\n              description: The class",
        )],
        says: "<enum: [OAuthException]>:15: components.schemas.GraphAPIError.properties.error.properties.type.enum: this is an enum in an answer; move it to `components.schemas`, give it an open type in src/ and name that in src/spec/generate.rs",
    },
    Case {
        name: "a named enum in an answer",
        edits: &[(
            "        message:\n          type: string\n          description: A confirmation",
            "        message:\n          $ref: '#/components/schemas/WhatsAppBusinessAccountConfigurablePermissionTask'\n        x-before:\n          type: string\n          description: A confirmation",
        )],
        says: "<enum: [MESSAGING]>:7: components.schemas.WhatsAppBusinessAccountConfigurablePermissionTask.enum: `WhatsAppBusinessAccountConfigurablePermissionTask` is an enum in an answer, and a value that Meta adds would make the answer unreadable; give it an open type in src/ and name it in src/spec/generate.rs",
    },
    Case {
        name: "a bounded schema in a request and in an answer",
        edits: &[
            (
                "    GraphAPIError:\n      type: object\n",
                "    Digits:\n      type: string\n      pattern: '^[0-9]+$'\n    GraphAPIError:\n      type: object\n",
            ),
            (
                "        log_session_id:\n          type: string\n          description: |\n            Names",
                "        app_id:\n          $ref: '#/components/schemas/Digits'\n        log_session_id:\n          type: string\n          description: |\n            Names",
            ),
            (
                "        solution_id:\n          type: string\n          description: ID of the solution whose invitation was accepted.\n",
                "        solution_id:\n          $ref: '#/components/schemas/Digits'\n",
            ),
        ],
        says: "<pattern: '^[0-9]+$'>:7: components.schemas.Digits.pattern: this schema stands in a request and in an answer, and only a request may be held to a bound; give the answer a schema of its own",
    },
    Case {
        name: "a bound of a request that nobody checks",
        edits: &[(
            "            through several API calls.\n",
            "            through several API calls.\n        priority:\n          type: integer\n          minimum: 1\n",
        )],
        says: "<minimum: 1>:11: components.schemas.WhatsAppBusinessSolutionAcceptRequest.properties.priority.minimum: the generator does not check this bound of a request, so nothing would hold it; it is not supported yet",
    },
    Case {
        name: "a number of items deep in a request",
        edits: &[(
            "            through several API calls.\n",
            "            through several API calls.\n        steps:\n          type: array\n          items:\n            type: array\n            maxItems: 3\n            items: {type: string}\n",
        )],
        says: "<maxItems: 3>:13: components.schemas.WhatsAppBusinessSolutionAcceptRequest.properties.steps.items.maxItems: this bound is held only in an array that is itself a property of a JSON request body; deeper ones are not supported yet",
    },
    Case {
        name: "a schema that a type of ours replaces, renamed",
        edits: &[
            (
                "    WhatsAppBusinessSolutionPartnerStatus:\n",
                "    PartnerStatus:\n",
            ),
            (
                "        partner_status:\n          $ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerStatus'",
                "        partner_status:\n          type: string",
            ),
        ],
        says: "<schemas:>:3: components.schemas: there is no schema `WhatsAppBusinessSolutionPartnerStatus` any more, and src/spec/generate.rs replaces it by `crate::partner_status::WhatsAppBusinessSolutionPartnerStatus`; change both together",
    },
    Case {
        name: "what only the generator finds",
        edits: &[(
            "            through several API calls.\n",
            "            through several API calls.\n        quiet:\n          type: boolean\n          default: loud\n",
        )],
        says: "<openapi: 3.0.3>:1: the generator refuses this document and does not say where: type error value does not conform to the given schema",
    },
    Case {
        name: "what only the reader of OpenAPI finds",
        edits: &[("      scheme: bearer\n", "")],
        says: "<bearerAuth:>:5: components.securitySchemes.bearerAuth: this cannot be read as OpenAPI 3.0, and the reader says no more than: missing field `scheme`",
    },
    Case {
        name: "a format whose type nobody has",
        edits: &[(
            "            through several API calls.\n",
            "            through several API calls.\n        day:\n          type: string\n          format: date\n",
        )],
        says: "<format: date>:19: components.schemas.WhatsAppBusinessSolutionAcceptRequest.properties.day.format: the generator makes of the format `date` a type of a crate that is no dependency here; say it with a `pattern`",
    },
    Case {
        name: "what makes the generator panic",
        edits: &[(
            "            through several API calls.\n",
            "            through several API calls.\n        day:\n          not: {type: object, properties: {a: {type: string}}}\n",
        )],
        says: "<openapi: 3.0.3>:1: the generator refuses this document and does not say where: not yet implemented: unhandled not schema Object( SchemaObject { metadata: None, instance_type: Some( Single( Object, ), ), format: None, enum_values: None, con",
    },
];
