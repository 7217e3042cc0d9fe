//! Every single edit that Meta could make to a page, at every place where it can be made, and what has to be reported
//! of it. The expectations stand beside the edits and are not computed: they are what the project promises.

use crate::render::Form;
use crate::spec::{
    Description, ERROR, ErrorObject, Field, PageSpec, Parameter, Section, Status, element,
};

/// Where a fact can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Everywhere,
    /// The page's own Markdown leaves out versions and what stands above the base URL; the published file has neither.
    InTextAlone,
    /// Values of enums.
    NotInText,
    /// Bounds.
    InOpenApiAlone,
    /// Wording, and what OpenAPI says in another way.
    NotInOpenApi,
    /// Wording that the text does not show, so that a lock made of the text cannot hold it.
    Nowhere,
}

impl Shown {
    pub fn in_form(self, form: Form) -> bool {
        match self {
            Self::Everywhere => true,
            Self::InTextAlone => form.is_shown(),
            Self::NotInText => !form.is_shown(),
            Self::InOpenApiAlone => form.is_openapi(),
            Self::NotInOpenApi => !form.is_openapi(),
            Self::Nowhere => false,
        }
    }
}

/// One difference that has to be reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    pub item: String,
    pub aspect: &'static str,
    /// `*` where the repetitions of a fact disagree: then it is neither here nor there.
    pub kind: &'static str,
    pub shown: Shown,
}

/// One edit.
pub struct Edit {
    pub name: String,
    pub change: Box<dyn Fn(&mut PageSpec) + Send + Sync>,
    pub expected: Vec<Expected>,
    /// Beginnings of `item aspect` that may be reported besides: what an exchanged schema is made of.
    pub allowed: Vec<String>,
    /// What it is about beyond the items that it expects: two edits of one thing are not two edits.
    pub touches: Vec<String>,
}

impl Edit {
    pub fn of(&self, page: &PageSpec) -> PageSpec {
        let mut page = page.clone();
        (self.change)(&mut page);
        page
    }

    /// Whether both can be made to one page, each with its own effect.
    pub fn goes_with(&self, other: &Self) -> bool {
        let things = |edit: &Self| -> Vec<String> {
            let items = edit.expected.iter().map(|expected| expected.item.clone());
            items.chain(edit.touches.iter().cloned()).collect()
        };
        let (ours, theirs) = (things(self), things(other));
        let same = |a: &str, b: &str| {
            a == b || a.starts_with(&format!("{b}.")) || b.starts_with(&format!("{a}."))
        };
        !ours.iter().any(|a| theirs.iter().any(|b| same(a, b)))
    }
}

/// All edits of one page.
#[derive(Default)]
struct Edits(Vec<Edit>);

impl Edits {
    fn add(
        &mut self,
        name: impl Into<String>,
        expected: Vec<Expected>,
        change: impl Fn(&mut PageSpec) + Send + Sync + 'static,
    ) -> &mut Edit {
        self.0.push(Edit {
            name: name.into(),
            change: Box::new(change),
            expected,
            allowed: Vec::new(),
            touches: Vec::new(),
        });
        self.0.last_mut().unwrap()
    }
}

fn expect(
    item: impl Into<String>,
    aspect: &'static str,
    kind: &'static str,
    shown: Shown,
) -> Expected {
    Expected {
        item: item.into(),
        aspect,
        kind,
        shown,
    }
}

fn presence(item: impl Into<String>, kind: &'static str) -> Expected {
    expect(item, "presence", kind, Shown::Everywhere)
}

fn prose(item: impl Into<String>) -> Expected {
    expect(item, "prose", "changed", Shown::NotInOpenApi)
}

/// Everything that can happen to this page.
pub fn all(page: &PageSpec) -> Vec<Edit> {
    let mut edits = Edits::default();
    page_as_a_whole(&mut edits, page);
    description(&mut edits, page);
    parameters(&mut edits, page, In::Header);
    parameters(&mut edits, page, In::Path);
    statuses(&mut edits, page);
    for object in &page.schemas {
        let place = if object.name == page.request {
            Place::Schema(object.name.clone(), "request".into())
        } else {
            let status = page.statuses.iter().find(|s| s.schema == object.name);
            Place::Schema(
                object.name.clone(),
                format!("response.{}", status.unwrap().code),
            )
        };
        fields(&mut edits, page, &place);
    }
    fields(&mut edits, page, &Place::Error);
    schemas(&mut edits, page);
    contradictions(&mut edits, page);
    edits.0
}

