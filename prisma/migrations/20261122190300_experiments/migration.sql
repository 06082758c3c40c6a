-- CreateEnum
CREATE TYPE "ExperimentStatus" AS ENUM ('draft', 'running', 'decided', 'stopped');

-- CreateEnum
CREATE TYPE "ExperimentMethod" AS ENUM ('fixed', 'sequential', 'bayesian');

-- CreateTable
CREATE TABLE "experiment" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "initiativeId" UUID,
    "name" TEXT NOT NULL,
    "hypothesis" TEXT NOT NULL,
    "method" "ExperimentMethod" NOT NULL,
    "status" "ExperimentStatus" NOT NULL DEFAULT 'draft',
    "design" JSONB NOT NULL,
    "plannedUnits" INTEGER,
    "plannedEnd" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,
    "dataRevision" INTEGER NOT NULL DEFAULT 0,
    "startedOn" DATE,
    "endedOn" DATE,
    "decision" TEXT,
    "decidedArm" TEXT,
    "ruleSaid" TEXT,
    "decisionReason" TEXT,
    "endedBy" TEXT,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "experiment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "experiment_import" (
    "id" UUID NOT NULL,
    "experimentId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "through" DATE NOT NULL,
    "importedBy" TEXT NOT NULL,
    "importedAt" TIMESTAMPTZ(3) NOT NULL,
    "supersededAt" TIMESTAMPTZ(3),

    CONSTRAINT "experiment_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "experiment_count" (
    "importId" UUID NOT NULL,
    "rowNumber" INTEGER NOT NULL,
    "arm" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "day" DATE,
    "units" BIGINT NOT NULL,
    "sums" JSONB NOT NULL,

    CONSTRAINT "experiment_count_pkey" PRIMARY KEY ("importId","rowNumber")
);

-- CreateIndex
CREATE INDEX "experiment_ventureId_status_idx" ON "experiment"("ventureId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "experiment_ventureId_name_key" ON "experiment"("ventureId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "experiment_import_experimentId_revision_key" ON "experiment_import"("experimentId", "revision");

-- AddForeignKey
ALTER TABLE "experiment_import" ADD CONSTRAINT "experiment_import_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "experiment_count" ADD CONSTRAINT "experiment_count_importId_fkey" FOREIGN KEY ("importId") REFERENCES "experiment_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One state of the counts holds at a time.
CREATE UNIQUE INDEX "experiment_import_current_key" ON "experiment_import"("experimentId") WHERE "supersededAt" IS NULL;
