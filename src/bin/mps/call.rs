//! The commands that call the Graph API.

use std::future::pending;

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::{
    AcceptRequest, AcceptTerms, Client, CreateRequest, Error, Resend, RetryPolicy, Solution,
    docs_diff::report, types::WhatsAppBusinessAccountPermissionTask as Task,
};

use crate::{
    arguments::{self, Accept, Call, Create, EnsureAccepted, EnsureSolution, NewSolution, name_of},
    output::{EARLIER_ATTEMPT, Failure, Success},
    progress::Progress,
};

/// Runs a call to its end, or to Ctrl-C or a termination signal.
pub(crate) async fn run(call: Call, progress: &Progress) -> Result<Success, Failure> {
    let call = async {
        match call {
            Call::EnsureSolution(arguments) => ensure_solution(arguments).await,
            Call::EnsureAccepted(arguments) => ensure_accepted(arguments).await,
            Call::Create(arguments) => create(arguments).await,
            Call::Accept(arguments) => accept(arguments).await,
            Call::Solutions(arguments) => solutions(arguments).await,
            Call::Solution(arguments) => solution(arguments).await,
        }
    };
    let result = tokio::select! {
        // In this order, the handlers are installed before the call starts.
        biased;
        () = interrupted() => Err(Failure::interrupted(progress.attempts())),
        result = call => result,
    };
    progress.end_wait();
    result
}

async fn create(arguments: Create) -> Result<Success, Failure> {
    let solution = arguments.solution;
    let request = create_request(&solution)?;
    if solution.dry_run {
        let holder = name_of(solution.messaging);
        let check = format!("passed; only the {holder} holds MESSAGING");
        let call = async |client: Client| client.create_solution(&solution.app_id, &request).await;
        return solution.connection.dry_run(&check, call).await;
    }
    let policy = RetryPolicy::default().resend(arguments.resend);
    let client = solution.connection.client(policy)?;
    let created = client.create_solution(&solution.app_id, &request).await?;
    let id = &created.solution_id;
    let lines = format!(
        "created solution {} ({}); its status is INITIATED\n{}",
        id.escape_debug(),
        attempts(created.attempts()),
        next_step(id, &solution)
    );
    let earlier = created.earlier_attempt_may_have_taken_effect();
    Ok(Success::new(&*created, lines)
        .with("attempts", created.attempts())
        .with(EARLIER_ATTEMPT, earlier))
}

async fn ensure_solution(arguments: EnsureSolution) -> Result<Success, Failure> {
    let solution = arguments.solution;
    if solution.dry_run {
        let resend = Resend::default();
        return create(Create { resend, solution }).await;
    }
    let policy = RetryPolicy::default().settle_for(arguments.settle_for);
    let client = solution.connection.client(policy)?;
    let request = create_request(&solution)?;
    let ensured = client.ensure_solution(&solution.app_id, &request).await?;
    let id = &ensured.solution_id;
    let shown = id.escape_debug();
    let what = match ensured.created {
        true => format!("created solution {shown} ({})", attempts(ensured.attempts)),
        false => format!("solution {shown} exists already"),
    };
    let lines = format!("{what}\n{}", next_step(id, &solution));
    Ok(Success::new(&ensured, lines))
}

fn create_request(solution: &NewSolution) -> Result<CreateRequest, Error> {
    CreateRequest::with_messaging(solution.messaging, &solution.partner_app_id, &solution.name)
}

/// A command to paste, so it contains nothing of a response but digits.
fn next_step(id: &str, solution: &NewSolution) -> String {
    let id = match id.bytes().all(|byte| byte.is_ascii_digit()) {
        true => id,
        false => "SOLUTION_ID",
    };
    format!(
        "next, the partner accepts: mps ensure-accepted --solution-id {id} --partner-app-id {} --expect-owner-app-id {} \
         --expect-messaging {}{}",
        solution.partner_app_id,
        solution.app_id,
        name_of(solution.messaging),
        solution.connection.url_flags()
    )
}

async fn accept(arguments: Accept) -> Result<Success, Failure> {
    let id = &arguments.solution_id;
    let request = accept_request(&arguments)?;
    if arguments.dry_run {
        let check = "not needed; accept sets no permissions";
        let call = async |client: Client| client.accept_solution(id, &request).await;
        return arguments.connection.dry_run(check, call).await;
    }
    let client = arguments.connection.client(RetryPolicy::default())?;
    let accepted = client.accept_solution(id, &request).await?;
    let mut lines = format!(
        "accepted solution {} ({})",
        accepted.solution_id.escape_debug(),
        attempts(accepted.attempts())
    );
    if let Some(status) = &accepted.partner_status {
        let status = status.to_string();
        lines.push_str(&format!("; partner status {}", status.escape_debug()));
    }
    Ok(Success::new(&*accepted, lines).with("attempts", accepted.attempts()))
}

