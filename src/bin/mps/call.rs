//! `mps create` and `mps accept`.

use std::{
    future::{Future, pending},
    pin::pin,
};

use whatsapp_multi_partner_solutions::{AcceptRequest, CreateRequest, Error, Resend};

use crate::{
    arguments::{Accept, Create},
    connection::Connection,
    output::{Failure, Format, print_success},
    progress::Progress,
};

pub(crate) async fn create(
    arguments: Create,
    connection: Connection,
    format: Format,
    progress: &Progress,
) -> Result<(), Failure> {
    let url_flags = connection.url_flags();
    let client = connection.client(arguments.resend.into())?;
    let partner = arguments.partner_app_id;
    let request =
        CreateRequest::with_messaging(arguments.messaging.into(), &partner, &arguments.name)?;
    let call = client.create_solution(&arguments.app_id, &request);
    let created = or_interrupted(call, progress).await?;
    let id = created.solution_id.escape_debug();
    let lines = format!(
        "created solution {id} ({}); its status is INITIATED\n\
         next, the partner accepts: mps accept --solution-id {id} --partner-app-id {partner}{url_flags}",
        attempts(created.attempts()),
    );
    print_success(format, &created, lines);
    Ok(())
}

pub(crate) async fn accept(
    arguments: Accept,
    connection: Connection,
    format: Format,
    progress: &Progress,
) -> Result<(), Failure> {
    let client = connection.client(Resend::default())?;
    let mut request = AcceptRequest::by_partner(&arguments.partner_app_id)?;
    request.log_session_id = arguments.log_session_id;
    let call = client.accept_solution(&arguments.solution_id, &request);
    let accepted = or_interrupted(call, progress).await?;
    let id = accepted.solution_id.escape_debug();
    let mut lines = format!("accepted solution {id} ({})", attempts(accepted.attempts()));
    if let Some(status) = &accepted.partner_status {
        let status = status.to_string();
        lines.push_str(&format!("; partner status {}", status.escape_debug()));
    }
    print_success(format, &accepted, lines);
    Ok(())
}

pub(crate) fn attempts(count: u32) -> String {
    match count {
        1 => "1 attempt".to_owned(),
        count => format!("{count} attempts"),
    }
}

/// Runs a call to its end, or to Ctrl-C or a termination signal.
async fn or_interrupted<T>(
    call: impl Future<Output = Result<T, Error>>,
    progress: &Progress,
) -> Result<T, Failure> {
    let mut interrupted = pin!(interrupted());
    let stopped = || Failure::Interrupted {
        attempts: progress.attempts(),
    };
    // Polled before the call, because until it listens for a signal, the signal ends the program without a word.
    tokio::select! {
        biased;
        () = &mut interrupted => return Err(stopped()),
        () = std::future::ready(()) => {}
    }
    tokio::select! {
        // A result that is there is not thrown away.
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
