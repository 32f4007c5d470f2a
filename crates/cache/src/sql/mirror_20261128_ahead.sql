-- Chains of which rows that came tell more than is here, and how far: few among many, so that an
-- answer with rows of a hundred workspaces notes them on one page.
CREATE TABLE ahead (
    log BLOB NOT NULL PRIMARY KEY,
    -- The highest number of a row that came.
    head INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO ahead SELECT id, head FROM logs WHERE head > through;
DROP INDEX logs_behind;
ALTER TABLE logs DROP COLUMN head;
CREATE INDEX logs_behind ON logs (asked, id) WHERE more = 1;
-- The chains of accounts, which every answer looks at.
CREATE INDEX logs_of_accounts ON logs (id) WHERE workspace IS NULL;
