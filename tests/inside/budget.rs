//! The bucket alone, under a paused clock.

use std::time::Duration;

use tokio::time::advance;

use super::*;

#[tokio::test(start_paused = true)]
async fn a_full_bucket_of_500_pays_for_100_retries() {
    let budget = Budget::new(500);
    assert_eq!((0..200).filter(|_| budget.pay(COST)).count(), 100);
    assert_eq!(budget.left(), 0);
}

#[tokio::test(start_paused = true)]
async fn or_for_50_after_time_limits() {
    let budget = Budget::new(500);
    let paid = (0..200).filter(|_| budget.pay(COST_AFTER_TIME_LIMIT));
    assert_eq!(paid.count(), 50);
}

#[tokio::test(start_paused = true)]
async fn too_few_tokens_stay_where_they_are() {
    let budget = Budget::new(7);
    assert!(!budget.pay(COST_AFTER_TIME_LIMIT));
    assert_eq!(budget.left(), 7);
    assert!(budget.pay(COST));
    assert_eq!(budget.left(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_is_free_is_never_refused() {
    assert!(Budget::new(0).pay(0));
}

#[tokio::test(start_paused = true)]
async fn successes_give_back_up_to_the_capacity() {
    let budget = Budget::new(10);
    assert!(budget.pay(10));
    budget.give_back(GAIN);
    budget.give_back(COST);
    assert_eq!(budget.left(), 6);
    budget.give_back(u32::MAX);
    assert_eq!(budget.left(), 10);
}

#[tokio::test(start_paused = true)]
async fn one_token_a_second_comes_back_by_itself() {
    let budget = Budget::new(500);
    assert!(budget.pay(500));
    advance(Duration::from_millis(4_999)).await;
    assert_eq!(budget.left(), 4);
    assert!(!budget.pay(COST));
    advance(Duration::from_millis(1)).await;
    assert!(
        budget.pay(COST),
        "parts of a second are not lost by looking"
    );
    advance(Duration::from_secs(499)).await;
    assert_eq!(budget.left(), 499);
    advance(Duration::from_secs(1_000_000)).await;
    assert_eq!(budget.left(), 500);
}

#[tokio::test(start_paused = true)]
async fn a_full_bucket_saves_nothing_up() {
    let budget = Budget::new(5);
    assert_eq!(budget.left(), 5);
    advance(Duration::from_secs(100)).await;
    assert!(budget.pay(COST));
    advance(Duration::from_millis(999)).await;
    assert_eq!(budget.left(), 0);
}