fn page_as_a_whole(edits: &mut Edits, page: &PageSpec) {
    let versions = |kind| vec![expect("versions", "enum", kind, Shown::InTextAlone)];
    edits.add("a newer version", versions("added"), |page| {
        page.versions.push("v26.0".into())
    });
    edits.add("an older version", versions("added"), |page| {
        page.versions.insert(0, "v22.0".into())
    });
    for at in 0..page.versions.len() {
        edits.add(
            format!("another version at {at}"),
            versions("changed"),
            move |page| {
                page.versions[at] = "v19.0".into();
            },
        );
        if page.versions.len() > 1 {
            edits.add(
                format!("no version at {at}"),
                versions("removed"),
                move |page| {
                    page.versions.remove(at);
                },
            );
        }
    }
    let moved = || vec![presence("operation", "changed")];
    edits.add("another path", moved(), |page| page.path.push_str("_now"));
    edits.add("another method", moved(), |page| page.method = "PUT".into());
    let parameter = page.path_parameters[1].name.clone();
    let mut expected = moved();
    expected.push(presence(format!("path.{parameter}"), "removed"));
    expected.push(presence("path.Partner-Key", "added"));
    edits.add(
        "a path parameter renamed everywhere",
        expected,
        move |page| {
            page.path = page.path.replace(&parameter, "Partner-Key");
            let found = page
                .path_parameters
                .iter_mut()
                .find(|p| p.name == parameter);
            found.unwrap().name = "Partner-Key".into();
        },
    );
    for url in [
        "http://graph.facebook.com",
        "https://graph.facebook.net",
        "https://graph.facebook.com/api",
        "https://graph.facebook.com:8443",
        "https://gateway.example",
    ] {
        let expected = vec![presence("base_url", "changed")];
        edits.add(format!("base URL {url}"), expected, move |page| {
            page.base_url = url.into()
        });
    }
    let auth = || vec![presence("auth", "changed")];
    edits.add("auth: scheme", auth(), |page| {
        page.auth.scheme = "partnerAuth".into()
    });
    edits.add("auth: type", auth(), |page| {
        page.auth.kind = "HTTP Basic".into()
    });
    edits.add("auth: place", auth(), |page| {
        page.auth.header = "X-Partner-Token".into()
    });

    let count = page.introduction.lines().count();
    for (how, reword) in REWORDINGS {
        for at in 0..count {
            let expected = vec![expect(
                "introduction",
                "prose",
                "changed",
                Shown::InTextAlone,
            )];
            edits.add(
                format!("page's introduction, line {at}: {how}"),
                expected,
                move |page| {
                    page.introduction = nth_line(&page.introduction, at, reword);
                },
            );
        }
        let expected = vec![expect("summary", "prose", "changed", Shown::Nowhere)];
        edits.add(format!("summary: {how}"), expected, move |page| {
            page.summary = reword(&page.summary)
        });
    }
}

type Rewording = fn(&str) -> String;

/// Ways to change a sentence.
const REWORDINGS: [(&str, Rewording); 4] = [
    ("a word in front", |text| format!("Usually {text}")),
    ("another last word", |text| {
        let at = text.trim_end().rfind(' ').map_or(0, |at| at + 1);
        format!("{}nonetheless", &text[..at])
    }),
    ("a number behind", |text| {
        format!("{} 17", text.trim_end_matches('.'))
    }),
    ("two letters in the middle", |text| {
        let middle = text
            .char_indices()
            .map(|(at, _)| at)
            .filter(|at| *at >= text.len() / 2);
        let at = middle.into_iter().next().unwrap_or(0);
        format!("{}qu{}", &text[..at], &text[at..])
    }),
];

fn nth_line(text: &str, at: usize, change: impl Fn(&str) -> String) -> String {
    let lines: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(number, line)| {
            if number == at {
                change(line)
            } else {
                line.to_owned()
            }
        })
        .collect();
    lines.join("\n")
}

fn section_item(name: &str) -> String {
    format!("description.{name}")
}

/// What stands above a section.
fn above(page: &PageSpec, at: usize) -> String {
    let above = at
        .checked_sub(1)
        .map(|at| &page.description.sections[at].name);
    section_item(above.map_or("Introduction", |name| name))
}

