-- The history is read in pieces: a whole chain by its places, and of somebody who sees only
-- what is theirs, what they did and what is about them.

-- Whom an event is about: the login of a membership, the address of an invitation.
ALTER TABLE events ADD COLUMN about TEXT GENERATED ALWAYS AS (
    CASE WHEN json_valid(after) THEN
        CASE json_extract(after, '$.object')
            WHEN 'membership' THEN json_extract(after, '$.login')
            WHEN 'invitation' THEN json_extract(after, '$.address')
        END
    END
) VIRTUAL;
CREATE INDEX events_about ON events (workspace, about, seq, ord) WHERE about IS NOT NULL;
CREATE INDEX events_by_actor ON events (workspace, actor, seq, ord) WHERE workspace IS NOT NULL;
