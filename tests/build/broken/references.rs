//! Broken documents: references.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a reference to no schema",
        edits: &[(
            "        partner_status:\n          $ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerStatus'",
            "        partner_status:\n          $ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerState'",
        )],
        says: "410:17: components.schemas.WhatsAppBusinessSolutionAcceptResponse.properties.partner_status.$ref: `#/components/schemas/WhatsAppBusinessSolutionPartnerState` leads nowhere: there is no `components.schemas.WhatsAppBusinessSolutionPartnerState`; did you mean `WhatsAppBusinessSolutionPartnerStatus`?",
    },
    Case {
        name: "a reference to nothing alike",
        edits: &[(
            "        partner_status:\n          $ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerStatus'",
            "        partner_status:\n          $ref: '#/components/schemas/Colour'",
        )],
        says: "410:17: components.schemas.WhatsAppBusinessSolutionAcceptResponse.properties.partner_status.$ref: `#/components/schemas/Colour` leads nowhere: there is no `components.schemas.Colour`",
    },
    Case {
        name: "a reference to another file",
        edits: &[(
            "        partner_status:\n          $ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerStatus'",
            "        partner_status:\n          $ref: 'status.yaml#/Status'",
        )],
        says: "410:17: components.schemas.WhatsAppBusinessSolutionAcceptResponse.properties.partner_status.$ref: `status.yaml#/Status` cannot be followed; the generator takes `#/components/schemas/NAME` in this file only",
    },
    Case {
        name: "a reference to another section",
        edits: &[(
            "                $ref: '#/components/schemas/WhatsAppBusinessSolutionCreateResponse'",
            "                $ref: '#/components/responses/WhatsAppBusinessSolutionCreateResponse'",
        )],
        says: "127:23: paths./{Version}/{Application-ID}/whatsapp_business_solution.post.responses.200.content.application/json.schema.$ref: `#/components/responses/WhatsAppBusinessSolutionCreateResponse` cannot be followed; the generator takes `#/components/schemas/NAME` in this file only",
    },
    Case {
        name: "a reference into a schema",
        edits: &[(
            "        partner_status:\n          $ref: '#/components/schemas/WhatsAppBusinessSolutionPartnerStatus'",
            "        partner_status:\n          $ref: '#/components/schemas/GraphAPIError/properties/error'",
        )],
        says: "410:17: components.schemas.WhatsAppBusinessSolutionAcceptResponse.properties.partner_status.$ref: `#/components/schemas/GraphAPIError/properties/error` cannot be followed; the generator takes `#/components/schemas/NAME` in this file only",
    },
    Case {
        name: "references in a circle",
        edits: &[(
            "    GraphAPIError:\n      type: object\n",
            "    Ping:\n      $ref: '#/components/schemas/Pong'\n    Pong:\n      $ref: '#/components/schemas/Ping'\n    GraphAPIError:\n      type: object\n",
        )],
        says: "429:13: components.schemas.Ping.$ref: this runs in a circle and never comes to a schema that is written out\n431:13: components.schemas.Pong.$ref: this runs in a circle and never comes to a schema that is written out",
    },
    Case {
        name: "a schema made of itself",
        edits: &[(
            "    GraphAPIError:\n      type: object\n",
            "    Loop:\n      allOf:\n        - $ref: '#/components/schemas/Loop'\n    GraphAPIError:\n      type: object\n",
        )],
        says: "428:5: components.schemas.Loop: this runs in a circle and never comes to a schema that is written out: allOf, oneOf, anyOf and not lead back to where they began",
    },
    Case {
        name: "an unknown security scheme",
        edits: &[("  - bearerAuth: []", "  - bearerauth: []")],
        says: "37:5: security[0].bearerauth: there is no `components.securitySchemes.bearerauth`; did you mean `bearerAuth`?",
    },
];
