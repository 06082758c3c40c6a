-- CreateEnum
CREATE TYPE "RunStatus" AS ENUM ('queued', 'running', 'stopping', 'stopped', 'succeeded', 'failed');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('chairman', 'analyst', 'admin', 'guest');

-- CreateEnum
CREATE TYPE "MemoStatus" AS ENUM ('pending', 'question', 'deferred', 'approved', 'conditional', 'rejected', 'expired', 'withdrawn');

-- CreateEnum
CREATE TYPE "MetricBasis" AS ENUM ('actual', 'plan', 'forecast');

-- CreateEnum
CREATE TYPE "InitiativeStatus" AS ENUM ('planned', 'running', 'paused', 'stopped', 'done');

-- CreateEnum
CREATE TYPE "ImportKind" AS ENUM ('metrics', 'customers', 'subscriptions', 'invoices', 'cap_table');

-- CreateEnum
CREATE TYPE "ImportStatus" AS ENUM ('uploaded', 'previewed', 'applying', 'applied', 'failed', 'undone');

-- CreateEnum
CREATE TYPE "VentureStage" AS ENUM ('mature', 'active', 'exited');

-- CreateEnum
CREATE TYPE "Profile" AS ENUM ('conservative', 'balanced', 'aggressive');

-- CreateEnum
CREATE TYPE "Autonomy" AS ENUM ('manual', 'assisted', 'auto');

-- CreateTable
CREATE TABLE "agent_run" (
    "id" UUID NOT NULL,
    "agent" TEXT NOT NULL,
    "ventureId" UUID NOT NULL,
    "task" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "status" "RunStatus" NOT NULL,
    "model" TEXT NOT NULL,
    "fallback" TEXT,
    "startedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "steps" INTEGER NOT NULL DEFAULT 0,
    "tokensIn" INTEGER NOT NULL DEFAULT 0,
    "tokensOut" INTEGER NOT NULL DEFAULT 0,
    "costMicros" BIGINT NOT NULL DEFAULT 0,
    "failure" TEXT,
    "lastSeq" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "agent_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_chunk" (
    "runId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "chunk" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "run_chunk_pkey" PRIMARY KEY ("runId","seq")
);

-- CreateTable
CREATE TABLE "artefact" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "figures" JSONB NOT NULL,
    "runId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artefact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "ventureId" UUID,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "causeKey" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL,
    "acknowledgedBy" TEXT,
    "acknowledgedAt" TIMESTAMPTZ(3),
    "clearedAt" TIMESTAMPTZ(3),

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" BIGSERIAL NOT NULL,
    "chain" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "subject" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_chain" (
    "chain" TEXT NOT NULL,
    "lastSeq" INTEGER NOT NULL,
    "lastHash" TEXT NOT NULL,

    CONSTRAINT "event_chain_pkey" PRIMARY KEY ("chain")
);

-- CreateTable
CREATE TABLE "event_seal" (
    "chain" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "lastSeq" INTEGER NOT NULL,
    "lastHash" TEXT NOT NULL,
    "events" INTEGER NOT NULL,
    "seal" TEXT NOT NULL,
    "sealedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_seal_pkey" PRIMARY KEY ("chain","day")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "passwordHash" TEXT,
    "passwordChangedAt" TIMESTAMPTZ(3),
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "totpSecret" TEXT,
    "totpEnabledAt" TIMESTAMPTZ(3),
    "disabledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3),

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "revokedReason" TEXT,
    "address" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,
    "steppedUpAt" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "windowStart" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "access_token" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "access_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "venture_grant" (
    "userId" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "venture_grant_pkey" PRIMARY KEY ("userId","ventureId")
);

-- CreateTable
CREATE TABLE "cap_table_package" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "importId" UUID NOT NULL,
    "issuerName" TEXT NOT NULL,
    "asOf" DATE NOT NULL,
    "supersededAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cap_table_package_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cap_table_object" (
    "packageId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "objectType" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "date" DATE,
    "fileName" TEXT NOT NULL,
    "itemIndex" INTEGER NOT NULL,
    "payload" JSONB NOT NULL,

    CONSTRAINT "cap_table_object_pkey" PRIMARY KEY ("packageId","position")
);

