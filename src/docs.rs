//! Guides, one per subject.

/// # The life of a solution
///
/// ```text
///   owner: create_solution            partner: accept_solution
///            │                                   │
///            ▼                                   ▼
///        INITIATED ── all required partners accepted ──► ACTIVE ┄┄ other operations of Meta ┄┄► DEACTIVATED
///            ┆
///            └┄┄┄┄┄┄┄┄┄┄┄ other operations of Meta ┄┄┄┄┄► REJECTED
///
///   status of the partner: NOTIFICATION_SENT ── accept ──► ACCEPTED
/// ```
///
/// Meta holds the state; the client keeps none of it. Meta also names the statuses DRAFT, PENDING and
/// PENDING_DEACTIVATION and may add others, so a status is kept as it was sent. Rejecting and deactivating are not part of
/// this crate. [`solution`](crate::Client::solution) shows the present state.
/// [`ensure_solution`](crate::Client::ensure_solution) ignores a solution that is REJECTED or DEACTIVATED and creates
/// another one.
///
/// # A create whose response is lost
///
/// ```text
///   create_solution                               ensure_solution
///     │ POST ──────────► Meta creates it            │ GET the list: not there
///     │   ◄──── ✗ the response is lost              │ POST ──────────► Meta creates it
///     ▼                                             │   ◄──── ✗ the response is lost
///   Error: may_have_taken_effect()                  │ GET the list, again and again for up to settle_for
///   It is not sent again: that could make           ▼
///   a second solution.                            found: its ID     not found: Error, may_have_taken_effect()
/// ```
///
/// ```
/// use whatsapp_multi_partner_solutions::{Client, CreateRequest, Error};
///
/// async fn solution_for_order(client: &Client, app: &str, request: &CreateRequest) -> Result<String, Error> {
///     // After an error this can be called again, also by another process, once the list shows new solutions.
///     Ok(client.ensure_solution(app, request).await?.solution_id)
/// }
/// ```
pub mod solutions {}

/// # When a call is sent again
///
/// Creating twice makes two solutions; accepting twice accepts once. So the two are treated differently when it is
/// unknown whether an attempt took effect. One thing is yours to decide: both pages of Meta say to retry after status
/// 500, so **by default `create_solution` is sent again after a 500, although that may create a second solution**.
/// `Resend::OnlyIfSafe` turns that off, and [`ensure_solution`](crate::Client::ensure_solution) looks before it does
/// anything twice. A Graph error code takes precedence over the status, because Graph also reports throttling with 400
/// or 403.
///
/// | what happened | create | accept, lookups |
/// |---|---|---|
/// | never sent: DNS, connecting or TLS failed | again | again |
/// | throttled: status 429, or code 4, 17, 32, 341, 613, 80000–80009, 80014 or 130429 at any status | again | again |
/// | the error says `is_transient: true`, at any status | again ¹ | again |
/// | status 500, or code 1 or 2 at any status | again ¹ | again |
/// | the error says `is_transient: false`, or has code 368 (a policy block): wins over every other row | no | no |
/// | 502, 503, 504 and any other 5xx | no ²; 503 with `Retry-After`: again ¹ | again |
/// | sent, but no complete response: time limit, reset, body cut off, status 101 | no ² | again |
/// | 2xx that cannot be read as a success | no | no |
/// | 2xx that holds a Graph error and nothing else | as that error | as that error |
/// | accept, 2xx with `success: false` | – | no |
/// | any other 4xx; any 3xx (never followed) | no | no |
///
/// ¹ Not with `Resend::OnlyIfSafe` if the attempt may have taken effect, that is, after a 5xx or code 1 or 2.
///
/// ² Again with `Resend::Always`; each time may create one more solution.
///
/// The wait before the next attempt is exponential with full jitter: random between zero and 500 ms, 1 s, 2 s …, at most
/// 30 s. A longer wait that the server asks for wins: `Retry-After` in seconds or as a date, and
/// `estimated_time_to_regain_access` (minutes) in `X-Business-Use-Case-Usage`. A call makes at most 4 attempts of at most
/// 30 s each, in 120 s altogether. A wait that would pass the deadline is not begun; the error says how long the server
/// asked to wait. [`RetryPolicy`](crate::RetryPolicy) sets all of this.
///
/// ```
/// use std::time::Duration;
/// use whatsapp_multi_partner_solutions::{Client, Resend, RetryPolicy};
///
/// let client = Client::builder().token("EAAG...").build()?;
/// // For calls behind a button: the same pool, throttle and budget, but little patience.
/// let impatient = RetryPolicy::default()
///     .deadline(Duration::from_secs(10))
///     .resend(Resend::OnlyIfSafe);
/// let for_users = client.with_retry_policy(impatient)?;
/// # Ok::<(), whatsapp_multi_partner_solutions::Error>(())
/// ```
///
/// # What calls share
///
/// A back end has one client and clones of it in hundreds of tasks. What one of them runs into affects them all:
///
/// - **Throttle.** After a throttled response no call of the same app is sent until the stated time (at most 24 h; without
///   a stated time, the back-off of that call). The app is the one that calls: `application_id` of create and of the
///   list, `partner_app_id` of accept. Calls made in the meantime wait, and then start 50 ms apart. A call whose deadline
///   is too short for that fails at once: throttled, with `attempts()` 0, and `retry_after()` says how long it would have
///   waited.
/// - **Retry budget.** 100 retries: each uses one, unless the attempt before it was throttled; each success gives one
///   back, and one comes back every 5 s. With none left, a call ends after its attempt. So a server that always fails gets
///   at most 100 extra requests, and one more every 5 s. [`ClientBuilder::retry_budget`](crate::ClientBuilder::retry_budget) sets it.
pub mod retries {}

