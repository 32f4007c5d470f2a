-- What this device was reminded of and asked to be, beside the unsent commands and not in the
-- copy: the copy may be thrown away, and nobody wants to be told everything twice.
--
-- `reminded`: what was told already, and the moment it was due, so that a moved day is told again.
-- `asked_reminders`: what the person asked for; `place` is where it leads, as the app writes it,
-- and without `due` it comes up as soon as there is a connection.
-- `notes`: small things that this device remembers: which reminders are off, when Home was last
-- looked at.
CREATE TABLE reminded (what TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX reminded_at ON reminded (at);
CREATE TABLE asked_reminders (id INTEGER PRIMARY KEY AUTOINCREMENT, place TEXT NOT NULL,
workspace BLOB, due INTEGER, made INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX asked_reminders_once ON asked_reminders (place, coalesce(due, -1));
CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
