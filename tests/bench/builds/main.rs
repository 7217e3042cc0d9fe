//! What building costs: an edit of one description in the YAML, and the library from nothing.
//!
//! `cargo bench --bench builds` prints both as ratios. After `--`: `--quick` counts packages and builds nothing.
//! Everything happens in a copy of the checkout in a temporary folder, without the network.
#![forbid(unsafe_code)]

mod checkout;
mod edit;
mod packages;
mod reference;

use checkout::{Crate, seconds};

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = Crate::copy_of_checkout(&folder.path().join("library"));
    let reference = reference::make(&folder.path().join("reference"));
    packages::compare(&library, &reference);
    if quick {
        return;
    }
    // The second of two is not helped by what the first one left in the machine's cache.
    reference.build();
    let (reference, library_alone) = (reference.build_afresh(), library.build_afresh());
    println!(
        "\ncold build without features: {} s; of the named dependencies alone: {} s; ratio {:.3}",
        seconds(library_alone),
        seconds(reference),
        library_alone.as_secs_f64() / reference.as_secs_f64()
    );
    edit::compare(&library);
}
