-- Invitations that are written and not to be sent yet (R14). They are a person's work like the
-- unsent commands, so they stand beside them and not in the copy.
CREATE TABLE drafts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    workspace BLOB,
    -- The invited address; one draft for each in a workspace.
    address TEXT,
    -- The invitation that it creates.
    creates BLOB,
    -- The command as it will be sent.
    body TEXT NOT NULL,
    label TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    -- The command that it became.
    sent_as INTEGER,
    -- When it was taken away; it can be brought back for a while.
    removed INTEGER
) STRICT;
CREATE UNIQUE INDEX drafts_by_address ON drafts (workspace, address)
    WHERE sent_as IS NULL AND removed IS NULL AND address IS NOT NULL;
CREATE INDEX drafts_by_creation ON drafts (creates) WHERE creates IS NOT NULL;
