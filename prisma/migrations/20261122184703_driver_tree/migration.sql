CREATE TABLE "driver_tree_version" (
    "ventureId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "template" TEXT NOT NULL,
    "tree" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "driver_tree_version_pkey" PRIMARY KEY ("ventureId","version")
);

CREATE TABLE "growth_sheet" (
    "ventureId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "asOf" DATE NOT NULL,
    "computedAt" TIMESTAMPTZ(3) NOT NULL,
    "computedBy" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "growth_sheet_pkey" PRIMARY KEY ("ventureId","kind","version")
);

CREATE TABLE "group_holding" (
    "ventureId" UUID NOT NULL,
    "holderIds" TEXT[],
    "version" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "setBy" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_holding_pkey" PRIMARY KEY ("ventureId")
);

CREATE TABLE "benchmark" (
    "metric" TEXT NOT NULL,
    "businessModel" TEXT NOT NULL,
    "revenueFrom" BIGINT NOT NULL,
    "revenueTo" BIGINT,
    "p25" DECIMAL(20,8) NOT NULL,
    "p50" DECIMAL(20,8) NOT NULL,
    "p75" DECIMAL(20,8) NOT NULL,
    "sampleSize" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "asOf" DATE NOT NULL,
    "loadedBy" TEXT NOT NULL,
    "loadedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "benchmark_pkey" PRIMARY KEY ("metric","businessModel","revenueFrom","asOf","source")
);