fn the_section<'a>(page: &'a mut PageSpec, name: &str) -> &'a mut Section {
    let sections = &mut page.description.sections;
    sections
        .iter_mut()
        .find(|section| section.name == name)
        .unwrap()
}

fn description(edits: &mut Edits, page: &PageSpec) {
    for at in 0..page.description.introduction.lines().count() {
        for (how, reword) in REWORDINGS {
            edits.add(
                format!("description, line {at}: {how}"),
                vec![prose("description.Introduction")],
                move |page| {
                    let old = &page.description.introduction;
                    page.description.introduction = nth_line(old, at, reword);
                },
            );
        }
    }
    edits.add(
        "description: one more sentence",
        vec![prose("description.Introduction")],
        |page| {
            page.description
                .introduction
                .push_str(" Nothing else happens.")
        },
    );
    for at in 0..=page.description.sections.len() {
        for bulleted in [true, false] {
            // New text belongs to what stands above it.
            let expected = prose(above(page, at));
            edits
                .add(
                    format!("a section at {at}, bullets: {bulleted}"),
                    vec![expected],
                    move |page| {
                        let body = if bulleted {
                            vec!["Old calls end in 2 years".into(), "New ones stay".into()]
                        } else {
                            vec!["Old calls end in 2 years, and new ones stay.".into()]
                        };
                        let at = at.min(page.description.sections.len());
                        page.description.sections.insert(
                            at,
                            Section {
                                name: "Sunset Plan".into(),
                                bulleted,
                                body,
                            },
                        );
                    },
                )
                .touches
                .push("description".into());
        }
    }
    for (at, section) in page.description.sections.iter().enumerate() {
        let name = &section.name;
        let item = section_item(name);
        let removed = expect(&item, "prose", "removed", Shown::NotInOpenApi);
        let it = name.clone();
        edits.add(
            format!("no section {name}"),
            vec![removed.clone()],
            move |page| {
                page.description
                    .sections
                    .retain(|section| section.name != it);
            },
        );
        let renamed = prose(above(page, at));
        let it = name.clone();
        edits
            .add(
                format!("section {name} renamed"),
                vec![removed, renamed],
                move |page| {
                    the_section(page, &it).name = "Other Rules".into();
                },
            )
            .touches
            .push("description".into());
        for line in 0..section.body.len() {
            for (how, reword) in REWORDINGS {
                let it = name.clone();
                edits.add(
                    format!("{name}, line {line}: {how}"),
                    vec![prose(&item)],
                    move |page| {
                        let line = &mut the_section(page, &it).body[line];
                        *line = reword(line);
                    },
                );
            }
            if section.body.len() > 1 {
                let it = name.clone();
                edits.add(
                    format!("{name}: no line {line}"),
                    vec![prose(&item)],
                    move |page| {
                        the_section(page, &it).body.remove(line);
                    },
                );
            }
        }
        for line in 0..=section.body.len() {
            let it = name.clone();
            edits.add(
                format!("{name}: one more line at {line}"),
                vec![prose(&item)],
                move |page| {
                    let text = "Nobody needs 3 apps for this".into();
                    the_section(page, &it).body.insert(line, text);
                },
            );
        }
    }
}

#[derive(Clone, Copy)]
enum In {
    Header,
    Path,
}

impl In {
    fn of(self, page: &PageSpec) -> &Vec<Parameter> {
        match self {
            Self::Header => &page.headers,
            Self::Path => &page.path_parameters,
        }
    }

    fn of_mut(self, page: &mut PageSpec) -> &mut Vec<Parameter> {
        match self {
            Self::Header => &mut page.headers,
            Self::Path => &mut page.path_parameters,
        }
    }

    /// Found by its name, since another edit may have moved it.
    fn one<'a>(self, page: &'a mut PageSpec, name: &str) -> &'a mut Parameter {
        let parameters = self.of_mut(page).iter_mut();
        parameters
            .into_iter()
            .find(|parameter| parameter.name == name)
            .unwrap()
    }

    fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Path => "path",
        }
    }
}

