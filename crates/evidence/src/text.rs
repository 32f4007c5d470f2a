//! Moments and cells as every program reads them.

use muster_domain::Timestamp;

/// The cell as text that no spreadsheet program calculates.
pub fn harmless(cell: String) -> String {
    let risky = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.trim_start_matches(' ').starts_with(risky) { format!("'{cell}") } else { cell }
}

/// A moment in the form that every program reads: `2026-11-22T02:31:24Z`.
pub fn moment(at: Timestamp) -> String {
    let seconds = at.0.div_euclid(1_000);
    let (day, clock) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = date(day);
    let (hour, minute, second) = (clock / 3_600, clock / 60 % 60, clock % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Year, month and day of a day counted from 1970, by the Gregorian calendar.
fn date(day: i64) -> (i64, i64, i64) {
    // Days are counted from 1 March of the year 0, so that the leap day is a year's last.
    let since = day + 719_468;
    let era = since.div_euclid(146_097);
    let of_era = since.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Bytes as two digits each.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of digits in the one form that [`hex`] writes.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let is_digit = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
    if !text.len().is_multiple_of(2) || !text.bytes().all(is_digit) {
        return None;
    }
    let pairs = (0..text.len()).step_by(2);
    pairs.map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use muster_domain::Timestamp;

    use super::{harmless, moment};

    #[test]
    fn v49_moments_are_written_by_the_calendar() {
        for (at, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_827_696_000, "2000-02-29T12:34:56Z"),
            (1_763_778_684_999, "2025-11-22T02:31:24Z"),
            (-1_000, "1969-12-31T23:59:59Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(moment(Timestamp(at)), text);
        }
    }

    #[test]
    fn v49_no_cell_is_a_formula() {
        for risky in ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            assert!(harmless(risky.to_owned()).starts_with('\''), "{risky:?}");
        }
        for plain in ["Ana", "", "a=b", "'quoted", "1 + 1"] {
            assert_eq!(harmless(plain.to_owned()), plain);
        }
    }
}
