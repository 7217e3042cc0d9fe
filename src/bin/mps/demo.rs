//! `mps demo`: both operations on a sandbox, step by step, for a newcomer.

use std::io::{self, Write};

use whatsapp_multi_partner_solutions::{
    AcceptRequest, Client, CreateRequest, MessagingHolder,
    sandbox::{Fault, Sandbox},
};

use crate::{call::attempts, output::Failure};

const OWNER: &str = "1111111111111111";
const PARTNER: &str = "2222222222222222";

pub(crate) async fn run() -> Result<(), Failure> {
    let sandbox = Sandbox::start()
        .await
        .map_err(|why| Failure::invalid(format!("the sandbox cannot be started: {why}")))?;
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
         holds MESSAGING. The sandbox throttles the first attempt, as Meta would, and asks to wait 1 s.\n   The \
         client waits and tries again."
    ));
    sandbox.script([Fault::throttled().retry_after(1)]);
    let request = CreateRequest::with_messaging(MessagingHolder::Owner, PARTNER, "Demo solution")?;
    let created = client.create_solution(OWNER, &request).await?;
    let id = created.solution_id.as_str();
    tell(&format!(
        "   Created: solution {id}, after {}.",
        attempts(created.attempts())
    ));
    tell_state(&sandbox, id);

    tell(&format!(
        "3. App {PARTNER}, the partner, accepts the invitation."
    ));
    let request = AcceptRequest::by_partner(PARTNER)?;
    let accepted = client.accept_solution(id, &request).await?;
    tell(&format!(
        "   Accepted, after {}.",
        attempts(accepted.attempts())
    ));
    tell_state(&sandbox, id);

    tell(&format!(
        "Done: {} requests reached the sandbox, 1 of them was throttled, and one solution exists.\n\
         To try the commands yourself, run `mps sandbox` and follow what it prints.",
        sandbox.requests().len()
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