/// # Errors, and what to do next
///
/// There is one [`Error`](crate::Error). Ask it in this order:
///
/// 1. `may_have_taken_effect()`: an attempt ended in a 5xx or in code 1 or 2, no complete response arrived, or a success
///    cannot be read. Check whether it took effect before you try again;
///    [`ensure_solution`](crate::Client::ensure_solution) and [`ensure_accepted`](crate::Client::ensure_accepted) do that
///    for you. This is also `true` if a later attempt was refused: if the response to accept is lost, the next attempt is
///    refused with 422, because the solution is ACTIVE by then.
/// 2. `is_conflict()`: what Meta holds is not what was asked for; nothing was sent. The text names each difference.
/// 3. `is_throttled()`: try again after `retry_after()`; until then the client sends nothing for that app
///    (except through `Client::solution`, which does not know the app).
/// 4. `is_unreachable()`: nothing was sent, or a lookup got no usable response; trying again is safe.
/// 5. `is_refused()`: `graph_error()` has the code, the subcode, the trace ID and the texts for users. `response()` has
///    whatever else was sent, up to 64 KiB of its body.
/// 6. `is_invalid_request()`: nothing was sent, and the text says what to fix.
///
/// ```
/// use whatsapp_multi_partner_solutions::Error;
///
/// fn next_run(error: &Error) -> Option<std::time::Duration> {
///     let soon = std::time::Duration::from_secs(60);
///     if error.may_have_taken_effect() || error.is_throttled() || error.is_unreachable() {
///         // ensure_solution may be called again after any of these.
///         return Some(error.retry_after().unwrap_or(soon));
///     }
///     // A person has to look at it.
///     None
/// }
/// ```
///
/// Codes that you may meet first: 190 (the token is expired, revoked or of the wrong kind; subcode 463 is expiry), 10 and 200
/// (the app or the token lacks a permission, such as whatsapp_business_management), 100 (a parameter is wrong, often an
/// ID), 803 (no object has this ID, or the token cannot see it).
pub mod errors {}

