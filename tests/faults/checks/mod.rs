//! What has to hold after every schedule: each check by name. They judge by the ledger, and by the table where the
//! question is what the policy allowed.

mod again;
mod bounds;
mod left;
mod said;
mod seen;

use crate::run::Played;
use seen::Seen;

type Checked = std::result::Result<(), String>;
type Check = fn(&Seen<'_>) -> Checked;

const CHECKS: [(&str, Check); 13] = [
    ("it does not panic", bounds::it_does_not_panic),
    (
        "it ends within its deadline",
        bounds::it_ends_within_its_deadline,
    ),
    (
        "it sends again only what may be sent again",
        again::it_sends_again_only_what_may_be_sent_again,
    ),
    (
        "it creates twice only where the policy allows it",
        again::it_creates_twice_only_where_allowed,
    ),
    (
        "a success is reported as such, and as the right one",
        said::a_success_is_reported_as_such,
    ),
    (
        "it never says that nothing happened when something did",
        said::nothing_happened_is_true,
    ),
    (
        "unreachable means that nothing reached the server",
        said::unreachable_means_unreached,
    ),
    ("it does not cry wolf", said::it_does_not_cry_wolf),
    ("it counts its attempts", again::it_counts_its_attempts),
    (
        "it does not give up early",
        again::it_does_not_give_up_early,
    ),
    (
        "it sends nothing while the client is throttled",
        again::it_sends_nothing_while_throttled,
    ),
    (
        "it waits as long as the server asks for",
        bounds::it_waits_as_asked,
    ),
    (
        "it holds no more of a body than the bound, and that as it came",
        bounds::it_holds_a_bounded_body,
    ),
];

fn ensure(holds: bool, why: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(why()) }
}

/// What a schedule broke.
pub fn broken(played: &Played) -> Vec<String> {
    let mut broken = left::behind(played);
    for seen in Seen::all(played) {
        for (name, check) in CHECKS {
            if let Err(why) = check(&seen) {
                broken.push(format!(
                    "call {}: '{name}' does not hold: {why}",
                    seen.number
                ));
            }
        }
    }
    broken
}
