//! `mps docs-diff`: saved pages against the YAML.

use std::{
    fs::File,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use whatsapp_multi_partner_solutions::docs_diff::{
    COMPILED_IN_LOCK, COMPILED_IN_LOOKUPS, COMPILED_IN_YAML, Document, Lock, MOST_BYTES, Source,
    read_source, report,
};
use whatsapp_multi_partner_solutions::types::CreateSolutionVersion;

use crate::output::{self, Failure, Format};

const YAML: &str = "openapi/multi-partner-solutions.yaml";
const LOOKUPS: &str = "openapi/solution-lookups.yaml";
const LOCK: &str = "openapi/multi-partner-solutions.lock";
const DIFFERENCES: u8 = 1;

const EXIT_CODES: &str = "Exit status:
  0  no differences, or only known ones
  1  differences, or the lock was not written
  2  a file could not be read, or the command line is wrong

Without --yaml and --lock, mps uses the files in openapi/ if they exist, or else those compiled in.";

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct DocsDiff {
    /// Pages as Markdown or as copied text, or OpenAPI files of Meta's; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// How the differences are printed
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    format: DiffFormat,

    /// The YAML to compare with [default: openapi/multi-partner-solutions.yaml]
    #[arg(long, value_name = "PATH")]
    yaml: Option<PathBuf>,

    /// The lock: fingerprints of the wording, and known differences [default: openapi/multi-partner-solutions.lock]
    #[arg(long, value_name = "PATH")]
    lock: Option<PathBuf>,

    /// The version of files that do not state it, such as v25.0
    #[arg(long, value_name = "VERSION", value_parser = version)]
    page_version: Option<String>,

    /// Accept the wording of these pages: write it to the lock
    #[arg(long, conflicts_with = "acknowledge")]
    update_lock: bool,

    /// Acknowledge the differences of these files: write them to the lock, so that they no longer count
    #[arg(long)]
    acknowledge: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DiffFormat {
    Human,
    Markdown,
    Json,
}

pub(crate) fn run(settings: &DocsDiff, output: Format, verbose: bool) -> Result<ExitCode, Failure> {
    if output == Format::Json {
        return Err(Failure::invalid(
            "`mps docs-diff` prints JSON with --format json; leave out --output".to_owned(),
        ));
    }
    if settings.files.iter().filter(|file| is_stdin(file)).count() > 1 {
        return Err(Failure::invalid(
            "`-` stands for standard input, which can be read once; give it once".to_owned(),
        ));
    }
    let yaml = document(settings.yaml.as_deref())?;
    let (mut lock, lock_file) = lock(settings)?;
    let mut report = report::Report {
        verbose,
        ..report::Report::default()
    };
    let mut sources = vec![];
    for file in &settings.files {
        let (name, version) = (name(file), settings.page_version.as_deref());
        let read = bytes(file).and_then(|bytes| {
            read_source(&name, &bytes, &yaml, version).map_err(|why| why.to_string())
        });
        match read {
            Ok(source) => sources.push(source),
            Err(why) => report.refused.push((name, why)),
        }
    }
    for (file, why) in &report.refused {
        say(&format!("{file}: {why}"));
    }
    let mut is_written = true;
    if settings.update_lock || settings.acknowledge {
        is_written = write(
            settings,
            &yaml,
            &mut lock,
            lock_file.as_deref(),
            &sources,
            report.refused.is_empty(),
        )?;
    }
    for source in sources {
        let differences = source.compare(&yaml, &lock);
        report.compared.push((source, differences));
    }
    let text = match settings.format {
        DiffFormat::Human => report.human(),
        DiffFormat::Markdown => report.markdown(),
        DiffFormat::Json => report.json(),
    };
    // Whoever closes the pipe has read enough; the exit status still says what was found.
    let mut stdout = io::stdout().lock();
    let _ = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
    Ok(match (report.refused.is_empty(), report.differences()) {
        (true, 0) if is_written => ExitCode::SUCCESS,
        (true, _) => DIFFERENCES.into(),
        _ => ExitCode::from(2),
    })
}

/// The YAML that was named, or both of this crate: from the current folder, or else as they were compiled in.
fn document(file: Option<&Path>) -> Result<Document, Failure> {
    let invalid = |name: &str, why| Failure::invalid(format!("{name}: {why}"));
    let (name, text, lookups) = match file {
        Some(path) => (path.display().to_string(), text_of(path)?, None),
        None if Path::new(YAML).exists() => {
            let lookups = Path::new(LOOKUPS);
            let lookups = lookups.exists().then(|| text_of(lookups)).transpose()?;
            (YAML.to_owned(), text_of(Path::new(YAML))?, lookups)
        }
        None => {
            let lookups = COMPILED_IN_LOOKUPS.to_owned();
            (YAML.to_owned(), COMPILED_IN_YAML.to_owned(), Some(lookups))
        }
    };
    let mut document = Document::read(&name, &text).map_err(|why| invalid(&name, why))?;
    if let Some(text) = lookups {
        let added = document.add(LOOKUPS, &text);
        added.map_err(|why| invalid(LOOKUPS, why))?;
    }
    Ok(document)
}

/// The lock, and the file that it is written to, if there is one.
fn lock(settings: &DocsDiff) -> Result<(Lock, Option<PathBuf>), Failure> {
    let writes = settings.update_lock || settings.acknowledge;
    // If the YAML is in this folder, a missing lock is created.
    let default = Path::new(LOCK);
    let is_ours = default.exists() || writes && Path::new(YAML).exists();
    let file = settings
        .lock
        .clone()
        .or_else(|| is_ours.then(|| default.to_owned()));
    let (name, text) = match &file {
        Some(path) if writes && !path.exists() => return Ok((Lock::default(), file)),
        Some(path) => (path.display().to_string(), text_of(path)?),
        None => ("the lock in mps".to_owned(), COMPILED_IN_LOCK.to_owned()),
    };
    let lock = Lock::read(&text).map_err(|why| Failure::invalid(format!("{name}: {why}")))?;
    Ok((lock, file))
}

/// Writes the lock if all files could be read and the lock can take them over. Returns whether it was written.
fn write(
    settings: &DocsDiff,
    yaml: &Document,
    lock: &mut Lock,
    file: Option<&Path>,
    sources: &[Source],
    all: bool,
) -> Result<bool, Failure> {
    let Some(file) = file else {
        return Err(Failure::invalid(format!(
            "there is no lock to write; run in the folder that has {LOCK}, or give --lock"
        )));
    };
    let shown = file.display();
    if !all {
        say(&format!(
            "{shown}: not written, because not every file could be read"
        ));
        return Ok(false);
    }
    if let Err(why) = lock.update(yaml, sources, settings.acknowledge) {
        say(&format!("{shown}: not written: {why}"));
        return Ok(false);
    }
    std::fs::write(file, lock.text())
        .map_err(|why| Failure::invalid(format!("{shown} cannot be written: {why}")))?;
    say(&format!("{shown}: written"));
    Ok(true)
}

fn text_of(path: &Path) -> Result<String, Failure> {
    let bytes = bytes(path).map_err(|why| Failure::invalid(format!("{} {why}", path.display())))?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::invalid(format!("{} is not text", path.display())))
}

/// The bytes of a file, or as many of them as show that it is too large.
fn bytes(file: &Path) -> Result<Vec<u8>, String> {
    let reader: io::Result<Box<dyn Read>> = match is_stdin(file) {
        true => Ok(Box::new(io::stdin().lock())),
        false => File::open(file).map(|file| Box::new(file) as Box<dyn Read>),
    };
    let mut bytes = vec![];
    reader
        .and_then(|reader| reader.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes))
        .map_err(|why| format!("cannot be read: {why}"))?;
    Ok(bytes)
}

fn version(text: &str) -> Result<String, &'static str> {
    let version = text.parse::<CreateSolutionVersion>();
    version
        .map(String::from)
        .map_err(|_| "a version is written like v25.0")
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

fn name(file: &Path) -> String {
    match is_stdin(file) {
        true => "standard input".to_owned(),
        false => file.display().to_string(),
    }
}

/// Names of files and messages may hold anything.
fn say(line: &str) {
    output::say(&report::printable(&line.replace('\n', " ")));
}
