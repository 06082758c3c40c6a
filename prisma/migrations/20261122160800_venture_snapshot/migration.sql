-- CreateTable
CREATE TABLE "book_of_record" (
    "ventureId" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "sourceId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "setBy" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "book_of_record_pkey" PRIMARY KEY ("ventureId","metric")
);

-- CreateTable
CREATE TABLE "venture_snapshot" (
    "ventureId" UUID NOT NULL,
    "asOf" DATE NOT NULL,
    "computedAt" TIMESTAMPTZ(3) NOT NULL,
    "measures" JSONB NOT NULL,
    "freshnessDays" INTEGER,
    "freshness" TEXT NOT NULL,
    "contradictions" INTEGER NOT NULL,

    CONSTRAINT "venture_snapshot_pkey" PRIMARY KEY ("ventureId")
);