-- CreateTable
CREATE TABLE "share_class_terms" (
    "ventureId" UUID NOT NULL,
    "classId" TEXT NOT NULL,
    "participation" TEXT NOT NULL,
    "capMultiple" DECIMAL(20,10),
    "evidence" TEXT NOT NULL,
    "answeredBy" TEXT NOT NULL,
    "answeredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "share_class_terms_pkey" PRIMARY KEY ("ventureId","classId")
);

-- CreateTable
CREATE TABLE "proposal" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "agent" TEXT NOT NULL,
    "runId" UUID,
    "actionClass" TEXT NOT NULL,
    "action" JSONB NOT NULL,
    "amountMinor" BIGINT,
    "currency" TEXT,
    "reversible" BOOLEAN NOT NULL,
    "rationale" TEXT NOT NULL,
    "policy" JSONB NOT NULL,
    "dedupeKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memo" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "proposalId" UUID NOT NULL,
    "status" "MemoStatus" NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "proposedBy" TEXT NOT NULL,
    "reversible" BOOLEAN NOT NULL,
    "stakeMinor" BIGINT,
    "stakeCurrency" TEXT,
    "dueAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "deferredUntil" TIMESTAMPTZ(3),
    "staleAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "memo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memo_version" (
    "memoId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "writtenBy" TEXT NOT NULL,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "memo_version_pkey" PRIMARY KEY ("memoId","version")
);

-- CreateTable
CREATE TABLE "verdict" (
    "id" UUID NOT NULL,
    "memoId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "conditions" JSONB NOT NULL DEFAULT '[]',
    "optionId" TEXT,
    "decidedBy" TEXT NOT NULL,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verdict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memo_question" (
    "id" UUID NOT NULL,
    "memoId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "askedBy" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "answer" JSONB,
    "answeredBy" TEXT,
    "answeredAt" TIMESTAMPTZ(3),

    CONSTRAINT "memo_question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "metric_point" (
    "id" BIGSERIAL NOT NULL,
    "ventureId" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "basis" "MetricBasis" NOT NULL,
    "periodStart" DATE NOT NULL,
    "grain" TEXT NOT NULL,
    "value" DECIMAL(38,10) NOT NULL,
    "currency" TEXT,
    "sourceId" UUID NOT NULL,
    "importId" UUID,
    "rowNumber" INTEGER,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "reason" TEXT,
    "supersededAt" TIMESTAMPTZ(3),
    "supersededByImportId" UUID,

    CONSTRAINT "metric_point_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" BIGSERIAL NOT NULL,
    "ventureId" UUID NOT NULL,
    "externalId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "segment" TEXT,
    "country" TEXT,
    "channel" TEXT,
    "startedOn" DATE,
    "sourceId" UUID NOT NULL,
    "importId" UUID,
    "rowNumber" INTEGER,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "reason" TEXT,
    "supersededAt" TIMESTAMPTZ(3),
    "supersededByImportId" UUID,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscription" (
    "id" BIGSERIAL NOT NULL,
    "ventureId" UUID NOT NULL,
    "externalId" TEXT NOT NULL,
    "customerExternalId" TEXT NOT NULL,
    "plan" TEXT,
    "startOn" DATE NOT NULL,
    "endOn" DATE,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "interval" TEXT NOT NULL,
    "quantity" DECIMAL(20,6) NOT NULL DEFAULT 1,
    "sourceId" UUID NOT NULL,
    "importId" UUID,
    "rowNumber" INTEGER,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "reason" TEXT,
    "supersededAt" TIMESTAMPTZ(3),
    "supersededByImportId" UUID,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invoice" (
    "id" BIGSERIAL NOT NULL,
    "ventureId" UUID NOT NULL,
    "externalId" TEXT NOT NULL,
    "customerExternalId" TEXT NOT NULL,
    "issuedOn" DATE NOT NULL,
    "periodStart" DATE,
    "periodEnd" DATE,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "sourceId" UUID NOT NULL,
    "importId" UUID,
    "rowNumber" INTEGER,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "reason" TEXT,
    "supersededAt" TIMESTAMPTZ(3),
    "supersededByImportId" UUID,

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fx_rate" (
    "base" TEXT NOT NULL,
    "quote" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "rate" DECIMAL(24,12) NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "fx_rate_pkey" PRIMARY KEY ("base","quote","day")
);

