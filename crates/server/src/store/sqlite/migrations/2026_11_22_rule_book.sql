-- The whole rule book: contents, roles of a workspace's own, groups, the life of accounts and
-- workspaces, mail. Only adds; the first schema's data goes on under it.

-- Addresses that the person has proved to be theirs, as a JSON list (E-24).
ALTER TABLE logins ADD COLUMN verified TEXT NOT NULL DEFAULT '[]';

ALTER TABLE accounts ADD COLUMN reason_required INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN deletion_at INTEGER;
ALTER TABLE accounts ADD COLUMN deletion_by TEXT;
ALTER TABLE accounts ADD COLUMN status TEXT NOT NULL DEFAULT 'active';
CREATE INDEX accounts_due ON accounts (deletion_at) WHERE deletion_at IS NOT NULL;

ALTER TABLE account_admins ADD COLUMN given_by TEXT;

ALTER TABLE workspaces ADD COLUMN labels TEXT NOT NULL DEFAULT '[]';
ALTER TABLE workspaces ADD COLUMN plan_ended INTEGER;
ALTER TABLE workspaces ADD COLUMN trashed_at INTEGER;
ALTER TABLE workspaces ADD COLUMN trashed_by TEXT;
ALTER TABLE workspaces ADD COLUMN offer_to BLOB;
ALTER TABLE workspaces ADD COLUMN offer_from TEXT;
ALTER TABLE workspaces ADD COLUMN offer_by TEXT;
ALTER TABLE workspaces ADD COLUMN offer_at INTEGER;
CREATE INDEX workspaces_in_bin ON workspaces (trashed_at) WHERE status = 'trashed';
CREATE INDEX workspaces_offered ON workspaces (offer_to) WHERE offer_to IS NOT NULL;
-- The bin did not keep its dates so far; the history did.
UPDATE workspaces SET
    trashed_at = (SELECT e.at FROM events e WHERE e.workspace = workspaces.id
        AND e.kind = 'workspace.deleted' ORDER BY e.seq DESC LIMIT 1),
    trashed_by = (SELECT l.name FROM events e JOIN logins l ON l.id = e.actor
        WHERE e.workspace = workspaces.id AND e.kind = 'workspace.deleted'
        ORDER BY e.seq DESC LIMIT 1)
    WHERE status = 'trashed';

-- `until` of the first schema is when a membership ends; `until_roles` what is left then.
ALTER TABLE memberships ADD COLUMN until_roles INTEGER;
ALTER TABLE memberships ADD COLUMN given_at INTEGER;
ALTER TABLE memberships ADD COLUMN labels TEXT NOT NULL DEFAULT '[]';
ALTER TABLE memberships ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE memberships ADD COLUMN group_id BLOB;
CREATE INDEX memberships_due ON memberships (until)
    WHERE until IS NOT NULL AND state IN ('active', 'suspended');
-- A suspended person's memberships are asked for by login as well, so the index has them too.
DROP INDEX memberships_by_login;
CREATE INDEX memberships_by_login ON memberships (login) WHERE state IN ('active', 'suspended');
-- What a deleted sign-in leaves behind is found by it in whatever state.
CREATE INDEX memberships_of_person ON memberships (login, id);

ALTER TABLE invitations ADD COLUMN message TEXT;
CREATE INDEX invitations_by_address ON invitations (address) WHERE state = 'open';

CREATE TABLE own_roles (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    workspace   BLOB NOT NULL REFERENCES workspaces (id),
    slot        INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 15),
    name        TEXT NOT NULL,
    permissions INTEGER NOT NULL,
    made_by     TEXT NOT NULL,
    deleted     INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    -- The number at which what its holders see last changed; their grants follow it.
    view_seq    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX own_roles_live ON own_roles (workspace, slot) WHERE deleted = 0;
CREATE INDEX own_roles_by_change ON own_roles (workspace, seq);

