//! What the server does to one request.

use std::time::Duration;

use fastrand::Rng;

use crate::{
    broken::{BROKEN, Broken},
    content::{BODY_LIMIT, Body, Content, pick},
    framing::{FRAMINGS, Framing},
    rows::{Operation, ROWS, Row},
};

#[derive(Clone, Debug)]
pub enum Fault {
    Answer(Answer),
    /// Closes and leaves the request unread, which resets the connection.
    CloseUnread,
    /// Leaves the last byte unread, says this, and resets.
    Reset(Broken, Content),
    Broken(Broken, Content),
    Hang(Hang),
    /// A body of 100 MB.
    Flood(Content, Flood),
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub content: Content,
    pub framing: Framing,
    pub pace: Pace,
    pub after: After,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    AtOnce,
    Delayed(Duration),
    /// In small pieces.
    Drip,
    /// After some 1xx answers.
    AfterInterim,
    /// Before any of the request is read.
    BeforeReading,
    /// Before any of the request is read, which never happens.
    WithoutReading,
}

/// What comes after a whole answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    Keep,
    /// Closes without having said so.
    Close,
    SayClose,
    /// An answer too many, in the same write.
    Stray,
    /// An answer too many, a little later.
    LateStray,
}

/// Where the server stops, without closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hang {
    Silent,
    InHead,
    InBody,
    /// A byte now and then.
    SlowDrip,
    /// 1xx answers without end.
    Interim,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flood {
    Length,
    Chunked,
    UntilClose,
}

pub const HANGS: [Hang; 5] = [
    Hang::Silent,
    Hang::InHead,
    Hang::InBody,
    Hang::SlowDrip,
    Hang::Interim,
];
pub const FLOODS: [Flood; 3] = [Flood::Length, Flood::Chunked, Flood::UntilClose];

/// What may be drawn for a call.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    pub operation: Operation,
    pub hangs: bool,
    /// Whether it is known which call comes next on a connection.
    pub one_by_one: bool,
}

impl Fault {
    pub fn success() -> Self {
        Self::Answer(Answer {
            content: Content::success(),
            framing: Framing::Length,
            pace: Pace::AtOnce,
            after: After::Keep,
        })
    }

    pub fn draw(range: Range, rng: &mut Rng) -> Self {
        let answering = ROWS.map(|row| {
            if row == Row::NoAnswer {
                Row::Success
            } else {
                row
            }
        });
        let content = Content::draw(pick(rng, &answering), range.operation, rng);
        match rng.u8(..64) {
            0..2 => Self::CloseUnread,
            2..5 => Self::Reset(pick(rng, &BROKEN), with_body(content)),
            5..14 => Self::Broken(pick(rng, &BROKEN), with_body(content)),
            14 if rng.u8(..4) == 0 => Self::Flood(with_body(content), pick(rng, &FLOODS)),
            15..32 if range.hangs => Self::Hang(pick(rng, &HANGS)),
            _ => Self::Answer(Answer::draw(content, range, rng)),
        }
    }

    /// What it says, if it says anything.
    pub fn content(&self) -> Option<&Content> {
        match self {
            Self::Answer(answer) => Some(&answer.content),
            Self::Flood(content, _) | Self::Reset(_, content) | Self::Broken(_, content) => {
                Some(content)
            }
            Self::CloseUnread | Self::Hang(_) => None,
        }
    }

    /// The row under which whoever meets this falls.
    pub fn row(&self) -> Row {
        match self {
            Self::Answer(answer) if answer.framing == Framing::LengthTooShort => {
                answer.content.row_of_status()
            }
            Self::Answer(answer) => answer.content.row,
            Self::Flood(content, _) => content.row_of_status(),
            Self::CloseUnread | Self::Reset(..) | Self::Broken(..) | Self::Hang(_) => Row::NoAnswer,
        }
    }

    /// Whether the client may also see this as no whole answer: what a reset overtakes is lost.
    pub fn may_be_lost(&self) -> bool {
        matches!(
            self,
            Self::Answer(Answer {
                pace: Pace::WithoutReading,
                ..
            })
        )
    }

    /// Whether what this leaves behind may cost the next attempt its connection.
    pub fn spoils_connection(&self) -> bool {
        match self {
            Self::Answer(answer) => answer.after != After::Keep || answer.spoils(),
            _ => true,
        }
    }
}

impl Answer {
    fn draw(content: Content, range: Range, rng: &mut Rng) -> Self {
        let framing = if rng.bool() {
            Framing::Length
        } else {
            pick(rng, &FRAMINGS)
        };
        let pace = match rng.u8(..16) {
            0 => Pace::Delayed(Duration::from_millis(rng.u64(1..20))),
            1 => Pace::Drip,
            2 => Pace::AfterInterim,
            3 => Pace::BeforeReading,
            4 => Pace::WithoutReading,
            _ => Pace::AtOnce,
        };
        let after = match rng.u8(..16) {
            0..2 => After::Close,
            2 => After::SayClose,
            3 | 4 => After::Stray,
            // Which answer is whose can be told only if the next request comes after it.
            5 if range.one_by_one && content.row == Row::Success => After::LateStray,
            _ => After::Keep,
        };
        let mut answer = Self {
            content,
            framing,
            pace,
            after,
        };
        answer.make_possible(range.operation);
        answer
    }

    /// Takes back what was drawn and does not go together.
    fn make_possible(&mut self, operation: Operation) {
        let length = self.content.bytes(operation, u64::MAX).len();
        if self.content.is_bodiless() {
            // A body all the same is the answer too many.
            self.framing = Framing::Length;
        }
        if self.framing == Framing::LengthTooShort && !(2..1000).contains(&length) {
            self.framing = Framing::Length;
        }
        if self.framing.ends_with_connection() || self.pace == Pace::WithoutReading {
            self.after = After::Close;
        }
        let long_head = self
            .content
            .headers
            .iter()
            .any(|(_, value)| value.len() > 1000);
        if self.after == After::Stray && (length > 1000 || long_head || self.pace != Pace::AtOnce) {
            // Only what is read together with the answer can be told from the next one.
            self.after = After::Keep;
        }
        if self.framing == Framing::LengthTooShort {
            self.pace = Pace::AtOnce;
            self.after = After::Stray;
        }
        if self.after == After::LateStray && self.pace != Pace::AtOnce {
            self.pace = Pace::AtOnce;
        }
    }

    fn spoils(&self) -> bool {
        self.framing != Framing::Length
    }
}

/// What is broken in its body needs one, and one that is not cut before that.
fn with_body(mut content: Content) -> Content {
    if content.is_bodiless() {
        content.status = 200;
    }
    if let Body::Bytes(bytes) = &mut content.body {
        if bytes.len() < 2 {
            *bytes = b"{\"solution_id\":\"1\",\"success\":true}".to_vec();
        }
        bytes.truncate(BODY_LIMIT / 2);
    }
    content
}
