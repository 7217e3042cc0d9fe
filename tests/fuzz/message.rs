//! An answer as a corpus file spells it: status, headers, an empty line, the body.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

/// An answer before it is read.
pub(super) struct Message<'a> {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: &'a [u8],
}

impl<'a> Message<'a> {
    /// Takes any bytes for an answer: what is no status is 400, and what is no header is left out.
    pub(super) fn read(data: &'a [u8]) -> Self {
        let end = data.windows(2).position(|two| two == b"\n\n");
        let (head, body) = match end {
            Some(end) => (&data[..end], &data[end + 2..]),
            None => (data, &data[data.len()..]),
        };
        let mut lines = head.split(|byte| *byte == b'\n');
        let status = lines.next().unwrap_or_default();
        Self {
            status: StatusCode::from_bytes(status).unwrap_or(StatusCode::BAD_REQUEST),
            headers: headers(lines),
            body,
        }
    }
}

/// Headers from lines such as `retry-after: 7`.
pub(super) fn headers<'a>(lines: impl Iterator<Item = &'a [u8]>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in lines {
        let Some(colon) = line.windows(2).position(|two| two == b": ") else {
            continue;
        };
        let name = HeaderName::from_bytes(&line[..colon]);
        let value = HeaderValue::from_bytes(&line[colon + 2..]);
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    headers
}
