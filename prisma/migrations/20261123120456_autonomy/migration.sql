CREATE TABLE "policy_row" (
  "ventureId" UUID NOT NULL,
  "agent" TEXT NOT NULL,
  "actionClass" TEXT NOT NULL,
  "level" "Autonomy" NOT NULL,
  "limitUsd" DECIMAL(12,2),
  "version" INTEGER NOT NULL DEFAULT 1,
  "setBy" TEXT NOT NULL,
  "setAt" TIMESTAMPTZ(3) NOT NULL,
  "reason" TEXT NOT NULL,
  "memoId" UUID,
  CONSTRAINT "policy_row_pkey" PRIMARY KEY ("ventureId", "agent", "actionClass"),
  -- The ceilings of the law hold in the database as well (spec/stage-40, section 7).
  CONSTRAINT "policy_row_limit" CHECK ("limitUsd" BETWEEN 0 AND 50000),
  CONSTRAINT "policy_row_by_person" CHECK ("setBy" LIKE 'user:%')
);
CREATE TABLE "demotion" (
  "id" UUID NOT NULL,
  "agent" TEXT NOT NULL,
  "actionClass" TEXT NOT NULL,
  "rule" TEXT NOT NULL,
  "sentence" TEXT NOT NULL,
  "evidence" JSONB NOT NULL,
  "demotedAt" TIMESTAMPTZ(3) NOT NULL,
  "liftedAt" TIMESTAMPTZ(3),
  "liftedBy" TEXT,
  "liftReason" TEXT,
  CONSTRAINT "demotion_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "demotion_agent_actionClass_demotedAt_idx" ON "demotion"("agent", "actionClass", "demotedAt");
CREATE UNIQUE INDEX "demotion_standing" ON "demotion"("agent", "actionClass") WHERE "liftedAt" IS NULL;
CREATE TABLE "global_pause" (
  "id" UUID NOT NULL,
  "reason" TEXT NOT NULL,
  "pausedBy" TEXT NOT NULL,
  "pausedAt" TIMESTAMPTZ(3) NOT NULL,
  "resumedAt" TIMESTAMPTZ(3),
  "resumedBy" TEXT,
  CONSTRAINT "global_pause_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "global_pause_standing" ON "global_pause"((true)) WHERE "resumedAt" IS NULL;
ALTER TABLE "proposal" ADD COLUMN "shadow" JSONB, ADD COLUMN "confidence" JSONB;
