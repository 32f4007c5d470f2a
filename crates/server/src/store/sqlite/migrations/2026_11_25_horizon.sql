-- What is left of a deleted record is forgotten after a while; events stay (sync.md 4.4). Below
-- this number of the account, a copy may not have read that something was deleted here.
ALTER TABLE workspaces ADD COLUMN horizon INTEGER NOT NULL DEFAULT 0;
CREATE INDEX workspaces_by_horizon ON workspaces (account, horizon) WHERE horizon > 0;
CREATE INDEX contents_deleted ON contents (updated) WHERE deleted = 1;

-- Ids of records that are forgotten, so that none comes again.
CREATE TABLE spent_ids (
    id        BLOB PRIMARY KEY CHECK (length(id) = 16),
    workspace BLOB NOT NULL REFERENCES workspaces (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX spent_ids_of_workspace ON spent_ids (workspace);
