CREATE TYPE "GrowthCycleStatus" AS ENUM ('running', 'paused', 'closed', 'cancelled');
CREATE TYPE "GrowthCyclePhase" AS ENUM ('analyse', 'decide', 'execute', 'measure', 'learn', 'closed');

CREATE TABLE "growth_cycle" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "status" "GrowthCycleStatus" NOT NULL DEFAULT 'running',
    "phase" "GrowthCyclePhase" NOT NULL DEFAULT 'analyse',
    "version" INTEGER NOT NULL DEFAULT 1,
    "openedOn" DATE NOT NULL,
    "reviewOn" DATE NOT NULL,
    "runId" UUID,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "forecasts" JSONB NOT NULL DEFAULT '[]',
    "artefactId" UUID,
    "ending" TEXT,
    "openedBy" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "phaseAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "growth_cycle_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "growth_cycle_days" CHECK ("reviewOn" > "openedOn")
);

CREATE UNIQUE INDEX "growth_cycle_ventureId_ordinal_key" ON "growth_cycle"("ventureId", "ordinal");

-- A venture turns in one cycle at a time.
CREATE UNIQUE INDEX "growth_cycle_one_open" ON "growth_cycle"("ventureId") WHERE "status" IN ('running', 'paused');
