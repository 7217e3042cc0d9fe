//! What a `pattern` has to be: valid, anchored, and in a path never a way out of it.

/// The sign-by-sign reading that anchoring needs: a `|` outside all groups splits the pattern, and each half would
/// keep only one anchor; a `$` after a backslash is no anchor at all.
fn is_anchored(pattern: &str) -> bool {
    let (mut escaped, mut in_class, mut depth, mut ends) = (false, false, 0_usize, false);
    for sign in pattern.chars() {
        ends = false;
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => in_class = false,
            _ if in_class => {}
            '[' => in_class = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => return false,
            '$' if depth == 0 => ends = true,
            _ => {}
        }
    }
    pattern.starts_with('^') && ends
}

/// What is wrong with a pattern.
pub(super) fn fault(pattern: &str) -> Option<String> {
    if let Err(error) = regress::Regex::new(pattern) {
        return Some(format!(
            "`{pattern}` is no valid regular expression: {error}"
        ));
    }
    (!is_anchored(pattern)).then(|| {
        format!("`{pattern}` is not anchored, and the generated check searches anywhere in the text; write it as `^(…)$`")
    })
}

/// A value, in words, that the pattern lets through and that would change the path it is put into.
pub(super) fn way_out(pattern: &str) -> Option<&'static str> {
    let regex = regress::Regex::new(pattern).ok()?;
    [("..", "`..`"), (".", "`.`"), ("", "the empty text")]
        .into_iter()
        .find(|(value, _)| regex.find(value).is_some())
        .map(|(_, words)| words)
}
