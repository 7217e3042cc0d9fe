//! An operation's description, taken apart into its sections.
//!
//! A section starts with its name and a colon. In running text nothing else sets it off: the bullet before it ends
//! without a full stop. So the rule looks at words alone, never at lines or bullets, and gives the same sections for
//! every form of a page:
//!
//! - a word that ends in a colon ends a name if it is a plain capitalised word (`Validation:`, but neither
//!   `INITIATED:` nor `API:` nor `following:`);
//! - if the words up to there are the name of a section that these pages are known to have, that is the name;
//! - else the name goes back over further capitalised words, four words at most, with small words such as `and`
//!   between two of them. Acronyms, words with punctuation behind them and words in small letters end it.
//!
//! An unknown name that follows a bullet which ends in capitalised words itself takes these in. It does so in every
//! form alike, so nothing is reported that did not change.

use super::content::Section;

/// Names of sections that the pages have, or have had.
const KNOWN: [&[&str]; 6] = [
    &["Use", "Cases"],
    &["Business", "Logic"],
    &["Rate", "Limiting"],
    &["Validation"],
    &["Permission", "Logic"],
    &["Solution", "Lifecycle"],
];

/// Small words that can stand inside a name.
const SMALL: [&str; 8] = ["and", "or", "of", "for", "to", "the", "in", "with"];

/// The longest name of a section, in words.
const LONGEST: usize = 4;

/// More sections than any description has; what follows them stays in the last one.
const MOST_SECTIONS: usize = 50;

/// The name of what stands before the first section.
pub(super) const INTRODUCTION: &str = "Introduction";

/// Splits a description, given word by word. Two sections of one name become one.
pub(super) fn split(words: &[&str]) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::new();
    let mut name = INTRODUCTION.to_owned();
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        if out.len() == MOST_SECTIONS {
            break;
        }
        let Some(last) = word.strip_suffix(':') else {
            continue;
        };
        if !capitalised(last) {
            continue;
        }
        let length = name_length(&words[start..at], last);
        let first = at + 1 - length;
        add(&mut out, name, &words[start..first]);
        name = words[first..at]
            .iter()
            .copied()
            .chain([last])
            .collect::<Vec<_>>()
            .join(" ");
        start = at + 1;
    }
    add(&mut out, name, &words[start..]);
    out
}

fn add(out: &mut Vec<Section>, name: String, words: &[&str]) {
    let text = words.join(" ");
    if text.is_empty() && name == INTRODUCTION {
        return;
    }
    if let Some(section) = out.iter_mut().find(|section| section.name == name) {
        section.text.push(' ');
        section.text.push_str(&text);
    } else {
        out.push(Section { name, text });
    }
}

/// How many words the name has that ends in `last`, with `before` in front of it.
fn name_length(before: &[&str], last: &str) -> usize {
    let known = KNOWN.iter().filter(|name| {
        name.split_last()
            .is_some_and(|(end, front)| *end == last && before.ends_with(front))
    });
    if let Some(length) = known.map(|name| name.len()).max() {
        return length;
    }
    let mut length = 1;
    for (back, word) in before.iter().rev().take(LONGEST - 1).enumerate() {
        if capitalised(word) {
            length = back + 2;
        } else if !SMALL.contains(word) {
            break;
        }
    }
    length
}

/// A capital, then small letters; with a hyphen, the same again.
fn capitalised(word: &str) -> bool {
    word.split('-').enumerate().all(|(part, text)| {
        let mut letters = text.chars();
        letters
            .next()
            .is_some_and(|first| first.is_uppercase() || part > 0 && first.is_lowercase())
            && letters.clone().next().is_some()
            && letters.all(char::is_lowercase)
    })
}
