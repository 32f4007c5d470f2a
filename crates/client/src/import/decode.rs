//! From a file's bytes to text, whatever program wrote them.
//!
//! Spreadsheets save "CSV" in UTF-8 with or without a byte order mark, in UTF-16 and in the
//! Windows code page of Western Europe. A file that is no text at all is told apart here, so
//! that nobody is shown a preview of a picture.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::failure;
use crate::view::{Failure, FailureCode};

/// The first bytes of files that people drop by mistake: workbooks (zip and the older kind),
/// PDF, pictures, compressed files.
const NOT_TEXT: &[&[u8]] = &[
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
];

/// How many bytes tell UTF-16 without a mark.
const SAMPLE: usize = 4_096;

/// The text of a file.
///
/// # Errors
/// `import.not_text` when the bytes are no text.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Failure> {
    if NOT_TEXT.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(not_text("known file type"));
    }
    let text = decode_any(bytes);
    if text.contains('\0') {
        return Err(not_text("zero bytes"));
    }
    // Stray control characters occur in real exports; a hundredth of the text is no longer text.
    let odd = |c: &char| c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{b}' | '\u{c}');
    if text.chars().filter(odd).count() * 100 > text.chars().count() {
        return Err(not_text("control characters"));
    }
    Ok(text)
}

fn decode_any(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Addresses are ASCII, so in UTF-16 nearly half of the bytes of such a file are zero, and all
/// of them on one side of the pairs.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return None;
    }
    match (zeros(0), zeros(1)) {
        (0, low) if low * 2 >= pairs => Some(UTF_16LE),
        (high, 0) if high * 2 >= pairs => Some(UTF_16BE),
        (_, _) => None,
    }
}

fn not_text(why: &str) -> Failure {
    failure(FailureCode::NotATable, why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::view::FailureCode;

    fn check(bytes: &[u8], wanted: &str) {
        assert_eq!(decode(bytes).expect("this is text"), wanted);
    }

    #[test]
    fn every_encoding_that_spreadsheets_write_is_read() {
        let text = "email;name\r\nana@x.example;Zoë Müller\r\n";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(text.as_bytes(), text);
        check(&[b"\xef\xbb\xbf", text.as_bytes()].concat(), text);
        check(&[b"\xff\xfe", le.as_slice()].concat(), text);
        check(&[b"\xfe\xff", be.as_slice()].concat(), text);
        check(&le, text);
        check(&be, text);
        check(b"email\r\nzo\xeb@x.example\r\n", "email\r\nzoë@x.example\r\n");
        check(b"", "");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let noise: Vec<u8> = (1..=255).collect();
        for bytes in [
            b"PK\x03\x04\x14\x00\x06\x00".as_slice(),
            b"%PDF-1.7 text follows",
            b"email\0\0\0,name\nana@x.example,Ana\n",
            &noise,
        ] {
            let failure = decode(bytes).expect_err("this is no text");
            assert_eq!(failure.code, FailureCode::NotATable);
        }
    }
}
