-- Until which event a membership stood as an event left it; nothing while it still does. How a
-- day left everybody is then read from rows that stood on that day, and from no others. They lie
-- in the order of the chain, so that a new event adds at the end.
ALTER TABLE event_members ADD COLUMN gone INTEGER;
UPDATE event_members SET gone = (
    SELECT min(later.event) FROM event_members AS later
    WHERE later.workspace = event_members.workspace
      AND later.membership = event_members.membership
      AND later.event > event_members.event
);
CREATE INDEX event_members_standing ON event_members (
    workspace, gone, event, roles, state, until, labels, folded, joined
);
