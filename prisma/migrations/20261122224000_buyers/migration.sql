-- CreateTable
CREATE TABLE "buyer_company" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "country" TEXT,
    "website" TEXT,
    "sectors" TEXT[],
    "currency" TEXT,
    "cash" DECIMAL(24,4),
    "debt" DECIMAL(24,4),
    "ebitda" DECIMAL(24,4),
    "deals36m" INTEGER,
    "factsAsOf" DATE NOT NULL,
    "factsSource" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "buyer_company_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "buyer_candidate" (
    "ventureId" UUID NOT NULL,
    "companyId" UUID NOT NULL,
    "tier" TEXT,
    "tierReason" TEXT,
    "stage" TEXT NOT NULL,
    "cleared" TEXT[],
    "ownerId" UUID,
    "nextStep" TEXT NOT NULL DEFAULT '',
    "nextOn" DATE,
    "version" INTEGER NOT NULL,
    "addedBy" TEXT NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "buyer_candidate_pkey" PRIMARY KEY ("ventureId","companyId")
);

-- CreateTable
CREATE TABLE "buyer_step" (
    "id" BIGSERIAL NOT NULL,
    "ventureId" UUID NOT NULL,
    "companyId" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "happened" DATE NOT NULL,
    "note" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "buyer_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "buyer_claim" (
    "id" BIGSERIAL NOT NULL,
    "ventureId" UUID NOT NULL,
    "companyId" UUID NOT NULL,
    "criterion" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "claim" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "dated" DATE NOT NULL,
    "claimedBy" TEXT NOT NULL,
    "claimedAt" TIMESTAMPTZ(3) NOT NULL,
    "supersededAt" TIMESTAMPTZ(3),

    CONSTRAINT "buyer_claim_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "buyer_claim_range" CHECK ("score" BETWEEN 0 AND 4)
);

-- CreateIndex
CREATE UNIQUE INDEX "buyer_company_nameKey_key" ON "buyer_company"("nameKey");

-- CreateIndex
CREATE INDEX "buyer_step_ventureId_companyId_idx" ON "buyer_step"("ventureId", "companyId");

-- CreateIndex
CREATE INDEX "buyer_claim_ventureId_companyId_idx" ON "buyer_claim"("ventureId", "companyId");

-- One current claim per buyer and criterion
CREATE UNIQUE INDEX "buyer_claim_current" ON "buyer_claim"("ventureId", "companyId", "criterion") WHERE "supersededAt" IS NULL;

-- AddForeignKey
ALTER TABLE "buyer_candidate" ADD CONSTRAINT "buyer_candidate_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "buyer_company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "buyer_step" ADD CONSTRAINT "buyer_step_ventureId_companyId_fkey" FOREIGN KEY ("ventureId", "companyId") REFERENCES "buyer_candidate"("ventureId", "companyId") ON DELETE CASCADE ON UPDATE CASCADE;
