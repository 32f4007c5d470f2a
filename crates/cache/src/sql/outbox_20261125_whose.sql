-- Whose a line of a plan is that is about an account and no workspace, so that it goes when
-- access to the account ends. What was kept before says it in its own form.
ALTER TABLE plan_lines ADD COLUMN account BLOB;
UPDATE plan_lines SET account = unhex(body ->> '$.account')
WHERE workspace IS NULL AND json_valid(body);
