-- Why a person was saved although the duplicate check named a candidate (F008). No history: never changed.
CREATE TABLE duplicate_note (
  id INTEGER PRIMARY KEY,             -- [id]
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int] the new person
  other_person_id INTEGER NOT NULL REFERENCES person(id), -- [int] the candidate
  was_visible INTEGER NOT NULL,       -- [bool] 0: the writer was told only 確認が必要です
  score INTEGER NOT NULL,             -- [int] 0..100
  reasons TEXT NOT NULL,              -- [text] codes joined by ','
  note TEXT NOT NULL,                 -- [text] the writer's reason for saving anyway
  status TEXT NOT NULL DEFAULT 'open', -- [text] open, different 別人と確認, same 同一人（統合済）
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL         -- [int] account
) STRICT;
CREATE INDEX duplicate_note_person_i ON duplicate_note (person_id);
CREATE INDEX duplicate_note_other_i ON duplicate_note (other_person_id);
