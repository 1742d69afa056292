-- Dated posts: who worked where, as what, for which area (C-005, C-012). Roles: src/register/post_roles.tbl.h.
-- small: a few thousand rows in the largest city
CREATE TABLE staff_post (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  staff_id INTEGER NOT NULL REFERENCES staff(id), -- [int]
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int]
  role TEXT NOT NULL DEFAULT '',      -- [text] code of post_roles.tbl.h
  title TEXT NOT NULL DEFAULT '',     -- [text] 役職名 as printed
  area_id INTEGER REFERENCES area(id), -- [int] 民生委員 district, coordinator's area
  is_main INTEGER NOT NULL DEFAULT 1, -- [bool] 主たる所属
  is_full_time INTEGER NOT NULL DEFAULT 1, -- [bool] 常勤
  is_secondment INTEGER NOT NULL DEFAULT 0, -- [bool] 出向・派遣
  home_org_id INTEGER REFERENCES org(id), -- [int] secondment: the body the person comes from
  from_on TEXT NOT NULL,              -- [day]
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day] last day; end of the mandate
  successor_staff_id INTEGER REFERENCES staff(id), -- [int] who took over
  end_note TEXT NOT NULL DEFAULT '',  -- [text] why it ended without a successor
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX staff_post_staff_i ON staff_post (staff_id, to_on);
CREATE INDEX staff_post_org_i ON staff_post (org_id, to_on);
