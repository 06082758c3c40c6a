-- CreateTable
CREATE TABLE "impediment" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "nature" TEXT NOT NULL,
    "dealId" UUID,
    "trancheId" UUID,
    "raisedBy" TEXT NOT NULL,
    "grounds" TEXT NOT NULL,
    "occurredOn" DATE NOT NULL,
    "evidence" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "holds" JSONB NOT NULL DEFAULT '{}',
    "memoId" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "liftedOn" DATE,
    "resolution" TEXT,
    "liftedBy" TEXT,
    "liftedAt" TIMESTAMPTZ(3),

    CONSTRAINT "impediment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "impediment_ventureId_status_idx" ON "impediment"("ventureId", "status");
