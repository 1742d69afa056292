-- Organisations: insurers, centres (直営/委託 and 基幹 are independent, C-003), branches, offices, hospitals, bodies.
-- Kinds and forms: src/register/org_kinds.tbl.h. Source: community-process §3.1, §4.1.
-- small: a few thousand rows in the largest city
CREATE TABLE org (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  kind TEXT NOT NULL,                 -- [text] code of org_kinds.tbl.h
  name TEXT NOT NULL,                 -- [text] official name as registered
  short_name TEXT NOT NULL DEFAULT '', -- [text] name for narrow columns; '' = name
  kana TEXT NOT NULL DEFAULT '',      -- [text] reading
  name_fold TEXT NOT NULL DEFAULT '', -- [text] folded name for search and duplicates (C-004); derived
  form TEXT NOT NULL DEFAULT '',      -- [text] centres only: direct = 直営, commissioned = 委託, '' = not a centre or unknown
  is_core INTEGER NOT NULL DEFAULT 0, -- [bool] 基幹型; independent of form
  operator_org_id INTEGER REFERENCES org(id), -- [int] the body that runs it (受託法人・運営法人)
  branch_of_org_id INTEGER REFERENCES org(id), -- [int] the centre whose branch or sub-centre this is
  parent_org_id INTEGER REFERENCES org(id), -- [int] division of a municipality, ward of a city
  merged_into_org_id INTEGER REFERENCES org(id), -- [int] successor after a merger of bodies
  insurer_org_id INTEGER REFERENCES org(id), -- [int] the insurer (保険者) in whose territory it works
  municipality TEXT NOT NULL DEFAULT '', -- [text] 市区町村名
  municipality_code TEXT NOT NULL DEFAULT '', -- [text] 全国地方公共団体コード, 5 or 6 digits
  insurer_no TEXT NOT NULL DEFAULT '', -- [text] 保険者番号, 6 digits, kind insurer only
  office_no TEXT NOT NULL DEFAULT '', -- [text] 事業所番号, 10 characters, may hold letters (総合事業)
  phone TEXT NOT NULL DEFAULT '',     -- [text]
  fax TEXT NOT NULL DEFAULT '',       -- [text]
  email TEXT NOT NULL DEFAULT '',     -- [text]
  postal TEXT NOT NULL DEFAULT '',    -- [text] 7 digits without the hyphen
  address TEXT NOT NULL DEFAULT '',   -- [text]
  capacity INTEGER,                   -- [int] 定員, persons
  valid_from TEXT,                    -- [day] opened on; NULL = unknown
  valid_to TEXT NOT NULL DEFAULT '9999-12-31', -- [day] last day of work
  closed_reason TEXT NOT NULL DEFAULT '', -- [text]
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX org_kind_i ON org (kind, name_fold);
CREATE INDEX org_branch_i ON org (branch_of_org_id);
CREATE INDEX org_operator_i ON org (operator_org_id);
CREATE INDEX org_insurer_i ON org (insurer_org_id, kind);
CREATE INDEX org_office_no_i ON org (office_no);
CREATE INDEX org_insurer_no_i ON org (insurer_no);