fn parameters(edits: &mut Edits, page: &PageSpec, place: In) {
    let prefix = place.name();
    for at in 0..=place.of(page).len() {
        for required in [true, false] {
            edits.add(
                format!("a {prefix} parameter at {at}, required: {required}"),
                vec![presence(format!("{prefix}.X-Trace-Tag"), "added")],
                move |page| {
                    let at = at.min(place.of(page).len());
                    place.of_mut(page).insert(
                        at,
                        Parameter {
                            name: "X-Trace-Tag".into(),
                            kind: "string".into(),
                            format: None,
                            required,
                            description: "Ties up to 20 calls together. Any string will do.".into(),
                            bounds: &[],
                        },
                    );
                },
            );
        }
    }
    for parameter in place.of(page) {
        let item = format!("{prefix}.{}", parameter.name);
        // In OpenAPI the security scheme says that it is there, and goes on saying so.
        let shown = if parameter.name == "Authorization" {
            Shown::NotInOpenApi
        } else {
            Shown::Everywhere
        };
        let gone = expect(&item, "presence", "removed", shown);
        let it = parameter.name.clone();
        let name = it.clone();
        edits.add(format!("no {item}"), vec![gone.clone()], move |page| {
            place
                .of_mut(page)
                .retain(|parameter| parameter.name != name);
        });
        let name = it.clone();
        edits.add(
            format!("{item} renamed"),
            vec![gone, presence(format!("{prefix}.X-Renamed"), "added")],
            move |page| place.one(page, &name).name = "X-Renamed".into(),
        );
        let required = expect(&item, "required", "changed", Shown::Everywhere);
        let name = it.clone();
        edits.add(
            format!("{item}: required flipped"),
            vec![required],
            move |page| {
                let parameter = place.one(page, &name);
                parameter.required = !parameter.required;
            },
        );
        let kind = expect(&item, "type", "changed", Shown::Everywhere);
        let name = it.clone();
        edits.add(format!("{item}: an integer"), vec![kind], move |page| {
            place.one(page, &name).kind = "integer".into();
        });
        let format = expect(&item, "format", "added", Shown::Everywhere);
        let name = it.clone();
        edits.add(format!("{item}: a format"), vec![format], move |page| {
            place.one(page, &name).format = Some("uuid".into());
        });
        for line in 0..parameter.description.lines().count() {
            for (how, reword) in REWORDINGS {
                let name = it.clone();
                edits.add(
                    format!("{item}, line {line}: {how}"),
                    vec![prose(&item)],
                    move |page| {
                        let description = &mut place.one(page, &name).description;
                        *description = nth_line(description, line, reword);
                    },
                );
            }
        }
        if !parameter.bounds.is_empty() {
            let bound = expect(&item, "bound", "changed", Shown::InOpenApiAlone);
            let name = it.clone();
            edits.add(
                format!("{item}: another pattern"),
                vec![bound],
                move |page| {
                    place.one(page, &name).bounds = &[("pattern", "^[a-z]+$")];
                },
            );
        }
    }
}

fn the_status<'a>(page: &'a mut PageSpec, code: &str) -> &'a mut Status {
    page.statuses
        .iter_mut()
        .find(|status| status.code == code)
        .unwrap()
}

fn statuses(edits: &mut Edits, page: &PageSpec) {
    let success = page.statuses[0].schema.clone();
    for code in [
        "202", "402", "405", "409", "410", "423", "429", "502", "503",
    ] {
        if page.statuses.iter().any(|status| status.code == code) {
            continue;
        }
        let expected = vec![presence(format!("status.{code}"), "added")];
        edits.add(format!("a status {code}"), expected, move |page| {
            let at = page
                .statuses
                .partition_point(|status| status.code.as_str() < code);
            page.statuses.insert(
                at,
                Status {
                    code: code.into(),
                    description: format!(
                        "Something new - no 400 and no 401 but {code}.\nTry again, or don't."
                    ),
                    schema: ERROR.into(),
                    own_error: None,
                },
            );
        });
    }
    for status in &page.statuses {
        let code = &status.code;
        let item = format!("status.{code}");
        let it = code.clone();
        edits
            .add(
                format!("no status {code}"),
                vec![presence(&item, "removed")],
                move |page| {
                    page.statuses.retain(|status| status.code != it);
                },
            )
            .touches
            .push(format!("response.{code}"));
        if status.schema == ERROR {
            let expected = vec![presence(&item, "removed"), presence("status.418", "added")];
            let it = code.clone();
            edits.add(format!("{code} is 418 now"), expected, move |page| {
                the_status(page, &it).code = "418".into();
                page.statuses
                    .sort_by(|one, other| one.code.cmp(&other.code));
            });
        }
        let other = if status.schema == ERROR {
            success.clone()
        } else {
            ERROR.into()
        };
        let expected = expect(&item, "schema", "changed", Shown::Everywhere);
        let it = code.clone();
        let edit = edits.add(format!("{code} has {other}"), vec![expected], move |page| {
            the_status(page, &it).schema.clone_from(&other);
        });
        edit.allowed.push(format!("response.{code}."));
        edit.touches.push(format!("response.{code}"));
        if status.schema != ERROR {
            // Without its only user the schema's values may go unmentioned.
            edit.touches.push("enum".into());
        }
        for line in 0..status.description.lines().count() {
            for (how, reword) in REWORDINGS {
                let it = code.clone();
                edits.add(
                    format!("{item}, line {line}: {how}"),
                    vec![prose(&item)],
                    move |page| {
                        let description = &mut the_status(page, &it).description;
                        *description = nth_line(description, line, reword);
                    },
                );
            }
        }
    }
}

