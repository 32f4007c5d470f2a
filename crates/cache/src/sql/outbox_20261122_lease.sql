-- Workspaces whose rows were erased because their lease was long over. What waits for them is
-- told without names and texts until they are fetched again.
CREATE TABLE veiled (
    workspace BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Commands that could not be saved out of a damaged file, until the person has read of them.
CREATE TABLE lost (
    n INTEGER NOT NULL PRIMARY KEY,
    workspace BLOB
) STRICT;
