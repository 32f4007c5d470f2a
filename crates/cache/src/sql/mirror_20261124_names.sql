-- What stands for the tokens of an event, as JSON: names come beside what was chained (E-64).
ALTER TABLE event_rows ADD COLUMN names TEXT NOT NULL DEFAULT '{}';
