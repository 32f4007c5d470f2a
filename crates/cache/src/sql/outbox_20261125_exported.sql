-- Tables that left the copy as a file or onto paper, until the server has been told of it. Beside
-- the unsent commands, because the copy may be thrown away before there is a connection.
CREATE TABLE exported (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The table's key.
    name TEXT NOT NULL,
    -- Whose it is, where it is one workspace's.
    workspace BLOB,
    -- When, by the device's clock.
    at INTEGER NOT NULL
) STRICT;
