//! The gate as calls meet it, under a paused clock: every wait is exact, and none takes real time.

use std::sync::Arc;

use tokio::{
    task::JoinSet,
    time::{advance, sleep},
};

use super::*;

const A: Option<&str> = Some("1");
const B: Option<&str> = Some("2");

const fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn gate() -> Arc<Gate> {
    Arc::new(Gate::default())
}

/// A call that wants to begin now and has time until the deadline: how long it was held, or told to wait.
async fn held(gate: &Gate, app: Option<&str>, deadline: Duration) -> Result<u128, u128> {
    let begun = Instant::now();
    let passed = gate.pass(app, begun, Some(begun + deadline)).await;
    let held = begun.elapsed().as_millis();
    passed.map(|()| held).map_err(|at| {
        assert_eq!(held, 0, "it is told at once");
        at.duration_since(begun).as_millis()
    })
}

/// Many calls that all want to begin now, of any app; when they began, in milliseconds, in order.
async fn all(gate: &Arc<Gate>, calls: usize, app: Option<&'static str>) -> Vec<u128> {
    let mut running = JoinSet::new();
    for _ in 0..calls {
        let gate = gate.clone();
        running.spawn(async move { held(&gate, app, s(600)).await.expect("time enough") });
    }
    let mut begun = running.join_all().await;
    begun.sort_unstable();
    begun
}

#[tokio::test(start_paused = true)]
async fn an_open_gate_holds_nothing() {
    assert_eq!(all(&gate(), 50, A).await, [0; 50]);
}

#[tokio::test(start_paused = true)]
async fn every_call_waits_for_the_stated_time_and_then_they_come_gently() {
    let gate = gate();
    gate.close(A, s(7));
    let begun = all(&gate, 200, A).await;
    assert_eq!(begun[..4], [7_000, 7_050, 7_100, 7_150]);
    let within = |from, to| begun.iter().filter(|at| (from..to).contains(*at)).count();
    assert_eq!(within(0, 7_000), 0, "none is sent in between");
    assert_eq!(within(7_000, 8_000), 20);
    assert_eq!(within(8_000, 9_000), 40);
    assert_eq!(within(9_000, 10_000), 80);
    assert_eq!(within(10_000, 11_000), 60);
    assert!(gate.limits().len() == 1, "it is still opening");
    advance(s(10)).await;
    assert_eq!(gate.limits(), []);
    assert_eq!(all(&gate, 50, A).await, [0; 50]);
}

