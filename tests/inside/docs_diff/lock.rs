//! The lock: strict when it is read, and changed only where it has to be.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use super::*;
use crate::docs_diff::model::{Group, Prose};
use crate::docs_diff::sources::{OPERATION, lock, page, say};

const ONE: &str =
    "# ours\n\n[POST /a]\nrequest.a  0123456789abcdef\ndescription.Two Words  0123456789abcdef\n";

#[test]
fn what_was_read_is_written_to_the_byte() {
    for text in [
        ONE.to_owned(),
        format!("{ONE}\n[POST /b]\n# a remark\n\nsummary  00000000000000ff\n"),
    ] {
        assert_eq!(Lock::read(&text).unwrap().text(), text);
    }
    let entries = Lock::read(ONE).unwrap();
    assert_eq!(
        entries.operation("POST /a").unwrap()[1].item,
        "description.Two Words"
    );
    assert_eq!(entries.operation("POST /c"), None);
}

#[test]
fn lines_that_cannot_be_read_are_named() {
    for (text, says) in [
        ("[POST /a\n", "line 1: a section begins with"),
        ("[]\n", "line 1: a section begins with"),
        (
            "request.a  0123456789abcdef\n",
            "line 1: an item has to stand in a section",
        ),
        ("[POST /a]\nrequest.a\n", "line 2: an item stands here as"),
        (
            "[POST /a]\nrequest.a  0123456789abcde\n",
            "line 2: an item stands here as",
        ),
        (
            "[POST /a]\nrequest.a  0123456789ABCDEF\n",
            "line 2: an item stands here as",
        ),
        (
            "[POST /a]\n<<<<<<< HEAD\n",
            "line 2: an item stands here as",
        ),
        (
            "[POST /a]\na  0123456789abcdef\na  0123456789abcdef\n",
            "line 3: `a` stands here a second time",
        ),
        (
            "[POST /a]\n[POST /a]\n",
            "line 2: `[POST /a]` stands here a second time",
        ),
    ] {
        let why = Lock::read(text).unwrap_err();
        assert!(why.starts_with(says), "{text:?}: {why}");
    }
}

#[test]
fn line_ends_of_another_system_are_read() {
    let lock = Lock::read(&ONE.replace('\n', "\r\n")).unwrap();
    assert_eq!(
        lock.operation("POST /a"),
        Lock::read(ONE).unwrap().operation("POST /a")
    );
}

#[test]
fn accepting_twice_gives_the_same_bytes_and_touches_no_other_operation() {
    let other = "[GET /first]\n# a remark of ours\nsummary  00000000000000ff\n";
    let mut lock = Lock::read(other).unwrap();
    let order = ["GET /first".to_owned(), OPERATION.to_owned()];
    lock.update(OPERATION, &page(), &order);
    let once = lock.text();
    assert!(once.contains(other), "{once}");
    assert!(
        once.contains(&format!("\n[{OPERATION}]\nintroduction  ")),
        "{once}"
    );
    lock.update(OPERATION, &page(), &order);
    assert_eq!(lock.text(), once);
    assert_eq!(Lock::read(&once).unwrap().text(), once);
}

#[test]
fn a_changed_statement_is_one_changed_line() {
    let before = lock().text();
    let mut after = lock();
    let mut edited = page();
    say(&mut edited, "error.hint", "Other words.");
    // `say` puts it last, and it is last of its kind.
    after.update(OPERATION, &edited, &[]);
    let changed = before
        .lines()
        .zip(after.text().lines().map(str::to_owned))
        .filter(|(a, b)| a != b)
        .count();
    assert_eq!(changed, 1);
    assert_eq!(before.lines().count(), after.text().lines().count());
}

#[test]
fn what_a_form_does_not_show_stays() {
    let mut markdown = page();
    markdown.stated.insert(Group::SummaryProse);
    markdown.prose.insert(
        0,
        Prose {
            item: "summary".to_owned(),
            text: "Open!".to_owned(),
        },
    );
    let mut both = lock();
    both.update(OPERATION, &markdown, &[]);
    let with = both.text();
    assert!(with.contains("\nsummary  "), "{with}");
    // The text of the page shows no summary.
    both.update(OPERATION, &page(), &[]);
    assert_eq!(both.text(), with);
    // And Markdown shows no introduction.
    markdown.stated.remove(&Group::IntroductionProse);
    markdown.prose.retain(|prose| prose.item != "introduction");
    both.update(OPERATION, &markdown, &[]);
    assert_eq!(both.text(), with);
}

#[test]
fn a_statement_that_is_gone_leaves_the_lock() {
    let mut less = page();
    less.prose.retain(|prose| prose.item != "error.hint");
    let mut lock = lock();
    lock.update(OPERATION, &less, &[]);
    assert!(!lock.text().contains("error.hint"));
}

#[test]
fn the_lock_holds_letters_and_digits_alone() {
    assert_eq!(
        fingerprint("Don\u{2019}t  `stop`"),
        fingerprint("Dont\nstop.")
    );
    assert_ne!(fingerprint("Copy"), fingerprint("copy"));
    assert_ne!(fingerprint("1"), fingerprint("2"));
    let text = lock().text();
    assert!(!text.contains("means something"), "{text}");
}

#[test]
fn a_lock_is_written_whole_and_stays_as_readable_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.lock");
    lock().write(&path).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), lock().text());
    Lock::default().write(&path).unwrap();
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        Lock::default().text()
    );
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left beside it"
    );
    assert!(lock().write(&folder.path().join("none/a.lock")).is_err());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o644);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o664)).unwrap();
        lock().write(&path).unwrap();
        assert_eq!(mode(&path), 0o664);
    }
}

#[test]
fn a_lock_of_another_system_keeps_the_ends_of_its_lines() {
    let text = "# why\r\n\r\n[POST /a]\r\nstatus.200  0123456789abcdef\r\n\r\n[POST /b]\r\nerror  0123456789abcdef";
    let read = Lock::read(text).unwrap();
    assert_eq!(read.operation("POST /a").unwrap()[0].item, "status.200");
    assert_eq!(read.text(), format!("{text}\n"));
}
