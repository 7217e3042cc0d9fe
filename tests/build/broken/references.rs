//! Broken documents: references.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a reference to no schema",
        edits: &[(
            "        partner_status:\n          $ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerStatus'",
            "        partner_status:\n          $ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerState'",
        )],
        says: "<$ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerState'>:17: components.schemas.WhatsAppBusinessSolutionAcceptResponse.properties.partner_status.$ref: `#/components/schemas/WhatsAppBusinessSolutionPartnerState` leads nowhere: there is no `components.schemas.WhatsAppBusinessSolutionPartnerState`; did you mean `WhatsAppBusinessSolutionPartnerStatus`?",
    },
    Case {
        name: "a reference to nothing alike",
        edits: &[(
            "        partner_status:\n          $ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerStatus'",
            "        partner_status:\n          $ref: '#/components/schemas/Colour'",
        )],
        says: "<$ref: '#/components/schemas/Colour'>:17: components.schemas.WhatsAppBusinessSolutionAcceptResponse.properties.partner_status.$ref: `#/components/schemas/Colour` leads nowhere: there is no `components.schemas.Colour`",
    },
    Case {
        name: "a reference to another file",
        edits: &[(
            "        partner_status:\n          $ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerStatus'",
            "        partner_status:\n          $ref: 'status.yaml#/Status'",
        )],
        says: "<$ref: 'status.yaml#/Status'>:17: components.schemas.WhatsAppBusinessSolutionAcceptResponse.properties.partner_status.$ref: `status.yaml#/Status` cannot be followed; the generator takes `#/components/schemas/NAME` in this file only",
    },
    Case {
        name: "a reference to another section",
        edits: &[(
            "                $ref: '#/components/schemas/WhatsAppBusinessSolutionCreateResponse'",
            "                $ref: '#/components/responses/WhatsAppBusinessSolutionCreateResponse'",
        )],
        says: "<$ref: '#/components/responses/WhatsAppBusinessSolutionCreateResponse'>:23: paths./{Version}/{Application-ID}/whatsapp_business_solution.post.responses.200.content.application/json.schema.$ref: `#/components/responses/WhatsAppBusinessSolutionCreateResponse` cannot be followed; the generator takes `#/components/schemas/NAME` in this file only",
    },
    Case {
        name: "a reference into a schema",
        edits: &[(
            "        partner_status:\n          $ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerStatus'",
            "        partner_status:\n          $ref: '#/components/schemas/GraphAPIError/properties/error'",
        )],
        says: "<$ref: '#/components/schemas/GraphAPIError/properties/error'>:17: components.schemas.WhatsAppBusinessSolutionAcceptResponse.properties.partner_status.$ref: `#/components/schemas/GraphAPIError/properties/error` cannot be followed; the generator takes `#/components/schemas/NAME` in this file only",
    },
    Case {
        name: "references in a circle",
        edits: &[(
            "    GraphAPIError:\n      type: object\n",
            "    Ping:\n      $ref: '#/components/schemas/Pong'\n    Pong:\n      $ref: '#/components/schemas/Ping'\n    GraphAPIError:\n      type: object\n",
        )],
        says: "<$ref: '#/components/schemas/Pong'>:13: components.schemas.Ping.$ref: this runs in a circle and never comes to a schema that is written out\n<$ref: '#/components/schemas/Ping'>:13: components.schemas.Pong.$ref: this runs in a circle and never comes to a schema that is written out",
    },
    Case {
        name: "a schema made of itself",
        edits: &[(
            "    GraphAPIError:\n      type: object\n",
            "    Loop:\n      allOf:\n        - $ref: '#/components/schemas/Loop'\n    GraphAPIError:\n      type: object\n",
        )],
        says: "<Loop:>:5: components.schemas.Loop: this runs in a circle and never comes to a schema that is written out: allOf, oneOf, anyOf and not lead back to where they began",
    },
    Case {
        name: "an unknown security scheme",
        edits: &[("  - bearerAuth: []", "  - bearerauth: []")],
        says: "<- bearerauth: []>:5: security[0].bearerauth: there is no `components.securitySchemes.bearerauth`; did you mean `bearerAuth`?",
    },
];
