-- What each person did last of each kind of event, by workspace: hints of a review ask whether
-- somebody changed anything for 90 days, and which of their rights they used, of 100,000 people
-- at once. A summary of `events` and nothing else; it is made and erased with them.
CREATE TABLE uses (
    workspace BLOB NOT NULL,
    actor BLOB NOT NULL,
    kind TEXT NOT NULL,
    -- The kind of record, for events of records; -1 otherwise.
    part INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (workspace, actor, kind, part)
) STRICT, WITHOUT ROWID;
INSERT INTO uses
    SELECT e.workspace, e.actor, e.kind,
        CASE json_extract(r.after, '$.body.kind')
            WHEN 'agent' THEN 0 WHEN 'prompt' THEN 1 WHEN 'knowledge' THEN 2
            WHEN 'integration' THEN 3 WHEN 'channel' THEN 4 WHEN 'conversation' THEN 5
            WHEN 'lead' THEN 6 ELSE -1 END AS part,
        max(e.at)
    FROM events e JOIN event_rows r ON r.id = e.id
    WHERE e.workspace IS NOT NULL AND e.actor IS NOT NULL AND e.kind IS NOT NULL
    GROUP BY e.workspace, e.actor, e.kind, part;

-- Lines by the roles that were frozen, without reading their rows.
CREATE INDEX review_lines_by_roles ON review_lines (review, roles, membership);

-- What ends by itself, whichever workspace it is in.
CREATE INDEX invitations_ending ON invitations (expires, workspace) WHERE state = 0;
CREATE INDEX members_ending ON members (until, workspace) WHERE until IS NOT NULL AND former = 0;
