//! The use cases over a real copy.
