CREATE TABLE "sale_process" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "assumptions" JSONB NOT NULL,
    "preferredDealId" UUID,
    "version" INTEGER NOT NULL,
    "openedBy" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    CONSTRAINT "sale_process_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "deal" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "processId" UUID NOT NULL,
    "companyId" UUID,
    "bidder" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "openedBy" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "deal_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "deal_step" (
    "id" BIGSERIAL NOT NULL,
    "dealId" UUID NOT NULL,
    "from" TEXT,
    "to" TEXT NOT NULL,
    "happened" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "memoId" UUID,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undoneBy" TEXT,
    "undoneAt" TIMESTAMPTZ(3),
    CONSTRAINT "deal_step_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "offer" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "dealId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "offer_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "offer_version" (
    "offerId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "terms" JSONB NOT NULL,
    "dated" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "run" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "offer_version_pkey" PRIMARY KEY ("offerId", "version")
);
CREATE UNIQUE INDEX "sale_process_ventureId_ordinal_key" ON "sale_process"("ventureId", "ordinal");
-- A venture is sold in one process at a time.
CREATE UNIQUE INDEX "sale_process_one_open" ON "sale_process"("ventureId") WHERE "status" = 'open';
CREATE INDEX "deal_ventureId_idx" ON "deal"("ventureId");
CREATE UNIQUE INDEX "deal_processId_bidder_key" ON "deal"("processId", "bidder");
CREATE INDEX "deal_step_dealId_idx" ON "deal_step"("dealId");
CREATE INDEX "offer_ventureId_idx" ON "offer"("ventureId");
CREATE UNIQUE INDEX "offer_dealId_ordinal_key" ON "offer"("dealId", "ordinal");
ALTER TABLE "deal" ADD CONSTRAINT "deal_processId_fkey" FOREIGN KEY ("processId") REFERENCES "sale_process"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "deal_step" ADD CONSTRAINT "deal_step_dealId_fkey" FOREIGN KEY ("dealId") REFERENCES "deal"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "offer" ADD CONSTRAINT "offer_dealId_fkey" FOREIGN KEY ("dealId") REFERENCES "deal"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "offer_version" ADD CONSTRAINT "offer_version_offerId_fkey" FOREIGN KEY ("offerId") REFERENCES "offer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- Terms are said once; a change is another version.
CREATE TRIGGER "offer_version_append_only" BEFORE UPDATE ON "offer_version" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
