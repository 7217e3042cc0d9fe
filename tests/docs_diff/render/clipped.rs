//! The web page, clipped to Markdown by a tool: each line of the text is a paragraph.

/// With `* ` bullets, rules, and escaped underscores; or without bullets, and with escaped brackets.
pub fn clip(lines: &str, bullets: bool) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for line in lines.lines() {
        in_code |= line.starts_with("curl ");
        let is_heading =
            ["Base URL", "Endpoints", "Request Syntax", "Usage Examples"].contains(&line);
        let text = match line.strip_prefix("- ") {
            Some(item) if bullets => format!("* {item}"),
            Some(item) => item.to_owned(),
            None if is_heading => format!("## {line}"),
            None => line.to_owned(),
        };
        out += &match bullets {
            _ if in_code => text,
            true => text.replace('_', "\\_"),
            false => text.replace('[', "\\[").replace(']', "\\]"),
        };
        in_code &= !line.contains("Select status code");
        out += if line.ends_with("required") && bullets {
            "\n\n---\n\n"
        } else {
            "\n\n"
        };
    }
    out
}
