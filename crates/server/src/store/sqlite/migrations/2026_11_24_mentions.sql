-- The history names nobody (E-64): what is chained has tokens, and these are the tokens of an
-- event. What they stand for is read from the rows of today.
ALTER TABLE events ADD COLUMN people TEXT NOT NULL DEFAULT '[]';

-- Chains that are to be told anew, because a name in them was taken out; up to the account's
-- number of that.
CREATE TABLE retold (
    log BLOB PRIMARY KEY CHECK (length(log) = 16),
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whose name is it that a row says without saying whose?
CREATE INDEX memberships_by_name ON memberships (workspace, name);
CREATE INDEX account_admins_of_login ON account_admins (login);
CREATE INDEX invitations_of_address ON invitations (workspace, address);
