-- What came into the way of an invitation's present sending: its letter was not taken, or there
-- was no seat when it was to be accepted.
ALTER TABLE invitations ADD COLUMN trouble TEXT;
