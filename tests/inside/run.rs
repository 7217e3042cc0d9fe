//! The loop with scripted attempts under a paused clock: every wait is exact, and none takes real time.

use std::time::SystemTime;

use http::{HeaderMap, HeaderName, HeaderValue};

use tokio::time::sleep;

use super::*;
use crate::{graph_error::GraphError, retry::policy::Replay};

const CREATE: Repetition = Repetition::MayDuplicate;
const ACCEPT: Repetition = Repetition::Safe;

/// What one scripted attempt does: it takes some time, then ends.
enum Step {
    Answer(u16, &'static str, Vec<(&'static str, &'static str)>),
    /// Nothing comes; the attempt ends with its limit.
    Hang,
    NeverSent,
}

use Step::{Answer as Says, Hang};

struct Script {
    steps: std::vec::IntoIter<Step>,
    each_takes: Duration,
    begun: Instant,
    /// When each attempt began, and its limit, in milliseconds.
    seen: Vec<(u128, u128)>,
}

impl Attempt for Script {
    async fn attempt(&mut self, number: u32, limit: Duration) -> Attempted {
        self.seen
            .push((self.begun.elapsed().as_millis(), limit.as_millis()));
        assert_eq!(
            self.seen.len(),
            number as usize,
            "attempts are counted from 1"
        );
        match self
            .steps
            .next()
            .expect("the script has a step for each attempt")
        {
            Hang => {
                sleep(limit).await;
                Attempted::NoWholeAnswer(None, None)
            }
            Step::NeverSent => Attempted::NeverSentInTime,
            Says(status, body, headers) => {
                sleep(self.each_takes).await;
                Attempted::Answered(scripted(status, body, headers))
            }
        }
    }
}

fn scripted(status: u16, body: &str, headers: Vec<(&'static str, &'static str)>) -> Answer {
    Answer {
        status: StatusCode::from_u16(status).expect("a status"),
        headers: headers
            .into_iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect::<HeaderMap>(),
        body: body.to_owned().into(),
        cut_at_limit: false,
        graph_error: GraphError::from_body(body.as_bytes()),
        read_at: SystemTime::UNIX_EPOCH,
    }
}

/// Without jitter: each wait is its ceiling.
fn terms<'a>(
    policy: &'a RetryPolicy,
    repetition: Repetition,
    brakes: &'a SharedBrakes,
) -> Terms<'a> {
    Terms {
        policy,
        repetition,
        jitter: |ceiling| ceiling,
        brakes,
        app: Some("1"),
    }
}

/// Runs a script with brakes of its own.
async fn run_script(
    policy: &RetryPolicy,
    repetition: Repetition,
    steps: Vec<Step>,
) -> (Ended, Vec<(u128, u128)>, u128) {
    let mut script = Script {
        steps: steps.into_iter(),
        each_takes: Duration::from_millis(10),
        begun: Instant::now(),
        seen: Vec::new(),
    };
    let begun = Instant::now();
    let brakes = SharedBrakes::new(policy);
    let ended = run(&terms(policy, repetition, &brakes), &mut script).await;
    assert_eq!(ended.attempts as usize, script.seen.len());
    (ended, script.seen, begun.elapsed().as_millis())
}

fn throttled() -> Step {
    Says(429, "", vec![])
}

fn success() -> Step {
    Says(200, "{}", vec![])
}

fn policy() -> RetryPolicy {
    RetryPolicy::default()
}

#[tokio::test(start_paused = true)]
async fn a_success_is_final() {
    let (ended, seen, took) = run_script(&policy(), CREATE, vec![success()]).await;
    assert_eq!(seen, [(0, 30_000)]);
    assert_eq!(took, 10, "no wait after a success");
    assert_eq!(ended.stopped, Stopped::Verdict);
    assert!(
        ended
            .into_success()
            .is_ok_and(|success| success.attempts == 1)
    );
}

#[tokio::test(start_paused = true)]
async fn the_back_off_doubles() {
    let steps = vec![throttled(), throttled(), throttled(), success()];
    let (ended, seen, _) = run_script(&policy(), CREATE, steps).await;
    let begun: Vec<u128> = seen.iter().map(|(begun, _)| *begun).collect();
    assert_eq!(begun, [0, 10 + 500, 20 + 1500, 30 + 3500]);
    assert!(
        !ended.earlier_may_have_taken_effect,
        "throttled attempts never took effect"
    );
}

