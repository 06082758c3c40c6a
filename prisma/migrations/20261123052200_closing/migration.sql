CREATE TABLE "closing" (
    "dealId" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "regulatory" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "openedBy" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "closing_pkey" PRIMARY KEY ("dealId")
);
CREATE INDEX "closing_ventureId_idx" ON "closing"("ventureId");

CREATE TABLE "closing_item" (
    "id" UUID NOT NULL,
    "dealId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "task" JSONB NOT NULL,
    "after" UUID[],
    "state" TEXT NOT NULL,
    "evidence" JSONB,
    "version" INTEGER NOT NULL,
    CONSTRAINT "closing_item_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "closing_item_dealId_ordinal_key" ON "closing_item"("dealId", "ordinal");

CREATE TABLE "closing_change" (
    "id" BIGSERIAL NOT NULL,
    "itemId" UUID NOT NULL,
    "before" JSONB,
    "after" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undoneBy" TEXT,
    "undoneAt" TIMESTAMPTZ(3),
    CONSTRAINT "closing_change_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "closing_change_itemId_idx" ON "closing_change"("itemId");

CREATE TABLE "closing_waiver" (
    "itemId" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "happened" DATE NOT NULL,
    "memoId" UUID,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "closing_waiver_pkey" PRIMARY KEY ("itemId","side")
);

CREATE TABLE "closing_document" (
    "id" UUID NOT NULL,
    "dealId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    CONSTRAINT "closing_document_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "closing_document_dealId_ordinal_key" ON "closing_document"("dealId", "ordinal");

CREATE TABLE "closing_signature" (
    "documentId" UUID NOT NULL,
    "signatory" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "changedOn" DATE,
    CONSTRAINT "closing_signature_pkey" PRIMARY KEY ("documentId","signatory")
);

ALTER TABLE "closing_item" ADD CONSTRAINT "closing_item_dealId_fkey" FOREIGN KEY ("dealId") REFERENCES "closing"("dealId") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "closing_change" ADD CONSTRAINT "closing_change_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "closing_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "closing_waiver" ADD CONSTRAINT "closing_waiver_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "closing_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "closing_document" ADD CONSTRAINT "closing_document_dealId_fkey" FOREIGN KEY ("dealId") REFERENCES "closing"("dealId") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "closing_signature" ADD CONSTRAINT "closing_signature_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "closing_document"("id") ON DELETE CASCADE ON UPDATE CASCADE;
