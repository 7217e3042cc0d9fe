//! Broken documents: bodies and answers.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a body of a type that the generator does not take",
        edits: &[(
            "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/WhatsAppBusinessSolutionAcceptRequest'\n",
            "      requestBody:\n        required: true\n        content:\n          application/xml:\n            schema:\n              $ref: '#/components/schemas/WhatsAppBusinessSolutionAcceptRequest'\n",
        )],
        says: "<application/xml:>:11: paths./{Version}/{Solution-ID}/accept.post.requestBody.content.application/xml: the generator cannot write `application/xml`; it writes application/json, application/x-www-form-urlencoded, application/octet-stream, text/plain, text/x-markdown",
    },
    Case {
        name: "two types of body",
        edits: &[(
            "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/WhatsAppBusinessSolutionAcceptRequest'\n",
            "      requestBody:\n        required: true\n        content:\n          text/plain:\n            schema: {type: string}\n          application/json:\n            schema:\n              $ref: '#/components/schemas/WhatsAppBusinessSolutionAcceptRequest'\n",
        )],
        says: "<application/json:>:11: paths./{Version}/{Solution-ID}/accept.post.requestBody.content.application/json: the generator takes one media type for a body; keep one of these 2",
    },
    Case {
        name: "a body that may be left out",
        edits: &[(
            "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/WhatsAppBusinessSolutionAcceptRequest'\n",
            "      requestBody:\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/WhatsAppBusinessSolutionAcceptRequest'\n",
        )],
        says: "<requestBody:>:7: paths./{Version}/{Solution-ID}/accept.post.requestBody: the generator always sends a body; say `required: true`",
    },
    Case {
        name: "two success shapes",
        edits: &[(
            "        '200':\n          description: |\n            The invitation is accepted.",
            "        '202':\n          description: Not yet.\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/GraphAPIError'\n        '200':\n          description: |\n            The invitation is accepted.",
        )],
        says: "<'200':>:9: paths./{Version}/{Solution-ID}/accept.post.responses.200: `200` answers with WhatsAppBusinessSolutionAcceptResponse and `202` with GraphAPIError; the generator takes one success shape an operation: give both the same",
    },
    Case {
        name: "two success shapes, one of them empty",
        edits: &[(
            "        '429':\n          description: Too Many",
            "        '204':\n          description: Done.\n        '429':\n          description: Too Many",
        )],
        says: "<'204':>:9: paths./{Version}/{Solution-ID}/accept.post.responses.204: `204` answers with no body and `200` with WhatsAppBusinessSolutionAcceptResponse; the generator takes one success shape an operation: give both the same",
    },
    Case {
        name: "two error shapes",
        edits: &[(
            "          description: Too Many Requests. The rate limit is used up.\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/GraphAPIError'\n",
            "          description: Too Many Requests. The rate limit is used up.\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/WhatsAppBusinessSolutionCreateResponse'\n",
        )],
        says: "<'429':>:9: paths./{Version}/{Solution-ID}/accept.post.responses.429: `429` answers with WhatsAppBusinessSolutionCreateResponse and `400` with GraphAPIError; the generator takes one error shape an operation: give both the same",
    },
    Case {
        name: "two error shapes, one of them empty",
        edits: &[(
            "          description: Too Many Requests. The rate limit is used up.\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/GraphAPIError'\n",
            "          description: Too Many Requests. The rate limit is used up.\n",
        )],
        says: "<'429':>:9: paths./{Version}/{Solution-ID}/accept.post.responses.429: `429` answers with no body and `400` with GraphAPIError; the generator takes one error shape an operation: give both the same",
    },
    Case {
        name: "a default answer of another shape than success",
        edits: &[(
            "        '429':\n          description: Too Many",
            "        default:\n          description: Too Many",
        )],
        says: "<default:>:9: paths./{Version}/{Solution-ID}/accept.post.responses.default: `default` answers with GraphAPIError and `200` with WhatsAppBusinessSolutionAcceptResponse; the generator takes one success shape an operation: give both the same",
    },
    Case {
        name: "no success",
        edits: &[(
            "        '200':\n          description: |\n            The invitation is accepted.",
            "        '300':\n          description: |\n            The invitation is accepted.",
        )],
        says: "<responses:>:7: paths./{Version}/{Solution-ID}/accept.post.responses: no 2xx status is named, so nobody knows what a success looks like; name one",
    },
    Case {
        name: "an answer in JSON without a schema",
        edits: &[(
            "              schema:\n                $ref: '#/components/schemas/WhatsAppBusinessSolutionCreateResponse'\n",
            "",
        )],
        says: "<application/json:>:13: paths./{Version}/{Application-ID}/whatsapp_business_solution.post.responses.200.content.application/json: an answer in JSON needs a `schema`",
    },
    Case {
        name: "a text body of fields",
        edits: &[(
            "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/WhatsAppBusinessSolutionAcceptRequest'\n",
            "      requestBody:\n        required: true\n        content:\n          text/plain:\n            schema:\n              type: object\n",
        )],
        says: "<text/plain:>:11: paths./{Version}/{Solution-ID}/accept.post.requestBody.content.text/plain: a body of `text/plain` is sent as it is; its schema can only be `{type: string}`",
    },
];
