//! `mps sandbox`: the stand-in, until Ctrl-C.

use std::io::{self, Write};

use whatsapp_multi_partner_solutions::sandbox::Sandbox;

use crate::{
    arguments, call,
    output::{Failure, say},
};

pub(crate) async fn run(settings: arguments::Sandbox) -> Result<(), Failure> {
    let listen = settings.listen;
    let sandbox = Sandbox::bind(listen)
        .await
        .map_err(|why| Failure::invalid(format!("the sandbox cannot listen on {listen}: {why}")))?;
    let url = sandbox.base_url();
    writeln!(io::stdout(), "{url}")
        .map_err(|why| Failure::invalid(format!("stdout cannot be written: {why}")))?;
    say("the sandbox accepts any numeric app IDs and any token that is not empty; Ctrl-C ends it");
    say(&format!(
        "from another terminal: META_ACCESS_TOKEN=any mps ensure-solution --base-url {url} --app-id 1 --partner-app-id 2 \
         --name Trial --messaging owner"
    ));
    call::interrupted().await;
    Ok(())
}
