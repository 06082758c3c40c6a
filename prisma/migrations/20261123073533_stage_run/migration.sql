-- CreateTable
CREATE TABLE "stage_run" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "door" TEXT NOT NULL,
    "startedBy" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "entryGate" JSONB,
    "held" JSONB NOT NULL DEFAULT '[]',
    "reason" TEXT,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "stage_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stage_move" (
    "runId" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "memoId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stage_move_pkey" PRIMARY KEY ("runId","cause")
);

-- CreateTable
CREATE TABLE "stage_override" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "criterion" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "found" TEXT NOT NULL,
    "madeBy" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "takenBackBy" TEXT,
    "takenBackAt" TIMESTAMPTZ(3),
    "takenBackReason" TEXT,

    CONSTRAINT "stage_override_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stage_signal" (
    "key" TEXT NOT NULL,
    "ventureId" UUID NOT NULL,
    "door" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stage_signal_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "stage_certificate" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "pdf" BYTEA NOT NULL,
    "keyId" TEXT NOT NULL,
    "overridden" BOOLEAN NOT NULL,
    "issuedBy" TEXT NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stage_certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certificate_key" (
    "id" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "certificate_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "stage_run_ventureId_ordinal_key" ON "stage_run"("ventureId", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "stage_move_runId_ordinal_key" ON "stage_move"("runId", "ordinal");

-- CreateIndex
CREATE INDEX "stage_override_ventureId_ordinal_idx" ON "stage_override"("ventureId", "ordinal");

-- CreateIndex
CREATE INDEX "stage_signal_ventureId_idx" ON "stage_signal"("ventureId");

-- CreateIndex
CREATE UNIQUE INDEX "stage_certificate_ventureId_ordinal_key" ON "stage_certificate"("ventureId", "ordinal");

-- A criterion is let pass once at a time.
CREATE UNIQUE INDEX "stage_override_standing" ON "stage_override"("ventureId", "ordinal", "criterion")
  WHERE "takenBackAt" IS NULL;

-- AddForeignKey
ALTER TABLE "stage_move" ADD CONSTRAINT "stage_move_runId_fkey" FOREIGN KEY ("runId") REFERENCES "stage_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was signed stays as it was signed.
CREATE TRIGGER "stage_certificate_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "stage_certificate" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
