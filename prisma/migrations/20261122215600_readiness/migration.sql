-- CreateTable
CREATE TABLE "readiness_score" (
    "id" BIGSERIAL NOT NULL,
    "ventureId" UUID NOT NULL,
    "criterion" TEXT NOT NULL,
    "score" INTEGER,
    "rationale" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "scoredBy" TEXT NOT NULL,
    "scoredAt" TIMESTAMPTZ(3) NOT NULL,
    "supersededAt" TIMESTAMPTZ(3),

    CONSTRAINT "readiness_score_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "readiness_score_range" CHECK ("score" BETWEEN 0 AND 4)
);

-- CreateTable
CREATE TABLE "readiness_task" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "criterion" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "ownerId" UUID,
    "dueOn" DATE,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "readiness_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "readiness_day" (
    "ventureId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "score" DECIMAL(7,4),
    "coverage" DECIMAL(7,6) NOT NULL,
    "band" TEXT,
    "shape" JSONB NOT NULL,
    "figureId" CHAR(16) NOT NULL,
    "revision" INTEGER NOT NULL,
    "keptAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "readiness_day_pkey" PRIMARY KEY ("ventureId","day")
);

-- CreateIndex
CREATE INDEX "readiness_score_ventureId_criterion_idx" ON "readiness_score"("ventureId", "criterion");

-- One current score per criterion
CREATE UNIQUE INDEX "readiness_score_current" ON "readiness_score"("ventureId", "criterion") WHERE "supersededAt" IS NULL;

-- CreateIndex
CREATE INDEX "readiness_task_ventureId_status_idx" ON "readiness_task"("ventureId", "status");
