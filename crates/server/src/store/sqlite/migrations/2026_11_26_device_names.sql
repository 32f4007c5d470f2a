-- What an installation called its machine when it signed in, for the list of one's devices.
ALTER TABLE sessions ADD COLUMN name TEXT NOT NULL DEFAULT '';
