//! Moments as they are written and read on the command line: always UTC, so that a script on a
//! server and a person at home mean the same.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use muster_domain::Timestamp;
use muster_evidence::text;

/// `2026-11-22T02:31:24Z`.
pub fn written(at: Timestamp) -> String {
    text::moment(at)
}

/// The same where there may be none.
pub fn written_if(at: Option<Timestamp>) -> String {
    at.map(written).unwrap_or_default()
}

/// A moment as it is typed: a day is its beginning in UTC, `now` is now.
pub fn read(typed: &str) -> Result<Timestamp, String> {
    if typed == "now" {
        return Ok(Timestamp(jiff::Timestamp::now().as_millisecond()));
    }
    if let Ok(at) = typed.parse::<jiff::Timestamp>() {
        return Ok(Timestamp(at.as_millisecond()));
    }
    let day: Date = typed.parse().map_err(|_| {
        "not a day (2026-11-22), a moment with its zone (2026-11-22T14:00:00Z) or `now`".to_owned()
    })?;
    let at = day.to_zoned(TimeZone::UTC).map_err(|error| error.to_string())?;
    Ok(Timestamp(at.timestamp().as_millisecond()))
}

/// A moment of which something can be known: one that has come.
pub fn past(typed: &str) -> Result<Timestamp, String> {
    let at = read(typed)?;
    if at.0 > jiff::Timestamp::now().as_millisecond() {
        return Err("this moment has not come yet".to_owned());
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::{past, read, written};

    #[test]
    fn what_has_not_come_is_no_moment_to_ask_about() {
        assert_eq!(past("9999-01-01"), Err("this moment has not come yet".to_owned()));
        assert!(past("now").is_ok() && past("2026-01-01").is_ok());
    }

    #[test]
    fn days_and_moments_are_read_in_utc() {
        for (typed, means) in [
            ("2026-11-22", "2026-11-22T00:00:00Z"),
            ("2026-11-22T14:30:00Z", "2026-11-22T14:30:00Z"),
            ("2026-11-22T14:30:00+02:00", "2026-11-22T12:30:00Z"),
        ] {
            assert_eq!(read(typed).map(written), Ok(means.to_owned()));
        }
        for typed in ["22.11.2026", "yesterday", "2026-13-01", ""] {
            assert!(read(typed).is_err(), "{typed:?}");
        }
    }
}
