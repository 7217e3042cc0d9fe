//! Every single edit that Meta could make to a page, at every place where it can be made, and what has to be reported
//! of it. The expectations stand beside the edits and are not computed: they are what the project promises.

use crate::render::Form;
use crate::spec::{ERROR, Field, PageSpec, Section, Status, element};

/// Where a fact can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Everywhere,
    /// The page's own Markdown leaves out versions, what stands above the base URL, and repetitions.
    InTextAlone,
    /// Values of enums.
    InMarkdownAlone,
}

impl Shown {
    pub fn in_form(self, form: Form) -> bool {
        match self {
            Self::Everywhere => true,
            Self::InTextAlone => !form.is_markdown(),
            Self::InMarkdownAlone => form.is_markdown(),
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

impl Expected {
    fn shown(mut self, shown: Shown) -> Self {
        self.shown = shown;
        self
    }
}

fn expect(item: impl Into<String>, aspect: &'static str, kind: &'static str) -> Expected {
    let (item, shown) = (item.into(), Shown::Everywhere);
    Expected {
        item,
        aspect,
        kind,
        shown,
    }
}

fn presence(item: impl Into<String>, kind: &'static str) -> Expected {
    expect(item, "presence", kind)
}

fn prose(item: impl Into<String>) -> Expected {
    expect(item, "prose", "changed")
}

type Change = Box<dyn Fn(&mut PageSpec) + Send + Sync>;

/// One edit.
pub struct Edit {
    pub name: String,
    change: Change,
    pub expected: Vec<Expected>,
    /// Beginnings of items that may be reported besides: what an exchanged schema is made of.
    pub allowed: Vec<String>,
    /// What it is about beyond the items that it expects: two edits of one thing are not two edits.
    touches: Vec<String>,
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
        let within = |a: &str, b: &str| a == b || a.starts_with(&format!("{b}."));
        let (ours, theirs) = (things(self), things(other));
        let same = |a: &String| theirs.iter().any(|b| within(a, b) || within(b, a));
        !ours.iter().any(same)
    }

    fn touching(&mut self, things: &[&str]) -> &mut Self {
        self.touches
            .extend(things.iter().map(|thing| (*thing).to_owned()));
        self
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
            allowed: vec![],
            touches: vec![],
        });
        self.0.last_mut().unwrap()
    }

    /// Each line of a text in other words, in each way.
    fn reword(
        &mut self,
        expected: &Expected,
        text: &str,
        place: impl Fn(&mut PageSpec) -> &mut String + Send + Sync + Clone + 'static,
    ) {
        for at in 0..text.lines().count() {
            for (how, reword) in REWORDINGS {
                let place = place.clone();
                let name = format!("{}, line {at}: {how}", expected.item);
                self.add(name, vec![expected.clone()], move |page| {
                    let text = place(page);
                    let lines = text.lines().enumerate();
                    let lines = lines.map(|(n, line)| {
                        if n == at {
                            reword(line)
                        } else {
                            line.to_owned()
                        }
                    });
                    *text = lines.collect::<Vec<_>>().join("\n");
                });
            }
        }
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
        let at = text
            .char_indices()
            .map(|(at, _)| at)
            .find(|at| *at >= text.len() / 2);
        let (before, behind) = text.split_at(at.unwrap_or(0));
        format!("{before}qu{behind}")
    }),
];

/// Everything that can happen to this page.
pub fn all(page: &PageSpec) -> Vec<Edit> {
    let mut edits = Edits::default();
    page_as_a_whole(&mut edits, page);
    description(&mut edits, page);
    statuses(&mut edits, page);
    fields(&mut edits, page, "header", |page| &mut page.headers);
    fields(&mut edits, page, "path", |page| &mut page.path_parameters);
    fields(&mut edits, page, "request", |page| {
        &mut page.schemas[0].fields
    });
    fields(&mut edits, page, "response.200", |page| {
        &mut page.schemas[1].fields
    });
    fields(&mut edits, page, "error", |page| &mut page.error.fields);
    schemas(&mut edits, page);
    contradictions(&mut edits, page);
    edits.0
}

