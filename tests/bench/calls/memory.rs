//! Allocations and bytes a call, the peak with many calls in flight, and what a long run leaves behind. All on one
//! thread, so that the figures are of the same calls every time.

use allocation_counter::measure;

use crate::{
    contenders::{self, Operation, Setting},
    runtime,
    size::Size,
    table::{self, Goal},
};

pub fn compare<O: Operation>(setting: &Setting, holding: &Setting, size: &Size) {
    let runtime = runtime::one_thread();
    let subjects = contenders::subject::all::<O>(setting);
    let counted = subjects.each_ref().map(|subject| {
        subject.make(&runtime, 1, 10);
        measure(|| subject.make(&runtime, 1, size.counted))
    });
    let a_call = |total: u64| vec![float(total) / float(size.counted)];
    let allocations = counted.each_ref().map(|info| a_call(info.count_total));
    table::row("allocations a call", "", &allocations, Goal::AtMost(1.25));
    let bytes = counted.each_ref().map(|info| a_call(info.bytes_total));
    table::row("bytes allocated a call", "B", &bytes, Goal::AtMost(1.25));

    let peaks = contenders::subject::all::<O>(holding).map(|subject| {
        let runtime = runtime::one_thread();
        let info = measure(|| subject.make(&runtime, size.in_flight, size.in_flight));
        vec![float(info.bytes_max) / 1024.0]
    });
    let what = format!("peak memory, {} calls in flight", size.in_flight);
    table::row(&what, "KiB", &peaks, Goal::None);

    for (calls, left) in long_run(size, |calls| {
        subjects.each_ref().map(|subject| {
            let info = measure(|| subject.make(&runtime, 16, calls));
            info.bytes_current
        })
    }) {
        table::left_behind(calls, left);
    }
}

/// What was left behind from the beginning of the run to each of its stations.
fn long_run(size: &Size, mut make: impl FnMut(usize) -> [i64; 3]) -> Vec<(usize, [i64; 3])> {
    // What 16 connections take is there before the run begins.
    make(32);
    let (mut done, mut left) = (0, [0; 3]);
    let station = |calls| {
        let more = make(calls - done);
        done = calls;
        left = std::array::from_fn(|contender| left[contender] + more[contender]);
        (calls, left)
    };
    size.long_run.map(station).into()
}

/// A count as a number that can be divided.
fn float(count: impl TryInto<u32>) -> f64 {
    count.try_into().ok().map(f64::from).expect("below 2³²")
}
