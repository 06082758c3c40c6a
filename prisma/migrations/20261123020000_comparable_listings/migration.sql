-- What each file says of a multiple, so that a file is previewed, and taken back as a whole.
CREATE TABLE "comparable_listing" (
    "id" BIGSERIAL NOT NULL,
    "ventureId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "multiple" DECIMAL(20,8) NOT NULL,
    "sourceId" UUID NOT NULL,
    "importId" UUID,
    "rowNumber" INTEGER,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "reason" TEXT,
    "supersededAt" TIMESTAMPTZ(3),
    "supersededByImportId" UUID,

    CONSTRAINT "comparable_listing_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "comparable_listing_importId_idx" ON "comparable_listing"("importId");
CREATE UNIQUE INDEX "comparable_listing_current"
ON "comparable_listing" ("ventureId", "sourceId", "kind", "name", "metric", "date", "source") WHERE "supersededAt" IS NULL;

-- What was loaded before files were kept.
INSERT INTO "data_source" ("id", "ventureId", "name", "kind")
  SELECT gen_random_uuid(), "ventureId", 'Multiples', 'manual' FROM (SELECT DISTINCT "ventureId" FROM "comparable") held
  ON CONFLICT DO NOTHING;
INSERT INTO "comparable_listing" ("ventureId", "kind", "name", "metric", "date", "source", "multiple", "sourceId", "asOf",
    "recordedAt", "recordedBy")
  SELECT c."ventureId", c."kind", c."name", c."metric", c."date", c."source", c."multiple", d."id", c."loadedAt", c."loadedAt",
    c."loadedBy"
  FROM "comparable" c JOIN "data_source" d ON d."ventureId" = c."ventureId" AND d."name" = 'Multiples';
