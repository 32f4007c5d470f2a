//! The encrypted copy and the outbox on the device.
