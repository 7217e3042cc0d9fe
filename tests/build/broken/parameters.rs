//! Broken documents: parameters.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a path name that no parameter has",
        edits: &[(
            "  /{Version}/{Solution-ID}/accept:",
            "  /{Version}/{Solution-ID}/{Step}:",
        )],
        says: "<post:>:5: paths./{Version}/{Solution-ID}/{Step}.post: the path has `{Step}`, and no parameter with `name: Step` and `in: path` says what it is",
    },
    Case {
        name: "a parameter that the path has not",
        edits: &[(
            "        - name: Solution-ID\n",
            "        - name: Solution_ID\n",
        )],
        says: "<post:>:5: paths./{Version}/{Solution-ID}/accept.post: the path has `{Solution-ID}`, and no parameter with `name: Solution-ID` and `in: path` says what it is\n<- name: Solution_ID>:17: paths./{Version}/{Solution-ID}/accept.post.parameters[2].name: the path `/{Version}/{Solution-ID}/accept` has no `{Solution_ID}`; did you mean `Solution-ID`?",
    },
    Case {
        name: "a path name twice",
        edits: &[(
            "  /{Version}/{Solution-ID}/accept:",
            "  /{Version}/{Solution-ID}/{Version}:",
        )],
        says: "<post:>:5: paths./{Version}/{Solution-ID}/{Version}.post: the path has `{Version}` twice; a name stands in it once",
    },
    Case {
        name: "a path parameter that is not required",
        edits: &[(
            "        - name: Solution-ID\n          in: path\n          required: true\n",
            "        - name: Solution-ID\n          in: path\n",
        )],
        says: "<- name: Solution-ID>:11: paths./{Version}/{Solution-ID}/accept.post.parameters[2]: a parameter in the path is always there; it needs `required: true`",
    },
    Case {
        name: "a path parameter that says it is not required",
        edits: &[(
            "        - name: Solution-ID\n          in: path\n          required: true\n",
            "        - name: Solution-ID\n          in: path\n          required: false\n",
        )],
        says: "<required: false>:21: paths./{Version}/{Solution-ID}/accept.post.parameters[2].required: a parameter in the path is always there; it needs `required: true`",
    },
    Case {
        name: "an id without a pattern",
        edits: &[(
            "            notifications and the interfaces of solution management show it too.\n          schema:\n            type: string\n            pattern: '^[0-9]+$'\n            x-bounds-from: business-messaging-api v23.0\n",
            "            notifications and the interfaces of solution management show it too.\n          schema:\n            type: string\n",
        )],
        says: "<schema:>:11: paths./{Version}/{Solution-ID}/accept.post.parameters[2].schema: a text in the path needs a `pattern`, such as `'^[0-9]+$'`: a value of `..` would reach another path",
    },
    Case {
        name: "an id that may be two dots",
        edits: &[(
            "            notifications and the interfaces of solution management show it too.\n          schema:\n            type: string\n            pattern: '^[0-9]+$'\n            x-bounds-from: business-messaging-api v23.0\n",
            "            notifications and the interfaces of solution management show it too.\n          schema:\n            type: string\n            pattern: '^[0-9.]+$'\n",
        )],
        says: "<pattern: '^[0-9.]+$'>:22: paths./{Version}/{Solution-ID}/accept.post.parameters[2].schema.pattern: the pattern lets `..` through, which would reach another path",
    },
    Case {
        name: "an id that may be empty",
        edits: &[(
            "            notifications and the interfaces of solution management show it too.\n          schema:\n            type: string\n            pattern: '^[0-9]+$'\n            x-bounds-from: business-messaging-api v23.0\n",
            "            notifications and the interfaces of solution management show it too.\n          schema:\n            type: string\n            pattern: '^[0-9]*$'\n",
        )],
        says: "<pattern: '^[0-9]*$'>:22: paths./{Version}/{Solution-ID}/accept.post.parameters[2].schema.pattern: the pattern lets the empty text through, which would reach another path",
    },
    Case {
        name: "a list in the path",
        edits: &[(
            "            notifications and the interfaces of solution management show it too.\n          schema:\n            type: string\n            pattern: '^[0-9]+$'\n            x-bounds-from: business-messaging-api v23.0\n",
            "            notifications and the interfaces of solution management show it too.\n          schema:\n            type: array\n            items: {type: string}\n",
        )],
        says: "<schema:>:11: paths./{Version}/{Solution-ID}/accept.post.parameters[2].schema: a parameter in the path is of type string, integer, number or boolean, and this is of type array",
    },
    Case {
        name: "a parameter without a schema",
        edits: &[(
            "            notifications and the interfaces of solution management show it too.\n          schema:\n            type: string\n            pattern: '^[0-9]+$'\n            x-bounds-from: business-messaging-api v23.0\n",
            "            notifications and the interfaces of solution management show it too.\n",
        )],
        says: "<- name: Solution-ID>:11: paths./{Version}/{Solution-ID}/accept.post.parameters[2]: this parameter needs a `schema`",
    },
    Case {
        name: "a parameter with content",
        edits: &[(
            "            notifications and the interfaces of solution management show it too.\n          schema:\n            type: string\n            pattern: '^[0-9]+$'\n            x-bounds-from: business-messaging-api v23.0\n",
            "            notifications and the interfaces of solution management show it too.\n          content:\n            application/json:\n              schema: {type: string}\n",
        )],
        says: "<content:>:11: paths./{Version}/{Solution-ID}/accept.post.parameters[2].content: the generator takes a parameter with `schema`, not with `content`",
    },
    Case {
        name: "a cookie",
        edits: &[(
            "        - name: Solution-ID\n          in: path\n",
            "        - {name: session, in: cookie, schema: {type: string}}\n        - name: Solution-ID\n          in: path\n",
        )],
        says: "<- {name: session, in: cookie, schema: {type: string}}>:31: paths./{Version}/{Solution-ID}/accept.post.parameters[2].in: the generator sends no cookies; remove this parameter",
    },
    Case {
        name: "a style of its own",
        edits: &[(
            "        - name: Solution-ID\n          in: path\n",
            "        - name: Solution-ID\n          in: path\n          style: matrix\n",
        )],
        says: "<style: matrix>:18: paths./{Version}/{Solution-ID}/accept.post.parameters[2].style: the generator writes a parameter in path as `simple` only; remove `style`",
    },
    Case {
        name: "a parameter of the header that OpenAPI ignores",
        edits: &[(
            "        - name: Solution-ID\n          in: path\n",
            "        - {name: Authorization, in: header, schema: {type: string}}\n        - name: Solution-ID\n          in: path\n",
        )],
        says: "<- {name: Authorization, in: header, schema: {type: string}}>:18: paths./{Version}/{Solution-ID}/accept.post.parameters[2].name: OpenAPI ignores a header parameter of this name; say it by the media type or by `security`",
    },
    Case {
        name: "two parameters of one name in Rust",
        edits: &[(
            "        - name: Solution-ID\n          in: path\n",
            "        - {name: solution_id, in: query, schema: {type: string}}\n        - name: Solution-ID\n          in: path\n",
        )],
        says: "<- name: Solution-ID>:17: paths./{Version}/{Solution-ID}/accept.post.parameters[3].name: `Solution-ID` would be the argument `solution_id` in Rust, which `solution_id` is already",
    },
];
