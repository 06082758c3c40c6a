-- AlterEnum
ALTER TYPE "ImportKind" ADD VALUE IF NOT EXISTS 'offers';
ALTER TYPE "ImportKind" ADD VALUE IF NOT EXISTS 'checklist';

-- What each file says of an offer, so that a file is previewed, and taken back as a whole.
CREATE TABLE "offer_listing" (
    "id" BIGSERIAL NOT NULL,
    "ventureId" UUID NOT NULL,
    "bidderKey" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "bidder" TEXT NOT NULL,
    "dated" DATE NOT NULL,
    "writtenIn" TEXT NOT NULL,
    "note" TEXT,
    "price" DECIMAL(24,4),
    "basis" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "stock" DECIMAL(24,4),
    "stockDiscount" DECIMAL(9,6),
    "rollover" DECIMAL(24,4),
    "rolloverDiscount" DECIMAL(9,6),
    "vendorNote" DECIMAL(24,4),
    "vendorNoteMonths" INTEGER,
    "vendorNoteInterest" DECIMAL(9,6),
    "vendorNoteProbability" DECIMAL(9,6),
    "earnOuts" TEXT,
    "escrow" DECIMAL(9,6),
    "escrowMonths" INTEGER,
    "escrowProbability" DECIMAL(9,6),
    "holdback" DECIMAL(9,6),
    "holdbackMonths" INTEGER,
    "holdbackProbability" DECIMAL(9,6),
    "cash" DECIMAL(24,4),
    "debt" DECIMAL(24,4),
    "workingCapital" TEXT,
    "peg" DECIMAL(24,4),
    "expectedWorkingCapital" DECIMAL(24,4),
    "collar" DECIMAL(24,4),
    "collarOutside" TEXT NOT NULL,
    "costs" DECIMAL(24,4),
    "carveOut" DECIMAL(9,6),
    "indemnityCap" DECIMAL(9,6),
    "indemnityBasket" DECIMAL(9,6),
    "basketKind" TEXT,
    "financing" TEXT,
    "conditions" TEXT,
    "closeProbability" DECIMAL(9,6),
    "closesOn" DATE,
    "exclusivityDays" INTEGER,
    "validUntil" DATE,
    "sourceId" UUID NOT NULL,
    "importId" UUID,
    "rowNumber" INTEGER,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "reason" TEXT,
    "supersededAt" TIMESTAMPTZ(3),
    "supersededByImportId" UUID,

    CONSTRAINT "offer_listing_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "offer_listing_importId_idx" ON "offer_listing"("importId");
CREATE UNIQUE INDEX "offer_listing_current"
ON "offer_listing" ("ventureId", "sourceId", "bidderKey", "title") WHERE "supersededAt" IS NULL;

-- Which import took a bidder in, or wrote a version, so that it can be taken back.
ALTER TABLE "deal" ADD COLUMN "importId" UUID;
ALTER TABLE "offer_version" ADD COLUMN "importId" UUID;

-- What each file says of an item of a closing checklist.
CREATE TABLE "checklist_listing" (
    "id" BIGSERIAL NOT NULL,
    "ventureId" UUID NOT NULL,
    "bidderKey" TEXT NOT NULL,
    "titleKey" TEXT NOT NULL,
    "bidder" TEXT,
    "title" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "person" TEXT,
    "dueOn" DATE,
    "days" INTEGER,
    "condition" TEXT,
    "after" TEXT,
    "sourceId" UUID NOT NULL,
    "importId" UUID,
    "rowNumber" INTEGER,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "reason" TEXT,
    "supersededAt" TIMESTAMPTZ(3),
    "supersededByImportId" UUID,

    CONSTRAINT "checklist_listing_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "checklist_listing_importId_idx" ON "checklist_listing"("importId");
CREATE UNIQUE INDEX "checklist_listing_current"
ON "checklist_listing" ("ventureId", "sourceId", "bidderKey", "titleKey") WHERE "supersededAt" IS NULL;

-- An item or a document that is not needed any more stays in the record with its reason, and can be brought back.
ALTER TABLE "closing_item" ADD COLUMN "importId" UUID,
ADD COLUMN "removedAt" TIMESTAMPTZ(3),
ADD COLUMN "removedReason" TEXT;
ALTER TABLE "closing_change" ADD COLUMN "importId" UUID;
ALTER TABLE "closing_document" ADD COLUMN "removedAt" TIMESTAMPTZ(3),
ADD COLUMN "removedReason" TEXT;

-- Which figures a document quotes, by revision, so that each opens to its proof. Null: written before they were kept.
ALTER TABLE "deal_document_version" ADD COLUMN "figures" JSONB;
