//! One limit alone: every question says what time it is, so nothing waits.

use super::*;

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

const fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// When the calls begin that all want to at this time, in milliseconds after it.
fn begins(lane: &mut Lane, now: Instant, calls: usize) -> Vec<u128> {
    let mut begun = Vec::new();
    for _ in 0..calls {
        let at = lane.earliest(now);
        lane.take(at);
        begun.push(at.duration_since(now).as_millis());
    }
    begun
}

#[test]
fn an_open_gate_lets_everything_through_at_once() {
    let mut lane = Lane::default();
    assert_eq!(begins(&mut lane, Instant::now(), 4), [0, 0, 0, 0]);
}

#[test]
fn nothing_begins_while_it_is_closed_and_the_first_when_it_opens() {
    let (mut lane, now) = (Lane::default(), Instant::now());
    assert!(lane.close(now, s(60)));
    assert_eq!(lane.closed_until(now), Some(now + s(60)));
    assert_eq!(begins(&mut lane, now, 3), [60_000, 60_050, 60_100]);
    assert_eq!(lane.closed_until(now + s(60)), None);
}

#[test]
fn it_opens_gently_twice_as_fast_each_second() {
    let (mut lane, now) = (Lane::default(), Instant::now());
    lane.close(now, s(60));
    let begun = begins(&mut lane, now, 5_000);
    let in_second = |n: u128| {
        let from = 60_000 + n * 1000;
        begun
            .iter()
            .filter(|at| (from..from + 1000).contains(at))
            .count()
    };
    let each: Vec<usize> = (0..6).map(in_second).collect();
    assert_eq!(each, [20, 40, 80, 160, 320, 640]);
    assert_eq!(in_second(6), 5_000 - 1_260, "after 6 s it is open");
}

#[test]
fn a_short_closure_opens_with_smaller_gaps() {
    let (mut lane, now) = (Lane::default(), Instant::now());
    lane.close(now, ms(200));
    assert_eq!(begins(&mut lane, now, 3), [200, 210, 220]);
}

#[test]
fn the_longer_closure_holds() {
    let (mut lane, now) = (Lane::default(), Instant::now());
    assert!(lane.close(now, s(60)));
    assert!(
        !lane.close(now + s(1), s(10)),
        "it is closed for longer already"
    );
    assert_eq!(lane.closed_until(now), Some(now + s(60)));
    assert!(lane.close(now + s(30), s(60)));
    assert_eq!(lane.closed_until(now), Some(now + s(90)));
}

#[test]
fn no_answer_closes_it_for_good() {
    let (mut lane, now) = (Lane::default(), Instant::now());
    assert!(lane.close(now, Duration::MAX));
    assert_eq!(lane.closed_until(now), Some(now + LONGEST));
}

#[test]
fn no_wait_is_no_closure() {
    let (mut lane, now) = (Lane::default(), Instant::now());
    assert!(!lane.close(now, Duration::ZERO));
    assert!(!lane.matters(now));
}

#[test]
fn usage_slows_in_proportion_to_what_is_left() {
    let gaps = |from: u8| -> Vec<u128> {
        let shares = [0.0, 89.9, 90.0, 91.0, 95.0, 99.0, 100.0, 250.0];
        let gap = |share| usage_gap(share, from).as_millis();
        shares.into_iter().map(gap).collect()
    };
    assert_eq!(gaps(90), [0, 0, 0, 100, 500, 900, 1000, 1000]);
    assert_eq!(gaps(100), [0, 0, 0, 0, 0, 0, 1000, 1000]);
    assert_eq!(gaps(0)[3..5], [910, 950]);
}

#[test]
fn calls_begin_apart_where_usage_is_high() {
    let (mut lane, now) = (Lane::default(), Instant::now());
    assert!(!lane.note_usage(now, 95.0, 90));
    assert_eq!(begins(&mut lane, now, 3), [500, 1000, 1500]);
    assert_eq!(lane.usage(now), Some(95.0));
}

#[test]
fn lower_usage_lets_them_go_again() {
    let (mut lane, now) = (Lane::default(), Instant::now());
    lane.note_usage(now, 100.0, 90);
    begins(&mut lane, now, 60);
    assert!(!lane.note_usage(now, 99.0, 90), "hardly faster than before");
    assert!(lane.note_usage(now, 92.0, 90));
    assert_eq!(begins(&mut lane, now, 2), [0, 200]);
    assert!(lane.note_usage(now, 0.0, 90));
    assert_eq!(begins(&mut lane, now, 2), [0, 0]);
    assert!(!lane.matters(now));
}

#[test]
fn what_was_noted_an_hour_ago_says_nothing() {
    let (mut lane, now) = (Lane::default(), Instant::now());
    lane.note_usage(now, 100.0, 90);
    assert!(lane.matters(now + s(3_599)));
    assert!(!lane.matters(now + s(3_600)));
    assert_eq!(lane.usage(now + s(3_600)), None);
}

#[test]
fn the_wider_gap_holds() {
    let (mut lane, now) = (Lane::default(), Instant::now());
    lane.close(now, s(60));
    lane.note_usage(now, 100.0, 90);
    assert_eq!(begins(&mut lane, now, 3), [60_000, 61_000, 62_000]);
}
