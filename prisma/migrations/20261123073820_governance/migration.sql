CREATE TABLE "directive" (
  "id" UUID NOT NULL,
  "number" SERIAL NOT NULL,
  "ventureId" UUID NOT NULL,
  "trigger" TEXT NOT NULL,
  "mode" TEXT NOT NULL,
  "causeKey" TEXT NOT NULL,
  "occurrence" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "instruction" TEXT NOT NULL,
  "cause" TEXT NOT NULL,
  "evidence" JSONB NOT NULL,
  "firedAt" TIMESTAMPTZ(3) NOT NULL,
  "endedAt" TIMESTAMPTZ(3),
  CONSTRAINT "directive_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "directive_number_key" ON "directive"("number");
CREATE UNIQUE INDEX "directive_ventureId_causeKey_occurrence_key" ON "directive"("ventureId", "causeKey", "occurrence");
CREATE INDEX "directive_ventureId_firedAt_idx" ON "directive"("ventureId", "firedAt");

CREATE TABLE "handoff" (
  "id" UUID NOT NULL,
  "number" SERIAL NOT NULL,
  "ventureId" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "directiveId" UUID,
  "schema" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "messageId" UUID NOT NULL,
  "writtenAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "handoff_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "handoff_number_key" ON "handoff"("number");
CREATE UNIQUE INDEX "handoff_key_key" ON "handoff"("key");
CREATE INDEX "handoff_ventureId_writtenAt_idx" ON "handoff"("ventureId", "writtenAt");

CREATE TABLE "governance_delivery" (
  "id" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "endpointId" UUID,
  "answerSecret" TEXT,
  "version" INTEGER NOT NULL DEFAULT 1,
  "setBy" TEXT NOT NULL,
  "setAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "governance_delivery_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "governance_signal" (
  "id" UUID NOT NULL,
  "ventureId" UUID,
  "kind" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "source" TEXT NOT NULL,
  "sector" TEXT,
  "dated" DATE NOT NULL,
  "statedBy" TEXT NOT NULL,
  "statedAt" TIMESTAMPTZ(3) NOT NULL,
  "withdrawnBy" TEXT,
  "withdrawnAt" TIMESTAMPTZ(3),
  CONSTRAINT "governance_signal_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "governance_signal_ventureId_idx" ON "governance_signal"("ventureId");

CREATE TABLE "governance_answer" (
  "id" UUID NOT NULL,
  "documentId" TEXT NOT NULL,
  "handoffId" UUID,
  "ventureId" UUID,
  "issuedBy" TEXT NOT NULL,
  "issuedAt" TIMESTAMPTZ(3) NOT NULL,
  "body" JSONB NOT NULL,
  "sha256" TEXT NOT NULL,
  "via" TEXT NOT NULL,
  "receivedBy" TEXT NOT NULL,
  "receivedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "governance_answer_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "governance_answer_documentId_key" ON "governance_answer"("documentId");
CREATE INDEX "governance_answer_handoffId_idx" ON "governance_answer"("handoffId");

CREATE TABLE "learning" (
  "id" UUID NOT NULL,
  "number" SERIAL NOT NULL,
  "answerId" UUID NOT NULL,
  "externalId" TEXT NOT NULL,
  "ventureId" UUID,
  "statement" TEXT NOT NULL,
  "source" TEXT NOT NULL,
  "sector" TEXT,
  "businessModel" TEXT,
  "topics" TEXT[],
  "confidence" TEXT NOT NULL,
  "learntOn" DATE NOT NULL,
  "withdrawnBy" TEXT,
  "withdrawnAt" TIMESTAMPTZ(3),
  "withdrawnReason" TEXT,
  CONSTRAINT "learning_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "learning_number_key" ON "learning"("number");
CREATE UNIQUE INDEX "learning_answerId_externalId_key" ON "learning"("answerId", "externalId");
ALTER TABLE "learning" ADD CONSTRAINT "learning_answerId_fkey"
  FOREIGN KEY ("answerId") REFERENCES "governance_answer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
