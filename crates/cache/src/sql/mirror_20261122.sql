-- The whole rule book: records, roles of a workspace's own, what accounts hold. Everything here
-- comes from the server, so an older copy is not converted: it is emptied and fetched again.
DROP TABLE shadow;
DROP TABLE invitations;
DROP TABLE members;
DROP TABLE workspaces;
DROP TABLE cursors;
DROP TABLE grants;
DROP TABLE account_admins;
DROP TABLE accounts;
-- Without an epoch the server takes this for a first contact.
DELETE FROM meta WHERE key != 'me';

CREATE TABLE accounts (
    id BLOB NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL,
    row TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account_admins (
    account BLOB NOT NULL,
    login BLOB NOT NULL,
    seq INTEGER NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (account, login)
) STRICT, WITHOUT ROWID;

-- Workspaces that can be taken out of the bin again. They have no grant and no rows.
CREATE TABLE bin (
    workspace BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    -- The name in lower case, as it stays reserved.
    name TEXT NOT NULL,
    trashed INTEGER NOT NULL,
    row TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bin_by_name ON bin (account, name);
CREATE INDEX bin_by_time ON bin (trashed, workspace);

CREATE TABLE groups (
    id BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    folded TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    row TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX groups_by_account ON groups (account, folded, id) WHERE deleted = 0;

CREATE TABLE offers (
    workspace BLOB NOT NULL PRIMARY KEY,
    row TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE inbox (
    invitation BLOB NOT NULL PRIMARY KEY,
    row TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the server lets this login see, how much of it has arrived, and what it counts up to
-- without unsent changes.
CREATE TABLE grants (
    workspace BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    -- The parts that are seen, as bits.
    view INTEGER NOT NULL,
    grant_seq INTEGER NOT NULL,
    -- 0 wanted, 1 partial, 2 whole
    state INTEGER NOT NULL DEFAULT 0,
    -- Where the last answer stopped, in the server's words.
    after TEXT,
    active INTEGER NOT NULL DEFAULT 0,
    suspended INTEGER NOT NULL DEFAULT 0,
    former INTEGER NOT NULL DEFAULT 0,
    owners INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX grants_by_account ON grants (account, state);
CREATE INDEX grants_to_fetch ON grants (state DESC, workspace) WHERE state < 2;

CREATE TABLE cursors (
    account BLOB NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE workspaces (
    id BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    -- The name without case and accents, for search and order.
    folded TEXT NOT NULL,
    plan TEXT NOT NULL,
    -- Each label between two separators; empty without labels.
    labels TEXT NOT NULL,
    seq INTEGER NOT NULL,
    row TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX workspaces_by_name ON workspaces (folded, id, account, plan, labels);
CREATE INDEX workspaces_by_account ON workspaces (account, folded, id);

CREATE TABLE own_roles (
    id BLOB NOT NULL PRIMARY KEY,
    workspace BLOB NOT NULL,
    slot INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    row TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX own_roles_by_slot ON own_roles (workspace, slot) WHERE deleted = 0;
CREATE INDEX own_roles_by_workspace ON own_roles (workspace);

CREATE TABLE members (
    id BLOB NOT NULL PRIMARY KEY,
    workspace BLOB NOT NULL,
    login BLOB NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    -- Name, a low character, address; without case and accents. For search and order.
    folded TEXT NOT NULL,
    -- A bit for each built-in role from 0, for each role of the workspace's own from 16.
    roles INTEGER NOT NULL,
    -- 0 active, 1 suspended, 2 left, 3 removed, 4 expired
    state INTEGER NOT NULL,
    -- The state that lists go by: a member whom only an unsent change removes is still listed.
    shown INTEGER NOT NULL,
    -- Whether the shown state is a past one; a column of its own, so that the indexes cover it.
    former INTEGER NOT NULL CHECK (former = (shown > 1)),
    -- The day on which it ends, and the roles that are left from then on, if any are.
    until INTEGER,
    until_roles INTEGER,
    given_by TEXT,
    given_at INTEGER,
    -- Each label between two separators; empty without labels.
    labels TEXT NOT NULL,
    note TEXT NOT NULL,
    group_id BLOB,
    joined INTEGER NOT NULL,
    ended_at INTEGER,
    ended_by TEXT,
    seq INTEGER NOT NULL,
    -- Changed by somebody else since the workspace was opened.
    new INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
-- Each order is covered: paging, counting and searching never touch the table.
CREATE INDEX members_by_name ON members
    (workspace, former, folded, id, shown, roles, labels, until);
CREATE INDEX members_by_address ON members
    (workspace, former, address, id, shown, roles, labels, until);
CREATE INDEX members_by_joined ON members
    (workspace, former, joined, id, shown, roles, labels, until);
CREATE INDEX members_by_login ON members (login, workspace);
-- People of an account by name, whichever workspace they are in.
CREATE INDEX members_people ON members (folded, login, workspace) WHERE former = 0;
-- The owner class of both schemes, roles 0 and 4: what the owner floor counts.
CREATE INDEX members_owners ON members (workspace, state, until) WHERE roles & 17 != 0;
CREATE INDEX members_new ON members (workspace) WHERE new = 1;
CREATE INDEX members_labelled ON members (workspace, former, labels) WHERE labels != '';

CREATE TABLE invitations (
    id BLOB NOT NULL PRIMARY KEY,
    workspace BLOB NOT NULL,
    address TEXT NOT NULL,
    -- 0 open, 1 accepted, 2 revoked, 3 declined
    state INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    row TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX invitations_by_address ON invitations (workspace, address, state, expires);
CREATE INDEX invitations_by_time ON invitations (workspace, state, sent);

-- Rows can be long here, so the table is kept by number and its indexes are narrow.
CREATE TABLE contents (
    id BLOB NOT NULL PRIMARY KEY,
    workspace BLOB NOT NULL,
    kind INTEGER NOT NULL,
    -- The name without case and accents, for search and order.
    folded TEXT NOT NULL,
    creator BLOB NOT NULL,
    updated INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    -- Whether lists have it: a record that only an unsent change deletes is still listed.
    shown INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    row TEXT NOT NULL
) STRICT;
CREATE INDEX contents_by_name ON contents (workspace, kind, folded, id) WHERE shown = 1;
CREATE INDEX contents_by_update ON contents (workspace, kind, updated, folded, id)
    WHERE shown = 1;
CREATE INDEX contents_by_workspace ON contents (workspace);

-- How many records of each kind lists have. A sidebar shows all of them on every page, and
-- counting 100,000 conversations each time would be felt.
CREATE TABLE content_counts (
    workspace BLOB NOT NULL,
    kind INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (workspace, kind)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER contents_come AFTER INSERT ON contents WHEN NEW.shown = 1 BEGIN
    INSERT INTO content_counts VALUES (NEW.workspace, NEW.kind, 1)
    ON CONFLICT (workspace, kind) DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER contents_change AFTER UPDATE OF shown ON contents WHEN NEW.shown != OLD.shown BEGIN
    INSERT INTO content_counts VALUES (NEW.workspace, NEW.kind, NEW.shown)
    ON CONFLICT (workspace, kind) DO UPDATE SET number = number + NEW.shown - OLD.shown;
END;
CREATE TRIGGER contents_go AFTER DELETE ON contents WHEN OLD.shown = 1 BEGIN
    UPDATE content_counts SET number = number - 1
    WHERE workspace = OLD.workspace AND kind = OLD.kind;
END;

-- The confirmed version of every row that an unsent change touches; NULL where there was none.
CREATE TABLE shadow (
    kind INTEGER NOT NULL,
    id BLOB NOT NULL,
    workspace BLOB,
    seq INTEGER NOT NULL,
    before TEXT,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX shadow_by_workspace ON shadow (workspace);
