-- The review log. Rows are only ever added: each one holds the hash of the row before it, so that no row can be
-- changed, taken out or put in without the chain showing where. The one exception is erasure: the contents and the
-- salt of a row may be taken out if a later row, the tombstone, says so; digest and hash stay, and so does the chain.

CREATE TABLE entries (
  seq      INTEGER PRIMARY KEY,   -- 1, 2, 3 ...
  contents TEXT,                  -- what was entered, as JSON; NULL once erased
  salt     TEXT,                  -- random, so that erased contents cannot be guessed from their digest
  digest   TEXT NOT NULL,         -- sha256 of salt and contents
  previous TEXT NOT NULL,         -- hash of the row before, 64 zeros in the first
  hash     TEXT NOT NULL,         -- sha256 of seq, previous and digest
  erased   INTEGER                -- seq of the tombstone
);

CREATE INDEX entries_of_call ON entries (json_extract(contents, '$.call_id'));

CREATE TRIGGER entries_in_order BEFORE INSERT ON entries
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
  OR NEW.previous IS NOT coalesce((SELECT hash FROM entries ORDER BY seq DESC LIMIT 1),
     '0000000000000000000000000000000000000000000000000000000000000000')
  OR NEW.contents IS NULL OR NEW.salt IS NULL OR NEW.erased IS NOT NULL
BEGIN SELECT raise(ABORT, 'a review log only takes rows at its end'); END;

CREATE TRIGGER entries_stay BEFORE DELETE ON entries
BEGIN SELECT raise(ABORT, 'no row of a review log can be deleted'); END;

CREATE TRIGGER entries_unchanged BEFORE UPDATE ON entries
WHEN NOT (
  NEW.seq IS OLD.seq AND NEW.digest IS OLD.digest AND NEW.previous IS OLD.previous AND NEW.hash IS OLD.hash
  AND OLD.contents IS NOT NULL AND NEW.contents IS NULL AND NEW.salt IS NULL AND NEW.erased IS NOT NULL
  AND json_extract(OLD.contents, '$.action') IS NOT 'erase'
  AND EXISTS (
    SELECT 1 FROM entries AS tombstone, json_each(tombstone.contents, '$.body.rows') AS row
    WHERE tombstone.seq = NEW.erased AND json_extract(tombstone.contents, '$.action') = 'erase'
      AND row.value = OLD.seq
  )
)
BEGIN SELECT raise(ABORT, 'no row of a review log can be changed; erasure leaves a tombstone'); END;