/// # Secrets, TLS and proxies
///
/// The token is sent in the `Authorization` header. An app with 'Require App Secret' on needs its secret too; each request
/// then carries `appsecret_proof`, an HMAC of the token, in its query.
///
/// ```
/// use whatsapp_multi_partner_solutions::Client;
///
/// let client = Client::builder().token("EAAG...").app_secret("0123456789abcdef").build()?;
/// // Another tenant of the same app, on the same connection pool.
/// let tenant = client.with_token("EAAH...")?;
/// assert!(!format!("{tenant:?}").contains("EAAH"));
/// # Ok::<(), whatsapp_multi_partner_solutions::Error>(())
/// ```
///
/// Token, app secret and proof are printed nowhere, at no log level. Token and app secret are zeroed on drop (crate
/// `secrecy`); the header made of the token is not. If a failed response repeats the token or the proof, in plain text or
/// escaped for JSON or a URL, it is replaced. Successful responses are not searched.
///
/// TLS is rustls with the platform's certificates. `HTTPS_PROXY`, `ALL_PROXY` (also `socks5://`) and `NO_PROXY` work for
/// https. Plain http is allowed to loopback only, and uses no proxy. For another TLS library, or for certificates of your
/// own, pass a `reqwest::Client` to [`ClientBuilder::reqwest_client`](crate::ClientBuilder::reqwest_client).
pub mod secrets {}

/// # Testing against a sandbox
///
/// With the feature `sandbox`, a test talks to a server on loopback that behaves as Meta's pages describe, and produces
/// the faults that the test asks for. Enable it for tests only, in `Cargo.toml`:
///
/// ```toml
/// [dev-dependencies]
/// whatsapp-multi-partner-solutions = { path = "../whatsapp-multi-partner-solutions", features = ["sandbox"] }
/// ```
///
/// ```
/// # #[cfg(feature = "sandbox")]
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use whatsapp_multi_partner_solutions::{Client, CreateRequest, MessagingHolder};
/// use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};
///
/// let sandbox = Sandbox::start().await?;
/// // The first call is carried out, but its response is lost.
/// sandbox.script([Fault::close_after_reading().carried_out()]);
///
/// let client = Client::builder().token("any").base_url(sandbox.base_url()).build()?;
/// let request = CreateRequest::with_messaging(MessagingHolder::Partner, "2", "A test")?;
/// let error = client.create_solution("1", &request).await.expect_err("no response arrived");
///
/// assert!(error.may_have_taken_effect());
/// assert_eq!(error.attempts(), 1, "create is not sent again if its outcome is unknown");
/// assert_eq!(sandbox.solutions().len(), 1, "and it did take effect");
/// # Ok(())
/// # }
/// # #[cfg(feature = "sandbox")]
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(example()).unwrap();
/// ```
///
/// If the response to create is lost, `ensure_solution` looks for the solution for up to 30 s. Tests can shorten that with
/// `RetryPolicy::settle_for`.
///
/// `mps sandbox` runs the same server for clients in other languages, also for Meta's SDKs for Python and Node.js, which send
/// the token in the query. `--faults FILE` scripts faults, one line per call, and `--rate-limit 200/h` plays a rate limit:
///
/// ```text
/// # The next create takes effect, and its response is a 500. The list after it is throttled for 2 s.
/// create: internal-error carried-out
/// list: throttled retry-after 2
/// ```
///
/// `Sandbox::script_text` reads the same text. `tests/service/` in the repository is a small service that is tested
/// against the sandbox.
pub mod testing {}

/// # Changing the YAML
///
/// `openapi/multi-partner-solutions.yaml` transcribes Meta's two pages, and `openapi/solution-lookups.yaml` the two lookups:
/// names, types, bounds and statuses exactly, sentences in our own words. `build.rs` compiles both with progenitor
/// whenever they change. A mistake stops the build and is named with its line and column, or with its path in the
/// document: duplicate and unknown keys, values of the wrong type, a `$ref` that leads nowhere, and whatever the generator
/// does not support. `cargo test --test build` checks the rules that only these documents have. Two linters find the rest,
/// such as examples that do not fit their schema (they need Node.js).
///
/// ```sh
/// $EDITOR openapi/multi-partner-solutions.yaml
/// EXPECTORATE=overwrite cargo test --test build snapshot       # refreshes tests/snapshots/client.rs.snap
/// git diff                                                     # the edit, and what it changes in the generated API
/// npx @redocly/cli lint --extends recommended-strict openapi/*.yaml
/// npx @stoplight/spectral-cli lint --fail-severity=warn openapi/*.yaml
/// cargo test --all-features
/// ```
///
/// Adding an operation takes its YAML and one short method, like `Client::create_solution`. The method says what the
/// operation does at Meta (nothing, idempotent or not) and which app calls; retries, errors, waiting, logging and
/// headers come with the call.
pub mod yaml {}
