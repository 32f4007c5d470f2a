//! The server: decides every request and keeps the log.