#[tokio::test(start_paused = true)]
async fn every_turn_is_kept_to_the_millisecond() {
    let gate = gate();
    gate.close(A, Duration::from_millis(80));
    assert_eq!(all(&gate, 4, A).await, [80, 84, 88, 92]);
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_deadline_comes_first_is_told_at_once_and_takes_no_place() {
    let gate = gate();
    gate.close(A, s(7));
    for _ in 0..100 {
        assert_eq!(held(&gate, A, s(7)).await, Err(7_000));
    }
    // A tenth of its time is kept for its attempt.
    assert_eq!(
        held(&gate, A, Duration::from_millis(7_777)).await,
        Err(7_000)
    );
    assert_eq!(
        held(&gate, A, Duration::from_millis(7_778)).await,
        Ok(7_000)
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_turn_comes_too_late_is_told_when_it_would_come() {
    let gate = gate();
    gate.close(A, s(7));
    let early = all(&gate, 10, A);
    let late = async {
        tokio::task::yield_now().await;
        sleep(s(1)).await;
        held(&gate, A, Duration::from_millis(6_500)).await
    };
    let (early, late) = tokio::join!(early, late);
    assert_eq!(early.last(), Some(&7_450));
    assert_eq!(late, Err(6_500));
}

#[tokio::test(start_paused = true)]
async fn only_calls_to_the_same_app_are_held() {
    let gate = gate();
    gate.close(A, s(7));
    assert_eq!(held(&gate, B, s(1)).await, Ok(0));
    assert_eq!(held(&gate, A, s(1)).await, Err(7_000));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_names_no_app_keeps_to_every_gate() {
    let gate = gate();
    gate.close(A, s(7));
    gate.close(B, s(9));
    assert_eq!(held(&gate, None, s(1)).await, Err(9_000));
}

#[tokio::test(start_paused = true)]
async fn what_a_call_that_names_no_app_meets_holds_for_all() {
    let gate = gate();
    gate.close(None, s(7));
    for app in [None, A, B] {
        assert_eq!(held(&gate, app, s(1)).await, Err(7_000));
    }
}

#[tokio::test(start_paused = true)]
async fn a_gate_that_closes_again_holds_those_that_wait_too() {
    let gate = gate();
    gate.close(A, s(7));
    let again = async {
        sleep(s(6)).await;
        gate.close(A, s(60));
    };
    let (begun, ()) = tokio::join!(all(&gate, 3, A), again);
    assert_eq!(begun, [66_000, 66_050, 66_100]);
}

#[tokio::test(start_paused = true)]
async fn a_waiting_call_learns_at_once_that_it_has_become_too_late() {
    let gate = gate();
    gate.close(A, s(7));
    let waiting = async {
        let begun = Instant::now();
        let told = gate.pass(A, begun, Some(begun + s(20))).await;
        (told, begun.elapsed())
    };
    let again = async {
        sleep(s(3)).await;
        gate.close(A, s(60));
        Instant::now() + s(60)
    };
    let ((told, after), opens) = tokio::join!(waiting, again);
    assert_eq!((told, after), (Err(opens), s(3)));
}

#[tokio::test(start_paused = true)]
async fn a_back_off_is_waited_for_and_takes_no_place_before_its_end() {
    let gate = gate();
    gate.close(A, s(1));
    let begun = Instant::now();
    let backing_off = async {
        let passed = gate.pass(A, begun + s(30), None).await;
        assert_eq!(passed, Ok(()));
        begun.elapsed()
    };
    let others = async {
        sleep(s(2)).await;
        all(&gate, 3, A).await
    };
    let (after, others) = tokio::join!(backing_off, others);
    assert_eq!(after, s(30));
    assert_eq!(
        others,
        [0, 25, 50],
        "twice as fast in the second after it opened"
    );
}

#[tokio::test(start_paused = true)]
async fn a_back_off_that_ends_behind_a_closed_gate_is_told_at_once() {
    let gate = gate();
    gate.close(A, s(60));
    let begun = Instant::now();
    let passed = gate.pass(A, begun + s(5), Some(begun + s(30))).await;
    assert_eq!(passed, Err(begun + s(60)));
    assert_eq!(begun.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_waits_no_more() {
    let gate = gate();
    gate.close(A, s(7));
    let call = tokio::spawn({
        let gate = gate.clone();
        async move { held(&gate, A, s(60)).await }
    });
    sleep(s(1)).await;
    assert_eq!(gate.waiting(), 1);
    call.abort();
    assert!(call.await.is_err_and(|end| end.is_cancelled()));
    assert_eq!(gate.waiting(), 0);
}

#[tokio::test(start_paused = true)]
async fn high_usage_keeps_calls_apart() {
    let gate = gate();
    gate.note_usage(A, 95.0, 90);
    assert_eq!(all(&gate, 4, A).await, [500, 1000, 1500, 2000]);
    assert_eq!(held(&gate, B, s(1)).await, Ok(0));
}

#[tokio::test(start_paused = true)]
async fn usage_below_the_threshold_changes_nothing() {
    let gate = gate();
    gate.note_usage(A, 90.0, 90);
    assert_eq!(gate.limits(), []);
    assert_eq!(all(&gate, 50, A).await, [0; 50]);
}

#[tokio::test(start_paused = true)]
async fn those_that_wait_go_sooner_when_usage_falls() {
    let gate = gate();
    gate.note_usage(A, 100.0, 90);
    let falls = async {
        sleep(Duration::from_millis(2_500)).await;
        gate.note_usage(A, 0.0, 90);
    };
    let (begun, ()) = tokio::join!(all(&gate, 30, A), falls);
    assert_eq!(begun[..3], [1000, 2000, 2500]);
    assert_eq!(begun[29], 2500);
}

#[tokio::test(start_paused = true)]
async fn the_newest_figures_replace_those_that_they_contradict() {
    let gate = gate();
    gate.note_usage(None, 100.0, 90);
    gate.note_usage(A, 0.0, 90);
    assert_eq!(gate.limits(), []);
    gate.note_usage(A, 100.0, 90);
    gate.note_usage(None, 0.0, 90);
    assert_eq!(gate.limits(), []);
}

#[tokio::test(start_paused = true)]
async fn the_state_names_what_holds() {
    let gate = gate();
    gate.close(B, s(7));
    gate.note_usage(None, 95.0, 90);
    advance(s(2)).await;
    let limit = |app: Option<&str>, opens_in, gap, usage| Limit {
        app: app.map(str::to_owned),
        opens_in,
        gap: Duration::from_millis(gap),
        usage,
    };
    assert_eq!(
        gate.limits(),
        [
            limit(None, Duration::ZERO, 500, Some(95.0)),
            limit(B, s(5), 50, None)
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn gates_that_hold_nothing_are_put_away() {
    let gate = gate();
    for app in 0..1_000 {
        gate.close(Some(&app.to_string()), s(1));
    }
    assert_eq!(gate.limits().len(), 1_000);
    advance(s(10)).await;
    gate.close(A, s(1));
    let lanes = gate.lanes.lock().expect("no panic");
    assert_eq!(lanes.apps.len(), 1);
}
