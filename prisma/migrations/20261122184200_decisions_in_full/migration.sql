-- A decision that was carried out can be reversed; each look at a condition is kept; a question has an answer of its own.
ALTER TYPE "MemoStatus" ADD VALUE 'reversed';

ALTER TABLE "agent_run" ADD COLUMN "result" JSONB;

CREATE TABLE "condition_check" (
    "id" UUID NOT NULL,
    "memoId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "metric" TEXT NOT NULL,
    "comparator" TEXT NOT NULL,
    "threshold" TEXT NOT NULL,
    "until" DATE NOT NULL,
    "figureId" TEXT,
    "revision" INTEGER,
    "value" TEXT,
    "reason" TEXT,
    "holds" BOOLEAN NOT NULL,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "condition_check_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "condition_check_memoId_version_step_position_key"
ON "condition_check"("memoId", "version", "step", "position");

ALTER TABLE "condition_check" ADD CONSTRAINT "condition_check_memoId_fkey"
FOREIGN KEY ("memoId") REFERENCES "memo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
