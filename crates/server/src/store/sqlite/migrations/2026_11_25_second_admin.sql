-- A second Account Admin for the end of an account (E-14): the policy, until when it holds after
-- it was switched off, who asked for a deletion, and whether another admin said yes.
ALTER TABLE accounts ADD COLUMN second_admin INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN second_admin_until INTEGER;
ALTER TABLE accounts ADD COLUMN deletion_login BLOB;
ALTER TABLE accounts ADD COLUMN deletion_confirmed INTEGER NOT NULL DEFAULT 0;
