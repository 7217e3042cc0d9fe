//! `mps solutions` and `mps solution`.

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::{RetryPolicy, Solution};

use crate::{
    arguments,
    call::or_interrupted,
    connection::Connection,
    output::{Failure, Format, print_success},
    progress::Progress,
};

pub(crate) async fn solutions(
    arguments: arguments::Solutions,
    connection: Connection,
    format: Format,
    progress: &Progress,
) -> Result<(), Failure> {
    let client = connection.client(RetryPolicy::default())?;
    let call = client.solutions(&arguments.app_id, arguments.role.map(Into::into));
    let list = or_interrupted(call, progress).await?;
    let pages = list
        .responses
        .iter()
        .filter_map(|page| page.json()?.get("data")?.as_array());
    let as_sent: Vec<&Value> = pages.flatten().collect();
    let mut lines = match list.solutions.len() {
        1 => "1 solution".to_owned(),
        count => format!("{count} solutions"),
    };
    for solution in &list.solutions {
        lines.push_str(&format!("\n{}", line(solution)));
    }
    print_success(format, &json!({ "solutions": as_sent }), &lines);
    Ok(())
}

pub(crate) async fn solution(
    arguments: arguments::Solution,
    connection: Connection,
    format: Format,
    progress: &Progress,
) -> Result<(), Failure> {
    let client = connection.client(RetryPolicy::default())?;
    let call = client.solution(&arguments.solution_id);
    let reply = or_interrupted(call, progress).await?;
    print_success(format, &reply.response().json(), &line(&reply));
    Ok(())
}

/// ID, status and name of a solution, and its partners with their status.
fn line(solution: &Solution) -> String {
    let unknown = || "?".to_owned();
    let status = solution
        .status
        .as_ref()
        .map_or_else(unknown, ToString::to_string);
    let name = solution.name.clone().unwrap_or_else(unknown);
    let mut line = format!("{}  {status}  {name:?}", solution.id);
    for partner in solution.partners.iter().flat_map(|partners| &partners.data) {
        let app = partner
            .partner_app
            .as_ref()
            .map_or_else(unknown, |app| app.id.clone());
        let status = partner
            .status
            .as_ref()
            .map_or_else(unknown, ToString::to_string);
        line.push_str(&format!("  partner {app} {status}"));
    }
    line.chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect()
}
