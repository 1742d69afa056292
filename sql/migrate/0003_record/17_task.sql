-- 今日の仕事: what has to be done by whom until when (F018, F122). A number on the first page is a count of these rows by
-- the same filter that lists them.
CREATE TABLE task (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  kind TEXT NOT NULL,                 -- [text] code list task_kind
  person_id INTEGER REFERENCES person(id), -- [int] the person it is about; NULL = none yet
  consult_id INTEGER,                 -- [int] the consultation it is about
  record_class INTEGER NOT NULL,      -- [int] class bit: who may see it
  org_id INTEGER NOT NULL,            -- [int] the organisation it belongs to
  assignee_staff_id INTEGER,          -- [int] NULL = anybody in the organisation
  due_on TEXT,                        -- [day] 期限; NULL = none
  state TEXT NOT NULL,                -- [text] open done waived（不要になった）
  title TEXT NOT NULL,                -- [text] what to do, one line
  reason TEXT NOT NULL DEFAULT '',    -- [text] why it is here: rule or record, plain words
  table_name TEXT NOT NULL DEFAULT '', -- [text] table of the record behind it
  row_id INTEGER NOT NULL DEFAULT 0,  -- [int] its id
  row_pid TEXT NOT NULL DEFAULT '',   -- [text] its public id, for the link
  done_ms INTEGER,                    -- [ms]
  done_by INTEGER,                    -- [int] account
  done_note TEXT NOT NULL DEFAULT '', -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                 -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX task_org ON task(org_id, state, due_on);
CREATE INDEX task_assignee ON task(assignee_staff_id, state, due_on);
CREATE INDEX task_person ON task(person_id, state);
CREATE INDEX task_row ON task(table_name, row_id);
CREATE INDEX task_consult ON task(consult_id);
