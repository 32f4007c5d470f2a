-- What this device was reminded of and asked to be, beside the unsent commands and not in the
-- copy: the copy may be thrown away, and nobody wants to be told everything twice.

-- What was told already: what it is about and the moment it was due, so that a moved day is told
-- again.
CREATE TABLE reminded (
    what TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reminded_at ON reminded (at);

-- What the person asked to be reminded of.
CREATE TABLE asked_reminders (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- Where it leads, as the app writes it.
    place TEXT NOT NULL,
    workspace BLOB,
    -- NULL: as soon as there is a connection.
    due INTEGER,
    made INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX asked_reminders_once ON asked_reminders (place, coalesce(due, -1));

-- Small things that this device remembers: which reminders are off, when Home was last looked at.
CREATE TABLE notes (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
