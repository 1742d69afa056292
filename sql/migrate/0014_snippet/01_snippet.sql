-- 定型文・文例 (F050): a ready sentence that somebody puts into a field by its 呼び出し語. Belongs to one account, one office or one
-- municipality; about nobody, so it has no record class. Places like ｛氏名｝ are filled when it is used, from the record of that moment.
CREATE TABLE snippet (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  level TEXT NOT NULL,                -- [text] own（自分） office（事業所） town（市区町村）
  account_id INTEGER,                 -- [int] level own: whose; else NULL
  org_id INTEGER,                     -- [int] level office: the organisation, town: the insurer; else NULL
  word TEXT NOT NULL,                 -- [text] 呼び出し語 as typed, without the semicolon
  word_fold TEXT NOT NULL,            -- [text] folded for finding
  title TEXT NOT NULL,                -- [text] name in the list
  category TEXT NOT NULL,             -- [text] code list snippet_category
  body TEXT NOT NULL,                 -- [text] the sentence with its places
  sort INTEGER NOT NULL DEFAULT 0,    -- [int] order in the list
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] put away since; NULL = alive
) STRICT;
CREATE INDEX snippet_account ON snippet(account_id, word_fold);
CREATE INDEX snippet_org ON snippet(org_id, level, word_fold);