async fn ensure_accepted(arguments: EnsureAccepted) -> Result<Success, Failure> {
    if arguments.accept.dry_run {
        return accept(arguments.accept).await;
    }
    let client = arguments.accept.connection.client(RetryPolicy::default())?;
    let request = accept_request(&arguments.accept)?;
    let terms = AcceptTerms {
        owner_app_id: arguments.expect_owner_app_id,
        solution_name: arguments.expect_name,
        messaging: arguments.expect_messaging,
    };
    let id = &arguments.accept.solution_id;
    let ensured = client.ensure_accepted(id, &request, &terms).await?;
    let id = ensured.solution_id.escape_debug();
    let lines = match ensured.attempts {
        0 => format!("solution {id} was accepted before"),
        count => format!("accepted solution {id} ({})", attempts(count)),
    };
    Ok(Success::new(&ensured.response, lines)
        .with("known_from", ensured.known_from)
        .with("attempts", ensured.attempts))
}

fn accept_request(arguments: &Accept) -> Result<AcceptRequest, Error> {
    let mut request = AcceptRequest::by_partner(&arguments.partner_app_id)?;
    request.log_session_id.clone_from(&arguments.log_session_id);
    Ok(request)
}

async fn solutions(arguments: arguments::Solutions) -> Result<Success, Failure> {
    let client = arguments.connection.client(RetryPolicy::default())?;
    let list = client.solutions(&arguments.app_id, arguments.role).await?;
    let pages = list
        .responses
        .iter()
        .filter_map(|page| page.json()?.get("data")?.as_array());
    let as_sent: Vec<&Value> = pages.flatten().collect();
    let mut lines = counted(list.solutions.len(), "solution");
    for solution in &list.solutions {
        lines.push_str(&format!("\n{}", line(solution)));
    }
    Ok(Success::new(json!({ "solutions": as_sent }), lines))
}

async fn solution(arguments: arguments::Solution) -> Result<Success, Failure> {
    let client = arguments.connection.client(RetryPolicy::default())?;
    let reply = client.solution(&arguments.solution_id).await?;
    Ok(Success::new(reply.response().json(), line(&reply)))
}

/// ID, status and name of a solution, and its two sides, with who holds MESSAGING.
fn line(solution: &Solution) -> String {
    let owner = solution.owner_app.as_ref().map(|app| &app.id);
    let mut line = format!(
        "{}  {}  {:?}  owner {}{}",
        solution.id,
        or_unknown(solution.status.as_ref()),
        or_unknown(solution.name.as_ref()),
        or_unknown(owner),
        messaging(solution.owner_permissions.as_deref())
    );
    for partner in solution.partners.iter().flat_map(|partners| &partners.data) {
        let app = partner.partner_app.as_ref().map(|app| &app.id);
        line.push_str(&format!(
            "  partner {} {}{}",
            or_unknown(app),
            or_unknown(partner.status.as_ref()),
            messaging(partner.partner_permissions.as_deref())
        ));
    }
    report::printable(&line.replace(char::is_control, " "))
}

fn or_unknown(value: Option<&impl ToString>) -> String {
    value.map_or_else(|| "?".to_owned(), ToString::to_string)
}

fn messaging(tasks: Option<&[Task]>) -> &'static str {
    let holds = tasks.map(|tasks| tasks.iter().any(|task| task.as_str() == "MESSAGING"));
    match holds {
        Some(true) => " holds MESSAGING",
        Some(false) => "",
        None => " (permissions not visible)",
    }
}

pub(crate) fn attempts(count: u32) -> String {
    counted(count as usize, "attempt")
}

/// A count with its noun: 1 attempt, 2 attempts.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Completes on Ctrl-C or a termination signal.
pub(crate) async fn interrupted() {
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate()).ok()?.recv().await
    };
    #[cfg(not(unix))]
    let terminated = pending::<Option<()>>();
    tokio::select! {
        Ok(()) = tokio::signal::ctrl_c() => {}
        Some(()) = terminated => {}
        // Where signals cannot be listened for, they end the program as they always do.
        else => pending().await,
    }
}
