//! Meta has more than one notation for the same, and says some things in notations of their own.

use serde_json::json;

use crate::adapter;
use crate::campaign::lock_from;
use crate::page;
use crate::render::{Form, openapi, render};

/// A text of accept's page, what stands instead (`⏎` is a line break), and what has to be reported.
const TEXT: &str = "
    graph.facebook.com | ~ graph.facebook.com | https://graph-beta.facebook.com | ~ base_url presence changed
    partner_app_idstring· ~ partner_app_idstring [min: 2, max: 75]· ~ request.partner_app_id bound changed
    partner_app_idstring· ~ partner_app_idstring [pattern: ^[0-9]{1,9}$]· ~ request.partner_app_id bound changed
    partner_app_idstring· ~ messaging_product\"whatsapp\"·required⏎partner_app_idstring· ~ request.messaging_product presence added
    partner_app_idstring· ~ extrasmap·required⏎More.⏎partner_app_idstring· ~ request.extrasmap presence added
    partner_app_idstring· ~ what_kindOne of \"A\", \"B\"⏎More.⏎partner_app_idstring· ~ request.what_kind presence added
    partner_app_idstring· ~ what_kindOne of \"A\", \"B\"·required⏎partner_app_idstring· ~ request.what_kind presence added
    Schema: WhatsAppBusinessSolutionAcceptRequest ~ Schema: object ~ request schema changed, request prose added
    Request BodyRequired ~ Request BodyRequired⏎What is accepted. ~ request prose added
    Request Body ~ Query Parameters⏎dry_runboolean⏎Request Body ~ query.dry_run presence added, query prose added
    200400401 ~ 200401 ~ status enum changed
    ⏎404⏎ ~ ⏎404 (deprecated)⏎ ~ status.404 deprecated added
    | POST | /{Version}/{Solution-ID}/accept | ~ | | ~ operation presence changed
    require:⏎bearerAuth ~ require:⏎bearerAuth, appSecretProof ~ auth prose changed
    require:⏎bearerAuth ~ require:⏎bearerAuth⏎Menu⏎This API is deprecated.⏎Jobs ~ auth prose changed
    Appearance ~ Menu⏎This API is deprecated. ~ introduction prose changed
    'Content-Type: application/json' ~ 'Content-Type: text/json' ~ request example changed, auth prose changed
    what v19.0 had ~ what v1.90 had ~ response.200.solution_id prose changed
    with 2 apps ~ with <a token> and 2 apps ~ response.200.success prose changed";

const MARKDOWN: &str = "
    graph.facebook.com | ~ graph.facebook.com | https://graph-beta.facebook.com | ~ base_url presence changed
    | partner_app_id | string | ~ | partner_app_id | string [min: 2, max: 75] | ~ request.partner_app_id bound changed
    | fbtrace_id | string |  | ~ | code | string |  | Twice |⏎| fbtrace_id | string |  | ~ error.code type changed, error.code required changed, error.code prose changed
    | fbtrace_id | string |  | ~ | fbtrace_id | string | * | ~ error.fbtrace_id required changed
    **404** ~ **404** (deprecated) ~ status.404 deprecated added
    ### Request Body (Required) ~ ### Request Body (Required)⏎⏎What is accepted. ~ request prose added
    ### WhatsAppBusinessSolutionAcceptRequest ~ ### Other ~ cut short
    ### WhatsAppBusinessSolutionAcceptResponse ~ ### Other ~ cut short
    ### GraphAPIError ~ ### Other ~ cut short
    ## Base URL ~ ```markdown⏎## Base URL ~ ";

const OPENAPI: &str = "
    \"post\": { ~ \"post\": {\"servers\": [{\"url\": \"https://graph.example\"}], ~ base_url presence changed
    \"post\": { ~ \"post\": {\"security\": [], ~ auth presence removed
    \"security\": [ ~ \"security\": [{}, ~ auth presence changed
    AcceptRequest\": { ~ AcceptRequest\": {\"deprecated\": true, ~ request deprecated added
    \"content\": { ~ \"content\": {\"text/json\": {}, ~ request content_type changed";

#[test]
fn notations_are_read() {
    let mut wrong = vec![];
    let forms = [
        (Form::Lines, TEXT),
        (Form::Markdown, MARKDOWN),
        (Form::OpenApi, OPENAPI),
    ];
    for (form, rows) in forms {
        let (page, lock) = (render(&page::accept(), form), lock_from(form));
        for row in rows.lines().skip(1) {
            let row = row.trim_start().replace('⏎', "\n");
            let [old, new, expected] = row.split(" ~ ").collect::<Vec<_>>()[..] else {
                panic!("{row}")
            };
            assert!(page.contains(old), "{form:?} has no {old:?}");
            let found = match adapter::compare(&page.replacen(old, new, 1), &lock) {
                Ok(found) => found.join(", "),
                Err(adapter::ReadError::CutShort(_)) => "cut short".to_owned(),
                Err(why) => why.to_string(),
            };
            wrong.extend((found != expected).then(|| format!("{row}\n  {found}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn notations_of_openapi_files_are_read() {
    let page = page::accept();
    let mut file = openapi::document(&page);
    let operation = &mut file["paths"][page.text("/path")]["post"];
    let (version, response) = (
        operation["parameters"][3].take(),
        operation["responses"]["500"].take(),
    );
    operation["parameters"][3] = json!({"$ref": "#/components/parameters/Version"});
    operation["responses"]["500"] = json!({"$ref": "#/components/responses/500"});
    file["components"]["parameters"] = json!({"Version": version});
    file["components"]["responses"] = json!({"500": response});
    // Operations that the YAML does not have.
    let stranger = json!({"responses": {"200": {"description": "Something else"}}});
    file["paths"]["/{Version}/{Phone-Number-ID}/register"] = json!({"get": stranger.clone()});
    file["paths"][page.text("/path")]["delete"] = stranger;
    let response = "/components/schemas/WhatsAppBusinessSolutionAcceptResponse/properties";
    let fields = file.pointer_mut(response).unwrap();
    fields["message"]["type"] = json!(["string", "null"]);
    let status = fields["partner_status"].take();
    fields["partner_status"] = json!({"description": "Where it stands", "allOf": [status]});
    let found = adapter::compare(&file.to_string(), &adapter::Lock::default());
    assert_eq!(found.unwrap(), <[&str; 0]>::default());
}