#[tokio::test(start_paused = true)]
async fn attempts_bound_the_loop_and_the_last_is_not_waited_after() {
    let steps = (0..4).map(|_| throttled()).collect();
    let (ended, seen, took) = run_script(&policy(), ACCEPT, steps).await;
    assert_eq!(seen.len(), 4);
    assert_eq!(took, 40 + 3500);
    assert_eq!(
        (ended.stopped, ended.outcome()),
        (Stopped::Attempts, Outcome::Throttled)
    );
}

#[tokio::test(start_paused = true)]
async fn one_attempt_is_one_attempt() {
    let (ended, seen, took) = run_script(&RetryPolicy::never(), ACCEPT, vec![throttled()]).await;
    assert_eq!((seen.len(), took), (1, 10));
    assert_eq!(ended.stopped, Stopped::Attempts);
}

#[tokio::test(start_paused = true)]
async fn the_cap_bounds_the_back_off() {
    let patient = policy()
        .max_attempts(6)
        .max_delay(Duration::from_millis(1200));
    let mut steps: Vec<Step> = (0..5).map(|_| throttled()).collect();
    steps.push(success());
    let (_, seen, _) = run_script(&patient, CREATE, steps).await;
    let waits: Vec<u128> = seen
        .windows(2)
        .map(|pair| pair[1].0 - pair[0].0 - 10)
        .collect();
    assert_eq!(waits, [500, 1000, 1200, 1200, 1200]);
}

#[tokio::test(start_paused = true)]
async fn a_longer_wish_of_the_server_is_waited_for_even_above_the_cap() {
    let steps = vec![Says(429, "", vec![("retry-after", "47")]), success()];
    let (_, seen, _) = run_script(&policy(), CREATE, steps).await;
    assert_eq!(seen[1].0, 10 + 47_000);
}

#[tokio::test(start_paused = true)]
async fn a_shorter_wish_does_not_shorten_the_back_off() {
    let steps = vec![Says(429, "", vec![("retry-after", "0")]), success()];
    let (_, seen, _) = run_script(&policy(), CREATE, steps).await;
    assert_eq!(seen[1].0, 10 + 500);
}

#[tokio::test(start_paused = true)]
async fn a_wish_beyond_the_deadline_ends_the_call_at_once_and_is_kept() {
    let usage = r#"{"7":[{"estimated_time_to_regain_access":19}]}"#;
    for (header, seconds) in [
        (("retry-after", "120"), 120),
        (("retry-after", "18446744073709551616"), u64::MAX),
        (("x-business-use-case-usage", usage), 19 * 60),
    ] {
        let steps = vec![Says(429, "", vec![header])];
        let (ended, seen, took) = run_script(&policy(), ACCEPT, steps).await;
        assert_eq!((seen.len(), took), (1, 10), "no second attempt and no wait");
        assert_eq!(ended.stopped, Stopped::Deadline);
        assert_eq!(ended.outcome(), Outcome::Throttled);
        assert_eq!(ended.server_wish.map(|wish| wish.as_secs()), Some(seconds));
    }
}

#[tokio::test(start_paused = true)]
async fn a_wish_that_just_fits_is_waited_for() {
    // 10 ms are spent and 119.99 s are left: a wait of 119 s leaves time, one of 120 s would not.
    let steps = vec![Says(429, "", vec![("retry-after", "119")]), success()];
    let (ended, seen, _) = run_script(&policy(), ACCEPT, steps).await;
    assert_eq!(
        seen[1],
        (119_010, 990),
        "what is left of the deadline limits the attempt"
    );
    assert!(ended.into_success().is_ok());
}

#[tokio::test(start_paused = true)]
async fn the_deadline_bounds_attempts_that_hang() {
    let tight = policy().deadline(Duration::from_secs(70)).max_attempts(10);
    let steps = (0..10).map(|_| Hang).collect();
    let (ended, seen, took) = run_script(&tight, ACCEPT, steps).await;
    assert_eq!(seen, [(0, 30_000), (30_500, 30_000), (61_500, 8_500)]);
    assert_eq!(
        took, 70_000,
        "the call ends with its deadline, to the millisecond"
    );
    assert_eq!(
        (ended.stopped, ended.outcome()),
        (Stopped::Deadline, Outcome::Unknown)
    );
}

