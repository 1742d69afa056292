-- 障害者手帳・難病の受給者証 (F011): 身障・療育・精神・難病. Several at once are usual. Class disability.
CREATE TABLE disability_cert (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  kind TEXT NOT NULL,                 -- [text] physical（身体障害者手帳） intellectual（療育手帳） mental（精神障害者保健福祉手帳） intractable（指定難病）
  grade TEXT NOT NULL DEFAULT '',     -- [text] 等級 (1–6 級, A・B など, 1–3 級); none for 難病
  number TEXT NOT NULL DEFAULT '',    -- [text] 手帳・受給者証の番号
  part TEXT NOT NULL DEFAULT '',      -- [text] 障害名・部位・病名
  issuer TEXT NOT NULL DEFAULT '',    -- [text] 交付した自治体
  from_on TEXT NOT NULL,              -- [day] 交付日・有効期間の開始
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day] 有効期限
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                 -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX disability_cert_person ON disability_cert(person_id, kind, from_on);
