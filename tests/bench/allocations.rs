//! A create allocates at most 1.35 times as often as with bare `reqwest`.
#![forbid(unsafe_code)]

mod contenders;
mod generated;
mod server;

use allocation_counter::measure;

#[test]
fn create_allocates_at_most_1_35_times_as_often_as_with_bare_reqwest() {
    let base_url = server::start();
    let [reqwest, _, this] = contenders::CONTENDERS.map(|contender| {
        contenders::per_call(100, |calls| {
            let make = || contenders::make_calls(contender, &base_url, calls);
            measure(make).count_total
        })
    });
    assert!(
        this <= 1.35 * reqwest,
        "{this} allocations per create, {reqwest} with bare reqwest"
    );
}