fn page_as_a_whole(edits: &mut Edits, page: &PageSpec) {
    let versions = |kind| vec![expect("versions", "enum", kind).shown(Shown::InTextAlone)];
    edits.add("a newer version", versions("added"), |page| {
        page.versions.push("v26.0".into())
    });
    edits.add("an older version", versions("added"), |page| {
        page.versions.insert(0, "v22.0".into())
    });
    for at in 0..page.versions.len() {
        let name = format!("another version at {at}");
        edits.add(name, versions("changed"), move |page| {
            page.versions[at] = "v19.0".into()
        });
        if page.versions.len() > 1 {
            let name = format!("no version at {at}");
            edits.add(name, versions("removed"), move |page| {
                drop(page.versions.remove(at))
            });
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
        "https://graph.facebook.com/api",
        "https://graph.facebook.com:8443",
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
    let introduction = prose("introduction").shown(Shown::InTextAlone);
    edits.reword(&introduction, &page.introduction, |page| {
        &mut page.introduction
    });
    edits.reword(
        &prose("description.Introduction").shown(Shown::InMarkdownAlone),
        &page.summary,
        |page| &mut page.summary,
    );
}

fn section<'a>(page: &'a mut PageSpec, name: &str) -> &'a mut Section {
    let mut sections = page.description.sections.iter_mut();
    sections.find(|section| section.name == name).unwrap()
}

fn description(edits: &mut Edits, page: &PageSpec) {
    let description = &page.description;
    let item = |name: &str| format!("description.{name}");
    // New text belongs to what stands above it.
    let above = |at: usize| match at {
        0 => prose("description.Introduction"),
        _ => prose(item(&description.sections[at - 1].name)),
    };
    edits.reword(&above(0), &description.introduction, |page| {
        &mut page.description.introduction
    });
    for at in 0..=description.sections.len() {
        edits
            .add(format!("a section at {at}"), vec![above(at)], move |page| {
                let body = vec!["Old calls end in 2 years".into(), "New ones stay".into()];
                let new = Section {
                    name: "Sunset Plan".into(),
                    bulleted: at % 2 == 0,
                    body,
                };
                page.description
                    .sections
                    .insert(at.min(page.description.sections.len()), new);
            })
            .touching(&["description"]);
    }
    for (at, one) in description.sections.iter().enumerate() {
        let name = &one.name;
        let removed = expect(item(name), "prose", "removed");
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
        let it = name.clone();
        edits
            .add(
                format!("section {name} renamed"),
                vec![removed, above(at)],
                move |page| {
                    section(page, &it).name = "Other Rules".into();
                },
            )
            .touching(&["description"]);
        for line in 0..one.body.len() {
            let it = name.clone();
            edits.reword(&prose(item(name)), &one.body[line], move |page| {
                &mut section(page, &it).body[line]
            });
            let it = name.clone();
            edits.add(
                format!("{name}: one more line at {line}"),
                vec![prose(item(name))],
                move |page| {
                    section(page, &it)
                        .body
                        .insert(line, "Nobody needs 3 apps for this".into());
                },
            );
            if one.body.len() > 1 {
                let it = name.clone();
                edits.add(
                    format!("{name}: no line {line}"),
                    vec![prose(item(name))],
                    move |page| {
                        section(page, &it).body.remove(line);
                    },
                );
            }
        }
    }
}

fn status<'a>(page: &'a mut PageSpec, code: &str) -> &'a mut Status {
    page.statuses
        .iter_mut()
        .find(|status| status.code == code)
        .unwrap()
}

fn statuses(edits: &mut Edits, page: &PageSpec) {
    let success = page.statuses[0].schema.clone();
    for code in ["202", "402", "409", "423", "429", "503"] {
        if page.statuses.iter().any(|status| status.code == code) {
            continue;
        }
        let expected = vec![presence(format!("status.{code}"), "added")];
        edits.add(format!("a status {code}"), expected, move |page| {
            let at = page
                .statuses
                .partition_point(|status| status.code.as_str() < code);
            let new = Status {
                code: code.into(),
                description: format!(
                    "Something new - no 400 and no 401 but {code}.\nTry again, or don't."
                ),
                schema: ERROR.into(),
                own_error: None,
            };
            page.statuses.insert(at, new);
        });
    }
    for one in &page.statuses {
        let (code, item) = (one.code.clone(), format!("status.{}", one.code));
        let response = format!("response.{code}");
        let it = code.clone();
        let gone = presence(&item, "removed");
        edits
            .add(
                format!("no status {code}"),
                vec![gone.clone()],
                move |page| {
                    page.statuses.retain(|status| status.code != it);
                },
            )
            .touching(&[&response]);
        let it = code.clone();
        if one.schema == ERROR {
            let expected = vec![gone, presence("status.418", "added")];
            edits.add(format!("{code} is 418 now"), expected, move |page| {
                status(page, &it).code = "418".into();
                page.statuses
                    .sort_by(|one, other| one.code.cmp(&other.code));
            });
        }
        let (it, other) = (
            code.clone(),
            if one.schema == ERROR {
                success.clone()
            } else {
                ERROR.into()
            },
        );
        let expected = vec![expect(&item, "schema", "changed")];
        let edit = edits.add(format!("{code} has {other}"), expected, move |page| {
            status(page, &it).schema.clone_from(&other);
        });
        // Without its only user the schema's values may go unmentioned.
        edit.touching(&[&response, "enum"])
            .allowed
            .push(format!("{response}."));
        let it = code.clone();
        edits.reword(&prose(&item), &one.description, move |page| {
            &mut status(page, &it).description
        });
    }
}

