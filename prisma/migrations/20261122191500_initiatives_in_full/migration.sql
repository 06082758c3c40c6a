-- An initiative has a person, milestones, a ledger, notes, versions and measurements; and a way out, once the chairman approved it.
CREATE TYPE "SpendKind" AS ENUM ('spent', 'committed', 'reversal');

ALTER TABLE "initiative" ADD COLUMN     "baselineValue" DECIMAL(38,10),
ADD COLUMN     "endedOn" DATE,
ADD COLUMN     "experimentId" UUID,
ADD COLUMN     "leadingMetric" TEXT,
ADD COLUMN     "ownerId" UUID,
ADD COLUMN     "raisedMinor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "reviewMonths" INTEGER NOT NULL DEFAULT 3,
ADD COLUMN     "runKey" TEXT,
ADD COLUMN     "startedOn" DATE,
ADD COLUMN     "statusReason" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

ALTER TABLE "initiative_task" ADD COLUMN     "doneBy" TEXT,
ADD COLUMN     "doneOn" DATE,
ADD COLUMN     "milestone" INTEGER;

ALTER TABLE "outbox_message" ADD COLUMN     "abandonedAt" TIMESTAMPTZ(3),
ADD COLUMN     "subject" TEXT;

CREATE TABLE "initiative_milestone" (
    "initiativeId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "dueOn" DATE NOT NULL,

    CONSTRAINT "initiative_milestone_pkey" PRIMARY KEY ("initiativeId","position")
);

CREATE TABLE "initiative_spend" (
    "id" UUID NOT NULL,
    "initiativeId" UUID NOT NULL,
    "kind" "SpendKind" NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "spentOn" DATE NOT NULL,
    "what" TEXT NOT NULL,
    "closesId" UUID,
    "entryKey" UUID NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "initiative_spend_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "initiative_note" (
    "id" UUID NOT NULL,
    "initiativeId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "writtenBy" TEXT NOT NULL,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "initiative_note_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "initiative_change" (
    "initiativeId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "madeBy" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "initiative_change_pkey" PRIMARY KEY ("initiativeId","version")
);

CREATE TABLE "initiative_measurement" (
    "id" UUID NOT NULL,
    "initiativeId" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "reviewOn" DATE NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT,
    "method" TEXT,
    "monthsMeasured" INTEGER NOT NULL,
    "figures" JSONB NOT NULL,
    "detail" JSONB NOT NULL,
    "consequence" TEXT NOT NULL,
    "measuredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "initiative_measurement_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "outbound_endpoint" (
    "id" UUID NOT NULL,
    "ventureId" UUID,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "disabledAt" TIMESTAMPTZ(3),

    CONSTRAINT "outbound_endpoint_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "initiative_spend_closesId_key" ON "initiative_spend"("closesId");

CREATE UNIQUE INDEX "initiative_spend_entryKey_key" ON "initiative_spend"("entryKey");

CREATE INDEX "initiative_spend_initiativeId_spentOn_idx" ON "initiative_spend"("initiativeId", "spentOn");

CREATE INDEX "initiative_note_initiativeId_writtenAt_idx" ON "initiative_note"("initiativeId", "writtenAt");

CREATE INDEX "initiative_measurement_ventureId_measuredAt_idx" ON "initiative_measurement"("ventureId", "measuredAt");

CREATE UNIQUE INDEX "initiative_measurement_initiativeId_reviewOn_key" ON "initiative_measurement"("initiativeId", "reviewOn");

CREATE INDEX "outbound_endpoint_ventureId_idx" ON "outbound_endpoint"("ventureId");

CREATE INDEX "outbox_message_subject_idx" ON "outbox_message"("subject");

ALTER TABLE "initiative_milestone" ADD CONSTRAINT "initiative_milestone_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "initiative"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "initiative_spend" ADD CONSTRAINT "initiative_spend_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "initiative"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "initiative_note" ADD CONSTRAINT "initiative_note_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "initiative"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "initiative_change" ADD CONSTRAINT "initiative_change_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "initiative"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "initiative_measurement" ADD CONSTRAINT "initiative_measurement_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "initiative"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Until now each milestone was one task of the same name.
INSERT INTO "initiative_milestone" ("initiativeId", "position", "title", "dueOn")
SELECT "initiativeId", "position", "title", "dueOn" FROM "initiative_task";
UPDATE "initiative_task" SET "milestone" = "position";