#[derive(Clone)]
enum Place {
    /// A schema of the page, and how its fields are named.
    Schema(String, String),
    Error,
}

impl Place {
    fn prefix(&self) -> &str {
        match self {
            Self::Schema(_, prefix) => prefix,
            Self::Error => "error",
        }
    }

    fn of<'a>(&self, page: &'a PageSpec) -> &'a Vec<Field> {
        match self {
            Self::Schema(name, _) => {
                // By place and not by name: another edit may have renamed it.
                let is_request = self.prefix() == "request";
                let fits = |o: &&crate::spec::Object| {
                    o.name == *name || (o.name == page.request) == is_request
                };
                &page.schemas.iter().find(fits).unwrap().fields
            }
            Self::Error => &page.error.fields,
        }
    }

    fn of_mut<'a>(&self, page: &'a mut PageSpec) -> &'a mut Vec<Field> {
        match self {
            Self::Schema(name, _) => {
                let request = page.request.clone();
                let is_request = self.prefix() == "request";
                let object = page
                    .schemas
                    .iter_mut()
                    .find(|object| object.name == *name || (object.name == request) == is_request);
                &mut object.unwrap().fields
            }
            Self::Error => &mut page.error.fields,
        }
    }

    /// Finds a field by its name, since another edit may have moved it.
    fn change(&self, page: &mut PageSpec, name: &str, change: impl Fn(&mut Field)) {
        let field = self
            .of_mut(page)
            .iter_mut()
            .find(|field| field.name == name);
        change(field.unwrap());
    }
}

fn fields(edits: &mut Edits, page: &PageSpec, place: &Place) {
    let prefix = place.prefix().to_owned();
    let count = place.of(page).len();
    for at in 0..=count {
        for (name, kind, required, text) in [
            ("added_later", "string", true, "Says 1 thing more: why."),
            ("is_new", "boolean", false, "True from 2027 on"),
            (
                "labels",
                "array of string",
                false,
                "Words to find it by (optional)",
            ),
            ("silent", "integer", false, ""),
        ] {
            let place = place.clone();
            let expected = vec![presence(format!("{prefix}.{name}"), "added")];
            edits.add(
                format!("{prefix}: a field {name} at {at}"),
                expected,
                move |page| {
                    let at = at.min(place.of(page).len());
                    place.of_mut(page).insert(
                        at,
                        Field {
                            name: name.into(),
                            kind: kind.into(),
                            format: None,
                            required,
                            description: text.into(),
                            bounds: Vec::new(),
                        },
                    );
                },
            );
        }
    }
    for field in place.of(page) {
        one_field(edits, page, place, field);
    }
}

