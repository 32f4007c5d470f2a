//! Moments in a text, in UTC and to the millisecond, so that nothing is lost on the way.

use muster_domain::Timestamp;

/// `2027-01-31T18:00:00Z`, with thousandths where there are any.
pub(super) fn write(at: Timestamp) -> String {
    let whole = muster_evidence::text::moment(at);
    match at.0.rem_euclid(1_000) {
        0 => whole,
        part => format!("{}.{part:03}Z", whole.trim_end_matches('Z')),
    }
}

/// The moment of a text in that form, or a day alone: its beginning.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    let (date, clock) = match text.split_once('T') {
        Some((date, clock)) => (date, clock.strip_suffix('Z')?),
        None => (text, "00:00:00"),
    };
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let (clock, part) = match clock.split_once('.') {
        Some((clock, part)) => (clock, numbers(part, '.', [3])?[0]),
        None => (clock, 0),
    };
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    let is_clock = hour < 24 && minute < 60 && second < 60;
    let days = days(year, month, day).filter(|_| is_clock)?;
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second;
    Some(Timestamp(seconds * 1_000 + part))
}

/// Numbers of these lengths with a sign between them.
fn numbers<const N: usize>(text: &str, sign: char, lengths: [usize; N]) -> Option<[i64; N]> {
    let mut found = [0; N];
    let mut parts = text.split(sign);
    for (at, length) in lengths.into_iter().enumerate() {
        let part = parts.next()?;
        let is_number = part.len() == length && part.bytes().all(|it| it.is_ascii_digit());
        found[at] = part.parse().ok().filter(|_| is_number)?;
    }
    if parts.next().is_some() { None } else { Some(found) }
}

/// Days since 1970 by the Gregorian calendar, if there is such a day.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return None,
    };
    if !(1..=longest).contains(&day) {
        return None;
    }
    // Counted from 1 March of the year 0, so that the leap day is a year's last.
    let year = if month > 2 { year } else { year - 1 };
    let since_march = (month + 9) % 12;
    let of_year = (153 * since_march + 2) / 5 + day - 1;
    Some(
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year
            - 719_468,
    )
}

#[cfg(test)]
mod tests {
    use muster_domain::Timestamp;

    use super::{read, write};

    #[test]
    fn access_moments_are_read_as_they_were_written() {
        for at in [0, 951_827_696_000, 1_763_778_684_999, -1_000, 4_107_542_400_000, 1] {
            let text = write(Timestamp(at));
            assert_eq!(read(&text), Some(Timestamp(at)), "{text}");
        }
        assert_eq!(read("2000-02-29"), Some(Timestamp(951_782_400_000)));
        for wrong in [
            "2001-02-29",
            "2000-13-01",
            "2000-1-1",
            "2000-01-01T24:00:00Z",
            "",
            "soon",
            "2000-01-01T00:00:00",
            "2000-01-01T00:00:00.1Z",
            "2000-01-01-01",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
