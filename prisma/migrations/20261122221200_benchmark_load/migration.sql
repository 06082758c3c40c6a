-- One file of benchmarks as it was loaded, so that it can be taken back as a whole.
CREATE TABLE "benchmark_load" (
    "id" UUID NOT NULL,
    "rows" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "sources" TEXT[],
    "changes" JSONB NOT NULL,
    "loadedBy" TEXT NOT NULL,
    "loadedAt" TIMESTAMPTZ(3) NOT NULL,
    "undoneBy" TEXT,
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "benchmark_load_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "benchmark_load_loadedAt_idx" ON "benchmark_load"("loadedAt");