/// Where fields stand in a page.
type Place = fn(&mut PageSpec) -> &mut Vec<Field>;

fn fields(edits: &mut Edits, page: &PageSpec, prefix: &'static str, place: Place) {
    let fields = place(&mut page.clone()).clone();
    let new: &[(&str, &str, bool, &str)] = match prefix {
        "header" | "path" => &[(
            "X-Trace-Tag",
            "string",
            true,
            "Ties up to 20 calls together.",
        )],
        _ => &[
            ("added_later", "string", true, "Says 1 thing more: why."),
            ("is_new", "boolean", false, "True from 2027 on"),
            (
                "labels",
                "array of string",
                false,
                "Words to find it by (optional)",
            ),
            ("silent", "integer", false, ""),
        ],
    };
    for at in 0..=fields.len() {
        for &(name, kind, required, text) in new {
            let expected = vec![presence(format!("{prefix}.{name}"), "added")];
            edits.add(
                format!("{prefix}: a field {name} at {at}"),
                expected,
                move |page| {
                    let at = at.min(place(page).len());
                    let (name, kind, description) = (name.into(), kind.into(), text.into());
                    place(page).insert(
                        at,
                        Field {
                            name,
                            kind,
                            format: None,
                            required,
                            description,
                        },
                    );
                },
            );
        }
    }
    for field in &fields {
        one_field(edits, page, prefix, place, field);
    }
}

/// Found by its name, since another edit may have moved it.
fn the_field<'a>(fields: &'a mut [Field], name: &str) -> &'a mut Field {
    let mut fields = fields.iter_mut();
    fields.find(|field| field.name == name).unwrap()
}

fn one_field(edits: &mut Edits, page: &PageSpec, prefix: &str, place: Place, field: &Field) {
    let item = format!("{prefix}.{}", field.name);
    let listed = element(&field.kind).unwrap_or(&field.kind).to_owned();
    let lists = page.an_enum(&listed).is_some();
    let name = field.name.clone();
    let mut add =
        |what: &str, expected: Vec<Expected>, change: Box<dyn Fn(&mut Field) + Send + Sync>| {
            let name = name.clone();
            let edit = edits.add(format!("{item}: {what}"), expected, move |page| {
                change(the_field(place(page), &name))
            });
            // Who else uses the values decides whether they are still on the page.
            edit.touching(&[&item])
                .touching(if lists { &["enum"] } else { &[] });
        };
    let gone = presence(&item, "removed");
    let behind = if item.contains('-') || item == "header.Authorization" {
        "-V2"
    } else {
        "_v2"
    };
    let renamed = presence(format!("{item}{behind}"), "added");
    add(
        "renamed",
        vec![gone.clone(), renamed],
        Box::new(move |field| field.name.push_str(behind)),
    );
    let required = vec![expect(&item, "required", "changed")];
    add(
        "required flipped",
        required,
        Box::new(|field| field.required = !field.required),
    );
    let mut kinds: Vec<String> = match field.kind.as_str() {
        "string" => ["integer", "boolean", "array of string", "object"]
            .map(String::from)
            .to_vec(),
        "integer" => vec!["string".into(), "number".into()],
        "boolean" => vec!["string".into()],
        kind if lists && element(kind).is_some() => vec!["array of string".into(), listed.clone()],
        _ => vec![],
    };
    for kind in kinds.drain(..) {
        let mut expected = vec![expect(&item, "type", "changed")];
        // The format goes with the type that had it.
        expected.extend(
            field
                .format
                .as_ref()
                .map(|_| expect(&item, "format", "removed")),
        );
        let change = Box::new(move |field: &mut Field| {
            field.kind.clone_from(&kind);
            field.format = None;
        });
        add("another type", expected, change);
    }
    if ["string", "integer"].contains(&field.kind.as_str()) {
        let kind = if field.format.is_some() {
            "changed"
        } else {
            "added"
        };
        for format in ["uuid", "int64"] {
            let expected = vec![expect(&item, "format", kind)];
            add(
                "a format",
                expected,
                Box::new(move |field| field.format = Some(format.into())),
            );
        }
    }
    if field.format.is_some() {
        let expected = vec![expect(&item, "format", "removed")];
        add("no format", expected, Box::new(|field| field.format = None));
    }
    if !field.description.is_empty() {
        let expected = vec![expect(&item, "prose", "removed")];
        add(
            "no description",
            expected,
            Box::new(|field| field.description.clear()),
        );
    }
    let name = field.name.clone();
    edits.reword(&prose(&item), &field.description, move |page| {
        &mut the_field(place(page), &name).description
    });
    let it = field.name.clone();
    let edit = edits.add(format!("no {item}"), vec![gone], move |page| {
        place(page).retain(|field| field.name != it)
    });
    if lists {
        // Its values may be on no page's text any more; the Markdown that still lists them says so.
        edit.touching(&["enum"])
            .allowed
            .push(format!("enum.{listed}"));
    }
}

