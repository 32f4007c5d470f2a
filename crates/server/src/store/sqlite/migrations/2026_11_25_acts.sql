-- Who did what a row names somebody for: two people of one name are told apart by it. `place` is
-- the workspace, or the account for what is in none; `deed` is which act (domain, `Deed`).
CREATE TABLE acts (
    place BLOB NOT NULL,
    id    BLOB NOT NULL,
    deed  INTEGER NOT NULL,
    at    INTEGER NOT NULL,
    login BLOB NOT NULL REFERENCES logins (id),
    PRIMARY KEY (place, id, deed, at)
) STRICT, WITHOUT ROWID;
