//! The library from nothing, against the named dependencies from nothing.

use crate::checkout::{Crate, ratios, seconds};

const ROUNDS: usize = 3;

pub fn compare(library: &Crate, reference: &Crate) {
    let rounds = (0..ROUNDS).map(|_| (library.build_afresh(), reference.build_afresh()));
    let (ours, theirs): (Vec<_>, Vec<_>) = rounds.unzip();
    println!(
        "\ncold build without features: {} s; of the named dependencies alone: {} s; ratio {}",
        seconds(&ours),
        seconds(&theirs),
        ratios(&ours, &theirs)
    );
}
