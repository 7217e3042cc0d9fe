//! The commands that change something: `create`, `accept`, and those that are safe to run again.

use std::{
    future::{Future, pending},
    pin::pin,
};

use serde_json::json;
use whatsapp_multi_partner_solutions::{
    AcceptRequest, AcceptTerms, CreateRequest, Error, RetryPolicy,
};

use crate::{
    arguments::{Accept, Create, EnsureAccepted, EnsureSolution, Holder, NewSolution},
    connection::Connection,
    output::{Failure, Format, WithAttempts, print_success, warn_of_earlier_attempt},
    progress::Progress,
};

pub(crate) async fn create(
    arguments: Create,
    connection: Connection,
    format: Format,
    progress: &Progress,
) -> Result<(), Failure> {
    let next = connection.url_flags();
    let client = connection.client(RetryPolicy::default().resend(arguments.resend.into()))?;
    let solution = arguments.solution;
    let request = create_request(&solution)?;
    let call = client.create_solution(&solution.app_id, &request);
    let created = or_interrupted(call, progress).await?;
    let id = &created.solution_id;
    let mut lines = format!(
        "created solution {} ({}); its status is INITIATED\n",
        id.escape_debug(),
        attempts(created.attempts())
    );
    lines.push_str(&next_step(id, &solution, &next));
    let json = WithAttempts {
        fields: &*created,
        attempts: created.attempts(),
    };
    print_success(format, &json, &lines);
    warn_of_earlier_attempt(format, &created);
    Ok(())
}

pub(crate) async fn ensure_solution(
    arguments: EnsureSolution,
    connection: Connection,
    format: Format,
    progress: &Progress,
) -> Result<(), Failure> {
    let next = connection.url_flags();
    let mut policy = RetryPolicy::default();
    if let Some(time) = arguments.settle_for {
        policy = policy.settle_for(time);
    }
    let client = connection.client(policy)?;
    let solution = arguments.solution;
    let request = create_request(&solution)?;
    let call = client.ensure_solution(&solution.app_id, &request);
    let ensured = or_interrupted(call, progress).await?;
    let id = &ensured.solution_id;
    let what = if ensured.created {
        format!(
            "created solution {} ({})",
            id.escape_debug(),
            attempts(ensured.attempts)
        )
    } else {
        format!("solution {} exists already", id.escape_debug())
    };
    let json = json!({
        "solution_id": id,
        "created": ensured.created,
        "attempts": ensured.attempts,
    });
    let lines = format!("{what}\n{}", next_step(id, &solution, &next));
    print_success(format, &json, &lines);
    Ok(())
}

fn create_request(solution: &NewSolution) -> Result<CreateRequest, Error> {
    CreateRequest::with_messaging(
        solution.messaging.into(),
        &solution.partner_app_id,
        &solution.name,
    )
}

/// A command to paste, so it contains nothing of a response but digits.
fn next_step(id: &str, solution: &NewSolution, url_flags: &str) -> String {
    let id = if id.bytes().all(|byte| byte.is_ascii_digit()) {
        id
    } else {
        "SOLUTION_ID"
    };
    let (partner, owner) = (&solution.partner_app_id, &solution.app_id);
    let holder = match solution.messaging {
        Holder::Owner => "owner",
        Holder::Partner => "partner",
    };
    format!(
        "next, the partner accepts: mps ensure-accepted --solution-id {id} --partner-app-id {partner} \
         --expect-owner-app-id {owner} --expect-messaging {holder}{url_flags}"
    )
}

pub(crate) async fn accept(
    arguments: Accept,
    connection: Connection,
    format: Format,
    progress: &Progress,
) -> Result<(), Failure> {
    let client = connection.client(RetryPolicy::default())?;
    let request = accept_request(&arguments)?;
    let call = client.accept_solution(&arguments.solution_id, &request);
    let accepted = or_interrupted(call, progress).await?;
    let mut lines = format!(
        "accepted solution {} ({})",
        accepted.solution_id.escape_debug(),
        attempts(accepted.attempts())
    );
    if let Some(status) = &accepted.partner_status {
        let status = status.to_string();
        lines.push_str(&format!("; partner status {}", status.escape_debug()));
    }
    let json = WithAttempts {
        fields: &*accepted,
        attempts: accepted.attempts(),
    };
    print_success(format, &json, &lines);
    Ok(())
}

pub(crate) async fn ensure_accepted(
    arguments: EnsureAccepted,
    connection: Connection,
    format: Format,
    progress: &Progress,
) -> Result<(), Failure> {
    let client = connection.client(RetryPolicy::default())?;
    let request = accept_request(&arguments.accept)?;
    let terms = AcceptTerms {
        owner_app_id: arguments.expect_owner_app_id,
        solution_name: arguments.expect_name,
        messaging: arguments.expect_messaging.map(Into::into),
    };
    let call = client.ensure_accepted(&arguments.accept.solution_id, &request, &terms);
    let ensured = or_interrupted(call, progress).await?;
    let id = ensured.solution_id.escape_debug();
    let lines = match ensured.attempts {
        0 => format!("solution {id} was accepted before"),
        count => format!("accepted solution {id} ({})", attempts(count)),
    };
    let json = WithAttempts {
        fields: &*ensured,
        attempts: ensured.attempts,
    };
    print_success(format, &json, &lines);
    Ok(())
}

fn accept_request(arguments: &Accept) -> Result<AcceptRequest, Error> {
    let mut request = AcceptRequest::by_partner(&arguments.partner_app_id)?;
    request.log_session_id.clone_from(&arguments.log_session_id);
    Ok(request)
}

pub(crate) fn attempts(count: u32) -> String {
    match count {
        1 => "1 attempt".to_owned(),
        count => format!("{count} attempts"),
    }
}

/// Runs a call to its end, or to Ctrl-C or a termination signal.
pub(crate) async fn or_interrupted<T>(
    call: impl Future<Output = Result<T, Error>>,
    progress: &Progress,
) -> Result<T, Failure> {
    let mut interrupted = pin!(interrupted());
    let stopped = || Failure::Interrupted {
        attempts: progress.attempts(),
    };
    // Polled once, to install the handlers before the call starts.
    tokio::select! {
        biased;
        () = &mut interrupted => return Err(stopped()),
        () = std::future::ready(()) => {}
    }
    tokio::select! {
        // A finished result wins over a signal.
        biased;
        result = call => Ok(result?),
        () = interrupted => Err(stopped()),
    }
}

/// Ends when somebody wants the program to end.
pub(crate) async fn interrupted() {
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signals) => {
                signals.recv().await;
            }
            Err(_) => pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = pending::<()>();
    tokio::select! {
        // Where signals cannot be listened for, they end the program as they always do.
        Ok(()) = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