CREATE TABLE contents (
    id           BLOB PRIMARY KEY CHECK (length(id) = 16),
    workspace    BLOB NOT NULL REFERENCES workspaces (id),
    kind         TEXT NOT NULL,
    -- The part of a view that shows it, as the view's bit.
    part         INTEGER NOT NULL,
    name         TEXT NOT NULL,
    body         TEXT NOT NULL,
    creator      BLOB NOT NULL,
    creator_name TEXT NOT NULL,
    created      INTEGER NOT NULL,
    updated      INTEGER NOT NULL,
    updated_by   TEXT NOT NULL,
    version      INTEGER NOT NULL,
    deleted      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    -- What references point to; also the order in which a workspace is sent.
    UNIQUE (workspace, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contents_by_change ON contents (workspace, seq);
CREATE INDEX contents_by_kind ON contents (workspace, kind) WHERE deleted = 0;
-- A record belongs to its workspace for ever (U-44).
CREATE TRIGGER contents_stay BEFORE UPDATE OF workspace ON contents
    WHEN new.workspace IS NOT old.workspace
    BEGIN SELECT RAISE(ABORT, 'a record stays in its workspace'); END;

-- Both ends of a reference are looked for in the same workspace, so that none can lead into
-- another one, whatever a program above does wrong (U-45..49).
CREATE TABLE content_refs (
    workspace BLOB NOT NULL,
    content   BLOB NOT NULL,
    refers    BLOB NOT NULL,
    PRIMARY KEY (workspace, content, refers),
    FOREIGN KEY (workspace, content) REFERENCES contents (workspace, id),
    FOREIGN KEY (workspace, refers) REFERENCES contents (workspace, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX content_refs_to ON content_refs (workspace, refers);

CREATE TABLE workspace_groups (
    id      BLOB PRIMARY KEY CHECK (length(id) = 16),
    account BLOB NOT NULL REFERENCES accounts (id),
    name    TEXT NOT NULL,
    covers  TEXT NOT NULL,
    roles   INTEGER NOT NULL,
    people  TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    seq     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX workspace_groups_of_account ON workspace_groups (account, id);

-- Why, where the person said so (E-36).
ALTER TABLE events ADD COLUMN reason TEXT;
-- V-43 ends a history for good. Whoever erases names the chain's owner here first and takes
-- the name away again in the same transaction; without a name no event can go.
CREATE TABLE erasing (
    id BLOB PRIMARY KEY CHECK (length(id) = 16)
) STRICT, WITHOUT ROWID;
DROP TRIGGER events_remain;
CREATE TRIGGER events_remain BEFORE DELETE ON events
    WHEN NOT EXISTS (SELECT 1 FROM erasing e WHERE e.id = coalesce(old.workspace, old.account))
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- Mail that is to go, written with the change that it tells of and sent by a worker.
CREATE TABLE outbox (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    -- waiting, failed; what was sent is deleted.
    state    TEXT NOT NULL,
    receiver TEXT NOT NULL,
    -- What it says, as JSON; links are computed when it is sent.
    letter   TEXT NOT NULL,
    made     INTEGER NOT NULL,
    due      INTEGER NOT NULL,
    tries    INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_due ON outbox (due) WHERE state = 'waiting';

-- Codes that prove an address: only what they are computed from, with a secret that is not here.
CREATE TABLE address_codes (
    login   BLOB NOT NULL REFERENCES logins (id),
    address TEXT NOT NULL,
    nonce   BLOB NOT NULL CHECK (length(nonce) = 16),
    expires INTEGER NOT NULL,
    tries   INTEGER NOT NULL,
    PRIMARY KEY (login, address)
) STRICT, WITHOUT ROWID;

-- An owner whom the operators appoint to a workspace without one (E-38): asked for by one of
-- them, carried out by another after the notice.
CREATE TABLE appointments (
    workspace BLOB PRIMARY KEY REFERENCES workspaces (id),
    login     BLOB NOT NULL REFERENCES logins (id),
    operator  TEXT NOT NULL,
    asked     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
