-- Access reviews (V-49) and the history. Filled by the server: the wider views of this build
-- are other grants, and no log has been read yet.

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
    -- Name, a low character, address; without case and accents. For search and order.
    folded TEXT NOT NULL,
    -- The frozen roles.
    roles INTEGER NOT NULL,
    -- 0 undecided, 1 keep, 2 change, 3 remove, 4 disputed
    standpoint INTEGER NOT NULL,
    -- The roles that were agreed on, where they change.
    to_roles INTEGER,
    -- Whether the roles are others than after the last review, or there was none.
    changed INTEGER NOT NULL,
    -- What stands behind the last @ of the address.
    domain TEXT NOT NULL,
    -- The ids of those who decided, one behind the other.
    deciders BLOB NOT NULL,
    seq INTEGER NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (review, membership)
) STRICT, WITHOUT ROWID;
-- What changed comes first. Every filter is covered.
CREATE INDEX review_lines_shown ON review_lines
    (review, changed DESC, folded, membership, standpoint, domain, deciders);
-- What there may be to carry out: few among many.
CREATE INDEX review_lines_to_do ON review_lines (review, standpoint) WHERE standpoint > 1;
CREATE INDEX review_lines_by_workspace ON review_lines (workspace);

-- Lines in numbers, so that a list of reviews does not count 100,000 lines of each.
CREATE TABLE review_counts (
    review BLOB NOT NULL,
    workspace BLOB NOT NULL,
    standpoint INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    roles INTEGER NOT NULL,
    domain TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (review, standpoint, changed, roles, domain)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_counts_by_workspace ON review_counts (workspace);
CREATE TRIGGER review_lines_come AFTER INSERT ON review_lines BEGIN
    INSERT INTO review_counts
    VALUES (NEW.review, NEW.workspace, NEW.standpoint, NEW.changed, NEW.roles, NEW.domain, 1)
    ON CONFLICT DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER review_lines_change AFTER UPDATE ON review_lines
WHEN NEW.standpoint != OLD.standpoint OR NEW.changed != OLD.changed
    OR NEW.roles != OLD.roles OR NEW.domain != OLD.domain
BEGIN
    UPDATE review_counts SET number = number - 1
    WHERE review = OLD.review AND standpoint = OLD.standpoint AND changed = OLD.changed
        AND roles = OLD.roles AND domain = OLD.domain;
    INSERT INTO review_counts
    VALUES (NEW.review, NEW.workspace, NEW.standpoint, NEW.changed, NEW.roles, NEW.domain, 1)
    ON CONFLICT DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER review_lines_go AFTER DELETE ON review_lines BEGIN
    UPDATE review_counts SET number = number - 1
    WHERE review = OLD.review AND standpoint = OLD.standpoint AND changed = OLD.changed
        AND roles = OLD.roles AND domain = OLD.domain;
END;

-- How far each chain of the history has been read, and whether it holds.
CREATE TABLE logs (
    -- The id of a workspace, or that of an account for what belongs to no workspace.
    id BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    -- NULL for the account's own.
    workspace BLOB,
    -- Whether every event comes, so that each must follow from the one before it.
    whole INTEGER NOT NULL DEFAULT 0,
    -- Up to which number of the account it is here.
    through INTEGER NOT NULL DEFAULT 0,
    -- The highest number of a row that came: above `through`, there is more to fetch.
    head INTEGER NOT NULL DEFAULT 0,
    -- Whether the last answer said that more is to come.
    more INTEGER NOT NULL DEFAULT 1,
    -- The last event that is here.
    seq INTEGER,
    ord INTEGER,
    hash BLOB,
    number INTEGER NOT NULL DEFAULT 0,
    sealed INTEGER NOT NULL DEFAULT 0,
    -- The first event that does not follow from the one before it.
    broken_seq INTEGER,
    broken_ord INTEGER,
    broken_at INTEGER,
    -- How often it was asked for in vain: others come first.
    asked INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX logs_behind ON logs (asked, id) WHERE more = 1 OR head > through;
-- Nothing of what is here already has been read.
INSERT INTO logs (id, account, workspace) SELECT workspace, account, workspace FROM grants;

-- The events of all chains in the order in which they came: the numbers of one chain rise with
-- its places. Only what lists are found by; the rest is in `event_rows`.
CREATE TABLE events (
    id INTEGER NOT NULL PRIMARY KEY,
    -- The account through which it is seen. Its own is among what was hashed.
    account BLOB NOT NULL,
    workspace BLOB,
    log BLOB NOT NULL,
    seq INTEGER NOT NULL,
    ord INTEGER NOT NULL,
    at INTEGER NOT NULL,
    -- NULL for a sealed event, of which there is only where it stands and its hashes.
    kind TEXT,
    actor BLOB,
    -- The person it is about.
    about BLOB,
    -- The address that an invitation is for.
    invited TEXT,
    -- What a search finds it by, without case and accents.
    folded TEXT NOT NULL,
    -- The first event of the act that it is a part of, if it is not the first itself.
    act INTEGER,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL,
    -- Whether it is what was chained and follows from the event before it.
    sound INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_by_place ON events (log, seq, ord);
CREATE INDEX events_by_time ON events (at, id);
CREATE INDEX events_by_workspace ON events (workspace, at, id) WHERE workspace IS NOT NULL;
CREATE INDEX events_by_account ON events (account, at, id);
CREATE INDEX events_about ON events (about, at, id) WHERE about IS NOT NULL;
CREATE INDEX events_by_act ON events (act) WHERE act IS NOT NULL;

-- The rest of an event, to the byte as it was chained.
CREATE TABLE event_rows (
    id INTEGER NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    -- The account that it is numbered in.
    numbered_in BLOB NOT NULL,
    actor_name TEXT NOT NULL,
    as_admin INTEGER NOT NULL,
    subject TEXT NOT NULL,
    before TEXT,
    after TEXT NOT NULL,
    command BLOB,
    request TEXT NOT NULL,
    reason TEXT
) STRICT;

-- What each event made of a membership, so that the roster of a day is read in one pass over
-- small rows and nothing is taken apart that is not shown.
CREATE TABLE event_members (
    workspace BLOB NOT NULL,
    membership BLOB NOT NULL,
    event INTEGER NOT NULL,
    login BLOB NOT NULL,
    roles INTEGER NOT NULL,
    state INTEGER NOT NULL,
    folded TEXT NOT NULL,
    joined INTEGER NOT NULL,
    until INTEGER,
    labels TEXT NOT NULL,
    PRIMARY KEY (workspace, membership, event)
) STRICT, WITHOUT ROWID;
