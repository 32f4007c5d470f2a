//! The stream of pokes, read by hand: lines, a content-free event name, a heartbeat.

use std::time::Duration;

use futures_util::StreamExt;
use reqwest::Response;

/// The server gives a sign of life every 25 seconds; two missed ones mean that it is gone.
const SILENCE: Duration = Duration::from_secs(55);

/// A line longer than this is none of Muster's.
const LONGEST_LINE: usize = 4_096;

/// Reads until the stream ends, breaks or falls silent; calls `poked` for each poke.
pub(crate) async fn read(response: Response, mut poked: impl FnMut()) {
    let mut stream = response.bytes_stream();
    let mut events = Events::default();
    while let Ok(Some(Ok(part))) = tokio::time::timeout(SILENCE, stream.next()).await {
        match events.feed(&part) {
            Some(pokes) => (0..pokes).for_each(|_| poked()),
            None => return,
        }
    }
}

/// Server-sent events, as far as a poke needs them: the name matters, the data does not.
#[derive(Default)]
struct Events {
    line: Vec<u8>,
    is_poke: bool,
}

impl Events {
    /// Takes in bytes; how many pokes they complete, or `None` for what is no event stream.
    fn feed(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut pokes = 0;
        for byte in bytes {
            match byte {
                b'\n' => {
                    pokes += usize::from(self.end_line());
                    self.line.clear();
                }
                b'\r' => {}
                _ if self.line.len() == LONGEST_LINE => return None,
                byte => self.line.push(*byte),
            }
        }
        Some(pokes)
    }

    /// An empty line ends an event.
    fn end_line(&mut self) -> bool {
        if self.line.is_empty() {
            return std::mem::take(&mut self.is_poke);
        }
        if let Some(name) = self.line.strip_prefix(b"event:") {
            // "who" asks for a check of the session, which every exchange is.
            self.is_poke = matches!(name.trim_ascii(), b"pull" | b"who");
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parts: &[&str], pokes: usize) {
        let mut events = Events::default();
        let found: Option<usize> = parts.iter().map(|part| events.feed(part.as_bytes())).sum();
        assert_eq!(found, Some(pokes), "of {parts:?}");
    }

    #[test]
    fn events_are_read_across_parts() {
        check(&["event: pull\ndata: {}\n\n"], 1);
        check(&["event: pu", "ll\r\nda", "ta: {}\r\n\r", "\n"], 1);
        check(&[": heartbeat\n\n"], 0);
        check(&["event: pull\n\nevent: who\n\n: x\n\n"], 2);
        check(&["event: other\n\n"], 0);
        check(&["event: pull\n"], 0);
    }

    #[test]
    fn endless_lines_are_not_taken_in() {
        let mut events = Events::default();
        assert_eq!(events.feed(&[b'x'; LONGEST_LINE + 1]), None);
    }
}
