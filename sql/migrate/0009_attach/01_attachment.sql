-- A scan or photo that belongs to a record: 同意書, 交付控え, 主治医意見書, 写真 (issue 2; design §4). Which records may have some is
-- the table of kinds in register/attach. Who may see it: who may see that record. The bytes are those of stored_file.
CREATE TABLE attachment (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  owner_table TEXT NOT NULL,          -- [text] table of the record it belongs to
  owner_id INTEGER NOT NULL,          -- [int] its row
  person_id INTEGER,                  -- [int] whom the record is about; NULL = nobody
  org_id INTEGER NOT NULL,            -- [int] organisation that attached it
  record_class INTEGER NOT NULL,      -- [int] class bit of the record when attached; the gate asks the record itself
  file_id INTEGER NOT NULL,           -- [int] stored_file
  title TEXT NOT NULL,                -- [text] what it is
  kind TEXT NOT NULL,                 -- [text] code of attach_kind_choices
  taken_on TEXT,                      -- [day] day on the paper or of the photo
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX attachment_owner ON attachment(owner_table, owner_id);
CREATE INDEX attachment_person ON attachment(person_id);
