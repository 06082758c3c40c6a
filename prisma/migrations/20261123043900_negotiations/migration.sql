ALTER TABLE "offer" ADD COLUMN "clearedVersion" INTEGER, ADD COLUMN "sentVersion" INTEGER, ADD COLUMN "sentOn" DATE;
CREATE TABLE "negotiation" (
    "dealId" UUID NOT NULL,
    "body" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "negotiation_pkey" PRIMARY KEY ("dealId")
);
CREATE TABLE "concession" (
    "id" BIGSERIAL NOT NULL,
    "dealId" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "issue" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "happened" DATE NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "concession_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "concession_dealId_idx" ON "concession"("dealId");
ALTER TABLE "negotiation" ADD CONSTRAINT "negotiation_dealId_fkey" FOREIGN KEY ("dealId") REFERENCES "deal"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "concession" ADD CONSTRAINT "concession_dealId_fkey" FOREIGN KEY ("dealId") REFERENCES "deal"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE TRIGGER "concession_append_only" BEFORE UPDATE ON "concession" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
