-- Workspaces that were erased because access ended, until the server has been told (E-30).
CREATE TABLE erased (
    workspace BLOB NOT NULL PRIMARY KEY,
    -- The server's time of the answer that said so.
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
