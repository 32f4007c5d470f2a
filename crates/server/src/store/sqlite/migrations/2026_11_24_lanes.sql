-- A command that a device sends again after its disk was put back is known by its id: its
-- outcome was acknowledged and forgotten long ago (sync.md 4.9).
CREATE INDEX events_by_command ON events (command, ord) WHERE command IS NOT NULL;
