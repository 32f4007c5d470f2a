-- Access reviews (V-49), and the rhythm in which an account wants them.

ALTER TABLE accounts ADD COLUMN review_days INTEGER NOT NULL DEFAULT 0;

CREATE TABLE reviews (
    id        BLOB PRIMARY KEY CHECK (length(id) = 16),
    workspace BLOB NOT NULL REFERENCES workspaces (id),
    -- When it was closed.
    closed    INTEGER,
    seq       INTEGER NOT NULL,
    row       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reviews_by_change ON reviews (workspace, seq);
CREATE INDEX reviews_closed ON reviews (workspace, closed, id) WHERE closed IS NOT NULL;

CREATE TABLE review_lines (
    review     BLOB NOT NULL REFERENCES reviews (id),
    membership BLOB NOT NULL,
    workspace  BLOB NOT NULL REFERENCES workspaces (id),
    seq        INTEGER NOT NULL,
    row        TEXT NOT NULL,
    PRIMARY KEY (review, membership)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_lines_by_change ON review_lines (workspace, seq);
CREATE INDEX review_lines_in_order ON review_lines (workspace, review, membership);