-- CreateTable
CREATE TABLE "figure" (
    "id" CHAR(16) NOT NULL,
    "revision" INTEGER NOT NULL,
    "ventureId" UUID,
    "label" TEXT NOT NULL,
    "value" TEXT,
    "reason" TEXT,
    "unit" TEXT NOT NULL,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "method" TEXT NOT NULL,
    "formula" TEXT NOT NULL,
    "inputs" JSONB NOT NULL,
    "sources" JSONB NOT NULL,
    "computedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "figure_pkey" PRIMARY KEY ("id","revision")
);

-- CreateTable
CREATE TABLE "figure_dependency" (
    "figureId" CHAR(16) NOT NULL,
    "revision" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "ventureId" UUID,
    "ref" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "figure_dependency_pkey" PRIMARY KEY ("figureId","revision","kind","ref")
);

-- CreateTable
CREATE TABLE "initiative" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "memoId" UUID,
    "lever" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "status" "InitiativeStatus" NOT NULL,
    "ownerRole" TEXT NOT NULL,
    "budgetMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "baselineFigure" TEXT,
    "targetValue" DECIMAL(38,10),
    "startsOn" DATE NOT NULL,
    "reviewOn" DATE NOT NULL,
    "stopRule" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "initiative_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "initiative_task" (
    "initiativeId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "dueOn" DATE NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "initiative_task_pkey" PRIMARY KEY ("initiativeId","position")
);

-- CreateTable
CREATE TABLE "stored_file" (
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "mediaType" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "storedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stored_file_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "data_source" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "kind" "ImportKind" NOT NULL,
    "status" "ImportStatus" NOT NULL,
    "fileSha256" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "sourceId" UUID NOT NULL,
    "mapping" JSONB NOT NULL,
    "preview" JSONB,
    "rowsTotal" INTEGER NOT NULL DEFAULT 0,
    "rowsInserted" INTEGER NOT NULL DEFAULT 0,
    "rowsChanged" INTEGER NOT NULL DEFAULT 0,
    "rowsSame" INTEGER NOT NULL DEFAULT 0,
    "rowsRejected" INTEGER NOT NULL DEFAULT 0,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "appliedAt" TIMESTAMPTZ(3),
    "undoneAt" TIMESTAMPTZ(3),
    "undoReason" TEXT,
    "failure" TEXT,

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_reject" (
    "importId" UUID NOT NULL,
    "rowNumber" INTEGER NOT NULL,
    "column" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "raw" JSONB NOT NULL,

    CONSTRAINT "import_reject_pkey" PRIMARY KEY ("importId","rowNumber","column")
);

-- CreateTable
CREATE TABLE "import_mapping" (
    "ventureId" UUID NOT NULL,
    "kind" "ImportKind" NOT NULL,
    "signature" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "usedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_mapping_pkey" PRIMARY KEY ("ventureId","kind","signature")
);

-- CreateTable
CREATE TABLE "venture" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "sector" TEXT NOT NULL,
    "businessModel" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "stage" "VentureStage" NOT NULL DEFAULT 'mature',
    "foundedOn" DATE,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "venture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "venture_settings" (
    "ventureId" UUID NOT NULL,
    "profile" "Profile" NOT NULL DEFAULT 'balanced',
    "autonomy" "Autonomy" NOT NULL DEFAULT 'assisted',
    "overrides" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "venture_settings_pkey" PRIMARY KEY ("ventureId")
);

-- CreateTable
CREATE TABLE "stage_record" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "enteredAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "openSubstages" TEXT[],
    "overrideReason" TEXT,

    CONSTRAINT "stage_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset_version" (
    "ventureId" UUID NOT NULL,
    "dataset" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dataset_version_pkey" PRIMARY KEY ("ventureId","dataset")
);

