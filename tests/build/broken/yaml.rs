//! Broken documents: yaml.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a tab in the indentation",
        edits: &[("  title: WhatsApp", "\ttitle: WhatsApp")],
        says: "<title: WhatsApp Business Multi-Partner Solutions>:2: not readable as YAML: tabs disallowed within this context (block indentation)",
    },
    Case {
        name: "a quote that is never closed",
        edits: &[(
            "    url: https://spdx.org/licenses/MIT.html",
            "    url: 'https://spdx.org/licenses/MIT.html",
        )],
        says: "<url: 'https://spdx.org/licenses/MIT.html>:10: not readable as YAML: invalid indentation in quoted scalar",
    },
    Case {
        name: "a line indented too far",
        edits: &[("  version: v25.0", "    version: v25.0")],
        says: "<version: v25.0>:12: not readable as YAML: mapping values are not allowed in this context",
    },
    Case {
        name: "a list that is never closed",
        edits: &[(
            "tags: [Multi-Partner Solutions]\n      summary: Create a",
            "tags: [Multi-Partner Solutions\n      summary: Create a",
        )],
        says: "<summary: Create a Multi-Partner Solution>:14: not readable as YAML: illegal placement of ':' indicator",
    },
    Case {
        name: "a repeated key",
        edits: &[(
            "      operationId: create_solution\n",
            "      operationId: create_solution\n      operationId: create_solution\n",
        )],
        says: "<operationId: create_solution>:7: the key `operationId` stands here a second time; the first is in line <operationId: create_solution>. Keep one of them",
    },
    Case {
        name: "a repeated status, once quoted and once not",
        edits: &[("        '429':\n", "        422:\n")],
        says: "<422:>:9: the key `422` stands here a second time; the first is in line <'422':>. Keep one of them",
    },
    Case {
        name: "a repeated path",
        edits: &[(
            "  /{Version}/{Solution-ID}/accept:\n",
            "  /{Version}/{Application-ID}/whatsapp_business_solution:\n",
        )],
        says: "</{Version}/{Application-ID}/whatsapp_business_solution:>:3: the key `/{Version}/{Application-ID}/whatsapp_business_solution` stands here a second time; the first is in line </{Version}/{Application-ID}/whatsapp_business_solution:>. Keep one of them",
    },
    Case {
        name: "an alias without its anchor",
        edits: &[("  - bearerAuth: []", "  - *nobody")],
        says: "<- *nobody>:5: not readable as YAML: while parsing node, found unknown anchor",
    },
    Case {
        name: "an unknown tag",
        edits: &[("  version: v25.0", "  version: !secret v25.0")],
        says: "<version: !secret v25.0>:12: the YAML tag `!secret` means nothing in OpenAPI; remove it",
    },
    Case {
        name: "a tag that the value does not fit",
        edits: &[("  version: v25.0", "  version: !!int v25.0")],
        says: "<version: !!int v25.0>:12: `v25.0` is not what its YAML tag says; correct one of the two",
    },
    Case {
        name: "a list as a key",
        edits: &[("  title: WhatsApp", "  ? [title]\n  : WhatsApp")],
        says: "<? [title]>:5: a key must be text, and this is a list",
    },
    Case {
        name: "a second document",
        edits: &[("\npaths:\n", "\n---\npaths:\n")],
        says: "<--->:1: a second YAML document begins here; the file must hold exactly one",
    },
    Case {
        name: "a number that JSON has not",
        edits: &[(
            "                summary: The owner app holds MESSAGING\n",
            "                summary: The owner app holds MESSAGING\n                x-weight: .inf\n",
        )],
        says: "<x-weight: .inf>:27: `.inf` is a number that JSON cannot express; quote it if text is meant",
    },
];
