-- For how many days an account keeps the names of people who deleted their sign-in (E-64), and
-- the last workspace that went to another account (E-59), as JSON.
ALTER TABLE accounts ADD COLUMN name_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN parted TEXT NOT NULL DEFAULT 'null';

-- The names that are kept, from when on. In the rows of the account they stand by themselves;
-- here they are for its histories, which have tokens, and for the day when they go.
CREATE TABLE kept_names (
    account BLOB NOT NULL REFERENCES accounts (id),
    login   BLOB NOT NULL REFERENCES logins (id),
    name    TEXT NOT NULL,
    since   INTEGER NOT NULL,
    PRIMARY KEY (account, login)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_names_of_login ON kept_names (login);
