//! `mps demo`: both operations on a sandbox, step by step, for a newcomer.

use std::io::{self, Write};

use whatsapp_multi_partner_solutions::{
    AcceptRequest, Client, CreateRequest, MessagingHolder,
    sandbox::{Fault, Sandbox, Solution},
};

use crate::{call::attempts, output::Report};

const OWNER: &str = "1111111111111111";
const PARTNER: &str = "2222222222222222";

pub(crate) async fn run() -> Result<(), Box<Report>> {
    let sandbox = Sandbox::start()
        .await
        .map_err(|why| Report::invalid(format!("the sandbox cannot be started: {why}")))?;
    say(&format!(
        "1. A sandbox stands in for Meta's Graph API at {}.\n   Nothing leaves this machine, and no account is \
         needed.\n",
        sandbox.base_url()
    ));
    let client = Client::builder()
        .token("demo-token")
        .base_url(sandbox.base_url())
        .build()?;

    say(&format!(
        "2. App {OWNER}, the solution owner, creates a solution with app {PARTNER} as its partner.\n   The owner \
         holds MESSAGING. The sandbox throttles the first attempt, as Meta would, and asks for a wait of 1 s."
    ));
    sandbox.script([Fault::throttled().retry_after(1)]);
    let request = CreateRequest::with_messaging(MessagingHolder::Owner, PARTNER, "Demo solution")?;
    let created = client.create_solution(OWNER, &request).await?;
    let id = created.solution_id.as_str();
    say(&format!(
        "   Created: solution {id}, after {}.\n{}\n",
        attempts(created.attempts()),
        state(sandbox.solution(id).as_ref())
    ));

    say(&format!(
        "3. App {PARTNER}, the partner, accepts the invitation."
    ));
    let accepted = client
        .accept_solution(id, &AcceptRequest::by_partner(PARTNER)?)
        .await?;
    say(&format!(
        "   Accepted, after {}.\n{}\n",
        attempts(accepted.attempts()),
        state(sandbox.solution(id).as_ref())
    ));

    say(&format!(
        "Done: {} requests reached the sandbox, 1 of them throttled; one solution exists.\n\
         To try the commands by hand, run `mps sandbox` and do what it says.",
        sandbox.requests().len()
    ));
    Ok(())
}

fn state(solution: Option<&Solution>) -> String {
    solution.map_or_else(String::new, |solution| {
        format!(
            "   The sandbox now has it as {}, with the partner {}.",
            solution.status, solution.partner_status
        )
    })
}

fn say(text: &str) {
    // A newcomer who closes the pipe has seen enough.
    let _ = writeln!(io::stdout(), "{text}");
}
