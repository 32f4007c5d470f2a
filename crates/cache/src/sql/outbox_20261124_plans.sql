
-- Plans that somebody keeps (ui.md 4.9): changes that were thought of and are not made yet.
-- They stand beside the unsent commands and not in the copy, because the copy may be thrown away.
--
-- `source` is what it was made from, in the app's own word; `removed` when it was taken away,
-- which can be undone for a while. Of a line, `body` is what is asked for and `seen` what the
-- rules said when it was kept, both in the app's own form and empty once access to the workspace
-- has ended; `command` is what it became, `told` what was said of it in the end.
CREATE TABLE plans (id INTEGER PRIMARY KEY, name TEXT NOT NULL, source TEXT NOT NULL,
made_at INTEGER NOT NULL, removed INTEGER) STRICT;
CREATE TABLE plan_lines (plan INTEGER NOT NULL, line INTEGER NOT NULL, body TEXT NOT NULL,
seen TEXT NOT NULL, workspace BLOB, command INTEGER, told TEXT, PRIMARY KEY (plan, line)
) STRICT, WITHOUT ROWID;
