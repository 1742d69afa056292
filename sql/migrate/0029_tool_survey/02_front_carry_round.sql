-- What one exchange file held of one round (made here) or what of it was new (brought here).
CREATE TABLE front_carry_round (
  id INTEGER PRIMARY KEY,             -- [id]
  carry_id INTEGER NOT NULL REFERENCES front_carry(id), -- [int]
  round_key TEXT NOT NULL,            -- [text] front_round.key
  seats INTEGER NOT NULL,             -- [int] those who are asked
  links INTEGER NOT NULL,             -- [int]
  opened INTEGER NOT NULL,            -- [int] opened, named rounds
  given INTEGER NOT NULL,             -- [int] answers of a named round
  spent INTEGER NOT NULL,             -- [int] used links of an anonymous round
  pot INTEGER NOT NULL                -- [int] answers of an anonymous round
) STRICT;
CREATE INDEX front_carry_round_carry ON front_carry_round(carry_id);
CREATE INDEX front_carry_round_key ON front_carry_round(round_key);
