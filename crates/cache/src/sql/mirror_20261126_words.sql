-- A search in words reads the words, and of an event that does not have them nothing else.
DROP INDEX events_by_time;
CREATE INDEX events_by_time ON events (at, id, folded);
DROP INDEX events_by_workspace;
CREATE INDEX events_by_workspace ON events (workspace, at, id, folded) WHERE workspace IS NOT NULL;
DROP INDEX events_by_account;
CREATE INDEX events_by_account ON events (account, at, id, folded);

-- Whether an earlier event of the workspace says a later time, because a clock was set back. Of
-- all others the last one by the time is the last one of the chain, which is found at once.
ALTER TABLE events ADD COLUMN late INTEGER NOT NULL DEFAULT 0;
CREATE INDEX events_late ON events (workspace, id, at) WHERE late = 1;
UPDATE events SET late = 1 WHERE id IN (
    SELECT id FROM (
        SELECT id, at, max(at) OVER (
            PARTITION BY workspace ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS latest FROM events WHERE workspace IS NOT NULL
    ) WHERE at < latest
);