fn schemas(edits: &mut Edits, page: &PageSpec) {
    let request = |aspect| vec![expect("request", aspect, "changed")];
    edits.add("another schema for the body", request("schema"), |page| {
        page.request.push_str("Two");
        page.schemas[0].name.push_str("Two");
    });
    edits.add("the body is not required", request("required"), |page| {
        page.request_required = false
    });
    let success = vec![expect("status.200", "schema", "changed")];
    edits.add("another schema for success", success, |page| {
        page.statuses[0].schema.push_str("Two");
        page.schemas[1].name.push_str("Two");
    });
    let error = vec![expect("error", "required", "changed")];
    edits.add("error: required flipped", error, |page| {
        page.error.wrapper_required = false
    });
    for at in 0..page.schemas.len() {
        let expected =
            prose(format!("schema.{}", page.schemas[at].name)).shown(Shown::InMarkdownAlone);
        edits.reword(&expected, &page.schemas[at].description, move |page| {
            &mut page.schemas[at].description
        });
    }
    for (at, listed) in page.enums.iter().enumerate() {
        let item = format!("enum.{}", listed.name);
        let values = |kind| vec![expect(&item, "enum", kind).shown(Shown::InMarkdownAlone)];
        for place in 0..listed.values.len() {
            edits.add(
                format!("{item}: a value at {place}"),
                values("added"),
                move |page| {
                    page.enums[at].values.insert(place, "PAUSED".into());
                },
            );
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
        edits.reword(&prose(&item), &listed.description, move |page| {
            &mut page.enums[at].description
        });
    }
}

/// What a page says several times, and not alike each time.
fn contradictions(edits: &mut Edits, page: &PageSpec) {
    type Own = fn(&mut Vec<Field>);
    let cases: [(&str, &str, Own); 6] = [
        ("message", "prose", |own| {
            the_field(own, "message").description = "Quite another sentence".into()
        }),
        ("type", "required", |own| {
            the_field(own, "type").required = false
        }),
        ("code", "type", |own| {
            the_field(own, "code").kind = "string".into()
        }),
        ("error_subcode", "format", |own| {
            the_field(own, "error_subcode").format = Some("int64".into())
        }),
        ("fbtrace_id", "presence", |own| {
            own.retain(|field| field.name != "fbtrace_id")
        }),
        ("type", "presence", |own| {
            own.retain(|field| field.name != "type")
        }),
    ];
    for (at, status) in page
        .statuses
        .iter()
        .enumerate()
        .filter(|(_, status)| status.schema == ERROR)
    {
        for (field, aspect, change) in cases {
            let expected =
                vec![expect(format!("error.{field}"), aspect, "*").shown(Shown::InTextAlone)];
            let edit = edits.add(
                format!("{} alone: {field}", status.code),
                expected,
                move |page| {
                    let mut own = page.error.clone();
                    change(&mut own.fields);
                    page.statuses[at].own_error = Some(own);
                },
            );
            // The others change with the page's error, this one would not.
            edit.touching(&["error", "status"]);
        }
    }
    for (at, section) in page.description.sections.iter().enumerate() {
        let item = format!("description.{}", section.name);
        let expected = vec![expect(item, "prose", "*").shown(Shown::InTextAlone)];
        let edit = edits.add(
            format!("below 'Responses' alone, section {at}"),
            expected,
            move |page| {
                let mut second = page.description.clone();
                second.sections[at].body[0] = "Something that stands above in other words".into();
                page.repeated_description = Some(second);
            },
        );
        edit.touching(&["description"]);
    }
}
