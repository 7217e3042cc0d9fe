//! Broken documents: version.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "OpenAPI 3.1",
        edits: &[("openapi: 3.0.3", "openapi: 3.1.0")],
        says: "<openapi: 3.1.0>:10: openapi: found the text `3.1.0`; the generator reads OpenAPI 3.0 only, such as `openapi: 3.0.3`",
    },
    Case {
        name: "a version that YAML reads as a number",
        edits: &[("openapi: 3.0.3", "openapi: 3.0")],
        says: "<openapi: 3.0>:10: openapi: found the number 3.0; the generator reads OpenAPI 3.0 only, such as `openapi: 3.0.3`",
    },
    Case {
        name: "Swagger 2",
        edits: &[("openapi: 3.0.3", "swagger: '2.0'")],
        says: "<swagger: '2.0'>:10: swagger: this is a document of Swagger 2, and the generator reads OpenAPI 3.0 only, such as `openapi: 3.0.3`",
    },
    Case {
        name: "a misspelt version key",
        edits: &[("openapi: 3.0.3", "opanapi: 3.0.3")],
        says: "<opanapi: 3.0.3>:1: opanapi: the document does not say its version: `opanapi` is not known; did you mean `openapi`?",
    },
    Case {
        name: "no version",
        edits: &[("openapi: 3.0.3\n", "")],
        says: "<info:>:1: the key `openapi` is missing; the generator reads OpenAPI 3.0 only, such as `openapi: 3.0.3`",
    },
];
