-- What lists of ventures are ordered by is kept, not computed for all of them at each look: the name without accents and
-- capitals (as `searchWords` has it), in the order of its code points.
ALTER TABLE "venture" ADD COLUMN "nameKey" TEXT COLLATE "C"
  GENERATED ALWAYS AS (lower(regexp_replace(normalize("name", NFKD), '[\u0300-\u036F]', '', 'g'))) STORED;
CREATE INDEX "venture_by_name" ON "venture" ("nameKey", "id") WHERE "archivedAt" IS NULL;

-- How much a venture needs attention, without reading its wide row.
CREATE INDEX "venture_snapshot_need" ON "venture_snapshot" ("ventureId") INCLUDE ("critical", "warning");
