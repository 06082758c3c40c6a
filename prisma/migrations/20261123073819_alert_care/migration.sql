-- An alert can be put off, muted with an end, and is passed on once per raising; what stood before is not told again.
ALTER TABLE "alert"
  ADD COLUMN "snoozedUntil" DATE,
  ADD COLUMN "snoozedAt" TIMESTAMPTZ(3),
  ADD COLUMN "snoozedBy" TEXT,
  ADD COLUMN "mutedUntil" DATE,
  ADD COLUMN "mutedAt" TIMESTAMPTZ(3),
  ADD COLUMN "mutedBy" TEXT,
  ADD COLUMN "muteReason" TEXT,
  ADD COLUMN "postedAt" TIMESTAMPTZ(3);
UPDATE "alert" SET "postedAt" = "raisedAt";

CREATE TABLE "alert_setting" (
  "kind" TEXT NOT NULL,
  "severity" TEXT NOT NULL,
  "channels" TEXT[],
  "version" INTEGER NOT NULL DEFAULT 1,
  "setBy" TEXT NOT NULL,
  "setAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "alert_setting_pkey" PRIMARY KEY ("kind")
);

CREATE TABLE "risk" (
  "id" UUID NOT NULL,
  "ventureId" UUID,
  "title" TEXT NOT NULL,
  "detail" TEXT NOT NULL DEFAULT '',
  "ownerId" UUID,
  "likelihood" INTEGER NOT NULL,
  "impact" INTEGER NOT NULL,
  "mitigation" TEXT NOT NULL DEFAULT '',
  "dueOn" DATE,
  "status" TEXT NOT NULL,
  "causeKey" TEXT,
  "version" INTEGER NOT NULL DEFAULT 1,
  "openedBy" TEXT NOT NULL,
  "openedAt" TIMESTAMPTZ(3) NOT NULL,
  "changedAt" TIMESTAMPTZ(3) NOT NULL,
  "closedAt" TIMESTAMPTZ(3),
  CONSTRAINT "risk_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "risk_scales" CHECK ("likelihood" BETWEEN 1 AND 5 AND "impact" BETWEEN 1 AND 5)
);
CREATE INDEX "risk_ventureId_idx" ON "risk"("ventureId");
CREATE INDEX "risk_causeKey_idx" ON "risk"("causeKey");
