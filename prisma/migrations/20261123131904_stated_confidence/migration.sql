CREATE TABLE "stated_confidence" (
  "proposalId" UUID NOT NULL,
  "probability" DECIMAL(5,4) NOT NULL,
  "right" INTEGER NOT NULL,
  "settled" INTEGER NOT NULL,
  CONSTRAINT "stated_confidence_pkey" PRIMARY KEY ("proposalId")
);
INSERT INTO "stated_confidence" ("proposalId", "probability", "right", "settled")
SELECT "id", round(("confidence"->>'probability')::numeric, 4), ("confidence"->>'right')::int, ("confidence"->>'settled')::int
FROM "proposal" WHERE "confidence" IS NOT NULL;
ALTER TABLE "proposal" DROP COLUMN "confidence";
