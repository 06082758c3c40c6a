-- Exchange rates become facts like any other: never overwritten, each with its import, its row or its person.
ALTER TYPE "ImportKind" ADD VALUE IF NOT EXISTS 'rates';

ALTER TABLE "fx_rate" DROP CONSTRAINT "fx_rate_pkey";
ALTER TABLE "fx_rate"
  ADD COLUMN "id" BIGSERIAL NOT NULL,
  ADD COLUMN "ventureId" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  ADD COLUMN "sourceId" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  ADD COLUMN "importId" UUID,
  ADD COLUMN "rowNumber" INTEGER,
  ADD COLUMN "asOf" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "recordedBy" TEXT NOT NULL DEFAULT 'system:start',
  ADD COLUMN "reason" TEXT,
  ADD COLUMN "supersededAt" TIMESTAMPTZ(3),
  ADD COLUMN "supersededByImportId" UUID,
  ADD CONSTRAINT "fx_rate_pkey" PRIMARY KEY ("id");
CREATE UNIQUE INDEX "fx_rate_current" ON "fx_rate" ("base", "quote", "day") WHERE "supersededAt" IS NULL;
CREATE INDEX "fx_rate_importId_idx" ON "fx_rate" ("importId");
CREATE INDEX "fx_rate_base_quote_day_idx" ON "fx_rate" ("base", "quote", "day");
