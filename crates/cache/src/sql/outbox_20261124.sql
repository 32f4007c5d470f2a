-- The server's epoch when a command was settled: the number in its outcome is of that history.
ALTER TABLE commands ADD COLUMN epoch INTEGER;
