CREATE TABLE "exit_preparation" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "startedBy" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "startedOn" DATE NOT NULL,
    "nextCheckOn" DATE NOT NULL,
    "reason" TEXT,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "exit_preparation_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "exit_preparation_ventureId_ordinal_key" ON "exit_preparation"("ventureId", "ordinal");

CREATE TABLE "exit_round" (
    "preparationId" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "checkedOn" DATE NOT NULL,
    "buyers" JSONB,
    "diligence" JSONB,
    "valuation" JSONB,
    "consequences" JSONB NOT NULL DEFAULT '[]',
    "runId" UUID,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "exit_round_pkey" PRIMARY KEY ("preparationId","round")
);

ALTER TABLE "exit_round" ADD CONSTRAINT "exit_round_preparationId_fkey"
    FOREIGN KEY ("preparationId") REFERENCES "exit_preparation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
