//! The two pages with the facts of the real ones and sentences of our own, and a sister page. The sentences hold what
//! trips a reader: numbers, statuses, colons, names of types, `required`, quotes, brackets, breaks within a sentence.

use crate::spec::{
    Auth, Description, Enum, ErrorObject, Field, Object, PageSpec, Parameter, Section, Status,
};

const DIGITS: &str = "^[0-9]+$";
const VERSION: &str = r"^v[0-9]+\.[0-9]+$";

fn section(name: &str, bulleted: bool, body: &[&str]) -> Section {
    Section {
        name: name.into(),
        bulleted,
        body: body.iter().map(|&line| line.into()).collect(),
    }
}

fn parameter(
    name: &str,
    required: bool,
    bounds: &'static [(&'static str, &'static str)],
    description: &str,
) -> Parameter {
    Parameter {
        name: name.into(),
        kind: "string".into(),
        format: None,
        required,
        description: description.into(),
        bounds,
    }
}

/// A field from `name: kind`, with `!` for required.
fn field(head: &str, bounds: &[(&'static str, &str)], description: &str) -> Field {
    let (name, kind) = head.split_once(": ").unwrap();
    let required = kind.ends_with('!');
    Field {
        name: name.into(),
        kind: kind.trim_end_matches('!').into(),
        format: None,
        required,
        description: description.into(),
        bounds: bounds
            .iter()
            .map(|&(name, value)| (name, value.to_owned()))
            .collect(),
    }
}

fn status(code: &str, schema: &str, description: &str) -> Status {
    Status {
        code: code.into(),
        description: description.into(),
        schema: schema.into(),
        own_error: None,
    }
}

fn bearer() -> Auth {
    Auth {
        scheme: "bearerAuth".into(),
        kind: "HTTP Bearer".into(),
        header: "Authorization".into(),
    }
}

fn digits() -> Vec<(&'static str, &'static str)> {
    vec![("pattern", "\"^[0-9]+$\"")]
}

/// 'Solution Creation API'
pub fn create() -> PageSpec {
    const TASK: &str = "WhatsAppBusinessAccountConfigurablePermissionTask";
    PageSpec {
        title: "WhatsApp Business Multi-Partner Solutions - Solution Creation API",
        introduction: "With this API an owner opens a solution for two companies\n\
            and shares WhatsApp work between them.\n\
            What each of the 2 may do is written down once (at the start),\n\
            which keeps the lines between both companies clear."
            .into(),
        versions: vec!["v23.0".into(), "v24.0".into(), "v25.0".into()],
        base_url: "https://graph.facebook.com".into(),
        method: "POST".into(),
        path: "/{Version}/{Application-ID}/whatsapp_business_solution".into(),
        summary: "Open a Solution".into(),
        description: Description {
            introduction: "Opens a solution between an owner's app and one partner's app.\n\
                It says who is to send messages: there is no third way."
                .into(),
            sections: vec![
                section(
                    "Permission Logic",
                    true,
                    &[
                        "MESSAGING belongs to 1 of the 2 sides (owner or partner), never to both",
                        "Somebody must hold it, or the answer is a 422",
                        "Both sides get the partner's usual permissions without asking",
                        "An empty array ([]) stands for \"nothing to configure\" on that side",
                    ],
                ),
                section(
                    "Solution Lifecycle",
                    true,
                    &[
                        "Every solution starts out INITIATED",
                        "An activation is required afterwards: it is a step of its own",
                        "The dashboard and the management calls both take it from there",
                    ],
                ),
                section(
                    "Rate Limiting",
                    false,
                    &[
                        "The usual limits of Graph hold here too, and so does business throttling.",
                        "Wait longer each time (2, 4, 8 seconds) before calling again.",
                    ],
                ),
                section(
                    "Validation",
                    true,
                    &[
                        "The partner's app is looked up & has to be able to take part",
                        "Whoever combines permissions wrongly gets an error, not a guess",
                        "Names are measured: neither too short nor too long",
                    ],
                ),
            ],
        },
        repeated_description: None,
        headers: vec![
            parameter(
                "User-Agent",
                false,
                &[],
                "Any string that names the caller's software, even a substring of 40 letters.",
            ),
            parameter(
                "Authorization",
                true,
                &[],
                "Proof of who calls, required each time. The token comes from OAuth or from a system user (either will do).",
            ),
        ],
        path_parameters: vec![
            parameter(
                "Version",
                true,
                &[("pattern", VERSION)],
                "Which release of Graph answers, and so what it can do.\nTake the newest one for work that begins today.",
            ),
            parameter(
                "Application-ID",
                true,
                &[("pattern", DIGITS)],
                "Number of the caller's own app, which turns into the owner.\nNo other app can own what this call opens.",
            ),
        ],
        request: "WhatsAppBusinessSolutionCreateRequest".into(),
        request_required: true,
        statuses: vec![
            status(
                "200",
                "WhatsAppBusinessSolutionCreateResponse",
                "It worked: the solution is there and INITIATED.\nEvery later step is for other calls, or for the dashboard.",
            ),
            status(
                "400",
                "GraphAPIError",
                "Bad Request - something sent is not right: a rule of permissions,\nan id that is no number, or a bound.",
            ),
            status(
                "401",
                "GraphAPIError",
                "Unauthorized - no token came along, or a wrong one.",
            ),
            status(
                "403",
                "GraphAPIError",
                "Forbidden - the app lacks a right that is required.\nLook at whatsapp_business_management first, then at its scopes.",
            ),
            status(
                "404",
                "GraphAPIError",
                "Not Found - there's no such app, at least none that this caller sees.",
            ),
            status(
                "422",
                "GraphAPIError",
                "Unprocessable Entity - well written, and still against a rule.\n400 and 401 mean other things. Both sides with MESSAGING, or none, end here.",
            ),
            status(
                "500",
                "GraphAPIError",
                "Internal Server Error - Meta's side broke in some new way.\nMost of the time a second try will do.",
            ),
        ],
        schemas: vec![
            Object {
                name: "WhatsAppBusinessSolutionCreateRequest".into(),
                description: "What a caller sends to open a solution".into(),
                fields: vec![
                    field(
                        &format!("owner_permissions: array of {TASK}!"),
                        &[("maxItems", "1")],
                        "What the owner's app may do. For now this can be\nMESSAGING or nothing: an empty array means nothing.",
                    ),
                    field(
                        "partner_app_id: string!",
                        &digits(),
                        "Number of the app on the other side, written as a string.\nThe caller has to be able to see that app.",
                    ),
                    field(
                        &format!("partner_permissions: array of {TASK}!"),
                        &[("maxItems", "1")],
                        "What the partner's app may do. For now this can be\nMESSAGING or nothing: an empty array means the partner gets nothing.",
                    ),
                    field(
                        "solution_name: string!",
                        &[("minLength", "2"), ("maxLength", "75")],
                        "A name that people read, \"Spring Sale 2026\" for one. It shows up\nwherever partners look after their solutions.",
                    ),
                ],
            },
            Object {
                name: "WhatsAppBusinessSolutionCreateResponse".into(),
                description: "What comes back once a solution is open".into(),
                fields: vec![field(
                    "solution_id: string!",
                    &digits(),
                    "Number of what was opened, there is no second one like it.\nKeep it for all that follows.",
                )],
            },
        ],
        enums: vec![Enum {
            name: TASK.into(),
            description: "Rights over an account that can be dealt out in a solution.\nMESSAGING is the one and only so far.".into(),
            values: vec!["MESSAGING".into()],
        }],
        error: ErrorObject {
            description: "How Graph says no".into(),
            wrapper_required: true,
            fields: error_fields([
                "What is wrong, as a person would put it",
                "The family of the error, for a program's if and else",
                "The error's own number",
                "A second number where the first is too coarse",
                "What Meta's support asks for when something has to be traced",
                "True where the error passes by itself, so that a retry makes sense",
                "A heading that may be shown to users",
                "A sentence that may be shown to users",
            ]),
        },
        auth: bearer(),
        sample_request: "{\n  \"owner_permissions\": [\n    \"MESSAGING\"\n  ],\n  \"partner_app_id\": \"9876543210987654\",\n  \"partner_permissions\": [],\n  \"solution_name\": \"Autumn Pilot\"\n}",
        sample_response: "{\n  \"successful_creation\": {\n    \"summary\": \"Opened\",\n    \"value\": {\n      \"solution_id\": \"1234567890123456\"\n    }\n  }\n}",
        examples: false,
    }
}

fn error_fields(descriptions: [&str; 8]) -> Vec<Field> {
    const HEADS: [&str; 8] = [
        "message: string!",
        "type: string!",
        "code: integer!",
        "error_subcode: integer",
        "fbtrace_id: string",
        "is_transient: boolean",
        "error_user_title: string",
        "error_user_msg: string",
    ];
    HEADS
        .iter()
        .zip(descriptions)
        .map(|(head, description)| field(head, &[], description))
        .collect()
}

/// 'Solution Accept API'
pub fn accept() -> PageSpec {
    let mut update_time = field("update_time: string", &[], "When this was noted down");
    update_time.format = Some("date-time".into());
    PageSpec {
        title: "WhatsApp Business Multi-Partner Solutions - Solution Accept API",
        introduction: "With this API an app that was asked into a solution says yes.\n\
            From then on the two companies are partners in it."
            .into(),
        versions: vec!["v23.0".into()],
        base_url: "https://graph.facebook.com".into(),
        method: "POST".into(),
        path: "/{Version}/{Solution-ID}/accept".into(),
        summary: "Say Yes to a Solution".into(),
        description: Description {
            introduction:
                "Says yes, in the name of a partner's app, to an invitation that is open.\n\
                The partner's mark goes over from NOTIFICATION_SENT to ACCEPTED,\n\
                and when nobody is missing any more the solution can become ACTIVE."
                    .into(),
            sections: vec![
                section(
                    "Use Cases",
                    true,
                    &[
                        "Say yes to what another company's app proposed",
                        "Join in a solution that has been waiting",
                        "Put on record that the app agrees to the solution's terms & conditions",
                        "Move a solution one step on, from INITIATED to ACTIVE",
                    ],
                ),
                section(
                    "Business Logic",
                    true,
                    &[
                        "Whoever was not invited cannot say yes (403)",
                        "Outside INITIATED there is nothing to say yes to: expect a 422",
                        "The partner's mark moves exactly 1 step here",
                        "The last yes that was missing may switch the solution on",
                        "Between the 2 apps a contract comes about",
                    ],
                ),
                section(
                    "Rate Limiting",
                    false,
                    &[
                        "The limits are Graph's own: slow down when told to. Then try anew, later each time.",
                    ],
                ),
                section(
                    "Validation",
                    true,
                    &[
                        "There has to be an invitation, and it has to be valid still",
                        "The solution is looked up, and has to be visible for this app",
                        "The app needs every right that is required for partners",
                        "The body has to say which app it's about",
                    ],
                ),
            ],
        },
        repeated_description: None,
        headers: vec![
            parameter(
                "User-Agent",
                false,
                &[],
                "Whatever the calling software likes to be called (a string).",
            ),
            parameter(
                "Authorization",
                true,
                &[],
                "Proof of who calls. A token from OAuth will do: a system user's will do as well.",
            ),
        ],
        path_parameters: vec![
            parameter(
                "Version",
                true,
                &[("pattern", VERSION)],
                "Which release of Graph answers, and so how it behaves.",
            ),
            parameter(
                "Solution-ID",
                true,
                &[("pattern", DIGITS)],
                "Number of the solution in question. It's in the invitation,\nin what partners are notified of, and on the pages where solutions are looked after.",
            ),
        ],
        request: "WhatsAppBusinessSolutionAcceptRequest".into(),
        request_required: true,
        statuses: vec![
            status(
                "200",
                "WhatsAppBusinessSolutionAcceptResponse",
                "The yes has arrived. From now on the partner's mark reads\nACCEPTED, and the solution is nearer to ACTIVE.",
            ),
            status(
                "400",
                "GraphAPIError",
                "Bad Request - the body can't be used as it is",
            ),
            status(
                "401",
                "GraphAPIError",
                "Unauthorized - the token's missing or wrong",
            ),
            status(
                "403",
                "GraphAPIError",
                "Forbidden - nobody invited this app, or a right is lacking",
            ),
            status(
                "404",
                "GraphAPIError",
                "Not Found - this number leads to no solution that the app can see",
            ),
            status(
                "422",
                "GraphAPIError",
                "Unprocessable Entity - too early or too late: not like a 400 at all",
            ),
            status("429", "GraphAPIError", "Too Many Requests - over the limit"),
            status(
                "500",
                "GraphAPIError",
                "Internal Server Error - something broke at Meta",
            ),
        ],
        schemas: vec![
            Object {
                name: "WhatsAppBusinessSolutionAcceptRequest".into(),
                description: "What a caller sends to say yes".into(),
                fields: vec![
                    field(
                        "partner_app_id: string!",
                        &digits(),
                        "Number of the app that says yes.\nIt is the one that the invitation names, and no other.",
                    ),
                    field(
                        "log_session_id: string",
                        &[],
                        "A string for the caller's own logs: not required.\nIt ties 2 or more calls to one story.",
                    ),
                ],
            },
            Object {
                name: "WhatsAppBusinessSolutionAcceptResponse".into(),
                description: "What comes back after a yes".into(),
                fields: vec![
                    field(
                        "solution_id: string!",
                        &[],
                        "Number of the solution that was said yes to",
                    ),
                    field(
                        "partner_status: WhatsAppBusinessSolutionPartnerStatus",
                        &[],
                        "",
                    ),
                    field("success: boolean!", &[], "True if the yes was taken"),
                    field("message: string", &[], "The same in words"),
                    update_time,
                ],
            },
        ],
        enums: vec![Enum {
            name: "WhatsAppBusinessSolutionPartnerStatus".into(),
            description: "Where the partner's way through a solution has led so far".into(),
            values: [
                "DRAFT",
                "INITIATED",
                "NOTIFICATION_SENT",
                "ACCEPTED",
                "REJECTED",
                "DEACTIVATED",
            ]
            .map(String::from)
            .to_vec(),
        }],
        error: ErrorObject {
            description: "How Graph says that it won't".into(),
            wrapper_required: true,
            fields: error_fields([
                "What went wrong, for people",
                "The family that it's from",
                "Its number",
                "A finer number, now and then",
                "What to quote to Meta's support (a trace)",
                "True where a later retry may well succeed",
                "A heading for users' eyes",
                "A sentence for users' eyes",
            ]),
        },
        auth: bearer(),
        sample_request: "{\n  \"partner_app_id\": \"9876543210987654\",\n  \"log_session_id\": \"one_story_of_400\"\n}",
        sample_response: "{\n  \"successful_acceptance\": {\n    \"summary\": \"Said yes\",\n    \"value\": {\n      \"solution_id\": \"1234567890123456\",\n      \"partner_status\": \"ACCEPTED\",\n      \"success\": true,\n      \"message\": \"Welcome aboard\",\n      \"update_time\": \"2024-01-15T10:30:00Z\"\n    }\n  }\n}",
        examples: true,
    }
}

/// A page of the same family that the YAML has nothing of, such as reject.
pub fn sister(last: &str) -> PageSpec {
    let mut page = accept();
    page.title = "WhatsApp Business Multi-Partner Solutions - Solution Sister API";
    page.path = format!("/{{Version}}/{{Solution-ID}}/{last}");
    page.summary = "Do Something Else".into();
    page.description.introduction = "Does something else with a solution.".into();
    for name in [&mut page.request, &mut page.statuses[0].schema] {
        *name = name.replace("Accept", "Sister");
    }
    for object in &mut page.schemas {
        object.name = object.name.replace("Accept", "Sister");
    }
    page
}
