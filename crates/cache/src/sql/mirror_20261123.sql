-- Access reviews (V-49). Filled by the server: the wider views of this build are other grants.

CREATE TABLE reviews (
    id BLOB NOT NULL PRIMARY KEY,
    workspace BLOB NOT NULL,
    due INTEGER NOT NULL,
    closed INTEGER,
    seq INTEGER NOT NULL,
    row TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reviews_by_workspace ON reviews (workspace, closed, due);

CREATE TABLE review_lines (
    review BLOB NOT NULL,
    membership BLOB NOT NULL,
    workspace BLOB NOT NULL,
    -- The name without case and accents, for search and order.
    folded TEXT NOT NULL,
    seq INTEGER NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (review, membership)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_lines_by_name ON review_lines (review, folded, membership);
CREATE INDEX review_lines_by_workspace ON review_lines (workspace);
