CREATE TABLE form_token (
  id INTEGER PRIMARY KEY,             -- [id]
  account_id INTEGER NOT NULL,        -- [int] 0 = the console
  token TEXT NOT NULL,                -- [text] random, from the form
  location TEXT NOT NULL,             -- [text] where the first POST led; '' only inside its transaction
  at_ms INTEGER NOT NULL,             -- [ms]
  UNIQUE (account_id, token)
) STRICT;

CREATE INDEX form_token_at ON form_token (at_ms);
