//! How a secret is kept: never shown, wiped when dropped.

use std::fmt;

use zeroize::Zeroizing;

/// Text that is nobody else's. It is moved and never copied, unless whoever holds it is cloned; each copy is wiped.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<String>);

impl Secret {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// As it was handed in, which may be anything.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// What a header or a signature can be made of. Something around a secret, such as the line end of a file, would
    /// make it another one, and Meta would not say why it refuses that.
    pub(crate) fn checked(&self, name: &str) -> Result<&str, String> {
        if self.0.is_empty() {
            return Err(format!("the {name} is empty"));
        }
        if !self.0.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(format!(
                "the {name} holds a space, a line end or a character outside ASCII; pass it without anything around it"
            ));
        }
        Ok(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}
