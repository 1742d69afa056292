-- Links of a seat: keyed hashes only, so that nobody who reads the data can answer for a target. The link itself is never stored.
CREATE TABLE front_token (
  hash TEXT PRIMARY KEY,              -- [text] hex
  seat_id INTEGER NOT NULL REFERENCES front_seat(id), -- [int]
  is_replaced INTEGER NOT NULL DEFAULT 0 -- [bool] a newer link was sent
) STRICT;
CREATE INDEX front_token_seat ON front_token(seat_id);
