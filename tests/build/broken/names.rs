//! Broken documents: names.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a missing operationId",
        edits: &[("      operationId: create_solution\n", "")],
        says: "<post:>:5: paths./{Version}/{Application-ID}/whatsapp_business_solution.post: this operation has no `operationId`; give it one, from which its method gets the name",
    },
    Case {
        name: "a repeated operationId",
        edits: &[(
            "      operationId: accept_solution",
            "      operationId: create_solution",
        )],
        says: "<operationId: create_solution>:20: paths./{Version}/{Solution-ID}/accept.post.operationId: `create_solution` is already the `operationId` in line <operationId: create_solution>; every operation needs its own",
    },
    Case {
        name: "two operationIds of one name in Rust",
        edits: &[(
            "      operationId: accept_solution",
            "      operationId: createSolution",
        )],
        says: "<operationId: createSolution>:20: paths./{Version}/{Solution-ID}/accept.post.operationId: `createSolution` and `create_solution` (line <operationId: create_solution>) would be the same method `create_solution`; rename one",
    },
    Case {
        name: "an operationId that names no method",
        edits: &[(
            "      operationId: accept_solution",
            "      operationId: ../accept",
        )],
        says: "<operationId: ../accept>:20: paths./{Version}/{Solution-ID}/accept.post.operationId: `../accept` cannot name a method; use letters and digits, such as `createThing`",
    },
    Case {
        name: "a path item by reference",
        edits: &[(
            "  /{Version}/{Solution-ID}/accept:\n",
            "  /other:\n    $ref: 'other.yaml'\n  /{Version}/{Solution-ID}/accept:\n",
        )],
        says: "<$ref: 'other.yaml'>:5: paths./other.$ref: the generator takes no path item by `$ref`; write its operations out here",
    },
    Case {
        name: "braces that do not match",
        edits: &[(
            "  /{Version}/{Solution-ID}/accept:",
            "  /{Version}/{Solution-ID/accept:",
        )],
        says: "</{Version}/{Solution-ID/accept:>:3: paths./{Version}/{Solution-ID/accept: the braces of this path do not match; a parameter is written `{name}`",
    },
    Case {
        name: "the same path with other names",
        edits: &[(
            "  /{Version}/{Solution-ID}/accept:",
            "  /{Version}/{Solution-ID}/whatsapp_business_solution:",
        )],
        says: "</{Version}/{Solution-ID}/whatsapp_business_solution:>:3: paths./{Version}/{Solution-ID}/whatsapp_business_solution: this is the same path as in line </{Version}/{Application-ID}/whatsapp_business_solution:>, with other names in the braces; join the two",
    },
    Case {
        name: "a component with a blank in its name",
        edits: &[(
            "    GraphAPIError:\n      type: object\n",
            "    Graph API:\n      type: object\n    GraphAPIError:\n      type: object\n",
        )],
        says: "<Graph API:>:5: components.schemas.Graph API: `Graph API` cannot name a component; OpenAPI takes letters, digits, `.`, `_` and `-`",
    },
];
