//! Broken documents: shape.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "`required` misspelt in a parameter",
        edits: &[(
            "        - name: Application-ID\n          in: path\n          required: true",
            "        - name: Application-ID\n          in: path\n          reqiured: true",
        )],
        says: "<reqiured: true>:11: paths./{Version}/{Application-ID}/whatsapp_business_solution.post.parameters[2].reqiured: OpenAPI 3.0 knows no key `reqiured` in a parameter; did you mean `required`?",
    },
    Case {
        name: "`required` misspelt in a schema",
        edits: &[(
            "      required: [solution_id, success]",
            "      reqiured: [solution_id, success]",
        )],
        says: "<reqiured: [solution_id, success]>:7: components.schemas.WhatsAppBusinessSolutionAcceptResponse.reqiured: OpenAPI 3.0 knows no key `reqiured` in a schema; did you mean `required`?",
    },
    Case {
        name: "`responses` misspelt",
        edits: &[(
            "      responses:\n        '200':\n          description: |\n            The solution exists",
            "      reponses:\n        '200':\n          description: |\n            The solution exists",
        )],
        says: "<reponses:>:7: paths./{Version}/{Application-ID}/whatsapp_business_solution.post.reponses: OpenAPI 3.0 knows no key `reponses` in an operation; did you mean `responses`?",
    },
    Case {
        name: "`schemas` misspelt",
        edits: &[("\n  schemas:\n", "\n  schema:\n")],
        says: "<schema:>:3: components.schema: OpenAPI 3.0 knows no key `schema` in a components object; did you mean `schemas`?",
    },
    Case {
        name: "`properties` in another case",
        edits: &[(
            "          required: [message, type, code]\n          properties:",
            "          required: [message, type, code]\n          Properties:",
        )],
        says: "<Properties:>:11: components.schemas.GraphAPIError.properties.error.Properties: OpenAPI 3.0 knows no key `Properties` in a schema; did you mean `properties`?",
    },
    Case {
        name: "`minLength` misspelt",
        edits: &[("          minLength: 2", "          minlenght: 2")],
        says: "<minlenght: 2>:11: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.solution_name.minlenght: OpenAPI 3.0 knows no key `minlenght` in a schema; did you mean `minLength`?",
    },
    Case {
        name: "a key of OpenAPI 3.1",
        edits: &[("      enum: [MESSAGING]", "      const: MESSAGING")],
        says: "<const: MESSAGING>:7: components.schemas.WhatsAppBusinessAccountConfigurablePermissionTask.const: OpenAPI 3.0 knows no key `const` in a schema; remove it, or let it begin with `x-`",
    },
    Case {
        name: "an unknown method",
        edits: &[(
            "  /{Version}/{Solution-ID}/accept:\n    post:",
            "  /{Version}/{Solution-ID}/accept:\n    send:",
        )],
        says: "<send:>:5: paths./{Version}/{Solution-ID}/accept.send: OpenAPI 3.0 knows no key `send` in a path item; remove it, or let it begin with `x-`",
    },
    Case {
        name: "an unknown key at the top",
        edits: &[("\ntags:\n", "\ngroups:\n")],
        says: "<groups:>:1: groups: OpenAPI 3.0 knows no key `groups` in an OpenAPI document; remove it, or let it begin with `x-`",
    },
    Case {
        name: "a path without its slash",
        edits: &[(
            "  /{Version}/{Solution-ID}/accept:",
            "  '{Version}/{Solution-ID}/accept':",
        )],
        says: "<'{Version}/{Solution-ID}/accept':>:3: paths.{Version}/{Solution-ID}/accept: `{Version}/{Solution-ID}/accept` is no path, because a path begins with `/`",
    },
    Case {
        name: "a status that is none",
        edits: &[("        '429':\n", "        '4290':\n")],
        says: "<'4290':>:9: paths./{Version}/{Solution-ID}/accept.post.responses.4290: `4290` is no status; known are three digits (`404`), a range (`4XX`) and `default`",
    },
    Case {
        name: "a status range in small letters",
        edits: &[("        '429':\n", "        4xx:\n")],
        says: "<4xx:>:9: paths./{Version}/{Solution-ID}/accept.post.responses.4xx: `4xx` is no status; known are three digits (`404`), a range (`4XX`) and `default`",
    },
    Case {
        name: "an unknown type",
        edits: &[(
            "        solution_name:\n          type: string",
            "        solution_name:\n          type: strnig",
        )],
        says: "<type: strnig>:17: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.solution_name.type: `strnig` is not known here; did you mean `string`? (known: array, boolean, integer, number, object, string)",
    },
    Case {
        name: "a type that OpenAPI has not",
        edits: &[(
            "            is_transient:\n              type: boolean",
            "            is_transient:\n              type: flag",
        )],
        says: "<type: flag>:21: components.schemas.GraphAPIError.properties.error.properties.is_transient.type: `flag` is not known here (known: array, boolean, integer, number, object, string)",
    },
    Case {
        name: "a list of types, as in OpenAPI 3.1",
        edits: &[(
            "            is_transient:\n              type: boolean",
            "            is_transient:\n              type: [boolean, 'null']",
        )],
        says: "<type: [boolean, 'null']>:15: components.schemas.GraphAPIError.properties.error.properties.is_transient.type: expected one of array, boolean, integer, number, object, string (if null is among them, say `nullable: true`), found a list",
    },
    Case {
        name: "an unknown place of a parameter",
        edits: &[(
            "        - name: Solution-ID\n          in: path",
            "        - name: Solution-ID\n          in: url",
        )],
        says: "<in: url>:15: paths./{Version}/{Solution-ID}/accept.post.parameters[2].in: `url` is not known here (known: path, query, header, cookie)",
    },
    Case {
        name: "text instead of true or false",
        edits: &[(
            "        - name: Solution-ID\n          in: path\n          required: true",
            "        - name: Solution-ID\n          in: path\n          required: yes-please",
        )],
        says: "<required: yes-please>:21: paths./{Version}/{Solution-ID}/accept.post.parameters[2].required: expected `true` or `false`, found the text `yes-please`",
    },
    Case {
        name: "a list instead of a map",
        edits: &[(
            "      required: [partner_app_id]\n      properties:\n        partner_app_id:\n",
            "      required: [partner_app_id]\n      properties: []\n      x-before:\n        partner_app_id:\n",
        )],
        says: "<properties: []>:7: components.schemas.WhatsAppBusinessSolutionAcceptRequest.properties: expected a map, found a list",
    },
    Case {
        name: "text instead of a list",
        edits: &[(
            "      required: [partner_app_id]\n",
            "      required: partner_app_id\n",
        )],
        says: "<required: partner_app_id>:17: components.schemas.WhatsAppBusinessSolutionAcceptRequest.required: expected a list, found the text `partner_app_id`",
    },
    Case {
        name: "a number instead of text",
        edits: &[("  version: v25.0", "  version: 25.0")],
        says: "<version: 25.0>:12: info.version: expected text in quotes, found the number 25.0",
    },
    Case {
        name: "text instead of a number",
        edits: &[("          maxLength: 75", "          maxLength: '75'")],
        says: "<maxLength: '75'>:22: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.solution_name.maxLength: expected a whole number from 0, found the text `75`",
    },
    Case {
        name: "a negative length",
        edits: &[("          maxLength: 75", "          maxLength: -75")],
        says: "<maxLength: -75>:22: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.solution_name.maxLength: expected a whole number from 0, found the number -75",
    },
    Case {
        name: "nothing instead of text",
        edits: &[(
            "              description: Number that identifies the error.",
            "              description:",
        )],
        says: "<description:>:26: components.schemas.GraphAPIError.properties.error.properties.code.description: expected text, found nothing",
    },
    Case {
        name: "nothing instead of a map",
        edits: &[(
            "      description: The answer to an acceptance.\n",
            "      description: The answer to an acceptance.\n      discriminator:\n",
        )],
        says: "<discriminator:>:20: components.schemas.WhatsAppBusinessSolutionAcceptResponse.discriminator: expected a discriminator, which is a map, found nothing",
    },
    Case {
        name: "an answer without its description",
        edits: &[(
            "          description: Too Many Requests. The rate limit is used up.\n",
            "",
        )],
        says: "<'429':>:9: paths./{Version}/{Solution-ID}/accept.post.responses.429: a response needs the key `description`, and it is missing",
    },
    Case {
        name: "no title",
        edits: &[("  title: WhatsApp Business Multi-Partner Solutions\n", "")],
        says: "<info:>:1: info: an info object needs the key `title`, and it is missing",
    },
    Case {
        name: "a key beside a reference",
        edits: &[(
            "        partner_status:\n",
            "        partner_status:\n          description: How far the partner has come.\n",
        )],
        says: "<description: How far the partner has come.>:11: components.schemas.WhatsAppBusinessSolutionAcceptResponse.properties.partner_status.description: nothing may stand beside `$ref`, where OpenAPI 3.0 ignores it; move `description` to where `$ref` leads",
    },
    Case {
        name: "two mistakes at once",
        edits: &[
            ("          minLength: 2", "          minLenght: 2"),
            ("      enum: [MESSAGING]", "      enums: [MESSAGING]"),
        ],
        says: "<minLenght: 2>:11: components.schemas.WhatsAppBusinessSolutionCreateRequest.properties.solution_name.minLenght: OpenAPI 3.0 knows no key `minLenght` in a schema; did you mean `minLength`?\n<enums: [MESSAGING]>:7: components.schemas.WhatsAppBusinessAccountConfigurablePermissionTask.enums: OpenAPI 3.0 knows no key `enums` in a schema; did you mean `enum`?",
    },
    Case {
        name: "a misspelt key deep inside an example's frame",
        edits: &[(
            "                summary: The invited partner app accepts\n",
            "                sumary: The invited partner app accepts\n",
        )],
        says: "<sumary: The invited partner app accepts>:17: paths./{Version}/{Solution-ID}/accept.post.requestBody.content.application/json.examples.partner_acceptance.sumary: OpenAPI 3.0 knows no key `sumary` in an example; did you mean `summary`?",
    },
];
