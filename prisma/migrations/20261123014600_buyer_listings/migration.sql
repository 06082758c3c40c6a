-- AlterEnum
ALTER TYPE "ImportKind" ADD VALUE IF NOT EXISTS 'buyers';

-- CreateTable
CREATE TABLE "buyer_listing" (
    "id" BIGSERIAL NOT NULL,
    "ventureId" UUID NOT NULL,
    "nameKey" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "country" TEXT,
    "website" TEXT,
    "sectors" TEXT,
    "currency" TEXT,
    "cash" DECIMAL(24,4),
    "debt" DECIMAL(24,4),
    "ebitda" DECIMAL(24,4),
    "deals36m" INTEGER,
    "factsAsOf" DATE NOT NULL,
    "factsSource" TEXT NOT NULL,
    "overlapScore" INTEGER,
    "overlapClaim" TEXT,
    "overlapTier" TEXT,
    "capacityScore" INTEGER,
    "capacityClaim" TEXT,
    "capacityTier" TEXT,
    "appetiteScore" INTEGER,
    "appetiteClaim" TEXT,
    "appetiteTier" TEXT,
    "speedScore" INTEGER,
    "speedClaim" TEXT,
    "speedTier" TEXT,
    "relationshipScore" INTEGER,
    "relationshipClaim" TEXT,
    "relationshipTier" TEXT,
    "antitrustScore" INTEGER,
    "antitrustClaim" TEXT,
    "antitrustTier" TEXT,
    "sourceId" UUID NOT NULL,
    "importId" UUID,
    "rowNumber" INTEGER,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "reason" TEXT,
    "supersededAt" TIMESTAMPTZ(3),
    "supersededByImportId" UUID,

    CONSTRAINT "buyer_listing_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "buyer_listing_nameKey_idx" ON "buyer_listing"("nameKey");
CREATE INDEX "buyer_listing_importId_idx" ON "buyer_listing"("importId");
CREATE UNIQUE INDEX "buyer_listing_current" ON "buyer_listing" ("ventureId", "sourceId", "nameKey") WHERE "supersededAt" IS NULL;

ALTER TABLE "buyer_company" ADD COLUMN "listingId" BIGINT;

-- What was known by hand before there were lists.
INSERT INTO "data_source" ("id", "ventureId", "name", "kind")
  SELECT gen_random_uuid(), "ventureId", 'By hand', 'manual' FROM (SELECT DISTINCT "ventureId" FROM "buyer_candidate") held
  ON CONFLICT DO NOTHING;
INSERT INTO "buyer_listing" ("ventureId", "nameKey", "name", "kind", "country", "website", "sectors", "currency", "cash", "debt",
    "ebitda", "deals36m", "factsAsOf", "factsSource", "sourceId", "asOf", "recordedAt", "recordedBy", "reason")
  SELECT c."ventureId", b."nameKey", b."name", b."kind", b."country", b."website", nullif(array_to_string(b."sectors", ';'), ''),
    b."currency", b."cash", b."debt", b."ebitda", b."deals36m", b."factsAsOf", b."factsSource", d."id", b."recordedAt", b."recordedAt",
    b."recordedBy", 'By hand'
  FROM "buyer_candidate" c JOIN "buyer_company" b ON b."id" = c."companyId"
  JOIN "data_source" d ON d."ventureId" = c."ventureId" AND d."name" = 'By hand';
UPDATE "buyer_company" b SET "listingId" = (SELECT min(l."id") FROM "buyer_listing" l WHERE l."nameKey" = b."nameKey");