-- CreateTable
CREATE TABLE "executor" (
    "id" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL,
    "stoppedAt" TIMESTAMPTZ(3),
    "fencedAt" TIMESTAMPTZ(3),
    "appVersion" TEXT NOT NULL,

    CONSTRAINT "executor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "effect" (
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ventureId" UUID,
    "subject" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "effect_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "outbox_message" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMPTZ(3) NOT NULL,
    "deliveredAt" TIMESTAMPTZ(3),
    "lastError" TEXT,

    CONSTRAINT "outbox_message_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "agent_run_ventureId_createdAt_idx" ON "agent_run"("ventureId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "artefact_ventureId_kind_version_key" ON "artefact"("ventureId", "kind", "version");

-- CreateIndex
CREATE UNIQUE INDEX "alert_causeKey_key" ON "alert"("causeKey");

-- CreateIndex
CREATE INDEX "alert_ventureId_idx" ON "alert"("ventureId");

-- CreateIndex
CREATE INDEX "event_chain_at_idx" ON "event"("chain", "at");

-- CreateIndex
CREATE INDEX "event_subject_idx" ON "event"("subject");

-- CreateIndex
CREATE UNIQUE INDEX "event_chain_seq_key" ON "event"("chain", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE INDEX "session_userId_idx" ON "session"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "access_token_hash_key" ON "access_token"("hash");

-- CreateIndex
CREATE INDEX "access_token_userId_idx" ON "access_token"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "cap_table_package_importId_key" ON "cap_table_package"("importId");

-- CreateIndex
CREATE INDEX "cap_table_package_ventureId_idx" ON "cap_table_package"("ventureId");

-- CreateIndex
CREATE INDEX "cap_table_object_packageId_objectType_idx" ON "cap_table_object"("packageId", "objectType");

-- CreateIndex
CREATE UNIQUE INDEX "proposal_dedupeKey_key" ON "proposal"("dedupeKey");

-- CreateIndex
CREATE INDEX "proposal_ventureId_createdAt_idx" ON "proposal"("ventureId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "memo_proposalId_key" ON "memo"("proposalId");

-- CreateIndex
CREATE INDEX "memo_status_dueAt_idx" ON "memo"("status", "dueAt");

-- CreateIndex
CREATE INDEX "memo_ventureId_idx" ON "memo"("ventureId");

-- CreateIndex
CREATE UNIQUE INDEX "verdict_memoId_version_key" ON "verdict"("memoId", "version");

-- CreateIndex
CREATE INDEX "metric_point_ventureId_metric_basis_periodStart_idx" ON "metric_point"("ventureId", "metric", "basis", "periodStart");

-- CreateIndex
CREATE INDEX "metric_point_importId_idx" ON "metric_point"("importId");

-- CreateIndex
CREATE INDEX "customer_ventureId_externalId_idx" ON "customer"("ventureId", "externalId");

-- CreateIndex
CREATE INDEX "customer_importId_idx" ON "customer"("importId");

-- CreateIndex
CREATE INDEX "subscription_ventureId_customerExternalId_idx" ON "subscription"("ventureId", "customerExternalId");

-- CreateIndex
CREATE INDEX "subscription_importId_idx" ON "subscription"("importId");

-- CreateIndex
CREATE INDEX "invoice_ventureId_issuedOn_idx" ON "invoice"("ventureId", "issuedOn");

-- CreateIndex
CREATE INDEX "invoice_importId_idx" ON "invoice"("importId");

-- CreateIndex
CREATE INDEX "figure_ventureId_method_idx" ON "figure"("ventureId", "method");

-- CreateIndex
CREATE INDEX "figure_dependency_ventureId_ref_idx" ON "figure_dependency"("ventureId", "ref");

-- CreateIndex
CREATE UNIQUE INDEX "initiative_memoId_key" ON "initiative"("memoId");

-- CreateIndex
CREATE INDEX "initiative_ventureId_idx" ON "initiative"("ventureId");

-- CreateIndex
CREATE UNIQUE INDEX "data_source_ventureId_name_key" ON "data_source"("ventureId", "name");

-- CreateIndex
CREATE INDEX "import_ventureId_createdAt_idx" ON "import"("ventureId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "venture_slug_key" ON "venture"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "stage_record_ventureId_ordinal_key" ON "stage_record"("ventureId", "ordinal");

-- CreateIndex
CREATE INDEX "effect_subject_idx" ON "effect"("subject");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_message_key_key" ON "outbox_message"("key");

-- CreateIndex
CREATE INDEX "outbox_message_deliveredAt_nextAt_idx" ON "outbox_message"("deliveredAt", "nextAt");

-- AddForeignKey
ALTER TABLE "run_chunk" ADD CONSTRAINT "run_chunk_runId_fkey" FOREIGN KEY ("runId") REFERENCES "agent_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artefact" ADD CONSTRAINT "artefact_runId_fkey" FOREIGN KEY ("runId") REFERENCES "agent_run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_userId_fkey" FOREIGN KEY ("userId") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "venture_grant" ADD CONSTRAINT "venture_grant_userId_fkey" FOREIGN KEY ("userId") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "venture_grant" ADD CONSTRAINT "venture_grant_ventureId_fkey" FOREIGN KEY ("ventureId") REFERENCES "venture"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cap_table_object" ADD CONSTRAINT "cap_table_object_packageId_fkey" FOREIGN KEY ("packageId") REFERENCES "cap_table_package"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memo" ADD CONSTRAINT "memo_proposalId_fkey" FOREIGN KEY ("proposalId") REFERENCES "proposal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memo_version" ADD CONSTRAINT "memo_version_memoId_fkey" FOREIGN KEY ("memoId") REFERENCES "memo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verdict" ADD CONSTRAINT "verdict_memoId_fkey" FOREIGN KEY ("memoId") REFERENCES "memo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memo_question" ADD CONSTRAINT "memo_question_memoId_fkey" FOREIGN KEY ("memoId") REFERENCES "memo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "figure_dependency" ADD CONSTRAINT "figure_dependency_figureId_revision_fkey" FOREIGN KEY ("figureId", "revision") REFERENCES "figure"("id", "revision") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "initiative_task" ADD CONSTRAINT "initiative_task_initiativeId_fkey" FOREIGN KEY ("initiativeId") REFERENCES "initiative"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_fileSha256_fkey" FOREIGN KEY ("fileSha256") REFERENCES "stored_file"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "data_source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_reject" ADD CONSTRAINT "import_reject_importId_fkey" FOREIGN KEY ("importId") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "venture_settings" ADD CONSTRAINT "venture_settings_ventureId_fkey" FOREIGN KEY ("ventureId") REFERENCES "venture"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stage_record" ADD CONSTRAINT "stage_record_ventureId_fkey" FOREIGN KEY ("ventureId") REFERENCES "venture"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the model language cannot say.

-- One current row per natural key. Its history is the superseded rows.
CREATE UNIQUE INDEX "metric_point_current" ON "metric_point" ("ventureId", "metric", "basis", "grain", "periodStart", "sourceId") WHERE "supersededAt" IS NULL;
CREATE UNIQUE INDEX "customer_current" ON "customer" ("ventureId", "sourceId", "externalId") WHERE "supersededAt" IS NULL;
CREATE UNIQUE INDEX "subscription_current" ON "subscription" ("ventureId", "sourceId", "externalId") WHERE "supersededAt" IS NULL;
CREATE UNIQUE INDEX "invoice_current" ON "invoice" ("ventureId", "sourceId", "externalId") WHERE "supersededAt" IS NULL;
CREATE UNIQUE INDEX "cap_table_package_current" ON "cap_table_package" ("ventureId") WHERE "supersededAt" IS NULL;

-- The audit log and what was decided are append-only, whoever asks.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "event_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "event" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "event_seal_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "event_seal" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "verdict_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "verdict" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "memo_version_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "memo_version" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "effect_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "effect" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Amounts and units that could not be right.
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_interval" CHECK ("interval" IN ('month', 'quarter', 'year'));
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_dates" CHECK ("endOn" IS NULL OR "endOn" >= "startOn");
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_kind" CHECK ("kind" IN ('recurring', 'usage', 'one_off', 'refund'));
ALTER TABLE "metric_point" ADD CONSTRAINT "metric_point_grain" CHECK ("grain" IN ('day', 'month', 'quarter'));
ALTER TABLE "fx_rate" ADD CONSTRAINT "fx_rate_positive" CHECK ("rate" > 0);
