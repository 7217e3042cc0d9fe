//! The two pages as the YAML has them, with sentences that trip a reader: numbers, statuses, colons, names of types,
//! `required`, quotes, brackets, breaks within a sentence. The renderers make a page of each, and the edits change it.

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::docs_diff::COMPILED_IN_YAML;

const TRAPS: [&str; 4] = [
    "Any string will do, even a substring 40 letters long: required or not.",
    "A 7 is no 8, and no 9 (\"responses\" tell);\nthe types object and [] stand for nothing.",
    "It's what v19.0 had & the answer was: true.",
    "There's a second line\nwith 2 apps, 1 number and an integer.",
];

/// The name of the schema of every refusal.
pub const ERROR: &str = "GraphAPIError";

/// Where the fields of the error are.
pub const ERROR_FIELDS: &str = "/schemas/GraphAPIError/properties/error";

/// One operation and all that a page says of it, as JSON: `method`, `path`, `title`, `introduction`, `versions`, `server`,
/// `auth`, `summary` and `description`; `header` and `parameters` as objects with fields; `request`, `responses` and
/// `schemas` as OpenAPI has them. `x-second-description` and, in a response, `x-error` are what one repetition alone says.
#[derive(Clone, Debug, PartialEq)]
pub struct Page(pub Value);

/// A field of an object, or a parameter.
pub struct Field<'a> {
    pub name: &'a str,
    /// `string`, `array of NAME`, or the name of a schema.
    pub kind: String,
    pub format: Option<&'a str>,
    pub required: bool,
    pub deprecated: bool,
    pub description: &'a str,
}

/// 'Solution Creation API'
pub fn create() -> Page {
    page("/{Version}/{Application-ID}/whatsapp_business_solution")
}

/// 'Solution Accept API'
pub fn accept() -> Page {
    page("/{Version}/{Solution-ID}/accept")
}

pub fn both_pages() -> [Page; 2] {
    [create(), accept()]
}

/// A page of the same family that the YAML has nothing of, such as reject.
pub fn sister(last: &str) -> Page {
    let text = accept().0.to_string();
    let text = text.replace("SolutionAccept", "SolutionSister");
    let mut page: Value = serde_json::from_str(&text).unwrap();
    page["title"] = json!("WhatsApp Business Multi-Partner Solutions - Solution Sister API");
    page["path"] = json!(format!("/{{Version}}/{{Solution-ID}}/{last}"));
    Page(page)
}

fn page(path: &str) -> Page {
    let yaml: Value = serde_saphyr::from_str(COMPILED_IN_YAML).unwrap();
    let operation = &yaml["paths"][path]["post"];
    let parameters = operation["parameters"].as_array().unwrap();
    let token = json!({
        "name": "Authorization",
        "in": "header",
        "required": true,
        "schema": {"type": "string"},
        "description": yaml["components"]["securitySchemes"]["bearerAuth"]["description"],
    });
    let object = |place: &str| {
        let mut object = json!({"properties": {}, "required": []});
        let all = parameters.iter().chain([&token]);
        for one in all.filter(|one| one["in"] == place) {
            let (name, mut field) = (one["name"].as_str().unwrap(), one["schema"].clone());
            field["description"] = one["description"].clone();
            put(&mut object, name, field, one["required"] == true);
        }
        object
    };
    let mut versions = parameters.iter().map(|one| &one["x-offered-versions"]);
    let information = yaml["info"]["description"].as_str().unwrap();
    // A bullet is a line.
    let description = operation["description"].as_str().unwrap().trim();
    let description = description.replace("\n  ", " ").replace("\n\n", "\n");
    let (first, rest) = description.split_once("\n## ").unwrap();
    let (heading, rest) = rest.split_once('\n').unwrap();
    let trap = "- An empty array ([]) stands for \"nothing\": expect a 422 (required)";
    let mut page = json!({
        "method": "POST",
        "path": path,
        "title": format!("WhatsApp Business Multi-Partner Solutions - {}", operation["x-page"].as_str().unwrap()),
        "introduction": information.split("\n\n").next(),
        "versions": versions.find(|versions| !versions.is_null()),
        "server": yaml["servers"][0]["url"],
        "auth": {"scheme": "bearerAuth", "kind": "Bearer", "header": "Authorization"},
        "summary": operation["summary"],
        "description": format!("{first}\n## {heading}\n{trap}\n{rest}"),
        "header": object("header"),
        "parameters": object("path"),
        "request": operation["requestBody"],
        "responses": operation["responses"],
        // Of the samples, whatever becomes of the response.
        "x-success": operation["responses"]["200"],
        "schemas": yaml["components"]["schemas"],
    });
    for place in ["/header/properties", "/parameters/properties", "/responses"] {
        trap_all(page.pointer_mut(place).unwrap());
    }
    for schema in page["schemas"].as_object_mut().unwrap().values_mut() {
        if let Some(fields) = schema.get_mut("properties") {
            trap_all(fields);
        }
    }
    trap_all(&mut page.pointer_mut(ERROR_FIELDS).unwrap()["properties"]);
    // The schemas that the page shows: of both bodies, of the error, and of the values of their fields.
    let bodies = [&page["request"], &page["responses"]["200"]].map(|body| content(body).1);
    let refers = bodies
        .each_ref()
        .map(|name| page["schemas"][name].to_string());
    let refers = refers.concat();
    let is_shown = |name: &String, _: &mut Value| {
        name == ERROR || bodies.contains(name) || refers.contains(&format!("/{name}\""))
    };
    page["schemas"].as_object_mut().unwrap().retain(is_shown);
    Page(page)
}

