-- The colour that was chosen for a workspace; without one its id gives it one.
ALTER TABLE workspaces ADD COLUMN colour TEXT;
