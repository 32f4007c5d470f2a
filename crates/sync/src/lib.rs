//! How the copy follows the server: a core without I/O and a thin driver.