fn one_field(edits: &mut Edits, page: &PageSpec, place: &Place, field: &Field) {
    let prefix = place.prefix();
    let item = format!("{prefix}.{}", field.name);
    let name = field.name.clone();
    let refers = page.an_enum(&field.kind).is_some();
    let listed = element(&field.kind).unwrap_or(&field.kind).to_owned();
    let lists = page.an_enum(&listed).is_some();
    // An edit of one field, found by its name.
    let mut add =
        |what: String, expected: Vec<Expected>, change: Box<dyn Fn(&mut Field) + Send + Sync>| {
            let (place, name) = (place.clone(), name.clone());
            let edit = edits.add(what, expected, move |page| {
                place.change(page, &name, &change)
            });
            edit.touches.push(item.clone());
            if lists {
                // Who else uses the values decides whether they are still on the page.
                edit.touches.push(format!("enum.{listed}"));
                edit.allowed.push(format!("{item} bound"));
            }
        };

    add(
        format!("{item} renamed"),
        vec![
            presence(&item, "removed"),
            presence(format!("{item}_v2"), "added"),
        ],
        Box::new(|field| field.name.push_str("_v2")),
    );
    add(
        format!("{item}: required flipped"),
        vec![expect(&item, "required", "changed", Shown::Everywhere)],
        Box::new(|field| field.required = !field.required),
    );
    let kinds: &[&str] = match field.kind.as_str() {
        "string" => &["integer", "boolean", "array of string", "object"],
        "integer" => &["string", "number"],
        "boolean" => &["string"],
        _ => &[],
    };
    for kind in kinds {
        let mut expected = vec![expect(&item, "type", "changed", Shown::Everywhere)];
        if field.format.is_some() {
            // The format goes with the type that had it.
            expected.push(expect(&item, "format", "removed", Shown::Everywhere));
        }
        add(
            format!("{item}: {kind}"),
            expected,
            Box::new(|field| {
                field.kind = (*kind).into();
                field.format = None;
            }),
        );
    }
    if lists && !refers {
        // Elsewhere on the page the same values are still listed.
        add(
            format!("{item}: array of string"),
            vec![expect(&item, "type", "changed", Shown::Everywhere)],
            Box::new(|field| field.kind = "array of string".into()),
        );
        let one = listed.clone();
        add(
            format!("{item}: one of the values"),
            vec![expect(&item, "type", "changed", Shown::Everywhere)],
            Box::new(move |field| field.kind = one.clone()),
        );
    }
    if field.kind == "string" || field.kind == "integer" {
        let kind = if field.format.is_some() {
            "changed"
        } else {
            "added"
        };
        for format in ["uuid", "int64", "date"] {
            add(
                format!("{item}: format {format}"),
                vec![expect(&item, "format", kind, Shown::Everywhere)],
                Box::new(move |field| field.format = Some(format.into())),
            );
        }
    }
    if field.format.is_some() {
        add(
            format!("{item}: no format"),
            vec![expect(&item, "format", "removed", Shown::Everywhere)],
            Box::new(|field| field.format = None),
        );
    }
    for line in 0..field.description.lines().count() {
        for (how, reword) in REWORDINGS {
            add(
                format!("{item}, line {line}: {how}"),
                vec![prose(&item)],
                Box::new(move |field| {
                    field.description = nth_line(&field.description, line, reword)
                }),
            );
        }
    }
    if !field.description.is_empty() {
        add(
            format!("{item}: no description"),
            vec![expect(&item, "prose", "removed", Shown::NotInOpenApi)],
            Box::new(|field| field.description.clear()),
        );
    }
    for at in 0..field.bounds.len() {
        add(
            format!("{item}: another {}", field.bounds[at].0),
            vec![expect(&item, "bound", "changed", Shown::InOpenApiAlone)],
            Box::new(move |field| {
                let value = &mut field.bounds[at].1;
                *value = if value.starts_with('"') {
                    "\"^x$\"".into()
                } else {
                    "9".into()
                };
            }),
        );
    }

    let (gone, from) = (field.name.clone(), place.clone());
    let alone = refers
        || (lists
            && place
                .of(page)
                .iter()
                .filter(|f| f.kind.ends_with(&listed))
                .count()
                < 2);
    let edit = edits.add(
        format!("no {item}"),
        vec![presence(&item, "removed")],
        move |page| {
            from.of_mut(page).retain(|field| field.name != gone);
        },
    );
    if lists {
        edit.touches.push(format!("enum.{listed}"));
    }
    if alone {
        // Its values are on no page's text any more; the Markdown that still lists them says so.
        edit.allowed.push(format!("enum.{listed}"));
    }
}

