-- The few events that changed a workspace's own roles, so that taking them back to a moment does
-- not walk through everything that happened since.
CREATE INDEX events_of_roles ON events (workspace, id)
WHERE kind IN ('role.defined', 'role.changed', 'role.deleted');
