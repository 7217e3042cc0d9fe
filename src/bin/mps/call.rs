//! `mps create` and `mps accept`.

use std::{
    future::{Future, pending, poll_fn},
    pin::pin,
    task::Poll,
};

use whatsapp_multi_partner_solutions::{AcceptRequest, CreateRequest, Error, Resend};

use crate::{
    arguments::{Accept, Create},
    connection::Connection,
    output::{self, Format, Report, plain},
    progress::Progress,
};

pub(crate) async fn create(
    arguments: Create,
    connection: Connection,
    format: Format,
    progress: &Progress,
) -> Result<(), Box<Report>> {
    let whereto = connection.whereto();
    let client = connection.client(arguments.replay.into())?;
    let request = CreateRequest::with_messaging(
        arguments.messaging.into(),
        arguments.partner_app_id.as_str(),
        arguments.name.as_str(),
    )?;
    let created = or_interrupted(
        client.create_solution(arguments.app_id.as_str(), &request),
        progress,
    )
    .await?;
    let lines = format!(
        "created solution {} ({}); its status is INITIATED\n\
         next, the partner accepts: mps accept --solution-id {} --partner-app-id {}{whereto}",
        plain(&created.solution_id),
        attempts(created.attempts()),
        plain(&created.solution_id),
        arguments.partner_app_id,
    );
    output::print_success(format, &created, &lines);
    Ok(())
}

pub(crate) async fn accept(
    arguments: Accept,
    connection: Connection,
    format: Format,
    progress: &Progress,
) -> Result<(), Box<Report>> {
    let client = connection.client(Resend::default())?;
    let mut request = AcceptRequest::by_partner(arguments.partner_app_id.as_str())?;
    if let Some(session) = arguments.log_session_id {
        request = request.log_session_id(session);
    }
    let accepted = or_interrupted(
        client.accept_solution(arguments.solution_id.as_str(), &request),
        progress,
    )
    .await?;
    let mut lines = format!(
        "accepted solution {} ({})",
        plain(&accepted.solution_id),
        attempts(accepted.attempts())
    );
    if let Some(status) = &accepted.partner_status {
        lines.push_str(&format!("; partner status {}", plain(&status.to_string())));
    }
    output::print_success(format, &accepted, &lines);
    Ok(())
}

pub(crate) fn attempts(count: u32) -> String {
    match count {
        1 => "1 attempt".to_owned(),
        count => format!("{count} attempts"),
    }
}

/// Runs a call to its end, or to Ctrl-C or a termination signal; then it is told what is true at that point.
async fn or_interrupted<T>(
    call: impl Future<Output = Result<T, Error>>,
    progress: &Progress,
) -> Result<T, Box<Report>> {
    let mut stop = pin!(stop());
    // Polled once before the call, because until then a signal ends the program without a word.
    let stopped = poll_fn(|context| Poll::Ready(stop.as_mut().poll(context).is_ready())).await;
    if stopped {
        return Err(progress.interrupted());
    }
    tokio::select! {
        // A result that is there already is not thrown away.
        biased;
        result = call => Ok(result?),
        () = stop => Err(progress.interrupted()),
    }
}

/// Comes when somebody wants the program to end.
async fn stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Where signals cannot be listened for, they end the program as they always do.
            pending::<()>().await;
        }
    };
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
        () = interrupted => {}
        () = terminated => {}
    }
}
