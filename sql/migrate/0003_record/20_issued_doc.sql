-- 発行した文書 (design §4): the bytes as printed, kept by sha256 in store/file, with the answers they came from. Reprints
-- are byte-equal; withdrawal marks, nothing is erased before its retention.
CREATE TABLE issued_doc (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  record_class INTEGER NOT NULL,      -- [int] class bit
  org_id INTEGER NOT NULL,            -- [int] the organisation that issued it
  form_id TEXT NOT NULL,              -- [text] form
  form_version TEXT NOT NULL,         -- [text] its version
  form_sha TEXT NOT NULL,             -- [text] sha256 of its definition
  title TEXT NOT NULL,                -- [text] title as printed
  file_sha TEXT NOT NULL,             -- [text] sha256 of the PDF in store/file
  file_bytes INTEGER NOT NULL,        -- [int] size of the PDF in bytes
  answers TEXT NOT NULL,              -- [text] JSON snapshot of the answers
  table_name TEXT NOT NULL DEFAULT '', -- [text] the record it was printed from
  row_id INTEGER NOT NULL DEFAULT 0,  -- [int] its id
  row_version INTEGER NOT NULL DEFAULT 0, -- [int] its version when printed
  issued_ms INTEGER NOT NULL,         -- [ms]
  issued_on TEXT NOT NULL,            -- [day]
  issued_by INTEGER NOT NULL,         -- [int] account
  purpose TEXT NOT NULL DEFAULT '',   -- [text] agreed（同意を得た） delivered（交付した） sent（送った） kept（控え）
  withdrawn_on TEXT,                  -- [day] 取り消した日
  withdrawn_by INTEGER,               -- [int] account
  withdrawn_reason TEXT NOT NULL DEFAULT '', -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                 -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX issued_doc_person ON issued_doc(person_id, issued_ms);
CREATE INDEX issued_doc_row ON issued_doc(table_name, row_id);