fn trap_all(things: &mut Value) {
    for (at, thing) in things.as_object_mut().unwrap().values_mut().enumerate() {
        if let Some(description) = thing.get("description").and_then(Value::as_str) {
            thing["description"] = json!(format!("{} {}", description.trim(), TRAPS[at % 4]));
        }
    }
}

/// `string`, `array of NAME`, or the name of a schema.
fn kind(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return reference.rsplit('/').next().unwrap().to_owned();
    }
    match schema["type"].as_str() {
        Some("array") => format!("array of {}", kind(&schema["items"])),
        kind => kind.unwrap_or("object").to_owned(),
    }
}

impl Page {
    /// The operation as differences name it.
    pub fn operation(&self) -> String {
        format!("{} {}", self.text("/method"), self.text("/path"))
    }

    pub fn get(&self, pointer: &str) -> &Value {
        self.0.pointer(pointer).unwrap_or(&Value::Null)
    }

    pub fn text(&self, pointer: &str) -> &str {
        self.get(pointer).as_str().unwrap_or_default().trim()
    }

    pub fn strings(&self, pointer: &str) -> Vec<&str> {
        let all = self.get(pointer).as_array().unwrap().iter();
        all.map(|one| one.as_str().unwrap()).collect()
    }

    /// Scheme, kind and header.
    pub fn auth(&self) -> [&str; 3] {
        ["/auth/scheme", "/auth/kind", "/auth/header"].map(|pointer| self.text(pointer))
    }

    pub fn is_error_required(&self) -> bool {
        self.get("/schemas/GraphAPIError/required") != &json!([])
    }

    /// What the second printing of the description says, below 'Responses'.
    pub fn second_description(&self) -> &str {
        match self.text("/x-second-description") {
            "" => self.text("/description"),
            own => own,
        }
    }

    pub fn statuses(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.get("/responses").as_object().unwrap().iter()
    }

    pub fn schema(&self, name: &str) -> Option<&Value> {
        self.get("/schemas").get(name)
    }

    /// What a schema says of itself.
    pub fn schema_text(&self, name: &str) -> &str {
        self.text(&format!("/schemas/{name}/description"))
    }

    /// The schema that lists the values of a field, by name.
    pub fn listed(&self, field: &Field<'_>) -> Option<&str> {
        let name = field.kind.trim_start_matches("array of ");
        let (name, schema) = self.get("/schemas").as_object()?.get_key_value(name)?;
        schema.get("enum").map(|_| name.as_str())
    }
}

fn first(object: &Value) -> (&str, &Value) {
    let (name, value) = object.as_object().unwrap().iter().next().unwrap();
    (name, value)
}

/// Content type and schema of a body.
pub fn content(body: &Value) -> (&str, String) {
    let (content_type, media) = first(&body["content"]);
    (content_type, kind(&media["schema"]))
}

/// The example of a body, as JSON.
pub fn example(body: &Value) -> String {
    let media = first(&body["content"]).1;
    let example = first(&media["examples"]).1;
    serde_json::to_string_pretty(&example["value"]).unwrap()
}

/// The fields of an object.
pub fn fields(object: &Value) -> Vec<Field<'_>> {
    let required = object["required"].as_array();
    let properties = object["properties"].as_object().unwrap().iter();
    let field = properties.map(|(name, schema)| Field {
        name,
        kind: kind(schema),
        format: schema["format"].as_str(),
        required: required.is_some_and(|all| all.contains(&json!(name))),
        deprecated: schema["deprecated"] == true,
        description: schema["description"].as_str().unwrap_or_default().trim(),
    });
    field.collect()
}

/// One field more.
pub fn put(object: &mut Value, name: &str, schema: Value, required: bool) {
    object["properties"][name] = schema;
    if required {
        object["required"].as_array_mut().unwrap().push(json!(name));
    }
}

impl Field<'_> {
    /// `string (date-time)`
    pub fn shown_kind(&self) -> String {
        let format = self
            .format
            .map_or(String::new(), |format| format!(" ({format})"));
        format!("{}{format}", self.kind)
    }
}

/// A section of the description.
pub struct Section<'a> {
    /// The first has none.
    pub name: &'a str,
    pub lines: Vec<&'a str>,
}

impl Section<'_> {
    /// What differences call it.
    pub fn item(&self) -> String {
        match self.name {
            "" => "description.Introduction".to_owned(),
            name => format!("description.{name}"),
        }
    }
}

/// The sections of a description.
pub fn sections(text: &str) -> Vec<Section<'_>> {
    let mut sections = vec![];
    for (at, part) in text.trim().split("\n## ").enumerate() {
        let (name, body) = match at {
            0 => ("", part),
            _ => part.split_once('\n').unwrap_or((part, "")),
        };
        let lines = body.lines().filter(|line| !line.is_empty()).collect();
        sections.push(Section { name, lines });
    }
    sections
}
