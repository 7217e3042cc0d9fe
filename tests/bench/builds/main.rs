//! What building costs: an edit of one description in the YAML, and the library from nothing.
//!
//! `cargo bench --bench builds` prints both as ratios. After `--`: `--quick` counts packages and builds nothing.
//! Everything happens in a copy of the checkout in a temporary folder, without the network.
#![forbid(unsafe_code)]

mod checkout;
mod cold;
mod edit;
mod packages;
mod reference;

use checkout::Crate;

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = Crate::copy_of_checkout(&folder.path().join("library"));
    let reference = reference::make(&folder.path().join("reference"));
    packages::compare(&library, &reference);
    if quick {
        return;
    }
    cold::compare(&library, &reference);
    edit::compare(&library);
}
