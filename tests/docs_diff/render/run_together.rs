//! The page's text run together, as some tools copy it: words alone are left, and of paths the parts between parameters.

/// The same words in one paragraph.
pub fn join(lines: &str) -> String {
    let mut out = String::from("Skip to main content\n\n");
    for line in lines.lines().skip(1) {
        let line = line.trim_start_matches("- ");
        let is_code = line.starts_with("--");
        // Fields begin lines of their own.
        if line.contains('·')
            || line.contains("array of")
            || line.ends_with(')')
            || !line.contains(' ')
        {
            out += "\n";
        }
        out += &if is_code {
            line.replace(' ', "\u{a0}")
        } else {
            bare(line)
        };
        out += if is_code { "\n" } else { " " };
    }
    out + "Did you find this page helpful? Yes No"
}

/// Only the parts between the parameters survive: `///accept`.
fn bare(line: &str) -> String {
    if !line.contains("/{") {
        return line.to_owned();
    }
    let steps = line.split('/').map(|step| match step.split_once('}') {
        Some((_, behind)) if step.starts_with('{') => behind,
        _ => step,
    });
    steps.collect::<Vec<_>>().join("/")
}
