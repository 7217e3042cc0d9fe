//! The generated code, so that an edit of the document shows its effect in the same diff.

#[test]
fn snapshot_of_the_generated_client() {
    eprintln!("If a difference is meant: EXPECTORATE=overwrite cargo test --test build snapshot");
    expectorate::assert_contents(
        "tests/snapshots/client.rs.snap",
        include_str!(concat!(env!("OUT_DIR"), "/client.rs")),
    );
}
