-- A report that contradicts another one, or its own figures, is held until it is refreshed or explained.
ALTER TABLE "artefact" ADD COLUMN "heldSince" TIMESTAMPTZ(3);

CREATE TABLE "artefact_explanation" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "key" CHAR(64) NOT NULL,
    "label" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "artefact_explanation_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "artefact_explanation_ventureId_key_key" ON "artefact_explanation"("ventureId", "key");
