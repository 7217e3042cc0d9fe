//! `mps docs-diff`: saved pages against the YAML.

use std::{
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use whatsapp_multi_partner_solutions::docs_diff::{
    COMPILED_IN_LOCK, COMPILED_IN_YAML, Document, Lock, compare, counterpart,
    model::{ReadError, Source},
    read_bounded, read_source,
    report::{self, Compared},
};

use crate::{
    arguments::{DiffFormat, DocsDiff},
    output::{Failure, Format},
};

const YAML: &str = "openapi/multi-partner-solutions.yaml";
const LOCK: &str = "openapi/multi-partner-solutions.lock";
const DIFFERENCES: u8 = 1;

/// A file that could be read.
struct Read {
    name: String,
    source: Source,
}

pub(crate) fn run(settings: &DocsDiff, output: Format) -> Result<ExitCode, Failure> {
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
    let document = document(settings.yaml.as_deref())?;
    let (mut lock, lock_file) = lock(settings)?;

    let mut read = vec![];
    let mut unread = 0;
    for file in &settings.files {
        match source(file, &document) {
            Ok(source) => read.push(Read {
                name: name(file),
                source,
            }),
            Err(why) => {
                unread += 1;
                say(&format!("{}: {why}", name(file)));
            }
        }
    }
    if settings.update_lock {
        update(&document, &mut lock, lock_file.as_deref(), &read, unread)?;
    }
    let mut compared = vec![];
    for file in read {
        match compare(&document, &file.source, &lock) {
            Ok(differences) => compared.push(Compared {
                name: file.name,
                differences,
            }),
            Err(why) => {
                unread += 1;
                say(&format!("{}: {}", file.name, known(&why, &document)));
            }
        }
    }
    let text = match settings.format {
        DiffFormat::Human => report::human(&document, &compared, unread),
        DiffFormat::Markdown => report::markdown(&document, &compared, unread),
        DiffFormat::Json => report::json(&compared),
    };
    // Whoever closes the pipe has read enough; the exit status still says what was found.
    let mut stdout = io::stdout().lock();
    let _ = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
    let differ = compared.iter().any(|file| !file.differences.is_empty());
    Ok(match (unread, differ) {
        (0, false) => ExitCode::SUCCESS,
        (0, true) => DIFFERENCES.into(),
        _ => ExitCode::from(2),
    })
}

fn document(file: Option<&Path>) -> Result<Document, Failure> {
    let found = file.or_else(|| Some(Path::new(YAML)).filter(|path| path.exists()));
    let (name, text) = match found {
        Some(path) => (path.display().to_string(), text_of(path)?),
        None => (YAML.to_owned(), COMPILED_IN_YAML.to_owned()),
    };
    Document::read(&name, &text).map_err(|why| Failure::invalid(format!("{name}: {why}")))
}

/// The lock, and the file that it is written to, if there is one.
fn lock(settings: &DocsDiff) -> Result<(Lock, Option<PathBuf>), Failure> {
    let default = Path::new(LOCK);
    // Beside a YAML of the current folder, a lock can be written that is not there yet.
    let may_be_written = settings.update_lock && Path::new(YAML).exists();
    let file = settings
        .lock
        .clone()
        .or_else(|| (default.exists() || may_be_written).then(|| default.to_owned()));
    let Some(path) = file else {
        let lock = Lock::read(COMPILED_IN_LOCK);
        let lock = lock.map_err(|why| Failure::invalid(format!("the lock in mps: {why}")))?;
        return Ok((lock, None));
    };
    if !path.exists() && settings.update_lock {
        return Ok((Lock::default(), Some(path)));
    }
    let lock = Lock::read(&text_of(&path)?)
        .map_err(|why| Failure::invalid(format!("{}: {why}", path.display())))?;
    Ok((lock, Some(path)))
}

fn text_of(path: &Path) -> Result<String, Failure> {
    let read = File::open(path).and_then(read_bounded);
    let bytes =
        read.map_err(|why| Failure::invalid(format!("{} cannot be read: {why}", path.display())))?;
    String::from_utf8(bytes).map_err(|_| Failure::invalid(format!("{} is no text", path.display())))
}

fn source(file: &Path, document: &Document) -> Result<Source, String> {
    let bytes = if is_stdin(file) {
        read_bounded(io::stdin().lock())
    } else {
        File::open(file).and_then(read_bounded)
    };
    let bytes = bytes.map_err(|why| format!("cannot be read: {why}"))?;
    let source = read_source(&bytes, document).map_err(|why| known(&why, document))?;
    Ok(source)
}

/// What is wrong, and for another API's page what would have been right.
fn known(why: &ReadError, document: &Document) -> String {
    match why {
        ReadError::OtherApi(_) => {
            format!(
                "{why}; {} has {}",
                document.name,
                document.operations().join(", ")
            )
        }
        _ => why.to_string(),
    }
}

/// Takes over the wording of the pages that could be read, provided all of them could.
fn update(
    document: &Document,
    lock: &mut Lock,
    file: Option<&Path>,
    read: &[Read],
    unread: usize,
) -> Result<(), Failure> {
    let Some(file) = file else {
        return Err(Failure::invalid(format!(
            "there is no lock to write; run in the folder that has {LOCK}, or give --lock"
        )));
    };
    let before = lock.clone();
    let order = document.operations();
    let mut unread = unread;
    for page in read {
        match counterpart(document, &page.source) {
            Ok(known) => {
                for (name, operation) in known {
                    lock.update(&name, &operation, &order);
                }
            }
            // Comparing says so.
            Err(_) => unread += 1,
        }
    }
    if unread > 0 {
        *lock = before;
        say(&format!(
            "{}: not written, because not every page could be read",
            file.display()
        ));
        return Ok(());
    }
    if *lock == before && file.exists() {
        say(&format!(
            "{}: it holds this wording already",
            file.display()
        ));
        return Ok(());
    }
    lock.write(file)
        .map_err(|why| Failure::invalid(format!("{} cannot be written: {why}", file.display())))?;
    say(&format!("{}: written", file.display()));
    Ok(())
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

fn name(file: &Path) -> String {
    if is_stdin(file) {
        "standard input".to_owned()
    } else {
        file.display().to_string()
    }
}

fn say(line: &str) {
    // Where stderr is closed, the exit status still says what happened.
    let _ = writeln!(io::stderr(), "mps: {}", line.escape_debug());
}
