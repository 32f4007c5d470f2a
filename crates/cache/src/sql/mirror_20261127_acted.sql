-- When somebody last changed anything in a workspace: what the roster is narrowed to and put in
-- order by, of 100,000 people at once. A summary of `uses`; it is made and erased with it.
CREATE TABLE acted (
    workspace BLOB NOT NULL,
    actor BLOB NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (workspace, actor)
) STRICT, WITHOUT ROWID;
INSERT INTO acted SELECT workspace, actor, max(last) FROM uses GROUP BY workspace, actor;

-- Whose a membership is and since when stand in the order by name, so that this question, too,
-- is answered without reading a row.
DROP INDEX members_by_name;
CREATE INDEX members_by_name ON members
    (workspace, former, folded, id, shown, roles, labels, until, login, joined);
