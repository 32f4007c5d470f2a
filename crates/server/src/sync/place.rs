//! Where a command stands in its device's lane: the rule by which none is carried out twice
//! (sync.md 4.9). It is pure, so that the exhaustive model of the protocol asks this very one.

/// What becomes of a command by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It is the lane's next one, and is decided now.
    Next,
    /// It was decided before, and its outcome is kept.
    Known,
    /// It is not this lane's, or not of its present: a disk was put back or cloned.
    Astray,
}

/// The place of the command under the number `n` in a lane that has come to `last`; `kept` is
/// what the outcome of that number is kept for.
pub fn place<T: PartialEq>(last: u64, n: u64, kept: Option<&T>, sent: &T) -> Place {
    if n <= last {
        return match kept {
            Some(kept) if kept == sent => Place::Known,
            // An outcome that was acknowledged and forgotten is asked for only by a disk that
            // went back in time.
            Some(_) | None => Place::Astray,
        };
    }
    // An app sends all that is not settled, from the first on: no delay makes a gap. A disk
    // that was put back from before a restore of the server does.
    if n > last + 1 { Place::Astray } else { Place::Next }
}
