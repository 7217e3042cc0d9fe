//! `mps sandbox`: the stand-in, until Ctrl-C.

use std::io::{self, Write};

use whatsapp_multi_partner_solutions::sandbox::Sandbox;

use crate::{arguments, output::Report};

pub(crate) async fn run(settings: arguments::Sandbox) -> Result<(), Box<Report>> {
    let sandbox = Sandbox::bind(settings.listen).await.map_err(|why| {
        Report::invalid(format!(
            "the sandbox cannot listen on {}: {why}",
            settings.listen
        ))
    })?;
    let mut stdout = io::stdout();
    writeln!(stdout, "{}", sandbox.base_url())
        .and_then(|()| stdout.flush())
        .map_err(|why| Report::invalid(format!("stdout cannot be written: {why}")))?;
    let _ = writeln!(
        io::stderr(),
        "mps: the sandbox takes any numeric app ids and any non-empty token; Ctrl-C ends it\n\
         mps: from another terminal: META_ACCESS_TOKEN=any mps create --base-url {} --app-id 1 --partner-app-id 2 \
         --name Trial --messaging owner",
        sandbox.base_url()
    );
    tokio::signal::ctrl_c()
        .await
        .map_err(|why| Report::invalid(format!("Ctrl-C cannot be waited for: {why}")))
}
