-- Whose outbox this is and how far its line of commands has come.
CREATE TABLE lane (
    only_one INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    login BLOB NOT NULL,
    device BLOB NOT NULL,
    -- The number that the next command gets when it is first sent.
    next_n INTEGER NOT NULL,
    -- Every outcome up to this number is kept here.
    acked INTEGER NOT NULL
) STRICT;

-- Numbers of the lane are given at first sending, so taking back a waiting command leaves
-- no gap; `n` is this device's own number, never used twice.
CREATE TABLE commands (
    n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL,
    -- Exactly as it is sent.
    body TEXT NOT NULL,
    workspace BLOB,
    membership BLOB,
    -- The workspace or invitation that it creates.
    creates BLOB,
    label TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    grant_seq INTEGER,
    deps TEXT NOT NULL,
    expected TEXT NOT NULL,
    state TEXT NOT NULL CHECK
        (state IN ('waiting', 'sending', 'settled', 'refused', 'discarded', 'undone')),
    lane_n INTEGER,
    outcome TEXT,
    settled_at INTEGER,
    CHECK ((state = 'sending') <= (lane_n IS NOT NULL))
) STRICT;
CREATE INDEX commands_by_state ON commands (state, n);
CREATE INDEX commands_by_workspace ON commands (workspace, state);
CREATE INDEX commands_by_creation ON commands (creates) WHERE creates IS NOT NULL;
CREATE UNIQUE INDEX commands_by_lane ON commands (lane_n) WHERE state = 'sending';
