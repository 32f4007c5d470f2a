-- Facts about the copy itself: me, epoch, last contact, the workspace that was open.
CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

-- What the server lets this login see, how much of it has arrived, and what it counts up to
-- without unsent changes.
CREATE TABLE grants (
    workspace BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    view TEXT NOT NULL,
    grant_seq INTEGER NOT NULL,
    -- 0 wanted, 1 partial, 2 whole
    state INTEGER NOT NULL DEFAULT 0,
    -- The last member that has arrived of a partial one.
    after BLOB,
    active INTEGER NOT NULL DEFAULT 0,
    suspended INTEGER NOT NULL DEFAULT 0,
    former INTEGER NOT NULL DEFAULT 0,
    owners INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX grants_by_account ON grants (account);
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
    seq INTEGER NOT NULL,
    row TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX workspaces_by_name ON workspaces (folded);
CREATE INDEX workspaces_by_account ON workspaces (account);

CREATE TABLE members (
    id BLOB NOT NULL PRIMARY KEY,
    workspace BLOB NOT NULL,
    login BLOB NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    -- Name, a low character, address; without case and accents. For search and order.
    folded TEXT NOT NULL,
    roles INTEGER NOT NULL,
    -- 0 active, 1 suspended, 2 left, 3 removed
    state INTEGER NOT NULL,
    -- The state that lists go by: a member whom only an unsent change removes is still listed.
    shown INTEGER NOT NULL,
    -- Whether the shown state is a past one; a column of its own, so that the indexes cover it.
    former INTEGER NOT NULL CHECK (former = (shown > 1)),
    until INTEGER,
    given_by TEXT,
    joined INTEGER NOT NULL,
    ended_at INTEGER,
    ended_by TEXT,
    seq INTEGER NOT NULL,
    -- Changed by somebody else since the workspace was opened.
    new INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
-- Each order is covered: paging, counting and searching never touch the table.
CREATE INDEX members_by_name ON members (workspace, former, folded, id, shown, roles);
CREATE INDEX members_by_address ON members (workspace, former, address, id, shown, roles);
CREATE INDEX members_by_joined ON members (workspace, former, joined, id, shown, roles);
CREATE INDEX members_by_login ON members (login, workspace);
-- The owner class of both schemes, roles 0 and 4: what the owner floor counts.
CREATE INDEX members_owners ON members (workspace, state, until) WHERE roles & 17 != 0;
CREATE INDEX members_new ON members (workspace) WHERE new = 1;

CREATE TABLE invitations (
    id BLOB NOT NULL PRIMARY KEY,
    workspace BLOB NOT NULL,
    address TEXT NOT NULL,
    -- 0 open, 1 accepted, 2 revoked
    state INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    row TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX invitations_by_address ON invitations (workspace, address, state, expires);
CREATE INDEX invitations_by_time ON invitations (workspace, state, sent);

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
