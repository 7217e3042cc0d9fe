//! What the build writes, where, and when it runs again.

use std::path::Path;

use crate::build_script::{INPUTS, spec::read};
use crate::harness::{Build, document, edited, files};

const OUTPUT: [&str; 6] = [
    "manifest/openapi/multi-partner-solutions.yaml",
    "out/array_bounds.rs",
    "out/client.rs",
    "out/docs/accept_solution.md",
    "out/docs/create_solution.md",
    "out/operations.rs",
];

#[test]
fn a_good_document_fills_the_output_folder_and_no_other() {
    let build = Build::of(&document());
    assert_eq!(build.result, Ok(()));
    assert_eq!(build.files(), OUTPUT);
}

#[test]
fn the_real_document_is_good() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().unwrap();
    assert_eq!(crate::build_script::run(root, out.path()), Ok(()));
}

#[test]
fn a_broken_document_leaves_nothing_behind() {
    let build = Build::of(&edited(&[("openapi: 3.0.3\n", "openapi: 3.1.0\n")]));
    assert!(build.result.is_err());
    assert_eq!(build.files(), OUTPUT[..1]);
}

#[test]
fn a_missing_document_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let lines = crate::build_script::run(folder.path(), folder.path()).unwrap_err();
    let [line] = lines.as_slice() else {
        panic!("more than one line: {lines:?}")
    };
    assert!(
        line.starts_with("openapi/multi-partner-solutions.yaml: "),
        "{line}"
    );
}

#[test]
fn the_build_runs_again_for_its_inputs_and_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(
        INPUTS,
        [
            "openapi/multi-partner-solutions.yaml",
            "build.rs",
            "src/spec",
            "src/yaml"
        ]
    );
    // A folder stands for all files in it, which is right only as long as nothing but source lies there.
    let sources = files(&root.join("src/spec"));
    assert!(
        sources.len() > 20 && sources.iter().all(|name| name.ends_with(".rs")),
        "{sources:?}"
    );
    for input in INPUTS {
        assert!(root.join(input).exists(), "{input}");
    }
}

#[test]
fn an_edited_description_changes_documentation_only() {
    let before = Build::of(&document());
    let from = "Whether accepting succeeded.";
    let after = Build::of(&edited(&[(from, "Whether it worked.")]));
    let client = before.output("client.rs");
    assert!(client.contains(from));
    assert_eq!(
        client.replace(from, "Whether it worked."),
        after.output("client.rs")
    );
    for same in ["array_bounds.rs", "operations.rs"] {
        assert_eq!(before.output(same), after.output(same));
    }
}

#[test]
fn an_operation_that_is_gone_leaves_no_page_behind() {
    let folder = tempfile::tempdir().unwrap();
    let stale = folder.path().join("docs/gone.md");
    std::fs::create_dir(stale.parent().unwrap()).unwrap();
    std::fs::write(&stale, "").unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(crate::build_script::run(root, folder.path()), Ok(()));
    assert!(!stale.exists());
}

#[test]
fn requests_are_held_to_bounds_and_answers_never_are() {
    let answer = "          description: Whether accepting succeeded.\n";
    let text = edited(&[
        (
            "        success:\n          type: boolean\n",
            "        success:\n          type: string\n          minLength: 3\n          format: uuid\n",
        ),
        (
            "description: The answer to an acceptance.\n",
            "description: The answer to an acceptance.\n      additionalProperties: false\n",
        ),
    ]);
    assert!(text.contains(answer));
    let build = Build::of(&text);
    assert_eq!(build.result, Ok(()));
    let client = build.output("client.rs");
    assert!(
        client.contains("pub success: ::std::string::String"),
        "an answer is not narrowed"
    );
    assert!(
        !client.contains("deny_unknown_fields"),
        "an answer may have more fields"
    );
    assert!(
        client.contains("longer than 75 characters"),
        "a request is bounded"
    );
}

#[test]
fn yaml_is_read_as_common_tools_read_it() {
    let read = |text: &str| serde_json::to_string(&read::read(text).unwrap()).unwrap();
    assert_eq!(
        read("responses: {200: a, '404': b, null: c}"),
        r#"{"responses":{"200":"a","404":"b","null":"c"}}"#
    );
    assert_eq!(
        read("z: &here {k: [1, 2.5, yes, true, ~]}\na: *here"),
        r#"{"z":{"k":[1,2.5,"yes",true,null]},"a":{"k":[1,2.5,"yes",true,null]}}"#
    );
    assert_eq!(
        read("a: !!str 1\nb: '1'\nc: 1\nd:"),
        r#"{"a":"1","b":"1","c":1,"d":null}"#
    );
}

#[test]
fn an_unquoted_status_makes_the_same_client() {
    let quoted = Build::of(&document());
    let unquoted = Build::of(&edited(&[("        '429':\n", "        429:\n")]));
    assert_eq!(quoted.output("client.rs"), unquoted.output("client.rs"));
}
