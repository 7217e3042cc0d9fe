//! `mps demo`: both operations on a sandbox, step by step, for a newcomer.

use std::io::{self, Write};

use whatsapp_multi_partner_solutions::{
    AcceptRequest, AcceptTerms, Client, CreateRequest, MessagingHolder,
    sandbox::{Fault, Sandbox},
};

use crate::{
    call::{attempts, counted},
    output::Failure,
    sandbox,
};

const OWNER: &str = "1111111111111111";
const PARTNER: &str = "2222222222222222";

pub(crate) async fn run() -> Result<(), Failure> {
    let sandbox = sandbox::start().await?;
    let client = Client::builder()
        .token("demo-token")
        .base_url(sandbox.base_url())
        .build()?;
    tell(&format!(
        "1. A sandbox stands in for Meta's Graph API at {}.\n   Nothing leaves this machine, and no account is \
         needed.\n",
        sandbox.base_url()
    ));

    tell(&format!(
        "2. App {OWNER}, the solution owner, creates a solution with app {PARTNER} as its partner.\n   The owner \
         holds MESSAGING. The sandbox plays a bad day: it throttles the first attempt and asks to wait 1 s,\n   and it \
         carries out the second one, but its response is lost. The client does not create a second solution:\n   it \
         looks whether the first one exists."
    ));
    let first_look = Fault::none();
    let lost = Fault::close_after_reading().carried_out();
    sandbox.script([first_look, Fault::throttled().retry_after(1), lost]);
    let request = CreateRequest::with_messaging(MessagingHolder::Owner, PARTNER, "Demo solution")?;
    let ensured = client.ensure_solution(OWNER, &request).await?;
    let id = ensured.solution_id.as_str();
    tell(&format!(
        "   Created: solution {id}, after {}.",
        attempts(ensured.attempts)
    ));
    tell_state(&sandbox, id);

    tell(&format!(
        "3. App {PARTNER}, the partner, looks at the solution and accepts the invitation, because it is what was agreed."
    ));
    let request = AcceptRequest::by_partner(PARTNER)?;
    let terms = AcceptTerms {
        owner_app_id: Some(OWNER.to_owned()),
        messaging: Some(MessagingHolder::Owner),
        ..AcceptTerms::default()
    };
    let accepted = client.ensure_accepted(id, &request, &terms).await?;
    tell(&format!(
        "   Accepted, after {}.",
        attempts(accepted.attempts)
    ));
    tell_state(&sandbox, id);

    tell(&format!(
        "Done: {} reached the sandbox, which holds {}.\n\
         To try the commands yourself, run `mps sandbox` and follow what it prints.",
        counted(sandbox.request_count(), "request"),
        counted(sandbox.solutions().len(), "solution")
    ));
    Ok(())
}

fn tell_state(sandbox: &Sandbox, id: &str) {
    if let Some(solution) = sandbox.solution(id) {
        tell(&format!(
            "   In the sandbox it is now {}, and the partner is {}.\n",
            solution.status, solution.partner_status
        ));
    }
}

fn tell(text: &str) {
    // Whoever closes the pipe has read enough.
    let _ = writeln!(io::stdout(), "{text}");
}
