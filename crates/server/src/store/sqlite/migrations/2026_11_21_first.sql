-- The first schema. Ids are 16 random bytes. Times are milliseconds since 1970 by the server's
-- clock. `seq` is the account's number at the row's last change (sync.md 4.2).

CREATE TABLE meta (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    -- Another history than before, after a restore, has another epoch.
    epoch INTEGER NOT NULL
) STRICT;

CREATE TABLE logins (
    id      BLOB PRIMARY KEY CHECK (length(id) = 16),
    address TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    status  TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE credentials (
    login BLOB PRIMARY KEY REFERENCES logins (id),
    phc   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token     BLOB PRIMARY KEY CHECK (length(token) = 32),
    login     BLOB NOT NULL REFERENCES logins (id),
    device    BLOB NOT NULL,
    created   INTEGER NOT NULL,
    last_used INTEGER NOT NULL,
    expires   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX sessions_by_device ON sessions (login, device);

CREATE TABLE lanes (
    device BLOB NOT NULL CHECK (length(device) = 16),
    login  BLOB NOT NULL REFERENCES logins (id),
    -- Kept for ever, so that a command is never decided twice (sync.md 4.9).
    last_n INTEGER NOT NULL,
    PRIMARY KEY (device, login)
) STRICT, WITHOUT ROWID;

CREATE TABLE outcomes (
    device  BLOB NOT NULL,
    login   BLOB NOT NULL,
    n       INTEGER NOT NULL,
    hash    BLOB NOT NULL CHECK (length(hash) = 32),
    status  TEXT NOT NULL,
    refusal TEXT,
    seq     INTEGER,
    at      INTEGER NOT NULL,
    PRIMARY KEY (device, login, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
    id              BLOB PRIMARY KEY CHECK (length(id) = 16),
    name            TEXT NOT NULL,
    scheme          TEXT NOT NULL,
    invitation_days INTEGER NOT NULL,
    lease_days      INTEGER NOT NULL,
    -- The number of the account's last change; `seq` is this row's own.
    head            INTEGER NOT NULL,
    seq             INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account_admins (
    account   BLOB NOT NULL REFERENCES accounts (id),
    login     BLOB NOT NULL REFERENCES logins (id),
    name      TEXT NOT NULL,
    address   TEXT NOT NULL,
    since     INTEGER NOT NULL,
    active    INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    grant_seq INTEGER NOT NULL,
    PRIMARY KEY (account, login)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_admins_by_login ON account_admins (login) WHERE active = 1;

CREATE TABLE workspaces (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    account     BLOB NOT NULL REFERENCES accounts (id),
    kind        TEXT NOT NULL,
    name        TEXT NOT NULL,
    plan        TEXT NOT NULL,
    status      TEXT NOT NULL,
    created     INTEGER NOT NULL,
    -- The number at creation, at this row's last change, and at the last change of anything
    -- in the workspace.
    created_seq INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    head_seq    INTEGER NOT NULL,
    -- Present memberships, counted as they change: a command must not count 100,000 rows.
    present     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX workspaces_of_account ON workspaces (account, status, id);

CREATE TABLE memberships (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    workspace   BLOB NOT NULL REFERENCES workspaces (id),
    login       BLOB NOT NULL REFERENCES logins (id),
    name        TEXT NOT NULL,
    address     TEXT NOT NULL,
    roles       INTEGER NOT NULL,
    state       TEXT NOT NULL,
    until       INTEGER,
    given_by    TEXT,
    joined      INTEGER NOT NULL,
    ended_at    INTEGER,
    ended_by    TEXT,
    -- Whether a role of full rights is among the roles; only serves the index below.
    owner_class INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    grant_seq   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_by_change ON memberships (workspace, seq);
CREATE INDEX memberships_in_order ON memberships (workspace, id);
CREATE INDEX memberships_of_login ON memberships (workspace, login);
CREATE UNIQUE INDEX memberships_present ON memberships (workspace, login)
    WHERE state IN ('active', 'suspended');
CREATE INDEX memberships_by_address ON memberships (workspace, address)
    WHERE state IN ('active', 'suspended');
CREATE INDEX memberships_by_login ON memberships (login) WHERE state = 'active';
CREATE INDEX memberships_owners ON memberships (workspace)
    WHERE state = 'active' AND until IS NULL AND owner_class = 1;

CREATE TABLE invitations (
    id           BLOB PRIMARY KEY CHECK (length(id) = 16),
    workspace    BLOB NOT NULL REFERENCES workspaces (id),
    address      TEXT NOT NULL,
    name         TEXT,
    roles        INTEGER NOT NULL,
    inviter      BLOB NOT NULL REFERENCES logins (id),
    inviter_name TEXT NOT NULL,
    sent         INTEGER NOT NULL,
    expires      INTEGER NOT NULL,
    generation   INTEGER NOT NULL,
    state        TEXT NOT NULL,
    seq          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX invitations_by_change ON invitations (workspace, seq);
CREATE INDEX invitations_open ON invitations (workspace, address, expires) WHERE state = 'open';
CREATE INDEX invitations_seats ON invitations (workspace, expires) WHERE state = 'open';

-- Append-only. A chain is the events of a workspace, or the account's own without one.
CREATE TABLE events (
    account   BLOB NOT NULL REFERENCES accounts (id),
    seq       INTEGER NOT NULL,
    ord       INTEGER NOT NULL,
    workspace BLOB,
    at        INTEGER NOT NULL,
    actor     BLOB NOT NULL,
    as_admin  INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    before    TEXT,
    after     TEXT NOT NULL,
    command   BLOB,
    request   TEXT NOT NULL,
    prev      BLOB NOT NULL CHECK (length(prev) = 32),
    hash      BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (account, seq, ord)
) STRICT;
CREATE INDEX events_of_workspace ON events (workspace, seq, ord) WHERE workspace IS NOT NULL;
CREATE INDEX events_of_account ON events (account, seq, ord) WHERE workspace IS NULL;
CREATE TRIGGER events_stay BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_remain BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    login   BLOB,
    device  BLOB,
    kind    TEXT NOT NULL,
    detail  TEXT NOT NULL,
    request TEXT NOT NULL
) STRICT;
