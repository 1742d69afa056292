-- F051: a meeting called with the people, the place and the agenda of one before. What is still as it was there is worked out by comparing (care/copied).
ALTER TABLE care_meeting ADD COLUMN copied_from_id INTEGER; -- [int] the care_meeting it was copied from
ALTER TABLE care_meeting_member ADD COLUMN copied_from_id INTEGER; -- [int] the care_meeting_member this line was copied from
