//! Invariant 4 of sync.md: what is shown is a function of the confirmed rows and of what
//! waits, whatever came in between.
