//! Whatever the server does: create reaches it at most once more than its answers allowed, and no success is ever
//! reported as a failure of which nothing came.

use std::time::Duration;

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestCaseError, TestRunner},
};
use tokio::{runtime::Runtime, task::JoinSet};
use whatsapp_multi_partner_solutions::{Client, Error};

use crate::{
    client::*,
    model::{Act, act},
    server::Server,
};

const MAX_ATTEMPTS: u32 = 8;

/// One act of a script, and whether the server carried the call out before it; where the client could be sure of the
/// contrary, it did not.
type Scripted = (Act, bool);

fn script(act: impl Strategy<Value = Act>, longest: usize) -> impl Strategy<Value = Vec<Scripted>> {
    prop::collection::vec((act, any::<bool>()), 0..=longest)
}

fn config(cases: u32) -> Config {
    Config {
        cases,
        // A failure prints its script; a file beside the sources would be one more thing to keep.
        failure_persistence: None,
        ..Config::default()
    }
}

fn check(
    call: Call,
    script: &[Scripted],
    result: &Result<Done, Error>,
    requests: usize,
) -> Result<(), TestCaseError> {
    let truths: Vec<_> = script.iter().map(|(act, _)| act.truth(call)).collect();
    let allowed = truths.iter().take_while(|truth| truth.may_be_sent_again);
    let allowed = 1 + allowed.count();
    prop_assert!(
        requests <= allowed,
        "{requests} requests, {allowed} allowed: {result:?}"
    );
    prop_assert_eq!(requests, allowed, "it gives up too early: {:?}", result);

    // What the script does not say is a success.
    let met = &truths[..requests.min(truths.len())];
    let success = requests > truths.len() || met.last().is_some_and(|truth| truth.is_success);
    let carried_out = success
        || script
            .iter()
            .zip(met)
            .any(|((_, did), truth)| *did && truth.may_have_taken_effect);
    match result {
        Ok(done) => {
            prop_assert!(success);
            prop_assert_eq!(done.attempts as usize, requests);
            let earlier = truths[..requests - 1]
                .iter()
                .any(|truth| truth.may_have_taken_effect);
            prop_assert_eq!(done.earlier_may_have_taken_effect, earlier);
        }
        Err(error) => {
            prop_assert_eq!(error.attempts() as usize, requests);
            prop_assert!(
                error.may_have_taken_effect() || !carried_out,
                "it did happen, but: {}",
                error
            );
            prop_assert!(!success, "a success is reported as: {}", error);
            let may = met.iter().any(|truth| truth.may_have_taken_effect);
            prop_assert_eq!(error.may_have_taken_effect(), may, "{}", error);
        }
    }
    Ok(())
}

#[test]
fn whatever_the_server_does() {
    let runtime = Runtime::new().expect("a runtime");
    // Shared by all cases, so that a connection that one leaves behind meets the next.
    let (server, clients) = runtime.block_on(async {
        let server = Server::start([]).await;
        // Every case is to have all of its attempts.
        let policy = policy().max_attempts(MAX_ATTEMPTS);
        let client = |call: Call| {
            builder(&server)
                .retry_policy(call.eager(policy.clone()))
                .retry_budget(u32::MAX)
                .build()
                .expect("a client")
        };
        let clients = CALLS.map(|call| (call, client(call)));
        (server, clients)
    });
    let mut runner = TestRunner::new(config(300));
    let tried = runner.run(&script(act(), 6), |script| {
        for (call, client) in &clients {
            let steps = script.iter().map(|(act, _)| act.step());
            server.script(steps.chain([call.success()]));
            let result = runtime.block_on(call.make(client));
            check(*call, &script, &result, server.count())?;
        }
        Ok(())
    });
    tried.unwrap_or_else(|failed| panic!("{failed}"));
}

#[test]
fn whatever_the_server_does_and_some_of_it_never_ends() {
    let with_hang =
        (script(act(), 2), script(act(), 2), any::<bool>()).prop_map(|(before, after, did)| {
            let hang = (Act::Hang, did);
            before
                .into_iter()
                .chain([hang])
                .chain(after)
                .collect::<Vec<_>>()
        });
    let mut runner = TestRunner::new(config(1));
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(async move {
        let mut cases: Vec<(Call, Vec<Scripted>, Server, Client)> = Vec::new();
        for _ in 0..10 {
            let script = with_hang.new_tree(&mut runner).expect("a script").current();
            for call in CALLS {
                let steps = script.iter().map(|(act, _)| act.step());
                let server = Server::start(steps.chain([call.success()])).await;
                let limited = call
                    .eager(policy())
                    .max_attempts(MAX_ATTEMPTS)
                    .attempt_timeout(Duration::from_millis(700));
                let client = client_with(&server, limited);
                cases.push((call, script.clone(), server, client));
            }
        }
        // All at the same time, because each has to wait for the time limit.
        let mut running = JoinSet::new();
        for (call, script, server, client) in cases {
            running.spawn(async move {
                let result = call.make(&client).await;
                check(call, &script, &result, server.count())
                    .unwrap_or_else(|failed| panic!("{call:?}, {script:?}: {failed}"));
            });
        }
        while let Some(ran) = running.join_next().await {
            ran.expect("a case that holds");
        }
    });
}
