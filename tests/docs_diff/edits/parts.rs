//! What a page says of the operation as a whole, of its bodies and responses, and of the values of enums.

use serde_json::{Value, json};

use super::fields::take;
use super::{Edits, expect, map};
use crate::page::{ERROR, ERROR_FIELDS, Page, content, fields};
use crate::render::Form;

pub(super) fn all(edits: &mut Edits<'_>, page: &Page) {
    addresses(edits, page);
    versions(edits, page);
    bodies(edits, page);
    statuses(edits, page);
    enums(edits, page);
    contradictions(edits, page);
}

fn addresses(edits: &mut Edits<'_>, page: &Page) {
    let moved = || expect("operation", "presence changed");
    edits.set(moved(), "/path", format!("{}_now", page.text("/path")));
    edits.set(moved(), "/method", "PUT");
    let own = fields(page.get("/parameters"))[0].name;
    let removed = expect(format!("path.{own}"), "presence removed");
    let added = expect("path.Partner-Key", "presence added");
    edits.rename(vec![moved(), removed, added], own, "Partner-Key");
    for url in [
        "http://graph.facebook.com",
        "https://graph.facebook.com/api",
        "https://graph.facebook.com:8443",
    ] {
        edits.set(expect("base_url", "presence changed"), "/server", url);
    }
    let auth = || expect("auth", "presence changed");
    edits.set(auth(), "/auth/scheme", "partnerAuth");
    edits.set(auth(), "/auth/kind", "Basic");
    let on_pages = auth().shown(Form::is_page);
    edits.set(on_pages, "/auth/header", "X-Partner-Token");
    let deprecated = expect("operation", "deprecated added").shown(Form::is_openapi);
    edits.set(deprecated, "/deprecated", true);
}

fn versions(edits: &mut Edits<'_>, page: &Page) {
    let changes = list_changes(&page.strings("/versions"), ["v22.0", "v26.0", "v19.0"]);
    for (kind, values) in changes {
        let expected = expect("versions", kind).shown(Form::is_copied);
        edits.set(expected, "/versions", values);
    }
}

fn enums(edits: &mut Edits<'_>, page: &Page) {
    for name in page.get("/schemas").as_object().unwrap().keys() {
        let place = format!("/schemas/{name}/enum");
        if page.get(&place).is_null() {
            continue;
        }
        for (kind, values) in list_changes(&page.strings(&place), ["DONE", "PAUSED", "BY_META"]) {
            let expected = expect(format!("enum.{name}"), kind);
            edits.set(expected.shown(Form::has_values), &place, values);
        }
    }
}

/// A list with a value more in front and behind, with another value at each place, and with one less.
fn list_changes(list: &[&str], new: [&str; 3]) -> Vec<(&'static str, Value)> {
    let [front, back, other] = new;
    let mut changes = vec![
        ("enum added", json!([&[front], list].concat())),
        ("enum added", json!([list, &[back]].concat())),
    ];
    for at in 0..list.len() {
        let (before, behind) = (&list[..at], &list[at + 1..]);
        changes.push(("enum changed", json!([before, &[other], behind].concat())));
        if list.len() > 1 {
            changes.push(("enum removed", json!([before, behind].concat())));
        }
    }
    changes
}

fn bodies(edits: &mut Edits<'_>, page: &Page) {
    let required = |item| expect(item, "required changed");
    edits.set(required("request"), "/request/required", false);
    let place = "/schemas/GraphAPIError/required";
    edits.set(required("error"), place, json!([]));
    for (item, body) in [("request", "/request"), ("status.200", "/responses/200")] {
        let schema = content(page.get(body)).1;
        let expected = vec![expect(item, "schema changed")];
        let edit = edits.rename(expected, &schema, &format!("{schema}Two"));
        edit.touching(&["response.200", "request"]);
        let mut content = page.get(body)["content"].clone();
        content["text/json"] = content["application/json"].take();
        map(&mut content).remove("application/json");
        let expected = expect(item, "content_type changed");
        edits.set(expected, &format!("{body}/content"), content);
    }
    for (item, body) in [("request", "/request"), ("status.200", "/x-success")] {
        let expected = expect(item, "example changed").shown(Form::is_copied);
        let edit = edits.add(format!("{item}: example"), vec![expected], |page| {
            let media = &mut page.pointer_mut(body).unwrap()["content"]["application/json"];
            let example = map(&mut media["examples"]).values_mut().next().unwrap();
            example["value"]["a_new_field"] = json!("and its value");
        });
        edit.touching(&[item]);
    }
}

fn statuses(edits: &mut Edits<'_>, page: &Page) {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let success = content(page.get("/responses/200")).1;
    for code in ["202", "402", "409", "423", "429", "4XX", "503", "default"] {
        let place = format!("/responses/{code}");
        if !page.get(&place).is_null() {
            continue;
        }
        let mut new = page.get("/responses/500").clone();
        let text = format!("Something new - no 400 and no 401 but {code}.\nTry again, or don't.");
        new["description"] = json!(text);
        let expected = expect(format!("status.{code}"), "presence added");
        edits.set(expected, &place, new);
    }
    for (code, response) in page.statuses() {
        let (item, fields) = (format!("status.{code}"), format!("response.{code}"));
        let is_error = content(response).1 == ERROR;
        let remove = |page: &mut Value| map(&mut page["responses"]).remove(code).unwrap();
        let gone = expect(&item, "presence removed");
        let name = format!("no status {code}");
        edits
            .add(name, vec![gone.clone()], |page| drop(remove(page)))
            .touching(&[&fields]);
        if is_error {
            let expected = vec![gone, expect("status.418", "presence added")];
            edits.add(format!("{code} is 418 now"), expected, |page| {
                page["responses"]["418"] = remove(page);
            });
        }
        let other = if is_error { success.as_str() } else { ERROR };
        let place = format!("/responses/{code}/content/application~1json/schema");
        let edit = edits.set(expect(&item, "schema changed"), &place, reference(other));
        // Without its only user the schema's values may go unmentioned, and only errors have examples.
        edit.touching(&[&fields, "enum"])
            .allowed
            .extend([format!("{fields}."), format!("{item} example")]);
    }
}

/// What a page says under each status, and not alike each time.
fn contradictions(edits: &mut Edits<'_>, page: &Page) {
    // What is set where; without a place, the field is taken out.
    let cases = json!({
        "message prose": ["/properties/message", "description", "Quite another sentence"],
        "type required": ["", "required", ["code", "message"]],
        "code type": ["/properties/code", "type", "string"],
        "error_subcode format": ["/properties/error_subcode", "format", "int64"],
        "fbtrace_id presence": [],
        "type presence": [],
    });
    let refusals = page
        .statuses()
        .filter(|(_, response)| content(response).1 == ERROR);
    for (code, _) in refusals {
        for (what, change) in cases.as_object().unwrap() {
            let (field, aspect) = what.split_once(' ').unwrap();
            let mut own = page.get(ERROR_FIELDS).clone();
            match change.as_array().unwrap().as_slice() {
                [place, key, value] => {
                    let holder = own.pointer_mut(place.as_str().unwrap()).unwrap();
                    holder[key.as_str().unwrap()] = value.clone();
                }
                _ => drop(take(&mut own, field)),
            }
            let expected = expect(format!("error.{field}"), aspect).shown(Form::is_copied);
            let edit = edits.set(expected, &format!("/responses/{code}/x-error"), own);
            // The others change with the page's error, this one would not.
            edit.touching(&["error", "status"]);
        }
    }
}