fn schemas(edits: &mut Edits, page: &PageSpec) {
    edits.add(
        "another schema for the body",
        vec![expect("request", "schema", "changed", Shown::Everywhere)],
        |page| rename_schema(page, true),
    );
    edits.add(
        "the body is not required",
        vec![expect("request", "required", "changed", Shown::Everywhere)],
        |page| page.request_required = false,
    );
    let item = format!("status.{}", page.statuses[0].code);
    edits.add(
        "another schema for success",
        vec![expect(item, "schema", "changed", Shown::Everywhere)],
        |page| rename_schema(page, false),
    );
    edits.add(
        "error: required flipped",
        vec![expect("error", "required", "changed", Shown::Everywhere)],
        |page| page.error.wrapper_required = false,
    );
    for at in 0..page.schemas.len() {
        let name = &page.schemas[at].name;
        let expected = vec![expect(
            format!("schema.{name}"),
            "prose",
            "changed",
            Shown::Nowhere,
        )];
        edits.add(format!("{name} reworded"), expected, move |page| {
            page.schemas[at].description.push_str(" (or nearly so)");
        });
    }
    for (at, listed) in page.enums.iter().enumerate() {
        let item = format!("enum.{}", listed.name);
        let values = |kind| vec![expect(&item, "enum", kind, Shown::NotInText)];
        for place in 0..=listed.values.len() {
            edits.add(
                format!("{item}: a value at {place}"),
                values("added"),
                move |page| {
                    page.enums[at].values.insert(place, "PAUSED".into());
                },
            );
        }
        for place in 0..listed.values.len() {
            edits.add(
                format!("{item}: another value at {place}"),
                values("changed"),
                move |page| {
                    page.enums[at].values[place].push_str("_BY_META");
                },
            );
            if listed.values.len() > 1 {
                edits.add(
                    format!("{item}: no value at {place}"),
                    values("removed"),
                    move |page| {
                        page.enums[at].values.remove(place);
                    },
                );
            }
        }
        for line in 0..listed.description.lines().count() {
            for (how, reword) in REWORDINGS {
                edits.add(
                    format!("{item}, line {line}: {how}"),
                    vec![prose(&item)],
                    move |page| {
                        let description = &mut page.enums[at].description;
                        *description = nth_line(description, line, reword);
                    },
                );
            }
        }
    }
}

fn rename_schema(page: &mut PageSpec, request: bool) {
    let name = if request {
        &mut page.request
    } else {
        &mut page.statuses[0].schema
    };
    let old = name.clone();
    name.push_str("Two");
    let new = name.clone();
    if let Some(object) = page.schemas.iter_mut().find(|object| object.name == old) {
        object.name = new;
    }
}

/// What a page says several times, and not alike each time.
fn contradictions(edits: &mut Edits, page: &PageSpec) {
    type Own = fn(&mut ErrorObject);
    let cases: [(&str, &str, &'static str, Own); 7] = [
        ("error.message", "prose", "another sentence", |own| {
            own.fields[0].description = "Quite another sentence".into();
        }),
        ("error.type", "required", "not required", |own| {
            own.fields[1].required = false
        }),
        ("error.code", "type", "a string", |own| {
            own.fields[2].kind = "string".into()
        }),
        ("error.error_subcode", "format", "a format", |own| {
            own.fields[3].format = Some("int64".into());
        }),
        ("error.fbtrace_id", "presence", "missing", |own| {
            own.fields.remove(4);
        }),
        (
            "error.error_user_msg",
            "presence",
            "the last one missing",
            |own| {
                own.fields.remove(7);
            },
        ),
        ("error.hint", "presence", "one more", |own| {
            let mut hint = own.fields[0].clone();
            hint.name = "hint".into();
            own.fields.push(hint);
        }),
    ];
    for (at, status) in page.statuses.iter().enumerate() {
        if status.schema != ERROR {
            continue;
        }
        let code = &status.code;
        for (item, aspect, what, change) in cases {
            let expected = vec![expect(item, aspect, "*", Shown::InTextAlone)];
            let edit = edits.add(
                format!("under {code} alone, {item}: {what}"),
                expected,
                move |page| {
                    let mut own = page.error.clone();
                    change(&mut own);
                    page.statuses[at].own_error = Some(own);
                },
            );
            // The others change with the page's error, this one would not.
            edit.touches.extend(["error".to_owned(), "status".into()]);
        }
    }
    for at in 0..page.description.sections.len() {
        let item = section_item(&page.description.sections[at].name);
        let expected = vec![expect(item, "prose", "*", Shown::InTextAlone)];
        let edit = edits.add(
            format!("below 'Responses' alone, section {at}"),
            expected,
            move |page| {
                let mut second: Description = page.description.clone();
                second.sections[at].body[0] = "Something that stands above in other words".into();
                page.repeated_description = Some(second);
            },
        );
        edit.touches.push("description".into());
    }
}
