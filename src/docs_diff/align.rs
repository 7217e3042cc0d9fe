//! The words of a page beside those that are expected, and so the part of the page that each word belongs to.

use std::ops::Range;

use similar::DiffOp;
use similar::algorithms::{Capture, Replace, myers};

use super::expected::{Block, Expected, Part, Want};
use super::openapi::join;
use super::words::{Is, Word, listed_codes};

/// How far an edit is moved to where a part begins: a status with all its fields is shorter.
const FARTHEST: usize = 600;

/// A part of the page, and the words in it.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) block: Block,
    /// Whether the YAML has no such part here.
    pub(super) new: bool,
    pub(super) words: Vec<usize>,
}

/// A page beside what is expected of it.
#[derive(Debug)]
pub(super) struct Aligned {
    /// For each word of the page, the expected word that it is.
    pub(super) matched: Vec<Option<usize>>,
    /// For each expected word, the word of the page.
    pub(super) met: Vec<Option<usize>>,
    /// The parts of the page, those that are expected first and in that order.
    pub(super) found: Vec<Found>,
}

/// Lays the page beside what is expected: first the statuses, under which the same fields are repeated, then headings,
/// names and other facts between them, and then the prose between those.
pub(super) fn align(expected: &Expected, words: &[Word]) -> Aligned {
    let mut pairs = Pairs {
        wants: &expected.wants,
        words,
        matched: vec![None; words.len()],
        met: vec![None; expected.wants.len()],
        new: vec![false; words.len()],
    };
    pairs.find_headings(expected);
    pairs.find_new_statuses();
    let is_there = pairs.statuses_there(expected);
    pairs.find(|at| is_there[expected.of[at]] && !matches!(expected.wants[at], Want::Letter(_)));
    pairs.find_new_fields();
    let is_there = pairs.parts_there(expected);
    pairs.find(|at| is_there[expected.of[at]]);
    let Pairs {
        matched, met, new, ..
    } = pairs;
    let mut aligned = Aligned {
        matched,
        met,
        found: vec![],
    };
    slide_added(expected, words, &mut aligned);
    assign(expected, words, &new, &is_there, &mut aligned);
    aligned
}

/// Words that are what is expected.
struct Pairs<'a> {
    wants: &'a [Want],
    words: &'a [Word],
    matched: Vec<Option<usize>>,
    met: Vec<Option<usize>>,
    /// The words that begin a status or a field which is not expected there. Nothing behind them is what was expected before them.
    new: Vec<bool>,
}

