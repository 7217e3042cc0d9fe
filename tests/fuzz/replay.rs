//! Every input that is kept, fed once more, so that what a fuzzer found once is found by every test run.

use std::{fs, panic::catch_unwind, path::Path};

use super::TARGETS;

#[test]
fn whatever_is_kept_of_fuzzing_still_holds() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let mut failed = vec![];
    for (name, target) in TARGETS {
        let folder = fs::read_dir(corpus.join(name)).expect("a folder of each target");
        let mut inputs = 0;
        for file in folder {
            let path = file.expect("a file").path();
            let input = fs::read(&path).expect("an input");
            inputs += 1;
            if catch_unwind(|| target(&input)).is_err() {
                failed.push(path);
            }
        }
        assert!(inputs > 0, "nothing is kept of {name}");
    }
    assert!(failed.is_empty(), "{failed:#?}");
}
