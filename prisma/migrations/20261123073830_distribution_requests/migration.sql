-- A basis that a reversed distribution rested on may be followed by another; what tax is kept is fixed with it.
ALTER TABLE "distribution_basis" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "withholdings" JSONB NOT NULL DEFAULT '[]';
DROP INDEX "distribution_basis_ventureId_currency_key";
CREATE UNIQUE INDEX "distribution_basis_ventureId_currency_version_key" ON "distribution_basis"("ventureId", "currency", "version");

-- What one person asks to have distributed, or undone, and another carries out.
CREATE TABLE "distribution_request" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "paidOn" DATE NOT NULL,
    "content" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "requestedBy" TEXT NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "distributionId" UUID,

    CONSTRAINT "distribution_request_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "distribution_request_ventureId_idx" ON "distribution_request"("ventureId");
ALTER TABLE "distribution_request" ADD CONSTRAINT "distribution_request_distributionId_fkey" FOREIGN KEY ("distributionId") REFERENCES "distribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "distribution_request" ADD CONSTRAINT "distribution_request_sane" CHECK (
  "kind" IN ('closing', 'proceeds', 'reversal') AND "status" IN ('open', 'done', 'withdrawn') AND "amountMinor" > 0
  AND length(btrim("reason")) > 0 AND ("status" = 'open') = ("decidedBy" IS NULL) AND ("decidedBy" IS NULL) = ("decidedAt" IS NULL));
-- Nobody carries out what they asked for.
ALTER TABLE "distribution_request" ADD CONSTRAINT "distribution_request_other_person" CHECK (
  "status" <> 'done' OR ("decidedBy" <> "requestedBy" AND "distributionId" IS NOT NULL));
-- One at a time: what is being decided on stays what it is.
CREATE UNIQUE INDEX "distribution_request_open" ON "distribution_request" ("ventureId") WHERE "status" = 'open';

CREATE FUNCTION "distribution_request_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."status" <> 'open' OR (NEW."id", NEW."ventureId", NEW."kind", NEW."label", NEW."currency", NEW."amountMinor", NEW."paidOn",
      NEW."content", NEW."reason", NEW."requestedBy", NEW."requestedAt")
     IS DISTINCT FROM
     (OLD."id", OLD."ventureId", OLD."kind", OLD."label", OLD."currency", OLD."amountMinor", OLD."paidOn",
      OLD."content", OLD."reason", OLD."requestedBy", OLD."requestedAt") THEN
    RAISE EXCEPTION 'what was asked for stays as it was asked, and is decided once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "distribution_request_guard" BEFORE UPDATE ON "distribution_request" FOR EACH ROW EXECUTE FUNCTION "distribution_request_guard"();
CREATE TRIGGER "distribution_request_kept" BEFORE DELETE OR TRUNCATE ON "distribution_request" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