impl Pairs<'_> {
    /// Statuses that the code samples list, where there are samples, and that are not expected or stand in their own line.
    fn find_new_statuses(&mut self) {
        let list = listed_codes(self.words);
        for (at, word) in self.words.iter().enumerate() {
            let is_listed = list.is_empty() || list.contains(&word.text);
            let is_expected = self
                .wants
                .iter()
                .any(|want| word == want && !matches!(want, Want::Letter(_)));
            let is_new = word.is == Is::Code && self.matched[at].is_none() && is_listed;
            self.new[at] = is_new && (word.starts_line || !is_expected && !list.is_empty());
        }
    }

    /// Finds words of some kind between the pairs that are known.
    fn find(&mut self, which: impl Fn(usize) -> bool) {
        let (mut want, mut word) = (0, 0);
        while want < self.wants.len() {
            let next = (want..self.wants.len())
                .find(|at| self.met[*at].is_some())
                .unwrap_or(self.wants.len());
            let until = self
                .met
                .get(next)
                .copied()
                .flatten()
                .unwrap_or(self.words.len());
            let end = (word..until).find(|at| self.new[*at]).unwrap_or(until);
            let here: Vec<usize> = (want..next).filter(|at| which(*at)).collect();
            let wants: Vec<Want> = here.iter().map(|at| self.wants[*at].clone()).collect();
            for (want, word) in alike(&wants, self.words, word..end) {
                self.pair(here[want], word);
            }
            (want, word) = (next + 1, until + 1);
        }
    }

    fn pair(&mut self, want: usize, word: usize) {
        if let Some(before) = self.met[want].replace(word) {
            self.matched[before] = None;
        }
        self.matched[word] = Some(want);
    }

    /// Whether a line of a few capitalised words and a colon begins.
    fn begins_section(&self, at: usize) -> bool {
        let line = self.words[at..]
            .iter()
            .take(4)
            .take_while(|word| word.text.starts_with(char::is_uppercase));
        let last = line.take_while(|word| !word.ends_line).count() + at;
        self.words[at].starts_line
            && self
                .words
                .get(last)
                .is_some_and(|word| word.colon && word.ends_line)
    }

    /// Fields and sections that are not expected where they stand.
    fn find_new_fields(&mut self) {
        for (at, word) in self.words.iter().enumerate() {
            let begins = word.is == Is::Head || self.begins_section(at);
            self.new[at] |= begins && self.matched[at].is_none();
        }
    }

    /// Finds headings that are there as a whole, and statuses.
    fn find_headings(&mut self, expected: &Expected) {
        let is_heading = |block: &&Block| {
            let anchor = &expected.wants[block.anchor.clone()];
            // Method and path stand in many places, each like the other.
            let is_path = anchor.iter().any(|want| matches!(want, Want::Path(_)));
            let is_inner = matches!(block.part, Part::Field | Part::Element | Part::Content);
            !is_path && !is_inner && !anchor.is_empty()
        };
        let headings: Vec<&Block> = expected.blocks.iter().filter(is_heading).collect();
        let name = |block: &Block| format!("{:?}", &self.wants[block.anchor.clone()]);
        let names: Vec<String> = headings.iter().map(|block| name(block)).collect();
        let begins = |block: &Block, at: usize| {
            let words = self.words.get(at..at + block.anchor.len());
            words.is_some_and(|words| {
                words
                    .iter()
                    .zip(&self.wants[block.anchor.clone()])
                    .all(|(word, want)| word == want)
            })
        };
        let begun = |at: usize| {
            let here = headings
                .iter()
                .zip(&names)
                .filter(|(block, _)| begins(block, at));
            here.max_by_key(|(block, _)| block.anchor.len())
                .map_or(String::new(), |(_, name)| name.clone())
        };
        let begun: Vec<String> = (0..self.words.len()).map(begun).collect();
        for (heading, word) in alike(&names, &begun, 0..begun.len()) {
            let anchor = headings[heading].anchor.clone();
            anchor
                .zip(word..)
                .for_each(|(want, word)| self.pair(want, word));
        }
    }

    /// Which parts do not stand under a status that is gone: what looks like them is of other statuses.
    fn statuses_there(&self, expected: &Expected) -> Vec<bool> {
        let is_gone = |code: &str| {
            let status = expected
                .blocks
                .iter()
                .find(|block| block.part == Part::Status && block.status.as_deref() == Some(code));
            status.is_some_and(|status| self.met[status.anchor.start].is_none())
        };
        expected
            .blocks
            .iter()
            .map(|block| !block.status.as_deref().is_some_and(is_gone))
            .collect()
    }

    /// Which parts are on the page.
    fn parts_there(&self, expected: &Expected) -> Vec<bool> {
        let has = |block: &Block| {
            let anchor = &self.met[block.anchor.clone()];
            let met = anchor.iter().filter(|met| met.is_some()).count();
            let fields = expected
                .blocks
                .iter()
                .filter(|field| field.part == Part::Field && field.prefix == block.prefix);
            let has_fields = || {
                fields
                    .clone()
                    .any(|field| self.met[field.anchor.start].is_some())
            };
            !block.part.is_thing()
                || met * 2 > anchor.len()
                || (block.part == Part::Request && has_fields())
        };
        let statuses = self.statuses_there(expected);
        expected
            .blocks
            .iter()
            .zip(statuses)
            .map(|(block, status)| status && has(block))
            .collect()
    }
}

/// The pairs of what is alike, in order.
fn alike<W, E: PartialEq<W>>(wants: &[W], words: &[E], among: Range<usize>) -> Vec<(usize, usize)> {
    let mut capture = Replace::new(Capture::new());
    // It cannot fail: capturing has no errors.
    let _ = myers::diff_deadline_raw(&mut capture, wants, 0..wants.len(), words, among, None);
    let mut pairs = vec![];
    for op in capture.into_inner().into_ops() {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            pairs.extend((old_index..old_index + len).zip(new_index..));
        }
    }
    pairs
}

/// How much a word looks like the beginning of a part.
fn begins(word: &Word) -> u8 {
    match word.is {
        Is::Code => 4,
        Is::Head => 3,
        _ => u8::from(word.starts_line),
    }
}

/// Where a run of new words could as well stand a little further on or back, it begins where a part begins.
fn slide_added(expected: &Expected, words: &[Word], aligned: &mut Aligned) {
    let mut from = 0;
    while from < words.len() {
        if aligned.matched[from].is_some() {
            from += 1;
            continue;
        }
        let mut to = (from..words.len())
            .find(|at| aligned.matched[*at].is_some())
            .unwrap_or(words.len());
        // First as far on as it can stand, then back to the best beginning.
        while to < words.len()
            && let Some(want) =
                aligned.matched[to].filter(|want| words[from] == expected.wants[*want])
        {
            aligned.matched[from] = Some(want);
            aligned.met[want] = Some(from);
            aligned.matched[to] = None;
            (from, to) = (from + 1, to + 1);
        }
        let (mut best, mut best_at) = (begins(&words[from]), 0);
        for back in 1..=from.min(FARTHEST) {
            let Some(want) = aligned.matched[from - back] else {
                break;
            };
            if words[to - back] != expected.wants[want] {
                break;
            }
            if begins(&words[from - back]) > best {
                (best, best_at) = (begins(&words[from - back]), back);
            }
        }
        for back in 1..=best_at {
            let want = aligned.matched[from - back].take();
            aligned.matched[to - back] = want;
            if let Some(want) = want {
                aligned.met[want] = Some(to - back);
            }
        }
        from = to;
    }
}