#[tokio::test(start_paused = true)]
async fn create_is_not_sent_again_after_a_hang() {
    let (ended, seen, took) = run_script(&policy(), CREATE, vec![Hang]).await;
    assert_eq!((seen.len(), took), (1, 30_000));
    assert_eq!(
        (ended.stopped, ended.outcome()),
        (Stopped::Verdict, Outcome::Unknown)
    );
}

#[tokio::test(start_paused = true)]
async fn create_is_sent_again_after_a_hang_if_the_caller_wants_it() {
    let eager = policy().replay(Replay::Always);
    let (ended, ..) = run_script(&eager, CREATE, vec![Hang, success()]).await;
    let success = ended.into_success().expect("a success");
    assert!(
        success.earlier_may_have_taken_effect,
        "a second solution may exist"
    );
}

#[tokio::test(start_paused = true)]
async fn one_unknown_attempt_leaves_the_whole_call_unknown() {
    let steps = vec![Says(500, "", vec![]), Says(422, "", vec![])];
    let (ended, ..) = run_script(&policy(), ACCEPT, steps).await;
    assert_eq!(
        ended.verdict.outcome,
        Outcome::Refused,
        "the last attempt was refused"
    );
    assert_eq!(
        ended.outcome(),
        Outcome::Unknown,
        "the one before it may have taken effect"
    );
    assert!(ended.earlier_may_have_taken_effect);
}

#[tokio::test(start_paused = true)]
async fn never_sent_stays_never_sent() {
    let steps = (0..4).map(|_| Step::NeverSent).collect();
    let (ended, ..) = run_script(&policy(), CREATE, steps).await;
    assert_eq!(ended.outcome(), Outcome::Unreachable);
    assert!(!ended.may_have_taken_effect());
}

#[tokio::test(start_paused = true)]
async fn what_was_sent_once_is_not_called_never_sent() {
    let transient = r#"{"error":{"code":100,"is_transient":true}}"#;
    for (first, outcome) in [
        (throttled(), Outcome::Throttled),
        (Says(400, transient, vec![]), Outcome::Refused),
        (Says(500, "", vec![]), Outcome::Unknown),
        (Step::NeverSent, Outcome::Unreachable),
    ] {
        let steps = [first].into_iter().chain((0..3).map(|_| Step::NeverSent));
        let (ended, ..) = run_script(&policy(), CREATE, steps.collect()).await;
        assert_eq!((ended.attempts, ended.outcome()), (4, outcome));
    }
}

#[tokio::test(start_paused = true)]
async fn another_protocol_is_no_answer() {
    let (ended, seen, _) = run_script(&policy(), CREATE, vec![Says(101, "", vec![])]).await;
    assert_eq!((seen.len(), ended.outcome()), (1, Outcome::Unknown));
    let (ended, ..) = run_script(&policy(), ACCEPT, vec![Says(101, "", vec![]), success()]).await;
    assert!(ended.into_success().is_ok());
}

#[tokio::test(start_paused = true)]
async fn durations_without_bound_do_not_overflow() {
    let endless = policy()
        .deadline(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .base_delay(Duration::from_millis(1))
        .max_delay(Duration::MAX);
    let steps = vec![throttled(), throttled(), success()];
    let (ended, ..) = run_script(&endless, CREATE, steps).await;
    assert!(ended.into_success().is_ok());
    // No clock goes as far as this wish.
    let forever = vec![("retry-after", "18446744073709551615")];
    let steps = vec![Says(503, "", forever)];
    let (ended, ..) = run_script(&endless, ACCEPT, steps).await;
    assert_eq!(ended.stopped, Stopped::Deadline);
}

#[tokio::test(start_paused = true)]
async fn dropping_the_future_stops_the_wait() {
    let steps = vec![Says(429, "", vec![("retry-after", "60")]), success()];
    let mut script = Script {
        steps: steps.into_iter(),
        each_takes: Duration::ZERO,
        begun: Instant::now(),
        seen: Vec::new(),
    };
    let policy = policy();
    let brakes = SharedBrakes::new(&policy);
    let terms = terms(&policy, CREATE, &brakes);
    let call = run(&terms, &mut script);
    assert!(
        tokio::time::timeout(Duration::from_secs(1), call)
            .await
            .is_err()
    );
    sleep(Duration::from_secs(600)).await;
    assert_eq!(script.seen.len(), 1, "nothing went on in the background");
}
