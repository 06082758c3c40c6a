-- CreateTable
CREATE TABLE "holder_statement" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "holderId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "asOf" DATE NOT NULL,
    "artefactId" UUID NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "reason" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "pdf" BYTEA,
    "pdfHash" CHAR(64),
    "memoId" UUID,
    "issuedAt" TIMESTAMPTZ(3),
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "holder_statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holder_access" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "holderId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "emails" TEXT[],
    "expiresOn" DATE NOT NULL,
    "memoId" UUID NOT NULL,
    "linkHash" CHAR(64),
    "linkMadeAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "revokedReason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "holder_access_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holder_code" (
    "id" UUID NOT NULL,
    "accessId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "codeHash" CHAR(64) NOT NULL,
    "sealed" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "holder_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holder_session" (
    "id" UUID NOT NULL,
    "accessId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "tokenHash" CHAR(64) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "address" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,

    CONSTRAINT "holder_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holder_activity" (
    "id" UUID NOT NULL,
    "accessId" UUID NOT NULL,
    "statementId" UUID,
    "email" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "holder_activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lot_cost" (
    "id" BIGSERIAL NOT NULL,
    "ventureId" UUID NOT NULL,
    "securityId" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "statedBy" TEXT NOT NULL,
    "statedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lot_cost_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "holder_statement_artefactId_key" ON "holder_statement"("artefactId");

-- CreateIndex
CREATE UNIQUE INDEX "holder_statement_ventureId_currency_holderId_version_key" ON "holder_statement"("ventureId", "currency", "holderId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "holder_access_linkHash_key" ON "holder_access"("linkHash");

-- CreateIndex
CREATE UNIQUE INDEX "holder_access_ventureId_holderId_key" ON "holder_access"("ventureId", "holderId");

-- CreateIndex
CREATE INDEX "holder_code_accessId_email_idx" ON "holder_code"("accessId", "email");

-- CreateIndex
CREATE UNIQUE INDEX "holder_session_tokenHash_key" ON "holder_session"("tokenHash");

-- CreateIndex
CREATE INDEX "holder_session_accessId_idx" ON "holder_session"("accessId");

-- CreateIndex
CREATE INDEX "holder_activity_accessId_at_idx" ON "holder_activity"("accessId", "at");

-- CreateIndex
CREATE INDEX "lot_cost_ventureId_securityId_id_idx" ON "lot_cost"("ventureId", "securityId", "id");

-- AddForeignKey
ALTER TABLE "holder_code" ADD CONSTRAINT "holder_code_accessId_fkey" FOREIGN KEY ("accessId") REFERENCES "holder_access"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holder_session" ADD CONSTRAINT "holder_session_accessId_fkey" FOREIGN KEY ("accessId") REFERENCES "holder_access"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holder_activity" ADD CONSTRAINT "holder_activity_accessId_fkey" FOREIGN KEY ("accessId") REFERENCES "holder_access"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holder_activity" ADD CONSTRAINT "holder_activity_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "holder_statement"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "holder_statement" ADD CONSTRAINT "holder_statement_sane" CHECK (
  "version" > 0 AND "digest" ~ '^[0-9a-f]{64}$' AND ("pdf" IS NULL) = ("pdfHash" IS NULL)
  AND ("memoId" IS NULL) = ("issuedAt" IS NULL) AND ("withdrawnAt" IS NULL OR "issuedAt" IS NOT NULL));
ALTER TABLE "lot_cost" ADD CONSTRAINT "lot_cost_sane" CHECK ("amountMinor" >= 0 AND length(btrim("evidence")) > 0);

-- What was frozen stays: its words, its figures and, once it is made, its file.
CREATE FUNCTION "holder_statement_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."id", NEW."ventureId", NEW."currency", NEW."holderId", NEW."name", NEW."version", NEW."asOf", NEW."artefactId",
      NEW."digest", NEW."reason", NEW."createdBy", NEW."createdAt")
     IS DISTINCT FROM
     (OLD."id", OLD."ventureId", OLD."currency", OLD."holderId", OLD."name", OLD."version", OLD."asOf", OLD."artefactId",
      OLD."digest", OLD."reason", OLD."createdBy", OLD."createdAt")
     OR (OLD."pdfHash" IS NOT NULL AND (NEW."pdf", NEW."pdfHash") IS DISTINCT FROM (OLD."pdf", OLD."pdfHash")) THEN
    RAISE EXCEPTION 'a statement is never changed; a correction is its next revision' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "holder_statement_guard" BEFORE UPDATE ON "holder_statement" FOR EACH ROW EXECUTE FUNCTION "holder_statement_guard"();
CREATE TRIGGER "holder_statement_kept" BEFORE DELETE OR TRUNCATE ON "holder_statement" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "lot_cost_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "lot_cost" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
