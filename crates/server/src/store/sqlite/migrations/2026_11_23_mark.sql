-- How many transactions this history has. The same number stands outside of the database, in
-- the mark beside it, so that a file put back from a backup is told apart (sync.md 4.10).
ALTER TABLE meta ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
