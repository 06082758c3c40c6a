CREATE TABLE "market_series" (
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "definition" TEXT NOT NULL,
    "sector" TEXT,
    "publishedAfter" INTEGER NOT NULL,
    "revised" BOOLEAN NOT NULL,
    "zeroIsGap" BOOLEAN NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "market_series_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "market_load" (
    "id" UUID NOT NULL,
    "seriesKey" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "gaps" INTEGER NOT NULL,
    "rejects" JSONB NOT NULL,
    "rejected" INTEGER NOT NULL,
    "loadedBy" TEXT NOT NULL,
    "loadedAt" TIMESTAMPTZ(3) NOT NULL,
    "undoneBy" TEXT,
    "undoneAt" TIMESTAMPTZ(3),
    CONSTRAINT "market_load_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "market_point" (
    "id" BIGSERIAL NOT NULL,
    "seriesKey" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "knownOn" DATE NOT NULL,
    "value" DECIMAL(24,10) NOT NULL,
    "loadId" UUID NOT NULL,
    "rowNumber" INTEGER NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "supersededAt" TIMESTAMPTZ(3),
    "supersededBy" UUID,
    CONSTRAINT "market_point_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "timing_version" (
    "ventureId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "assumptions" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "timing_version_pkey" PRIMARY KEY ("ventureId","version")
);

CREATE INDEX "market_load_seriesKey_loadedAt_idx" ON "market_load"("seriesKey", "loadedAt");
CREATE INDEX "market_point_seriesKey_day_idx" ON "market_point"("seriesKey", "day");
CREATE INDEX "market_point_loadId_idx" ON "market_point"("loadId");
CREATE INDEX "market_point_supersededBy_idx" ON "market_point"("supersededBy");
-- One value of a day and vintage stands at a time.
CREATE UNIQUE INDEX "market_point_standing_key" ON "market_point"("seriesKey", "day", "knownOn") WHERE "supersededAt" IS NULL;

ALTER TABLE "market_load" ADD CONSTRAINT "market_load_seriesKey_fkey" FOREIGN KEY ("seriesKey") REFERENCES "market_series"("key") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "market_point" ADD CONSTRAINT "market_point_seriesKey_fkey" FOREIGN KEY ("seriesKey") REFERENCES "market_series"("key") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "market_point" ADD CONSTRAINT "market_point_loadId_fkey" FOREIGN KEY ("loadId") REFERENCES "market_load"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