/// Gives each word to a part: to the one that expects it, to a new one, or to the one that it stands in.
fn assign(
    expected: &Expected,
    words: &[Word],
    new: &[bool],
    there: &[bool],
    aligned: &mut Aligned,
) {
    let mut found: Vec<Found> = expected
        .blocks
        .iter()
        .map(|block| Found {
            block: block.clone(),
            new: false,
            words: vec![],
        })
        .collect();
    let (mut here, mut begun) = (0, false);
    let mut at = 0;
    let mut last_want = 0;
    while at < words.len() {
        let word = &words[at];
        if let Some(want) = aligned.matched[at] {
            let block = expected.of[want];
            if there[block] {
                here = block;
            }
            begun = false;
            last_want = want + 1;
        } else {
            if !begun {
                // What stands in for a heading belongs to what the heading is of; but behind a label stands its fact.
                let part = found[here].block.part;
                let states = !word.starts_line
                    && matches!(part, Part::Content | Part::Field | Part::Element);
                let next = expected
                    .of
                    .get(last_want)
                    .copied()
                    .filter(|_| aligned.met[last_want].is_none());
                if let Some(next) = next.filter(|next| there[*next] && !found[here].new && !states)
                {
                    here = next;
                }
            }
            let block = &found[here].block;
            let new = match word.is {
                Is::Head => new_field(block, &found[here], word),
                Is::Code if new[at] => Some(status(word)),
                Is::Plain => new_section(block, words, at, !begun, &aligned.matched),
                _ => None,
            };
            begun = true;
            if let Some(block) = new {
                here = found.len();
                found.push(Found {
                    block,
                    new: true,
                    words: vec![],
                });
            }
        }
        found[here].words.push(at);
        at += 1;
    }
    for (found, there) in found.iter_mut().zip(there) {
        found.new = !there;
    }
    // Until here, `new` of an expected part says that it is not there; such parts go.
    let count = there.len();
    let mut index = 0;
    found.retain_mut(|found| {
        let keep = index >= count || there[index];
        found.new = index >= count;
        index += 1;
        keep
    });
    aligned.found = found;
}

/// A field that is not expected where it stands.
fn new_field(block: &Block, found: &Found, word: &Word) -> Option<Block> {
    let is_in_new_status = found.new && found.block.part == Part::Status;
    let prefix = block.prefix.as_ref()?;
    (!is_in_new_status && !word.text.ends_with("[]")).then(|| Block {
        item: join(prefix, &word.text),
        part: Part::Field,
        key: Some(join(prefix, &word.text)),
        prefix: Some(prefix.clone()),
        status: block.status.clone(),
        anchor: 0..0,
    })
}

fn status(word: &Word) -> Block {
    let item = format!("status.{}", word.text);
    Block {
        key: Some(item.clone()),
        item,
        part: Part::Status,
        prefix: None,
        status: Some(word.text.clone()),
        anchor: 0..0,
    }
}

/// A section of the description that is not expected: some capitalised words and a colon.
fn new_section(
    block: &Block,
    words: &[Word],
    at: usize,
    is_first: bool,
    matched: &[Option<usize>],
) -> Option<Block> {
    if !block.key.as_deref()?.starts_with("description.") {
        return None;
    }
    let end = (at..words.len().min(at + 4)).find(|at| words[*at].colon)?;
    let heading = &words[at..=end];
    let capital = |word: &Word| word.text.starts_with(|c: char| c.is_uppercase());
    let is_one_line = heading[1..].iter().all(|word| !word.starts_line);
    let is_new = is_one_line && matched[at..=end].iter().all(Option::is_none);
    let alone = heading[0].starts_line && heading.last()?.ends_line;
    let in_line = is_first && heading.len() > 1;
    let name: Vec<&str> = heading.iter().map(|word| word.text.as_str()).collect();
    let item = format!("description.{}", name.join(" "));
    (is_new && heading.iter().all(capital) && (alone || in_line)).then(|| Block {
        key: Some(item.clone()),
        item,
        part: Part::Section,
        prefix: None,
        status: block.status.clone(),
        anchor: 0..0,
    })
}

impl Aligned {
    /// Whether a part that is expected is there.
    pub(super) fn has(&self, item: &str, part: Part) -> bool {
        self.found
            .iter()
            .any(|found| found.block.item == item && found.block.part == part)
    }
}

/// Whether what is expected is a word that every page has.
pub(super) fn is_label(want: &Want) -> bool {
    matches!(want, Want::Label(_))
}
