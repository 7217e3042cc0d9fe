//! A page in our own words, of the same make as Meta's: its text line by line, and its Markdown.

/// The button above the fields of a schema or an object.
const OPENED: &str = "Show child attributes";

const HOST: &str = "https://graph.facebook.com";

/// The only row below the headings of the last table.
const SCHEME: &str = "| bearerAuth | HTTP Bearer | Header: Authorization |";

/// The fields of an error, which stand under each status.
fn error() -> String {
    format!(
        "Content Type: application/json
Schema: GraphAPIError
{OPENED}
GraphAPIError
errorobject·required
{OPENED}
messagestring·required
What went wrong
codeinteger·required
Which kind it was
error_subcodeinteger
Which kind exactly, if known
is_transientboolean
Whether it passes by itself
"
    )
}

/// Statuses and what is said of them, behind the first.
const REFUSALS: [(&str, &str); 3] = [
    (
        "400",
        "Bad Request - Something in it is off.\nSee the list of 100 rules.",
    ),
    ("404", "Not Found - No such thing"),
    ("500", "Internal Server Error - Our fault, try once more"),
];

const DESCRIPTION: &str = "Hands a widget to a partner\nthat asked for it.
Use Cases:
- Hand over widgets to partners
- Let partners ACT
Rate Limiting:
Be gentle. Wait longer
each time.
Error Handling:
- Look at the code first
";

const SAMPLES: &str = "Select language
cURLJavaScriptPython
curl -X POST \\
--url 'https://graph.facebook.com/{Version}/{Widget-ID}/hand_over' \\
--data '{
\"note\": \"400\"
}'Select status code
200400404500
{
\"done\": true
}";

/// The page's text, line by line.
pub(super) fn lines() -> String {
    let mut out = format!(
        "Appearance
Widgets - Hand Over API
Version
v23.0v24.0
Copy for LLM
This page is about
handing over widgets.
Base URL
| | | | {HOST} |
Endpoints
| | | | POST | /{{Version}}/{{Widget-ID}}/hand_over |
POST /{{Version}}/{{Widget-ID}}/hand_over
{DESCRIPTION}Request Syntax
POST /{{Version}}/{{Widget-ID}}/hand_over
Try it
{SAMPLES}Header Parameters
User-Agentstring
Who asks, as a substring of 20 letters
Authorizationstring·required
The token.
Path Parameters
Versionstring·required
Which version.
Widget-IDstring·required
Which widget
Request BodyRequired
Content Type: application/json
Schema: WidgetHandOverRequest
Show child attributes
WidgetHandOverRequest
tasksarray of WidgetPartnerTask·required
What the partner may do.
Show child attributes
tasks[]WidgetPartnerTask
A thing to do.
notestring
A note; Responses carry it
Responses
{DESCRIPTION}200
Handed over.
Content Type: application/json
Schema: WidgetHandOverResponse
Show child attributes
WidgetHandOverResponse
stateWidgetPartnerState
How far it is
update_timestring (date-time)
When it was
"
    );
    for (status, about) in REFUSALS {
        out.push_str(&format!("{status}\n{about}\n{}", error()));
    }
    out.push_str(SAMPLES);
    out.push_str(&format!(
        "Authentication
| | | | Scheme | Type | Location | {SCHEME}
Usage Examples
bearerAuth:
Send the token
Global Authentication Requirements
All of it needs:
bearerAuth
"
    ));
    out
}

/// The page's text, run together; the path is shown without its names.
pub(super) fn running() -> String {
    let lines = lines();
    let words: Vec<&str> = lines
        .lines()
        .map(|line| line.strip_prefix("- ").unwrap_or(line))
        .collect();
    let path = "/{Version}/{Widget-ID}/hand_over";
    // In the samples, the path follows the host and stays whole.
    words
        .join(" ")
        .replace(&format!(" {path}"), " ///hand_over")
}

/// The page's Markdown.
pub(super) fn markdown() -> String {
    let sections = DESCRIPTION
        .lines()
        .map(|line| {
            if line.ends_with(':') {
                format!("\n\n**{line}**\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect::<String>();
    let mut out = format!(
        "

## Base URL

| URL | Description |
|-----|-------------|
| {HOST} | The server |

## APIs

| Method | Endpoint |
|--------|----------|
| POST | [/{{Version}}/{{Widget-ID}}/hand_over](#post-hand-over) |

<jumplink id=\"post-hand-over\"></jumplink>
## POST /{{Version}}/{{Widget-ID}}/hand_over

Hand a Widget Over

{sections}
### Header Parameters

| Name | Type | Required | Description |
|------|------|----------|-------------|
| User-Agent | string |  | Who asks, as a substring of 20 letters |
| Authorization | string | ✓ | The token. |

### Path Parameters

| Name | Type | Required | Description |
|------|------|----------|-------------|
| Version | string | ✓ | Which version. |
| Widget-ID | string | ✓ | Which widget |

### Request Body (Required)

**Content Type**: `application/json`

**Schema**: [WidgetHandOverRequest](#widgethandoverrequest)

### Responses

**200**

Handed over.

**Content Type**: `application/json`

**Schema**: [WidgetHandOverResponse](#widgethandoverresponse)

"
    );
    for (status, about) in REFUSALS {
        out.push_str(&format!(
            "**{status}**\n\n{about}\n\n\n**Content Type**: `application/json`\n\n\
             **Schema**: [GraphAPIError](#graphapierror)\n\n\
             **Example**:\\n```json\\n{{\n    \"error\": {{\n        \"message\": \"No, it's <not> so\"\n    }}\n}}\\n```\n\n"
        ));
    }
    out.push_str(&format!(
        "
# Components

## Schemas

<jumplink id=\"widgethandoverrequest\"></jumplink>
### WidgetHandOverRequest

What is asked

| Property | Type | Required | Description |
|----------|------|----------|-------------|
| tasks | array of [WidgetPartnerTask](#widgetpartnertask) | ✓ | What the partner may do. |
| note | string |  | A note; Responses carry it |

<jumplink id=\"widgethandoverresponse\"></jumplink>
### WidgetHandOverResponse

| Property | Type | Required | Description |
|----------|------|----------|-------------|
| state | [WidgetPartnerState](#widgetpartnerstate) |  |  |
| update_time | string (date-time) |  | When it was |

<jumplink id=\"widgetpartnertask\"></jumplink>
### WidgetPartnerTask

A thing to do.

**Type**: string

**Enum Values**: \"CARRY\"

<jumplink id=\"widgetpartnerstate\"></jumplink>
### WidgetPartnerState

How far it is

**Type**: string

**Enum Values**: \"HALF\", \"WHOLE\"

<jumplink id=\"graphapierror\"></jumplink>
### GraphAPIError

| Property | Type | Required | Description |
|----------|------|----------|-------------|
| error | [Error](#object-error-1) | ✓ |  |

## Inline Object Definitions

<jumplink id=\"object-error-1\"></jumplink>
### Error

| Property | Type | Required | Description |
|----------|------|----------|-------------|
| message | string | ✓ | What went wrong |
| code | integer | ✓ | Which kind it was |
| error_subcode | integer |  | Which kind exactly, if known |
| is_transient | boolean |  | Whether it passes by itself |

## Authentication

| Scheme | Type | Location |
|--------|------|----------|
{SCHEME}

### Usage Examples

- **bearerAuth**: Send `Authorization: Bearer`
"
    ));
    out
}
