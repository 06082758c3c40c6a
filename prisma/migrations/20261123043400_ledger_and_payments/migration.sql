-- CreateTable
CREATE TABLE "ledger_account" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "side" SMALLINT NOT NULL,
    "floored" BOOLEAN NOT NULL,
    "openedBy" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_transaction" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "effectiveOn" DATE NOT NULL,
    "key" TEXT NOT NULL,
    "reversesId" UUID,
    "releaseId" UUID,
    "xact" TEXT NOT NULL DEFAULT '',
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_transaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_posting" (
    "transactionId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,

    CONSTRAINT "ledger_posting_pkey" PRIMARY KEY ("transactionId","accountId")
);

-- CreateTable
CREATE TABLE "distribution_basis" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "classes" JSONB NOT NULL,
    "holdings" JSONB NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "distribution_basis_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "distribution" (
    "id" UUID NOT NULL,
    "basisId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "paidOn" DATE NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "transactionId" UUID NOT NULL,

    CONSTRAINT "distribution_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "distribution_share" (
    "distributionId" UUID NOT NULL,
    "classId" TEXT NOT NULL,
    "holderId" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "withheldMinor" BIGINT NOT NULL,

    CONSTRAINT "distribution_share_pkey" PRIMARY KEY ("distributionId","classId","holderId")
);

-- CreateTable
CREATE TABLE "deferred_tranche" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "heldBy" TEXT NOT NULL,
    "buyer" TEXT NOT NULL,
    "seller" TEXT NOT NULL,
    "opensOn" DATE NOT NULL,
    "endsOn" DATE NOT NULL,
    "milestone" TEXT,
    "status" TEXT NOT NULL,
    "frozenReason" TEXT,
    "version" INTEGER NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deferred_tranche_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deferred_release" (
    "trancheId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "dueOn" DATE NOT NULL,
    "amountMinor" BIGINT,
    "condition" TEXT NOT NULL,

    CONSTRAINT "deferred_release_pkey" PRIMARY KEY ("trancheId","ordinal")
);

