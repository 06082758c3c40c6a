CREATE TABLE "valuation_version" (
    "ventureId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "asOf" DATE NOT NULL,
    "inputs" JSONB NOT NULL,
    "run" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "valuation_version_pkey" PRIMARY KEY ("ventureId","version")
);

CREATE TABLE "comparable" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "multiple" DECIMAL(20,8) NOT NULL,
    "date" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "loadedBy" TEXT NOT NULL,
    "loadedAt" TIMESTAMPTZ(3) NOT NULL,
    "excluded" TEXT,
    "excludedBy" TEXT,
    "excludedAt" TIMESTAMPTZ(3),

    CONSTRAINT "comparable_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "comparable_ventureId_kind_name_metric_date_source_key" ON "comparable"("ventureId", "kind", "name", "metric", "date", "source");
