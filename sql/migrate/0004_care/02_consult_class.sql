-- Several classes and several kinds of response per consultation (C-013): counted once in the total, once in each.
CREATE TABLE consult_class (
  consult_id INTEGER NOT NULL REFERENCES consult(id), -- [int]
  kind TEXT NOT NULL,                 -- [text] 'class' = 相談の分類, 'response' = 対応の種類
  code TEXT NOT NULL,                 -- [text] code list consult_class or consult_response
  PRIMARY KEY (consult_id, kind, code)
) STRICT;
CREATE INDEX consult_class_code ON consult_class(kind, code, consult_id);