-- CreateTable
CREATE TABLE "tranche_claim" (
    "id" UUID NOT NULL,
    "trancheId" UUID NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "claimedOn" DATE NOT NULL,
    "grounds" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "resolution" TEXT,
    "version" INTEGER NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tranche_claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_instruction" (
    "id" UUID NOT NULL,
    "trancheId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "documentName" TEXT NOT NULL,
    "documentHash" TEXT NOT NULL,
    "datedOn" DATE NOT NULL,
    "buyerSigner" TEXT NOT NULL,
    "sellerSigner" TEXT NOT NULL,
    "sellersMinor" BIGINT NOT NULL,
    "buyerMinor" BIGINT NOT NULL,
    "note" TEXT NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "release_instruction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bank_account" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "rail" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "masked" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "bic" TEXT,
    "companyId" TEXT,
    "bankName" TEXT NOT NULL,
    "addedBy" TEXT NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bank_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payee" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "party" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "addedBy" TEXT NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payee_details" (
    "id" UUID NOT NULL,
    "payeeId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "rail" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "masked" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "bic" TEXT,
    "reason" TEXT NOT NULL,
    "enteredBy" TEXT NOT NULL,
    "enteredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payee_details_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payee_callback" (
    "detailsId" UUID NOT NULL,
    "enteredBy" TEXT NOT NULL,
    "calledBy" TEXT NOT NULL,
    "calledAt" TIMESTAMPTZ(3) NOT NULL,
    "numberCalled" TEXT NOT NULL,
    "numberSource" TEXT NOT NULL,
    "confirmedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payee_callback_pkey" PRIMARY KEY ("detailsId")
);

-- CreateTable
CREATE TABLE "payee_release" (
    "detailsId" UUID NOT NULL,
    "enteredBy" TEXT NOT NULL,
    "calledBy" TEXT NOT NULL,
    "releasedBy" TEXT NOT NULL,
    "releasedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payee_release_pkey" PRIMARY KEY ("detailsId")
);

-- CreateTable
CREATE TABLE "payment_batch" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "bankAccountId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "executeOn" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "memoId" UUID,
    "version" INTEGER NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_instruction" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "batchId" UUID NOT NULL,
    "payeeId" UUID NOT NULL,
    "detailsId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "endToEndId" TEXT NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "remittance" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "statusReason" TEXT,
    "version" INTEGER NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_instruction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_file" (
    "id" UUID NOT NULL,
    "batchId" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "payments" INTEGER NOT NULL,
    "controlSumMinor" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "voidReason" TEXT,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "sentBy" TEXT,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "payment_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_file_item" (
    "fileId" UUID NOT NULL,
    "instructionId" UUID NOT NULL,
    "endToEndId" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "detailsId" UUID NOT NULL,
    "live" BOOLEAN NOT NULL,

    CONSTRAINT "payment_file_item_pkey" PRIMARY KEY ("fileId","instructionId")
);

-- CreateTable
CREATE TABLE "bank_statement" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "bankAccountId" UUID NOT NULL,
    "statementId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fromOn" DATE,
    "toOn" DATE,
    "openingMinor" BIGINT,
    "closingMinor" BIGINT,
    "importedBy" TEXT NOT NULL,
    "importedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bank_statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bank_statement_line" (
    "id" UUID NOT NULL,
    "statementId" UUID NOT NULL,
    "bankAccountId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "entryRef" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "bookedOn" DATE NOT NULL,
    "endToEndId" TEXT,
    "isReturn" BOOLEAN NOT NULL,
    "party" TEXT,
    "remittance" TEXT,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "settledAs" TEXT,
    "settledBy" TEXT,
    "settledAt" TIMESTAMPTZ(3),
    "instructionId" UUID,

    CONSTRAINT "bank_statement_line_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ledger_account_ventureId_kind_party_currency_key" ON "ledger_account"("ventureId", "kind", "party", "currency");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_account_id_ventureId_currency_key" ON "ledger_account"("id", "ventureId", "currency");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_key_key" ON "ledger_transaction"("key");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_reversesId_key" ON "ledger_transaction"("reversesId");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_releaseId_key" ON "ledger_transaction"("releaseId");

-- CreateIndex
CREATE INDEX "ledger_transaction_ventureId_effectiveOn_idx" ON "ledger_transaction"("ventureId", "effectiveOn");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_id_ventureId_key" ON "ledger_transaction"("id", "ventureId");

-- CreateIndex
CREATE INDEX "ledger_posting_accountId_idx" ON "ledger_posting"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "distribution_basis_ventureId_currency_key" ON "distribution_basis"("ventureId", "currency");

-- CreateIndex
CREATE UNIQUE INDEX "distribution_transactionId_key" ON "distribution"("transactionId");

-- CreateIndex
CREATE UNIQUE INDEX "distribution_basisId_ordinal_key" ON "distribution"("basisId", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "deferred_tranche_ventureId_label_key" ON "deferred_tranche"("ventureId", "label");

-- CreateIndex
CREATE INDEX "deferred_release_dueOn_idx" ON "deferred_release"("dueOn");

-- CreateIndex
CREATE INDEX "tranche_claim_trancheId_idx" ON "tranche_claim"("trancheId");

-- CreateIndex
CREATE UNIQUE INDEX "release_instruction_trancheId_documentHash_key" ON "release_instruction"("trancheId", "documentHash");

-- CreateIndex
CREATE UNIQUE INDEX "bank_account_ventureId_fingerprint_key" ON "bank_account"("ventureId", "fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "payee_ventureId_party_key" ON "payee"("ventureId", "party");

-- CreateIndex
CREATE INDEX "payee_details_fingerprint_idx" ON "payee_details"("fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "payee_details_payeeId_version_key" ON "payee_details"("payeeId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "payee_details_id_enteredBy_key" ON "payee_details"("id", "enteredBy");

-- CreateIndex
CREATE UNIQUE INDEX "payee_details_id_payeeId_key" ON "payee_details"("id", "payeeId");

-- CreateIndex
CREATE UNIQUE INDEX "payee_callback_detailsId_enteredBy_key" ON "payee_callback"("detailsId", "enteredBy");

-- CreateIndex
CREATE UNIQUE INDEX "payee_callback_detailsId_enteredBy_calledBy_key" ON "payee_callback"("detailsId", "enteredBy", "calledBy");

-- CreateIndex
CREATE UNIQUE INDEX "payee_release_detailsId_enteredBy_calledBy_key" ON "payee_release"("detailsId", "enteredBy", "calledBy");

-- CreateIndex
CREATE INDEX "payment_batch_ventureId_status_idx" ON "payment_batch"("ventureId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "payment_instruction_endToEndId_key" ON "payment_instruction"("endToEndId");

-- CreateIndex
CREATE UNIQUE INDEX "payment_instruction_idempotencyKey_key" ON "payment_instruction"("idempotencyKey");

-- CreateIndex
CREATE INDEX "payment_instruction_batchId_idx" ON "payment_instruction"("batchId");

-- CreateIndex
CREATE INDEX "payment_instruction_accountId_status_idx" ON "payment_instruction"("accountId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "payment_instruction_id_endToEndId_amountMinor_currency_deta_key" ON "payment_instruction"("id", "endToEndId", "amountMinor", "currency", "detailsId");

-- CreateIndex
CREATE UNIQUE INDEX "payment_file_messageId_key" ON "payment_file"("messageId");

-- CreateIndex
CREATE UNIQUE INDEX "bank_statement_bankAccountId_hash_statementId_key" ON "bank_statement"("bankAccountId", "hash", "statementId");

-- CreateIndex
CREATE INDEX "bank_statement_line_status_idx" ON "bank_statement_line"("status");

-- CreateIndex
CREATE UNIQUE INDEX "bank_statement_line_bankAccountId_entryRef_key" ON "bank_statement_line"("bankAccountId", "entryRef");

-- AddForeignKey
ALTER TABLE "ledger_transaction" ADD CONSTRAINT "ledger_transaction_reversesId_fkey" FOREIGN KEY ("reversesId") REFERENCES "ledger_transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_transaction" ADD CONSTRAINT "ledger_transaction_releaseId_fkey" FOREIGN KEY ("releaseId") REFERENCES "release_instruction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_posting" ADD CONSTRAINT "ledger_posting_transactionId_ventureId_fkey" FOREIGN KEY ("transactionId", "ventureId") REFERENCES "ledger_transaction"("id", "ventureId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_posting" ADD CONSTRAINT "ledger_posting_accountId_ventureId_currency_fkey" FOREIGN KEY ("accountId", "ventureId", "currency") REFERENCES "ledger_account"("id", "ventureId", "currency") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "distribution" ADD CONSTRAINT "distribution_basisId_fkey" FOREIGN KEY ("basisId") REFERENCES "distribution_basis"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "distribution_share" ADD CONSTRAINT "distribution_share_distributionId_fkey" FOREIGN KEY ("distributionId") REFERENCES "distribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deferred_release" ADD CONSTRAINT "deferred_release_trancheId_fkey" FOREIGN KEY ("trancheId") REFERENCES "deferred_tranche"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tranche_claim" ADD CONSTRAINT "tranche_claim_trancheId_fkey" FOREIGN KEY ("trancheId") REFERENCES "deferred_tranche"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_instruction" ADD CONSTRAINT "release_instruction_trancheId_fkey" FOREIGN KEY ("trancheId") REFERENCES "deferred_tranche"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payee_details" ADD CONSTRAINT "payee_details_payeeId_fkey" FOREIGN KEY ("payeeId") REFERENCES "payee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payee_callback" ADD CONSTRAINT "payee_callback_detailsId_enteredBy_fkey" FOREIGN KEY ("detailsId", "enteredBy") REFERENCES "payee_details"("id", "enteredBy") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payee_release" ADD CONSTRAINT "payee_release_detailsId_enteredBy_calledBy_fkey" FOREIGN KEY ("detailsId", "enteredBy", "calledBy") REFERENCES "payee_callback"("detailsId", "enteredBy", "calledBy") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_batch" ADD CONSTRAINT "payment_batch_bankAccountId_fkey" FOREIGN KEY ("bankAccountId") REFERENCES "bank_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_instruction" ADD CONSTRAINT "payment_instruction_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "payment_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_instruction" ADD CONSTRAINT "payment_instruction_payeeId_fkey" FOREIGN KEY ("payeeId") REFERENCES "payee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_instruction" ADD CONSTRAINT "payment_instruction_detailsId_payeeId_fkey" FOREIGN KEY ("detailsId", "payeeId") REFERENCES "payee_details"("id", "payeeId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_file" ADD CONSTRAINT "payment_file_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "payment_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_file_item" ADD CONSTRAINT "payment_file_item_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "payment_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_file_item" ADD CONSTRAINT "payment_file_item_instructionId_endToEndId_amountMinor_cur_fkey" FOREIGN KEY ("instructionId", "endToEndId", "amountMinor", "currency", "detailsId") REFERENCES "payment_instruction"("id", "endToEndId", "amountMinor", "currency", "detailsId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bank_statement" ADD CONSTRAINT "bank_statement_bankAccountId_fkey" FOREIGN KEY ("bankAccountId") REFERENCES "bank_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bank_statement_line" ADD CONSTRAINT "bank_statement_line_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "bank_statement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bank_statement_line" ADD CONSTRAINT "bank_statement_line_instructionId_fkey" FOREIGN KEY ("instructionId") REFERENCES "payment_instruction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The ledger defends itself: what follows holds for whoever writes, this product or somebody at a console.

-- Each kind of account grows by debits or by credits, and most may never be below zero.
ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_kind" CHECK (
  ("kind" IN ('bank', 'charges') AND "side" = 1 AND NOT "floored")
  OR ("kind" IN ('escrow', 'holdback', 'earn-out') AND "side" = 1 AND "floored")
  OR ("kind" IN ('proceeds', 'contingent', 'payable', 'costs', 'fees', 'withholding', 'transit') AND "side" = -1 AND "floored"));
ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_currency" CHECK ("currency" ~ '^[A-Z]{3}$');
ALTER TABLE "ledger_posting" ADD CONSTRAINT "ledger_posting_not_zero" CHECK ("amountMinor" <> 0);
ALTER TABLE "ledger_transaction" ADD CONSTRAINT "ledger_transaction_key" CHECK (length("key") BETWEEN 1 AND 200);
ALTER TABLE "ledger_transaction" ADD CONSTRAINT "ledger_transaction_reversal" CHECK ("reversesId" IS NULL OR "releaseId" IS NULL);
ALTER TABLE "distribution" ADD CONSTRAINT "distribution_positive" CHECK ("amountMinor" > 0);
ALTER TABLE "distribution" ADD CONSTRAINT "distribution_transaction" FOREIGN KEY ("transactionId") REFERENCES "ledger_transaction"("id");
ALTER TABLE "distribution_share" ADD CONSTRAINT "distribution_share_positive" CHECK ("amountMinor" >= 0 AND "withheldMinor" BETWEEN 0 AND "amountMinor");
ALTER TABLE "deferred_tranche" ADD CONSTRAINT "deferred_tranche_kind" CHECK ("kind" IN ('escrow', 'holdback', 'earn-out') AND "amountMinor" > 0 AND "status" IN ('open', 'frozen', 'closed') AND "endsOn" >= "opensOn");
ALTER TABLE "tranche_claim" ADD CONSTRAINT "tranche_claim_sane" CHECK ("amountMinor" > 0 AND "status" IN ('open', 'settled', 'withdrawn'));
ALTER TABLE "release_instruction" ADD CONSTRAINT "release_instruction_sane" CHECK (
  "kind" IN ('joint', 'milestone') AND "documentHash" ~ '^[0-9a-f]{64}$'
  AND "sellersMinor" >= 0 AND "buyerMinor" >= 0 AND "sellersMinor" + "buyerMinor" > 0
  AND length(btrim("buyerSigner")) > 0 AND length(btrim("sellerSigner")) > 0);

-- A stale snapshot could miss what another has just posted, so the sums below are taken at read committed only.
CREATE FUNCTION "ledger_transaction_begin"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE original "ledger_transaction";
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'the ledger is written at read committed' USING ERRCODE = 'restrict_violation';
  END IF;
  NEW."xact" := pg_current_xact_id()::text;
  IF NEW."reversesId" IS NOT NULL THEN
    SELECT * INTO original FROM "ledger_transaction" WHERE "id" = NEW."reversesId";
    IF original."ventureId" IS DISTINCT FROM NEW."ventureId" OR original."reversesId" IS NOT NULL THEN
      RAISE EXCEPTION 'only a transaction of the same venture that is no reversal itself is reversed' USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "ledger_transaction_begin" BEFORE INSERT ON "ledger_transaction"
FOR EACH ROW EXECUTE FUNCTION "ledger_transaction_begin"();

-- A posting is written with its transaction or not at all, and holds its account until both commit.
CREATE FUNCTION "ledger_posting_begin"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "ledger_transaction" t WHERE t."id" = NEW."transactionId" AND t."xact" = pg_current_xact_id()::text) THEN
    RAISE EXCEPTION 'a posting is written with its transaction' USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM 1 FROM "ledger_account" WHERE "id" = NEW."accountId" FOR NO KEY UPDATE;
  RETURN NEW;
END $$;
CREATE TRIGGER "ledger_posting_begin" BEFORE INSERT ON "ledger_posting"
FOR EACH ROW EXECUTE FUNCTION "ledger_posting_begin"();

CREATE FUNCTION "ledger_transaction_whole"(transaction UUID) RETURNS void LANGUAGE plpgsql AS $$
DECLARE head "ledger_transaction"; bad RECORD;
BEGIN
  SELECT * INTO head FROM "ledger_transaction" WHERE "id" = transaction;
  IF (SELECT count(*) FROM "ledger_posting" WHERE "transactionId" = transaction) < 2 THEN
    RAISE EXCEPTION 'ledger transaction % has fewer than two postings', transaction USING ERRCODE = 'check_violation';
  END IF;
  SELECT "currency" INTO bad FROM "ledger_posting" WHERE "transactionId" = transaction
  GROUP BY "currency" HAVING sum("amountMinor") <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'ledger transaction % is not balanced in %', transaction, bad."currency" USING ERRCODE = 'check_violation';
  END IF;
  IF head."reversesId" IS NOT NULL AND EXISTS (
    SELECT 1 FROM (SELECT * FROM "ledger_posting" WHERE "transactionId" = transaction) mine
    FULL JOIN (SELECT * FROM "ledger_posting" WHERE "transactionId" = head."reversesId") theirs USING ("accountId")
    WHERE mine."amountMinor" IS DISTINCT FROM -theirs."amountMinor") THEN
    RAISE EXCEPTION 'ledger transaction % does not mirror the one that it reverses', transaction USING ERRCODE = 'check_violation';
  END IF;
  -- What is held back leaves a tranche by its own recorded instruction, for the amount that it names, or by undoing its opening.
  SELECT p."amountMinor" INTO bad FROM "ledger_posting" p JOIN "ledger_account" a ON a."id" = p."accountId"
  WHERE p."transactionId" = transaction AND a."kind" = 'contingent' AND p."amountMinor" > 0 AND head."reversesId" IS NULL
    AND NOT EXISTS (SELECT 1 FROM "release_instruction" r WHERE r."id" = head."releaseId"
      AND r."trancheId"::text = a."party" AND r."sellersMinor" + r."buyerMinor" = p."amountMinor");
  IF FOUND THEN
    RAISE EXCEPTION 'money leaves a tranche only by its recorded instruction' USING ERRCODE = 'restrict_violation';
  END IF;
END $$;

CREATE FUNCTION "ledger_transaction_check"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "ledger_transaction_whole"(NEW."id");
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "ledger_transaction_whole" AFTER INSERT ON "ledger_transaction"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "ledger_transaction_check"();

CREATE FUNCTION "ledger_posting_check"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE account "ledger_account"; balance NUMERIC;
BEGIN
  PERFORM "ledger_transaction_whole"(NEW."transactionId");
  SELECT * INTO account FROM "ledger_account" WHERE "id" = NEW."accountId";
  IF account."floored" THEN
    SELECT account."side" * sum("amountMinor") INTO balance FROM "ledger_posting" WHERE "accountId" = NEW."accountId";
    IF balance < 0 THEN
      RAISE EXCEPTION 'ledger account % would be below zero', account."id" USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "ledger_posting_whole" AFTER INSERT ON "ledger_posting"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "ledger_posting_check"();

CREATE TRIGGER "ledger_account_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_account" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_transaction_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_transaction" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_posting_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_posting" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "distribution_basis_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "distribution_basis" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "distribution_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "distribution" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "distribution_share_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "distribution_share" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "release_instruction_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "release_instruction" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Payees: details, calls and releases are never changed, and each is another person's.
CREATE TRIGGER "payee_details_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "payee_details" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "payee_callback_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "payee_callback" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "payee_release_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "payee_release" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "payee_callback" ADD CONSTRAINT "payee_callback_other_person" CHECK ("calledBy" <> "enteredBy" AND length(btrim("numberCalled")) > 0 AND length(btrim("confirmedBy")) > 0);
ALTER TABLE "payee_release" ADD CONSTRAINT "payee_release_other_person" CHECK ("releasedBy" <> "enteredBy" AND "releasedBy" <> "calledBy");

-- Instructions: who is paid what is fixed, and a state is reached only from the one before.
ALTER TABLE "payment_instruction" ADD CONSTRAINT "payment_instruction_sane" CHECK (
  "amountMinor" > 0 AND "endToEndId" ~ '^[A-Z0-9]{15}$' AND "currency" ~ '^[A-Z]{3}$');
ALTER TABLE "payment_instruction" ADD CONSTRAINT "payment_instruction_account" FOREIGN KEY ("accountId", "ventureId", "currency") REFERENCES "ledger_account"("id", "ventureId", "currency");
CREATE FUNCTION "payment_instruction_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."id", NEW."ventureId", NEW."batchId", NEW."payeeId", NEW."detailsId", NEW."accountId", NEW."amountMinor", NEW."currency",
      NEW."endToEndId", NEW."idempotencyKey", NEW."remittance", NEW."createdBy", NEW."createdAt")
     IS DISTINCT FROM
     (OLD."id", OLD."ventureId", OLD."batchId", OLD."payeeId", OLD."detailsId", OLD."accountId", OLD."amountMinor", OLD."currency",
      OLD."endToEndId", OLD."idempotencyKey", OLD."remittance", OLD."createdBy", OLD."createdAt") THEN
    RAISE EXCEPTION 'what a payment says is fixed when it is drafted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW."status" <> OLD."status" AND NOT (OLD."status" || '>' || NEW."status") = ANY (ARRAY[
    'draft>proposed', 'draft>cancelled', 'proposed>draft', 'proposed>approved', 'proposed>cancelled',
    'approved>exported', 'approved>cancelled', 'exported>approved', 'exported>sent',
    'sent>confirmed', 'sent>failed', 'sent>returned', 'confirmed>returned']) THEN
    RAISE EXCEPTION 'a payment does not go from % to %', OLD."status", NEW."status" USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "payment_instruction_guard" BEFORE UPDATE ON "payment_instruction"
FOR EACH ROW EXECUTE FUNCTION "payment_instruction_guard"();
CREATE FUNCTION "payment_instruction_draft"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."status" <> 'draft' THEN
    RAISE EXCEPTION 'a payment begins as a draft' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "payment_instruction_draft" BEFORE INSERT ON "payment_instruction"
FOR EACH ROW EXECUTE FUNCTION "payment_instruction_draft"();
CREATE TRIGGER "payment_instruction_kept" BEFORE DELETE OR TRUNCATE ON "payment_instruction" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Files: an instruction is in at most one live file, a batch has at most one, and what a file says stays.
CREATE UNIQUE INDEX "payment_file_item_live" ON "payment_file_item" ("instructionId") WHERE "live";
CREATE UNIQUE INDEX "payment_file_live" ON "payment_file" ("batchId") WHERE "status" = 'live';
CREATE FUNCTION "payment_file_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."id", NEW."batchId", NEW."format", NEW."messageId", NEW."hash", NEW."sealed", NEW."payments", NEW."controlSumMinor", NEW."createdAt")
     IS DISTINCT FROM
     (OLD."id", OLD."batchId", OLD."format", OLD."messageId", OLD."hash", OLD."sealed", OLD."payments", OLD."controlSumMinor", OLD."createdAt")
     OR OLD."status" <> 'live' OR (OLD."sentAt" IS NOT NULL AND (NEW."status" <> 'live' OR NEW."sentAt" <> OLD."sentAt")) THEN
    RAISE EXCEPTION 'a payment file stays as it was made, and one that was sent is not taken back' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "payment_file_guard" BEFORE UPDATE ON "payment_file" FOR EACH ROW EXECUTE FUNCTION "payment_file_guard"();
CREATE TRIGGER "payment_file_kept" BEFORE DELETE OR TRUNCATE ON "payment_file" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION "payment_file_item_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."live" OR (NEW."fileId", NEW."instructionId") IS DISTINCT FROM (OLD."fileId", OLD."instructionId")
     OR EXISTS (SELECT 1 FROM "payment_file" f WHERE f."id" = NEW."fileId" AND f."sentAt" IS NOT NULL) THEN
    RAISE EXCEPTION 'a payment stays in the file that it was sent in' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "payment_file_item_guard" BEFORE UPDATE ON "payment_file_item" FOR EACH ROW EXECUTE FUNCTION "payment_file_item_guard"();
CREATE TRIGGER "payment_file_item_kept" BEFORE DELETE OR TRUNCATE ON "payment_file_item" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
