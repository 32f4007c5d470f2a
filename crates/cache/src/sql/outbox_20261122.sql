-- The record that a command is about, so that its row has a mark.
ALTER TABLE commands ADD COLUMN content BLOB;

-- What the person chose for this device. It stands beside the unsent commands and not in the
-- copy, because the copy may be thrown away.
CREATE TABLE choices (
    workspace BLOB NOT NULL PRIMARY KEY,
    hidden INTEGER NOT NULL DEFAULT 0,
    -- Its place among the pinned ones.
    pinned INTEGER,
    -- Rises with every opening; the highest was opened last.
    opened INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX choices_opened ON choices (opened) WHERE opened IS NOT NULL;
